//! Putting prepared files in place, and removing what is no longer made.

use std::cell::LazyCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Found, output};
use crate::disk::{remove_empty_folders, remove_while_empty};
use crate::read::SitePath;
use crate::render::Turn;

use super::claim::TREE;
use super::manifest::MANIFEST;
use super::spelling::{Spellings, is_same_file};
use super::stage::{Prepared, Standing, metadata};
use super::{Claim, Leftovers, Manifest, Written};

/// Puts `prepared` in place, in the order of turns (in a new folder, folder by folder), and removes what the manifest holds beside it,
/// as `leftovers` says.
///
/// The value is `None` where nothing was touched: a stranger's file or a symbolic link is in the way, or the file system
/// refuses the manifest. If it refuses a file later, the manifest holds the old and the new ones, and the next build
/// does the rest.
pub fn place(claim: &Claim, prepared: Vec<Prepared>, leftovers: Leftovers<'_>) -> Found<Option<Written>> {
    let mut written = Written::default();
    let placed = put_all(claim, prepared, leftovers, &mut written);
    written.removed.sort();
    match placed {
        Ok(()) => Found::from(Some(written)),
        Err(diagnostic) => {
            written.is_part = !written.written.is_empty() || !written.removed.is_empty();
            Found { value: written.is_part.then_some(written), diagnostics: vec![diagnostic] }
        }
    }
}

/// Does what [`place`] says, and notes in `written` each file that is done.
///
/// # Errors
/// Whatever is in the way, or the file system says.
fn put_all(
    claim: &Claim,
    mut prepared: Vec<Prepared>,
    leftovers: Leftovers<'_>,
    done: &mut Written,
) -> Result<(), Diagnostic> {
    prepared.sort_by(|a, b| a.address.cmp(&b.address));
    prepared.dedup_by(|later, earlier| later.address == earlier.address);
    let new = Manifest { paths: prepared.iter().map(|prepared| prepared.address.clone()).collect() };
    let folders = folders(&new.paths);
    let in_the_way = in_the_way(claim, &new, &folders, &prepared)?;
    done.unchanged = prepared.iter().filter(|prepared| prepared.standing == Standing::Unchanged).count();
    let new = match leftovers {
        Leftovers::Removed => new,
        Leftovers::Kept(_) => kept(claim, new, &in_the_way),
    };
    if claim.manifest == new && done.unchanged == prepared.len() {
        return Ok(());
    }

    // Both manifests, if they are two, are written now, so that later no disk can be too full for them.
    let (both, only_new) = if claim.manifest.paths.is_subset(&new.paths) {
        (stage_manifest(claim, "manifest-new", &new)?, None)
    } else {
        let both = stage_manifest(claim, "manifest-both", &claim.manifest.union(&new))?;
        (both, Some(stage_manifest(claim, "manifest-new", &new)?))
    };
    put(&both, &claim.folder.join(MANIFEST))?;
    for path in in_the_way {
        done.removed.extend(remove(claim, &path)?.then_some(path));
    }
    prepared.sort_by_cached_key(|prepared| Turn::key(&prepared.address));
    if claim.is_new() {
        put_tree(claim, &prepared, &mut done.written)?;
    }
    for Prepared { address, standing, .. } in prepared {
        if let Standing::Staged(number) = standing {
            put(&claim.staged(&number.to_string()), &claim.folder.join(address.as_str()))?;
            done.written.push(address);
        }
    }
    let spellings = LazyCell::new(|| Spellings::of(&new));
    for path in claim.manifest.paths.difference(&new.paths) {
        match spellings.same_file(&claim.folder, path) {
            Some(spelling) => respell(claim, path, spelling)?,
            None => done.removed.extend(remove(claim, path)?.then(|| path.clone())),
        }
    }
    only_new.map_or(Ok(()), |only_new| put(&only_new, &claim.folder.join(MANIFEST)))
}

/// The files of `new`, and those of earlier builds that are not in its way.
fn kept(claim: &Claim, new: Manifest, in_the_way: &[SitePath]) -> Manifest {
    let old = claim.manifest.paths.iter().filter(|path| !in_the_way.contains(path));
    Manifest { paths: old.cloned().chain(new.paths).collect() }
}

/// Puts what is laid out in the staging in place, and notes it in `written`: files and folders of the top, by the last turn
/// of what they hold.
fn put_tree(claim: &Claim, prepared: &[Prepared], written: &mut Vec<SitePath>) -> Result<(), Diagnostic> {
    let mut tops: BTreeMap<&str, (Turn, Vec<&SitePath>)> = BTreeMap::new();
    for Prepared { address, standing } in prepared {
        if *standing == Standing::Laid {
            let turn = Turn::of(address);
            let top = address.as_str().split('/').next().unwrap_or_default();
            let (last, addresses) = tops.entry(top).or_insert((turn, Vec::new()));
            *last = turn.max(*last);
            addresses.push(address);
        }
    }
    let mut tops: Vec<_> = tops.into_iter().collect();
    tops.sort_by_key(|(_, (turn, _))| *turn);
    for (top, (_, addresses)) in tops {
        put(&claim.staged(TREE).join(top), &claim.folder.join(top))?;
        written.extend(addresses.into_iter().cloned());
    }
    Ok(())
}

/// Every folder that holds one of `paths`, at any depth, with the first path that it holds.
fn folders(paths: &BTreeSet<SitePath>) -> BTreeMap<SitePath, &SitePath> {
    let mut folders = BTreeMap::new();
    for path in paths {
        for folder in path.folders() {
            // Where a folder is known, so are those above it.
            let Entry::Vacant(unknown) = folders.entry(folder) else { break };
            unknown.insert(path);
        }
    }
    folders
}

/// The files of earlier builds that must go before the new ones can be put in place: one where now a folder is
/// needed, and those in a folder where now a file is needed.
///
/// # Errors
/// Something of a stranger is in the way, or two outputs are in each other's.
fn in_the_way(
    claim: &Claim,
    new: &Manifest,
    folders: &BTreeMap<SitePath, &SitePath>,
    prepared: &[Prepared],
) -> Result<Vec<SitePath>, Diagnostic> {
    let mut paths = Vec::new();
    for (folder, inside) in folders {
        if new.holds(folder) {
            return Err(output::file_and_folder(folder.as_str(), inside.as_str()));
        }
        if claim.is_new() {
            continue;
        }
        let file = claim.folder.join(folder.as_str());
        match metadata(&file).map_err(|error| output::unwritable(&file, &error))? {
            Some(metadata) if metadata.is_dir() => {}
            Some(_) if claim.owns(folder) => paths.push(folder.clone()),
            Some(metadata) if metadata.is_symlink() => return Err(output::linked_folder(&file)),
            Some(_) => return Err(output::foreign_file(&file)),
            None => {}
        }
    }
    for Prepared { address, standing, .. } in prepared.iter().filter(|_| !claim.is_new()) {
        let file = claim.folder.join(address.as_str());
        let unwritable = |error: io::Error| output::unwritable(&file, &error);
        if *standing != Standing::Unchanged && metadata(&file).map_err(unwritable)?.is_some_and(|found| found.is_dir())
        {
            paths.extend(own_files(claim, &file, address)?);
        }
    }
    Ok(paths)
}

/// The files in the folder at `address`, all of which Essai made.
///
/// # Errors
/// One that it did not make.
fn own_files(claim: &Claim, folder: &Path, address: &SitePath) -> Result<Vec<SitePath>, Diagnostic> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| output::unwritable(folder, &error.into()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(folder).ok().and_then(Path::to_str);
        match relative.and_then(|relative| SitePath::join(address.as_str(), relative)) {
            Some(path) if claim.owns(&path) => paths.push(path),
            _ => return Err(output::foreign_file(entry.path())),
        }
    }
    Ok(paths)
}

/// Renames the file at `staged` to `file`, making the folders above it and clearing an empty one that is there.
fn put(staged: &Path, file: &Path) -> Result<(), Diagnostic> {
    let renamed = fs::rename(staged, file).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::rename(staged, file)
        }
        io::ErrorKind::IsADirectory => {
            remove_empty_folders(file)?;
            fs::rename(staged, file)
        }
        _ => Err(error),
    });
    renamed.map_err(|error| output::unwritable(file, &error))
}

/// Has the file at `path`, which is also the one at `spelling`, and the folders above it go by the names in `spelling`.
fn respell(claim: &Claim, path: &SitePath, spelling: &SitePath) -> Result<(), Diagnostic> {
    let mut above = claim.folder.clone();
    for (old, new) in path.as_str().split('/').zip(spelling.as_str().split('/')) {
        let (from, to) = (above.join(old), above.join(new));
        if old != new && is_same_file(&from, &to) {
            fs::rename(&from, &to).map_err(|error| output::unwritable(&to, &error))?;
        }
        above = to;
    }
    Ok(())
}

/// Removes the file at `path`, and the folders above it that it leaves empty. Whether it was there.
fn remove(claim: &Claim, path: &SitePath) -> Result<bool, Diagnostic> {
    let file = claim.folder.join(path.as_str());
    let unwritable = |error: io::Error| output::unwritable(&file, &error);
    if leads_out(claim, path) || metadata(&file).map_err(unwritable)?.is_none_or(|found| found.is_dir()) {
        return Ok(false);
    }
    fs::remove_file(&file).map_err(unwritable)?;
    remove_while_empty(path.folders().map(|folder| claim.folder.join(folder.as_str())));
    Ok(true)
}

/// Whether a folder above `path` is a symbolic link, so that the file is not in the output folder at all.
fn leads_out(claim: &Claim, path: &SitePath) -> bool {
    let is_link = |folder: SitePath| claim.folder.join(folder.as_str()).is_symlink();
    path.folders().any(is_link)
}

/// Writes `manifest` into the staging under `name`, and returns where that is.
fn stage_manifest(claim: &Claim, name: &str, manifest: &Manifest) -> Result<PathBuf, Diagnostic> {
    let staged = claim.staged(name);
    fs::write(&staged, manifest.text()).map_err(|error| output::unwritable(&claim.folder.join(MANIFEST), &error))?;
    Ok(staged)
}
