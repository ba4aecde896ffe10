//! The text that a notebook amounts to, put together piece by piece.

use std::ops::Range;

use super::inserts::{Attachment, Insert, Inserts};
use super::unclosed;
use crate::parse::{MadeFile, ParseConfig};
use crate::read::{CellStretch, PictureSize, SitePath, Source, Wording};

/// A text in the making, with what belongs to it.
#[derive(Debug)]
pub struct Composer<'a> {
    /// The notebook's path.
    path: &'a SitePath,
    /// What the configuration says of Markdown.
    config: &'a ParseConfig,
    /// The cell that is being written, counted from 1; `None` for the metadata.
    pub cell: Option<usize>,
    /// The text.
    pub text: String,
    /// Where each stretch of it comes from.
    pub stretches: Vec<CellStretch>,
    /// What its marks stand for.
    pub inserts: Inserts,
    /// The files that were made.
    pub made_files: Vec<MadeFile>,
    /// Pictures of the cell that is being written.
    pictures: usize,
    last: Last,
}

/// What stands at the end of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing, or the header.
    Nothing,
    /// Markdown, which the next Markdown would run into.
    Markdown,
    /// A mark.
    Mark,
}

impl<'a> Composer<'a> {
    /// An empty text for the notebook that `source` is.
    pub fn new(source: &'a Source, config: &'a ParseConfig) -> Self {
        // A mark must not be what an author has written.
        let mut name = "cell".to_owned();
        while source.text.contains(&format!("<!--{name}:")) {
            name.push('s');
        }
        Self {
            path: &source.path,
            config,
            cell: None,
            text: String::new(),
            stretches: Vec::new(),
            inserts: Inserts { mark: format!("<!--{name}:"), ..Inserts::default() },
            made_files: Vec::new(),
            pictures: 0,
            last: Last::Nothing,
        }
    }

    /// Goes on to the next cell.
    pub fn begin(&mut self, cell: usize) {
        self.cell = Some(cell);
        self.pictures = 0;
    }

    /// Writes the header, which is what an author wrote in a cell, or what stands for the metadata.
    pub fn header(&mut self, header: &str, wording: Wording) {
        self.stretch(wording);
        self.text.push_str(header);
        self.text.push_str("\n\n");
    }

    /// Says that what was written is all header: nothing can run into it.
    pub fn end_header(&mut self) {
        self.last = Last::Nothing;
    }

    /// Writes Markdown that the author wrote in a cell, from its first line on. Returns the bytes that hold it.
    pub fn markdown(&mut self, markdown: &str) -> Range<usize> {
        let range = self.any_markdown(markdown, Wording::Authors);
        self.inserts.markdown_cells.push(range.clone());
        range
    }

    /// Writes Markdown that a program wrote.
    pub fn output_markdown(&mut self, markdown: &str) {
        self.any_markdown(markdown, Wording::Essais);
    }

    fn any_markdown(&mut self, markdown: &str, wording: Wording) -> Range<usize> {
        if self.last == Last::Markdown && !markdown.trim().is_empty() {
            self.insert(Insert::Frame(String::new()));
        }
        self.stretch(wording);
        let start = self.text.len();
        self.text.push_str(markdown);
        let range = start..self.text.len();
        if let Some(closer) = unclosed::closer(markdown, self.config) {
            self.text.push('\n');
            self.text.push_str(&closer);
        }
        self.text.push_str("\n\n");
        if !markdown.trim().is_empty() {
            self.last = Last::Markdown;
        }
        range
    }

    /// Writes the code of a cell.
    pub fn code(&mut self, code: &str, language: &str) {
        let longest = code.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.stretch(Wording::Essais);
        self.text.push_str(&format!("{fence}{language}\n"));
        self.stretch(Wording::Authors);
        self.text.push_str(code);
        self.stretch(Wording::Essais);
        self.text.push_str(&format!("\n{fence}\n\n"));
        self.last = Last::Markdown;
    }

    /// Puts something in that is not Markdown.
    pub fn insert(&mut self, insert: Insert) {
        if self.last == Last::Mark
            && let Some(group) = self.inserts.groups.last_mut()
        {
            group.push(insert);
            return;
        }
        self.stretch(Wording::Essais);
        self.text.push_str(&self.inserts.mark(self.inserts.groups.len()));
        self.text.push_str("\n\n");
        self.inserts.groups.push(vec![insert]);
        self.last = Last::Mark;
    }

    /// Makes a file of a picture of the cell; returns the reference to it.
    pub fn file(&mut self, bytes: Vec<u8>, extension: &str) -> Option<String> {
        self.pictures += 1;
        let (cell, number) = (self.cell.unwrap_or_default(), self.pictures);
        let name = format!("{}_files/cell-{cell}-{number}.{extension}", self.path.stem());
        let path = SitePath::join(self.path.folder(), &name)?;
        let destination = format!("/{}", path.encoded());
        let size = PictureSize::of_bytes(&bytes, extension);
        let at = self.text.len();
        self.made_files.push(MadeFile { path, bytes, size, span: at..at });
        Some(destination)
    }

    /// Notes that `destination` is the file of the attachment `name` of the cell at `cell` of the text.
    pub fn attachment(&mut self, cell: Range<usize>, name: &str, destination: String) {
        self.inserts.attachments.push(Attachment { cell, name: name.to_owned(), destination });
    }

    fn stretch(&mut self, wording: Wording) {
        self.stretches.push(CellStretch { start: self.text.len(), cell: self.cell, wording });
    }
}
