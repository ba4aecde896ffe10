//! What other tools add to Markdown and pulldown-cmark does not know: done on its events, before anything is written.

pub mod abbreviations;
pub mod attribute_list;
mod attributed;
pub mod markdown_in_html;
mod marks;

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event};

use super::document::Located;
use crate::read::MarkdownSwitches;
use attribute_list::AttributeList;

/// Events with the extensions applied.
#[derive(Debug, Default)]
pub struct Extended<'a> {
    /// The events.
    pub events: Vec<Located<'a>>,
    /// Attribute lists, by the event that begins what they belong to.
    pub attributes: BTreeMap<usize, AttributeList>,
}

/// Applies the extensions that are switched on to `events` of `text`; ranges are bytes of `text`.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>, switches: MarkdownSwitches) -> Extended<'a> {
    let events = marks::apply(text, join_texts(text, events), switches);
    if switches.attribute_lists && memchr::memchr(b'{', text.as_bytes()).is_some() {
        attributed::apply(text, events)
    } else {
        Extended { events, attributes: BTreeMap::new() }
    }
}

/// Joins texts that stand side by side in the source as they are: pulldown-cmark cuts at every sign that might have
/// meant something.
fn join_texts<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let mut joined: Vec<Located<'a>> = Vec::with_capacity(events.len());
    for (event, range) in events {
        if let (Event::Text(part), Some((Event::Text(before), before_range))) = (&event, joined.last_mut())
            && before_range.end == range.start
            && before.len() == before_range.len()
            && part.len() == range.len()
            && text.get(before_range.clone()) == Some(&**before)
            && text.get(range.clone()) == Some(&**part)
        {
            before_range.end = range.end;
            *before = CowStr::Borrowed(&text[before_range.clone()]);
            continue;
        }
        joined.push((event, range));
    }
    joined
}
