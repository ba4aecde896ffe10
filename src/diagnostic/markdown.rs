//! Mistakes in the Markdown of one essay. Each function is given the place without a label, and words both.

use super::count::{as_others, count};
use super::suggest::Known;
use super::{Diagnostic, Kind, Place};

/// `[text][label]`, and nothing defines `label`, which `others` more links of the essay have.
pub fn undefined_label(place: Place, label: &str, defined: &Known<&str>, others: usize) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::UndefinedLabel, format!("nothing defines the link label `{label}`"))
        .at(place.labelled(as_others("stays as plain text", others, "link")));
    match defined.nearest(label) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic
            .help(format!("define it on a line of its own: `[{label}]: other.md`"))
            .help("or write `\\[` if it is no link"),
    }
}

/// `[text][label]`, and what looks like the definition of `label`, at `line`, is none; so have `others` more links of the essay.
pub fn no_definition(place: Place, label: &str, line: Place, others: usize) -> Diagnostic {
    Diagnostic::new(Kind::UndefinedLabel, format!("nothing defines the link label `{label}`"))
        .at(place.labelled(as_others("stays as plain text", others, "link")))
        .and(line.labelled("is text, too"))
        .help("a definition has a blank line or another one above it and at most three spaces before it")
        .help("its address has no spaces, and as many `(` as `)`")
}

/// `[^label]`, and no footnote has that label.
pub fn missing_footnote(place: Place, label: &str, labels: &Known<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::MissingFootnote, format!("the footnote `{label}` has no text"))
        .at(place.labelled("refers to a footnote that is not there"));
    match labels.nearest(label) {
        Some(name) => diagnostic.help(format!("did you mean `[^{name}]`?")),
        None => diagnostic.help(format!("give it a text, on a line of its own: `[^{label}]: …`")),
    }
}

/// A footnote's text that nothing refers to.
pub fn unused_footnote(place: Place, label: &str) -> Diagnostic {
    Diagnostic::new(Kind::UnusedFootnote, format!("nothing refers to the footnote `{label}`"))
        .at(place.labelled("is not shown"))
        .help(format!("refer to it with `[^{label}]`, or take it out"))
}

/// Two footnotes with one label.
pub fn duplicate_footnote(place: Place, label: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Kind::DuplicateId, format!("the footnote `{label}` has two texts"))
        .at(place.labelled("only the first is shown"))
        .and(first.labelled("the first"))
        .help("give one of them another label")
}

/// One id twice in an essay.
pub fn duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::new(Kind::DuplicateId, format!("the id `{id}` is used twice"))
        .at(place.labelled("a link to it would lead to the first"))
        .and(first.labelled("the first"))
        .help("give one of them another id")
}

/// Quotes or lists inside each other, deeper than `deepest`.
pub fn too_deep(place: Place, deepest: usize) -> Diagnostic {
    Diagnostic::new(Kind::TooLarge, format!("quotes and lists are more than {deepest} deep"))
        .at(place.labelled("here"))
        .help("is this file really an essay? name it under `ignore` in essai.yaml to leave it out")
}

/// A `line` or a tag that means something to another tool and is text here; `others` of the essay's lines have such too.
pub fn foreign_markup(place: Place, line: &str, others: usize) -> Diagnostic {
    Diagnostic::new(Kind::ForeignMarkup, format!("`{line}` is shown as text"))
        .at(place.labelled(as_others("another tool's markup", others, "line")))
        .help(instead_of(line))
}

/// What is `written` as a link, but is none; so are `others` of the essay.
pub fn no_link(place: Place, written: &str, others: usize) -> Diagnostic {
    let help = match written.contains("](@ref ") {
        true => "Essai knows no `@ref` of Doxygen or Julia: write the file that it leads to",
        false => {
            "an address holds neither a space nor a line break and ends with `)`: write `%20` for a space, or put it between `<` and `>`"
        }
    };
    Diagnostic::new(Kind::ForeignMarkup, format!("`{written}` is shown as text"))
        .at(place.labelled(as_others("no link", others, "place")))
        .help(help)
}

/// A heading that is `written` without the space after its signs; so are `others` of the essay.
pub fn no_heading(place: Place, written: &str, others: usize) -> Diagnostic {
    let words = written.trim_start_matches('#');
    let signs = &written[..written.len() - words.len()];
    Diagnostic::new(Kind::ForeignMarkup, format!("`{written}` is shown as text"))
        .at(place.labelled(as_others("no heading", others, "line")))
        .help(format!("a heading has a space after its signs: `{signs} {words}`"))
}

/// A link or picture `written` in Markdown in raw HTML; so are those in `others` of the essay's blocks.
pub fn link_in_html(place: Place, written: &str, others: usize) -> Diagnostic {
    Diagnostic::new(Kind::ForeignMarkup, format!("`{written}` is shown as text"))
        .at(place.labelled(as_others("Markdown in raw HTML", others, "block")))
        .help("leave a blank line before and after it, or write `markdown=\"1\"` into the tag around it")
}

/// A line of JavaScript in MDX; there are `others` more such paragraphs in the essay.
pub fn module(place: Place, line: &str, others: usize) -> Diagnostic {
    Diagnostic::new(Kind::ForeignMarkup, format!("`{line}` is left out"))
        .at(place.labelled(as_others("code of MDX", others, "paragraph")))
        .help("Essai runs no components: write Markdown or HTML where the text uses them")
}

/// A cell of R Markdown or Quarto, `written` behind its backticks, whose code is hidden; there are `others` more in the essay.
pub fn unseen_cell(place: Place, written: &str, others: usize) -> Diagnostic {
    Diagnostic::new(Kind::ForeignMarkup, format!("what `{written}` makes is not shown"))
        .at(place.labelled(as_others("code that another tool runs", others, "cell")))
        .help("Essai runs no code: put the picture or the table in its place, or write the essay as a notebook")
}

/// A directive of MyST, `written` behind backticks, that Essai does not know.
pub fn directive(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(Kind::ForeignMarkup, format!("`{written}` is shown as code"))
        .at(place.labelled("another tool's markup"))
        .help("of directives, Essai knows those that are notes, figures, mathematics and code; write anything else in Markdown")
}

/// What to write in place of the `line` of another tool.
fn instead_of(line: &str) -> &'static str {
    match line.as_bytes() {
        [b'=', ..] => "what belongs to a tab is indented by four spaces, below a title in quotes: `=== \"Title\"`",
        [b'!' | b'?', ..] => "what belongs to a note is indented by four spaces below its first line",
        [b':', next, ..] if *next != b':' => "icons are not drawn: show a picture, or write a sign such as ✓",
        [b':', ..] if line.trim_start_matches(':').trim_start().starts_with('{') => {
            "of such directives, Essai knows those that are notes and figures; anything else can be written in Markdown"
        }
        [b'-', ..] => "pymdownx puts a file in its place, Essai does not: copy here what it holds",
        [b'{', ..] => instead_of_tag(line),
        [b'%', ..] => "readers see it: put it between `<!--` and `-->`, which leaves it in the source of the page",
        _ => NOTE,
    }
}

/// How a note is written.
const NOTE: &str = "a note is written as a quotation whose first line is `> [!NOTE]`";

/// What to write in place of a `tag` of another tool's templates.
fn instead_of_tag(tag: &str) -> &'static str {
    let inside = tag.trim_start_matches(['{', '%', '<', '#', '-', '/', ' ']);
    let name = inside.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
    match (name, &tag.as_bytes()[..tag.len().min(3)]) {
        (_, b"{{#") => "mdBook puts a file in its place, Essai does not: copy here what it holds",
        ("figure" | "image" | "img" | "asset_img", _) => {
            "a picture is written `![what it shows](picture.png \"caption\")`"
        }
        ("note" | "notice" | "hint" | "tip" | "info" | "warning" | "alert" | "callout" | "admonition", _) => NOTE,
        ("ref" | "relref" | "link", _) => "a link is written `[text](other.md)`",
        (_, b"{{<" | b"{{%") => {
            "the shortcodes of Hugo and Quarto are not run: write what this one makes, in Markdown or HTML"
        }
        _ => {
            "templates are not run in essays: write what this one makes, or put it between backticks if it is meant as text"
        }
    }
}

/// A block that `line` opens, the fence before its name first, and that nothing closes.
pub fn unclosed_block(place: Place, line: &str) -> Diagnostic {
    let fence = &line[..line.find(|letter| !matches!(letter, ':' | '/' | '`' | '~')).unwrap_or(line.len())];
    Diagnostic::new(Kind::UnclosedBlock, format!("nothing closes `{line}`"))
        .at(place.labelled("takes in all that follows where it stands"))
        .help(format!("write a line with nothing but `{fence}` where it ends"))
}

/// A cell of a table that has more in its row than in its head; so has a row of `others` more of the table.
pub fn extra_cell(place: Place, others: usize) -> Diagnostic {
    let label = match others {
        0 => "is not shown".to_owned(),
        others => format!("is not shown, nor is one of {}", count(others, "more row")),
    };
    Diagnostic::new(Kind::ExtraCell, "a row has more cells than the head of its table")
        .at(place.labelled(label))
        .help("give the head as many cells, or write `\\|` for a bar within a cell, in code too")
}

/// An essay that made Essai itself stumble.
pub fn stumbled(shown: &str) -> Diagnostic {
    Diagnostic::new(Kind::Internal, format!("Essai stumbled over `{shown}`"))
        .at(Place::file(shown))
        .help("this is a mistake in Essai: please report it, with the essay if you can")
}

/// An essay without a word.
pub fn empty_essay(shown: &str) -> Diagnostic {
    Diagnostic::new(Kind::EmptyEssay, "the essay is empty").at(Place::file(shown))
}
