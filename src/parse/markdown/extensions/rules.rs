//! Rules in tables, as kramdown and Emacs have them: `|---+---|` stands between head and body for `|---|---|`, one above the head or
//! between rows is no row.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::fence;
use crate::parse::markdown::document::Located;

/// `text` with bars in place of crosses in rules below the head of a table, and blanks in place of rules above it: as long as `text`.
pub fn replaced(text: Cow<'_, str>) -> Cow<'_, str> {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if memchr::memchr(b'|', text.as_bytes()).is_none() || (!has("-+-") && !has("\n|--")) {
        return text;
    }
    let mut replaced = String::with_capacity(text.len());
    let mut fence = None;
    // Rows of the table that have been gone through.
    let mut rows = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        fence = fence::after(line, fence);
        let is_row = fence.is_none() && line.starts_with('|');
        let is_rule = is_row && is_rule(line);
        let is_above = rows == 0 && lines.peek().is_some_and(|next| next.starts_with('|') && !self::is_rule(next));
        match (is_rule, rows) {
            // One with colons aligns the columns of a table without a head.
            (true, 0) if is_above && !line.contains(':') => {
                replaced.extend(line.chars().map(|letter| if matches!(letter, '\n' | '\r') { letter } else { ' ' }));
                continue;
            }
            (true, 1) => replaced.extend(line.chars().map(|letter| if letter == '+' { '|' } else { letter })),
            _ => replaced.push_str(line),
        }
        rows = if is_row { rows + 1 } else { 0 };
    }
    Cow::Owned(replaced)
}

/// Whether `line` is a rule.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() > 3 && line.contains("--") && line.bytes().all(|byte| matches!(byte, b'|' | b'+' | b'-' | b':' | b' '))
        || line.contains("==") && line.bytes().all(|byte| matches!(byte, b'|' | b'+' | b'=' | b':' | b' '))
}

/// `events` of `text` without rows of tables that are rules.
pub fn left_out<'a>(text: &str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if memchr::memchr(b'|', text.as_bytes()).is_none() || (!has("-+-") && !has("=+=")) {
        return events;
    }
    let is_rule = |range: &Range<usize>| text.get(range.clone()).is_some_and(|row| row.contains('+') && is_rule(row));
    let mut left = Vec::with_capacity(events.len());
    let mut is_left_out = false;
    for (event, range) in events {
        if event == Event::Start(Tag::TableRow) {
            is_left_out = is_rule(&range);
        }
        let ends = event == Event::End(TagEnd::TableRow);
        if !is_left_out {
            left.push((event, range));
        }
        is_left_out &= !ends;
    }
    left
}
