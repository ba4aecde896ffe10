//! On which line of a text a byte stands, for as many bytes of one text as there are mistakes in it.

use std::ops::Range;
use std::sync::OnceLock;

use super::Place;

/// Bytes of a text after which the count is written down.
const PORTION: usize = 4096;

/// The lines of one text. They are counted once, when the first place is asked for: a text without mistakes costs
/// nothing, and of one with thousands no more than a portion is looked at for each.
#[derive(Debug, Default)]
pub struct Lines(OnceLock<Vec<Position>>);

/// Where a byte of a text stands. Both are counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character of the line.
    pub column: usize,
}

/// A copy has counted nothing yet: it may be put beside another text.
impl Clone for Lines {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What is known of a text's lines is known from the text, which whoever holds both compares.
impl PartialEq for Lines {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Lines {}

impl Lines {
    /// The place of `span`, in bytes of `text`, as [`Place::new`] makes it. It is always the same text that is given.
    pub fn place(&self, path: &str, text: &str, span: Range<usize>) -> Place {
        let start = text.floor_char_boundary(span.start);
        Place::standing(path, text, start..span.end, self.position(text, start))
    }

    /// The place of `span`, in bytes of `text`, of which the author sees `part` on its own: the place is as far as it lies
    /// in there, and its line and column are those of the part.
    pub fn place_within(&self, path: &str, text: &str, part: Range<usize>, span: Range<usize>) -> Place {
        let first = text.floor_char_boundary(part.start);
        let start = text.floor_char_boundary(span.start.clamp(first, part.end));
        let position = self.position(text, start).from(self.position(text, first));
        let shown = &text[first..text.ceil_char_boundary(part.end)];
        Place::standing(path, shown, start - first..span.end.min(part.end).saturating_sub(first), position)
    }

    /// Where the byte at `at` of `text` stands. It is always the same text that is given.
    pub fn position(&self, text: &str, at: usize) -> Position {
        let bytes = &text.as_bytes()[..at.min(text.len())];
        let portions = self.0.get_or_init(|| {
            let next = |position: &mut Position, portion: &[u8]| {
                let start = *position;
                *position = start.after(portion);
                Some(start)
            };
            text.as_bytes().chunks(PORTION).scan(Position::START, next).collect()
        });
        // A text that ends with a portion has none for its very end.
        let portion = (bytes.len() / PORTION).min(portions.len().saturating_sub(1));
        let start = portions.get(portion).copied().unwrap_or(Position::START);
        start.after(&bytes[portion * PORTION..])
    }
}

impl Position {
    /// Where a text begins.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Where the text stands after `bytes`, which begin here.
    pub fn after(self, bytes: &[u8]) -> Self {
        let characters = |bytes: &[u8]| bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count();
        match memchr::memrchr(b'\n', bytes) {
            Some(last) => Self {
                line: self.line + memchr::memchr_iter(b'\n', bytes).count(),
                column: 1 + characters(&bytes[last + 1..]),
            },
            None => Self { line: self.line, column: self.column + characters(bytes) },
        }
    }

    /// The same place, counted from `start`, where a part of the text begins.
    pub fn from(self, start: Self) -> Self {
        Self {
            line: self.line - start.line + 1,
            column: if self.line == start.line { self.column - start.column + 1 } else { self.column },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn lines_are_those_of_the_whole_text(text in "[a\né\r]{1,40}", times in 0usize..600, ats in proptest::collection::vec(0usize..30_000, 9)) {
            let (text, lines) = (text.repeat(times), Lines::default());
            for at in ats.into_iter().chain([text.len(), text.len().saturating_sub(1)]).filter(|at| *at <= text.len()) {
                let span = at..(at + 3).min(text.len());
                proptest::prop_assert_eq!(lines.place("a.md", &text, span.clone()), Place::new("a.md", &text, span, ""));
                let before = &text[..text.floor_char_boundary(at)];
                let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
                let expected = Position { line: before.matches('\n').count() + 1, column };
                proptest::prop_assert_eq!(lines.position(&text, before.len()), expected);
            }
        }
    }

    #[test]
    fn a_part_has_lines_of_its_own() {
        let text = "one\ntwo, é three\nfour\nfive";
        let within = |span: Range<usize>| Lines::default().place_within("a.md", text, 4..22, span);
        assert_eq!(within(9..11), Place::new("a.md", "two, é three\nfour", 5..7, ""));
        assert_eq!(within(18..27), Place::new("a.md", "two, é three\nfour", 14..18, ""));
        assert_eq!((within(18..20).line, within(18..20).excerpt.as_str()), (2, "four"));
        let middle = Lines::default().place_within("a.md", text, 9..22, 9..11);
        assert_eq!((middle.line, middle.column), (1, 1));
    }
}
