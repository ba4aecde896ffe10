//! What [`read`](super::read) yields: the whole input of a build as values.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use super::text::read_text;
use super::{Config, Ledger, PictureSize, SitePath};
use crate::diagnostic::{Lines, Place};

/// Everything that a build is made from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// `essai.yaml` with the command line's settings laid over it.
    pub config: Config,
    /// The essays, by path.
    pub essays: Vec<Arc<Source>>,
    /// Every other file under `content/`, by path.
    pub assets: Arc<Vec<Asset>>,
    /// Templates and files of the theme: the built-in ones, with the user's of the same name in their place.
    pub theme: Theme,
    /// What counts as published.
    pub publication: Publication,
    /// Every address and anchor that was published before.
    pub ledger: Arc<Ledger>,
}

/// Which essays are out: decided once, when the sources are read, so that no later stage asks the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    /// The day of the build (UTC), or of `SOURCE_DATE_EPOCH`. Essays dated after it wait.
    pub today: Date,
    /// Whether drafts are built too (`--drafts`).
    pub drafts: bool,
    /// Whether essays dated in the future are built too (`--future`).
    pub future: bool,
}

/// The text of one essay as it stands on disk, without a byte-order mark. Line breaks are as the author has them. Of a
/// notebook it is JSON at first; parsing puts the Markdown that the cells amount to in its place, and `cells` beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it is in `content/`.
    pub path: SitePath,
    /// The file as shown to the author: `content/a/b.md`.
    pub shown: Arc<str>,
    /// Its text; empty if it could not be read, or is not text, or was let go.
    pub text: String,
    /// Whether the file could not be read as it is. A diagnostic says why, and nothing that is missing from the text is
    /// the author's mistake.
    pub is_damaged: bool,
    /// Of a notebook, which cell each stretch of the text comes from, by place; empty for any other essay.
    pub cells: Vec<CellStretch>,
    /// The file that holds the text as it is, if one does.
    pub backing: Option<Backing>,
    /// Where the lines of the text begin, once it is asked.
    pub lines: Lines,
}

/// A file from which a text that was let go can be had again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backing {
    file: PathBuf,
    /// The hash of the text, once it was let go.
    let_go: Option<u64>,
    /// The text, once it was read again.
    again: OnceLock<String>,
}

impl Backing {
    /// The file at `file`.
    pub fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), let_go: None, again: OnceLock::new() }
    }
}

/// A stretch of a notebook's text, up to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellStretch {
    /// Byte of the text at which it begins.
    pub start: usize,
    /// The cell that it comes from, counted from 1; `None` for the notebook's metadata.
    pub cell: Option<usize>,
    /// Whether its author sees it.
    pub wording: Wording,
}

/// Whether a stretch of a notebook's text is what an author sees in the notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// It is the text of the cell, from its first line on.
    Authors,
    /// It stands for something else, such as an output: of a mistake in it, only the cell is named.
    Essais,
}

impl Source {
    /// The essay that `text` is, at `path` of `content/`, and in no file.
    pub fn new(path: SitePath, text: impl Into<String>) -> Self {
        Self {
            shown: format!("content/{path}").into(),
            path,
            text: text.into(),
            is_damaged: false,
            cells: Vec::new(),
            backing: None,
            lines: Lines::default(),
        }
    }

    /// Lets the text go, if it can be read again: [`place`](Self::place) and [`whole_text`](Self::whole_text) do so where
    /// somebody asks.
    pub fn let_go(&mut self) {
        if let Some(backing) = &mut self.backing {
            backing.let_go = Some(xxh3_64(self.text.as_bytes()));
            self.text = String::new();
        }
    }

    /// The text, read again if it was let go; empty if its file is another meanwhile.
    pub fn whole_text(&self) -> &str {
        match &self.backing {
            Some(Backing { file, let_go: Some(hash), again }) => again.get_or_init(|| {
                let (text, _) = read_text(file, &self.shown);
                if xxh3_64(text.as_bytes()) == *hash { text } else { String::new() }
            }),
            _ => &self.text,
        }
    }

    /// Whether what stands at byte `at` of the text is its author's.
    pub fn wording(&self, at: usize) -> Wording {
        let next = self.cells.partition_point(|stretch| stretch.start <= at);
        let stretch = next.checked_sub(1).and_then(|position| self.cells.get(position));
        stretch.map_or(Wording::Authors, |stretch| stretch.wording)
    }

    /// The place of `span`, in bytes of the text, for a diagnostic to label. In a notebook its lines are those of the
    /// cell.
    pub fn place(&self, span: Range<usize>) -> Place {
        let text = self.whole_text();
        if span.end > text.len() {
            return Place::file(&self.shown);
        }
        let next = self.cells.partition_point(|stretch| stretch.start <= span.start);
        let Some(stretch) = next.checked_sub(1).and_then(|position| self.cells.get(position)) else {
            return self.lines.place(&self.shown, text, span);
        };
        let end = self.cells.get(next).map_or(text.len(), |next| next.start);
        let within = match stretch.wording {
            Wording::Authors => self.lines.place_within(&self.shown, text, stretch.start..end, span),
            Wording::Essais => Place::file(&self.shown),
        };
        Place { cell: stretch.cell, ..within }
    }
}

/// A file that is copied as it is. Of its bytes only the size of a picture is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it is in `content/` or in `static/`, and so in the output.
    pub path: SitePath,
    /// Where it is on disk.
    pub file: Arc<Path>,
    /// Its width and height, if it is a picture that says them.
    pub size: Option<PictureSize>,
}

/// Templates and static files.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// By name, each name once.
    pub templates: Vec<Template>,
    /// By path, each path once.
    pub files: Vec<ThemeFile>,
}

/// One Tera template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The name by which templates extend and include it: `essay.html`.
    pub name: String,
    /// The file as shown to the author: `templates/essay.html`, or `essay.html (built in)`.
    pub shown: String,
    /// Its text.
    pub text: Cow<'static, str>,
}

/// A file that goes to the top of the output as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Where it goes.
    pub path: SitePath,
    /// Where it comes from.
    pub bytes: ThemeBytes,
}

/// Where a theme's file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeBytes {
    /// It is part of the binary.
    BuiltIn(&'static [u8]),
    /// It is the user's.
    Disk(PathBuf),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_text_that_was_let_go_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        let source = |written: &str| {
            std::fs::write(&file, written).unwrap();
            let (text, _) = read_text(&file, "content/a.md");
            let backing = Some(Backing::new(&file));
            let path = SitePath::new("a.md").unwrap();
            let mut source = Source { backing, ..Source::new(path, text) };
            let held = source.place(5..6);
            source.let_go();
            assert_eq!(source.text, "");
            (source, held)
        };
        let (gone, held) = source("\u{feff}one\ntwo");
        assert_eq!((gone.place(5..6), gone.whole_text()), (held, "one\ntwo"));
        assert_eq!((gone.place(5..6).line, gone.place(5..6).column), (2, 2));
        let (gone, _) = source("one\ntwo");
        std::fs::write(&file, "one\nTWO").unwrap();
        assert_eq!((gone.place(5..6), gone.whole_text()), (Place::file("content/a.md"), ""));
    }
}
