//! `==a *b*==`: marks around more than text. And `~~10^6~~`, which pulldown-cmark does not strike out: a `^` there hides from it what
//! the `~~` behind it closes.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::cuts::{self, Cut, Nesting};
use crate::parse::markdown::document::Located;

/// What a pair of signs makes of all that stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Mark,
    Strikethrough,
}

/// A sign that may open or close something.
#[derive(Debug, Clone, Copy)]
struct Sign {
    kind: Kind,
    /// The event that holds it.
    text: usize,
    at: usize,
    /// How many elements are open where it stands.
    depth: usize,
}

/// Strikes out in `events` of `text` what begins in one text and ends in another of the same sentence.
pub fn struck<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    applied(text, events, Kind::Strikethrough)
}

/// Marks the same.
pub fn marked<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    applied(text, events, Kind::Mark)
}

fn applied<'a>(text: &'a str, events: Vec<Located<'a>>, kind: Kind) -> Vec<Located<'a>> {
    let mut cuts = Vec::new();
    let mut open: Option<Sign> = None;
    let mut nesting = Nesting::default();
    for (index, (event, range)) in events.iter().enumerate() {
        let written = nesting.pass(event, range).unwrap_or_default();
        let depth = nesting.depth;
        let ends_sentence = matches!(event, Event::Start(tag) if !is_in_sentence(tag));
        open = open.filter(|sign| sign.depth <= depth && !ends_sentence);
        for offset in memchr::memmem::find_iter(written.as_bytes(), kind.sign()) {
            let sign = Sign { kind, text: index, at: range.start + offset, depth };
            match open.take_if(|open| open.depth == depth && sign.closes(text)) {
                Some(open) => cuts.extend(open.to(sign)),
                None if sign.opens(text) => open = Some(sign),
                None => {}
            }
        }
    }
    if cuts.is_empty() { events } else { cuts::apply(text, events, cuts) }
}

/// Whether what begins with `tag` is part of a sentence.
fn is_in_sentence(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

impl Kind {
    /// Two letters, the same.
    const fn sign(self) -> &'static str {
        match self {
            Self::Mark => "==",
            Self::Strikethrough => "~~",
        }
    }
}

impl Sign {
    /// The letters around it in `text`.
    fn around(self, text: &str) -> (Option<char>, Option<char>) {
        (text[..self.at].chars().next_back(), text[self.at + self.kind.sign().len()..].chars().next())
    }

    /// Whether `letter` makes another sign of this one.
    fn is_joined(self, letter: char) -> bool {
        self.kind.sign().starts_with(letter)
    }

    /// Whether it stands before a word and after none.
    fn opens(self, text: &str) -> bool {
        let (before, after) = self.around(text);
        before.is_none_or(|letter| !letter.is_ascii_alphanumeric() && letter != '\\' && !self.is_joined(letter))
            && after.is_some_and(|letter| !letter.is_whitespace() && !self.is_joined(letter))
    }

    /// Whether it stands after a word and before none.
    fn closes(self, text: &str) -> bool {
        let (before, after) = self.around(text);
        before.is_some_and(|letter| !letter.is_whitespace() && letter != '\\' && !self.is_joined(letter))
            && after.is_none_or(|letter| !letter.is_ascii_alphanumeric() && !self.is_joined(letter))
    }

    /// What stands in place of this sign, which opens, and of `close`.
    fn to<'a>(self, close: Self) -> [Cut<'a>; 2] {
        let length = self.kind.sign().len();
        let whole = self.at..close.at + length;
        let (start, end) = match self.kind {
            Kind::Mark => (Event::InlineHtml("<mark>".into()), Event::InlineHtml("</mark>".into())),
            Kind::Strikethrough => (Event::Start(Tag::Strikethrough), Event::End(TagEnd::Strikethrough)),
        };
        [(self, start), (close, end)].map(|(sign, event)| Cut {
            text: sign.text,
            sign: sign.at..sign.at + length,
            event: (event, whole.clone()),
        })
    }
}
