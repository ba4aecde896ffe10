//! Paths inside the site.

use std::borrow::Borrow;
use std::fmt;
use std::iter;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// A path inside `content/` or inside the output: parts joined by `/`, no leading slash, no `.` or `..`, never empty. Many
/// things know the path of one file, so a copy costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SitePath(Arc<str>);

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
        joined(folder, path).filter(|joined| !joined.is_empty()).map(|joined| Self(joined.into()))
    }

    /// The path as text: `a/b.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that holds it, without a slash at the end: `a` of `a/b.md`, `""` at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Every folder that holds it, the innermost first: `a/b` and `a` of `a/b/c.md`.
    pub fn folders(&self) -> impl Iterator<Item = SitePath> + use<> {
        let above =
            |path: &Self| Some(path.folder()).filter(|folder| !folder.is_empty()).map(|folder| Self(folder.into()));
        iter::successors(above(self), above)
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
        let mut url = String::with_capacity(target.0.len() + 8);
        self.push_relative_to(target, &mut url);
        url
    }

    /// Writes what [`SitePath::relative_to`] returns at the end of `url`.
    pub fn push_relative_to(&self, target: &SitePath, url: &mut String) {
        let (up, down) = way(self.folder(), &target.0);
        push_up(up, down, url);
        push_encoded(url, down);
    }

    /// The path percent-encoded for a URL, from the top, without a leading slash.
    pub fn encoded(&self) -> String {
        let mut encoded = String::with_capacity(self.0.len());
        push_encoded(&mut encoded, &self.0);
        encoded
    }
}

/// The path that `path` spells, seen from `folder`, both from the top; `.`, `..` and slashes too many are resolved, and
/// `""` is the top. `None` where it leads above the top.
pub fn joined(folder: &str, path: &str) -> Option<String> {
    let mut joined = String::with_capacity(folder.len() + path.len() + 1);
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if joined.is_empty() => return None,
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    Some(joined)
}

/// Writes `path` percent-encoded at the end of `url`.
fn push_encoded(url: &mut String, path: &str) {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/' | b'_');
    // Most paths stay as they are; without a way out of it, the loop looks at many bytes at a time.
    if path.bytes().fold(true, |all, byte| all & stays(byte)) {
        url.push_str(path);
    } else {
        url.extend(utf8_percent_encode(path, NOT_IN_PATH));
    }
}

/// The way from `folder` to what is at `path`, both from the top: how many folders it goes up, and what of `path` it goes down.
pub fn way<'p>(folder: &str, path: &'p str) -> (usize, &'p str) {
    let same = folder.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
    if same == folder.len() && (same == 0 || path[same..].starts_with('/')) {
        return (0, if same == 0 { path } else { &path[same + 1..] });
    }
    let shared = folder.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    (folder[shared..].bytes().filter(|byte| *byte == b'/').count() + 1, &path[shared..])
}

/// `path` as it is spelt in `folder`, both from the top: `../c/d.md`.
pub fn spelt_in(folder: &str, path: &str) -> String {
    let (up, down) = way(folder, path);
    let mut spelt = String::with_capacity(3 * up + down.len() + 2);
    push_up(up, down, &mut spelt);
    spelt + down
}

/// Writes how a way of `up` and `down` begins at the end of `url`.
fn push_up(up: usize, down: &str, url: &mut String) {
    (0..up).for_each(|_| url.push_str("../"));
    // A first part with a colon would be taken for a scheme.
    if up == 0 && down.split('/').next().is_some_and(|part| part.contains(':')) {
        url.push_str("./");
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
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
        check("ab/c.html", "a/c.html", "../a/c.html");
        check("a/c.html", "ab/c.html", "../ab/c.html");
        check("a/b/c.html", "a/d/e/f.html", "../d/e/f.html");
        check("a/b/c.html", "a/b.html", "../b.html");
        check("a/b/c.html", "a/b/d/e.html", "d/e.html");
        check("a/b.html", "a/x:y/z.html", "./x:y/z.html");
        check("a.html", "x:y.html", "./x:y.html");
    }

    #[test]
    fn a_way_leads_through_the_folder_that_holds_both() {
        let check = |folder: &str, path: &str, expected: &str| assert_eq!(spelt_in(folder, path), expected);
        check("", "a/é b.md", "a/é b.md");
        check("a", "a/b.md", "b.md");
        check("a", "a.md", "../a.md");
        check("a/b", "a/b/", "");
        check("a/b", "a/bc/d.md", "../bc/d.md");
        check("a/b/c", "a/d.md", "../../d.md");
        check("é", "è/x:y.md", "../è/x:y.md");
        check("", "x:y.md", "./x:y.md");
        assert_eq!(way("a/b", "a/c/d.md"), (1, "c/d.md"));
    }

    #[test]
    fn a_path_never_leaves_its_folder() {
        assert_eq!(SitePath::join("a", "../../b"), None);
        assert_eq!(SitePath::join("a", ".."), None);
        assert_eq!(SitePath::join("a", "./b//c/../d").unwrap().as_str(), "a/b/d");
        assert_eq!(joined("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(joined("a", "..").as_deref(), Some(""));
        assert_eq!(joined("a", "../.."), None);
        assert_eq!(joined("", "./a//b/").as_deref(), Some("a/b"));
    }
}
