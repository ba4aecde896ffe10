//! Commands that put something around their argument that only HTML has, or signs in the place of it.

use std::ops::Range;

use super::super::commands::Rule;
use super::super::reader::{Argument, argument, name_end, optional, skip_space};
use super::super::{Element, MathError, Origin, Rewriter, problem};

/// The notations of `\enclose` that are commands of their own.
const COMMANDS: [(&str, &str); 4] = [
    ("updiagonalstrike", r"\cancel{"),
    ("downdiagonalstrike", r"\bcancel{"),
    ("radical", r"\sqrt{"),
    ("box", r"\boxed{"),
];

/// Those that are lines around an element.
const LINES: [&str; 9] =
    ["bottom", "circle", "horizontalstrike", "left", "longdiv", "right", "roundedbox", "top", "verticalstrike"];

impl Rewriter<'_> {
    /// Replaces `\name`, which stands at `command`: the byte after what was read.
    ///
    /// # Errors
    /// If it lacks an argument.
    pub(super) fn marked(
        &mut self,
        name: &str,
        text: &str,
        command: &Range<usize>,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let span = origin.span(command.clone());
        let end = command.end;
        match name {
            "class" | "htmlClass" | "cssId" | "htmlId" | "style" | "htmlStyle" | "htmlData" => {
                let value = self.argument(text, command, end, origin)?;
                let given = self.argument(text, command, value.end, origin)?;
                let value = escaped(text[value.inner].trim());
                let attribute = match name {
                    "class" | "htmlClass" => format!(" class=\"{value}\""),
                    "cssId" | "htmlId" => format!(" id=\"{value}\""),
                    "style" | "htmlStyle" => format!(" style=\"{value}\""),
                    _ => String::new(),
                };
                self.element(row(&attribute), Rule::Boxed, text, &given, origin)
            }
            "bbox" => {
                let options = optional(text, end);
                let at = options.as_ref().map_or(end, |options| options.end);
                let given = self.argument(text, command, at, origin)?;
                let style = options.map_or(String::new(), |options| box_style(&text[options.inner]));
                self.element(row(&format!(" style=\"{}\"", escaped(&style))), Rule::Boxed, text, &given, origin)
            }
            "enclose" => {
                let notations = self.argument(text, command, end, origin)?;
                let at = optional(text, notations.end).map_or(notations.end, |attributes| attributes.end);
                let given = self.argument(text, command, at, origin)?;
                let words = || text[notations.inner.clone()].split([' ', ','] as [char; 2]);
                let mut enclosed = text[given.inner.clone()].to_owned();
                for (_, open) in COMMANDS.iter().filter(|(notation, _)| words().any(|word| word == *notation)) {
                    enclosed = format!("{open}{enclosed}}}");
                }
                let lines: Vec<&str> = LINES.into_iter().filter(|line| words().any(|word| word == *line)).collect();
                if lines.is_empty() {
                    return self.call(name, &enclosed, given.end, span);
                }
                let open = format!("<menclose notation=\"{}\">", lines.join(" "));
                let whole = Argument { inner: 0..enclosed.len(), end: enclosed.len() };
                let element = Element::Tags { open, close: "</menclose>" };
                self.element(element, Rule::Boxed, &enclosed, &whole, &Origin::Call(span))?;
                Ok(given.end)
            }
            "verb" => {
                let rest = &text[end..];
                let rest = rest.strip_prefix('*').unwrap_or(rest);
                let start = text.len() - rest.len();
                let mark = rest.chars().next().ok_or_else(|| problem::missing_argument(span.clone(), name))?;
                let from = start + mark.len_utf8();
                let length = text[from..].find(mark).ok_or_else(|| problem::missing_argument(span.clone(), name))?;
                self.put(&verbatim(&text[from..from + length]), span);
                Ok(from + length + mark.len_utf8())
            }
            "unicode" | "char" => {
                let (character, end) =
                    character(text, end, name).ok_or_else(|| problem::missing_argument(span.clone(), name))?;
                self.put(&format!("\\text{{{}}}", sign(character)), span);
                Ok(end)
            }
            "textcircled" => {
                let given = self.argument(text, command, end, origin)?;
                let circled = circled(text[given.inner.clone()].trim());
                let circled = circled.ok_or_else(|| problem::not_circled(origin.span(given.inner.clone())))?;
                self.put(&format!("\\text{{{circled}}}"), span);
                Ok(given.end)
            }
            "mmlToken" => {
                let token = self.argument(text, command, end, origin)?;
                let at = optional(text, token.end).map_or(token.end, |attributes| attributes.end);
                let given = self.argument(text, command, at, origin)?;
                self.text("text", text, &given, origin)
            }
            "raise" | "lower" => {
                let at = skip_space(text, end);
                let at = match text[at..].starts_with('{') {
                    true => self.argument(text, command, at, origin)?.end,
                    false => at + text[at..].find(['{', '\\', '$']).unwrap_or(text.len() - at),
                };
                let given = self.argument(text, command, at, origin)?;
                self.around("{", text, &given, "}", origin)
            }
            "root" => self.halves(text, command, origin, r"\of", |degree, end| {
                let of = argument(text, end)?;
                Some((format!("\\sqrt[{degree}]{{{}}}", &text[of.inner]), of.end))
            }),
            _ => self.halves(text, command, origin, r"\over", |over, end| {
                let relation = argument(text, end)?;
                Some((format!("\\stackrel{{{over}}}{{{}}}", &text[relation.inner]), relation.end))
            }),
        }
    }

    /// A command of plain TeX with a word between what it takes: `made` is given what stands before `word`, and the byte after it.
    fn halves(
        &mut self,
        text: &str,
        command: &Range<usize>,
        origin: &Origin,
        word: &str,
        made: impl Fn(&str, usize) -> Option<(String, usize)>,
    ) -> Result<usize, MathError> {
        let name = &text[command.start + 1..command.end];
        let mut depth = 0i32;
        let mut at = command.end;
        while let Some(byte) = text.as_bytes().get(at) {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'\\' if depth == 0 && text[at..name_end(text, at + 1)] == *word => {
                    if let Some((tex, end)) = made(text[command.end..at].trim(), at + word.len()) {
                        return self.call(name, &tex, end, origin.span(command.clone()));
                    }
                    break;
                }
                b'\\' => at = name_end(text, at + 1) - 1,
                _ => {}
            }
            if depth < 0 {
                break;
            }
            at += 1;
        }
        Err(problem::missing_argument(origin.span(command.clone()), name))
    }
}

fn row(attributes: &str) -> Element {
    Element::Tags { open: format!("<mrow{attributes}>"), close: "</mrow>" }
}

fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The style that `\bbox[yellow, 5px, border: 1px solid]` asks for.
fn box_style(options: &str) -> String {
    let styles = options.split(',').map(str::trim).filter(|option| !option.is_empty()).map(|option| {
        match option.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
            true => format!("padding:{option}"),
            false if option.contains(':') => option.to_owned(),
            false => format!("background:{option}"),
        }
    });
    styles.collect::<Vec<_>>().join(";")
}

/// `text` as it stands, as TeX.
fn verbatim(text: &str) -> String {
    let signs: String = text.chars().map(sign).collect();
    format!("\\texttt{{{signs}}}")
}

/// The TeX of a character in text.
fn sign(character: char) -> String {
    match character {
        '\\' => r"\textbackslash{}".to_owned(),
        '^' => r"\textasciicircum{}".to_owned(),
        '~' => r"\textasciitilde{}".to_owned(),
        '{' | '}' | '$' | '&' | '#' | '%' | '_' => format!("\\{character}"),
        _ => character.to_string(),
    }
}

/// The character that `{x263a}`, `{9786}` or, after `\char`, `"263a` names, and the byte after it.
fn character(text: &str, at: usize, name: &str) -> Option<(char, usize)> {
    let at = optional(text, at).filter(|_| name == "unicode").map_or(at, |options| options.end);
    let at = skip_space(text, at);
    let (number, end) = if text[at..].starts_with('{') {
        let given = argument(text, at)?;
        (&text[given.inner], given.end)
    } else {
        let is_number = |next: char| next.is_ascii_hexdigit() || matches!(next, '"' | '\'' | 'x');
        let end = at + text[at..].find(|next| !is_number(next)).unwrap_or(text.len() - at);
        (&text[at..end], end)
    };
    let number = number.trim();
    let code = match number.strip_prefix(['x', 'X', '"']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let character = char::from_u32(code).filter(|character| !character.is_control())?;
    Some((character, end))
}

/// The character that is `text` in a circle.
fn circled(text: &str) -> Option<char> {
    let mut characters = text.chars();
    let code = match (text.parse::<u32>(), characters.next(), characters.next()) {
        (Ok(0), ..) => 0x24EA,
        (Ok(number @ 1..=20), ..) => 0x2460 + number - 1,
        (_, Some(letter @ 'A'..='Z'), None) => 0x24B6 + u32::from(letter) - u32::from('A'),
        (_, Some(letter @ 'a'..='z'), None) => 0x24D0 + u32::from(letter) - u32::from('a'),
        _ => return None,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{box_style, character, circled, escaped, verbatim};

    #[test]
    fn what_html_has_is_safe() {
        assert_eq!(escaped(r#"a" onclick="b"#), "a&quot; onclick=&quot;b");
        assert_eq!(box_style("yellow, 5px,border: 1px solid"), "background:yellow;padding:5px;border: 1px solid");
        assert_eq!(verbatim(r"\a_{b}"), r"\texttt{\textbackslash{}a\_\{b\}}");
    }

    #[test]
    fn characters_are_named_by_their_numbers() {
        assert_eq!(character("[.5]{x263A}", 0, "unicode"), Some(('☺', 11)));
        assert_eq!(character("{9786}", 0, "unicode").unwrap().0, '☺');
        assert_eq!(character("\"263a", 0, "char").unwrap().0, '☺');
        assert_eq!(character("{x110000}", 0, "unicode"), None);
        assert_eq!(character("{7}", 0, "unicode"), None);
        assert_eq!((circled("1"), circled("20"), circled("R"), circled("xy")), (Some('①'), Some('⑳'), Some('Ⓡ'), None));
    }
}
