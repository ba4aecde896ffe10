//! Links and pictures that come out as text: their address has a space or no end, or they stand in raw HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::document::{Document, RawHtml};
use crate::diagnostic::{Diagnostic, Place, markdown as mistake};

/// The longest that is shown of one, in bytes.
const LONGEST: usize = 120;

/// What an address begins with.
const BEGINNINGS: [&str; 9] = ["http://", "https://", "mailto:", "/", "./", "../", "#", "@ref ", "<"];

/// Endings of addresses.
const ENDINGS: [&str; 8] = [".md", ".html", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf"];

/// Elements in which text is meant as it is.
const VERBATIM: [&str; 6] = ["<!--", "<code", "<pre", "<script", "<style", "<textarea"];

/// The first of them in the text of `document`, and the first in its raw HTML.
pub fn diagnostics(document: &Document<'_>) -> impl Iterator<Item = Diagnostic> {
    let told = |found: Vec<Range<usize>>, tell: fn(Place, &str, usize) -> Diagnostic| {
        let (first, others) = found.split_first()?;
        let written = &document.source.text[first.clone()];
        Some(tell(document.source.place(first.clone()), written, others.len()))
    };
    let in_text = told(in_text(document), mistake::no_link);
    in_text.into_iter().chain(told(in_html(document), mistake::link_in_html))
}

/// What of the text of `document` was meant as a link or picture, in order of place: bytes of the file.
fn in_text(document: &Document<'_>) -> Vec<Range<usize>> {
    let source = &document.source.text;
    // In formulas, which the text of the document does not show, brackets are no link's.
    let ends = memchr::memmem::find_iter(document.text.as_bytes(), "](");
    let ends: Vec<usize> = ends.map(|at| document.offset + at).collect();
    let mut found = Vec::new();
    if ends.is_empty() {
        return found;
    }
    let (mut is_code, mut next) = (false, 0);
    for (event, range) in &document.events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_) if !is_code => {
                // Texts come in order, but for those of notes.
                if next > 0 && ends[next - 1] >= range.start {
                    next = ends.partition_point(|at| *at < range.start);
                }
                while let Some(at) = ends.get(next).filter(|at| **at < range.end) {
                    if *at >= range.start && is_meant(source, *at) {
                        found.push(whole(source, *at));
                    }
                    next += 1;
                }
            }
            _ => {}
        }
    }
    found
}

/// The same of its raw HTML.
fn in_html(document: &Document<'_>) -> Vec<Range<usize>> {
    let shown = |raw: &RawHtml| {
        let html = &raw.html;
        let at = memchr::memmem::find(html.as_bytes(), b"](")?;
        let is_text = html[..at].rfind('>') > html[..at].rfind('<');
        let lowered = html.to_ascii_lowercase();
        let is_verbatim = VERBATIM.iter().any(|element| lowered.contains(element));
        let range = whole(html, at);
        (is_text && !is_verbatim && is_meant(html, at)).then(|| raw.in_file(&range))
    };
    document.raw.iter().filter_map(shown).collect()
}

/// Whether the bracket at byte `at` of `text` closes the words of what was meant as a link.
fn is_meant(text: &str, at: usize) -> bool {
    let address = &text[at + 2..text.floor_char_boundary(at + 2 + LONGEST)];
    let line = address.lines().next().unwrap_or_default().split(')').next().unwrap_or_default();
    let is_address = BEGINNINGS.iter().any(|beginning| address.trim_start().starts_with(beginning))
        || ENDINGS.iter().any(|ending| line.ends_with(ending));
    let words = &text[text.floor_char_boundary(at.saturating_sub(LONGEST))..at];
    let words = words.rsplit('\n').next().unwrap_or_default();
    let is_escaped = words.ends_with('\\') || words.rfind('[').is_some_and(|open| words[..open].ends_with('\\'));
    is_address && !is_escaped && !line.contains("{{") && !line.contains("{%")
}

/// Where the whole stands whose bracket is at byte `at` of `text`, as far as it is in one line.
fn whole(text: &str, at: usize) -> Range<usize> {
    let line =
        text[..at].rfind('\n').map_or(0, |end| end + 1).max(text.floor_char_boundary(at.saturating_sub(LONGEST)));
    let start = text[line..at].rfind('[').map_or(at, |open| line + open);
    let start = start - usize::from(text[..start].ends_with('!'));
    let rest = &text[at..text.floor_char_boundary(at + LONGEST)];
    let rest = rest.lines().next().unwrap_or_default();
    start..at + rest.find(')').map_or(rest.trim_end().len(), |close| close + 1)
}
