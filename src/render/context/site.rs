//! The site and its essays as every template sees them.

use serde::Serialize;

use super::{Markup, Shared};
use crate::read::Parts;

/// What every template sees.
#[derive(Debug, Serialize)]
pub struct Global {
    /// The site.
    pub site: SiteContext,
}

/// The site as a whole.
#[derive(Debug, Serialize)]
pub struct SiteContext {
    /// Its name: the configuration's, else the front page's title, else the phrase `untitled`.
    pub title: String,
    /// One sentence about it, if the configuration has one.
    pub description: Option<String>,
    /// Its base URL with a slash at the end, if the configuration has one.
    pub base_url: Option<String>,
    /// Who writes, if the configuration says so.
    pub author: Option<String>,
    /// Its language (BCP 47).
    pub language: String,
    /// The address of the front page.
    pub address: String,
    /// The links at the top of each page, in the configuration's order.
    pub navigation: Vec<NavigationEntry>,
    /// Every essay but the front page: newest first, undated ones last.
    pub essays: Vec<Shared<EssayCard>>,
    /// Every keyword, by name.
    pub keywords: Vec<Shared<KeywordContext>>,
    /// The address of the page of all keywords; none if no essay has a keyword.
    pub keyword_index: Option<String>,
    /// Every series, by name.
    pub series: Vec<SeriesEntry>,
    /// The address of the feed; none without a base address or a dated essay.
    pub feed: Option<String>,
    /// The address of the page on which readers search; none if the configuration switches it off.
    pub search: Option<String>,
    /// The addresses of the styles: the theme's, and what the essays need besides.
    pub styles: Vec<String>,
    /// Which parts pages have.
    pub parts: Parts,
    /// What stands at the foot of each page, if the configuration has it.
    pub footer: Option<Markup>,
    /// Where else the author is.
    pub social: Vec<NavigationEntry>,
    /// What made the site: "Essai" and its version.
    pub generator: String,
}

/// A link of the navigation.
#[derive(Debug, Serialize)]
pub struct NavigationEntry {
    /// What the reader sees.
    pub title: String,
    /// Where it leads: an address, or the URL of another site.
    pub address: String,
}

/// A keyword.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeywordContext {
    /// Its name.
    pub name: String,
    /// The address of its page.
    pub address: String,
    /// The address of its feed; none without a base address or a dated essay.
    pub feed: Option<String>,
    /// How many essays have it.
    pub count: usize,
}

/// A series, as the site lists it.
#[derive(Debug, Serialize)]
pub struct SeriesEntry {
    /// Its name.
    pub name: String,
    /// The address of its first part.
    pub address: String,
    /// The description of its first part; may be empty.
    pub description: String,
    /// How many parts it has.
    pub count: usize,
}

/// A stretch of text in both forms.
#[derive(Debug, Clone, Serialize)]
pub struct Title {
    /// As HTML.
    pub html: Markup,
    /// As plain text.
    pub text: String,
}

/// A date, as exact as the author gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateContext {
    /// For `<time datetime>`: `2023-03-14`, `2023-03` or `2023`.
    pub iso: String,
    /// For readers: `14 March 2023`, `March 2023` or `2023`.
    pub text: String,
    /// Its year.
    pub year: i16,
    /// The moment for feeds (RFC 3339): `2023-03-14T00:00:00Z`.
    pub moment: String,
}

/// An essay, as lists show it.
#[derive(Debug, Clone, Serialize)]
pub struct EssayCard {
    /// Its title.
    pub title: Title,
    /// Its address.
    pub address: String,
    /// The header's description, else the beginning of its text; may be empty.
    pub description: String,
    /// When it was published.
    pub date: Option<Shared<DateContext>>,
    /// When it last changed.
    pub updated: Option<Shared<DateContext>>,
    /// Who wrote it; the site's author if it names nobody.
    pub authors: Vec<String>,
    /// Its keywords, in the author's order.
    pub keywords: Vec<Shared<KeywordContext>>,
    /// Words of its text.
    pub words: usize,
    /// Minutes that it takes to read, at 230 words a minute, rounded up.
    pub minutes: usize,
    /// Its language.
    pub language: String,
}
