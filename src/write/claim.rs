//! The output folder, held by one build.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, output};
use crate::disk::{self, Lock};
use crate::read::SitePath;

use super::Manifest;
use super::spelling::Spellings;

/// The folder inside the output folder where files wait until all are written.
pub const STAGING: &str = ".essai-staging";

/// The folder in [`STAGING`] where a site that is new is laid out as it will stand, to be put in place by whole folders.
pub const TREE: &str = "tree";

/// The file in [`STAGING`] that a build holds a lock on.
const LOCK: &str = "lock";

/// Files that hosts want in the folder before Essai comes, beside those whose names begin with a dot.
const WELCOME: &str = "CNAME";

/// An output folder that is Essai's to change, held by this build alone. When it is dropped, its staging is removed.
#[derive(Debug)]
pub struct Claim {
    /// The output folder.
    pub folder: PathBuf,
    /// What earlier builds made.
    pub manifest: Manifest,
    /// The spellings of `manifest`, once somebody asks.
    spellings: OnceLock<Spellings>,
    /// Whether this build made the folder.
    made: Made,
    /// Held as long as the claim; `None` where the file system knows no locks.
    _lock: Option<File>,
}

/// Who made the output folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Made {
    Now,
    Before,
}

impl Claim {
    /// Claims `folder`, which is made if it is not there, and clears what a killed build left in its staging.
    ///
    /// # Errors
    /// A folder that holds files and no manifest, or one that another build holds, or whatever the file system says.
    pub fn take(folder: &Path) -> Result<Self, Diagnostic> {
        let made = make(folder)?;
        let unwritable = |error: io::Error| output::unwritable(folder, &error);
        if Manifest::read(folder).map_err(unwritable)?.is_none()
            && let Some(stranger) = stranger(folder).map_err(unwritable)?
        {
            return Err(output::foreign_folder(folder, &stranger));
        }
        let lock = lock(folder)?;
        // Another build may have come between, and be done.
        let made = if made == Made::Now && !is_empty(folder).map_err(unwritable)? { Made::Before } else { made };
        // From here on the folder is held, and dropping the claim clears the staging, whatever happens.
        let mut claim = Self {
            folder: folder.to_owned(),
            manifest: Manifest::default(),
            spellings: OnceLock::new(),
            made,
            _lock: lock,
        };
        claim.manifest = Manifest::read(folder).map_err(unwritable)?.unwrap_or_default();
        claim.sweep().map_err(unwritable)?;
        Ok(claim)
    }

    /// Whether this build made the folder: nothing is in it, and nobody looks at it yet.
    pub fn is_new(&self) -> bool {
        self.made == Made::Now
    }

    /// Whether the file at `path`, which is there, is Essai's: an earlier build made it, by this spelling or by another.
    pub fn owns(&self, path: &SitePath) -> bool {
        let spellings = || self.spellings.get_or_init(|| Spellings::of(&self.manifest));
        self.manifest.holds(path) || spellings().same_file(&self.folder, path).is_some()
    }

    /// Where the file named `name` waits.
    pub fn staged(&self, name: &str) -> PathBuf {
        self.folder.join(STAGING).join(name)
    }

    /// Removes everything from the staging but the lock.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.folder.join(STAGING))? {
            let entry = entry?;
            if entry.file_name() == LOCK {
            } else if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // The lock goes last, so that a build that comes now never finds its own files swept. What cannot be removed
        // is left for the next build.
        let _ = self.sweep();
        let _ = fs::remove_file(self.folder.join(STAGING).join(LOCK));
        let _ = fs::remove_dir(self.folder.join(STAGING));
        if self.made == Made::Now {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Makes `folder` if it is not there.
fn make(folder: &Path) -> Result<Made, Diagnostic> {
    match fs::metadata(folder) {
        Ok(metadata) if metadata.is_dir() => Ok(Made::Before),
        Ok(_) => Err(output::not_a_folder(folder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder).map_err(|error| output::unwritable(folder, &error))?;
            Ok(Made::Now)
        }
        Err(error) => Err(output::unwritable(folder, &error)),
    }
}

/// Whether there is nothing in `folder` but the staging.
fn is_empty(folder: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        if entry?.file_name() != STAGING {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The first name, in order, of a file in `folder` that shows that the folder is in other use.
fn stranger(folder: &Path) -> io::Result<Option<String>> {
    let mut first = None;
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != WELCOME && first.as_ref().is_none_or(|first| name < *first) {
            first = Some(name);
        }
    }
    Ok(first)
}

/// Locks `folder` for this build.
fn lock(folder: &Path) -> Result<Option<File>, Diagnostic> {
    let staging = folder.join(STAGING);
    if fs::symlink_metadata(&staging).is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(output::linked_folder(&staging));
    }
    let path = staging.join(LOCK);
    match disk::lock(&path).map_err(|error| output::unwritable(&path, &error))? {
        Lock::Held(file) => Ok(file),
        Lock::Busy => Err(output::busy(folder)),
    }
}
