//! What docsify adds: paragraphs behind `!>` and `?>` are alerts, `## Heading :id=name` has that id, and what stands behind a colon in
//! the title of a link or picture, `":ignore"`, is said to docsify, not to readers.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;

/// Says what of this is in `events` of `text` as Markdown says it.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let has_byte = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let has_option = |(event, _): &Located<'_>| match event {
        Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => title.trim_start().starts_with(':'),
        _ => false,
    };
    let has_alert = has_byte(b'>') && (has("!> ") || has("?> "));
    let has_id = || has_byte(b'=') && has(":id=");
    if !has_alert && !has_id() && !events.iter().any(has_option) {
        return events;
    }
    let mut applied: Vec<Located<'a>> = Vec::with_capacity(events.len() + 4);
    let mut events = events.into_iter().peekable();
    // The alert that the open paragraph is.
    let mut alert = None;
    let mut heading = None;
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Paragraph) => {
                let kind = events.peek().and_then(|(event, range)| kind(text, event, range.start));
                if let Some(kind) = kind {
                    applied.push((Event::Start(Tag::BlockQuote(Some(kind))), range.clone()));
                    applied.push((Event::Start(Tag::Paragraph), range));
                    alert = Some(kind);
                    if let Some((_, range)) = events.next() {
                        let start = range.end.min(range.start + "!> ".len());
                        applied.push((Event::Text(CowStr::Borrowed(&text[start..range.end])), start..range.end));
                    }
                    continue;
                }
                applied.push((Event::Start(Tag::Paragraph), range));
            }
            Event::End(TagEnd::Paragraph) => {
                applied.push((event, range.clone()));
                if let Some(kind) = alert.take() {
                    applied.push((Event::End(TagEnd::BlockQuote(Some(kind))), range));
                }
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let title = for_readers(title);
                applied.push((Event::Start(Tag::Link { link_type, dest_url, title, id }), range));
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let title = for_readers(title);
                applied.push((Event::Start(Tag::Image { link_type, dest_url, title, id }), range));
            }
            Event::Start(Tag::Heading { .. }) => {
                heading = Some(applied.len());
                applied.push((event, range));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(start) = heading.take() {
                    take_id(text, start, &mut applied);
                }
                applied.push((event, range));
            }
            event => applied.push((event, range)),
        }
    }
    applied
}

/// The alert that a paragraph is which begins with `event` at byte `start` of `text`.
fn kind(text: &str, event: &Event<'_>, start: usize) -> Option<BlockQuoteKind> {
    let Event::Text(written) = event else { return None };
    let is_as_written = text[start..].starts_with(&**written);
    match written.get(..3).filter(|_| is_as_written)? {
        "!> " => Some(BlockQuoteKind::Important),
        "?> " => Some(BlockQuoteKind::Tip),
        _ => None,
    }
}

/// What of `title` is none of `:ignore`, `:target=_blank` and the like. It begins with one, if any is there.
fn for_readers(title: CowStr<'_>) -> CowStr<'_> {
    let is_option = |word: &&str| {
        word.strip_prefix(':').is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_lowercase()))
    };
    if !title.split_whitespace().next().is_some_and(|first| is_option(&first)) {
        return title;
    }
    title.split_whitespace().filter(|word| !is_option(word)).collect::<Vec<_>>().join(" ").into()
}

/// Gives the heading that begins at `start` of `events`, which end with its words, the id in them.
fn take_id<'a>(text: &'a str, start: usize, events: &mut [Located<'a>]) {
    let [.., (Event::Text(words), range)] = &mut events[start..] else { return };
    let Some((before, name)) = words.rsplit_once(" :id=").filter(|_| words.len() == range.len()) else { return };
    let name = name.trim_end();
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    if name.is_empty() || !name.chars().all(is_part) {
        return;
    }
    let name: CowStr<'a> = name.to_owned().into();
    *range = range.start..range.start + before.trim_end().len();
    *words = CowStr::Borrowed(&text[range.clone()]);
    if let Some((Event::Start(Tag::Heading { id, .. }), _)) = events.get_mut(start) {
        id.get_or_insert(name);
    }
}
