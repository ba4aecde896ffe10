//! What the whole site shares, for templates.

use super::cards::{Cards, description};
use crate::link::{Site, Target};
use crate::parse::code::Highlighter;
use crate::parse::{self, Fill, ParseConfig, is_local};
use crate::read::{NavigationLink, SitePath, Source};
use crate::render::address::{push_url, rooted};
use crate::render::context::{Global, Markup, NavigationEntry, SeriesEntry, SiteContext};
use crate::render::theme::built_in::BuiltIn;

/// The site's name: the configuration's, else the front page's title, else a word for essays.
pub fn site_title(site: &Site) -> String {
    let front = site.front.map(|id| site[id].title.text.to_string());
    site.config
        .title
        .clone()
        .or(front)
        .unwrap_or_else(|| site.config.phrases.of(&site.config.language).untitled.to_string())
}

/// What every template sees, and the destinations of the navigation that lead nowhere.
pub fn global(site: &Site, cards: &Cards, built_in: &BuiltIn) -> (Global, Vec<String>) {
    let (navigation, reported) = navigation(site);
    let series = site.series.iter().filter_map(|series| {
        let first = series.essays.first()?;
        Some(SeriesEntry {
            name: series.name.clone(),
            address: rooted(site.address(*first)),
            description: description(site, *first),
            count: series.essays.len(),
        })
    });
    let context = SiteContext {
        title: site_title(site),
        description: site.config.description.clone(),
        base_url: site.config.base_url.clone(),
        author: site.config.author.clone(),
        language: site.config.language.clone(),
        address: "/index.html".to_owned(),
        navigation,
        essays: cards.list(&site.newest),
        keywords: cards.keywords.clone(),
        keyword_index: (!site.keywords.is_empty()).then(|| "/keywords/index.html".to_owned()),
        series: series.collect(),
        search: search_address(site),
        styles: built_in.styles(site),
        parts: site.config.theme.parts,
        footer: site.config.theme.footer.as_deref().map(|footer| Markup(footer_html(site, footer))),
        social: site.config.theme.social.iter().map(social).collect(),
        feed: SitePath::new("feed.xml").and_then(|address| feed_address(site, &address)),
        generator: concat!("Essai ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    (Global { site: context }, reported)
}

/// The links of the navigation, and the destinations that lead nowhere: those stay as they were written.
fn navigation(site: &Site) -> (Vec<NavigationEntry>, Vec<String>) {
    let mut reported = Vec::new();
    let mut entries = Vec::new();
    for (link, target) in site.config.navigation.iter().zip(&site.navigation) {
        let address = match target {
            Target::Essay { id, suffix } => rooted(site.address(*id)) + suffix,
            Target::File { address, suffix } => rooted(address) + suffix,
            Target::SamePage(suffix) => format!("/index.html{suffix}"),
            Target::AsWritten => {
                reported.push(link.link.clone());
                link.link.clone()
            }
        };
        entries.push(NavigationEntry { title: link.title.clone(), address });
    }
    (entries, reported)
}

/// The address of the page on which readers search, if there is one.
pub fn search_address(site: &Site) -> Option<String> {
    SitePath::new("search.html").filter(|address| site.is_generated(address)).map(|address| rooted(&address))
}

/// A link of the foot of each page.
fn social(link: &NavigationLink) -> NavigationEntry {
    let title = if link.title.is_empty() { link.link.clone() } else { link.title.clone() };
    NavigationEntry { title, address: from_the_top(&link.link) }
}

/// `destination` as a template writes it, which sees the site from its top.
fn from_the_top(destination: &str) -> String {
    match is_local(destination) && !destination.starts_with(['/', '#']) {
        true => format!("/{destination}"),
        false => destination.to_owned(),
    }
}

/// The Markdown of the foot as HTML, its links as templates write them.
fn footer_html(site: &Site, markdown: &str) -> String {
    let Some(path) = SitePath::new("footer.md") else { return String::new() };
    let shown = site.config.shown.as_str().into();
    let source = Source { shown, ..Source::new(path, format!("\n{markdown}\n")) };
    let essay = parse::parse_one(source, &ParseConfig::of(&site.config), &Highlighter::new()).value;
    let mut html = String::new();
    let mut from = 0;
    for hole in &essay.body.holes {
        html.push_str(&essay.body.html[from..hole.at]);
        from = hole.at;
        if let Fill::Reference(position) = hole.fill
            && let Some(reference) = essay.references.get(position)
        {
            push_url(&mut html, &from_the_top(&reference.destination));
        }
    }
    html.push_str(&essay.body.html[from..]);
    html
}

/// Whether something stands at `address`, whoever made it.
pub fn stands(site: &Site, address: &SitePath) -> bool {
    site.names.has(address)
}

/// The address of a feed, if there is one.
pub fn feed_address(site: &Site, address: &SitePath) -> Option<String> {
    stands(site, address).then(|| rooted(address))
}
