//! Carrying out a move: all of it, or nothing.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{TempDir, TempPath};

use crate::disk::remove_while_empty;

/// A file that the file system refuses something of, and what it says.
pub type Refusal = (PathBuf, io::Error);

/// Takes the steps of a move. Texts are all written before the first file moves, so that no disk is too full for them later,
/// and what was done can be undone.
#[derive(Debug)]
pub struct Carrier {
    /// Beside what moves, so that files need only be renamed.
    scratch: TempDir,
    done: Vec<Step>,
}

/// What was done.
#[derive(Debug)]
enum Step {
    Renamed {
        old: PathBuf,
        new: PathBuf,
    },
    /// `file` has a new text; `before` is what it was.
    Replaced {
        file: PathBuf,
        before: PathBuf,
    },
}

/// A text that is to stand in a file.
#[derive(Debug)]
pub struct Staged(TempPath);

impl Carrier {
    /// One that has done nothing yet, of a move in the folder `content`.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn new(content: &Path) -> Result<Self, Refusal> {
        let scratch = tempfile::Builder::new().prefix(".essai-mv").tempdir_in(content);
        let scratch = scratch.map_err(|error| (content.to_owned(), error))?;
        Ok(Self { scratch, done: Vec::new() })
    }

    /// Writes `text` beside the site, as what is to stand in `file` in place of `before`, its byte-order mark and its
    /// permissions kept.
    ///
    /// # Errors
    /// `file` does not hold `before`, or whatever the file system says.
    pub fn stage(&self, file: &Path, before: &str, text: &str) -> Result<Staged, Refusal> {
        self.staged_in(self.scratch.path(), file, before, text).map_err(|error| (file.to_owned(), error))
    }

    /// The same for a file that may be far from what moves.
    ///
    /// # Errors
    /// As for [`Carrier::stage`].
    pub fn stage_afar(&self, file: &Path, before: &str, text: &str) -> Result<Staged, Refusal> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.staged_in(folder, file, before, text).map_err(|error| (file.to_owned(), error))
    }

    fn staged_in(&self, folder: &Path, file: &Path, before: &str, text: &str) -> io::Result<Staged> {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        let old = fs::read(file)?;
        let mark = if old.starts_with(MARK) { MARK } else { &[] };
        if old[mark.len()..] != *before.as_bytes() {
            return Err(io::Error::other("it is not as it was read"));
        }
        let permissions: Permissions = fs::metadata(file)?.permissions();
        let mut staged = tempfile::Builder::new().prefix(".essai-mv").tempfile_in(folder)?;
        staged.write_all(mark)?;
        staged.write_all(text.as_bytes())?;
        staged.as_file().sync_all()?;
        fs::set_permissions(staged.path(), permissions)?;
        Ok(Staged(staged.into_temp_path()))
    }

    /// Renames `old` to `new`, making the folders above it.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn rename(&mut self, old: &Path, new: &Path) -> Result<(), Refusal> {
        let made = new.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::rename(old, new)).map_err(|error| (new.to_owned(), error))?;
        self.done.push(Step::Renamed { old: old.to_owned(), new: new.to_owned() });
        Ok(())
    }

    /// Puts what was staged into `file` in one step; of a symbolic link, into what it leads to.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn replace(&mut self, file: &Path, Staged(staged): Staged) -> Result<(), Refusal> {
        let before = self.scratch.path().join(format!("before-{}", self.done.len()));
        let replaced = || -> io::Result<PathBuf> {
            let file = fs::canonicalize(file)?;
            fs::hard_link(&file, &before).or_else(|_| fs::copy(&file, &before).map(drop))?;
            staged.persist(&file).map_err(|error| error.error)?;
            Ok(file)
        };
        let replaced = replaced().map_err(|error| (file.to_owned(), error))?;
        self.done.push(Step::Replaced { file: replaced, before });
        Ok(())
    }

    /// Undoes what was done, the last first.
    ///
    /// # Errors
    /// Whatever the file system says; then the texts of before are kept.
    pub fn undo(self) -> Result<(), Refusal> {
        let Self { scratch, done } = self;
        for step in done.into_iter().rev() {
            let (from, to) = match &step {
                Step::Renamed { old, new } => (new, old),
                Step::Replaced { file, before } => (before, file),
            };
            if let Err(error) = fs::rename(from, to) {
                let _ = scratch.keep();
                return Err((to.clone(), error));
            }
            if let Step::Renamed { new, .. } = &step {
                // They were made for what has gone again.
                remove_while_empty(new.ancestors().skip(1));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_done_is_undone() {
        let content = tempfile::tempdir().unwrap();
        let at = |path: &str| content.path().join(path);
        fs::write(at("a.md"), "\u{feff}old").unwrap();
        fs::write(at("b.md"), "old too").unwrap();
        let mut carrier = Carrier::new(content.path()).unwrap();
        let texts = [
            carrier.stage(&at("a.md"), "old", "new").unwrap(),
            carrier.stage(&at("b.md"), "old too", "new too").unwrap(),
        ];
        carrier.rename(&at("a.md"), &at("deep/er/a.md")).unwrap();
        let [first, second] = texts;
        carrier.replace(&at("deep/er/a.md"), first).unwrap();
        carrier.replace(&at("b.md"), second).unwrap();
        let text = |path: &str| fs::read_to_string(at(path)).unwrap();
        assert_eq!((text("deep/er/a.md"), text("b.md")), ("\u{feff}new".to_owned(), "new too".to_owned()));
        assert!(carrier.rename(&at("nothing"), &at("more/nothing")).is_err());
        carrier.undo().unwrap();
        assert_eq!((text("a.md"), text("b.md")), ("\u{feff}old".to_owned(), "old too".to_owned()));
        let left: Vec<_> = fs::read_dir(content.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name == "a.md" || name == "b.md" || name == "more"), "{left:?}");
    }

    #[test]
    fn a_text_that_is_another_meanwhile_is_kept() {
        let content = tempfile::tempdir().unwrap();
        let file = content.path().join("a.md");
        fs::write(&file, "saved since").unwrap();
        let carrier = Carrier::new(content.path()).unwrap();
        assert!(carrier.stage(&file, "as it was read", "new").is_err());
        assert_eq!(fs::read_to_string(&file).unwrap(), "saved since");
    }
}
