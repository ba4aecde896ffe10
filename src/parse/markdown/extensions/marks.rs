//! `==marked==`, `x^up^` and `H~2~O`: what pulldown-cmark does not see inside words.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;
use crate::parse::markdown::signs::Signs;
use crate::read::MarkdownSwitches;

/// A pair of signs, and what they make of the text between them.
#[derive(Debug, Clone, Copy)]
struct Pair {
    sign: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mark,
    Superscript,
    Subscript,
}

/// `events` of `text` with the signs themselves in place of every superscript and subscript that holds a space: both hold
/// none, as Pandoc and pymdownx have it.
pub fn tight<'a>(text: &'a str, mut events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    for (event, range) in &mut events {
        let at = match event {
            Event::Start(Tag::Superscript | Tag::Subscript) => range.start,
            Event::End(TagEnd::Superscript | TagEnd::Subscript) => range.end.saturating_sub(1),
            _ => continue,
        };
        let holds_space = text.get(range.clone()).is_some_and(|inside| inside.contains(char::is_whitespace));
        if let Some(sign) = text.get(at..at + 1).filter(|_| holds_space) {
            (*event, *range) = (Event::Text(CowStr::Borrowed(sign)), at..at + 1);
        }
    }
    events
}

/// Applies the pairs that are switched on to `events` of `text`.
pub fn apply<'a>(text: &str, events: Vec<Located<'a>>, switches: MarkdownSwitches, signs: Signs) -> Vec<Located<'a>> {
    let bytes = text.as_bytes();
    // The `^` of a note opens nothing.
    let has_superscript = || memchr::memchr_iter(b'^', bytes).any(|at| !bytes[..at].ends_with(b"["));
    let has_subscript = || memchr::memchr(b'~', bytes).is_some();
    let pairs: Vec<Pair> = [
        (switches.marks && signs.mark, Pair { sign: "==", kind: Kind::Mark }),
        (switches.superscript && has_superscript(), Pair { sign: "^", kind: Kind::Superscript }),
        (switches.subscript && has_subscript(), Pair { sign: "~", kind: Kind::Subscript }),
    ]
    .into_iter()
    .filter_map(|(may_be_there, pair)| may_be_there.then_some(pair))
    .collect();
    if pairs.is_empty() {
        return events;
    }
    let mut applied = Vec::with_capacity(events.len() + 8);
    let mut is_code = false;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        match event {
            Event::Text(CowStr::Borrowed(text)) if !is_code && text.len() == range.len() => {
                cut(text, range.start, &pairs, &mut applied);
            }
            event => applied.push((event, range)),
        }
    }
    applied
}

/// Cuts `text`, which begins at byte `at`, at each pair in it, and what is inside of that likewise.
fn cut<'a>(text: &'a str, at: usize, pairs: &[Pair], applied: &mut Vec<Located<'a>>) {
    let mut from = 0;
    // Of each pair the next one, which is looked for again once it is passed.
    let mut next: Vec<Option<(usize, usize)>> = pairs.iter().map(|pair| find(text, 0, *pair)).collect();
    let first = |next: &[Option<(usize, usize)>]| {
        let there = next.iter().zip(pairs).filter_map(|(found, pair)| Some(((*found)?, *pair)));
        there.min_by_key(|((start, _), _)| *start)
    };
    while let Some(((start, end), pair)) = first(&next) {
        let inside = start + pair.sign.len()..end;
        let after = end + pair.sign.len();
        push(text, from..start, at, applied);
        let (open, close) = match pair.kind {
            Kind::Mark => (Event::InlineHtml("<mark>".into()), Event::InlineHtml("</mark>".into())),
            Kind::Superscript => (Event::Start(Tag::Superscript), Event::End(TagEnd::Superscript)),
            Kind::Subscript => (Event::Start(Tag::Subscript), Event::End(TagEnd::Subscript)),
        };
        applied.push((open, at + start..at + after));
        cut(&text[inside.clone()], at + inside.start, pairs, applied);
        applied.push((close, at + start..at + after));
        from = after;
        for (found, pair) in next.iter_mut().zip(pairs) {
            if found.is_some_and(|(start, _)| start < from) {
                *found = find(text, from, *pair);
            }
        }
    }
    push(text, from..text.len(), at, applied);
}

/// Adds `range` of `text`, which begins at byte `at`, unless it is empty.
fn push<'a>(text: &'a str, range: Range<usize>, at: usize, applied: &mut Vec<Located<'a>>) {
    if !range.is_empty() {
        applied.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), at + range.start..at + range.end));
    }
}

/// Where `sign` stands in `text` first.
fn position(text: &str, sign: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), sign.as_bytes())
}

/// Where the first `pair` in `text` from byte `from` on opens and closes. A mark may hold spaces but not begin or end with one; the others
/// hold none.
fn find(text: &str, mut from: usize, pair: Pair) -> Option<(usize, usize)> {
    while let Some(start) = position(&text[from..], pair.sign).map(|at| from + at) {
        let inside = start + pair.sign.len();
        let run = text[inside..].len() - text[inside..].trim_start_matches(&pair.sign[..1]).len();
        let close = position(&text[inside..], pair.sign).map(|at| inside + at).filter(|_| run == 0);
        if let Some(end) = close {
            let between = &text[inside..end];
            let is_whole = match pair.kind {
                Kind::Mark => !between.starts_with(char::is_whitespace) && !between.ends_with(char::is_whitespace),
                Kind::Superscript | Kind::Subscript => !between.contains(char::is_whitespace),
            };
            if is_whole {
                return Some((start, end));
            }
        }
        from = inside + run;
    }
    None
}
