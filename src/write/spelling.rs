//! Names that differ in spelling alone: by upper and lower case, or by how Unicode composes letters.
//!
//! Many disks of macOS and Windows have one file for all spellings of a name. There, a file that goes by another spelling now is
//! not one file more and one less.

use std::collections::HashMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::read::SitePath;

use super::Manifest;

/// The paths of a manifest by what all their spellings have in common.
#[derive(Debug)]
pub struct Spellings(HashMap<String, Vec<SitePath>>);

impl Spellings {
    /// The spellings of `manifest`.
    pub fn of(manifest: &Manifest) -> Self {
        let mut paths: HashMap<String, Vec<SitePath>> = HashMap::new();
        for path in &manifest.paths {
            paths.entry(folded(path)).or_default().push(path.clone());
        }
        Self(paths)
    }

    /// The path that is the same file of `folder` as `path`, but spelt in another way.
    pub fn same_file(&self, folder: &Path, path: &SitePath) -> Option<&SitePath> {
        let others = self.0.get(&folded(path))?.iter().filter(|other| *other != path);
        others.into_iter().find(|other| is_same_file(&folder.join(other.as_str()), &folder.join(path.as_str())))
    }
}

/// What all spellings of `path` have in common: lower case, in Unicode's composed form (NFC).
fn folded(path: &SitePath) -> String {
    path.as_str().nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Whether two spellings are one file: of one disk, under one number.
#[cfg(unix)]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| std::fs::symlink_metadata(path).ok().map(|found| (found.dev(), found.ino()));
    let found = identity(one);
    found.is_some() && found == identity(other)
}

/// Whether two spellings are one file: of one path, as the disk spells it.
#[cfg(not(unix))]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let spelt = |path: &Path| std::fs::canonicalize(path).ok();
    let found = spelt(one);
    found.is_some() && found == spelt(other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn spellings_have_much_in_common() {
        let check = |one: &str, other: &str, is_one: bool| {
            let folded = |path: &str| folded(&SitePath::new(path).unwrap());
            assert_eq!(folded(one) == folded(other), is_one, "{one} {other}");
        };
        check("Eye.svg", "eye.svg", true);
        check("A/b.html", "a/B.html", true);
        check("Größe.html", "gro\u{308}ße.html", true);
        check("ΑΣ.html", "ας.html", false);
        check("a.html", "b.html", false);
    }
}
