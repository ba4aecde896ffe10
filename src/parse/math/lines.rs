//! What the start of a line says in Markdown.

use std::ops::Range;

/// A line of a text and what stands before its content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Line {
    /// Where it begins.
    pub start: usize,
    /// Where its content begins: after indentation, `>` and the markers of lists.
    pub content: usize,
    /// How many `>` it begins with.
    pub quotes: usize,
    /// Whether a marker of a list stands before its content.
    pub is_item: bool,
}

impl Line {
    /// The line of `text` that begins at `start`.
    pub fn read(text: &str, start: usize) -> Self {
        let mut line = Self { start, content: start, quotes: 0, is_item: false };
        loop {
            let rest = &text[line.content..];
            let trimmed = rest.trim_start_matches([' ', '\t']);
            let at = line.content + rest.len() - trimmed.len();
            if trimmed.starts_with('>') {
                line.quotes += 1;
                line.content = at + 1;
            } else if let Some(marker) = list_marker(trimmed) {
                line.is_item = true;
                line.content = at + marker;
            } else {
                line.content = at;
                return line;
            }
        }
    }

    /// Whether nothing follows.
    pub fn is_blank(&self, text: &str) -> bool {
        !self.is_item && text[self.content..].split('\n').next().is_none_or(|rest| rest.trim().is_empty())
    }
}

/// The length of the list marker that `text` begins with, the space after it included.
fn list_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker = match text.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    text[marker..].starts_with([' ', '\t']).then_some(marker + 1)
}

/// Whether `line` ends the paragraph that `paragraph` belongs to, although no blank line stands between them.
pub fn interrupts(text: &str, line: &Line, paragraph: &Line) -> bool {
    let content = &text[line.content..];
    let hashes = content.bytes().take_while(|byte| *byte == b'#').count();
    line.is_item
        || line.quotes > paragraph.quotes
        || content.starts_with("```")
        || content.starts_with("~~~")
        || ((1..=6).contains(&hashes) && content[hashes..].starts_with([' ', '\t', '\n']))
}

/// A fenced block of code.
pub struct Fence {
    /// Bytes between the fences.
    pub inner: Range<usize>,
    /// Where the line after it begins.
    pub end: usize,
    /// Whether its language is `math`.
    pub is_math: bool,
}

/// Whether the info string of a fence says that it holds mathematics: `math`, `katex`, or `{math}` in MyST.
pub fn is_math(info: &str) -> bool {
    info.trim() == "{math}" || matches!(info.split([' ', ',', '{', '\t']).next(), Some("math" | "katex"))
}

/// The fenced block that begins with `line`.
pub fn code_fence(text: &str, line: &Line) -> Option<Fence> {
    let opening = &text[line.content..];
    let mark = opening.bytes().next().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let run = |text: &str| text.bytes().take_while(|byte| *byte == mark).count();
    let length = run(opening);
    let end_of = |at: usize| text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
    let start = end_of(line.content);
    let language = text[line.content + length..start].trim();
    if length < 3 || (mark == b'`' && language.contains('`')) {
        return None;
    }
    let is_math = is_math(language);
    let mut at = start;
    while at < text.len() {
        let next = Line::read(text, at);
        let content = text[next.content..end_of(next.content)].trim_end();
        if next.quotes < line.quotes {
            return Some(Fence { inner: start..at, end: at, is_math });
        }
        if !next.is_item && run(content) >= length && content.len() == run(content) {
            return Some(Fence { inner: start..at, end: end_of(next.content), is_math });
        }
        at = end_of(next.content);
    }
    Some(Fence { inner: start..text.len(), end: text.len(), is_math })
}
