//! What Markdown alone sees in lines: code, raw HTML, and what they stand in.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::containers::{Containers, Position};

/// Lines, and what Markdown alone sees in them.
pub struct Structure<'t> {
    /// The lines one after the other.
    text: &'t str,
    /// Where each begins.
    starts: Vec<usize>,
    containers: Containers<'t>,
    /// Code and raw HTML in order of place, and whether each keeps even a line of colons from closing anything.
    blocks: Vec<(Range<usize>, bool)>,
}

/// Where the text of a line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the line stands in.
    pub containers: Vec<usize>,
    /// What it has in them.
    pub position: Position,
}

impl<'t> Structure<'t> {
    /// Reads `text` with `options`.
    pub fn of(text: &'t str, options: Options) -> Self {
        let starts = super::lines(text).map(|line| line.start).collect();
        let mut containers = Containers::new(text);
        let mut blocks = Vec::new();
        for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
            containers.see(&event, &range);
            match event {
                Event::Start(Tag::CodeBlock(_)) => blocks.push((range, true)),
                Event::End(TagEnd::HtmlBlock) => {
                    let html = text[range.clone()].trim_start().to_ascii_lowercase();
                    let is_whole = ["<!--", "<pre", "<script", "<style", "<textarea"];
                    blocks.push((range, is_whole.iter().any(|start| html.starts_with(start))));
                }
                _ => {}
            }
        }
        Self { text, starts, containers, blocks }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Whether line `index` is in `containers` and has nothing there.
    pub fn is_blank(&self, index: usize, containers: &[usize]) -> bool {
        let position = self.within(index, containers);
        position.is_some_and(|position| self.line(index)[position.byte..].trim().is_empty())
    }

    /// Line `index` with its break.
    pub fn line(&self, index: usize) -> &'t str {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.text.len());
        &self.text[self.start(index)..end]
    }

    fn start(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// Where the text of line `index` stands.
    pub fn place(&self, index: usize) -> Place {
        let (line, start) = (self.line(index), self.start(index));
        let containers = self.containers.of(line, start);
        let position = self.containers.within(line, start, &containers).unwrap_or_default();
        Place { containers, position }
    }

    /// What line `index` has in `containers`; `None` if it is not in all of them.
    pub fn within(&self, index: usize, containers: &[usize]) -> Option<Position> {
        self.containers.within(self.line(index), self.start(index), containers)
    }

    /// The lines of the fenced code that begins at byte `byte` of line `index`.
    pub fn fenced(&self, index: usize, byte: usize) -> Option<Range<usize>> {
        let at = self.start(index) + byte;
        let block = self.blocks.binary_search_by_key(&at, |(range, _)| range.start).ok()?;
        let (range, _) = self.blocks.get(block)?;
        Some(index..self.starts.partition_point(|start| *start < range.end))
    }

    fn block(&self, at: usize) -> Option<bool> {
        let after = self.blocks.partition_point(|(range, _)| range.start <= at);
        let (range, is_whole) = self.blocks.get(after.checked_sub(1)?)?;
        range.contains(&at).then_some(*is_whole)
    }

    /// Whether byte `byte` of line `index` stands in neither code nor raw HTML.
    pub fn is_text(&self, index: usize, byte: usize) -> bool {
        self.block(self.start(index) + byte).is_none()
    }

    /// Whether byte `byte` of line `index` stands in code, or in HTML that only its own end ends.
    pub fn is_code(&self, index: usize, byte: usize) -> bool {
        self.block(self.start(index) + byte) == Some(true)
    }
}
