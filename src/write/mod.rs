//! The last stage: outputs go to disk, all or none.
//!
//! What changed is first written into a folder of its own beside the site (`.essai-staging`), and only when all of it
//! is there renamed into place. So a build can be killed at any moment: every file is whole, and the next build makes
//! the folder right, for [`Manifest`] says what is Essai's before the first file is put in place.

mod claim;
mod manifest;
pub mod memory;
mod place;
mod spelling;
mod stage;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Found, Level, Levels};
use crate::read::SitePath;
use crate::render::Output;

use claim::Claim;
use manifest::Manifest;
use stage::{Prepared, Stage};

/// What a build did to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or whose bytes changed, in the order in which they were put in place.
    pub written: Vec<SitePath>,
    /// Files that an earlier build made and this one does not, by path.
    pub removed: Vec<SitePath>,
    /// How many files were already as they should be.
    pub unchanged: usize,
    /// Whether the file system refused a file when others were in place already: the next build does the rest.
    pub is_part: bool,
}

/// When a build with errors writes all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// Nothing is written: the last good site stays.
    Stop,
    /// What could be made is written (`--keep-going`).
    KeepGoing,
}

/// What becomes of files that an earlier build made and this one does not.
#[derive(Debug, Clone, Copy)]
pub enum Leftovers<'a> {
    /// They are removed.
    Removed,
    /// They stay, since a part of the content could not be read. So do the files at these addresses, of which this build knows
    /// no more than that they were to be made.
    Kept(&'a HashSet<SitePath>),
}

impl Leftovers<'_> {
    /// Whether what an earlier build of `claim`'s folder put at `address` stays, whatever this one makes.
    fn holds(self, claim: &Claim, address: &SitePath) -> bool {
        match self {
            Self::Removed => false,
            Self::Kept(addresses) => addresses.contains(address) && claim.manifest.holds(address),
        }
    }
}

/// Puts `outputs` into `folder`, which is made if it is not there. The diagnostics are those of the outputs, in order,
/// and then the writer's own.
///
/// Files whose bytes are already there stay untouched. The others are first written beside the site and then renamed
/// into place, assets before pages before lists; only then is what an earlier build made, and this one does not,
/// removed, as `leftovers` says. Files that Essai did not make are never touched, and one that is in the way is a mistake.
///
/// The value is `None` where nothing was written and the folder is as it was: if an output has an error (by `levels`)
/// and `on_error` is [`OnError::Stop`], if the folder is not Essai's or another build's at the moment, or if the file
/// system refuses a file. Only if it refuses to rename or remove one after all were written is a part of them in place:
/// then [`Written::is_part`].
pub fn write(
    folder: &Path,
    outputs: impl ParallelIterator<Item = Found<Output>>,
    levels: &Levels,
    on_error: OnError,
    leftovers: Leftovers<'_>,
) -> Found<Option<Written>> {
    let claim = match Claim::take(folder) {
        Ok(claim) => claim,
        Err(diagnostic) => {
            let mut diagnostics = check(outputs);
            diagnostics.push(diagnostic);
            return Found { value: None, diagnostics };
        }
    };
    let stage = Stage::new(&claim);
    let stopped = AtomicBool::new(false);
    let staged: Vec<(Option<Prepared>, Vec<Diagnostic>)> = outputs
        .map(|Found { value: output, mut diagnostics }| {
            if leftovers.holds(&claim, &output.address) {
                return (None, diagnostics);
            }
            let differs = stage.differs(&output).map_err(|diagnostic| diagnostics.push(diagnostic));
            let broken = diagnostics.iter().any(|found| levels.of(found.kind) == Level::Error);
            if differs.is_err() || (broken && on_error == OnError::Stop) {
                stopped.store(true, Ordering::Relaxed);
            }
            // After a mistake the others are still rendered and compared, for theirs, but no longer written.
            let prepared = match differs {
                Ok(differs) if !stopped.load(Ordering::Relaxed) => stage.prepare(output, differs),
                _ => return (None, diagnostics),
            };
            // What one thread finds of a full disk, the others find too: it is said once.
            let prepared = prepared.map_err(|diagnostic| {
                let first = !stopped.swap(true, Ordering::Relaxed);
                diagnostics.extend(first.then_some(diagnostic));
            });
            (prepared.ok(), diagnostics)
        })
        .collect();
    let (prepared, diagnostics): (Vec<_>, Vec<_>) = staged.into_iter().unzip();
    let mut diagnostics: Vec<Diagnostic> = diagnostics.into_iter().flatten().collect();
    if stopped.into_inner() {
        return Found { value: None, diagnostics };
    }
    let placed = place::place(&claim, prepared.into_iter().flatten().collect(), leftovers);
    diagnostics.extend(placed.diagnostics);
    Found { value: placed.value, diagnostics }
}

/// An output folder into which no build writes until this is dropped.
#[derive(Debug)]
pub struct Held {
    _claim: Claim,
}

/// Holds `folder`, for somebody who reads what a build left there.
///
/// # Errors
/// A folder that is not Essai's, or another build's at the moment.
pub fn hold(folder: &Path) -> Result<Held, Diagnostic> {
    Claim::take(folder).map(|claim| Held { _claim: claim })
}

/// How many pages an earlier build left in `folder` that one which makes `addresses` would remove.
pub fn pages_to_go(folder: &Path, addresses: &[SitePath]) -> usize {
    // A manifest that cannot be read is reported when the folder is claimed.
    let manifest = Manifest::read(folder).ok().flatten().unwrap_or_default();
    let made: HashSet<&SitePath> = addresses.iter().collect();
    manifest.paths.iter().filter(|path| path.extension() == "html" && !made.contains(path)).count()
}

/// Makes `outputs` and writes none: their mistakes, in order.
pub fn check(outputs: impl ParallelIterator<Item = Found<Output>>) -> Vec<Diagnostic> {
    outputs.flat_map_iter(|output| output.diagnostics).collect()
}
