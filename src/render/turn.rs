//! The order in which the files of a site are put in place, on disk and online.

use crate::read::{HostFile, SitePath};

/// When a file is put in place: a reader never sees a page before what it needs, nor a list before the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// First: pictures, styles, documents.
    Asset,
    /// Then: pages.
    Page,
    /// Last: what lists pages or leads to them; the front page, keyword pages, feeds, the sitemap, redirects.
    List,
}

impl Turn {
    /// The turns in order.
    pub const ALL: [Turn; 3] = [Turn::Asset, Turn::Page, Turn::List];

    /// The turn of the file at `address`. It follows from nothing else, so that it is known of a file that is only online too.
    pub fn of(address: &SitePath) -> Self {
        let name = address.as_str();
        let is_list = name == "index.html" || name.starts_with("keywords/");
        match address.extension().as_str() {
            _ if HostFile::is_name(name) => Turn::List,
            "html" | "htm" if is_list => Turn::List,
            "html" | "htm" => Turn::Page,
            "xml" | "atom" | "rss" => Turn::List,
            "txt" if address.folder().is_empty() => Turn::List,
            _ => Turn::Asset,
        }
    }

    /// What the file at `address` is ordered by: its turn, then its address.
    pub fn key(address: &SitePath) -> (Self, SitePath) {
        (Self::of(address), address.clone())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_leads_to_a_page_comes_after_it() {
        let in_order = [
            "a/index.txt",
            "a/p.png",
            "style.css",
            "a/index.html",
            "seeing.html",
            "_redirects",
            "a/feed.xml",
            "index.html",
            "keywords/light.html",
            "robots.txt",
            "vercel.json",
        ];
        let expected: Vec<SitePath> = in_order.iter().map(|address| SitePath::new(address).unwrap()).collect();
        let mut sorted: Vec<SitePath> = expected.iter().rev().cloned().collect();
        sorted.sort_by_cached_key(Turn::key);
        assert_eq!(sorted, expected);
    }
}
