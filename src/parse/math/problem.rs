//! What is said about a mistake in a formula, in the words of someone who writes TeX.

use std::ops::Range;

use math_core::LatexError;

use super::rewrite::packages;
use super::{MathError, names};
use crate::diagnostic::suggest::nearest;

fn error(span: Range<usize>, message: impl Into<String>) -> MathError {
    MathError::new(span, message)
}

/// The typesetter cannot be had.
pub fn no_typesetter(span: Range<usize>) -> MathError {
    error(span, "this formula cannot be typeset")
}

/// A delimiter of a displayed formula, at `span` of `body`, that nothing closes.
pub fn unclosed(body: &str, span: Range<usize>) -> MathError {
    let opening = &body[span.clone()];
    let closing = match opening {
        "$$" => "`$$`".to_owned(),
        _ if opening.starts_with("\\begin") => format!("`{}`", opening.replacen("begin", "end", 1)),
        _ => format!("`{}`", opening.replace('[', "]")),
    };
    error(span, format!("nothing closes `{opening}`"))
        .help(format!("close it with {closing} before the next blank line"))
}

/// A formula of `length` bytes, more than the `limit`.
pub fn too_long(span: Range<usize>, limit: usize) -> MathError {
    error(span, format!("a formula of more than {limit} bytes")).help("split it")
}

/// More groups, environments and commands inside each other than `limit`.
pub fn too_deep(span: Range<usize>, limit: usize) -> MathError {
    error(span, format!("more than {limit} groups inside each other"))
}

/// Macros that grow without end.
pub fn endless_macro(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("the macro `\\{name}` grows without end")).help("does its definition use itself?")
}

/// A command that lacks an argument.
pub fn missing_argument(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("`\\{name}` lacks an argument"))
}

/// A `{` that nothing closes.
pub fn unclosed_group(span: Range<usize>) -> MathError {
    error(span, "nothing closes this `{`")
}

/// A definition that cannot be read.
pub fn bad_definition(span: Range<usize>, name: &str) -> MathError {
    let help = format!("write `\\{name}{{\\name}}{{what it stands for}}`");
    error(span, format!("a `\\{name}` that defines nothing")).help(help)
}

/// `\begin{name}` of an environment that is not known; `span` is that of the name.
pub fn unknown_environment(span: Range<usize>, name: &str) -> MathError {
    let unknown = error(span, format!("no environment is called `{name}`"));
    match nearest(name, names::ENVIRONMENTS.iter().copied()) {
        Some(meant) => unknown.help(format!("did you mean `\\begin{{{meant}}}`?")),
        None => unknown,
    }
}

/// An environment that is closed by the name of another, or not at all.
pub fn wrong_end(span: Range<usize>, open: Option<&str>, end: &str) -> MathError {
    match open {
        Some(open) => error(span, format!("`\\begin{{{open}}}` is closed by `\\end{{{end}}}`")),
        None => error(span, format!("`\\end{{{end}}}` closes nothing")),
    }
}

/// An environment that is closed while a group in it is open.
pub fn open_group(span: Range<usize>) -> MathError {
    error(span, "a `{` before this `\\end` is not closed")
}

/// A `\left` that nothing closes.
pub fn unclosed_fence(span: Range<usize>) -> MathError {
    error(span, "a `\\left` without its `\\right`").help("close it with `\\right.` if nothing is to be seen")
}

/// A `&` inside braces.
pub fn in_group(span: Range<usize>) -> MathError {
    error(span, "a `&` inside braces").help("close the braces before it")
}

/// The end of a cell or a row between `\left` and `\right`.
pub fn in_fence(span: Range<usize>, sign: &str) -> MathError {
    error(span, format!("a `{sign}` between `\\left` and `\\right`"))
        .help("write `\\right.` before it and `\\left.` after it")
}

/// An environment that nothing closes.
pub fn unclosed_environment(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("nothing closes `\\begin{{{name}}}`")).help(format!("close it with `\\end{{{name}}}`"))
}

/// A proof tree whose rules take more than stands before them, or lack their text.
pub fn incomplete_proof(span: Range<usize>) -> MathError {
    error(span, "a rule of this proof lacks its text or a conclusion that it takes".to_owned())
        .help("`\\BinaryInfC{…}` takes the two before it, each of `\\AxiomC{…}` or a rule")
}

/// A label or a tag where no equation could bear it.
pub fn inline_label(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("`\\{name}` in a formula inside a sentence, which has no number"))
        .help("put the formula between `$$` on lines of its own")
}

/// A second label for one equation.
pub fn second_label(span: Range<usize>, first: &str) -> MathError {
    error(span, format!("this equation already has the label `{first}`"))
}

/// The same label on two equations.
pub fn duplicate_label(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("the label `{name}` is given twice"))
}

/// A reference to a label that no equation of the essay has.
pub fn unknown_label<'a>(span: Range<usize>, name: &str, labels: impl IntoIterator<Item = &'a str>) -> MathError {
    let unknown = error(span, format!("no equation has the label `{name}`"));
    match nearest(name, labels) {
        Some(meant) => unknown.help(format!("did you mean `{meant}`?")),
        None => unknown,
    }
}

/// A reference to an equation without a number.
pub fn unnumbered_label(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("the equation `{name}` has no number"))
        .help("number it: without the star or `\\notag`, or with a `\\tag{…}`")
}

/// Text in a circle, of which there is no sign.
pub fn not_circled(span: Range<usize>) -> MathError {
    error(span, "no sign is this in a circle").help("a number up to 20 or one letter can stand in a circle")
}

/// A colour that no browser knows.
pub fn unknown_colour(span: Range<usize>, name: &str) -> MathError {
    error(span, format!("no colour is called `{name}`")).help("write a name such as `teal` or `#0a7f7f`")
}

/// What the typesetter, which read `tex`, says; its span is in bytes of `tex`.
pub fn of_typesetter(tex: &str, found: &LatexError, known: &[&str]) -> MathError {
    let end = tex.ceil_char_boundary(found.0.end.min(tex.len()));
    let start = tex.floor_char_boundary(found.0.start.min(end));
    let span = start..end;
    let here = tex[span.clone()].trim();
    if found.label() == "unknown command" {
        return unknown_command(span, here, known);
    }
    let said = found.error_message();
    let quoted = said.split('"').nth(1).unwrap_or(here);
    let message = match found.label() {
        "a group was never closed" => format!("the formula ends before `{quoted}`"),
        "no matching opening for this" => format!("nothing opens what `{here}` closes"),
        "expected an argument here" => "a command lacks its argument".to_owned(),
        "expected a delimiter here" => format!("`{quoted}` must be followed by a delimiter such as `(`, `|` or `.`"),
        "unknown environment" => return unknown_environment(span, quoted),
        "unknown color" => return unknown_colour(span, quoted),
        "cannot be used here" if here == "&" => "a `&` outside a matrix or an aligned equation".to_owned(),
        "cannot be used here" => format!("`{here}` cannot stand here"),
        "expected a relation" => "`\\not` must be followed by a relation such as `=`".to_owned(),
        "unexpected bound" => "a `^` or `_` right after another".to_owned(),
        "duplicate" => "a second superscript or subscript".to_owned(),
        "expected length here" | "invalid unit here" => format!("`{quoted}` is no length such as `2em`"),
        "expected a column spec here" => format!("`{quoted}` does not say how columns are aligned"),
        "this is not valid in text mode" => format!("`{here}` cannot stand in text"),
        "this is not valid in math mode" => format!("`{here}` can only stand in `\\text{{…}}`"),
        "unexpected macro parameter" => "a `#` outside a definition".to_owned(),
        _ => lowered(&said),
    };
    let plain = error(span, message);
    match found.label() {
        "duplicate" => plain.help("group with braces: `{a^b}^c`"),
        "a group was never closed" if quoted.contains("right") => {
            plain.help("close it with `\\right.` if nothing is to be seen")
        }
        "unexpected macro parameter" => plain.help("write `\\#` for the sign"),
        _ => plain,
    }
}

/// A command that is not known; `command` has its backslash.
fn unknown_command(span: Range<usize>, command: &str, known: &[&str]) -> MathError {
    let name = command.trim_start_matches('\\');
    let unknown = error(span, format!("no command is called `\\{name}`"));
    if let Some((_, help)) = UNSUPPORTED.iter().find(|(unsupported, _)| *unsupported == name) {
        return unknown.help(*help);
    }
    if ["[", "]", "(", ")", "*", ".", "+", "-"].contains(&name) {
        let help = format!(
            "write `{name}`; or, if formulas are escaped for Markdown here, `math: {{escapes: markdown}}` in the header"
        );
        return unknown.help(help);
    }
    let names = || {
        known
            .iter()
            .copied()
            .chain(names::COMMANDS.iter().copied())
            .chain(packages::names().map(|name| -> &str { name }))
    };
    let is_capital = |name: &str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let of_same_case = names().filter(|other| is_capital(other) == is_capital(name));
    match nearest(name, of_same_case).or_else(|| nearest(name, names())).filter(|_| name.len() >= SHORTEST) {
        Some(meant) => unknown.help(format!("did you mean `\\{meant}`?")),
        None => unknown.help(format!(
            "define it in a formula before, `\\newcommand{{\\{name}}}{{…}}`, or for the site in `math: {{macros: …}}` of essai.yaml"
        )),
    }
}

/// Letters of the shortest name that is taken for a mistyped one: a shorter one is more often an author's own.
const SHORTEST: usize = 3;

/// Commands that authors may expect, and what to write instead.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("href", "make a link in Markdown, around the formula"),
    ("includegraphics", "show a picture in Markdown: `![caption](picture.png)`"),
    ("url", "make a link in Markdown"),
];

fn lowered(said: &str) -> String {
    let mut characters = said.trim_end_matches('.').chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
