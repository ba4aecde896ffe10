//! `` `a|b` `` in a row that has no room for it as two cells is code, as Python-Markdown has it: GitHub cuts it at the bar and
//! drops the last cell of the row.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::hidden;
use crate::parse::layout::Part;

/// Hides the bars of `part` that stand in code, in rows that have as many cells as the head of their table only without them.
/// The part is read with `options`.
pub fn hide(part: &mut Part<'_>, options: Options) {
    if !options.contains(Options::ENABLE_TABLES) || !may_hold(part.text.text.as_bytes()) {
        return;
    }
    let bars = bars(&part.text.text, options);
    if !bars.is_empty() {
        hidden::hide(part, &bars);
    }
}

/// Whether an odd number of runs of backticks stands in a line of `text` between two bars, or before the first.
fn may_hold(text: &[u8]) -> bool {
    let mut from = 0;
    while let Some(bar) = memchr::memchr(b'|', &text[from..]).map(|at| from + at) {
        let start = memchr::memrchr(b'\n', &text[from..bar]).map_or(from, |at| from + at + 1);
        let end = memchr::memchr(b'\n', &text[bar..]).map_or(text.len(), |at| bar + at);
        let mut cells = text[start..end].split(|byte| *byte == b'|');
        // What follows the last bar ends with the line.
        cells.next_back();
        if cells.any(|cell| runs(cell) % 2 == 1) {
            return true;
        }
        from = end;
    }
    false
}

/// Runs of backticks in `text`.
fn runs(text: &[u8]) -> usize {
    text.split(|byte| *byte != b'`').filter(|run| !run.is_empty()).count()
}

/// The bars in the tables of `text` to be hidden.
fn bars(text: &str, options: Options) -> Vec<usize> {
    let mut bars = Vec::new();
    let mut columns = 0;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::End(TagEnd::TableRow) => {
                let row = Row::of(&text[range.clone()]);
                if row.outside < columns && row.outside + row.inside.len() >= columns {
                    bars.extend(row.inside.into_iter().map(|at| range.start + at));
                }
            }
            _ => {}
        }
    }
    bars
}

/// The bars of a row between its cells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Row {
    /// How many do not stand in code.
    outside: usize,
    /// Those that stand in code, as bytes of the row.
    inside: Vec<usize>,
}

impl Row {
    /// Those of the row that is `written`.
    fn of(written: &str) -> Self {
        let mut row = Self::default();
        let end = written.trim_end().trim_end_matches('|').len();
        let start = written.len() - written.trim_start_matches('|').len();
        let bytes = &written.as_bytes()[..end.max(start)];
        let mut at = start;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'|' => row.outside += 1,
                b'`' => {
                    let code = code(&bytes[at..]);
                    let inside = |bar: &usize| !bytes[..*bar].ends_with(b"\\");
                    row.inside.extend(bars_of(bytes, at..at + code).filter(inside));
                    at += code.max(1) - 1;
                }
                _ => {}
            }
            at += 1;
        }
        row
    }
}

/// The bars in `range` of `bytes`.
fn bars_of(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'|', &bytes[range.clone()]).map(move |at| range.start + at)
}

/// The length of the code that `bytes`, which begin with a backtick, begin with; of its backticks alone, if nothing closes it.
fn code(bytes: &[u8]) -> usize {
    let length = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == b'`').count();
    let opening = length(bytes);
    let mut at = opening;
    while let Some(found) = memchr::memchr(b'`', &bytes[at..]) {
        let run = length(&bytes[at + found..]);
        at += found + run;
        if run == opening {
            return at;
        }
    }
    opening
}
