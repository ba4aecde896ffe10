//! Knowing a picture's content by its length and time, as copies in the output are known, so that it need not be read.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::memory::{put, sealed, unsealed};
use crate::read::SitePath;

/// The name of the file that holds them.
pub const NAME: &str = "stamps.txt";

/// A file that changed less than this before it was read may change again without another time.
const SETTLING: Duration = Duration::from_secs(2);

/// What a file was like when its content was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The hash of its content.
    pub content: u128,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last changed.
    pub modified: SystemTime,
}

impl Stamp {
    /// Whether the file's time tells later changes from this one, at the time `now`.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        now.duration_since(self.modified).is_ok_and(|age| age > SETTLING)
    }
}

/// The stamps of the last build.
#[derive(Debug, Default)]
pub struct Stamps {
    /// By path, percent-encoded; what stands after it on a line.
    lines: HashMap<String, String>,
}

impl Stamps {
    /// The stamps in `folder`; none if they are damaged.
    pub fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join(NAME)).unwrap_or_default();
        let lines = unsealed(&text).unwrap_or_default().lines().filter_map(|line| line.split_once(' '));
        Self { lines: lines.map(|(path, rest)| (path.to_owned(), rest.to_owned())).collect() }
    }

    /// The hash of the content of the file at `path`, if its length and time are as they were.
    pub fn content(&self, path: &SitePath, length: u64, modified: SystemTime) -> Option<u128> {
        let (content, rest) = self.lines.get(&path.encoded())?.split_once(' ')?;
        (rest == mark(length, modified)).then(|| u128::from_str_radix(content, 16).ok()).flatten()
    }

    /// Puts `stamps` in the place of these. Where that fails, the next build reads the files again.
    pub fn replace(&self, folder: &Path, stamps: Vec<(SitePath, Stamp)>) {
        let line = |(path, Stamp { content, length, modified }): &(SitePath, Stamp)| {
            (path.encoded(), format!("{content:032x} {}", mark(*length, *modified)))
        };
        let lines: Vec<(String, String)> = stamps.iter().map(line).collect();
        let is_new = |(path, rest): &(String, String)| self.lines.get(path) != Some(rest);
        if lines.len() != self.lines.len() || lines.iter().any(is_new) {
            let text: String = lines.iter().map(|(path, rest)| format!("{path} {rest}\n")).collect();
            let _ = put(folder, &folder.join(NAME), sealed(&text).as_bytes());
        }
    }
}

/// A file's length and time as text.
fn mark(length: u64, modified: SystemTime) -> String {
    let nanoseconds = match modified.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    };
    format!("{length} {nanoseconds}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_file_is_known_until_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = SitePath::new("a b/ü.png").unwrap();
        let modified = UNIX_EPOCH + Duration::from_nanos(1_700_000_000_123_456_789);
        let stamp = Stamp { content: 7, length: 9, modified };
        Stamps::default().replace(folder.path(), vec![(path.clone(), stamp)]);
        let stamps = Stamps::read(folder.path());
        assert_eq!(stamps.content(&path, 9, modified), Some(7));
        assert_eq!(stamps.content(&path, 8, modified), None);
        assert_eq!(stamps.content(&path, 9, modified + Duration::from_nanos(1)), None);
        assert_eq!(stamps.content(&SitePath::new("b.png").unwrap(), 9, modified), None);

        let text = fs::read_to_string(folder.path().join(NAME)).unwrap();
        fs::write(folder.path().join(NAME), text.replace("0007 ", "0008 ")).unwrap();
        assert_eq!(Stamps::read(folder.path()).content(&path, 9, modified), None);
        assert!(stamp.is_settled(modified + Duration::from_secs(3)) && !stamp.is_settled(modified));
    }
}
