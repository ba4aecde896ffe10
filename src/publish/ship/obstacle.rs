//! What others have put where the site goes: it is looked for before anything is changed.

use std::collections::{BTreeMap, BTreeSet};

use super::Shipment;
use crate::diagnostic::{Diagnostic, publication};
use crate::read::SitePath;

/// What happens where something that is online would be lost: what was published, or a stranger's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Losses {
    /// Nothing is sent.
    Refused,
    /// It is.
    Allowed,
}

/// What stands at a path of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder, whatever is in it.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
}

/// A place that can be looked at.
pub trait Sight {
    /// What stands at `path`.
    ///
    /// # Errors
    /// Whatever keeps it from being seen.
    fn standing(&self, path: &SitePath) -> Result<Standing, Diagnostic>;

    /// The files in the folder at `path`, at any depth, links among them.
    ///
    /// # Errors
    /// Whatever keeps them from being seen.
    fn inside(&self, path: &SitePath) -> Result<Vec<String>, Diagnostic>;

    /// Whether the file at `path` has the bytes whose hash is `hash`.
    fn is_same(&self, path: &SitePath, hash: &str) -> bool;
}

/// Looks whether anything that Essai did not put there is where `shipment` goes. `shown` is the place's name.
///
/// # Errors
/// A stranger's file in the way; or what keeps it from being seen.
pub fn look(place: &dyn Sight, shipment: &Shipment<'_>, losses: Losses, shown: &str) -> Result<(), Diagnostic> {
    let sent = shipment.sent();
    let folders: BTreeSet<SitePath> = sent.iter().flat_map(|address| address.folders()).collect();
    for folder in folders {
        match place.standing(&folder)? {
            Standing::Nothing | Standing::Folder => {}
            Standing::File | Standing::Link if shipment.old.files.contains_key(&folder) => {}
            Standing::File => return Err(publication::in_the_way(shown, folder.as_str())),
            Standing::Link => return Err(publication::linked_folder(shown, folder.as_str())),
        }
    }
    let mut replaced = Vec::new();
    for address in sent {
        let is_new = !shipment.old.files.contains_key(address);
        // What is below a file of the old site is not there.
        if is_new && address.folders().any(|folder| shipment.old.files.contains_key(&folder)) {
            continue;
        }
        match place.standing(address)? {
            Standing::Folder => {
                let files = place.inside(address)?;
                let is_ours =
                    |file: &&String| SitePath::new(file).is_some_and(|file| shipment.old.files.contains_key(&file));
                if let Some(stranger) = files.iter().find(|file| !is_ours(file)) {
                    return Err(publication::in_the_way(shown, stranger));
                }
            }
            Standing::File | Standing::Link if is_new && losses == Losses::Refused => {
                let hash = shipment.new.files.get(address).and_then(|entity| entity.bytes.as_deref());
                if !hash.is_some_and(|hash| place.is_same(address, hash)) {
                    replaced.push(address.as_str());
                }
            }
            Standing::Nothing | Standing::File | Standing::Link => {}
        }
    }
    if replaced.is_empty() { Ok(()) } else { Err(publication::replaced(shown, &replaced)) }
}

/// A place of which is listed what stands there.
#[derive(Debug, Default)]
pub struct Listing {
    there: BTreeMap<String, Standing>,
}

impl FromIterator<(String, Standing)> for Listing {
    fn from_iter<T: IntoIterator<Item = (String, Standing)>>(listed: T) -> Self {
        let mut there = BTreeMap::new();
        for (path, standing) in listed {
            let folders = SitePath::new(&path).into_iter().flat_map(|path| path.folders());
            there.extend(folders.map(|folder| (folder.to_string(), Standing::Folder)));
            there.insert(path, standing);
        }
        Self { there }
    }
}

impl Listing {
    /// Files of these names, at a place that has no folders.
    pub fn without_folders(names: impl IntoIterator<Item = String>) -> Self {
        Self { there: names.into_iter().map(|name| (name, Standing::File)).collect() }
    }
}

impl Sight for Listing {
    fn standing(&self, path: &SitePath) -> Result<Standing, Diagnostic> {
        Ok(self.there.get(path.as_str()).copied().unwrap_or(Standing::Nothing))
    }

    fn inside(&self, path: &SitePath) -> Result<Vec<String>, Diagnostic> {
        let folder = format!("{path}/");
        let below = self.there.range(folder.clone()..).take_while(|(path, _)| path.starts_with(&folder));
        Ok(below.filter(|(_, standing)| **standing != Standing::Folder).map(|(path, _)| path.clone()).collect())
    }

    /// What is only listed is not read.
    fn is_same(&self, _path: &SitePath, _hash: &str) -> bool {
        false
    }
}
