//! `##Heading`, which is text: a heading has a space after its signs (CommonMark 4.2). The first Markdown asked for none.

use pulldown_cmark::{Event, Tag};

use super::document::Document;
use crate::diagnostic::{Diagnostic, markdown as mistake};

/// The first of them in `document`. One `#` begins a word that other tools take for a keyword.
pub fn diagnostic(document: &Document<'_>) -> Option<Diagnostic> {
    let source = &document.source.text;
    if !memchr::memmem::find_iter(source.as_bytes(), "##").any(|at| is_meant(&source[at..])) {
        return None;
    }
    let mut starts = document.events.windows(2).filter_map(|events| match events {
        [(before, _), (Event::Text(text), range)] if begins_line(before) && is_meant(text) => {
            Some(range.start).filter(|start| !source[..*start].ends_with('\\'))
        }
        _ => None,
    });
    let start = starts.next()?;
    let written = source[start..].lines().next().unwrap_or_default().trim_end();
    Some(mistake::no_heading(document.source.place(start..start + written.len()), written, starts.count()))
}

/// Whether what follows `event` stands first in a line of a paragraph.
fn begins_line(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::Paragraph | Tag::Item) | Event::SoftBreak | Event::HardBreak)
}

/// Whether `text` begins with the signs of a heading and a letter right after them.
fn is_meant(text: &str) -> bool {
    let signs = text.bytes().take(7).take_while(|byte| *byte == b'#').count();
    (2..=6).contains(&signs) && text[signs..].starts_with(char::is_alphabetic)
}
