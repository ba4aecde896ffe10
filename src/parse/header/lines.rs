//! The lines of a text and where they are.

/// A line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its text without the line break.
    pub text: &'a str,
    /// The byte of the whole text where it begins.
    pub start: usize,
    /// The byte after its line break.
    pub end: usize,
}

/// The lines of `text` from byte `from` on, which begins a line.
pub fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    text.get(from..).unwrap_or_default().split_inclusive('\n').map(move |whole| {
        let line_text = whole.strip_suffix('\n').unwrap_or(whole);
        let line = Line { text: line_text.strip_suffix('\r').unwrap_or(line_text), start, end: start + whole.len() };
        start = line.end;
        line
    })
}
