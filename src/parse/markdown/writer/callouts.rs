//! `> [!info] Title`, `> [!faq]- Title`: quotations that Obsidian shows as notes.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::document::Document;
use crate::parse::markdown::extensions::admonitions::{self, Element, Opening};

/// A quotation that is a callout.
pub struct Callout<'d> {
    /// What it becomes, with the title that it has where the author gave none.
    pub opening: Opening,
    /// What of the first event of the title is its text; nothing if there is no title.
    pub first: &'d str,
    /// Events of the title.
    pub title: Range<usize>,
    /// Whether the paragraph goes on below the title.
    pub goes_on: bool,
}

/// The callout that the quotation at `start` is, if its first line begins with a kind in brackets.
pub fn at<'d>(document: &'d Document<'_>, start: usize) -> Option<Callout<'d>> {
    let event = |index: usize| document.events.get(index).map(|(event, _)| event);
    let begins = document.has_alerts
        && event(start + 1) == Some(&Event::Start(Tag::Paragraph))
        && document.written(start + 1).starts_with("[!");
    let Some(Event::Text(text)) = event(start + 2).filter(|_| begins) else { return None };
    let (kind, rest) = text.strip_prefix("[!")?.split_once(']')?;
    let (element, rest) = match rest.as_bytes().first() {
        Some(b'-') => (Element::Details, &rest[1..]),
        Some(b'+') => (Element::OpenDetails, &rest[1..]),
        _ => (Element::Aside, rest),
    };
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let last = document.after(start + 1) - 1;
    let mut end = start + 3;
    while end < last && !matches!(event(end), Some(Event::SoftBreak | Event::HardBreak)) {
        end = if matches!(event(end), Some(Event::Start(_))) { document.after(end) } else { end + 1 };
    }
    let opening = admonitions::callout(kind, element)?;
    Some(Callout { opening, first: rest.trim_start(), title: start + 2..end, goes_on: end < last })
}
