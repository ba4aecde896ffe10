//! The whole contract with templates: what each of them is given.
//!
//! Every template sees [`Global`]. Each kind of page adds its own: `essay.html` is given an [`EssayPage`], `index.html`
//! an [`IndexPage`], `keyword.html` a [`KeywordPage`], `keywords.html` a [`KeywordIndexPage`], `search.html` a
//! [`SearchPage`], `404.html` a [`NotFoundPage`], `redirect.html` a [`RedirectPage`], `essays.html` an [`EssayList`], `feed.xml` a [`FeedPage`],
//! `sitemap.xml` a [`SitemapPage`] and `robots.txt` a [`RobotsPage`].
//!
//! An *address* is percent-encoded and rooted, as if the site stood at the top of its host: `/a/b.html`. In the page
//! that comes out it is relative. A *URL* is absolute, and there only if the site has a base address.

mod essay;
mod feed;
mod site;

pub use essay::{BacklinkContext, ContentsEntry, EssayContext, HeadingContext, SeriesContext, SeriesPart};
pub use feed::{FeedContext, FeedEntry, FeedPage, RobotsPage, SitemapEntry, SitemapPage};
pub use site::{DateContext, EssayCard, Global, KeywordContext, NavigationEntry, SeriesEntry, SiteContext, Title};

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
use tera::Value;

use crate::read::Phrases;

/// HTML that a template shows as it is: `{{ essay.content }}` needs no `safe`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup(pub String);

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

/// A `T` made ready for templates once and used in many pages without a copy.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    value: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Shared<T> {
    /// Makes `item` ready.
    pub fn new(item: &T) -> Self {
        Self { value: Value::from_serializable(item), of: PhantomData }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// What every page has, whatever it shows.
#[derive(Debug, Serialize)]
pub struct PageContext {
    /// What it shows.
    pub kind: PageKind,
    /// Its title, as plain text.
    pub title: String,
    /// One sentence about it.
    pub description: Option<String>,
    /// Its language.
    pub language: String,
    /// What it says beside the author's words, in its language.
    pub phrases: Shared<Phrases>,
    /// The direction of its writing: `ltr`, or `rtl` for Arabic, Hebrew and others.
    pub direction: &'static str,
    /// Its address.
    pub address: String,
    /// Its canonical URL, if the site has a base address.
    pub url: Option<String>,
    /// The way from it to the top of the site: empty, or `../` as often as it is deep.
    pub root: String,
    /// The URL of the picture that stands for it, if it has one and the site has a base address.
    pub image: Option<String>,
    /// The width and height of that picture, if they are known.
    pub image_size: Option<ImageSize>,
    /// The address of the essay before it: in its series, else the next older one.
    pub previous: Option<String>,
    /// The address of the essay after it: in its series, else the next newer one.
    pub next: Option<String>,
    /// The same essay in every language that it is there in, this one among them; empty if there is only this one.
    pub versions: Vec<VersionContext>,
    /// What it is, for search engines: JSON-LD, which stands as it is in a `<script type="application/ld+json">`. There only
    /// if the site has a base address.
    pub structured: Option<Markup>,
    /// The address of a feed of what it lists, if there is one.
    pub feed: Option<String>,
    /// The address of the style that its mathematics needs, if it has some.
    pub math_style: Option<String>,
    /// The address of the font that its mathematics is set in, if it has some and the font is not the reader's.
    pub math_font: Option<String>,
}

/// An essay in one of several languages.
#[derive(Debug, Serialize)]
pub struct VersionContext {
    /// Its language (BCP 47).
    pub language: String,
    /// Its title, as plain text.
    pub title: String,
    /// Its address.
    pub address: String,
    /// Its canonical URL, if the site has a base address.
    pub url: Option<String>,
}

/// The size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImageSize {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Essays of one year.
#[derive(Debug, Serialize)]
pub struct YearGroup {
    /// The year, or "Undated"; none where the list is too short for headings.
    pub heading: Option<String>,
    /// Its essays, newest first.
    pub essays: Vec<Shared<EssayCard>>,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// The front page, written by the author or made as a list of essays.
    Front,
    /// An essay.
    Essay,
    /// The essays of a keyword.
    Keyword,
    /// All keywords.
    Keywords,
    /// What a host shows in place of a page that does not exist.
    NotFound,
    /// The form in which readers search.
    Search,
    /// A former address.
    Redirect,
}

/// What `essay.html` is given.
#[derive(Debug, Serialize)]
pub struct EssayPage {
    /// The page.
    pub page: PageContext,
    /// The essay.
    pub essay: EssayContext,
}

/// What `index.html` is given, if the author has written no front page.
#[derive(Debug, Serialize)]
pub struct IndexPage {
    /// The page.
    pub page: PageContext,
    /// Every essay, newest first: the same as `site.essays`.
    pub essays: Vec<Shared<EssayCard>>,
    /// The same by year.
    pub years: Vec<YearGroup>,
}

/// What `essays.html`, the list of essays, is given: on its own where an essay holds `<!-- essays -->`, and inside the
/// templates that include it.
#[derive(Debug, Serialize)]
pub struct EssayList {
    /// The page that it stands in.
    pub page: PageContext,
    /// The essays to list.
    pub essays: Vec<Shared<EssayCard>>,
    /// The same by year.
    pub years: Vec<YearGroup>,
}

/// What `keyword.html` is given.
#[derive(Debug, Serialize)]
pub struct KeywordPage {
    /// The page.
    pub page: PageContext,
    /// The keyword.
    pub keyword: Shared<KeywordContext>,
    /// Its essays, newest first.
    pub essays: Vec<Shared<EssayCard>>,
    /// The same by year.
    pub years: Vec<YearGroup>,
}

/// What `search.html` is given.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// The page.
    pub page: PageContext,
}

/// What `keywords.html` is given; the keywords are in `site.keywords`.
#[derive(Debug, Serialize)]
pub struct KeywordIndexPage {
    /// The page.
    pub page: PageContext,
}

/// What `404.html` is given. Its links stay rooted, since it is shown at any depth.
#[derive(Debug, Serialize)]
pub struct NotFoundPage {
    /// The page.
    pub page: PageContext,
}

/// What `redirect.html` is given.
#[derive(Debug, Serialize)]
pub struct RedirectPage {
    /// The page.
    pub page: PageContext,
    /// The essay that it leads to.
    pub essay: Shared<EssayCard>,
    /// The same as a relative URL, for `<meta http-equiv="refresh">`, where addresses are not made relative.
    pub relative: String,
}
