//! A destination taken apart.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::parse::slug::slug;
use crate::parse::{Templated, is_local, templated};

/// What authors who come from Pelican write before a path, in its new and its old spelling.
const PELICAN: [&str; 6] = ["{filename}", "{static}", "{attach}", "|filename|", "|static|", "|attach|"];

/// What they write before a keyword.
const PELICAN_KEYWORD: [&str; 4] = ["{tag}", "{category}", "|tag|", "|category|"];

/// A destination as an author wrote it, in parts: prefix, path, and the query and fragment after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::link) struct Destination<'a> {
    /// What another generator puts before a path of `content/`: `{filename}` and its kin (Pelican), `@` (Zola), a
    /// [template](Templated), or nothing.
    pub prefix: &'a str,
    /// The path, percent-encoded as written; empty for a place in the same page.
    pub path: &'a str,
    /// Query and fragment as written, each with its sign.
    pub suffix: &'a str,
    /// Whether the name of the file is enough, wherever it is.
    pub is_by_name: bool,
}

impl<'a> Destination<'a> {
    /// Takes `written` apart.
    pub fn new(written: &'a str) -> Self {
        if let Some(Templated { prefix, path, suffix, is_by_name }) = templated(written) {
            return Self { prefix, path, suffix, is_by_name };
        }
        let (path, suffix) = written.split_at(memchr::memchr2(b'?', b'#', written.as_bytes()).unwrap_or(written.len()));
        let pelican = PELICAN.into_iter().find(|prefix| path.starts_with(prefix)).map_or(0, str::len);
        let (prefix, path) = path.split_at(if path.starts_with("@/") { 1 } else { pelican });
        Self { prefix, path, suffix, is_by_name: false }
    }

    /// The path of the page that Pelican would have made for it: of a keyword, or the front page.
    pub fn made_by_pelican(&self) -> Option<String> {
        if matches!(self.path, "{index}" | "|index|") {
            return Some("/index.html".to_owned());
        }
        let keyword = PELICAN_KEYWORD.into_iter().find_map(|prefix| self.path.strip_prefix(prefix))?;
        Some(format!("/keywords/{}.html", slug(&decoded(keyword))))
    }

    /// Whether it is a template of another tool.
    pub fn is_template(&self) -> bool {
        self.prefix.starts_with("{{") || self.prefix.starts_with("{%")
    }

    /// Whether it starts at the top of the site, not at the essay's folder.
    pub fn is_rooted(&self) -> bool {
        self.path.starts_with('/')
    }

    /// The path without percent-encoding; where that is not UTF-8, it is taken literally.
    pub fn decoded_path(&self) -> Cow<'a, str> {
        decoded(self.path)
    }

    /// The fragment as written, without `#` and without a text fragment (`:~:…`); empty if there is none.
    pub fn fragment(&self) -> &'a str {
        let fragment = self.suffix.split_once('#').map_or("", |(_, fragment)| fragment);
        fragment.split_once(":~:").map_or(fragment, |(fragment, _)| fragment)
    }
}

/// `text` without percent-encoding; literally where that is not UTF-8.
pub(in crate::link) fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// Whether `destination` leads to another site or is no address of a file at all: it begins with a scheme
/// (`https:`, `mailto:`) or with `//`.
pub fn is_external(destination: &str) -> bool {
    !is_local(destination)
}

/// Whether `path` can only name a folder: it ends with `/`, `.` or `..`.
pub(in crate::link) fn names_folder(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_taken_apart() {
        let check = |written, prefix, path, suffix, fragment: &str| {
            let destination = Destination::new(written);
            assert_eq!((destination.prefix, destination.path, destination.suffix), (prefix, path, suffix));
            assert_eq!(destination.fragment(), fragment);
        };
        check("a/b.md?x#y", "", "a/b.md", "?x#y", "y");
        check("#y?x", "", "", "#y?x", "y?x");
        check("@/a.md", "@", "/a.md", "", "");
        check("@a.md", "", "@a.md", "", "");
        check("{filename}/a.md#x", "{filename}", "/a.md", "#x", "x");
        check("|static|a.png", "|static|", "a.png", "", "");
        check("{{ site.baseurl }}/a.md#x", "{{ site.baseurl }}", "/a.md", "#x", "x");
        check("{{ '/a.md#x' | relative_url }}", "{{ '", "/a.md", "#x", "x");
        check("{{ page.url }}", "", "{{ page.url }}", "", "");
        check("a.md#x:~:text=y", "", "a.md", "#x:~:text=y", "x");
    }
}
