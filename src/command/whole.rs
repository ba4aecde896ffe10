//! New files of the author's site, whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

/// Writes `bytes` into a new file at `file`, making the folders above it. If that fails half-way, no file is left there.
///
/// # Errors
/// A file that is there already, or whatever the file system says.
pub fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut staged = with_usual_permissions(&mut Builder::new()).tempfile_in(folder)?;
    staged.as_file_mut().write_all(bytes)?;
    staged.persist_noclobber(file)?;
    Ok(())
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_new_file_never_takes_anothers_place() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a/b.md");
        write_new(&file, b"one").unwrap();
        assert_eq!(write_new(&file, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        assert_eq!(fs::read_dir(place.path().join("a")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_usual_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let (file, plain) = (place.path().join("a"), place.path().join("plain"));
        write_new(&file, b"").unwrap();
        fs::write(&plain, b"").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&file), mode(&plain));
    }
}
