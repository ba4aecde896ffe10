//! Which files the site has, and making each.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::feed::{self, Feed};
use super::pages;
use super::pages::site::{search_address, stands};
use super::search::{self, Chunk};
use super::templates::Templates;
use super::theme::built_in::BuiltInFile;
use super::theme::mathematics;
use super::{Content, Output, hosts};
use crate::diagnostic::{Found, template};
use crate::link::{CopiedFile, EssayId, Origin, Site};
use crate::read::{HostFile, SitePath};

/// One file to be made, of the site that it was planned for.
#[derive(Debug, Clone)]
pub struct Task {
    /// Where it goes.
    pub address: SitePath,
    /// What it is made from.
    from: From,
}

/// What a file is made from.
#[derive(Debug, Clone, Copy)]
enum From {
    /// The copied file at this position.
    File(usize),
    /// This essay.
    Essay(EssayId),
    /// All essays.
    Index,
    /// The keyword at this position.
    Keyword(usize),
    /// All keywords.
    KeywordIndex,
    /// The newest essays.
    Feed,
    /// The newest essays of the keyword at this position.
    KeywordFeed(usize),
    /// The addresses of all pages.
    Sitemap,
    /// Nothing but whether there is a sitemap.
    Robots,
    /// Nothing.
    NotFound,
    /// The former address at this position.
    Redirect(usize),
    /// What a host is to be told.
    Host(HostFile),
    /// What pages with mathematics share.
    MathStyle,
    /// The characters of all mathematics.
    MathFont,
    /// The form in which readers search.
    Search,
    /// What goes out beside the theme's files: fonts, and what the essays need besides the user's own style.
    BuiltIn,
}

/// Every file of the site but the index for searching, in a fixed order. Where the author has a file, Essai makes none.
pub fn plan(site: &Site, templates: &Templates) -> Vec<Task> {
    let mut tasks = Vec::with_capacity(site.files.len() + site.essays.len() + 2 * site.keywords.len() + 8);
    let task = |(address, from): (&SitePath, From)| Task { address: address.clone(), from };
    let files = site.files.iter().enumerate();
    tasks.extend(files.map(|(position, file)| {
        let made = made_of(templates, file).map_or(&file.address, |made| &made.address);
        task((made, From::File(position)))
    }));
    tasks.extend(site.ids().map(|id| task((site.address(id), From::Essay(id)))));
    tasks.extend(made(site));
    let redirects = site.redirects.iter().enumerate();
    tasks.extend(redirects.map(|(position, redirect)| task((&redirect.from, From::Redirect(position)))));
    tasks.extend(templates.built_in.beside(site).map(|file| task((&file.address, From::BuiltIn))));
    tasks
}

/// The addresses that are known before there are templates.
pub fn addresses(site: &Site) -> Vec<SitePath> {
    let files = site.files.iter().map(|file| file.address.clone());
    let redirects = site.redirects.iter().map(|redirect| redirect.from.clone());
    let made = made(site).into_iter().map(|task| task.address);
    files.chain(site.addresses.iter().cloned()).chain(made).chain(redirects).collect()
}

/// The index by which readers search; empty where they cannot. Where the author has a file, Essai makes none.
pub fn search(site: &Site) -> Vec<Output> {
    if search_address(site).is_none() {
        return Vec::new();
    }
    let output = |chunk: Chunk| Output { address: chunk.address, content: Content::Bytes(chunk.text.into_bytes()) };
    let chunks = search::index(site).into_iter();
    chunks.filter(|chunk| !stands(site, &chunk.address)).map(output).collect()
}

/// What a file of the built-in theme is made into, if it does not go out as it is.
fn made_of<'a>(templates: &'a Templates, file: &CopiedFile) -> Option<&'a BuiltInFile> {
    match file.origin {
        Origin::BuiltIn(_) => templates.built_in.named(&file.address),
        Origin::Disk(_) | Origin::Made { .. } => None,
    }
}

/// The files that Essai makes of the whole site.
fn made(site: &Site) -> Vec<Task> {
    let fixed = |name: &str, from: From| SitePath::new(name).map(|address| (address, from));
    let keywords = || site.keywords.iter().enumerate();
    let mut made: Vec<(SitePath, From)> = Vec::with_capacity(2 * site.keywords.len() + 6);
    if let Some(mathematics) = &site.mathematics {
        // The font takes longest.
        made.extend(mathematics.font.as_ref().map(|font| (font.address.clone(), From::MathFont)));
        made.push((mathematics.style.clone(), From::MathStyle));
    }
    made.extend(fixed("index.html", From::Index));
    made.extend(keywords().map(|(position, keyword)| (keyword.address.clone(), From::Keyword(position))));
    made.extend(fixed("keywords/index.html", From::KeywordIndex));
    made.extend(fixed("feed.xml", From::Feed));
    made.extend(keywords().map(|(position, keyword)| (keyword.feed.clone(), From::KeywordFeed(position))));
    made.extend(fixed("sitemap.xml", From::Sitemap));
    made.extend(fixed("robots.txt", From::Robots));
    made.extend(fixed("404.html", From::NotFound));
    made.extend(HostFile::of(&site.config.hosts).into_iter().filter_map(|file| fixed(file.name(), From::Host(file))));
    made.extend(fixed("search.html", From::Search));
    made.retain(|(address, _)| site.is_generated(address));
    made.into_iter().map(|(address, from)| Task { address, from }).collect()
}

/// The file that `task` asks for. One that makes Essai stumble is empty.
pub fn one(site: &Site, templates: &Templates, task: &Task) -> Found<Output> {
    let Task { address, from } = task;
    let made = catch_unwind(AssertUnwindSafe(|| content(site, templates, address, *from)));
    let Found { value: content, diagnostics } = made.unwrap_or_else(|_| stumbled(address));
    Found { value: Output { address: address.clone(), content }, diagnostics }
}

/// Nothing, for want of what is to be at `address`.
fn stumbled(address: &SitePath) -> Found<Content> {
    Found { value: Content::Bytes(Vec::new()), diagnostics: vec![template::stumbled(address.as_str())] }
}

/// What the file at `address` holds.
fn content(site: &Site, templates: &Templates, address: &SitePath, from: From) -> Found<Content> {
    let text = match from {
        From::File(position) => return copied(site, templates, &site.files[position]).into(),
        From::BuiltIn => {
            let file = templates.built_in.beside(site).find(|file| file.address == *address);
            return Content::Bytes(file.map(|file| file.bytes.to_vec()).unwrap_or_default()).into();
        }
        From::MathFont => {
            let font = site.mathematics.as_ref().and_then(mathematics::font);
            return font.map_or_else(|| stumbled(address), |font| Content::Bytes(font).into());
        }
        From::MathStyle => {
            let style = site.mathematics.as_ref().map(|found| mathematics::style(site, found));
            style.unwrap_or_default().into()
        }
        From::Essay(id) => pages::essay(site, templates, id),
        From::Index => pages::index(site, templates, address),
        From::Keyword(position) => pages::keyword(site, templates, position),
        From::KeywordIndex => pages::keyword_index(site, templates, address),
        From::Feed => feed::feed(site, templates, Feed { keyword: None, address }),
        From::KeywordFeed(position) => {
            feed::feed(site, templates, Feed { keyword: site.keywords.get(position), address })
        }
        From::Sitemap => {
            let made = made(site);
            feed::sitemap(site, templates, made.iter().filter(|task| task.is_listed()).map(|task| &task.address))
        }
        From::Robots => {
            let sitemap = SitePath::new("sitemap.xml").filter(|address| stands(site, address));
            feed::robots(site, templates, sitemap.as_ref())
        }
        From::Search => pages::search(site, templates, address),
        From::NotFound => pages::not_found(site, templates, address),
        From::Host(file) => hosts::text(site, &templates.built_in, file).into(),
        From::Redirect(position) => pages::redirect(site, templates, &site.redirects[position]),
    };
    Found { value: Content::Bytes(text.value.into_bytes()), diagnostics: text.diagnostics }
}

/// What a copied file holds.
fn copied(site: &Site, templates: &Templates, file: &CopiedFile) -> Content {
    if let Some(made) = made_of(templates, file) {
        return Content::Bytes(made.bytes.to_vec());
    }
    match &file.origin {
        Origin::Disk(file) => Content::Copy(file.to_path_buf()),
        Origin::Made { essay, position } => Content::Bytes(site[*essay].made_files[*position].bytes.clone()),
        Origin::BuiltIn(bytes) => Content::BuiltIn(bytes),
    }
}

impl Task {
    /// The kind of file that it is: those of one kind are made by the same template.
    pub fn kind(&self) -> std::mem::Discriminant<impl Sized + use<>> {
        std::mem::discriminant(&self.from)
    }

    /// Whether its address says what it holds, so that a file of the same address is the same.
    pub fn is_constant(&self) -> bool {
        matches!(self.from, From::MathFont)
    }

    /// Whether it is a page, not an essay's, that the sitemap lists.
    fn is_listed(&self) -> bool {
        matches!(self.from, From::Index | From::Keyword(_) | From::KeywordIndex)
    }
}
