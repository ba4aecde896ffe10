//! What a request's path stands for.

use percent_encoding::percent_decode_str;

use super::snapshot::Snapshot;

/// What a request's path stands for in a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// The file of the site at this position.
    File(usize),
    /// The part of the index for searching at this address, if there is one.
    Search(String),
    /// A folder: the same path with a slash at its end is asked for in its place.
    Folder(String),
    /// The site's top is asked for at the host's.
    Top,
    /// Nothing.
    Nothing,
}

/// What `path`, the path of a URL, stands for in a site that stands at `base_path`.
///
/// A file is found by its whole address only, so that no path leads anywhere else.
pub fn asked(snapshot: &Snapshot, base_path: &str, path: &str) -> Asked {
    let Some(address) = address(base_path, path) else {
        return if path == "/" || format!("{path}/") == base_path { Asked::Top } else { Asked::Nothing };
    };
    if let Some(position) = snapshot.position(&address) {
        return Asked::File(position);
    }
    match snapshot.position(&format!("{address}/index.html")) {
        Some(_) => Asked::Folder(format!("{path}/")),
        None if address.starts_with(SEARCH) => Asked::Search(address),
        None => Asked::Nothing,
    }
}

/// The folder of the index for searching.
const SEARCH: &str = "search-index/";

/// The address in the site of the file that stands at `path`: that of a folder is its `index.html`. `None` for a path
/// that is no part of the site.
pub fn address(base_path: &str, path: &str) -> Option<String> {
    let decoded = percent_decode_str(path.strip_prefix(base_path)?).decode_utf8().ok()?;
    let is_folder = decoded.is_empty() || decoded.ends_with('/');
    Some(if is_folder { format!("{decoded}index.html") } else { decoded.into_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_index() {
        let check = |base_path: &str, path: &str, expected: Option<&str>| {
            assert_eq!(address(base_path, path).as_deref(), expected);
        };
        check("/", "/", Some("index.html"));
        check("/", "/a%20b/", Some("a b/index.html"));
        check("/", "/a.html", Some("a.html"));
        check("/sub/", "/sub/", Some("index.html"));
        check("/sub/", "/sub", None);
        check("/sub/", "/a.html", None);
        check("/", "/%ff", None);
    }
}
