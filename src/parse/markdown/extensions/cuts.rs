//! Events in place of signs in the text, wherever an extension has found them, and where a walk that looks for them is.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;

/// An event that stands where a sign is in the text.
#[derive(Debug)]
pub struct Cut<'a> {
    /// The event that holds the sign, a text as it is written.
    pub text: usize,
    /// The bytes of the sign.
    pub sign: Range<usize>,
    /// What stands in its place.
    pub event: Located<'a>,
}

/// Where a walk over events is.
#[derive(Debug, Default)]
pub struct Nesting {
    /// How many elements are open.
    pub depth: usize,
    is_verbatim: bool,
}

impl Nesting {
    /// Goes on to `event`, which stands at `range`. The answer is its text, if it is a text as it is written and not of code or raw HTML.
    pub fn pass<'a>(&mut self, event: &Event<'a>, range: &Range<usize>) -> Option<&'a str> {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.is_verbatim |= matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock);
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.is_verbatim &= !matches!(tag, TagEnd::CodeBlock | TagEnd::HtmlBlock);
            }
            Event::Text(CowStr::Borrowed(text)) if !self.is_verbatim && text.len() == range.len() => return Some(text),
            _ => {}
        }
        None
    }
}

/// `events` of `text` with every one of `cuts`, which do not overlap.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>, mut cuts: Vec<Cut<'a>>) -> Vec<Located<'a>> {
    // The text of a note in the line comes after that of the line.
    cuts.sort_by_key(|cut| (cut.text, cut.sign.start));
    let mut applied = Vec::with_capacity(events.len() + cuts.len() * 2);
    let mut cuts = cuts.into_iter().peekable();
    for (index, (event, range)) in events.into_iter().enumerate() {
        let mut from = range.start;
        while let Some(cut) = cuts.next_if(|cut| cut.text == index) {
            push_text(text, from..cut.sign.start, &mut applied);
            applied.push(cut.event);
            from = cut.sign.end;
        }
        if from == range.start {
            applied.push((event, range));
        } else {
            push_text(text, from..range.end, &mut applied);
        }
    }
    applied
}

/// Adds `range` of `text`, unless it is empty.
fn push_text<'a>(text: &'a str, range: Range<usize>, applied: &mut Vec<Located<'a>>) {
    if !range.is_empty() {
        applied.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), range));
    }
}
