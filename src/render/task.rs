//! Which files the site has, and making each.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::feed::{self, Feed, has_feed};
use super::templates::Templates;
use super::{Content, Output, Turn, pages};
use crate::diagnostic::{Found, template};
use crate::link::{EssayId, Origin, Site};
use crate::read::SitePath;

/// One file to be made.
#[derive(Debug, Clone)]
pub struct Task {
    /// Where it goes.
    address: SitePath,
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
}

/// Every file of the site, in a fixed order. Where the author has a file, Essai makes none.
pub fn tasks(site: &Site) -> Vec<Task> {
    let mut tasks = Vec::with_capacity(site.files.len() + site.essays.len() + 2 * site.keywords.len() + 8);
    let task = |(address, from): (&SitePath, From)| Task { address: address.clone(), from };
    tasks.extend(site.files.iter().enumerate().map(|(position, file)| task((&file.address, From::File(position)))));
    tasks.extend(site.ids().map(|id| task((site.address(id), From::Essay(id)))));
    let taken: HashSet<&SitePath> = site.files.iter().map(|file| &file.address).chain(&site.addresses).collect();
    tasks.extend(made(site).into_iter().filter(|task| !taken.contains(&task.address)));
    let redirects = site.redirects.iter().enumerate();
    tasks.extend(redirects.map(|(position, redirect)| task((&redirect.from, From::Redirect(position)))));
    tasks
}

/// The files that Essai makes of the whole site.
fn made(site: &Site) -> Vec<Task> {
    let mut made: Vec<Task> = Vec::new();
    let mut add = |name: &str, from: From| {
        made.extend(SitePath::new(name).map(|address| Task { address, from }));
    };
    add("index.html", From::Index);
    for (position, keyword) in site.keywords.iter().enumerate() {
        add(keyword.address.as_str(), From::Keyword(position));
    }
    if !site.keywords.is_empty() {
        add("keywords/index.html", From::KeywordIndex);
    }
    if has_feed(site, &site.newest) {
        add("feed.xml", From::Feed);
    }
    for (position, keyword) in site.keywords.iter().enumerate() {
        if has_feed(site, &keyword.essays) {
            add(keyword.feed.as_str(), From::KeywordFeed(position));
        }
    }
    if site.config.base_url.is_some() {
        add("sitemap.xml", From::Sitemap);
    }
    add("robots.txt", From::Robots);
    add("404.html", From::NotFound);
    made
}

/// The file that `task` asks for. One that makes Essai stumble is empty.
pub fn output(site: &Site, templates: &Templates, task: Task) -> Found<Output> {
    let Task { address, from } = task;
    let turn = match from {
        From::File(_) => Turn::Asset,
        From::Essay(id) if site.front != Some(id) => Turn::Page,
        _ => Turn::List,
    };
    if let From::File(position) = from {
        let content = match &site.files[position].origin {
            Origin::Disk(file) => Content::Copy(file.clone()),
            Origin::BuiltIn(bytes) => Content::BuiltIn(bytes),
        };
        return Found { value: Output { address, content, turn }, diagnostics: Vec::new() };
    }
    let made = catch_unwind(AssertUnwindSafe(|| text(site, templates, &address, from)));
    let Found { value, diagnostics } = made
        .unwrap_or_else(|_| Found { value: String::new(), diagnostics: vec![template::stumbled(address.as_str())] });
    Found { value: Output { address, content: Content::Bytes(value.into_bytes()), turn }, diagnostics }
}

/// The text of the file at `address`.
fn text(site: &Site, templates: &Templates, address: &SitePath, from: From) -> Found<String> {
    match from {
        From::File(_) => Found { value: String::new(), diagnostics: Vec::new() },
        From::Essay(id) => pages::essay(site, templates, id),
        From::Index => pages::index(site, templates, address),
        From::Keyword(position) => pages::keyword(site, templates, position),
        From::KeywordIndex => pages::keyword_index(site, templates, address),
        From::Feed => feed::feed(site, templates, Feed { keyword: None, address }),
        From::KeywordFeed(position) => {
            feed::feed(site, templates, Feed { keyword: site.keywords.get(position), address })
        }
        From::Sitemap => {
            let pages: Vec<SitePath> =
                tasks(site).into_iter().filter(Task::is_listed).map(|task| task.address).collect();
            feed::sitemap(site, templates, &pages.iter().collect::<Vec<_>>())
        }
        From::Robots => {
            let sitemap = SitePath::new("sitemap.xml").filter(|_| site.config.base_url.is_some());
            feed::robots(site, templates, sitemap.as_ref())
        }
        From::NotFound => pages::not_found(site, templates, address),
        From::Redirect(position) => pages::redirect(site, templates, &site.redirects[position]),
    }
}

impl Task {
    /// Whether it is a page, not an essay's, that the sitemap lists.
    fn is_listed(&self) -> bool {
        matches!(self.from, From::Index | From::Keyword(_) | From::KeywordIndex)
    }
}
