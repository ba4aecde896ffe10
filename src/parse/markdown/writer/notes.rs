//! The walk over the events: footnotes, where they are defined and where the text refers to them.

use std::ops::Range;

use super::block_text::Excerpt;
use super::footnotes;
use super::{Margin, Writer};
use crate::parse::Fill;

impl Writer<'_, '_> {
    pub(super) fn open_footnote(&mut self, at: usize, label: &str) {
        self.open(at);
        self.end_block(Excerpt::No);
        let span = self.footnotes.defined(label).unwrap_or_default();
        if span.start == self.document.events[at].1.start {
            self.id(footnotes::note_id(label), span);
        }
        self.suspended.push(std::mem::take(&mut self.out));
        self.footnotes.begin(label);
    }

    pub(super) fn close_footnote(&mut self) {
        self.text.end(Excerpt::No, &mut self.references);
        self.depth = self.depth.saturating_sub(1);
        let outer = self.suspended.pop().unwrap_or_default();
        let body = std::mem::replace(&mut self.out, outer);
        self.footnotes.keep(body);
    }

    /// Writes text that stands in the file from byte `start` on. pulldown-cmark leaves `[^label]` as text where it finds no
    /// such note.
    pub(super) fn noted(&mut self, mut start: usize, text: &str) {
        let mut rest = text;
        while let Some((before, label)) = Some(rest).filter(|_| self.document.has_footnotes).and_then(footnote_in) {
            let at = start + before;
            let len = label.len() + "[^]".len();
            let (source, note) = (&self.document.source.text, &rest[before..before + len]);
            if source.get(at..at + len) != Some(note) {
                // The text is not as it was written, such as that of HTML with entities: nobody knows where its notes stand.
                break;
            }
            if source[..at].ends_with('\\') {
                self.plain(&rest[..before + len]);
            } else {
                self.plain(&rest[..before]);
                let is_there = self.footnotes.defined(label).is_some();
                self.note(label, at..at + len);
                self.plain(if is_there { "" } else { &rest[before..before + len] });
            }
            rest = &rest[before + len..];
            start = at + len;
        }
        self.plain(rest);
    }

    /// Writes a reference to the note `label`, which stands at `span`.
    pub(super) fn note(&mut self, label: &str, span: Range<usize>) {
        match self.footnotes.refer(label, &mut self.out.html) {
            Some(reference) => {
                self.id(&*reference.id, span);
                if reference.nth == 1 && self.margin == Margin::Free && self.suspended.is_empty() {
                    self.hole(Fill::Sidenote(reference.number - 1));
                }
            }
            None => self.missing_notes.push((label.to_owned(), span)),
        }
    }
}

/// The first footnote reference in `text`: where it begins, and its label.
fn footnote_in(text: &str) -> Option<(usize, &str)> {
    memchr::memchr_iter(b'[', text.as_bytes()).find_map(|at| {
        let (label, _) = text[at + 1..].strip_prefix('^')?.split_once(']')?;
        let is_label = !label.is_empty() && !label.contains(['[', ' ', '\n', '\t', '\\', '`', '^']);
        // `[^/]` and `[^a-z]` are of a pattern.
        let is_pattern = ["a-z", "A-Z", "0-9"].iter().any(|letters| label.contains(letters))
            || label.bytes().all(|byte| byte.is_ascii_punctuation() && byte != b'*');
        if is_label && !is_pattern { Some((at, label)) } else { None }
    })
}
