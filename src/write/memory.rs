//! What the last build came to, kept beside the site so that a build of the same input has nothing to do.
//!
//! A site is a function of what is read. Where a hash of all of that is the one that the last build noted, and no file of the
//! output has been touched since, the outputs are known without being made. The note is a small text; without it, or where
//! anything in it is not as it should be, everything is made as ever.

use std::fs;
use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::Manifest;
use super::claim::STAGING;
use super::manifest::MANIFEST;
use super::stage::metadata;

/// The first line of a note; it changes with the form of the others.
const OPENING: &str = "What the last build came to, 1";

/// What a build came to that found nothing wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Published essays.
    pub essays: usize,
    /// Series.
    pub series: usize,
    /// Keywords.
    pub keywords: usize,
}

/// What the last build came to, if its input had the hash `inputs` and all that it put into `folder` is still there as it
/// was. `note` is the file that [`keep`] wrote.
pub fn recall(note: &Path, folder: &Path, inputs: u128) -> Option<(Outcome, usize)> {
    let text = fs::read_to_string(note).ok()?;
    let numbers: Option<Vec<u128>> =
        text.strip_prefix(OPENING)?.split_whitespace().map(|part| part.parse().ok()).collect();
    let [noted, outputs, essays, series, keywords] = numbers?[..] else { return None };
    if noted != inputs || !text.ends_with('\n') {
        return None;
    }
    let amount = |number: u128| usize::try_from(number).ok();
    let outcome = Outcome { essays: amount(essays)?, series: amount(series)?, keywords: amount(keywords)? };
    let (standing, files) = standing(folder)?;
    (standing == outputs).then_some((outcome, files))
}

/// Notes in the file `note` what a build came to whose input had the hash `inputs`, and which filled `folder`. A note that
/// cannot be written is none: the next build makes everything.
pub fn keep(note: &Path, folder: &Path, inputs: u128, outcome: Outcome) {
    let Some((outputs, _)) = standing(folder) else { return };
    let Outcome { essays, series, keywords } = outcome;
    let text = format!("{OPENING}\n{inputs}\n{outputs}\n{essays}\n{series}\n{keywords}\n");
    let Some(parent) = note.parent() else { return };
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(parent)?;
        if !parent.join(".gitignore").exists() {
            // It is of use here alone.
            fs::write(parent.join(".gitignore"), "*\n")?;
        }
        let mut staged = tempfile::NamedTempFile::new_in(parent)?;
        staged.write_all(text.as_bytes())?;
        staged.persist(note)?;
        Ok(())
    };
    let _ = write();
}

/// A hash of the files that Essai has in `folder`, by length, times and identity, and how many there are. `None` if one is
/// missing, or a build left its staging.
fn standing(folder: &Path) -> Option<(u128, usize)> {
    if folder.join(STAGING).exists() {
        return None;
    }
    let text = fs::read(folder.join(MANIFEST)).ok()?;
    let manifest = Manifest::parse(&String::from_utf8_lossy(&text));
    let paths: Vec<_> = manifest.paths.iter().collect();
    let stamps: Option<Vec<[i128; 4]>> = paths.par_iter().map(|path| stamp(&folder.join(path.as_str()))).collect();
    let mut hash = Xxh3::new();
    hash.update(&xxh3_128(&text).to_le_bytes());
    stamps?.iter().flatten().for_each(|part| hash.update(&part.to_le_bytes()));
    Some((hash.digest128(), paths.len()))
}

/// What tells the file at `path` from any other and from what it was before: length, when it was written and when anything
/// about it changed (nanoseconds), and which it is.
fn stamp(path: &Path) -> Option<[i128; 4]> {
    let metadata = metadata(path).ok()?.filter(fs::Metadata::is_file)?;
    let written = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    #[cfg(unix)]
    let (changed, identity) = {
        use std::os::unix::fs::MetadataExt;
        (i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec()), metadata.ino().into())
    };
    #[cfg(not(unix))]
    let (changed, identity) = (0, 0);
    Some([metadata.len().into(), written.as_nanos().try_into().ok()?, changed, identity])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read::SitePath;

    #[test]
    fn only_what_is_as_it_was_is_known() {
        let root = tempfile::tempdir().unwrap();
        let (folder, note) = (root.path().join("public"), root.path().join(".essai/build"));
        fs::create_dir_all(folder.join("a")).unwrap();
        fs::write(folder.join("a/b.html"), "b").unwrap();
        let manifest = Manifest { paths: [SitePath::new("a/b.html").unwrap()].into() };
        fs::write(folder.join(MANIFEST), manifest.text()).unwrap();
        let outcome = Outcome { essays: 1, series: 2, keywords: 3 };
        let known = || recall(&note, &folder, 7);
        assert_eq!(known(), None);
        keep(&note, &folder, 7, outcome);
        assert_eq!(known(), Some((outcome, 1)));
        assert_eq!(recall(&note, &folder, 8), None);

        let text = fs::read_to_string(&note).unwrap();
        for end in 0..text.len() {
            fs::write(&note, &text[..end]).unwrap();
            assert_eq!(known(), None, "cut at {end}");
        }
        fs::write(&note, &text).unwrap();
        fs::create_dir(folder.join(STAGING)).unwrap();
        assert_eq!(known(), None);
        fs::remove_dir(folder.join(STAGING)).unwrap();
        fs::write(folder.join("a/b.html"), "c").unwrap();
        assert_eq!(known(), None);
        keep(&note, &folder, 7, outcome);
        fs::remove_file(folder.join("a/b.html")).unwrap();
        assert_eq!(known(), None);
    }
}
