//! Formulas between marks that are not TeX's: those of Doxygen, the tags of Hugo and Jekyll, the scripts of MathJax, GitHub's dollars with
//! backticks, and definitions that stand alone, as Pandoc reads them.

use std::ops::Range;

use super::super::Kind;
use super::super::escapes::Escapes;
use super::super::rewrite::macros::{Definition, Macros};
use super::{Extent, LONGEST, Scanner};

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 400;

/// The longest definition that stands alone, in bytes.
const LONGEST_DEFINITION: usize = 2000;

/// How tags are written.
const TAGS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// The names of tags around formulas; of the last only around one that has marks of its own.
const NAMES: [&str; 6] = ["math", "katex", "mathjax", "latex", "tex", "raw"];

/// The marks of a formula, and what they say.
const MARKS: [(&str, &str, Kind); 6] = [
    ("$$", "$$", Kind::Display),
    (r"\\[", r"\\]", Kind::Display),
    (r"\[", r"\]", Kind::Display),
    (r"\\(", r"\\)", Kind::Inline),
    (r"\(", r"\)", Kind::Inline),
    ("$", "$", Kind::Inline),
];

/// Commands that define others.
const DEFINING: [(&str, Definition); 8] = [
    ("DeclareMathOperator", Definition::Operator),
    ("DeclarePairedDelimiter", Definition::Delimiters),
    ("def", Definition::Def),
    ("gdef", Definition::Def),
    ("let", Definition::Let),
    ("newcommand", Definition::Command),
    ("providecommand", Definition::Command),
    ("renewcommand", Definition::Command),
];

/// Whether `text` begins with what may be such a tag.
pub(super) fn is_tag(text: &[u8]) -> bool {
    text.starts_with(b"{{<") || text.starts_with(b"{{%") || text.starts_with(b"{%")
}

/// Whether `text`, after a backslash, begins with a command that defines another.
pub(super) fn is_definition(text: &[u8]) -> bool {
    DEFINING.iter().any(|(name, _)| text.starts_with(name.as_bytes()))
}

/// The tag that `text` begins with: its name, without what follows a slash or point in it, what else it says, and its length.
fn tag(text: &str) -> Option<(&str, &str, usize)> {
    let (open, close) = TAGS.into_iter().find(|(open, _)| text.starts_with(open))?;
    let window = &text[open.len()..text.floor_char_boundary(LONGEST_TAG)];
    let end = window.find(close)?;
    let inside = window[..end].trim_matches('-').trim();
    let name = inside.find(|next: char| !next.is_ascii_alphabetic()).map_or(inside, |end| &inside[..end]);
    Some((name, inside[name.len()..].trim(), open.len() + end + close.len()))
}

/// What `said` holds, if it is quoted and nothing else.
fn quoted(said: &str) -> Option<&str> {
    let quote = said.chars().next().filter(|quote| matches!(quote, '"' | '`'))?;
    let inner = said[1..].strip_suffix(quote)?;
    (!inner.trim().is_empty() && !inner.contains(quote)).then_some(inner)
}

/// Whether `text` begins with the tag that ends what `name` began: its length.
fn end_tag(text: &str, name: &str) -> Option<usize> {
    let (open, close) = TAGS.into_iter().find(|(open, _)| text.starts_with(open))?;
    let window = &text[open.len()..text.floor_char_boundary(LONGEST_TAG)];
    let end = window.find(close)?;
    let inside = window[..end].trim_matches('-').trim();
    let ended = inside.strip_prefix('/').map(str::trim_start).or_else(|| inside.strip_prefix("end"))?;
    ended.starts_with(name).then_some(open.len() + end + close.len())
}

impl Scanner<'_> {
    /// Takes the tag here with the formula after it, if it is one around a formula.
    pub(super) fn tagged(&mut self) {
        let start = self.at;
        self.at += 1;
        let text = self.text;
        if !is_tag(&text.as_bytes()[start..]) {
            return;
        }
        let Some((name, said, length)) = tag(&text[start..]).filter(|(name, ..)| NAMES.contains(name)) else { return };
        let from = start + length;
        if let Some(inner) = quoted(said) {
            let open = text[start..from].find(said).unwrap_or_default() + start + 1;
            return self.push_escaped(start..from, open..open + inner.len(), Kind::Inline, Escapes::None);
        }
        if self.is_barren(from, name) {
            return;
        }
        let limit = text.floor_char_boundary(from.saturating_add(LONGEST));
        let braces = memchr::memchr_iter(b'{', &text.as_bytes()[from..limit]).map(|at| from + at);
        let mark = &text[start..start + 2];
        let ends = braces.filter(|at| text[*at..].starts_with(mark));
        let Some((to, length)) = ends.filter_map(|at| Some((at, end_tag(&text[at..], name)?))).next() else {
            return self.searched(name, limit);
        };
        let Some((inner, kind)) = content(text, from..to, name, said) else { return };
        let escapes = if text[from..to].trim_start().starts_with(r"\\") { Escapes::Markdown } else { self.escapes };
        self.push_escaped(start..to + length, inner, kind, escapes);
    }

    /// `\f$…\f$` or `\f[…\f]`, as Doxygen has them.
    pub(super) fn of_doxygen(&mut self) {
        let start = self.at + 3;
        let (closing, kind, extent) = match self.text[..start].ends_with('$') {
            true => (r"\f$", Kind::Inline, Extent::Inline),
            false => (r"\f]", Kind::Display, Extent::Display),
        };
        match self.close(start, closing, extent) {
            Some(end) if !self.text[start..end].trim().is_empty() => {
                self.push_escaped(self.at..end + closing.len(), start..end, kind, Escapes::None);
            }
            _ => self.at += 2,
        }
    }

    /// Takes GitHub's `` $`x`$ `` that begins here, if one does.
    pub(super) fn between_backticks(&mut self) -> Option<()> {
        let start = self.at;
        if !self.text[start..].starts_with("$`") {
            return None;
        }
        let end = self.code_span_end(start + 1).filter(|end| self.text[*end..].starts_with('$'))?;
        let run = self.text[start + 1..].bytes().take_while(|byte| *byte == b'`').count();
        let inner = start + 1 + run..end - run;
        if self.text[inner.clone()].trim().is_empty() {
            return None;
        }
        self.push_escaped(start..end + 1, inner, Kind::Inline, Escapes::None);
        Some(())
    }

    /// Takes the script of MathJax whose tag, `length` bytes long, stands here, if it is one.
    pub(super) fn script(&mut self, length: usize) -> Option<()> {
        let tag = &self.text[self.at..self.at + length];
        const END: &str = "</script>";
        if !tag.contains("math/tex") || self.is_barren(self.at, END) {
            return None;
        }
        let kind = if tag.contains("mode=display") { Kind::Display } else { Kind::Inline };
        let from = self.at + length;
        let Some(to) = self.text[from..].find(END).map(|end| from + end) else {
            self.searched(END, self.text.len());
            return None;
        };
        // So kramdown hides it from XML.
        let content = self.text[from..to].trim();
        let content = content.strip_prefix("% <![CDATA[").unwrap_or(content);
        let content = content.strip_suffix("%]]>").unwrap_or(content).trim();
        if content.is_empty() {
            return None;
        }
        let start = from + self.text[from..to].find(content)?;
        self.push_escaped(self.at..to + END.len(), start..start + content.len(), kind, Escapes::None);
        Some(())
    }

    /// Takes the definitions that are the paragraph which begins here, if the rest of the text uses one of them.
    pub(super) fn definitions(&mut self) -> Option<()> {
        let (start, text) = (self.at, self.text);
        let is_first = text[..self.line.start]
            .trim_end_matches([' ', '\t', '\r'])
            .strip_suffix('\n')
            .is_none_or(|before| before.rsplit('\n').next().is_none_or(|line| line.trim().is_empty()));
        if !is_first || !self.stands_first() || self.line.is_item {
            return None;
        }
        let mut names = Vec::new();
        let mut end = start;
        while let Some((name, after)) = definition(text, end) {
            names.push(name);
            let rest = &text[after..];
            let line = rest.split('\n').next().unwrap_or_default();
            let says_no_more = line.trim().is_empty() || line.trim_start().starts_with('%');
            if !says_no_more && !line.trim_start().starts_with('\\') {
                return None;
            }
            end = after + if says_no_more { line.len() } else { line.len() - line.trim_start().len() };
            if says_no_more && text[end..].starts_with('\n') {
                let next = &text[end + 1..];
                if !next.trim_start_matches([' ', '\t']).starts_with('\\') {
                    break;
                }
                end += 1 + next.len() - next.trim_start_matches([' ', '\t']).len();
            }
        }
        let is_whole = text[end..].is_empty()
            || text[end..]
                .strip_prefix('\n')
                .is_some_and(|rest| rest.lines().next().is_none_or(|line| line.trim().is_empty()));
        let is_used = || names.iter().any(|name| text[end..].contains(*name));
        if names.is_empty() || !is_whole || !is_used() {
            return None;
        }
        self.push_escaped(start..end, start..end, Kind::Display, Escapes::None);
        Some(())
    }
}

/// The definition at `at` of `text`: the command that it defines, with its backslash, and the byte after it.
fn definition(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text[at..].strip_prefix('\\')?;
    let length = rest.find(|next: char| !next.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (_, kind) = DEFINING.into_iter().find(|(name, _)| *name == &rest[..length])?;
    let from = at + 1 + length;
    let window = &text[..text.floor_char_boundary(from.saturating_add(LONGEST_DEFINITION))];
    let end = Macros::default().read(kind, window, from)?;
    let named = &text[from..end];
    let start = named.find('\\')?;
    let letters = named[start + 1..].find(|next: char| !next.is_ascii_alphabetic())?;
    (letters > 0).then_some((&named[start..start + 1 + letters], end))
}

/// The formula in `range`, which stands between tags of this name, the first of which also says `said`: its TeX, and what it is.
fn content(text: &str, range: Range<usize>, name: &str, said: &str) -> Option<(Range<usize>, Kind)> {
    let whole = &text[range.clone()];
    let trimmed = whole.trim();
    if trimmed.is_empty() {
        // So KaTeX is asked for on the page.
        return (name != "raw").then_some((range.start..range.start, Kind::Display));
    }
    let start = range.start + whole.len() - whole.trim_start().len();
    for (open, close, kind) in MARKS {
        let inner = trimmed.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner {
            let is_one = !inner.trim().is_empty() && !inner.replace(r"\$", "").contains(close);
            return is_one.then_some((start + open.len()..start + open.len() + inner.len(), kind));
        }
    }
    let is_marked = ["$", r"\(", r"\[", "{{<", "{{%", "{%", "\n\n"].iter().any(|mark| trimmed.contains(mark));
    let is_tex = name != "raw" && !is_marked;
    let is_displayed = said.contains("display") || said.contains("block") || whole.starts_with('\n');
    let kind = if is_displayed { Kind::Display } else { Kind::Inline };
    is_tex.then_some((start..start + trimmed.len(), kind))
}
