//! Tables without a head: paragraphs of which each line stands between bars, perhaps below a line that aligns the columns.
//! Source: kramdown, "Tables".

use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::{self, Located};

/// A cell: what stands between two bars of a line, and the bytes between them.
type Cell<'a> = (Vec<Located<'a>>, Range<usize>);

/// The cells of a line, and the bytes of it from the first bar to the last.
type Line<'a> = (Vec<Cell<'a>>, Range<usize>);

/// `events` of `text` with such tables.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    if !events.iter().any(|event| is_candidate(text, event)) {
        return events;
    }
    let mut applied = Vec::with_capacity(events.len());
    let mut at = 0;
    while let Some(event) = events.get(at) {
        let end = if is_candidate(text, event) { document::after(&events, at) } else { at + 1 };
        match events[at..end].split_first().and_then(|(_, inside)| Some((inside.split_last()?.1, &event.1))) {
            Some((inside, range)) => match rows(text, inside) {
                Some(rows) => table(text, rows, range, &mut applied),
                None => applied.extend_from_slice(&events[at..end]),
            },
            None => applied.push(event.clone()),
        }
        at = end;
    }
    applied
}

fn is_candidate(text: &str, (event, range): &Located<'_>) -> bool {
    *event == Event::Start(Tag::Paragraph) && text[range.clone()].starts_with('|')
}

/// The lines of a paragraph that holds `events`, as rows: two or more, each of two or more cells between bars.
fn rows<'a>(text: &'a str, events: &[Located<'a>]) -> Option<Vec<Line<'a>>> {
    let mut rows = Vec::new();
    let mut row = Row::default();
    let mut depth = 0usize;
    for (event, range) in events {
        match event {
            Event::SoftBreak | Event::HardBreak if depth > 0 => return None,
            Event::SoftBreak | Event::HardBreak => rows.push(std::mem::take(&mut row).finish()?),
            Event::Text(CowStr::Borrowed(words)) if depth == 0 && words.len() == range.len() => {
                row.text(text, range.clone());
            }
            _ => {
                depth += usize::from(matches!(event, Event::Start(_)));
                depth -= usize::from(matches!(event, Event::End(_)));
                row.open.0.push((event.clone(), range.clone()));
            }
        }
    }
    rows.push(row.finish_last()?);
    let is_list = rows.last().is_some_and(|(cells, _)| cells.len() == 1);
    (rows.len() > 1 + usize::from(is_list)).then_some(rows)
}

/// A line as far as it is read.
#[derive(Debug, Default)]
struct Row<'a> {
    /// What stands before each bar so far.
    cells: Vec<Cell<'a>>,
    open: Cell<'a>,
}

impl<'a> Row<'a> {
    /// Adds what stands in `text` at `range`, with its bars.
    fn text(&mut self, text: &'a str, range: Range<usize>) {
        let mut from = range.start;
        for bar in memchr::memchr_iter(b'|', &text.as_bytes()[range.clone()]).map(|bar| range.start + bar) {
            if !text[..bar].ends_with('\\') {
                self.words(text, from..bar);
                self.open.1.end = bar;
                self.cells.push(std::mem::replace(&mut self.open, (Vec::new(), bar + 1..bar + 1)));
                from = bar + 1;
            }
        }
        self.words(text, from..range.end);
    }

    /// Adds words of the open cell. Space around those of a cell is none of them.
    fn words(&mut self, text: &'a str, range: Range<usize>) {
        let words = &text[range.clone()];
        let space = if self.open.0.is_empty() { words.len() - words.trim_start().len() } else { 0 };
        if space < words.len() {
            let words = Event::Text(CowStr::Borrowed(&words[space..]));
            self.open.0.push((words, range.start + space..range.end));
        }
    }

    /// The cells between the first bar and the last, if they are two or more and nothing else is there.
    fn finish(self) -> Option<Line<'a>> {
        let mut cells = self.cells;
        let is_between = cells.len() > 2 && cells[0].0.is_empty() && self.open.0.is_empty();
        let whole = cells.first()?.1.end..self.open.1.start;
        is_between.then(|| (cells.split_off(1), whole))
    }

    /// The same of the last line, which may be an attribute list below the table. That is a row of one cell, as in a table with a head.
    fn finish_last(self) -> Option<Line<'a>> {
        match &self.open.0[..] {
            [(Event::Text(words), range)]
                if self.cells.is_empty() && words.starts_with("{:") && words.ends_with('}') =>
            {
                let range = range.clone();
                Some((vec![(self.open.0, range.clone())], range))
            }
            _ => self.finish(),
        }
    }
}

/// Adds the table of `rows` at `range` to `events`. Rows that are too short are filled up.
fn table<'a>(text: &str, mut rows: Vec<Line<'a>>, range: &Range<usize>, events: &mut Vec<Located<'a>>) {
    let columns = rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or_default();
    let mut alignments = alignments(text, &rows[0].0).unwrap_or_default();
    let has_rule = !alignments.is_empty();
    alignments.resize(columns, Alignment::None);
    events.push((Event::Start(Tag::Table(alignments)), range.clone()));
    for (cells, whole) in rows.drain(usize::from(has_rule)..) {
        events.push((Event::Start(Tag::TableRow), whole.clone()));
        let missing = columns - cells.len();
        let empty = (Vec::new(), whole.end - 1..whole.end - 1);
        for (mut inside, range) in cells.into_iter().chain(std::iter::repeat_n(empty, missing)) {
            trim_end(&mut inside);
            events.push((Event::Start(Tag::TableCell), range.clone()));
            events.append(&mut inside);
            events.push((Event::End(TagEnd::TableCell), range));
        }
        events.push((Event::End(TagEnd::TableRow), whole));
    }
    events.push((Event::End(TagEnd::Table), range.clone()));
}

fn trim_end(inside: &mut [Located<'_>]) {
    if let Some((Event::Text(CowStr::Borrowed(words)), range)) = inside.last_mut() {
        *words = words.trim_end();
        range.end = range.start + words.len();
    }
}

/// How the cells of a line between rows align their columns, if they are of one.
fn alignments(text: &str, row: &[Cell<'_>]) -> Option<Vec<Alignment>> {
    let alignment = |(_, range): &Cell<'_>| {
        let rule = text[range.clone()].trim();
        let dashes = rule.trim_start_matches(':').trim_end_matches(':');
        (!dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')).then(|| {
            match (rule.starts_with(':'), rule.ends_with(':')) {
                (true, true) => Alignment::Center,
                (true, false) => Alignment::Left,
                (false, true) => Alignment::Right,
                (false, false) => Alignment::None,
            }
        })
    };
    row.iter().map(alignment).collect()
}
