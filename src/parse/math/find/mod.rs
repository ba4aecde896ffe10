//! Where the formulas of a Markdown text are, before Markdown has seen it.

mod content;
mod labels;
mod pass;
mod possible;
mod wrapped;

use std::ops::Range;

use super::Kind;
use super::escapes::Escapes;
use super::lines::{Line, code_fence, interrupts};
use crate::parse::layout::Layout;
use content::{braces_match, holds_command, holds_link, is_around_code, is_between_other_dollars, is_prose, is_tex};

pub use possible::possible;

/// A formula in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathSpan {
    /// Bytes of the text, delimiters included.
    pub range: Range<usize>,
    /// Bytes between the delimiters; the whole of `range` for an environment, the label for a reference.
    pub inner: Range<usize>,
    /// What the delimiters say.
    pub kind: Kind,
    /// How many `>` begin the line on which it opens: the same number begins each of its further lines.
    pub quotes: usize,
    /// Whether its TeX is escaped for Markdown, as it is where its delimiters are.
    pub escapes: Escapes,
    /// Bytes of the text that hold a label outside its TeX.
    pub label: Option<Range<usize>>,
}

impl MathSpan {
    fn new(range: Range<usize>, inner: Range<usize>, kind: Kind) -> Self {
        Self { range, inner, kind, quotes: 0, escapes: Escapes::None, label: None }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spans {
    /// The formulas, in order of place; they do not overlap.
    pub formulas: Vec<MathSpan>,
    /// Delimiters of displayed formulas that nothing closes.
    pub unclosed: Vec<Range<usize>>,
}

/// The environments that may stand in a text without further delimiters.
const BARE: &[&str] = &[
    "CD",
    "align",
    "alignat",
    "aligned",
    "array",
    "bmatrix",
    "cases",
    "displaymath",
    "eqnarray",
    "equation",
    "flalign",
    "gather",
    "gathered",
    "matrix",
    "multline",
    "pmatrix",
    "prooftree",
    "split",
    "vmatrix",
];

/// The longest formula that is looked for, in bytes: what is longer is none, whatever its delimiters.
const LONGEST: usize = 64 * 1024;

/// Delimiters without an end that are told of: more are hardly looked at, and each costs the line that it stands in.
const MOST_UNCLOSED: usize = 50;

/// The formulas of `text`, from left to right. What stands in code, in an HTML tag or in the destination of a link is
/// none; indented code is not known here. The text is read in the parts of `layout`.
pub fn spans(text: &str, escapes: Escapes, layout: &Layout) -> Spans {
    let mut scanner =
        Scanner { text, escapes, layout, at: 0, line: Line::default(), barren: Vec::new(), found: Spans::default() };
    while scanner.at < text.len() {
        scanner.line();
    }
    labels::references(text, &mut scanner.found.formulas);
    scanner.found
}

/// How far a formula may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// To the end of the paragraph as Markdown sees it.
    Inline,
    /// To a blank line: its lines may look like lists or headings.
    Display,
}

struct Scanner<'a> {
    text: &'a str,
    escapes: Escapes,
    layout: &'a Layout,
    at: usize,
    line: Line,
    /// Delimiters and where a search for each has ended in vain: another need not begin before.
    barren: Vec<(String, usize)>,
    found: Spans,
}

impl Scanner<'_> {
    /// Reads from the start of a line to the start of the next.
    fn line(&mut self) {
        self.line = Line::read(self.text, self.at);
        self.at = self.line.content;
        if let Some(fence) = code_fence(self.text, &self.line) {
            if !self.layout.is_fence(&(self.line.start..self.line.content + 1)) {
                return self.fence(fence);
            }
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches(['`', '~']).len();
        }
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.backslash(),
                b'$' => self.dollar(),
                b'`' => self.role().unwrap_or_else(|| self.code_span()),
                b'<' => self.html(),
                b']' => self.destination(),
                b'{' => self.tagged(),
                _ => self.skip(),
            }
        }
    }

    /// Moves to the next byte that can matter.
    fn skip(&mut self) {
        self.at += 1;
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| b"\n\\$`<]{".contains(byte)).unwrap_or(rest.len());
    }

    fn backslash(&mut self) {
        let rest = &self.text[self.at + 1..];
        let escapes = if self.is_doubled() { Escapes::Markdown } else { self.escapes };
        let closings = match escapes {
            Escapes::None => [r"\)", r"\]"],
            Escapes::Markdown => [r"\\)", r"\\]"],
        };
        let opening = closings[0].len();
        match self.text.as_bytes().get(self.at + opening - 1) {
            _ if escapes == Escapes::Markdown && !rest.starts_with('\\') => {}
            Some(b'(') => return self.delimited(opening, closings[0], Kind::Inline),
            Some(b'[') => return self.delimited(opening, closings[1], Kind::Display),
            _ => {}
        }
        if rest.starts_with("f$") || rest.starts_with("f[") {
            return self.of_doxygen();
        }
        if let Some(name) = rest.strip_prefix("begin{").and_then(|rest| rest.split_once('}')).map(|(name, _)| name)
            && BARE.contains(&name.strip_suffix('*').unwrap_or(name))
        {
            return self.environment(name);
        }
        if wrapped::is_definition(rest.as_bytes()) && self.definitions().is_some() {
            return;
        }
        for (prefix, kind) in [("ref{", Kind::Reference), ("eqref{", Kind::EquationReference)] {
            if let Some(label) = rest.strip_prefix(prefix).and_then(|rest| rest.split(['}', '\n']).next())
                && rest[prefix.len() + label.len()..].starts_with('}')
            {
                let inner = self.at + 1 + prefix.len()..self.at + 1 + prefix.len() + label.len();
                return self.push(self.at..inner.end + 1, inner, kind);
            }
        }
        self.at += 1 + rest.chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8);
    }

    /// Whether the backslash here is the first of `\\(` or `\\[`: a delimiter that is escaped for Markdown, whatever the
    /// configuration says, and not behind a word, as in `C:\\(a)` or `f\\(`.
    fn is_doubled(&self) -> bool {
        let rest = &self.text[self.at..];
        let before = self.text[..self.at].chars().next_back();
        (rest.starts_with(r"\\(") || rest.starts_with(r"\\["))
            && before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '\\' | ':'))
    }

    /// `\(…\)` or `\[…\]`, whose opening is `opening` bytes long.
    fn delimited(&mut self, opening: usize, closing: &str, kind: Kind) {
        let start = self.at + opening;
        let extent = if kind == Kind::Inline { Extent::Inline } else { Extent::Display };
        match self.close(start, closing, extent) {
            Some(end) if self.is_formula(start..end, closing, kind) => {
                let escapes = if closing.len() > 2 { Escapes::Markdown } else { Escapes::None };
                self.push_escaped(self.at..end + closing.len(), start..end, kind, escapes);
            }
            Some(_) => self.at = start,
            None => {
                let is_known = opening == 2 || self.escapes == Escapes::Markdown;
                if kind == Kind::Display && is_known && self.stands_first() {
                    let rest = self.text[start..].split('\n').next().unwrap_or_default();
                    let is_meant = is_tex(rest) || rest.contains('=');
                    if is_meant && !rest.contains(']') && !rest.starts_with("[!") {
                        self.unclosed(self.at..start);
                    }
                }
                self.at = start;
            }
        }
    }

    /// Whether what stands between `\[` or `\(` and its end is a formula, and not between brackets that are escaped so as not to
    /// be a link, or around one, or between parentheses that are escaped without need.
    fn is_formula(&self, inner: Range<usize>, closing: &str, kind: Kind) -> bool {
        let content = self.text[inner.clone()].trim();
        let has_tex = content.replace(r"\_", "").contains(['\\', '^', '_', '=', '+', '<', '>', '{', '|']);
        let after = &self.text[inner.end + closing.len()..];
        let alone = self.stands_first() && after.split('\n').next().is_none_or(|rest| rest.trim().is_empty());
        let is_meant = self.escapes == Escapes::Markdown
            || has_tex
            || match kind {
                Kind::Inline => !is_prose(content),
                _ => alone && !content.starts_with(['^', '!']),
            };
        let is_of_link = holds_link(content) || kind == Kind::Display && after.starts_with(['(', '[', ':']);
        !content.is_empty() && is_meant && !is_of_link && !is_around_code(content)
    }

    fn stands_first(&self) -> bool {
        self.text[self.line.content.min(self.at)..self.at].trim().is_empty()
    }

    fn environment(&mut self, name: &str) {
        let (begin, end) = (format!("\\begin{{{name}}}"), format!("\\end{{{name}}}"));
        let start = self.at + begin.len();
        let limit = self.text.floor_char_boundary(start.saturating_add(LONGEST));
        let window = if self.is_barren(start, &end) { "" } else { &self.text[start..limit] };
        match window.find(&end) {
            Some(length) if !window[..length].contains(&begin) => {
                let range = self.at..start + length + end.len();
                self.push(range.clone(), range, Kind::Environment);
            }
            found => {
                if found.is_none() && !window.is_empty() {
                    self.searched(&end, limit);
                }
                self.unclosed(self.at..start);
                self.at = start;
            }
        }
    }

    fn dollar(&mut self) {
        if self.between_backticks().is_some() {
            return;
        }
        let rest = &self.text[self.at..];
        if let Some(line) = rest.strip_prefix("$$") {
            let start = self.at + 2;
            match self.close(start, "$$", Extent::Display) {
                Some(end) if !self.text[start..end].trim().is_empty() => {
                    self.push(self.at..end + 2, start..end, Kind::Display);
                    self.label();
                }
                found => {
                    if found.is_none() && self.stands_first() && line.split('\n').next().is_some_and(is_tex) {
                        self.unclosed(self.at..start);
                    }
                    self.at = start;
                }
            }
            return;
        }
        let start = self.at + 1;
        let opens = rest[1..].starts_with(|next: char| !next.is_whitespace() || next == ' ');
        match opens.then(|| self.close(start, "$", Extent::Inline)).flatten() {
            Some(end) if self.is_between_dollars(start..end) => self.push(self.at..end + 1, start..end, Kind::Inline),
            _ => self.at = start,
        }
    }

    /// Pandoc's rule for what stands between `$`: no space on the inner sides, no number after the closing one. As MathJax has
    /// it, spaces may stand there if there is a command and no letter or digit touches the outer sides. Braces that do not match
    /// are code, not mathematics, where there is no command.
    fn is_between_dollars(&self, inner: Range<usize>) -> bool {
        let (content, rest) = (&self.text[inner.clone()], &self.text[inner.end + 1..]);
        let before = self.text[..inner.start - 1].chars().next_back();
        let after = rest.chars().next();
        let is_tight = !content.starts_with(' ') && !content.ends_with(char::is_whitespace);
        let is_apart = || ![before, after].into_iter().flatten().any(char::is_alphanumeric) && !content.ends_with('\n');
        let follows = if is_tight { !content::is_before_number(content, after) } else { is_apart() };
        let is_meant = holds_command(content) || is_tight && braces_match(content);
        follows && is_meant && !is_between_other_dollars(content, before, rest)
    }

    /// Where `closing` stands for the first time after `start`, in the same paragraph and outside `\text{…}`.
    fn close(&mut self, start: usize, closing: &str, extent: Extent) -> Option<usize> {
        if self.is_barren(start, closing) {
            return None;
        }
        let found = self.search(start, closing, extent);
        if let Err(end) = found {
            self.searched(closing, end);
        }
        found.ok()
    }

    /// Whether `closing` is known not to follow `start`.
    fn is_barren(&self, start: usize, closing: &str) -> bool {
        self.barren.iter().any(|(barren, end)| barren == closing && start < *end)
    }

    /// Notes that `closing` does not stand before `end`.
    fn searched(&mut self, closing: &str, end: usize) {
        self.barren.retain(|(barren, _)| barren != closing);
        self.barren.push((closing.to_owned(), end));
    }

    /// The same, or where the search ended in vain.
    fn search(&self, start: usize, closing: &str, extent: Extent) -> Result<usize, usize> {
        let inline = extent == Extent::Inline;
        let bytes = self.text.as_bytes();
        let limit = bytes.len().min(start.saturating_add(LONGEST));
        let mut at = start;
        while at < limit {
            at += bytes[at..limit].iter().position(|byte| b"\n\\$`".contains(byte)).ok_or(limit)?;
            if bytes[at..].starts_with(closing.as_bytes()) {
                return Ok(at);
            }
            match bytes[at] {
                b'\n' => {
                    let line = Line::read(self.text, at + 1);
                    let goes_on = || self.goes_on(&line) && holds_command(&self.text[start..at]);
                    if !inline && line.is_blank(self.text) {
                        return self.closes_after(at + 1, closing).ok_or(at);
                    }
                    if line.is_blank(self.text) || (inline && interrupts(self.text, &line, &self.line) && !goes_on()) {
                        return Err(at);
                    }
                    at += 1;
                }
                // One formula does not open in another: what opened first was a bracket.
                b'\\' if closing == r"\]" && bytes[at..].starts_with(br"\[") => return Err(at),
                b'\\' => at = self.text_argument(at).unwrap_or(at + 2),
                b'`' if inline && self.code_span_end(at).is_some() => return Err(at),
                _ => at += 1,
            }
        }
        Err(limit)
    }

    /// Whether `line`, which looks like an item of a list, may be the next of a formula: it begins with a sign, and stands
    /// further in than an item that the formula is in.
    fn goes_on(&self, line: &Line) -> bool {
        let marker = self.text[line.start..line.content].trim();
        let indent = |line: &Line| {
            let text = &self.text[line.start..];
            text.len() - text.trim_start_matches([' ', '\t']).len()
        };
        matches!(marker, "+" | "-") && (!self.line.is_item || indent(line) > indent(&self.line))
    }

    fn unclosed(&mut self, opening: Range<usize>) {
        if self.found.unclosed.len() < MOST_UNCLOSED {
            self.found.unclosed.push(opening);
        }
    }

    fn push(&mut self, range: Range<usize>, inner: Range<usize>, kind: Kind) {
        self.push_escaped(range, inner, kind, self.escapes);
    }

    fn push_escaped(&mut self, range: Range<usize>, inner: Range<usize>, kind: Kind, escapes: Escapes) {
        self.at = range.end;
        let span = MathSpan::new(range, inner, kind);
        self.found.formulas.push(MathSpan { quotes: self.line.quotes, escapes, ..span });
    }
}
