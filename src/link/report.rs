//! A miss becomes a diagnostic.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, link as mistake};
use crate::parse::Role;
use crate::read::essays::is_essay;
use crate::read::{Config, Source};

use super::names::{Destination, Miss, Unpublished};

/// A reference as it stands in a file.
#[derive(Debug, Clone)]
pub struct Written<'a> {
    /// What it stands in.
    pub file: WrittenIn<'a>,
    /// Bytes of the file's text that hold the destination.
    pub span: Range<usize>,
    /// The destination, escapes and entities undone.
    pub destination: &'a str,
    /// What refers.
    pub role: Role,
}

/// The file that a reference stands in.
#[derive(Debug, Clone, Copy)]
pub enum WrittenIn<'a> {
    /// An essay.
    Essay(&'a Source),
    /// The configuration.
    Configuration(&'a Config),
}

impl WrittenIn<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Essay(source) => source.whole_text(),
            Self::Configuration(config) => &config.text,
        }
    }

    fn place(&self, span: Range<usize>) -> Place {
        match self {
            Self::Essay(source) => source.place(span),
            Self::Configuration(config) => Place::new(&config.shown, &config.text, span, ""),
        }
    }
}

/// The diagnostic of a reference that leads nowhere. Carets mark its path, or its anchor where only that is wrong.
pub fn report(miss: &Miss, written: &Written<'_>) -> Diagnostic {
    let trimmed = written.destination.trim();
    let destination = Destination::new(trimmed);
    let length =
        if destination.is_template() { trimmed.len() } else { destination.prefix.len() + destination.path.len() };
    let full_path = &trimmed[..length];
    let place = |marked: Range<usize>| written.file.place(marked);
    // Where escapes or entities make the text longer than the destination, the whole is marked.
    let start = written.span.start;
    let is_literal = written.file.text().get(written.span.clone()) == Some(trimmed);
    let of_path = || place(if is_literal { start..start + length } else { written.span.clone() });
    match miss {
        Miss::Empty if written.role == Role::Link => mistake::no_destination(place(written.span.clone())),
        Miss::Empty => mistake::no_file_named(place(written.span.clone())),
        Miss::Nothing { path, nearest } => {
            let names_essay = full_path.rsplit_once('.').is_some_and(|(_, extension)| is_essay(extension));
            let missing = match written.role {
                Role::Resource | Role::NamedResource | Role::HeaderImage => mistake::no_file,
                Role::Link if names_essay => mistake::no_essay,
                Role::Link | Role::Name => mistake::nothing,
            };
            missing(of_path(), full_path, path, nearest.as_deref())
        }
        Miss::Anchor { anchor, page, nearest } => {
            let hash = trimmed.find('#').map_or(0, |hash| hash + 1);
            let is_marked = is_literal && hash > 0;
            let end = trimmed.find(":~:").unwrap_or(trimmed.len()).max(hash);
            let marked = if is_marked { start + hash..start + end } else { written.span.clone() };
            mistake::no_anchor(place(marked), anchor, page, nearest.as_deref())
        }
        Miss::Case { right } => mistake::wrong_case(of_path(), full_path, right),
        Miss::Outside => mistake::leads_out(of_path(), full_path),
        Miss::Unpublished(Unpublished::Draft) => mistake::draft(of_path(), full_path),
        Miss::Unpublished(Unpublished::Future(day)) => mistake::not_yet(of_path(), full_path, &day.to_string()),
    }
}
