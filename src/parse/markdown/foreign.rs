//! Markup of other tools that Essai does not know, or not where it stands: it comes out as text, which its author should hear of.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::document::Document;

/// The lines of `document` outside code and raw HTML that begin, and did not become, an admonition or a tab as
/// Python-Markdown (`!!! note`), Docusaurus (`:::note`), Quarto (`::: {.callout-note}`) and pymdownx (`??? note`,
/// `/// note | Title`, `=== "Tab"`) write them: the bytes of each in the file, without the space around.
pub fn lines(document: &Document<'_>) -> Vec<Range<usize>> {
    let text = document.text;
    let is_opaque = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock));
    let opaque: Vec<_> = document.events.iter().filter(|(event, _)| is_opaque(event)).map(|(_, range)| range).collect();
    let mut found = Vec::new();
    let mut start = document.offset;
    for line in text.split_inclusive('\n') {
        let inside = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if begins(inside) && document.admonition(at).is_none() && !opaque.iter().any(|range| range.contains(&at)) {
            found.push(at..at + inside.len());
        }
        start += line.len();
    }
    found
}

/// Whether `line` begins a block of another tool.
fn begins(line: &str) -> bool {
    let is_name = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_lowercase());
    if let Some(rest) = line.strip_prefix("!!! ").or(line.strip_prefix("??? ")).or(line.strip_prefix("???+ ")) {
        // A kind, perhaps further classes, and a title in quotes: prose has capitals or a sign somewhere.
        let before_title = rest.split('"').next().unwrap_or_default();
        let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        return is_name(rest.trim_start())
            && before_title.split_whitespace().count() <= 3
            && before_title.split_whitespace().all(is_plain);
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let name = rest.trim_start_matches(':').trim_start();
        return is_name(name) || name.starts_with('{');
    }
    if let Some((name, _)) = line.strip_prefix("/// ").and_then(|rest| rest.split_once('|')) {
        return is_name(name) && !name.trim_end().contains(' ');
    }
    line.strip_prefix("=== ").is_some_and(|rest| rest.starts_with('"'))
}
