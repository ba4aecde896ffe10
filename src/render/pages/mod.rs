//! The pages: each is given its part of the site and becomes HTML.

pub mod body;
pub mod cards;
mod citation;
mod direction;
mod essay;
mod former;
pub mod languages;
mod outline;
pub mod site;
mod structured;

use crate::diagnostic::Found;
use crate::link::{EssayId, Redirect, Site};
use crate::parse::Fill;
use crate::read::phrases::filled;
use crate::read::{Phrases, SitePath};
use crate::render::address::{UrlStyle, base_path, canonical, rooted};
use crate::render::context::{
    EssayList, EssayPage, IndexPage, KeywordIndexPage, KeywordPage, Markup, NotFoundPage, PageContext, PageKind,
    RedirectPage, SearchPage, Shared, VersionContext,
};
use crate::render::references::{Own, Page, compile};
use crate::render::templates::Templates;
use crate::render::templates::around::Around;
use crate::render::theme::mathematics;
use body::{fill, holds};
use cards::{Cards, description, years};
use direction::direction;
use essay::{essay_context, image_or_card, image_size, steps};
use languages::language;
use site::{feed_address, site_title};

/// A page of the site's language without description, picture or feed.
fn page(site: &Site, cards: &Cards, kind: PageKind, address: &SitePath, title: String) -> PageContext {
    let language = &site.config.language;
    PageContext {
        kind,
        title,
        description: None,
        language: language.clone(),
        phrases: phrases(site, cards, language),
        direction: direction(language),
        address: rooted(address),
        url: site.config.base_url.as_deref().map(|base_url| canonical(base_url, address)),
        root: "../".repeat(address.as_str().matches('/').count()),
        image: None,
        image_size: None,
        previous: None,
        next: None,
        versions: Vec::new(),
        structured: None,
        feed: None,
        math_style: None,
        math_font: None,
    }
}

/// What pages in `language` say.
fn phrases(site: &Site, cards: &Cards, language: &str) -> Shared<Phrases> {
    cards.languages.phrases(language).unwrap_or_else(|| Shared::new(site.config.phrases.of(language)))
}

/// A phrase in the site's language, with the site's name and author and this `keyword` filled in.
fn said(site: &Site, phrase: fn(&Phrases) -> &str, keyword: &str) -> String {
    filled(phrase(site.config.phrases.of(&site.config.language)), |name| match name {
        "site" => Some(site_title(site)),
        "author" => site.config.author.clone(),
        "keyword" => Some(keyword.to_owned()),
        _ => None,
    })
}

/// Essay `id` as one of several languages.
fn version(site: &Site, id: EssayId) -> VersionContext {
    let address = site.address(id);
    VersionContext {
        language: language(site, id).to_owned(),
        title: site[id].title.text.to_string(),
        address: rooted(address),
        url: site.config.base_url.as_deref().map(|base_url| canonical(base_url, address)),
    }
}

/// The page of essay `id`.
fn page_of_essay(site: &Site, cards: &Cards, id: EssayId) -> PageContext {
    let essay = &site[id];
    let kind = if site.front == Some(id) { PageKind::Front } else { PageKind::Essay };
    let language = language(site, id);
    let (math_style, math_font) = mathematics::addresses(site, id);
    let (previous, next) = if kind == PageKind::Front { (None, None) } else { steps(site, cards, id) };
    let mut page = PageContext {
        math_style,
        math_font,
        description: Some(description(site, id)).filter(|description| !description.is_empty()),
        direction: direction(language),
        language: language.to_owned(),
        phrases: phrases(site, cards, language),
        previous: previous.map(|id| rooted(site.address(id))),
        next: next.map(|id| rooted(site.address(id))),
        versions: site.versions[id.index()].iter().map(|id| version(site, *id)).collect(),
        image_size: image_size(site, id),
        image: site
            .config
            .base_url
            .as_deref()
            .and_then(|base_url| image_or_card(site, id, UrlStyle::Absolute(base_url))),
        ..page(site, cards, kind, site.address(id), essay.title.text.to_string())
    };
    page.structured = match kind {
        PageKind::Front => structured::front(site),
        _ => structured::essay(site, id, &page),
    };
    page
}

/// What is needed to compile the references of the page at `address`, which the template `template` makes.
fn to_compile<'a>(
    site: &'a Site,
    templates: &'a Templates,
    address: &'a SitePath,
    template: &'a str,
    style: UrlStyle<'a>,
) -> Page<'a> {
    Page {
        site,
        address,
        style,
        built_in: &templates.built_in,
        sources: &templates.sources,
        template,
        reported: &templates.reported,
    }
}

/// `found` with the references in it compiled.
fn compiled(page: Page<'_>, found: Found<impl Into<Around>>, own: Own<'_>) -> Found<String> {
    let Found { value, mut diagnostics } = found;
    let Found { value, diagnostics: more } = compile(page, &value.into(), own);
    diagnostics.extend(more);
    Found { value, diagnostics }
}

/// The list of all essays that the body of essay `id` wants; empty if it wants none.
pub fn list_in(site: &Site, templates: &Templates, id: EssayId, style: UrlStyle<'_>) -> Found<String> {
    if !holds(site, id, Fill::Essays) {
        return String::new().into();
    }
    let given = EssayList {
        page: page_of_essay(site, &templates.cards, id),
        essays: templates.cards.list(&site.newest),
        years: years(site, &templates.cards, &site.newest),
    };
    let list = templates.render("essays.html", &given);
    compiled(to_compile(site, templates, site.address(id), "essays.html", style), list, Own::default())
}

/// The page of essay `id`. An author's own page for absent addresses is shown at any depth, so its links begin at the
/// host's top.
pub fn essay(site: &Site, templates: &Templates, id: EssayId) -> Found<String> {
    let address = site.address(id);
    let style = match address.as_str() {
        "404.html" => UrlStyle::Rooted(base_path(site.config.base_url.as_deref())),
        _ => UrlStyle::Relative(address),
    };
    let list = list_in(site, templates, id, style);
    let content = fill(site, id, style, templates.built_in.trimmings, &list.value);
    let content = former::with_anchors(content, &site.former[id.index()]);
    let essay = essay_context(site, &templates.cards, id, Markup(content));
    let given = EssayPage { page: page_of_essay(site, &templates.cards, id), essay };
    let own =
        Own { content: &given.essay.content.0, anchors: &site[id].anchors, heading: given.essay.heading.id.as_deref() };
    let around = templates.render_around("essay.html", &given, own.content);
    let mut found = compiled(to_compile(site, templates, address, "essay.html", style), around, own);
    found.diagnostics.extend(list.diagnostics);
    found
}

/// The front page, where the author has written none.
pub fn index(site: &Site, templates: &Templates, address: &SitePath) -> Found<String> {
    let description = site.config.description.clone().unwrap_or_else(|| match &site.config.author {
        Some(_) => said(site, |phrases| &phrases.essays_by, ""),
        None => said(site, |phrases| &phrases.essays_of, ""),
    });
    let page = page(site, &templates.cards, PageKind::Front, address, site_title(site));
    let page = PageContext { description: Some(description), structured: structured::front(site), ..page };
    let essays = templates.cards.list(&site.newest);
    let years = years(site, &templates.cards, &site.newest);
    let html = templates.render("index.html", &IndexPage { page, essays, years });
    compiled(to_compile(site, templates, address, "index.html", UrlStyle::Relative(address)), html, Own::default())
}

/// The page of the keyword at `position` of `site.keywords`.
pub fn keyword(site: &Site, templates: &Templates, position: usize) -> Found<String> {
    let keyword = &site.keywords[position];
    let address = &keyword.address;
    let feed = feed_address(site, &keyword.feed);
    let given = KeywordPage {
        page: PageContext {
            description: Some(said(site, |phrases| &phrases.essays_on, &keyword.name)),
            feed,
            ..page(site, &templates.cards, PageKind::Keyword, address, keyword.name.clone())
        },
        keyword: templates.cards.keywords[position].clone(),
        essays: templates.cards.list(&keyword.essays),
        years: years(site, &templates.cards, &keyword.essays),
    };
    let html = templates.render("keyword.html", &given);
    compiled(to_compile(site, templates, address, "keyword.html", UrlStyle::Relative(address)), html, Own::default())
}

/// The page of all keywords.
pub fn keyword_index(site: &Site, templates: &Templates, address: &SitePath) -> Found<String> {
    let description = Some(said(site, |phrases| &phrases.keywords_of, ""));
    let page = PageContext {
        description,
        ..page(site, &templates.cards, PageKind::Keywords, address, said(site, |phrases| &phrases.keywords, ""))
    };
    let html = templates.render("keywords.html", &KeywordIndexPage { page });
    compiled(to_compile(site, templates, address, "keywords.html", UrlStyle::Relative(address)), html, Own::default())
}

/// The form in which readers search.
pub fn search(site: &Site, templates: &Templates, address: &SitePath) -> Found<String> {
    let description = Some(said(site, |phrases| &phrases.search_of, ""));
    let page = PageContext {
        description,
        ..page(site, &templates.cards, PageKind::Search, address, said(site, |phrases| &phrases.search, ""))
    };
    let html = templates.render("search.html", &SearchPage { page });
    compiled(to_compile(site, templates, address, "search.html", UrlStyle::Relative(address)), html, Own::default())
}

/// What a host shows in place of a page that does not exist, at any depth: so its links begin at the host's top.
pub fn not_found(site: &Site, templates: &Templates, address: &SitePath) -> Found<String> {
    let page = page(site, &templates.cards, PageKind::NotFound, address, said(site, |phrases| &phrases.not_found, ""));
    let html = templates.render("404.html", &NotFoundPage { page });
    let style = UrlStyle::Rooted(base_path(site.config.base_url.as_deref()));
    compiled(to_compile(site, templates, address, "404.html", style), html, Own::default())
}

/// The page at a former address, which leads to where the essay is now.
pub fn redirect(site: &Site, templates: &Templates, redirect: &Redirect) -> Found<String> {
    let (from, to) = (&redirect.from, site.address(redirect.to));
    let title = site[redirect.to].title.text.to_string();
    // The canonical page is the one that it leads to.
    let url = site.config.base_url.as_deref().map(|base_url| canonical(base_url, to));
    let given = RedirectPage {
        page: PageContext { url, ..page(site, &templates.cards, PageKind::Redirect, from, title) },
        essay: templates.cards.essay(redirect.to),
        relative: from.relative_to(to),
    };
    let html = templates.render("redirect.html", &given);
    compiled(to_compile(site, templates, from, "redirect.html", UrlStyle::Relative(from)), html, Own::default())
}
