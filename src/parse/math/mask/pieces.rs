//! The text and the formulas of a stretch, in order.

use std::ops::Range;

use super::Masked;
use crate::parse::math::Kind;

/// A part of a text of [`Masked`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// The formula of that number.
    Formula(usize),
    /// From here to [`Piece::Loose`] a formula stands with the signs that touch it, in one line: a browser would begin a
    /// new one between a formula and its full stop.
    Kept,
    /// The end of what stands in one line.
    Loose,
}

/// Signs that a line does not end with.
const OPENING: [char; 12] = ['(', '[', '{', '‘', '“', '«', '‹', '„', '‚', '¿', '¡', '±'];

/// Signs that no line begins with.
const CLOSING: [char; 22] =
    ['.', ',', ';', ':', '!', '?', ')', ']', '}', '’', '”', '»', '›', '…', '%', '-', '–', '—', '/', '\'', '"', '‐'];

/// Letters that may touch a formula and still stand in its line: `$n$-th`.
const SHORT: usize = 4;

impl Masked<'_> {
    /// The number of the formula that begins at byte `at` of the text.
    pub fn formula_at(&self, at: usize) -> Option<usize> {
        self.formulas.binary_search_by_key(&at, |formula| formula.range.start).ok()
    }

    /// The text and the formulas of `range`, in order. A range that begins or ends within a formula has no text there.
    pub fn pieces(&self, range: Range<usize>) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut at = range.start;
        let first = self.formulas.partition_point(|formula| formula.range.start < range.start);
        let inside = self.formulas[first..].iter().take_while(|formula| formula.range.end <= range.end);
        for (position, formula) in inside.enumerate() {
            let number = first + position;
            let next = self.formulas.get(number + 1).map_or(range.end, |next| next.range.start.min(range.end));
            let before = self.text.get(at..formula.range.start).unwrap_or_default();
            let after = self.text.get(formula.range.end..next).unwrap_or_default();
            let (head, tail) = match formula.kind {
                Kind::Inline => (head(before), tail(after)),
                _ => ("", ""),
            };
            push(&mut pieces, &before[..before.len() - head.len()]);
            let is_kept = !(head.is_empty() && tail.is_empty());
            pieces.extend(is_kept.then_some(Piece::Kept));
            push(&mut pieces, head);
            pieces.push(Piece::Formula(number));
            push(&mut pieces, tail);
            pieces.extend(is_kept.then_some(Piece::Loose));
            at = formula.range.end + tail.len();
        }
        push(&mut pieces, self.text.get(at..range.end).unwrap_or_default());
        pieces
    }
}

fn push<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// What of the end of `text` touches the formula after it.
fn head(text: &str) -> &str {
    &text[text.trim_end_matches(OPENING).len()..]
}

/// What of the beginning of `text` touches the formula before it: signs, a few letters.
fn tail(text: &str) -> &str {
    let touching = &text[..text.find(char::is_whitespace).unwrap_or(text.len())];
    let is_short = touching.chars().count() <= SHORT && touching.chars().all(|letter| letter < '\u{2e80}');
    let length = if is_short { touching.len() } else { touching.len() - touching.trim_start_matches(CLOSING).len() };
    &text[..length]
}
