//! What the files for machines are given.

use serde::Serialize;

/// What `feed.xml` is given.
#[derive(Debug, Serialize)]
pub struct FeedPage {
    /// The feed.
    pub feed: FeedContext,
}

/// A feed: of the site or of a keyword.
#[derive(Debug, Serialize)]
pub struct FeedContext {
    /// Its title.
    pub title: String,
    /// Its own URL.
    pub url: String,
    /// The URL of the page that lists the same essays.
    pub page_url: String,
    /// When the newest of its entries changed (RFC 3339).
    pub updated: String,
    /// Who writes, where an entry names nobody.
    pub author: String,
    /// Its entries, newest first; undated essays are not among them.
    pub entries: Vec<FeedEntry>,
}

/// An essay in a feed.
#[derive(Debug, Serialize)]
pub struct FeedEntry {
    /// Its title, as plain text.
    pub title: String,
    /// Its canonical URL, which is its id too.
    pub url: String,
    /// When it was published (RFC 3339).
    pub published: String,
    /// When it last changed (RFC 3339).
    pub updated: String,
    /// Who wrote it; empty if it names nobody.
    pub authors: Vec<String>,
    /// The names of its keywords.
    pub keywords: Vec<String>,
    /// The header's description, else the beginning of its text.
    pub summary: String,
    /// Its language.
    pub language: String,
    /// Its text as HTML, every link in it absolute. It is not marked as safe: Atom wants it escaped.
    pub content: String,
}

/// What `sitemap.xml` is given.
#[derive(Debug, Serialize)]
pub struct SitemapPage {
    /// Every page, by address.
    pub entries: Vec<SitemapEntry>,
}

/// A page in the sitemap.
#[derive(Debug, Serialize)]
pub struct SitemapEntry {
    /// Its canonical URL.
    pub url: String,
    /// When it last changed, if its dates say so: `2023-03-14`.
    pub updated: Option<String>,
}

/// What `robots.txt` is given.
#[derive(Debug, Serialize)]
pub struct RobotsPage {
    /// The URL of the sitemap, if there is one.
    pub sitemap: Option<String>,
}
