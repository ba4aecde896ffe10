//! Paths inside the site.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// A path inside `content/` or inside the output: parts joined by `/`, no leading slash, no `.` or `..`, never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SitePath(String);

/// Characters that a path in a URL may not hold as they are (RFC 3986, section 3.3), `%` included.
const NOT_IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl SitePath {
    /// The path that `path` spells from the top of the folder, `.` and `..` and doubled slashes resolved.
    /// `None` where it leads out of the folder or to the folder itself.
    pub fn new(path: &str) -> Option<Self> {
        Self::join("", path)
    }

    /// The path that `path` spells, seen from `folder` (`""` is the top); see [`SitePath::new`].
    pub fn join(folder: &str, path: &str) -> Option<Self> {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        if parts.is_empty() { None } else { Some(Self(parts.join("/"))) }
    }

    /// The path as text: `a/b.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it, without a slash at the end: `a` of `a/b.md`, `""` at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its last part: `b.md` of `a/b.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// Its last part without the extension: `b` of `a/b.md`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// Its extension in lower case, `""` if it has none.
    pub fn extension(&self) -> String {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension.to_ascii_lowercase(),
            _ => String::new(),
        }
    }

    /// The relative URL that leads from the page at `self` to `target`, percent-encoded (RFC 3986, section 4.2):
    /// from `a/b.html` to `c/d.png` it is `../c/d.png`.
    pub fn relative_to(&self, target: &SitePath) -> String {
        let here: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        let there: Vec<&str> = target.folder().split('/').filter(|part| !part.is_empty()).collect();
        let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let mut url = "../".repeat(here.len() - shared);
        for part in &there[shared..] {
            url.extend(utf8_percent_encode(part, NOT_IN_PATH));
            url.push('/');
        }
        // A first part with a colon would be taken for a scheme.
        if url.is_empty() && target.name().contains(':') {
            url.push_str("./");
        }
        url.extend(utf8_percent_encode(target.name(), NOT_IN_PATH));
        url
    }

    /// The path percent-encoded for a URL, from the top, without a leading slash.
    pub fn encoded(&self) -> String {
        self.0.split('/').map(|part| utf8_percent_encode(part, NOT_IN_PATH).to_string()).collect::<Vec<_>>().join("/")
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn relative_urls_lead_from_page_to_page() {
        let check = |from: &str, to: &str, url: &str| {
            assert_eq!(SitePath::new(from).unwrap().relative_to(&SitePath::new(to).unwrap()), url);
        };
        check("a.html", "b.html", "b.html");
        check("a/b.html", "c/d.png", "../c/d.png");
        check("a/b.html", "a/c/d e.png", "c/d%20e.png");
        check("a/b/c.html", "index.html", "../../index.html");
        check("a.html", "x:y.html", "./x:y.html");
    }

    #[test]
    fn a_path_never_leaves_its_folder() {
        assert_eq!(SitePath::join("a", "../../b"), None);
        assert_eq!(SitePath::join("a", ".."), None);
        assert_eq!(SitePath::join("a", "./b//c/../d").unwrap().as_str(), "a/b/d");
    }
}
