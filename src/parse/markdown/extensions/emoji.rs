//! `:tada:` in the text is an emoji, by the names that GitHub has for them.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;
use crate::parse::markdown::signs::name;

/// Puts emoji in place of their names in the texts of `events` of `text`, but in code and behind `\`. What no emoji is called
/// stays as it is.
pub fn apply<'a>(text: &str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let mut applied = Vec::with_capacity(events.len() + 8);
    let mut is_code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(CowStr::Borrowed(part)) if !is_code && part.len() == range.len() => {
                let is_escaped = text[..range.start].ends_with('\\') && part.starts_with(':');
                let mut done = usize::from(is_escaped);
                push(part, 0..done, range.start, &mut applied);
                while let Some((name, emoji)) = next(part, done) {
                    push(part, done..name.start, range.start, &mut applied);
                    applied
                        .push((Event::Text(CowStr::Borrowed(emoji)), range.start + name.start..range.start + name.end));
                    done = name.end;
                }
                push(part, done..part.len(), range.start, &mut applied);
                continue;
            }
            _ => {}
        }
        applied.push((event, range));
    }
    applied
}

/// Adds `range` of `part`, which begins at byte `start`, to `events`.
fn push<'a>(part: &'a str, range: Range<usize>, start: usize, events: &mut Vec<Located<'a>>) {
    if !range.is_empty() {
        events.push((Event::Text(CowStr::Borrowed(&part[range.clone()])), start + range.start..start + range.end));
    }
}

/// The first name of an emoji in `text` from byte `from` on, colons included, and the emoji. No letter, digit or further colon
/// touches it.
fn next(text: &str, from: usize) -> Option<(Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', &bytes[from..]).map(|at| from + at).find_map(|start| {
        let end = start + name(&bytes[start..])?;
        let touches = |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || next == ':');
        if touches(text[..start].chars().next_back()) || touches(text[end..].chars().next()) {
            return None;
        }
        emojis::get_by_shortcode(&text[start + 1..end - 1]).map(|emoji| (start..end, emoji.as_str()))
    })
}
