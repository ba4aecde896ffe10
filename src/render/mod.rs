//! The fourth stage: a [`Site`] becomes [`Output`]s, one per file, each a pure function of the site.

use std::path::PathBuf;

use rayon::prelude::*;

use crate::diagnostic::Found;
use crate::link::Site;
use crate::read::{SitePath, Theme};

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it goes.
    pub address: SitePath,
    /// What it holds.
    pub content: Content,
    /// When it is put in place: a reader never sees a page before what it needs.
    pub turn: Turn,
}

/// What a file of the output holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes, which are part of the binary.
    BuiltIn(&'static [u8]),
    /// The bytes of a file on disk, which is never read whole.
    Copy(PathBuf),
}

/// When a file is put in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// First: pictures, styles.
    Asset,
    /// Then: essays.
    Page,
    /// Last: what lists pages; the index, keyword pages, feed and sitemap.
    List,
}

/// The theme's templates, parsed once for all pages.
#[derive(Debug)]
pub struct Templates {
    _tera: tera::Tera,
}

/// Parses the templates of `theme` and gives them what the whole site shares.
pub fn templates(theme: &Theme, site: &Site) -> Found<Templates> {
    let _ = (theme, site);
    todo!()
}

/// Renders every file of the site, in parallel and as they are asked for, so that no more than a few are in memory.
/// The order is fixed.
pub fn render<'a>(site: &'a Site, templates: &'a Templates) -> impl IndexedParallelIterator<Item = Found<Output>> + 'a {
    let _ = (site, templates);
    Vec::new().into_par_iter()
}
