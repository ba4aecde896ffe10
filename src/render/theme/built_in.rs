//! The styles, scripts and fonts of the built-in theme, as they go out: named by what they hold, so that a browser may keep
//! them for ever.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_64;

use super::book::{Book, BookFont, book, rules};
use super::style::{additions, compact};
use crate::link::{Origin, Site};
use crate::read::{SitePath, Template};
use crate::render::address::rooted;
use crate::render::pages::body::Trimmings;

/// The name of the style.
const STYLE: &str = "essai.css";

/// The styles and scripts that Essai makes.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    files: Vec<BuiltInFile>,
    /// The face that the text is set in, if the site brings one.
    book: Book,
    /// What goes into an essay's text besides what its author has written.
    pub trimmings: Trimmings,
}

/// A style or script that Essai makes.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltInFile {
    /// Its name in the theme, by which templates refer to it.
    name: SitePath,
    /// Where it goes.
    pub address: SitePath,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

impl BuiltIn {
    /// The styles, scripts and fonts of `site`, whose templates are `sources`. `before` is what was made earlier; the answer
    /// does not depend on it.
    pub fn new(site: &Site, sources: &[Template], before: Option<&Self>) -> Self {
        let loads_styles = sources.iter().any(|source| source.text.contains("site.styles"));
        let book = if loads_styles { book(site, before.map(|before| &before.book)) } else { Book::default() };
        let mut files: Vec<BuiltInFile> = book.fonts.iter().filter_map(BuiltInFile::font).collect();
        let mut addresses = files.iter().map(|file| file.address.encoded());
        let additions = additions(site, &rules(&book, |_| addresses.next().unwrap_or_default()));
        for file in &site.files {
            let extension = file.address.extension();
            let Origin::BuiltIn(bytes) = file.origin else { continue };
            let bytes = match (file.address.as_str(), extension.as_str()) {
                (STYLE, _) => {
                    let style = compact(&String::from_utf8_lossy(bytes));
                    Cow::Owned((style + &additions).into_bytes())
                }
                (_, "css" | "js") => Cow::Borrowed(bytes),
                _ => continue,
            };
            files.extend(BuiltInFile::new(file.address.clone(), bytes));
        }
        let has_style = files.iter().any(|file| file.name.as_str() == STYLE);
        if !has_style && loads_styles && !additions.is_empty() {
            // The user's own style lacks what depends on the essays.
            let name = SitePath::new("essai-additions.css");
            files.extend(name.and_then(|name| BuiltInFile::new(name, Cow::Owned(additions.into_bytes()))));
        }
        let trimmings = if loads_styles { Trimmings::Theme } else { Trimmings::None };
        Self { files, book, trimmings }
    }

    /// The file that templates know as `name`.
    pub fn named(&self, name: &SitePath) -> Option<&BuiltInFile> {
        self.files.iter().find(|file| file.name == *name)
    }

    /// Files that are made beside those of the theme.
    pub fn beside<'a>(&'a self, site: &'a Site) -> impl Iterator<Item = &'a BuiltInFile> {
        let is_copied = |name: &SitePath| site.files.binary_search_by(|file| file.address.cmp(name)).is_ok();
        self.files.iter().filter(move |file| !is_copied(&file.name))
    }

    /// Where each of them goes, in a fixed order: an address says what stands at it.
    pub fn addresses(&self) -> impl Iterator<Item = &SitePath> {
        self.files.iter().map(|file| &file.address)
    }

    /// Where the file goes that a template refers to as `destination`, if it is one of these.
    pub fn address(&self, destination: &str) -> Option<&SitePath> {
        self.file_at(destination.strip_prefix('/')?)
    }

    /// Where the file goes that a template knows by the name `path`, or that goes there.
    pub fn file_at(&self, path: &str) -> Option<&SitePath> {
        let file = self.files.iter().find(|file| file.name.as_str() == path || file.address.as_str() == path)?;
        Some(&file.address)
    }

    /// The addresses of the styles, for templates: the theme's, and what the essays need besides.
    pub fn styles(&self, site: &Site) -> Vec<String> {
        let theme = site.files.iter().filter(|file| file.address.as_str() == STYLE).map(|file| rooted(&file.address));
        let beside = self.beside(site).filter(|file| file.address.extension() == "css");
        theme.chain(beside.map(|file| rooted(&file.address))).collect()
    }
}

impl BuiltInFile {
    fn font(font: &BookFont) -> Option<Self> {
        Self::new(SitePath::join("fonts", font.name)?, Cow::Owned(font.bytes.clone()))
    }

    fn new(name: SitePath, bytes: Cow<'static, [u8]>) -> Option<Self> {
        // Eight digits: two styles of one site differ in them but once in four thousand million.
        let hash = xxh3_64(&bytes) >> 32;
        let address = SitePath::join(name.folder(), &format!("{}-{hash:08x}.{}", name.stem(), name.extension()))?;
        Some(Self { name, address, bytes })
    }
}
