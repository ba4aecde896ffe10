//! Where in a file a mistake is.

use std::ops::Range;

use serde::Serialize;

use super::lines::Position;

/// A stretch of a source file, with the lines that it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file as the author would name it from the site's root: `content/on-seeing.md`.
    pub path: String,
    /// Of a notebook, the cell, counted from 1: line and column are then those of the cell.
    pub cell: Option<usize>,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// The line or lines of the source that the place touches, without the last line break.
    pub excerpt: String,
    /// Bytes of `excerpt` that are marked with carets.
    pub marked: Range<usize>,
    /// What is written beside the carets; may be empty.
    pub label: String,
}

/// Excerpts longer than this, in bytes, are cut around the mark: a file without line breaks is not printed whole.
const LONGEST_EXCERPT: usize = 4000;

impl Place {
    /// The place of `span`, in bytes of `text`, which is the whole of the file at `path`.
    /// A span outside `text` or across a character is moved to the nearest that is not.
    pub fn new(path: &str, text: &str, span: Range<usize>, label: impl Into<String>) -> Self {
        let start = text.floor_char_boundary(span.start);
        let position = Position::START.after(&text.as_bytes()[..start]);
        Self::standing(path, text, start..span.end, position).labelled(label)
    }

    /// The place of `span`, in bytes of `text`, which is the whole or a part of the file at `path`, where its start stands
    /// at `position` of what the author sees. It looks at no more of `text` than it shows.
    pub(super) fn standing(path: &str, text: &str, span: Range<usize>, position: Position) -> Self {
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end.max(start));
        let first = text.floor_char_boundary(start.saturating_sub(LONGEST_EXCERPT));
        let from = text[first..start].rfind('\n').map_or(first, |at| first + at + 1);
        let last = text.ceil_char_boundary(start + LONGEST_EXCERPT);
        let to = match end > start && text[..end].ends_with('\n') {
            true => last.min(end - 1),
            false => text[end.min(last)..last].find('\n').map_or(last, |at| end + at),
        };
        Self {
            path: path.to_owned(),
            cell: None,
            line: position.line,
            column: position.column,
            excerpt: text[from..to].trim_end_matches('\r').to_owned(),
            marked: start - from..end.clamp(start, to) - from,
            label: String::new(),
        }
    }

    /// The same place, with `label` beside the carets.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The file, and the cell of a notebook: `content/walk.ipynb (cell 3)`.
    pub fn shown(&self) -> String {
        match self.cell {
            Some(cell) => format!("{} (cell {cell})", self.path),
            None => self.path.clone(),
        }
    }

    /// A place that names only the file.
    pub fn file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            cell: None,
            line: 1,
            column: 1,
            excerpt: String::new(),
            marked: 0..0,
            label: String::new(),
        }
    }
}
