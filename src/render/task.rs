//! Which files the site has, and making each.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::feed::{self, Feed};
use super::site::stands;
use super::templates::Templates;
use super::{Content, Output, Turn, hosts, pages};
use crate::diagnostic::{Found, template};
use crate::link::{EssayId, Origin, Site};
use crate::read::{HostFile, SitePath};

/// One file to be made.
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
}

/// Every file of the site, in a fixed order. Where the author has a file, Essai makes none.
pub fn tasks(site: &Site) -> Vec<Task> {
    let mut tasks = Vec::with_capacity(site.files.len() + site.essays.len() + 2 * site.keywords.len() + 8);
    let task = |(address, from): (&SitePath, From)| Task { address: address.clone(), from };
    tasks.extend(site.files.iter().enumerate().map(|(position, file)| task((&file.address, From::File(position)))));
    tasks.extend(site.ids().map(|id| task((site.address(id), From::Essay(id)))));
    tasks.extend(made(site));
    let redirects = site.redirects.iter().enumerate();
    tasks.extend(redirects.map(|(position, redirect)| task((&redirect.from, From::Redirect(position)))));
    tasks
}

/// The files that Essai makes of the whole site.
fn made(site: &Site) -> Vec<Task> {
    let fixed = |name: &str, from: From| SitePath::new(name).map(|address| (address, from));
    let keywords = || site.keywords.iter().enumerate();
    let mut made: Vec<(SitePath, From)> = Vec::with_capacity(2 * site.keywords.len() + 6);
    made.extend(fixed("index.html", From::Index));
    made.extend(keywords().map(|(position, keyword)| (keyword.address.clone(), From::Keyword(position))));
    made.extend(fixed("keywords/index.html", From::KeywordIndex));
    made.extend(fixed("feed.xml", From::Feed));
    made.extend(keywords().map(|(position, keyword)| (keyword.feed.clone(), From::KeywordFeed(position))));
    made.extend(fixed("sitemap.xml", From::Sitemap));
    made.extend(fixed("robots.txt", From::Robots));
    made.extend(fixed("404.html", From::NotFound));
    made.extend(HostFile::of(&site.config.hosts).into_iter().filter_map(|file| fixed(file.name(), From::Host(file))));
    made.retain(|(address, _)| site.is_generated(address));
    made.into_iter().map(|(address, from)| Task { address, from }).collect()
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
            Origin::Made { essay, position } => Content::Bytes(site[*essay].made_files[*position].bytes.clone()),
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
            let sitemap = SitePath::new("sitemap.xml").filter(|address| stands(site, address));
            feed::robots(site, templates, sitemap.as_ref())
        }
        From::NotFound => pages::not_found(site, templates, address),
        From::Host(file) => Found { value: hosts::text(site, file), diagnostics: Vec::new() },
        From::Redirect(position) => pages::redirect(site, templates, &site.redirects[position]),
    }
}

impl Task {
    /// Whether it is a page, not an essay's, that the sitemap lists.
    fn is_listed(&self) -> bool {
        matches!(self.from, From::Index | From::Keyword(_) | From::KeywordIndex)
    }
}
