//! The parts of a text that Markdown reads one by one: what stands in an admonition is read on its own, without its indentation.

use std::collections::BTreeMap;
use std::ops::Range;

use super::math::{Mapped, Mapping};

/// Parts that are read on their own inside each other, at most: what is deeper stays as it is.
pub const DEEPEST: usize = 20;

/// A block of its own in Markdown, in place of what is read on its own.
const MARK: &str = "<!---->\n";

/// What a part is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// Bytes of the text: a line, its break included, or what is left of it.
    Line(Range<usize>),
    /// What of that number stands here and is read on its own. The bytes are what its first line has before it: that of the
    /// quotations and lists which it is in.
    Mark(usize, Range<usize>),
}

/// The parts of a text. Without any it is read as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    parts: Vec<Vec<Stretch>>,
    /// Bytes where a part begins or ends, in order.
    cuts: Vec<usize>,
    /// Bytes in the lines of backticks and tildes around parts, in order.
    fences: Vec<usize>,
}

/// A part as Markdown reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<'t> {
    /// The text, and where in the whole it stands.
    pub text: Mapped<'t>,
    /// What is read on its own, by the byte of the part at which a block stands for it.
    pub marks: BTreeMap<usize, usize>,
    /// Bytes of it where something is hidden from Markdown, and the signs and letters that stand there, in order.
    pub hidden: Vec<(usize, char)>,
}

impl Layout {
    /// The layout of these parts, the first of which is the outermost. No formula may reach over one of `cuts`.
    pub fn new(parts: Vec<Vec<Stretch>>, mut cuts: Vec<usize>) -> Self {
        cuts.sort_unstable();
        Self { parts, cuts, fences: Vec::new() }
    }

    /// The same with parts between lines of backticks or tildes, in which these bytes are: they are no fences of code.
    pub fn between(mut self, mut fences: Vec<usize>) -> Self {
        fences.sort_unstable();
        self.fences = fences;
        self
    }

    /// Whether `line` is a fence around a part.
    pub fn is_fence(&self, line: &Range<usize>) -> bool {
        let next = self.fences.partition_point(|fence| *fence < line.start);
        self.fences.get(next).is_some_and(|fence| *fence < line.end)
    }

    /// Whether the text is read as it stands.
    pub fn is_plain(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether no part begins or ends within `range`.
    pub fn holds(&self, range: &Range<usize>) -> bool {
        let next = self.cuts.partition_point(|cut| *cut <= range.start);
        self.cuts.get(next).is_none_or(|cut| *cut >= range.end)
    }

    /// The parts of `text`: the text that the layout was made of, or one in which formulas are hidden.
    pub fn parts<'t>(&self, text: &'t str) -> Vec<Part<'t>> {
        if self.is_plain() {
            return vec![Part { text: Mapped::verbatim(text, 0), marks: BTreeMap::new(), hidden: Vec::new() }];
        }
        self.parts.iter().map(|stretches| part(text, stretches)).collect()
    }
}

/// A line whose break is hidden goes on with the next, indentation and all.
fn part(text: &str, stretches: &[Stretch]) -> Part<'static> {
    let mut mapping = Mapping::default();
    let mut marks = BTreeMap::new();
    let mut open: Option<Range<usize>> = None;
    for stretch in stretches {
        match stretch {
            Stretch::Line(line) => {
                let whole = open.take().map_or(line.start, |open| open.start)..line.end;
                if text.as_bytes().get(..line.end).is_some_and(|before| before.ends_with(b"\n")) {
                    copy(text, whole, &mut mapping);
                } else {
                    open = Some(whole);
                }
            }
            Stretch::Mark(number, before) => {
                copy(text, open.take().unwrap_or_default(), &mut mapping);
                // Blank lines keep it apart from what is around it. In a list they would make paragraphs of its items.
                let space = if before.is_empty() { "\n" } else { "" };
                mapping.put(space, before.end..before.end);
                copy(text, before.clone(), &mut mapping);
                marks.insert(mapping.text().len(), *number);
                mapping.put(MARK, before.end..before.end);
                mapping.put(space, before.end..before.end);
            }
        }
    }
    copy(text, open.unwrap_or_default(), &mut mapping);
    Part { text: mapping.finish(), marks, hidden: Vec::new() }
}

/// The lines of `text` at `range` without the indentation that they share, if that would make code of them.
pub fn dedented(text: &str, range: Range<usize>) -> Option<Vec<Range<usize>>> {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let inside = &text[range.clone()];
    let filled = || inside.lines().filter(|line| !line.trim().is_empty());
    let is_code = filled().all(|line| line.starts_with("    ") || line.starts_with('\t'));
    let shared = filled().map(indentation).min().filter(|_| is_code)?;
    let mut at = range.start;
    let lines = inside.split_inclusive('\n').map(|line| {
        at += line.len();
        at - line.len() + indentation(line).min(shared)..at
    });
    Some(lines.collect())
}

fn copy(text: &str, range: Range<usize>, mapping: &mut Mapping) {
    mapping.copy(text.get(range.clone()).unwrap_or_default(), range.start);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_cut_out_and_lead_back() {
        let text = "a\n!!! note\n    b\n    c\nd";
        let line = |range: Range<usize>| Stretch::Line(range);
        let layout = Layout::new(
            vec![vec![line(0..2), Stretch::Mark(0, 2..2), line(23..24)], vec![line(15..17), line(21..23)]],
            vec![23, 2, 11],
        );
        let parts = layout.parts(text);
        assert_eq!(parts[0].text.text, "a\n\n<!---->\n\nd");
        assert_eq!(parts[0].marks, BTreeMap::from([(3, 0)]));
        assert_eq!(parts[0].text.source(12..13), 23..24);
        assert_eq!(parts[1].text.text, "b\nc\n");
        assert_eq!(parts[1].text.source(2..4), 21..23);
        assert!(layout.holds(&(15..22)) && !layout.holds(&(15..24)) && layout.holds(&(11..23)));
    }

    #[test]
    fn what_is_in_a_list_stays_there() {
        let layout = Layout::new(vec![vec![Stretch::Mark(0, 0..2), Stretch::Line(12..15)]], Vec::new());
        let part = &layout.parts("- !!! note\n\n  a")[0];
        assert_eq!((part.text.text.as_ref(), part.marks.get(&2)), ("- <!---->\n  a", Some(&0)));
        assert_eq!(part.text.source(0..1), 0..1);
    }

    #[test]
    fn a_hidden_break_joins_lines() {
        let layout = Layout::new(vec![vec![Stretch::Line(4..6), Stretch::Line(10..12)]], Vec::new());
        assert_eq!(layout.parts("    $xxxxxx$\n")[0].text.text, "$xxxxxx$");
        assert_eq!(layout.parts("    $\n    x\n")[0].text.text, "$\nx\n");
    }
}
