//! `==marked==`, `x^up^` and `H~2~O`: what pulldown-cmark does not see inside words.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;
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
pub fn apply<'a>(text: &str, events: Vec<Located<'a>>, switches: MarkdownSwitches) -> Vec<Located<'a>> {
    let pairs: Vec<Pair> = [
        (switches.marks, Pair { sign: "==", kind: Kind::Mark }),
        (switches.superscript, Pair { sign: "^", kind: Kind::Superscript }),
        (switches.subscript, Pair { sign: "~", kind: Kind::Subscript }),
    ]
    .into_iter()
    .filter(|(is_on, pair)| *is_on && may_hold(text, *pair))
    .map(|(_, pair)| pair)
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

/// Cuts `text`, which begins at byte `at`, at the first pair in it, and what follows likewise.
fn cut<'a>(text: &'a str, at: usize, pairs: &[Pair], applied: &mut Vec<Located<'a>>) {
    let first = pairs.iter().filter_map(|pair| Some((find(text, *pair)?, *pair))).min_by_key(|((start, _), _)| *start);
    let Some(((start, end), pair)) = first else {
        if !text.is_empty() {
            applied.push((Event::Text(CowStr::Borrowed(text)), at..at + text.len()));
        }
        return;
    };
    let inside = start + pair.sign.len()..end;
    let after = end + pair.sign.len();
    if start > 0 {
        applied.push((Event::Text(CowStr::Borrowed(&text[..start])), at..at + start));
    }
    let (open, close) = match pair.kind {
        Kind::Mark => (Event::InlineHtml("<mark>".into()), Event::InlineHtml("</mark>".into())),
        Kind::Superscript => (Event::Start(Tag::Superscript), Event::End(TagEnd::Superscript)),
        Kind::Subscript => (Event::Start(Tag::Subscript), Event::End(TagEnd::Subscript)),
    };
    applied.push((open, at + start..at + after));
    cut(&text[inside.clone()], at + inside.start, pairs, applied);
    applied.push((close, at + start..at + after));
    cut(&text[after..], at + after, pairs, applied);
}

/// Whether `pair` can be in `text`. The `^` of a note opens nothing.
fn may_hold(text: &str, pair: Pair) -> bool {
    match pair.kind {
        Kind::Mark => position(text, pair.sign).is_some(),
        Kind::Superscript => memchr::memchr_iter(b'^', text.as_bytes()).any(|at| !text[..at].ends_with('[')),
        Kind::Subscript => memchr::memchr(b'~', text.as_bytes()).is_some(),
    }
}

/// Where `sign` stands in `text` first.
fn position(text: &str, sign: &str) -> Option<usize> {
    memchr::memmem::find(text.as_bytes(), sign.as_bytes())
}

/// Where the first `pair` in `text` opens and closes. A mark may hold spaces but not begin or end with one; the others
/// hold none.
fn find(text: &str, pair: Pair) -> Option<(usize, usize)> {
    let mut from = 0;
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
