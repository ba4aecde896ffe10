//! What writing the site, deploying it and moving essays do alike with folders on disk.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// What came of locking.
#[derive(Debug)]
pub enum Lock {
    /// It is ours, until this is dropped or the process ends. Where the file system has no locks, nobody has it.
    Held(Option<File>),
    /// It is another process's.
    Busy,
}

/// Locks the file at `path`, which is made with the folders above it. Whoever removes it while it holds the lock takes it from nobody:
/// who waits for it meanwhile makes another.
///
/// # Errors
/// Whatever the file system says.
pub fn lock(path: &Path) -> io::Result<Lock> {
    loop {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        let file = match File::create(path) {
            Ok(file) => file,
            // Who held it until just now took the folder away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        match file.try_lock() {
            Ok(()) if is_at(&file, path) => return Ok(Lock::Held(Some(file))),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Lock::Busy),
            Err(TryLockError::Error(_)) => return Ok(Lock::Held(None)),
        }
    }
}

/// Whether `file` is still the file at `path`, and not one that who held it until just now has removed.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let held = file.metadata().map(identity).ok();
    held.is_some() && held == fs::metadata(path).map(identity).ok()
}

/// Where an open file cannot be removed, it is always still there.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Removes `folders`, each of which is in the next, as far as they are empty.
pub fn remove_while_empty(folders: impl IntoIterator<Item: AsRef<Path>>) {
    folders.into_iter().take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
}

/// Removes `folder`, in which there are only folders.
///
/// # Errors
/// A file in it, or whatever the file system says.
pub fn remove_empty_folders(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        fs::remove_dir(entry?.path())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_at_a_time_holds_a_lock_that_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("staging/lock");
        let first = lock(&path).unwrap();
        assert!(matches!(first, Lock::Held(Some(_))) && matches!(lock(&path).unwrap(), Lock::Busy));
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
        let second = lock(&path).unwrap();
        assert!(matches!(second, Lock::Held(Some(_))) && matches!(lock(&path).unwrap(), Lock::Busy));
        drop(first);
        assert!(matches!(lock(&path).unwrap(), Lock::Busy));
    }

    #[test]
    fn only_folders_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::write(folder.path().join("a/c"), "").unwrap();
        assert!(remove_empty_folders(&folder.path().join("a")).is_err());
        assert!(folder.path().join("a/c").exists());
        fs::remove_file(folder.path().join("a/c")).unwrap();
        remove_empty_folders(&folder.path().join("a")).unwrap();
        assert!(!folder.path().join("a").exists());
    }
}
