//! The feeds, the sitemap and `robots.txt`: what machines read. All need the site's base address.

use super::address::{UrlStyle, canonical};
use super::context::{FeedContext, FeedEntry, FeedPage, RobotsPage, SitemapEntry, SitemapPage};
use super::pages::body::{Trimmings, fill};
use super::pages::cards::{authors, description};
use super::pages::languages::language;
use super::pages::list_in;
use super::pages::site::site_title;
use super::templates::Templates;
use crate::diagnostic::{Diagnostic, Found};
use crate::link::{EssayId, Keyword, Site};
use crate::parse::Date;
use crate::read::SitePath;

/// When essay `id` last changed, as its dates say.
fn changed(site: &Site, id: EssayId) -> Option<jiff::Timestamp> {
    let header = &site[id].header;
    header.updated.as_ref().max(header.date.as_ref()).map(|date| date.moment)
}

/// A feed: what it is of, where it goes and which page lists the same.
#[derive(Debug, Clone, Copy)]
pub struct Feed<'a> {
    /// Its keyword; none for the site's own feed.
    pub keyword: Option<&'a Keyword>,
    /// Where it goes.
    pub address: &'a SitePath,
}

/// The feed `feed` as Atom; empty without a base address.
pub fn feed(site: &Site, templates: &Templates, feed: Feed<'_>) -> Found<String> {
    let Some(base_url) = site.config.base_url.as_deref() else { return String::new().into() };
    let essays = feed.keyword.map_or(&site.newest, |keyword| &keyword.essays);
    let Some(updated) = essays.iter().filter_map(|id| changed(site, *id)).max() else { return String::new().into() };
    let mut diagnostics = Vec::new();
    let dated = essays.iter().filter(|id| changed(site, **id).is_some());
    let entries = dated.take(site.config.feed.entries.max(1));
    let entries = entries.map(|id| entry(site, templates, *id, base_url, &mut diagnostics)).collect();
    let title = site_title(site);
    let context = FeedContext {
        title: feed.keyword.map_or_else(|| title.clone(), |keyword| format!("{title}: {}", keyword.name)),
        url: canonical(base_url, feed.address),
        page_url: feed.keyword.map_or_else(|| base_url.to_owned(), |keyword| canonical(base_url, &keyword.address)),
        updated: updated.to_string(),
        author: site.config.author.clone().unwrap_or(title),
        entries,
    };
    let Found { value, diagnostics: more } = templates.render("feed.xml", &FeedPage { feed: context });
    diagnostics.extend(more);
    Found { value: without_illegal(value), diagnostics }
}

/// Essay `id` in a feed.
fn entry(
    site: &Site,
    templates: &Templates,
    id: EssayId,
    base_url: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> FeedEntry {
    let essay = &site[id];
    let style = UrlStyle::Absolute(base_url);
    let list = list_in(site, templates, id, style);
    diagnostics.extend(list.diagnostics);
    let updated = changed(site, id).map(|moment| moment.to_string()).unwrap_or_default();
    FeedEntry {
        title: essay.title.text.to_string(),
        url: canonical(base_url, site.address(id)),
        published: essay.header.date.as_ref().map_or_else(|| updated.clone(), |date| date.moment.to_string()),
        updated,
        authors: authors(site, id),
        keywords: essay.header.keywords.clone(),
        summary: description(site, id),
        language: language(site, id).to_owned(),
        content: fill(site, id, style, Trimmings::None, &list.value),
    }
}

/// The sitemap: every essay but the author's own page for what is absent, and the other `pages`; empty without a base address.
pub fn sitemap<'a>(site: &'a Site, templates: &Templates, pages: impl Iterator<Item = &'a SitePath>) -> Found<String> {
    let Some(base_url) = site.config.base_url.as_deref() else { return String::new().into() };
    let essays = site.newest.iter().copied().chain(site.front).map(|id| {
        let header = &site[id].header;
        let updated = header.updated.as_ref().max(header.date.as_ref()).map(Date::iso);
        (site.address(id), updated)
    });
    let mut pages: Vec<(&SitePath, Option<String>)> = pages.map(|page| (page, None)).chain(essays).collect();
    pages.sort();
    let entries = pages.into_iter().map(|(page, updated)| SitemapEntry { url: canonical(base_url, page), updated });
    let Found { value, diagnostics } = templates.render("sitemap.xml", &SitemapPage { entries: entries.collect() });
    Found { value: without_illegal(value), diagnostics }
}

/// `robots.txt`, which names the sitemap if there is one.
pub fn robots(site: &Site, templates: &Templates, sitemap: Option<&SitePath>) -> Found<String> {
    let base_url = site.config.base_url.as_deref();
    let sitemap = base_url.zip(sitemap).map(|(base_url, address)| canonical(base_url, address));
    templates.render("robots.txt", &RobotsPage { sitemap })
}

/// `xml` without the characters that XML 1.0 cannot hold in any spelling, such as U+0008.
fn without_illegal(xml: String) -> String {
    let illegal = |letter: char| matches!(letter, '\0'..'\t' | '\x0B' | '\x0C' | '\x0E'..' ' | '\u{FFFE}' | '\u{FFFF}');
    if xml.contains(illegal) { xml.replace(illegal, "") } else { xml }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_legal_characters_only() {
        let check = |text: &str, expected: &str| assert_eq!(without_illegal(text.to_owned()), expected);
        check("a\tb\r\n\u{1F600}", "a\tb\r\n\u{1F600}");
        check("a\u{8}b\u{c}c\0\u{ffff}", "abc");
    }
}
