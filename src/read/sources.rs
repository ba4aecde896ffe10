//! What [`read`](super::read) yields: the whole input of a build as values.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Config, Ledger, PictureSize, SitePath};
use crate::diagnostic::Place;

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
    /// Its text; empty if it could not be read, or is not text.
    pub text: String,
    /// Whether the file could not be read as it is. A diagnostic says why, and nothing that is missing from the text is
    /// the author's mistake.
    pub is_damaged: bool,
    /// Of a notebook, which cell each stretch of the text comes from, by place; empty for any other essay.
    pub cells: Vec<CellStretch>,
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
    /// Whether what stands at byte `at` of the text is its author's.
    pub fn wording(&self, at: usize) -> Wording {
        let next = self.cells.partition_point(|stretch| stretch.start <= at);
        let stretch = next.checked_sub(1).and_then(|position| self.cells.get(position));
        stretch.map_or(Wording::Authors, |stretch| stretch.wording)
    }

    /// The place of `span`, in bytes of the text, for a diagnostic to label. In a notebook its lines are those of the
    /// cell.
    pub fn place(&self, span: Range<usize>) -> Place {
        let next = self.cells.partition_point(|stretch| stretch.start <= span.start);
        let Some(stretch) = next.checked_sub(1).and_then(|position| self.cells.get(position)) else {
            return Place::new(&self.shown, &self.text, span, "");
        };
        let end = self.cells.get(next).map_or(self.text.len(), |next| next.start);
        let within = match self.text.get(stretch.start..end).filter(|_| stretch.wording == Wording::Authors) {
            Some(text) => {
                let (start, end) = (span.start - stretch.start, span.end.min(end).saturating_sub(stretch.start));
                Place::new(&self.shown, text, start..end.max(start), "")
            }
            None => Place::file(&self.shown),
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
    pub file: PathBuf,
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
