//! `[[lens]]`, `[[lens#The focus]]` and `[[lens|the lens]]`: links by the name of an essay, as Obsidian and wikis have them. Where
//! nothing has that name, which is known later, they are the text that they were.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::parse::markdown::document::Located;

/// The longest name with its words, in bytes.
const LONGEST: usize = 200;

/// Makes links of names in brackets. The destination of such a link is all that stands before its words, the brackets too.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    if memchr::memmem::find(text.as_bytes(), b"[[").is_none() {
        return events;
    }
    let ends = text_ends(&events);
    let mut applied: Vec<Located<'a>> = Vec::with_capacity(events.len() + 4);
    // What of the events to come a link has taken, and how many elements are open in which text stays text.
    let (mut taken, mut verbatim) = (0..0, 0usize);
    for ((event, range), text_end) in events.into_iter().zip(ends) {
        match &event {
            Event::Start(
                Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. },
            ) => verbatim += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Link | TagEnd::Image | TagEnd::Heading(_)) => {
                verbatim = verbatim.saturating_sub(1);
            }
            Event::Text(_) if taken.contains(&range.start) && range.end <= taken.end => continue,
            Event::Text(part) if verbatim == 0 && part.len() == range.len() => {
                let mut from = if taken.contains(&range.start) { taken.end } else { range.start };
                while let Some(link) = first(text, from..range.end, text_end) {
                    push(text, from..link.whole.start, &mut applied);
                    link.push(text, &mut applied);
                    from = link.whole.end;
                }
                if from > range.start {
                    push(text, from..range.end, &mut applied);
                    taken = range.end..from;
                    continue;
                }
            }
            _ => {}
        }
        applied.push((event, range));
    }
    applied
}

/// For each of `events`, where the text that it is part of ends: what follows it directly, or behind a backslash.
fn text_ends(events: &[Located<'_>]) -> Vec<usize> {
    let mut ends = vec![0; events.len()];
    for index in (0..events.len()).rev() {
        let end = events[index].1.end;
        let is_joined =
            matches!(events.get(index + 1), Some((Event::Text(_), next)) if (end..end + 2).contains(&next.start));
        ends[index] = if is_joined { ends[index + 1] } else { events[index].1.end };
    }
    ends
}

/// A link by name.
struct ByName {
    /// Its bytes, with the brackets.
    whole: Range<usize>,
    /// The bytes of its words.
    words: Range<usize>,
}

impl ByName {
    fn push<'a>(&self, text: &'a str, applied: &mut Vec<Located<'a>>) {
        let dest_url = CowStr::Borrowed(&text[self.whole.start..self.words.start]);
        let has_pothole = dest_url.ends_with('|');
        let dest_url = if has_pothole { dest_url } else { CowStr::Borrowed(&text[self.whole.start..self.words.end]) };
        let link_type = LinkType::WikiLink { has_pothole };
        let link = Tag::Link { link_type, dest_url, title: "".into(), id: "".into() };
        applied.push((Event::Start(link), self.whole.clone()));
        push(text, self.words.clone(), applied);
        applied.push((Event::End(TagEnd::Link), self.whole.clone()));
    }
}

/// The first link that begins in `range`; it may end behind it, where there is text up to `text_end`.
fn first(text: &str, range: Range<usize>, text_end: usize) -> Option<ByName> {
    let found = memchr::memmem::find_iter(text.as_bytes().get(range.clone())?, b"[[");
    found.map(|at| range.start + at).find_map(|start| {
        if text[..start].ends_with(['!', '^', '\\', '[']) {
            return None;
        }
        let inside = text.get(start + 2..text_end)?.split_once("]]")?.0;
        let is_plain = |letter: char| !matches!(letter, '[' | ']' | '\n' | '"' | '=' | '<' | '>' | '{' | '}' | '`');
        let (name, words) = inside.split_once('|').unwrap_or((inside, inside));
        let is_name = |part: &str| !part.trim().is_empty() && !part.starts_with(' ');
        if inside.len() > LONGEST || !inside.chars().all(is_plain) || !is_name(name) || !is_name(words) {
            return None;
        }
        let end = start + 2 + inside.len();
        let after_it = text[end + 2..].chars().next();
        // What stands in more brackets, or has a destination of its own, is no name.
        let is_alone = !matches!(after_it, Some(']' | '(' | '[')) && !words.contains('|');
        // Some wikis have the words first: `[[the lens|/lens]]`.
        let is_in_order = words.len() == inside.len() || !words.starts_with('/');
        (is_alone && is_in_order).then_some(ByName { whole: start..end + 2, words: end - words.len()..end })
    })
}

fn push<'a>(text: &'a str, range: Range<usize>, applied: &mut Vec<Located<'a>>) {
    if !range.is_empty() {
        applied.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), range));
    }
}
