//! `[words]{.class}` and `[]{#id}`: Pandoc's brackets that are there for their attributes. They become links that lead nowhere.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::attribute_list;
use super::cuts::{self, Cut, Nesting};
use crate::parse::markdown::document::Located;

/// A bracket in the text: the event that holds it, and its byte.
#[derive(Debug, Clone, Copy)]
pub struct Bracket {
    /// The event.
    pub event: usize,
    /// The byte.
    pub at: usize,
    /// How many elements are open where it stands.
    depth: usize,
}

/// Puts a link around what stands in brackets right before an attribute list.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    if memchr::memmem::find(text.as_bytes(), b"]{").is_none() {
        return events;
    }
    let has_list = |open: usize, close: usize| {
        // `[words][label]{.class}` is a link whose label nothing defines.
        !text[..open].ends_with(']')
            && text[close + 1..].starts_with('{')
            && attribute_list::parse(&text[close + 1..]).is_some()
    };
    let pairs = pairs(text, &events, has_list);
    if pairs.is_empty() {
        return events;
    }
    let mut cuts = Vec::with_capacity(pairs.len() * 2);
    for (open, close) in pairs {
        let whole = open.at..close.at + 1;
        let empty = || CowStr::Borrowed("");
        let link = Tag::Link { link_type: LinkType::Inline, dest_url: empty(), title: empty(), id: empty() };
        let cut = |bracket: Bracket, event| Cut {
            text: bracket.event,
            sign: bracket.at..bracket.at + 1,
            event: (event, whole.clone()),
        };
        cuts.push(cut(open, Event::Start(link)));
        cuts.push(cut(close, Event::End(TagEnd::Link)));
    }
    cuts::apply(text, events, cuts)
}

/// The brackets in the text of `events` whose bytes are wanted, those that open and those that close, by the latter.
pub fn pairs(text: &str, events: &[Located<'_>], is_wanted: impl Fn(usize, usize) -> bool) -> Vec<(Bracket, Bracket)> {
    let mut pairs = Vec::new();
    let mut open: Vec<Bracket> = Vec::new();
    let mut nesting = Nesting::default();
    for (index, (event, range)) in events.iter().enumerate() {
        let written = nesting.pass(event, range).unwrap_or_default();
        let depth = nesting.depth;
        // The deepest opened last.
        while open.pop_if(|bracket| bracket.depth > depth).is_some() {}
        for offset in memchr::memchr2_iter(b'[', b']', written.as_bytes()) {
            let at = range.start + offset;
            let bracket = Bracket { event: index, at, depth };
            if text[..at].ends_with('\\') {
                continue;
            }
            if written[offset..].starts_with('[') {
                open.push(bracket);
            } else if let Some(before) = open.pop()
                && before.depth == depth
                && is_wanted(before.at, at)
            {
                pairs.push((before, bracket));
            }
        }
    }
    pairs
}
