//! Files of the author's that Essai writes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts `text` into `file` in one step, so that it is always whole; of a symbolic link, into what it leads to. It is as open as
/// it was, or else as the folder that it is in.
///
/// # Errors
/// Whatever the file system says; then the file is as it was.
pub fn put(file: &Path, text: &str) -> io::Result<()> {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut staged = tempfile::Builder::new().prefix(".essai-").tempfile_in(folder)?;
    staged.write_all(text.as_bytes())?;
    match fs::metadata(&file) {
        Ok(before) => fs::set_permissions(staged.path(), before.permissions())?,
        Err(_) => set_open(staged.path(), fs::metadata(folder)?.permissions()),
    }
    staged.persist(&file).map_err(|error| error.error)?;
    Ok(())
}

/// Lets everybody read `file` who may read a folder with `permissions`: temporary files are made for their owner alone.
#[cfg(unix)]
fn set_open(file: &Path, permissions: fs::Permissions) {
    use std::os::unix::fs::PermissionsExt;
    let _ = fs::set_permissions(file, fs::Permissions::from_mode(permissions.mode() & 0o666));
}

/// Elsewhere files inherit who may read them.
#[cfg(not(unix))]
fn set_open(_file: &Path, _permissions: fs::Permissions) {}

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
}
