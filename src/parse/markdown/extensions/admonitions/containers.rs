//! The items of lists and the quotations of a text, and which of the letters of a line are theirs.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// Columns that a tab goes on to a multiple of (CommonMark 0.31, section 2.2).
const TAB: usize = 4;

/// The containers of a text, in order of place.
#[derive(Debug)]
pub struct Containers<'t> {
    text: &'t str,
    found: Vec<Container>,
    /// Those that are not ended yet, the outermost first.
    open: Vec<usize>,
}

#[derive(Debug)]
struct Container {
    kind: Kind,
    /// Bytes of the text.
    range: Range<usize>,
    outer: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Quotation,
    /// An item of a list, or a definition: the byte of its mark, and the column at which its text begins.
    Item(usize, usize),
    /// What nothing is looked for in.
    Note,
}

/// What a line has after what is its containers'.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Position {
    /// Byte of the line at which it begins, without the space before it.
    pub byte: usize,
    /// Column of that byte.
    pub column: usize,
    /// Column at which it could begin.
    pub base: usize,
}

impl Position {
    /// Columns of space in front of it.
    pub fn indentation(&self) -> usize {
        self.column.saturating_sub(self.base)
    }

    /// The byte of `line`, whose position this is, at which its text begins if `indentation` is not of it.
    pub fn cut(&self, line: &str, indentation: usize) -> usize {
        let mut cursor = Cursor::new(line.as_bytes());
        while cursor.byte < self.byte && cursor.column < self.base + indentation {
            cursor.step();
        }
        cursor.byte
    }
}

impl<'t> Containers<'t> {
    /// Those of `text`, before any of its events is seen.
    pub fn new(text: &'t str) -> Self {
        Self { text, found: Vec::new(), open: Vec::new() }
    }

    /// Takes the next event of the text into account, and where it stands.
    pub fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let kind = match event {
            Event::Start(Tag::BlockQuote(_)) => Kind::Quotation,
            Event::Start(Tag::Item | Tag::DefinitionListDefinition) => self.item(range.start),
            Event::Start(Tag::FootnoteDefinition(_)) => Kind::Note,
            Event::End(
                TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition | TagEnd::FootnoteDefinition,
            ) => {
                self.open.pop();
                return;
            }
            _ => return,
        };
        self.found.push(Container { kind, range: range.clone(), outer: self.open.last().copied() });
        self.open.push(self.found.len() - 1);
    }

    /// The item that begins at byte `start`, or with the space there.
    fn item(&self, start: usize) -> Kind {
        let bytes = self.text.as_bytes();
        let space = bytes.iter().skip(start).take_while(|byte| byte.is_ascii_whitespace()).count();
        let mark = start + space;
        let line = bytes[..mark.min(bytes.len())].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        // A definition needs no space after its colon; lines of more colons are not one's first.
        if bytes.get(mark..mark + 2) == Some(b"::") {
            return Kind::Note;
        }
        let mut cursor = Cursor::new(bytes.get(line..).unwrap_or_default());
        cursor.go(mark - line);
        Kind::Item(mark, cursor.after_mark())
    }

    /// The containers that `line`, which begins at byte `start` of the text, begins or goes on with, the outermost first.
    pub fn of(&self, line: &str, start: usize) -> Vec<usize> {
        let last = start + line.trim_end().len().saturating_sub(1);
        let mut next = self.found.partition_point(|container| container.range.start <= last).checked_sub(1);
        let mut containers = Vec::new();
        while let Some((number, container)) = next.and_then(|number| Some((number, self.found.get(number)?))) {
            if container.range.contains(&last) {
                containers.push(number);
            }
            next = container.outer;
        }
        containers.reverse();
        // The rest of a paragraph may stand outside of what the paragraph stands in.
        containers.truncate(self.walk(line, start, &containers).0);
        containers
    }

    /// What `line`, which begins at byte `start` of the text, has in `containers`; `None` if it is not in all of them. A blank
    /// line is in every item.
    pub fn within(&self, line: &str, start: usize, containers: &[usize]) -> Option<Position> {
        let (count, position) = self.walk(line, start, containers);
        (count == containers.len()).then_some(position)
    }

    /// How many of `containers` the line is in, and what it has in those.
    fn walk(&self, line: &str, start: usize, containers: &[usize]) -> (usize, Position) {
        let mut cursor = Cursor::new(line.as_bytes());
        let (mut count, mut base) = (0, 0);
        for container in containers.iter().filter_map(|number| self.found.get(*number)) {
            let Some(inside) = cursor.enter(container.kind, start, base) else { break };
            (count, base) = (count + 1, inside);
        }
        cursor.skip(usize::MAX);
        (count, Position { byte: cursor.byte, column: cursor.column, base })
    }
}

/// Goes over the bytes of a line and counts columns.
struct Cursor<'l> {
    line: &'l [u8],
    byte: usize,
    column: usize,
}

impl<'l> Cursor<'l> {
    fn new(line: &'l [u8]) -> Self {
        Self { line, byte: 0, column: 0 }
    }

    fn next(&self) -> Option<u8> {
        self.line.get(self.byte).copied()
    }

    /// The column after the next byte.
    fn next_column(&self) -> usize {
        if self.next() == Some(b'\t') { self.column / TAB * TAB + TAB } else { self.column + 1 }
    }

    fn step(&mut self) {
        (self.column, self.byte) = (self.next_column(), self.byte + 1);
    }

    /// Goes to the byte at `byte`.
    fn go(&mut self, byte: usize) {
        while self.byte < byte {
            self.step();
        }
    }

    /// Goes over space, not beyond `column`.
    fn skip(&mut self, column: usize) {
        while matches!(self.next(), Some(b' ' | b'\t')) && self.next_column() <= column {
            self.step();
        }
    }

    /// Goes over what is a container's, in the line that begins at byte `start` of the text and whose other containers end at
    /// column `base`; the column at which the container's text begins, if the line is in it.
    fn enter(&mut self, kind: Kind, start: usize, base: usize) -> Option<usize> {
        match kind {
            Kind::Quotation => self.quotation(base),
            Kind::Item(mark, _) if (start..start + self.line.len()).contains(&mark) => {
                self.go(mark - start);
                Some(self.after_mark())
            }
            Kind::Item(_, content) => {
                self.skip(content);
                let is_inside = self.column >= content || self.next().is_none_or(|byte| byte.is_ascii_whitespace());
                is_inside.then_some(content)
            }
            Kind::Note => None,
        }
    }

    /// Goes over the mark of a quotation that may be indented from column `base` on; the column at which its text begins.
    fn quotation(&mut self, base: usize) -> Option<usize> {
        self.skip(usize::MAX);
        if self.next() != Some(b'>') || self.column > base + 3 {
            return None;
        }
        self.step();
        let has_space = matches!(self.next(), Some(b' ' | b'\t'));
        let content = self.column + usize::from(has_space);
        self.skip(content);
        Some(content)
    }

    /// Goes over the mark of an item and the space that belongs to it; the column at which its text begins.
    fn after_mark(&mut self) -> usize {
        while self.next().is_some_and(|byte| byte.is_ascii_digit()) {
            self.step();
        }
        self.step();
        let (byte, column) = (self.byte, self.column);
        self.skip(usize::MAX);
        let is_blank = self.next().is_none_or(|byte| byte.is_ascii_whitespace());
        let is_code = self.column > column + TAB;
        let content = if is_blank || is_code { column + 1 } else { self.column };
        (self.byte, self.column) = (byte, column);
        self.skip(content);
        content
    }
}
