//! Tables whose rows have more cells than their head, of which Markdown shows none.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::document::Document;

/// The first cell that is not shown of each row of the table at `table` that has such: bytes of the file.
pub fn extra_cells(document: &Document<'_>, table: usize) -> Vec<Range<usize>> {
    let events = &document.events[table..document.after(table)];
    let mut found = Vec::new();
    let mut row: Option<&Range<usize>> = None;
    let mut last_cell = 0;
    let end = |row: Option<&Range<usize>>, last_cell| row.and_then(|row| extra(document, last_cell..row.end));
    for (event, range) in events {
        match event {
            Event::Start(Tag::TableRow) => {
                found.extend(end(row, last_cell));
                row = Some(range);
            }
            Event::Start(Tag::TableCell) => last_cell = range.end,
            _ => {}
        }
    }
    found.extend(end(row, last_cell));
    found
}

/// The first cell that is not empty in `rest`, bytes of the file from the bar behind the last cell that is shown to the end of the row.
fn extra(document: &Document<'_>, rest: Range<usize>) -> Option<Range<usize>> {
    let from = rest.start.checked_sub(document.offset)?;
    let text = document.text.get(from..rest.end - document.offset)?.strip_prefix('|')?;
    let cells = text.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '|');
    let mut bars = memchr::memchr_iter(b'|', cells.as_bytes());
    let end = bars.find(|at| !cells[..*at].ends_with('\\')).unwrap_or(cells.len());
    let start = rest.end - cells.len();
    (!cells.is_empty()).then(|| start..start + cells[..end].trim_end().len())
}
