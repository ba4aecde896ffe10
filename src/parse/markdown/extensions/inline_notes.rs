//! `^[a note]`: notes whose text stands where they are referred to, as Pandoc and Obsidian have them. They become footnotes.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::bracketed::{Bracket, pairs};
use super::hidden;
use crate::parse::layout::Part;
use crate::parse::markdown::document::Located;

/// How far an address is looked for before a sign, in bytes.
const LONGEST: usize = 200;

/// Hides the signs of notes in `part`, each of which would begin or end a superscript to pulldown-cmark, and so keep emphasis around
/// the next from being any. What an address holds stays.
pub fn hide(part: &mut Part<'_>) {
    let text = &part.text.text;
    let signs = memchr::memmem::find_iter(text.as_bytes(), "^[").filter(|at| {
        let before = &text[text.floor_char_boundary(at.saturating_sub(LONGEST))..*at];
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        !before.ends_with('\\') && !word.contains("](") && !word.contains("://")
    });
    let signs: Vec<usize> = signs.collect();
    if !signs.is_empty() {
        hidden::hide(part, &signs);
    }
}

/// Puts a reference where each note stands, and the notes at the end.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let is_note = |open: usize, close: usize| {
        let before = &text[..open];
        before.ends_with('^') && !before.ends_with(r"\^") && !text[open + 1..close].trim().is_empty()
    };
    let mut pairs = pairs(text, &events, is_note);
    pairs.sort_by_key(|(open, _)| open.at);
    // A note in a note stays text.
    pairs.dedup_by(|(inner, _), (_, outer)| inner.at < outer.at);
    if pairs.is_empty() {
        return events;
    }
    let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    let used: HashSet<usize> = text.split("[^note-").skip(1).filter_map(number).collect();
    let mut labels = (1..).filter(|number| !used.contains(number)).map(|number| format!("note-{number}"));
    let mut notes = Notes { text, applied: Vec::with_capacity(events.len()), notes: Vec::new(), open: None };
    let mut pairs = pairs.into_iter().peekable();
    for (index, (event, range)) in events.into_iter().enumerate() {
        let mut from = range.start;
        loop {
            match &notes.open {
                Some(close) if close.event == index => {
                    let at = close.at;
                    notes.push_text(from..at);
                    notes.close();
                    from = at + 1;
                }
                None if pairs.peek().is_some_and(|(open, _)| open.event == index) => {
                    let (Some((open, close)), Some(label)) = (pairs.next(), labels.next()) else { break };
                    notes.push_text(from..open.at - 1);
                    notes.begin(&label, open.at - 1, close);
                    from = open.at + 1;
                }
                _ => break,
            }
        }
        if from == range.start {
            notes.target().push((event, range));
        } else {
            notes.push_text(from..range.end);
        }
    }
    notes.applied.append(&mut notes.notes);
    notes.applied
}

struct Notes<'a> {
    text: &'a str,
    applied: Vec<Located<'a>>,
    notes: Vec<Located<'a>>,
    /// The end of the note whose text comes.
    open: Option<Bracket>,
}

impl<'a> Notes<'a> {
    fn target(&mut self) -> &mut Vec<Located<'a>> {
        if self.open.is_some() { &mut self.notes } else { &mut self.applied }
    }

    fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let text = Event::Text(CowStr::Borrowed(&self.text[range.clone()]));
            self.target().push((text, range));
        }
    }

    /// Begins the note `label`, whose sign stands at byte `start`.
    fn begin(&mut self, label: &str, start: usize, close: Bracket) {
        let label = CowStr::from(label.to_owned());
        let whole = start..close.at + 1;
        self.applied.push((Event::FootnoteReference(label.clone()), whole.clone()));
        self.notes.push((Event::Start(Tag::FootnoteDefinition(label)), whole.clone()));
        self.notes.push((Event::Start(Tag::Paragraph), whole));
        self.open = Some(close);
    }

    fn close(&mut self) {
        self.open = None;
        let whole = self.notes.iter().rev().find(|(event, _)| *event == Event::Start(Tag::Paragraph));
        let whole = whole.map(|(_, range)| range.clone()).unwrap_or_default();
        self.notes.push((Event::End(TagEnd::Paragraph), whole.clone()));
        self.notes.push((Event::End(TagEnd::FootnoteDefinition), whole));
    }
}
