//! The third stage: essays become a [`Site`].
//!
//! The only stage that sees more than one essay. It decides which are published, gives each its address, resolves
//! every reference, and derives backlinks, series, keywords and related essays. No HTML is made here.

pub mod names;
mod site;

pub use names::{Miss, Names, Resolved};
pub use site::{Backlink, CopiedFile, EssayId, Keyword, Origin, Part, Redirect, Series, Site, Target};

use crate::diagnostic::Found;
use crate::parse::Essay;
use crate::read::{Asset, Config, Publication, ThemeFile};

/// What [`link`] is given beside the essays.
#[derive(Debug)]
pub struct Surroundings {
    /// The configuration.
    pub config: Config,
    /// Files of `content/` that are not essays.
    pub assets: Vec<Asset>,
    /// Files of the theme.
    pub theme_files: Vec<ThemeFile>,
    /// What counts as published.
    pub publication: Publication,
}

/// Links the essays, which come by path, into a site. The diagnostics are those of the published essays and of links.
pub fn link(essays: Vec<Found<Essay>>, surroundings: Surroundings) -> Found<Site> {
    let _ = (essays, surroundings);
    todo!()
}
