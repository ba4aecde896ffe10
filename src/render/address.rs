//! How a URL is written in a page.

use pulldown_cmark_escape::{escape_href, escape_html};

use crate::link::{Site, Target};
use crate::read::SitePath;

/// How the URLs of a page are written.
#[derive(Debug, Clone, Copy)]
pub enum UrlStyle<'a> {
    /// Relative to this page: right wherever the site is put, even in a folder on disk.
    Relative(&'a SitePath),
    /// From the top of the host, whose site stands at this path, which ends with a slash.
    Rooted(&'a str),
    /// With this base address, which ends with a slash.
    Absolute(&'a str),
}

impl UrlStyle<'_> {
    /// The URL of the file at `address`, percent-encoded.
    pub fn url(&self, address: &SitePath) -> String {
        let mut url = String::new();
        self.push(&mut url, address);
        url
    }

    /// Writes what [`UrlStyle::url`] returns at the end of `url`.
    pub fn push(&self, url: &mut String, address: &SitePath) {
        match self {
            UrlStyle::Relative(page) => page.push_relative_to(address, url),
            UrlStyle::Rooted(path) => url.extend([*path, &address.encoded()]),
            UrlStyle::Absolute(base_url) => url.push_str(&canonical(base_url, address)),
        }
    }

    /// The URL of what `target` stands for in the page at `page`; `None` where it stays as it was written.
    pub fn target(&self, site: &Site, page: &SitePath, target: &Target) -> Option<String> {
        match target {
            Target::Essay { id, suffix } => Some(self.url(site.address(*id)) + suffix),
            Target::File { address, suffix } => Some(self.url(address) + suffix),
            Target::SamePage(suffix) => match self {
                UrlStyle::Absolute(_) => Some(self.url(page) + suffix),
                UrlStyle::Relative(_) | UrlStyle::Rooted(_) => Some(suffix.clone()),
            },
            Target::AsWritten => None,
        }
    }
}

/// The URL of the file at `address` under `base_url`, without `index.html`.
pub fn canonical(base_url: &str, address: &SitePath) -> String {
    let mut url = format!("{base_url}{}", address.encoded());
    if address.name() == "index.html" {
        url.truncate(url.len() - "index.html".len());
    }
    url
}

/// The address as templates see it: percent-encoded, from the top of the site.
pub fn rooted(address: &SitePath) -> String {
    format!("/{}", address.encoded())
}

/// The path of a base URL: `/essays/` of `https://example.org/essays/`; `/` without one.
pub fn base_path(base_url: Option<&str>) -> &str {
    let after_scheme = base_url.and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    match after_scheme.and_then(|rest| rest.find('/').map(|at| &rest[at..])) {
        Some(path) if path.ends_with('/') => path,
        _ => "/",
    }
}

/// Writes `url` for an attribute, with what a URL may not hold percent-encoded.
pub fn push_url(html: &mut String, url: &str) {
    // Writing to a string never fails.
    let _ = escape_href(html, url);
}

/// Writes `text` for an attribute or as text.
pub fn push_text(html: &mut String, text: &str) {
    let _ = escape_html(html, text);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn urls_are_written_in_three_styles() {
        let check = |style: UrlStyle<'_>, address: &str, url: &str| {
            assert_eq!(style.url(&SitePath::new(address).unwrap()), url);
        };
        let page = SitePath::new("a/b.html").unwrap();
        check(UrlStyle::Relative(&page), "c d/index.html", "../c%20d/index.html");
        check(UrlStyle::Rooted("/essays/"), "c d/index.html", "/essays/c%20d/index.html");
        check(UrlStyle::Absolute("https://example.org/"), "c d/index.html", "https://example.org/c%20d/");
        check(UrlStyle::Absolute("https://example.org/"), "index.html", "https://example.org/");
        check(UrlStyle::Absolute("https://example.org/"), "a-index.html", "https://example.org/a-index.html");
    }

    #[test]
    fn the_path_of_a_base_url() {
        let check = |url: Option<&str>, path: &str| assert_eq!(base_path(url), path);
        check(None, "/");
        check(Some("https://example.org/"), "/");
        check(Some("https://example.org/a/b/"), "/a/b/");
    }
}
