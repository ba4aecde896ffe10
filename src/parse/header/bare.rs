//! The bare dialect: `key: value` lines until the first blank line, as Python-Markdown, MultiMarkdown and Pelican have
//! them.

use std::ops::Range;

use super::keys::{is_foreign, known, near_miss, normalised};
use super::lines::{Line, lines};
use crate::read::node::{Entry, Node, Value};

/// A header in the bare dialect.
#[derive(Debug)]
pub struct Bare {
    /// Its keys and values. A value is the text as it stands; its span holds continuation lines as they are written.
    pub entries: Vec<Entry>,
    /// The byte of the text where the body begins.
    pub body: usize,
}

/// Names that may begin a sentence too: "Summary: …", "Path: …". Alone and capitalised they make no header.
const ALSO_PROSE: &[&str] = &[
    "summary",
    "tag",
    "category",
    "description",
    "order",
    "weight",
    "image",
    "cover",
    "path",
    "url",
    "series",
    "language",
    "status",
];

/// The header that opens `text`, if one does.
///
/// Every line up to the first blank one, or to one that begins with `#`, must be a `key: value`, a key being at most
/// three words of ASCII letters, digits, `_` and `-`, or be indented and so continue the value before it. A paragraph
/// of prose can look like that ("Note: this is important."), so one of these must hold too:
///
/// - one of the keys is known to Essai or to another tool; where it is the only line, and the key is one that may begin
///   a sentence (`Summary: …`), or no key of ours (`Note: …`), it must be in lower case;
/// - the first key is a misspelling of a known one (`tittle`);
/// - there are two keys or more, all single words in lower case (`mood: …`).
///
/// A line `---` or `...` ends a header of several keys; after a single line it makes that a heading.
pub fn find(text: &str) -> Option<Bare> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut body = text.len();
    for line in lines(text, 0) {
        let is_end = line.text.trim().is_empty() || line.text.starts_with('#');
        let is_fence = entries.len() > 1 && matches!(line.text.trim_end(), "---" | "...");
        if is_end || is_fence {
            body = if line.text.starts_with('#') { line.start } else { line.end };
            break;
        }
        if line.text.starts_with([' ', '\t']) {
            extend(entries.last_mut()?, &line);
        } else {
            entries.push(entry(&line)?);
        }
    }
    is_header(&entries).then_some(Bare { entries, body })
}

/// The key and the value of a line, if it is a `key: value`.
pub fn entry(line: &Line<'_>) -> Option<Entry> {
    let (key, value) = line.text.split_once(':')?;
    let word = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | ' ');
    let is_key = key.starts_with(|character: char| character.is_ascii_alphabetic())
        && key.chars().all(word)
        && key.len() <= 40
        && key.split(' ').filter(|word| !word.is_empty()).count() <= 3;
    // `http://…` and `std::path` are no keys.
    if !is_key || value.starts_with(['/', ':']) {
        return None;
    }
    let start = line.start + key.len() + 1 + (value.len() - value.trim_start().len());
    let value = value.trim();
    let node = Node { value: Value::Text(value.to_owned()), span: start..start + value.len() };
    Some(Entry { key: key.trim_end().to_owned(), key_span: line.start..line.start + key.trim_end().len(), node })
}

/// Adds a continuation line to a value.
fn extend(entry: &mut Entry, line: &Line<'_>) {
    let more = line.text.trim();
    let more_start = line.start + (line.text.len() - line.text.trim_start().len());
    let Range { start, .. } = entry.node.span;
    if let Value::Text(text) = &mut entry.node.value {
        let start = if text.is_empty() { more_start } else { start };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(more);
        entry.node.span = start..more_start + more.len();
    }
}

fn is_header(entries: &[Entry]) -> bool {
    let [first, ..] = entries else { return false };
    let is_lower = |key: &str| !key.contains(|character: char| character.is_ascii_uppercase());
    let first_key = normalised(&first.key);
    if near_miss(&first_key).is_some_and(|meant| meant.len() > 4) && first_key.len() > 4 {
        return true;
    }
    if entries.len() == 1 {
        let is_ours = known(&first_key).is_some() && !ALSO_PROSE.contains(&first_key.as_str());
        let may_be = known(&first_key).is_some() || is_foreign(&first_key);
        return is_ours || (may_be && is_lower(&first.key));
    }
    let names: Vec<String> = entries.iter().map(|entry| normalised(&entry.key)).collect();
    names.iter().any(|name| known(name).is_some())
        || is_foreign(&first_key)
        || entries.iter().all(|entry| is_lower(&entry.key) && !entry.key.contains(' '))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// `expected` is `key=value` joined by `; `, or "prose".
    fn check(text: &str, expected: &str, body: &str) {
        let (shown, rest) = match find(text) {
            None => ("prose".to_owned(), text),
            Some(bare) => {
                let show = |entry: &Entry| {
                    assert_eq!(&text[entry.key_span.clone()], entry.key);
                    format!("{}={}", entry.key, entry.node.text(text).unwrap())
                };
                (bare.entries.iter().map(show).collect::<Vec<_>>().join("; "), &text[bare.body..])
            }
        };
        assert_eq!((shown.as_str(), rest), (expected, body), "{text}");
    }

    fn prose(text: &str) {
        check(text, "prose", text);
    }

    #[test]
    fn values_are_the_text_as_it_stands() {
        check(
            "title: Notes: on {braces}, [brackets] and \"quotes\"\n\nBody\n",
            "title=Notes: on {braces}, [brackets] and \"quotes\"",
            "Body\n",
        );
        check("Title:   x  \r\nDate: 2023\r\n\r\nBody", "Title=x; Date=2023", "Body");
        check("title: x", "title=x", "");
        check("title: x\n# Heading\n", "title=x", "# Heading\n");
        check("title: x\ndate: y\n---\nBody", "title=x; date=y", "Body");
        check("title:x\n\n", "title=x", "");
    }

    #[test]
    fn continuation_lines_are_indented() {
        check("title: a\n    b\n\tc\ndate: 2023\n\nBody", "title=a b c; date=2023", "Body");
        check("authors:\n    A\n    B\n\n", "authors=A B", "");
    }

    #[test]
    fn prose_with_a_colon_is_no_header() {
        prose("A first paragraph: prose that merely contains a colon\n\nMore");
        prose("Note: this is important.\n\nMore");
        prose("http://example.org\n\nMore");
        prose("Summary: this essay says little.\n\nMore");
        prose("Alice: Hello.\nBob: Hello to you.\n\nMore");
        prose("Alas: the day.\n");
        prose("title: x\nand then prose\n\n");
        prose("Title: x\n=====\n");
        prose("Title: x\n---\n");
        prose("\ntitle: x\n");
        prose("    title: x\n");
        prose("");
        prose("The three or four things: x\n");
    }

    #[test]
    fn unknown_keys_may_be_a_header() {
        check("mood: bright\nmusic: none\n\n", "mood=bright; music=none", "");
        check("tittle: x\n\n", "tittle=x", "");
        check("summary: x\n\n", "summary=x", "");
        check("layout: x\n\n", "layout=x", "");
        check("Base Header Level: 2\nTitle: x\n\n", "Base Header Level=2; Title=x", "");
    }
}
