//! `[[lens]]`, `[[lens#The focus]]` and `[[lens|the lens]]`: links by the name of an essay, as Obsidian and wikis have them. Where
//! nothing has that name, which is known later, they are the text that they were. `![[lens.png]]` is a picture by its name;
//! what would show another essay, `![[lens]]`, is a link to it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use crate::parse::markdown::document::Located;
use crate::parse::markdown::medium::medium;

/// The longest name with its words, in bytes.
const LONGEST: usize = 200;

/// Makes links and pictures of names in brackets. The destination of such a link is all that stands before its words, the brackets too.
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

/// A link or picture by name.
struct ByName {
    /// Its bytes, with the brackets.
    whole: Range<usize>,
    /// The bytes of its name.
    name: Range<usize>,
    /// The bytes of its words: of the name, where it has none of its own.
    words: Range<usize>,
}

impl ByName {
    fn push<'a>(&self, text: &'a str, applied: &mut Vec<Located<'a>>) {
        let has_pothole = self.words != self.name;
        let link_type = LinkType::WikiLink { has_pothole };
        let name = text[self.name.clone()].trim_end_matches('\\').trim();
        if text[self.whole.clone()].starts_with('!') && medium(name).is_some() {
            let dest_url = CowStr::Borrowed(name);
            let image = Tag::Image { link_type, dest_url, title: "".into(), id: "".into() };
            applied.push((Event::Start(image), self.whole.clone()));
            if has_pothole {
                push(text, self.words.clone(), applied);
            }
            applied.push((Event::End(TagEnd::Image), self.whole.clone()));
            return;
        }
        let end = if has_pothole { self.words.start } else { self.words.end };
        let dest_url = CowStr::Borrowed(&text[self.whole.start..end]);
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
        let before = &text[..start];
        if before.ends_with(['^', '\\', '[']) {
            return None;
        }
        let is_embedded = before.ends_with('!') && !before.ends_with("\\!") && start > range.start;
        let end = text_end.min(text.floor_char_boundary(start + LONGEST + 4));
        let inside = text.get(start + 2..end)?.split_once("]]")?.0;
        let is_plain = |letter: char| !matches!(letter, '[' | ']' | '\n' | '"' | '=' | '<' | '>' | '{' | '}' | '`');
        let (name, words) = inside.split_once('|').unwrap_or((inside, inside));
        let is_name = |part: &str| !part.trim().is_empty() && !part.starts_with(' ');
        if !inside.chars().all(is_plain) || !is_name(name) || !is_name(words) {
            return None;
        }
        let end = start + 2 + inside.len();
        let after_it = text[end + 2..].chars().next();
        // What stands in more brackets, or has a destination of its own, is no name.
        let is_picture = is_embedded && medium(name.trim_end_matches('\\').trim()).is_some();
        let is_alone = !matches!(after_it, Some(']' | '(' | '[')) && (is_picture || !words.contains('|'));
        // Some wikis have the words first: `[[the lens|/lens]]`.
        let is_in_order = words.len() == inside.len() || !words.starts_with('/');
        (is_alone && is_in_order).then_some(ByName {
            whole: start - usize::from(is_embedded)..end + 2,
            name: start + 2..start + 2 + name.len(),
            words: end - words.len()..end,
        })
    })
}

/// The alternative text and the size, as attributes, in the words of a picture by name: `300`, `300x200`, `a lens|300` or
/// `a lens` (Obsidian).
pub fn alternative_and_size(words: &str) -> (&str, Vec<(String, String)>) {
    let (alternative, size) = words.rsplit_once('|').unwrap_or(("", words));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (width, height) = size.split_once('x').map_or((size, None), |(width, height)| (width, Some(height)));
    if !is_number(width) || !height.is_none_or(is_number) {
        return (words, Vec::new());
    }
    let height = height.map(|height| ("height".to_owned(), height.to_owned()));
    (alternative, [("width".to_owned(), width.to_owned())].into_iter().chain(height).collect())
}

fn push<'a>(text: &'a str, range: Range<usize>, applied: &mut Vec<Located<'a>>) {
    if !range.is_empty() {
        applied.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), range));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_picture_are_a_text_and_a_size() {
        let check = |words, alternative: &str, size: &str| {
            let (text, pairs) = alternative_and_size(words);
            let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name} {value}")).collect();
            assert_eq!((text, pairs.join(" ").as_str()), (alternative, size));
        };
        check("", "", "");
        check("a lens", "a lens", "");
        check("300", "", "width 300");
        check("300x20", "", "width 300 height 20");
        check("a|b|300", "a|b", "width 300");
        check("a|x20", "a|x20", "");
        check("3 lenses", "3 lenses", "");
    }
}
