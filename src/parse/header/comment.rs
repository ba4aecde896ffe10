//! Headers in a comment of HTML, as Nikola has them: a line `.. key: value` for each key.

use super::bare::{Bare, entry};
use super::keys::{known, normalised};
use super::lines::{Line, lines};
use crate::read::node::Entry;

/// What stands before each key.
const MARK: &str = ".. ";

/// The header that opens `text`, if one does: a comment of nothing but `.. key: value` lines, of which one at least has a key
/// that is known. A key without a value says nothing.
pub fn find(text: &str) -> Option<Bare> {
    if !text.trim_start().starts_with("<!--") {
        return None;
    }
    let mut lines = lines(text, 0).skip_while(|line| line.text.trim().is_empty());
    if lines.next()?.text.trim() != "<!--" {
        return None;
    }
    let mut entries: Vec<Entry> = Vec::new();
    for line in lines {
        match line.text.trim() {
            "" => {}
            "-->" => {
                let is_header = entries.iter().any(|entry| known(&normalised(&entry.key)).is_some());
                entries.retain(|entry| !entry.node.span.is_empty());
                return is_header.then_some(Bare { entries, body: line.end });
            }
            _ => {
                let rest = line.text.strip_prefix(MARK)?;
                entries.push(entry(&Line { text: rest, start: line.start + MARK.len(), end: line.end })?);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is `key=value` joined by `; `, and the body.
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let found = find(text).map(|bare| {
            let show = |entry: &Entry| format!("{}={}", &text[entry.key_span.clone()], &text[entry.node.span.clone()]);
            (bare.entries.iter().map(show).collect::<Vec<_>>().join("; "), &text[bare.body..])
        });
        assert_eq!(found.as_ref().map(|(shown, body)| (shown.as_str(), *body)), expected, "{text}");
    }

    #[test]
    fn a_comment_of_keys_is_a_header() {
        check("<!--\n.. title: A: b\n.. slug: a\n.. tags:\n-->\n\nBody", Some(("title=A: b; slug=a", "\nBody")));
        check("\n<!-- \r\n\r\n.. date: 2012-09-27\r\n-->\r\nBody", Some(("date=2012-09-27", "Body")));
    }

    #[test]
    fn any_other_comment_is_none() {
        for text in [
            "<!--\ntitle: a\n-->\n",
            "<!-- .. title: a -->\n",
            "<!--\n.. title: a\n",
            "<!--\n.. title: a\nand words\n-->\n",
            "<!--\n.. image:: a.png\n-->\n",
            "<!--\n-->\n",
            "Body\n<!--\n.. title: a\n-->\n",
        ] {
            check(text, None);
        }
    }
}
