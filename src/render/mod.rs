//! The fourth stage: a [`Site`] becomes [`Output`]s, one per file, each a pure function of the site.

mod address;
pub mod context;
mod feed;
mod hosts;
mod pages;
mod references;
mod search;
mod task;
mod templates;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod theme;
mod turn;

use std::path::PathBuf;

use rayon::prelude::*;

pub use self::hosts::POLICY;
pub use self::task::{Task, one, plan, search};
pub use self::templates::{Templates, templates};
pub use self::turn::Turn;
use crate::diagnostic::Found;
use crate::link::Site;
use crate::read::SitePath;

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it goes.
    pub address: SitePath,
    /// What it holds.
    pub content: Content,
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

/// The address of every page, feed and file of the author's that [`render`] makes; of the theme's own files not all,
/// since what they are called depends on templates.
pub fn addresses(site: &Site) -> Vec<SitePath> {
    task::addresses(site)
}

/// Renders every file of the site, in parallel and as they are asked for, so that no more than a few are in memory. `search` is
/// its index, as [`search()`] makes it.
/// The order is fixed: the index, copied files, essays, then what lists them. A page that cannot be rendered is empty.
pub fn render<'a>(
    site: &'a Site,
    templates: &'a Templates,
    search: Vec<Output>,
) -> impl IndexedParallelIterator<Item = Found<Output>> + 'a {
    let search = search.into_par_iter().map(Found::from);
    search.chain(plan(site, templates).into_par_iter().map(|task| one(site, templates, &task)))
}
