//! The author's own commands: `\newcommand`, `\def`, `\let` and `\DeclareMathOperator`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::commands::{self, Rule};
use super::reader::{argument, name_end, optional, skip_space};
use crate::read::TexMacro;

/// How a macro is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definition {
    /// `\newcommand{\name}[2][default]{body}` and its kin.
    Command,
    /// `\def\name#1#2{body}` and its kin.
    Def,
    /// `\let\name=\other`.
    Let,
    /// `\DeclareMathOperator{\name}{body}`.
    Operator,
    /// `\DeclarePairedDelimiter{\name}{left}{right}`.
    Delimiters,
}

/// A command that an author has defined.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Macro {
    /// What the first argument is where it is left out; `None` if it may not be.
    default: Option<String>,
    /// How many arguments it has, the first counted.
    arguments: usize,
    /// What it stands for, with `#1` for its first argument.
    body: String,
    /// Whether it is another name for a command that is no macro, whatever is called so later.
    is_primitive: bool,
    /// What it stands for with a star, of one that may also have a size in brackets.
    starred: Option<String>,
}

impl Macro {
    fn new(default: Option<String>, arguments: usize, body: String) -> Self {
        Self { default, arguments, body, is_primitive: false, starred: None }
    }
}

/// The commands that an author has defined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Macros {
    by_name: BTreeMap<String, Macro>,
}

/// Why a macro is not expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unexpanded {
    /// There is none of that name.
    Unknown,
    /// It lacks an argument.
    Lacking,
}

impl Macros {
    /// Adds one that an author has defined outside formulas.
    pub fn add(&mut self, defined: &TexMacro) {
        let TexMacro { name, body, arguments, default } = defined;
        let is_itself = body.strip_prefix('\\') == Some(name);
        if !is_itself {
            let defined = Macro::new(default.clone(), *arguments, body.clone());
            self.by_name.insert(name.clone(), defined);
        }
    }

    /// Adds those that `preamble` defines: it is TeX, of which nothing else is read.
    pub fn read_all(&mut self, preamble: &str) {
        let mut at = 0;
        while let Some(length) = memchr::memchr(b'\\', &preamble.as_bytes()[at..]) {
            let start = at + length + 1;
            let end = name_end(preamble, start);
            let definition = match commands::rule(&preamble[start..end]) {
                Some(Rule::Define(definition)) => self.read(definition, preamble, end),
                _ => None,
            };
            at = definition.unwrap_or(end);
        }
    }

    /// Their names, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Reads the definition in `text` that goes on at `at`, after the defining command. The byte after it, or `None`
    /// if it cannot be read.
    pub(in crate::parse::math) fn read(&mut self, definition: Definition, text: &str, at: usize) -> Option<usize> {
        let starred = skip_space(text, at);
        let is_starred = text[starred..].starts_with('*');
        let named = argument(text, if is_starred { starred + 1 } else { at })?;
        let name = text[named.inner].trim().strip_prefix('\\')?.to_owned();
        if name.is_empty() || name_end(&name, 0) != name.len() {
            return None;
        }
        let (defined, end) = match definition {
            Definition::Let => {
                let equals = skip_space(text, named.end);
                let at = if text[equals..].starts_with('=') { equals + 1 } else { equals };
                let other = argument(text, at)?;
                // `\let` takes the meaning that the other has now.
                let body = &text[other.inner];
                let known = body.strip_prefix('\\').and_then(|other| self.by_name.get(other)).cloned();
                let is_primitive = body.starts_with('\\');
                let unknown = || Macro { is_primitive, ..Macro::new(None, 0, body.to_owned()) };
                (known.unwrap_or_else(unknown), other.end)
            }
            Definition::Operator => {
                let body = argument(text, named.end)?;
                let operator = if is_starred { r"\operatorname*" } else { r"\operatorname" };
                let text = format!("{operator}{{{}}}", &text[body.inner]);
                (Macro::new(None, 0, text), body.end)
            }
            Definition::Delimiters => {
                let left = argument(text, named.end)?;
                let right = argument(text, left.end)?;
                let (left, right, end) = (&text[left.inner], &text[right.inner], right.end);
                let starred = Some(format!("\\left{left} #1\\right{right} "));
                (Macro { starred, ..Macro::new(None, 1, format!("{{{left} #1{right} }}")) }, end)
            }
            Definition::Def => {
                let open = named.end + text[named.end..].find('{')?;
                let arguments = text[named.end..open].trim();
                let count = arguments.len() / 2;
                let in_order = (1..=count).map(|number| format!("#{number}")).collect::<String>();
                let body = argument(text, open)?;
                if in_order != arguments {
                    return None;
                }
                (Macro::new(None, count, text[body.inner].to_owned()), body.end)
            }
            Definition::Command => {
                let count = optional(text, named.end);
                let at = count.as_ref().map_or(named.end, |count| count.end);
                let default = count.is_some().then(|| optional(text, at)).flatten();
                let at = default.as_ref().map_or(at, |default| default.end);
                let arguments = count.map_or(Some(0), |count| text[count.inner].trim().parse().ok())?;
                let body = argument(text, at)?;
                let default = default.map(|default| text[default.inner].to_owned());
                (Macro::new(default, arguments, text[body.inner].to_owned()), body.end)
            }
        };
        if defined.body.strip_prefix('\\') == Some(&name) {
            return Some(end);
        }
        self.by_name.insert(name, defined);
        Some(end)
    }

    /// The command that `\name` is another name for, if it is one that is no macro.
    pub(super) fn primitive(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).filter(|known| known.is_primitive)?.body.strip_prefix('\\')
    }

    /// What `\name` stands for, with the arguments that follow it in `text` at `at`, and the byte after them.
    pub(super) fn expand(&self, name: &str, text: &str, at: usize) -> Result<(String, usize), Unexpanded> {
        let known = self.by_name.get(name).ok_or(Unexpanded::Unknown)?;
        let mut arguments: Vec<&str> = Vec::with_capacity(known.arguments);
        let (mut end, mut body) = (at, &known.body);
        if let Some(starred) = &known.starred {
            if text[end..].starts_with('*') {
                (end, body) = (end + 1, starred);
            }
            end = optional(text, end).map_or(end, |size| size.end);
        }
        if let Some(default) = &known.default {
            let given = optional(text, at);
            end = given.as_ref().map_or(at, |given| given.end);
            arguments.push(given.map_or(default, |given| &text[given.inner]));
        }
        while arguments.len() < known.arguments {
            let given = argument(text, end).ok_or(Unexpanded::Lacking)?;
            end = given.end;
            arguments.push(&text[given.inner]);
        }
        Ok((fill(body, &arguments), end))
    }
}

/// `body` with its arguments put in.
pub(super) fn fill(body: &str, arguments: &[&str]) -> String {
    let mut filled = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('#') {
        filled.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let number = rest.bytes().next().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
        match number.and_then(|number| arguments.get(number.wrapping_sub(1))) {
            Some(argument) => {
                separate(&mut filled, argument);
                filled.push_str(argument);
                rest = &rest[1..];
            }
            None => filled.push('#'),
        }
    }
    filled.push_str(rest);
    filled
}

/// Puts a space between the command at the end of `text` and the letter that `next` begins with.
fn separate(text: &mut String, next: &str) {
    if ends_with_command(text) && next.starts_with(|next: char| next.is_ascii_alphabetic() || next == '*') {
        text.push(' ');
    }
}

/// Whether `text` ends with a command whose name is letters, which a further letter would be part of.
pub fn ends_with_command(text: &str) -> bool {
    let name = text.trim_end_matches(|last: char| last.is_ascii_alphabetic());
    let backslashes: Range<usize> = name.trim_end_matches('\\').len()..name.len();
    name.len() < text.len() && backslashes.len() % 2 == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Definition, Macros, Unexpanded, ends_with_command};
    use crate::read::TexMacro;

    #[test]
    fn definitions_are_read_and_expanded() {
        let check = |definition: Definition, text: &str, expected: &str| {
            let mut macros = Macros::default();
            let at = macros.read(definition, text, 0).unwrap();
            let name = name(&text[at..]);
            let expanded = macros.expand(&name, &text[at..], name.len() + 1).unwrap();
            assert_eq!(expanded.0, expected, "{text}");
        };
        check(Definition::Command, r"{\R}{\mathbb{R}}\R", r"\mathbb{R}");
        check(Definition::Command, r"\f[2]{#1+#2}\f a{bc}", "a+bc");
        check(Definition::Command, r"{\f}[2][z]{#1+#2}\f b", "z+b");
        check(Definition::Command, r"{\f}[2][z]{#1+#2}\f[a] b", "a+b");
        check(Definition::Command, r"*{\f}[1]{\mathbf#1}\f{xy}", r"\mathbf xy");
        check(Definition::Def, r"\f#1#2{#2#1}\f ab", "ba");
        check(Definition::Let, r"\f=\alpha\f", r"\alpha");
        check(Definition::Operator, r"{\rank}{rank}\rank", r"\operatorname{rank}");
        check(Definition::Delimiters, r"{\ang}{\langle}{\rangle}\ang{x}", r"{\langle x\rangle }");
        check(Definition::Delimiters, r"\ang()\ang*{x}", r"\left( x\right) ");
        check(Definition::Delimiters, r"\ang()\ang[\big]{x}", r"{( x) }");
        check(Definition::Operator, r"*{\sup}{sup}\sup", r"\operatorname*{sup}");
    }

    fn name(call: &str) -> String {
        call[1..].chars().take_while(char::is_ascii_alphabetic).collect()
    }

    #[test]
    fn a_preamble_is_read_for_what_it_defines() {
        let mut macros = Macros::default();
        macros.read_all("\\usepackage{amsmath}\n- \\let\\vec\\mathbf\n- \\def\\N{\\mathcal{N}} \\newcommand{\\R \\DeclareMathOperator\\sgn{sgn}");
        assert_eq!(macros.names().collect::<Vec<_>>(), ["N", "sgn", "vec"]);
    }

    #[test]
    fn what_defines_nothing_is_refused() {
        let check = |definition, text: &str| assert_eq!(Macros::default().read(definition, text, 0), None, "{text}");
        check(Definition::Command, r"{R}{x}");
        check(Definition::Command, r"\f[x]{x}");
        check(Definition::Def, r"\f(#1){x}");
        check(Definition::Def, r"\f");
    }

    #[test]
    fn a_macro_needs_its_arguments() {
        let mut macros = Macros::default();
        macros.add(&TexMacro { name: "f".to_owned(), body: "#1#2".to_owned(), arguments: 2, default: None });
        assert_eq!(macros.expand("f", r"\f{a}", 2), Err(Unexpanded::Lacking));
        assert_eq!(macros.expand("g", r"\g", 2), Err(Unexpanded::Unknown));
        assert!(ends_with_command(r"x\alpha") && !ends_with_command(r"x\\alpha") && !ends_with_command("alpha"));
    }
}
