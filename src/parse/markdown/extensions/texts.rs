//! What stands for something else wherever it stands in the text: names of emoji, keys.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;

/// Puts what `next` finds in place of what it stands for, in the texts of `events` of `text`, but in code and where a `\` stands
/// before the first `sign`. `next` is given a text and the byte to look from.
pub fn replace<'a>(
    text: &str,
    events: Vec<Located<'a>>,
    sign: char,
    next: impl Fn(&'a str, usize) -> Option<(Range<usize>, Vec<Event<'a>>)>,
) -> Vec<Located<'a>> {
    let mut replaced = Vec::with_capacity(events.len() + 8);
    let mut is_code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(CowStr::Borrowed(part)) if !is_code && part.len() == range.len() => {
                let is_escaped = text[..range.start].ends_with('\\') && part.starts_with(sign);
                let mut done = if is_escaped { sign.len_utf8() } else { 0 };
                push(part, 0..done, range.start, &mut replaced);
                while let Some((found, events)) = next(part, done) {
                    push(part, done..found.start, range.start, &mut replaced);
                    let place = range.start + found.start..range.start + found.end;
                    replaced.extend(events.into_iter().map(|event| (event, place.clone())));
                    done = found.end;
                }
                push(part, done..part.len(), range.start, &mut replaced);
                continue;
            }
            _ => {}
        }
        replaced.push((event, range));
    }
    replaced
}

/// Adds `range` of `part`, which begins at byte `start`, to `events`.
fn push<'a>(part: &'a str, range: Range<usize>, start: usize, events: &mut Vec<Located<'a>>) {
    if !range.is_empty() {
        events.push((Event::Text(CowStr::Borrowed(&part[range.clone()])), start + range.start..start + range.end));
    }
}
