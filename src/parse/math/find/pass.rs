//! What is passed over while formulas are looked for: code, HTML, the destinations of links and blank lines.

use super::{Kind, LONGEST, Line, MathSpan, Scanner, labels};
use crate::parse::math::lines::Fence;

/// HTML elements whose content is nobody's mathematics.
const OPAQUE: &[&str] = &["code", "math", "pre", "script", "style", "svg", "textarea"];

/// The longest `\text{…}` whose dollars are its own, in bytes.
const LONGEST_TEXT: usize = 1000;

/// Commands whose arguments are text, and how many groups they have.
const TEXTS: [(&str, usize); 13] = [
    ("colorbox", 2),
    ("fbox", 1),
    ("fcolorbox", 3),
    ("hbox", 1),
    ("mbox", 1),
    ("text", 1),
    ("textbf", 1),
    ("textit", 1),
    ("textnormal", 1),
    ("textrm", 1),
    ("textsf", 1),
    ("texttt", 1),
    ("textup", 1),
];

/// The longest destination of a link, in bytes.
const LONGEST_DESTINATION: usize = 2000;

impl Scanner<'_> {
    /// Passes a block of code, which is a formula if its language says so.
    pub(super) fn fence(&mut self, fence: Fence) {
        if fence.is_math {
            let (start, label) = labels::options(self.text, &fence.inner);
            let span = MathSpan::new(self.line.content..fence.end, start..fence.inner.end, Kind::Fence);
            self.found.formulas.push(MathSpan { quotes: self.line.quotes, label, ..span });
        }
        self.at = fence.end;
    }

    /// Where `closing` stands, if it is all that follows the blank lines that begin at `at`: dollars could open a formula as well,
    /// so another blank line comes after them.
    pub(super) fn closes_after(&self, mut at: usize, closing: &str) -> Option<usize> {
        loop {
            let line = Line::read(self.text, at);
            let rest = &self.text[line.content..];
            let length = rest.find('\n').map_or(rest.len(), |length| length + 1);
            let next = line.content + length;
            if rest[..length].trim_end() == closing && line.quotes == self.line.quotes && !line.is_item {
                let is_last = next == self.text.len() || Line::read(self.text, next).is_blank(self.text);
                return (closing != "$$" || is_last).then_some(line.content);
            }
            if next == self.text.len() || !line.is_blank(self.text) {
                return None;
            }
            at = next;
        }
    }

    /// Passes a code span, or backticks that open none.
    pub(super) fn code_span(&mut self) {
        let run = self.backticks(self.at);
        self.at = self.code_span_end(self.at).unwrap_or(self.at + run);
    }

    fn backticks(&self, at: usize) -> usize {
        self.text.as_bytes()[at..].iter().take_while(|byte| **byte == b'`').count()
    }

    /// The end of the code span that the backticks at `at` open.
    pub(super) fn code_span_end(&self, at: usize) -> Option<usize> {
        let run = self.backticks(at);
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(at.saturating_add(LONGEST));
        let mut at = at + run;
        while at < limit {
            at += memchr::memchr2(b'`', b'\n', &bytes[at..limit])?;
            if bytes[at] == b'\n' {
                if Line::read(self.text, at + 1).is_blank(self.text) {
                    return None;
                }
                at += 1;
                continue;
            }
            let closing = self.backticks(at);
            at += closing;
            if closing == run {
                return Some(at);
            }
        }
        None
    }

    /// Passes a comment, an element that is not text, a tag or an address in angle brackets.
    pub(super) fn html(&mut self) {
        let rest = &self.text[self.at..];
        let end = if !rest.starts_with("<!--") {
            tag_end(rest)
        } else if self.is_barren(self.at, "-->") {
            None
        } else {
            rest.find("-->").map(|end| end + 3)
        };
        if end.is_none() && rest.starts_with("<!--") {
            self.searched("-->", self.text.len());
        }
        let Some(end) = end else {
            self.at += 1;
            return;
        };
        if rest[..end].starts_with("<script") && self.script(end).is_some() {
            return;
        }
        let name = rest[1..end].split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or_default();
        let opaque = OPAQUE.iter().find(|opaque| name.eq_ignore_ascii_case(opaque));
        self.at += opaque.and_then(|opaque| self.element_end(opaque, end)).unwrap_or(end);
    }

    /// How many bytes the element `opaque` takes that begins here, with a tag of `tag` bytes: `None` if nothing ends it. In a
    /// sentence it reaches no further than the paragraph.
    fn element_end(&mut self, opaque: &str, tag: usize) -> Option<usize> {
        let is_block = self.begins_block();
        let searched = if is_block { opaque.to_owned() } else { format!("{opaque} in a paragraph") };
        if self.is_barren(self.at, &searched) {
            return None;
        }
        let rest = &self.text.as_bytes()[self.at..];
        let mut reach = rest.len();
        for at in memchr::memchr2_iter(b'<', b'\n', &rest[tag..]).map(|at| tag + at) {
            if rest[at] == b'<' {
                let name = rest[at..].strip_prefix(b"</").and_then(|end| end.get(..opaque.len()));
                if name.is_some_and(|name| name.eq_ignore_ascii_case(opaque.as_bytes())) {
                    return Some(at + "</".len() + opaque.len());
                }
            } else if !is_block && rest.get(at + 1) == Some(&b'\n') {
                reach = at;
                break;
            }
        }
        self.searched(&searched, self.at + reach);
        None
    }

    /// Whether nothing but what lists and quotations begin with stands before here in its line.
    fn begins_block(&self) -> bool {
        let line = self.text[..self.at].rsplit('\n').next().unwrap_or_default();
        line.bytes().all(|byte| byte.is_ascii_digit() || b" \t>-*+.):".contains(&byte))
    }

    /// The end of `\text{…}` at `at`, which may hold dollars of its own; so may the last of `\colorbox{…}{…}`.
    pub(super) fn text_argument(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at + 1..];
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let groups = TEXTS.iter().find_map(|(name, groups)| (*name == &rest[..length]).then_some(*groups))?;
        let mut end = at + 1 + length;
        for _ in 0..groups {
            end = self.group_end(end)?;
        }
        Some(end)
    }

    /// The end of the group at `at`, which is in one line.
    fn group_end(&self, at: usize) -> Option<usize> {
        if !self.text[at..].starts_with('{') {
            return None;
        }
        let mut depth = 0;
        for (offset, byte) in self.text.as_bytes()[at..].iter().take(LONGEST_TEXT).enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'\n' => return None,
                _ => {}
            }
            if depth == 0 {
                return Some(at + offset + 1);
            }
        }
        None
    }

    /// Passes the destination of a link or a reference definition: what follows `](` or `]:`.
    pub(super) fn destination(&mut self) {
        self.at += 1;
        let rest = &self.text[self.at..];
        if rest.starts_with('(') {
            let mut depth = 0usize;
            for (offset, byte) in rest.bytes().take(LONGEST_DESTINATION).enumerate() {
                match byte {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    b'\n' => return,
                    _ => {}
                }
                if depth == 0 {
                    self.at += offset + 1;
                    return;
                }
            }
        } else if rest.starts_with(": ") && self.text[self.line.content..].starts_with('[') {
            let is_footnote = self.text[self.line.content..].starts_with("[^");
            let rest = if is_footnote { &rest[..1] } else { rest };
            self.at += rest.find('\n').unwrap_or(rest.len());
        }
    }
}

/// The end of the HTML tag or autolink that `text` begins with, in bytes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    if !text[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/' || next == '?') {
        return None;
    }
    let is_address = text[1..].split(['<', '>', ' ', '\n']).next().is_some_and(|start| start.contains(':'));
    for (at, byte) in text.bytes().enumerate().skip(1).take(LONGEST) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if !is_address => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'<') | (_, b'\0') => return None,
            (None, b'$' | b'`' | b'\\') if !is_address => return None,
            (_, b'\n') if text[at + 1..].trim_start_matches([' ', '\t']).starts_with('\n') => return None,
            _ => {}
        }
    }
    None
}
