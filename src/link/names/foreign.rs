//! Paths as other tools address them: below a folder that stands for all of `content/`, and without the numbers that bring
//! files in order.

use super::index::{Entry, EntryKind};
use crate::parse::file_name;

/// Folders that hold all essays there, and that addresses begin with.
const TOPS: [&str; 6] = ["docs", "doc", "content", "src", "blog", "wiki"];

/// The rest of `path`, which is rooted, below the folder that stands for `content/`, and that folder.
pub(super) fn below_top(path: &str) -> Option<(&str, &str)> {
    let (top, rest) = path.strip_prefix('/')?.split_once('/').or_else(|| Some((path.strip_prefix('/')?, "")))?;
    TOPS.contains(&top).then_some((top, rest))
}

/// The folder in `content/` of the collection that `path`, which is rooted, begins with as Jekyll has its address, and the path there:
/// `/docs/lens/` is what `_docs/lens.md` becomes.
pub(super) fn in_collection(path: &str) -> Option<(String, String)> {
    let (collection, rest) = path.strip_prefix('/')?.split_once('/')?;
    let rest = rest.strip_suffix('/').or(rest.strip_suffix(".html")).unwrap_or(rest);
    (!collection.is_empty()).then(|| (format!("_{collection}"), format!("/_{collection}/{rest}")))
}

/// Essays of which a part of the path has a number, by the address that Docusaurus or Nuxt gives them: `01-app/02-lens.md` by
/// `app/lens`.
#[derive(Debug, Default)]
pub(super) struct Unnumbered(Vec<(String, u32)>);

impl Unnumbered {
    /// Those of `entries`.
    pub fn new(entries: &[Entry]) -> Self {
        let mut addresses = Vec::new();
        for (position, entry) in entries.iter().enumerate() {
            let path = match &entry.kind {
                EntryKind::Essay => entry.path.rsplit_once('.').map_or(&*entry.path, |(stem, _)| stem),
                EntryKind::Folder(Some(_)) => &entry.path,
                _ => continue,
            };
            if path.split('/').any(|part| file_name::unnumbered(part) != part) {
                addresses.push((unnumbered(path), position as u32));
            }
        }
        addresses.sort_unstable();
        Self(addresses)
    }

    /// The position of the entry that is at `path` once the numbers are left out; `None` if there are several. A path that names
    /// a file of `content/`, or whose last part has a number, is meant as it is.
    pub fn position(&self, path: &str) -> Option<usize> {
        let path = path.trim_end_matches('/');
        let path = path.strip_suffix(".html").unwrap_or(path);
        let name = path.rsplit('/').next().unwrap_or_default();
        if self.0.is_empty() || name.contains('.') || file_name::unnumbered(name) != name {
            return None;
        }
        let wanted = unnumbered(path);
        let at = self.0.partition_point(|(address, _)| *address < wanted);
        let mut found = self.0[at..].iter().take_while(|(address, _)| *address == wanted);
        found.next().filter(|_| found.next().is_none()).map(|(_, position)| *position as usize)
    }
}

/// `path` without the number of any part.
fn unnumbered(path: &str) -> String {
    path.split('/').map(file_name::unnumbered).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_top_is_one_of_a_few() {
        assert_eq!(below_top("/docs/a/b"), Some(("docs", "a/b")));
        assert_eq!(below_top("/docs"), Some(("docs", "")));
        assert_eq!(below_top("docs/a"), None);
        assert_eq!(below_top("/lenses/a"), None);
    }
}
