//! The manifest of a folder of HTML, whoever made it.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::form::STORED;
use super::manifest::{Entity, Manifest, entity_on_disk};
use crate::diagnostic::{Diagnostic, publication};
use crate::read::SitePath;

/// The files of `folder`, at any depth, by address. Those whose name begins with a dot and those in such folders are no
/// part of a site, `.htaccess` and `.well-known` aside; nor is `CNAME`, which is for the host.
///
/// # Errors
/// A folder that cannot be read.
pub fn files(folder: &Path) -> Result<Vec<SitePath>, Diagnostic> {
    let failed = |error: std::io::Error| publication::folder(&folder.display().to_string(), "read", &error);
    let is_site = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !name.starts_with('.') || name == ".htaccess" || name == ".well-known"
    };
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(true).into_iter().filter_entry(is_site) {
        let entry = entry.map_err(|error| failed(error.into()))?;
        let relative = entry.path().strip_prefix(folder).ok().and_then(Path::to_str);
        let address = relative.filter(|_| entry.file_type().is_file()).and_then(SitePath::new);
        files.extend(address.filter(|address| !matches!(address.as_str(), STORED | "CNAME")));
    }
    files.sort();
    Ok(files)
}

/// The manifest of `folder`, made by looking at every file in it.
///
/// # Errors
/// A folder or a file that cannot be read.
pub fn scan(folder: &Path) -> Result<Manifest, Diagnostic> {
    let read = |address: SitePath| {
        let file = folder.join(address.as_str());
        let found = entity_on_disk(&address, &file);
        let failed = |error| publication::folder(&file.display().to_string(), "read", &error);
        found.map(|(entity, _)| (address, entity)).map_err(failed)
    };
    let files: Result<BTreeMap<SitePath, Entity>, Diagnostic> = files(folder)?.into_par_iter().map(read).collect();
    Ok(Manifest { files: files? })
}

/// The readable text of the page at `address` in `folder`; empty if it cannot be read.
pub fn text(folder: &Path, address: &SitePath) -> String {
    entity_on_disk(address, &folder.join(address.as_str())).ok().and_then(|(_, text)| text).unwrap_or_default()
}
