//! Everything that a reference can name, and looking it up.

use std::collections::HashMap;

use crate::read::SitePath;

use super::{EssayId, Target};

/// The names of a site: content paths and output addresses.
#[derive(Debug, Default)]
pub struct Names {
    /// Published essays, assets and folders by their path in `content/`.
    pub(crate) content: HashMap<String, Named>,
    /// Files of the output by their address.
    pub(crate) addresses: HashMap<String, Named>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A published essay.
    Essay(EssayId),
    /// An essay that is a draft or dated in the future.
    Unpublished,
    /// Any other file of the output.
    File(SitePath),
}

/// Where a reference is written, which is what relative destinations are relative to.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The folder in `content/` that relative paths start from, if it is written in content.
    pub folder: Option<&'a str>,
    /// The page of the output that it stands in.
    pub page: &'a SitePath,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// Nothing is there; perhaps this name was meant.
    Nothing {
        /// The path that was looked for, from the top of `content/`.
        path: String,
        /// The nearest name, as the author would write it there.
        nearest: Option<String>,
    },
    /// The page is there and has no such anchor; perhaps this one was meant.
    Anchor {
        /// The anchor that was looked for.
        anchor: String,
        /// The page, as the author would name it.
        page: String,
        /// The nearest anchor.
        nearest: Option<String>,
    },
    /// It is there, in another case.
    Case {
        /// As it is spelt there.
        right: String,
    },
    /// It leads out of the site.
    Outside,
    /// It leads to a draft or to an essay dated in the future.
    Unpublished,
}

/// A reference's result.
pub type Resolved = Result<Target, Miss>;

impl Names {
    /// Where `destination` leads from `from`.
    pub fn resolve(&self, from: Origin<'_>, destination: &str) -> Resolved {
        let (path, suffix) = destination.split_at(destination.find(['?', '#']).unwrap_or(destination.len()));
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let path = decoded.as_ref();
        let folder = from.folder.unwrap_or_else(|| from.page.folder());
        let joined = if path.starts_with('/') { SitePath::new(path) } else { SitePath::join(folder, path) };
        let joined = joined.ok_or(Miss::Outside)?;
        let named = self.addresses.get(joined.as_str()).or_else(|| self.content.get(joined.as_str()));
        match named {
            Some(Named::Essay(id)) => Ok(Target::Essay { id: *id, suffix: suffix.to_owned() }),
            Some(Named::Unpublished) => Err(Miss::Unpublished),
            Some(Named::File(address)) => Ok(Target::File { address: address.clone(), suffix: suffix.to_owned() }),
            None => Err(Miss::Nothing { path: joined.to_string(), nearest: None }),
        }
    }
}
