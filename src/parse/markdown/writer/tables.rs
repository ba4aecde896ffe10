//! The walk over the events: tables, their captions, and cells that have no column.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::block_text::Excerpt;
use super::{Margin, Writer};
use crate::diagnostic::markdown as mistake;
use crate::parse::markdown::document::Document;

/// What a caption begins with: `Table: A caption` under a table, as Pandoc has it.
const CAPTION: &str = "Table:";

/// The table that is being written. None is in another.
#[derive(Debug, Default)]
pub struct Table {
    alignments: Vec<Alignment>,
    /// Cells of the row so far.
    cell: usize,
    /// The element that cells of the row are.
    cell_name: &'static str,
    /// The element that the open cell is.
    open_cell: &'static str,
    /// Whether there was a row after the head.
    has_body: bool,
}

impl Writer<'_, '_> {
    /// Begins the table at `at`, and writes the caption that stands under it.
    pub(super) fn open_table(&mut self, at: usize, alignments: &[Alignment]) {
        self.open(at);
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        self.margin = Margin::OutOfReach;
        self.block("<div class=\"table\" tabindex=\"0\">");
        self.span(at, "<table>");
        if let [first, others @ ..] = &extra_cells(self.document, at)[..] {
            let place = self.document.source.place(first.clone());
            self.diagnostics.push(mistake::extra_cell(place, others.len()));
        }
        self.caption(self.document.after(at));
    }

    /// Writes the paragraph at `at` as the caption of the table before it, if it is that.
    fn caption(&mut self, at: usize) {
        if !is_caption(self.document, at) {
            return;
        }
        let (Event::Text(text), _) = &self.document.events[at + 1] else { return };
        self.out.html.push_str("<caption>");
        self.words(at + 1, text[CAPTION.len()..].trim_start());
        self.events(at + 2..self.document.after(at) - 1);
        self.close(Excerpt::No, "</caption>");
    }

    /// Opens the head at `at`; returns the event to go on with. A head without a word, which Markdown asks for before rows that need
    /// none, is left out.
    pub(super) fn open_head(&mut self, at: usize) -> usize {
        let end = self.document.after(at);
        let event = |index: usize| self.document.events.get(index).map(|(event, _)| event);
        let is_empty = (at..end).all(|index| match event(index) {
            Some(Event::Start(tag)) => matches!(tag, Tag::TableHead | Tag::TableCell),
            Some(event) => matches!(event, Event::End(_)),
            None => false,
        });
        if is_empty && event(end) == Some(&Event::Start(Tag::TableRow)) {
            return end;
        }
        self.out.html.push_str("<thead><tr>");
        self.table.cell_name = "th";
        at + 1
    }

    pub(super) fn open_row(&mut self) {
        let is_first = !std::mem::replace(&mut self.table.has_body, true);
        self.out.html.push_str(if is_first { "<tbody>\n<tr>" } else { "<tr>" });
        self.table.cell_name = "td";
        self.table.cell = 0;
    }

    /// Opens the cell that begins at `at`. A cell of the head without text heads nothing.
    pub(super) fn open_cell(&mut self, at: usize) {
        let is_empty = matches!(self.document.events.get(at + 1), Some((Event::End(_), _)));
        self.table.open_cell = if is_empty { "td" } else { self.table.cell_name };
        self.out.html.push('<');
        self.out.html.push_str(self.table.open_cell);
        self.out.html.push_str(match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    pub(super) fn close_cell(&mut self) {
        self.table.cell += 1;
        self.close(Excerpt::No, if self.table.open_cell == "th" { "</th>" } else { "</td>" });
    }

    pub(super) fn close_table(&mut self) {
        self.margin = Margin::Free;
        self.leave(if self.table.has_body { "</tbody></table></div>\n" } else { "</table></div>\n" });
    }
}

/// Whether the paragraph at `at` is the caption of the table before it.
pub fn is_caption(document: &Document<'_>, at: usize) -> bool {
    let event = |index: usize| document.events.get(index).map(|(event, _)| event);
    let is_after_table = at > 0 && event(at - 1) == Some(&Event::End(TagEnd::Table));
    is_after_table
        && event(at) == Some(&Event::Start(Tag::Paragraph))
        && matches!(event(at + 1), Some(Event::Text(text)) if text.starts_with(CAPTION))
}

/// The first cell that is not shown of each row of the table at `table` that has more cells than the head, of which Markdown
/// shows none: bytes of the file.
fn extra_cells(document: &Document<'_>, table: usize) -> Vec<Range<usize>> {
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
