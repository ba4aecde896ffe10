//! What stands for something else wherever it stands in the text: names of emoji, keys, shortcodes.

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

/// Puts what `found` finds in place of what it stands for, in the texts of `events` of `text`, but in code and raw HTML and behind a
/// `\`. `found` is given each byte of `text` where this `sign` is, and says how many bytes it takes: they may reach over what
/// Markdown saw there, such as quotes and tags. Space beside what nothing stands for goes, unless there is other space.
pub fn replace_written<'a>(
    text: &'a str,
    events: Vec<Located<'a>>,
    sign: u8,
    found: impl Fn(usize) -> Option<(usize, Vec<Located<'a>>)>,
) -> Vec<Located<'a>> {
    let mut replaced: Vec<Located<'a>> = Vec::with_capacity(events.len() + 8);
    let mut is_verbatim = false;
    // Where the last one ends.
    let mut end = 0;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => is_verbatim = true,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => is_verbatim = false,
            Event::Text(part) if !is_verbatim => {
                let is_as_written = part.len() == range.len();
                let mut from = range.start.max(end);
                for at in memchr::memchr_iter(sign, text[range.clone()].as_bytes()).map(|at| range.start + at) {
                    if !is_as_written || at < from || text[..at].ends_with('\\') {
                        continue;
                    }
                    let Some((length, made)) = found(at) else { continue };
                    end = at + length;
                    let mut before = &text[from.min(range.end)..at];
                    if made.is_empty() {
                        let rest = &text[end..];
                        let ends_line = rest.is_empty() || rest.starts_with(['\n', '\r']);
                        before = if ends_line { before.trim_end_matches(' ') } else { before };
                        let is_apart = before.is_empty() || before.ends_with(' ');
                        end += if is_apart { rest.len() - rest.trim_start_matches(' ').len() } else { 0 };
                    }
                    push(before, 0..before.len(), from, &mut replaced);
                    replaced.extend(made);
                    from = end.min(range.end);
                }
                if from > range.start {
                    push(text, from.min(range.end)..range.end, 0, &mut replaced);
                    continue;
                }
            }
            Event::Text(_) | Event::SoftBreak | Event::InlineHtml(_) if !is_verbatim && range.start < end => continue,
            _ => {}
        }
        replaced.push((event, range));
    }
    replaced
}
