//! The first stage: a folder becomes [`Sources`].
//!
//! The only stage that reads content from disk. It decides what is an essay and what is an asset, decodes text, reads
//! `essai.yaml` and lays the user's theme over the built-in one. It never interprets Markdown.

mod config;
mod path;
mod sources;

pub use config::{Addresses, Config, FeedConfig, MarkdownSwitches, NavigationLink};
pub use path::SitePath;
pub use sources::{Asset, Publication, Source, Sources, Template, Theme, ThemeBytes, ThemeFile};

use std::path::PathBuf;

use crate::diagnostic::Found;

/// What the command line asks to be read.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's folder, which holds `content/`.
    pub root: PathBuf,
    /// The configuration file, if it is not `essai.yaml` in `root`.
    pub config: Option<PathBuf>,
    /// The output folder: never read as content, even where it lies inside it.
    pub output: PathBuf,
    /// A base address that overrides the configuration's.
    pub base_url: Option<String>,
    /// What counts as published.
    pub publication: Publication,
}

/// Reads the site at `request.root`.
///
/// What cannot be read is a diagnostic, and the rest is still there: an essay that is not text yields an empty source,
/// so that links to it are not reported too.
pub fn read(request: &Request) -> Found<Sources> {
    let _ = request;
    todo!()
}
