//! Files of the author's that Essai writes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Puts `text` into `file` in one step, so that it is always whole; of a symbolic link, into what it leads to. It is as open as
/// it was, or else as any new file.
///
/// # Errors
/// Whatever the file system says; then the file is as it was.
pub fn put(file: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let staged = staged(&file, text.as_bytes())?;
    if let Ok(before) = fs::metadata(&file) {
        fs::set_permissions(staged.path(), before.permissions())?;
    }
    staged.persist(&file)?;
    Ok(())
}

/// Writes `bytes` into a new file at `file`, making the folders above it. If that fails half-way, no file is left there.
///
/// # Errors
/// A file that is there already, or whatever the file system says.
pub fn put_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    staged(file, bytes)?.persist_noclobber(file)?;
    Ok(())
}

/// A file with `bytes` beside `file`, to be put in its place.
fn staged(file: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut staged = with_usual_permissions(Builder::new().prefix(".essai-")).tempfile_in(folder)?;
    staged.write_all(bytes)?;
    Ok(staged)
}

/// The builder of a temporary file that others may read as far as they may read any new file.
#[cfg(unix)]
fn with_usual_permissions<'a, 'b, 'c>(builder: &'c mut Builder<'a, 'b>) -> &'c mut Builder<'a, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666))
}

/// Elsewhere it is a file like any other.
#[cfg(not(unix))]
fn with_usual_permissions<'a, 'b, 'c>(builder: &'c mut Builder<'a, 'b>) -> &'c mut Builder<'a, 'b> {
    builder
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_file_stays_as_open_as_it_was_and_a_link_a_link() {
        let root = tempfile::tempdir().unwrap();
        let (file, link) = (root.path().join("a"), root.path().join("link"));
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        put(&file, "one").unwrap();
        let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o644);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a", &link).unwrap();
        put(&link, "two").unwrap();
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode()), ("two", 0o640));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(put(&root.path().join("nowhere/a"), "three").is_err());
    }

    #[test]
    fn a_new_file_never_takes_anothers_place() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a/b.md");
        put_new(&file, b"one").unwrap();
        assert_eq!(put_new(&file, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        assert_eq!(fs::read_dir(place.path().join("a")).unwrap().count(), 1);
    }

    #[test]
    fn a_new_file_has_the_usual_permissions() {
        let place = tempfile::tempdir().unwrap();
        let (file, plain) = (place.path().join("a"), place.path().join("plain"));
        put_new(&file, b"").unwrap();
        fs::write(&plain, b"").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&file), mode(&plain));
    }
}
