//! Values: lists that separators divide, names, and words for yes and no.

use std::ops::Range;

use super::keys::normalised;
use crate::parse::Located;
use crate::read::node::{Node, Value};

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

/// Adds what `node` names. Of a map, that is its `name` or `title`; else what its keys hold, and a key itself that holds no list.
pub fn collect_names(node: &Node, document: &str, names: &mut Vec<String>) {
    match &node.value {
        Value::List(nodes) => nodes.iter().for_each(|node| collect_names(node, document, names)),
        Value::Map(entries) => {
            let named = |name: &&str| entries.iter().find(|entry| normalised(&entry.key) == **name);
            if let Some(entry) = ["name", "title", "label"].iter().find_map(named) {
                return collect_names(&entry.node, document, names);
            }
            for entry in entries {
                match &entry.node.value {
                    Value::List(_) | Value::Map(_) => collect_names(&entry.node, document, names),
                    Value::Null | Value::Bool(_) => names.push(entry.key.clone()),
                    // A colon in a keyword makes YAML take it for a key.
                    _ => {
                        let value = entry.node.text(document).unwrap_or_default();
                        names.push(format!("{}: {}", entry.key, value.trim()));
                    }
                }
            }
        }
        _ => names.extend(node.text(document).map(|text| text.trim().to_owned())),
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
