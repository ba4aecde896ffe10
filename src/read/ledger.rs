//! `essai.ledger`: every address and anchor that the site has ever published.
//!
//! It is text to be committed, sorted by address, a line for each address and for each anchor, so that a difference is
//! easy to read and two branches that both published merge by keeping both sides' lines:
//!
//! ```text
//! essai ledger 1
//! a/b.html On seeing
//!   #focus
//!   #in-focus > focus
//!   #gone retired
//!   @eq:lens
//! old.html retired
//! ```
//!
//! Addresses and anchors are percent-encoded. `#` begins the id of a heading, `@` any other; `#in-focus > focus` says
//! that the heading was reworded, and that its former id now stands beside `focus`.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::SitePath;
use crate::diagnostic::{Diagnostic, Found, Lines, Place, publication};

/// The name of the ledger in the site's folder.
pub const LEDGER: &str = "essai.ledger";

/// How the first line begins; the version follows.
const OPENING: &str = "essai ledger ";

/// The version that is written.
const VERSION: u32 = 1;

/// What stands behind an address or an anchor that may go.
const RETIRED: &str = "retired";

/// What an anchor may not hold as it is.
const NOT_IN_ANCHOR: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b'>');

/// Every address that has been published, with its anchors. [`Ledger::default`] is that of a site without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The addresses.
    pub addresses: BTreeMap<SitePath, Published>,
    /// The file's text, which every span is in bytes of.
    pub text: String,
    /// Whether there is a ledger at all.
    pub is_kept: bool,
}

/// An address that has been published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// The title of the page that stood there last; empty where it was no page.
    pub title: String,
    /// Its anchors, as they came in the page.
    pub anchors: Vec<PublishedAnchor>,
    /// Whether it may go.
    pub standing: Standing,
    /// Bytes of the ledger that hold the address.
    pub span: Range<usize>,
}

/// An anchor that has been published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedAnchor {
    /// The id.
    pub id: String,
    /// What it is the id of.
    pub of: AnchorOf,
    /// The id of the heading that took its place, beside which it still stands.
    pub beside: Option<String>,
    /// Whether it may go.
    pub standing: Standing,
    /// Bytes of the ledger that hold the id.
    pub span: Range<usize>,
}

/// What an anchor is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorOf {
    /// A heading, which may be reworded.
    Heading,
    /// Anything else.
    Other,
}

/// Whether something that was published may go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// It has to stay.
    #[default]
    Kept,
    /// The author has let it go.
    Retired,
}

impl Ledger {
    /// Reads the ledger's `text`. A line that cannot be read is a mistake, and the others are still there.
    pub fn parse(text: String) -> Found<Self> {
        let mut diagnostics = Vec::new();
        let mut ledger = Self { is_kept: true, ..Self::default() };
        let mut at = 0;
        let mut current: Option<SitePath> = None;
        // The anchors of that address, by id: their positions.
        let mut known: HashMap<String, usize> = HashMap::new();
        let lines = Lines::default();
        let place = |span: Range<usize>| lines.place(LEDGER, &text, span);
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let (start, trimmed) = (at, line.trim_end());
            at += line.len();
            let span = start..start + trimmed.len();
            let lead = trimmed.len() - trimmed.trim_start().len();
            if number == 0 {
                if let Some(mistake) = opening(trimmed, place(span)) {
                    diagnostics.push(mistake);
                    break;
                }
            } else if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| trimmed.starts_with(mark)) {
                diagnostics.push(publication::ledger_conflict(place(span)));
                break;
            } else if trimmed.is_empty() || trimmed.starts_with("# ") {
            } else if lead > 0 {
                let anchor_of = current.as_ref().and_then(|address| ledger.addresses.get_mut(address));
                match (anchor_of, read_anchor(&trimmed[lead..], start + lead + 1)) {
                    (Some(published), Some(anchor)) => published.add(anchor, &mut known),
                    _ => diagnostics.push(publication::ledger_line(place(span))),
                }
            } else if let Some((address, published)) = read_address(trimmed, start) {
                let published = ledger.merge(address.clone(), published);
                let ids = published.anchors.iter().map(|anchor| anchor.id.clone());
                known = ids.zip(0..).collect();
                current = Some(address);
            } else {
                diagnostics.push(publication::ledger_line(place(span)));
            }
        }
        if text.is_empty() {
            diagnostics.push(publication::ledger_empty(Place::file(LEDGER)));
        }
        ledger.text = text;
        Found { value: ledger, diagnostics }
    }

    /// Two branches may both have an address: one that is kept in either is kept.
    fn merge(&mut self, address: SitePath, published: Published) -> &Published {
        match self.addresses.entry(address) {
            Entry::Occupied(known) => {
                let known = known.into_mut();
                if published.standing == Standing::Kept {
                    known.standing = Standing::Kept;
                    known.title = published.title;
                }
                known
            }
            Entry::Vacant(place) => place.insert(published),
        }
    }

    /// The ledger as it is on disk.
    pub fn written(&self) -> String {
        let mut text = format!("{OPENING}{VERSION}\n");
        for (address, published) in &self.addresses {
            text.push_str(&address.encoded());
            match published.standing {
                Standing::Retired => text.push_str(&format!(" {RETIRED}")),
                // A title that would be read as that is none.
                Standing::Kept if published.title.is_empty() || published.title.trim() == RETIRED => {}
                Standing::Kept => {
                    text.push(' ');
                    text.push_str(&published.title.split_whitespace().collect::<Vec<_>>().join(" "));
                }
            }
            text.push('\n');
            for anchor in published.anchors.iter().filter(|_| published.standing == Standing::Kept) {
                let encoded = |id: &str| utf8_percent_encode(id, NOT_IN_ANCHOR).to_string();
                // Writing to a string does not fail.
                let sign = if anchor.of == AnchorOf::Heading { '#' } else { '@' };
                let _ = write!(text, "  {sign}{}", encoded(&anchor.id));
                match (anchor.standing, &anchor.beside) {
                    (Standing::Retired, _) => text.push_str(&format!(" {RETIRED}")),
                    (Standing::Kept, Some(beside)) => text.push_str(&format!(" > {}", encoded(beside))),
                    (Standing::Kept, None) => {}
                }
                text.push('\n');
            }
        }
        text
    }
}

impl Published {
    /// Adds `anchor`, unless it is there, as `positions` says; one that is kept in either of two lines is kept.
    fn add(&mut self, anchor: PublishedAnchor, positions: &mut HashMap<String, usize>) {
        let position = *positions.entry(anchor.id.clone()).or_insert(self.anchors.len());
        match self.anchors.get_mut(position) {
            Some(known) => {
                if anchor.standing == Standing::Kept {
                    known.standing = Standing::Kept;
                }
                known.beside = anchor.beside.or(known.beside.take());
            }
            None => self.anchors.push(anchor),
        }
    }
}

/// What is wrong with the first line.
fn opening(line: &str, place: Place) -> Option<Diagnostic> {
    match line.strip_prefix(OPENING).map(|version| version.trim().parse::<u32>()) {
        Some(Ok(VERSION)) => None,
        Some(Ok(version)) if version > VERSION => Some(publication::ledger_newer(place, version)),
        _ if line.starts_with("<<<<<<<") => Some(publication::ledger_conflict(place)),
        _ => Some(publication::ledger_opening(place, &format!("{OPENING}{VERSION}"))),
    }
}

/// An address and its title; `start` is the line's place in the text.
fn read_address(line: &str, start: usize) -> Option<(SitePath, Published)> {
    let (address, rest) = line.split_once(' ').unwrap_or((line, ""));
    let path = SitePath::new(&percent_decode_str(address).decode_utf8().ok()?)?;
    if path.encoded() != address {
        return None;
    }
    let standing = if rest == RETIRED { Standing::Retired } else { Standing::Kept };
    let title = if standing == Standing::Retired { String::new() } else { rest.to_owned() };
    Some((path, Published { title, anchors: Vec::new(), standing, span: start..start + address.len() }))
}

/// An anchor; `start` is the place of its id in the text.
fn read_anchor(line: &str, start: usize) -> Option<PublishedAnchor> {
    let (of, line) = match line.strip_prefix('#') {
        Some(line) => (AnchorOf::Heading, line),
        None => (AnchorOf::Other, line.strip_prefix('@')?),
    };
    let (id, rest) = line.split_once(' ').unwrap_or((line, ""));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().ok().map(|text| text.into_owned());
    let standing = if rest == RETIRED { Standing::Retired } else { Standing::Kept };
    let beside = match rest.strip_prefix("> ") {
        Some(beside) => Some(decoded(beside)?),
        None if rest.is_empty() || standing == Standing::Retired => None,
        None => return None,
    };
    (!id.is_empty()).then_some(PublishedAnchor {
        id: decoded(id)?,
        of,
        beside,
        standing,
        span: start..start + id.len(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const SOUND: &str = "essai ledger 1\na%20b.html On seeing > far\n  #focus\n  #in%20focus > focus\n  #gone retired\n  @eq:1\n\
                         feed.xml\nold.html retired\n";

    #[test]
    fn a_ledger_is_read_and_written() {
        let found = Ledger::parse(SOUND.to_owned());
        assert!(found.diagnostics.is_empty(), "{:?}", found.diagnostics);
        assert_eq!(found.value.written(), SOUND);
        let published = &found.value.addresses[&SitePath::new("a b.html").unwrap()];
        assert_eq!(published.title, "On seeing > far");
        assert_eq!(&SOUND[published.span.clone()], "a%20b.html");
        assert_eq!(&SOUND[published.anchors[1].span.clone()], "in%20focus");
        assert_eq!(published.anchors[1].beside.as_deref(), Some("focus"));
    }

    #[test]
    fn a_title_retires_nothing() {
        let mut ledger = Ledger::parse("essai ledger 1\na.html A\n".to_owned()).value;
        ledger.addresses.values_mut().for_each(|published| published.title = "retired".to_owned());
        assert_eq!(ledger.written(), "essai ledger 1\na.html\n");
    }

    #[test]
    fn lines_of_two_branches_are_one() {
        let text = "essai ledger 1\na.html retired\na.html A\n  #x\n  #x\nb.html\n";
        assert_eq!(Ledger::parse(text.to_owned()).value.written(), "essai ledger 1\na.html A\n  #x\nb.html\n");
    }

    fn check(text: &str, line: usize, message: &str) {
        let found = Ledger::parse(text.to_owned());
        let diagnostic = found.diagnostics.first().unwrap();
        assert_eq!((diagnostic.place.as_ref().unwrap().line, diagnostic.message.as_str()), (line, message));
    }

    #[test]
    fn damage_is_told_apart() {
        check("", 1, "`essai.ledger` is empty");
        check("hello\n", 1, "`essai.ledger` does not begin as a ledger does");
        check("essai ledger 2\na.html\n", 1, "`essai.ledger` is written by a newer Essai, in version 2 of its form");
        check("essai ledger 1\n<<<<<<< HEAD\na.html\n", 2, "`essai.ledger` holds a merge conflict");
        check("<<<<<<< HEAD\nessai ledger 1\n", 1, "`essai.ledger` holds a merge conflict");
        check("essai ledger 1\n../x\n", 2, "a line of `essai.ledger` cannot be read");
        check("essai ledger 1\n  #x\n", 2, "a line of `essai.ledger` cannot be read");
    }
}
