//! Text that was made from other text and knows where each byte of it comes from.

use std::borrow::Cow;
use std::ops::Range;

/// Text and the way back to the bytes that it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    pieces: Vec<Piece>,
}

/// The text from `at` to the next piece comes from `source`: byte by byte where both are of the same length, else as
/// a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    at: usize,
    source: Range<usize>,
}

impl<'a> Mapped<'a> {
    /// `text` as it stands, `start` bytes into its source.
    pub fn verbatim(text: &'a str, start: usize) -> Self {
        Self { text: Cow::Borrowed(text), pieces: vec![Piece { at: 0, source: start..start + text.len() }] }
    }

    /// The bytes of the source that `span`, in bytes of the text, was made of. A span outside the text is moved to the
    /// nearest that is not.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        let start = self.locate(span.start);
        let end = if span.end > span.start { self.locate(span.end - 1).end } else { start.start };
        start.start..end.max(start.start)
    }

    /// The bytes of the source that the byte at `at` was made of.
    fn locate(&self, at: usize) -> Range<usize> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return 0..0;
        };
        let end = self.pieces.get(next).map_or(self.text.len(), |piece| piece.at);
        if at >= end && at >= self.text.len() {
            return piece.source.end..piece.source.end;
        }
        if end - piece.at == piece.source.len() {
            let from = piece.source.start + (at - piece.at);
            from..from + 1
        } else {
            piece.source.clone()
        }
    }
}

/// Builds a [`Mapped`] text from start to end.
#[derive(Debug, Default)]
pub struct Mapping {
    text: String,
    pieces: Vec<Piece>,
}

impl Mapping {
    /// Appends `text`, which stands in the source at `start`.
    pub fn copy(&mut self, text: &str, start: usize) {
        let contiguous = self
            .pieces
            .last()
            .is_some_and(|piece| piece.source.end == start && self.text.len() - piece.at == piece.source.len());
        match self.pieces.last_mut() {
            Some(piece) if contiguous => piece.source.end = start + text.len(),
            _ if text.is_empty() => {}
            _ => self.pieces.push(Piece { at: self.text.len(), source: start..start + text.len() }),
        }
        self.text.push_str(text);
    }

    /// Appends `text`, which stands for `source`.
    pub fn put(&mut self, text: &str, source: Range<usize>) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), source });
            self.text.push_str(text);
        }
    }

    /// Inserts `text` before the byte at `at`; it comes from what stands there.
    pub fn insert(&mut self, at: usize, text: &str) {
        self.text.insert_str(at, text);
        for piece in self.pieces.iter_mut().filter(|piece| piece.at > at) {
            piece.at += text.len();
        }
    }

    /// Puts `text` before all that has been appended; it comes from the start.
    pub fn prepend(&mut self, text: &str) {
        let first = self.pieces.first().map_or(0, |piece| piece.source.start);
        for piece in &mut self.pieces {
            piece.at += text.len();
        }
        self.pieces.insert(0, Piece { at: 0, source: first..first });
        self.text.insert_str(0, text);
    }

    /// What has been appended so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text.
    pub fn finish(self) -> Mapped<'static> {
        Mapped { text: Cow::Owned(self.text), pieces: self.pieces }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Mapped, Mapping};

    #[test]
    fn a_span_leads_back_to_its_source() {
        let mut mapping = Mapping::default();
        mapping.copy("ab", 10);
        mapping.put("XYZ", 12..13);
        mapping.copy("cd", 13);
        let mapped = mapping.finish();
        assert_eq!(mapped.text, "abXYZcd");
        assert_eq!(mapped.source(0..1), 10..11);
        assert_eq!(mapped.source(1..3), 11..13);
        assert_eq!(mapped.source(3..4), 12..13);
        assert_eq!(mapped.source(5..7), 13..15);
        assert_eq!(mapped.source(7..7), 15..15);
        assert_eq!(mapped.source(70..90), 15..15);
    }

    #[test]
    fn verbatim_text_is_only_moved() {
        assert_eq!(Mapped::verbatim("abc", 5).source(1..3), 6..8);
    }
}
