//! Everything that a reference can name, and looking it up: `resolve` says where a destination leads, `by_name` where a name does,
//! `anchors` whether the place is there, and `explain` why it leads nowhere, for which `index` knows what might have been meant.

mod anchors;
mod by_name;
mod destination;
mod explain;
mod foreign;
mod index;
mod namesakes;
mod resolve;

use std::sync::{Arc, OnceLock};

use hashbrown::HashMap;
use jiff::civil::Date;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::parse::Essay;
use crate::read::{Asset, Config, SitePath};

use super::address::Addressed;
use super::address::claims::Claimant;
use super::{EssayId, Target};
use anchors::Anchors;
use index::{Entry, Index};

pub(super) use destination::Destination;
pub use destination::is_external;

/// The names of a site: content paths and output addresses. They are only looked up, never listed.
#[derive(Debug, Default)]
pub struct Names {
    /// Essays and assets by their path in `content/`.
    content: HashMap<SitePath, Named>,
    /// Folders of `content/` that have a page, by path; `""` is the top.
    folders: HashMap<String, Named>,
    /// Files of the output by their address.
    addresses: HashMap<SitePath, Named>,
    /// Essays by what else they are called (Obsidian), in lower case: their aliases that are no paths.
    other_names: HashMap<String, EssayId>,
    /// Essays by the labels in them; `None` for one that several have.
    labels: HashMap<String, Option<EssayId>>,
    /// Paths of `content/` whose accents are signs of their own, as some systems name files, by the same path composed
    /// (Unicode NFC): there are seldom any.
    decomposed: HashMap<String, String>,
    /// The path of the site's base address, without slashes around: `essays`; empty where it has none.
    base: String,
    /// The anchors of essays that have many: the others' are looked through.
    many_anchors: HashMap<EssayId, Anchors>,
    /// What might have been meant, once somebody asks.
    index: OnceLock<Index>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// A published essay.
    Essay(EssayId),
    /// An essay that waits.
    Unpublished(Unpublished),
    /// Any other file that is copied to the output, at the address of that name.
    File,
    /// A file of the output that Essai makes, at the address of that name.
    Generated,
}

/// Why an essay is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpublished {
    /// Its header says that it is a draft.
    Draft,
    /// It is dated after the day of the build.
    Future(Date),
}

/// Where a reference is written, which is what relative destinations are relative to.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The folder in `content/` that relative paths start from, if it is written in content; `None` in a template.
    pub folder: Option<&'a str>,
    /// The page of the output that it stands in.
    pub page: &'a SitePath,
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Miss {
    /// The destination is empty.
    Empty,
    /// Nothing is there; perhaps this name was meant.
    Nothing {
        /// The path that was looked for, from the top of `content/`.
        path: String,
        /// The nearest name, as the author would write it in place of the path.
        nearest: Option<String>,
    },
    /// The page is there and has no such anchor; perhaps this one was meant.
    Anchor {
        /// The anchor that was looked for.
        anchor: String,
        /// The page, as the author named it.
        page: String,
        /// The nearest anchor.
        nearest: Option<String>,
    },
    /// It is there, in another case.
    Case {
        /// As the author would write it in place of the path.
        right: String,
    },
    /// It leads out of the site.
    Outside,
    /// It leads to an essay that waits.
    Unpublished(Unpublished),
}

/// A reference's result.
pub type Resolved = Result<Target, Miss>;

/// What [`Names::new`] takes the names from.
#[derive(Debug)]
pub(super) struct Nameable<'a> {
    pub config: &'a Config,
    /// The published essays, and where each goes.
    pub essays: &'a [Arc<Essay>],
    pub addressed: &'a [Addressed],
    /// The essays that wait, where each would go, and why it waits.
    pub waiting: &'a [(Arc<Essay>, Addressed, Unpublished)],
    pub assets: &'a [Asset],
    /// Every file of the output.
    pub claims: &'a [(SitePath, Claimant)],
}

/// An essay with more anchors than this has them in a set, and in an order once one is missed.
const MANY_ANCHORS: usize = 32;

impl Names {
    /// The names of everything in `nameable`.
    pub(super) fn new(nameable: &Nameable<'_>) -> Self {
        let mut names = Self { base: base_path(nameable.config), ..Self::default() };
        names.content.reserve(nameable.essays.len() + nameable.assets.len());
        names.addresses.reserve(nameable.claims.len());
        for (position, (essay, addressed)) in nameable.essays.iter().zip(nameable.addressed).enumerate() {
            let id = EssayId(position as u32);
            names.add_essay(essay, addressed, Named::Essay(id));
            names.content.extend(essay.made_files.iter().map(|made| (made.path.clone(), Named::File)));
            for label in &essay.labels {
                names.labels.entry(label.id.clone()).and_modify(|known| *known = None).or_insert(Some(id));
            }
            for alias in essay.header.aliases.iter().filter(|alias| !alias.value.contains(['/', '.'])) {
                names.other_names.entry(alias.value.trim().to_lowercase()).or_insert(id);
            }
            if essay.anchors.len() > MANY_ANCHORS {
                names.many_anchors.insert(id, Anchors::of(essay));
            }
        }
        for asset in nameable.assets {
            names.content.insert(asset.path.clone(), Named::File);
        }
        for (address, claimant) in nameable.claims {
            names.addresses.insert(
                address.clone(),
                match *claimant {
                    Claimant::Essay(id) | Claimant::Alias(id, _) => Named::Essay(id),
                    Claimant::Made(..) | Claimant::Asset(_) | Claimant::Theme(_) => Named::File,
                    Claimant::Generated => Named::Generated,
                },
            );
        }
        for (essay, addressed, reason) in nameable.waiting {
            names.add_essay(essay, addressed, Named::Unpublished(*reason));
            names.addresses.entry(addressed.address.clone()).or_insert(Named::Unpublished(*reason));
        }
        let paths = names.content.keys().map(SitePath::as_str).filter(|path| !path.is_ascii() && !is_nfc(path));
        names.decomposed = paths.map(|path| (path.nfc().collect(), path.to_owned())).collect();
        names
    }

    fn add_essay(&mut self, essay: &Essay, addressed: &Addressed, named: Named) {
        self.content.insert(essay.source.path.clone(), named);
        if addressed.opens_folder {
            self.folders.entry(essay.source.path.folder().to_owned()).or_insert(named);
        }
    }

    /// What might have been meant.
    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.entries(), &self.many_anchors))
    }

    /// What can be meant: everything that is in `content/` and published, and files of the output that are not found there.
    fn entries(&self) -> Vec<Entry> {
        let mut essays: HashMap<EssayId, &SitePath> = HashMap::new();
        let mut folders: HashMap<&str, Option<String>> = HashMap::new();
        let mut entries = Vec::with_capacity(self.content.len());
        for (path, named) in &self.content {
            entries.push(match named {
                Named::Essay(id) => {
                    essays.insert(*id, path);
                    Entry::essay(path.as_str())
                }
                Named::File => Entry::file(path.as_str()),
                Named::Unpublished(_) | Named::Generated => continue,
            });
            add_folders(&mut folders, path.folder());
        }
        for (folder, named) in &self.folders {
            if let Named::Essay(id) = named {
                folders.insert(folder, essays.get(id).map(|path| path.to_string()));
            }
        }
        entries.extend(folders.into_iter().map(|(path, page)| Entry::folder(path, page)));
        let of_page = |address: &SitePath, id: &EssayId| {
            essays.get(id).is_some_and(|path| path.folder() == address.folder() && path.stem() == address.stem())
        };
        let only_in_output = self.addresses.iter().filter(|(address, named)| match named {
            Named::Essay(id) => !of_page(address, id),
            Named::File => !self.content.contains_key(*address),
            Named::Generated => true,
            Named::Unpublished(_) => false,
        });
        entries.extend(only_in_output.map(|(address, _)| Entry::output(address.as_str())));
        entries
    }

    /// The file of the output that `path`, from the top, leads to where it is spelt as the file is; `addresses` are those
    /// of the essays. What is not found so may still be there, and is for [`Names::resolve`] to find.
    pub fn file_at<'a>(&'a self, addresses: &'a [SitePath], path: &str) -> Option<&'a SitePath> {
        if self.folders.contains_key(path) {
            return None;
        }
        let (file, named) = self.content.get_key_value(path).or_else(|| self.addresses.get_key_value(path))?;
        match *named {
            Named::Essay(id) => addresses.get(id.index()),
            Named::File | Named::Generated => Some(file),
            Named::Unpublished(_) => None,
        }
    }

    /// Whether Essai itself makes the file at `address`, such as a keyword's page: it is one that the site has, and no
    /// essay, asset, alias or file of the theme stands there.
    pub fn is_generated(&self, address: &SitePath) -> bool {
        self.addresses.get(address.as_str()) == Some(&Named::Generated)
    }
}

/// The path of the base address without slashes around.
fn base_path(config: &Config) -> String {
    let base = config.base_url.as_deref().unwrap_or_default();
    let after_scheme = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = after_scheme.split_once('/').map_or("", |(_, path)| path);
    destination::decoded(path.trim_matches('/')).into_owned()
}

/// Adds `folder` and every folder that it is in.
fn add_folders<'a>(folders: &mut HashMap<&'a str, Option<String>>, mut folder: &'a str) {
    while !folders.contains_key(folder) {
        folders.insert(folder, None);
        folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
}
