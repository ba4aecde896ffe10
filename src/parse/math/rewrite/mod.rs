//! Turns the TeX that authors write into the TeX that the typesetter knows: macros expanded, equations numbered,
//! labels and references taken out, commands and environments that it lacks replaced by those that it has.

mod apply;
mod between;
mod colour;
mod commands;
mod diagram;
mod dots;
mod environments;
pub mod macros;
mod operators;
pub mod packages;
mod proof;
mod reader;
mod rows;

use std::ops::Range;

use self::environments::Environment;
use self::macros::{Macros, Unexpanded, ends_with_command};
use self::reader::name_end;
use self::rows::Pending;
use super::limits::{DEEPEST, LONGEST};
use super::mapped::{Mapped, Mapping};
use super::{MathError, problem};

/// A formula as the typesetter reads it, and what stands in it that is not its business. Spans are in bytes of the TeX
/// that was rewritten.
#[derive(Debug)]
pub struct Rewritten {
    /// The TeX.
    pub tex: Mapped<'static>,
    /// Its rows with a number or a label. Row n bears the tag `0` and the label `essai.n` in `tex`.
    pub rows: Vec<Row>,
    /// References to labels. Reference n stands in `tex` as text: n between [`MARK`]s.
    pub references: Vec<Reference>,
    /// Elements that the typesetter lacks. Element n stands in `tex` as a row of the colour [`colour_of`]`(n)`.
    pub elements: Vec<Element>,
}

impl Rewritten {
    /// Whether nothing is left of it: all that it holds is definitions.
    pub fn shows_nothing(&self) -> bool {
        self.tex.text.trim().is_empty() && self.rows.is_empty()
    }
}

/// What encloses the number of a reference.
pub const MARK: char = '\u{F8FF}';

/// The colour that stands for element `number`, as three numbers up to 255.
pub fn colour_of(number: usize) -> [usize; 3] {
    [254, 1 + (number >> 8) % 255, number & 255]
}

/// A row of an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is printed beside it: its number, or its tag as TeX.
    pub tag: Option<Tag>,
    /// Its label.
    pub label: Option<(String, Range<usize>)>,
}

/// What is printed beside an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// A number, in parentheses.
    Number(usize),
    /// `\tag{…}`: TeX, in parentheses.
    Text(String),
    /// `\tag*{…}`: TeX.
    Bare(String),
}

/// A reference to a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The label.
    pub label: String,
    /// Where it is.
    pub span: Range<usize>,
    /// Whether the number stands in parentheses (`\eqref`).
    pub in_parentheses: bool,
}

/// What is put in place of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// Another element.
    Tags {
        /// Its opening tag.
        open: String,
        /// Its closing tag.
        close: &'static str,
    },
    /// The table that is all that the row holds, with this style besides its own.
    Table(&'static str),
    /// A row of the table around it, which the content has for itself.
    Row,
}

/// How a formula stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// In a sentence.
    Inline,
    /// On lines of its own.
    Block,
}

/// Rewrites `tex`. Definitions in it are added to `macros`; `counter` is the number of the last equation before it, and
/// after it that of its last.
///
/// # Errors
/// If an environment, an argument or a definition is not as it should be.
pub fn rewrite(tex: &str, display: Display, macros: &mut Macros, counter: &mut usize) -> Result<Rewritten, MathError> {
    let mut rewriter = Rewriter {
        display,
        macros,
        counter,
        out: Mapping::default(),
        levels: Vec::new(),
        root: Pending::default(),
        root_has_rows: false,
        root_has_cells: false,
        root_cell: Cell::default(),
        operator: None,
        calls: 0,
        depth: 0,
        rewritten: Rewritten {
            tex: Mapped::verbatim("", 0),
            rows: Vec::new(),
            references: Vec::new(),
            elements: Vec::new(),
        },
    };
    rewriter.run(tex, &Origin::Source(0))?;
    rewriter.finish(tex.len())
}

/// Where the text that is being read comes from.
#[derive(Debug, Clone)]
enum Origin {
    /// From the source, at this byte.
    Source(usize),
    /// From a macro that was called at this place of the source.
    Call(Range<usize>),
}

impl Origin {
    fn span(&self, range: Range<usize>) -> Range<usize> {
        match self {
            Self::Source(start) => start + range.start..start + range.end,
            Self::Call(span) => span.clone(),
        }
    }

    /// The origin of the text that begins `at` bytes later.
    fn after(&self, at: usize) -> Self {
        match self {
            Self::Source(start) => Self::Source(start + at),
            Self::Call(span) => Self::Call(span.clone()),
        }
    }
}

/// What is open.
#[derive(Debug)]
enum Level {
    /// `{`.
    Group,
    /// `\left`.
    Fence(Range<usize>),
    /// The argument of a command that takes rows, such as `\substack`.
    Rows(Cell),
    /// `\begin`.
    Environment(Box<Open>),
}

/// What has been put around the cell of a table, since the typesetter lets commands such as `\displaystyle` and `\over`
/// reach beyond it.
#[derive(Debug, Default)]
struct Cell {
    /// Where it begins in `out`.
    start: usize,
    /// Groups that must be closed at its end.
    groups: usize,
}

#[derive(Debug)]
struct Open {
    name: String,
    span: Range<usize>,
    environment: &'static Environment,
    is_numbered: bool,
    end: &'static str,
    close: &'static str,
    /// Where it begins in `out`.
    start: usize,
    /// The rule under its last row.
    bottom: Option<&'static str>,
    pending: Pending,
    ampersands: usize,
    cell: Cell,
}

struct Rewriter<'m> {
    display: Display,
    macros: &'m mut Macros,
    counter: &'m mut usize,
    out: Mapping,
    levels: Vec<Level>,
    root: Pending,
    root_has_rows: bool,
    root_has_cells: bool,
    root_cell: Cell,
    /// Where the last `\operatorname` stands in `out`, and where its argument ends.
    operator: Option<Range<usize>>,
    calls: usize,
    depth: usize,
    rewritten: Rewritten,
}

impl Rewriter<'_> {
    /// Reads `text` from start to end.
    fn run(&mut self, text: &str, origin: &Origin) -> Result<(), MathError> {
        self.depth += 1;
        if self.depth > DEEPEST + 1 {
            return Err(problem::too_deep(origin.span(0..text.len()), DEEPEST));
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let plain = bytes[at..].iter().position(|byte| b"\\{}%&".contains(byte)).unwrap_or(text.len() - at);
            self.copy(text, at..at + plain, origin);
            at += plain;
            match bytes.get(at) {
                None => {}
                Some(b'\\') => at = self.command(text, at, origin)?,
                Some(b'%') => {
                    let end = at + bytes[at..].iter().position(|byte| *byte == b'\n').unwrap_or(text.len() - at);
                    self.out.put(" ", origin.span(at..end));
                    at = end;
                }
                Some(b'&') => {
                    self.ampersand(text, at, origin)?;
                    at += 1;
                }
                Some(byte) => {
                    self.brace(*byte);
                    self.copy(text, at..at + 1, origin);
                    at += 1;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn brace(&mut self, byte: u8) {
        if byte == b'{' {
            self.levels.push(Level::Group);
        } else if matches!(self.levels.last(), Some(Level::Group)) {
            self.levels.pop();
        }
    }

    fn copy(&mut self, text: &str, range: Range<usize>, origin: &Origin) {
        match origin {
            Origin::Source(start) => self.out.copy(&text[range.clone()], start + range.start),
            Origin::Call(span) => self.out.put(&text[range], span.clone()),
        }
    }

    /// Appends `text` in place of what stands at `span` of the source.
    fn put(&mut self, text: &str, span: Range<usize>) {
        if text.starts_with(|next: char| next.is_ascii_alphabetic()) && ends_with_command(self.out.text()) {
            self.out.put(" ", span.clone());
        }
        self.out.put(text, span);
    }

    /// The command at `at`; the byte after what was read.
    fn command(&mut self, text: &str, at: usize, origin: &Origin) -> Result<usize, MathError> {
        let end = name_end(text, at + 1);
        let name = &text[at + 1..end];
        if let Some(primitive) = self.macros.primitive(name).filter(|name| commands::rule(name).is_none()) {
            let command = format!("\\{primitive}");
            self.put(&command, origin.span(at..end));
            return Ok(end);
        }
        match self.macros.expand(name, text, end) {
            Ok((expanded, end)) => return self.call(name, &expanded, end, origin.span(at..end)),
            Err(Unexpanded::Lacking) => return Err(problem::missing_argument(origin.span(at..end), name)),
            Err(Unexpanded::Unknown) => {}
        }
        if name.starts_with(['\n', '\t']) {
            self.out.put(r"\ ", origin.span(at..end));
            return Ok(end);
        }
        let Some(rule) = commands::rule(name) else {
            if let Some(end) = self.packaged(text, at..end, origin)? {
                return Ok(end);
            }
            self.copy(text, at..end, origin);
            // The typesetter would take the star for a part of the name.
            if text[end..].starts_with('*') && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                let is_spacing = name == "mspace";
                if !is_spacing {
                    self.out.put(" ", origin.span(at..end));
                }
                return Ok(end + usize::from(is_spacing));
            }
            return Ok(end);
        };
        self.apply(rule, text, at..end, origin)
    }

    /// Reads what the macro `name`, called at `span`, stands for; its call ends at `end`.
    fn call(&mut self, name: &str, expanded: &str, end: usize, span: Range<usize>) -> Result<usize, MathError> {
        self.calls += 1;
        let length = self.out.text().len() + expanded.len();
        if self.depth >= DEEPEST || self.calls > MOST_CALLS || length > LONGEST {
            return Err(problem::endless_macro(span, name));
        }
        self.run(expanded, &Origin::Call(span.clone()))?;
        if ends_with_command(self.out.text()) {
            self.out.put(" ", span);
        }
        Ok(end)
    }
}

/// How often macros may be called in one formula.
const MOST_CALLS: usize = 10_000;
