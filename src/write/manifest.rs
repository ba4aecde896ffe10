//! Which files of the output folder are Essai's.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use percent_encoding::percent_decode_str;

use crate::read::SitePath;

/// The name of the file that holds the manifest, at the top of the output folder.
pub const MANIFEST: &str = ".essai";

/// The first line, for whoever opens the file.
const OPENING: &str = "# Files that Essai made here, and may change or remove.";

/// The files of an output folder that Essai made.
///
/// On disk it is a line of explanation and then a path a line, sorted; `%` and line breaks are percent-encoded. Lines
/// that are not a path inside the folder are passed over, so that a damaged manifest never costs a stranger's file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files.
    pub paths: BTreeSet<SitePath>,
}

impl Manifest {
    /// The manifest of `folder`, or `None` if it has none.
    ///
    /// # Errors
    /// Whatever the file system says, but for a file that is not there.
    pub fn read(folder: &Path) -> io::Result<Option<Self>> {
        match fs::read(folder.join(MANIFEST)) {
            Ok(bytes) => Ok(Some(Self::parse(&String::from_utf8_lossy(&bytes)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The manifest that `text` spells.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|line| *line != OPENING);
        Self { paths: lines.filter_map(|line| SitePath::new(&percent_decode_str(line).decode_utf8().ok()?)).collect() }
    }

    /// The manifest as it is on disk.
    pub fn text(&self) -> String {
        let mut text = format!("{OPENING}\n");
        for path in &self.paths {
            text.push_str(&path.as_str().replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D"));
            text.push('\n');
        }
        text
    }

    /// Whether the file at `path` is Essai's.
    pub fn holds(&self, path: &SitePath) -> bool {
        self.paths.contains(path)
    }

    /// The files of both.
    pub fn union(&self, other: &Self) -> Self {
        Self { paths: self.paths.union(&other.paths).cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_manifest_survives_odd_names() {
        let names = ["a.html", "# a", "a b/ü.html", "a\nb.html", "100%25.html", "c\r"];
        let manifest = Manifest { paths: names.iter().map(|name| SitePath::new(name).unwrap()).collect() };
        assert_eq!(Manifest::parse(&manifest.text()), manifest);
    }

    #[test]
    fn a_damaged_manifest_never_leads_out() {
        let manifest = Manifest::parse("<<<<<<< HEAD\n../../etc/passwd\n%2e%2e/x\n\n/a.html\n");
        let paths: Vec<&str> = manifest.paths.iter().map(SitePath::as_str).collect();
        assert_eq!(paths, ["<<<<<<< HEAD", "a.html"]);
    }
}
