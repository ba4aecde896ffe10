//! Values of one line: lists that separators divide, and words for yes and no.

use std::ops::Range;

use crate::parse::Located;

/// How a text stands for a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// YAML and TOML have lists of their own; only keywords and authors may be one text with separators.
    OfTheirOwn,
    /// The bare dialect: everything is text, and every list is one with separators or continuation lines.
    Bare,
}

/// The parts of `text[span]` between `separators`, without space around them, each where it stands. No part is empty.
pub fn parts(text: &str, span: Range<usize>, separators: &[&str]) -> Vec<Located<String>> {
    let mut parts = Vec::new();
    let mut start = span.start;
    let mut at = span.start;
    while let Some(rest) = text.get(at..span.end) {
        let separator = separators.iter().find(|separator| rest.starts_with(**separator));
        if rest.is_empty() || separator.is_some() {
            let written = text.get(start..at).unwrap_or_default();
            let begin = start + (written.len() - written.trim_start().len());
            let value = written.trim();
            if !value.is_empty() {
                parts.push(Located { value: value.to_owned(), span: begin..begin + value.len() });
            }
        }
        match (separator, rest.chars().next()) {
            (Some(separator), _) => {
                at += separator.len();
                start = at;
            }
            (None, Some(character)) => at += character.len_utf8(),
            (None, None) => break,
        }
    }
    parts
}

/// What a word for yes or no says; `None` for any other.
pub fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_know_where_they_stand() {
        let text = "x: a, b and c ;; dé\n";
        let found = parts(text, 3..text.len(), &[",", ";", " and "]);
        let shown: Vec<&str> = found.iter().map(|part| &text[part.span.clone()]).collect();
        assert_eq!(shown, ["a", "b", "c", "dé"]);
        assert_eq!(found.iter().map(|part| part.value.as_str()).collect::<Vec<_>>(), shown);
        assert_eq!(parts("", 0..0, &[","]), []);
    }
}
