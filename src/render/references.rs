//! Compiles the references of a page that are not the essay's own: those of the theme's HTML.
//!
//! The essay's text is found as it stands and left alone, since its references are resolved already. Around it, each
//! local `href`, `src` and the like is resolved as in an essay and written relative to the page. Only the values are
//! replaced; every other byte stays.

use std::ops::Range;

use memchr::memmem;

use super::address::{UrlStyle, push_text};
use super::built_in::BuiltIn;
use crate::diagnostic::template::{self, Unresolved};
use crate::diagnostic::{Diagnostic, Found, Place};
use crate::link::names::is_external;
use crate::link::{self, Miss, Site, Target};
use crate::parse::html::{self, Attribute, AttributeKind};
use crate::read::{SitePath, Template};

/// What is known of a page whose references are compiled.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The site.
    pub site: &'a Site,
    /// Where the page goes.
    pub address: &'a SitePath,
    /// How its URLs are written.
    pub style: UrlStyle<'a>,
    /// The styles and scripts that Essai makes.
    pub built_in: &'a BuiltIn,
    /// The templates of the theme, in which mistakes are shown.
    pub sources: &'a [Template],
    /// The template that made the page.
    pub template: &'a str,
    /// Destinations that are wrong, but have been reported where they come from.
    pub reported: &'a [String],
}

/// What of a page is the essay's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Own<'a> {
    /// The HTML of its text; may be empty.
    pub content: &'a str,
    /// The ids in it.
    pub anchors: &'a [String],
    /// The id of its opening heading, which the template shows.
    pub heading: Option<&'a str>,
}

impl Own<'_> {
    /// Whether its text defines `id`.
    fn defines(&self, id: &str) -> bool {
        self.heading != Some(id) && self.anchors.iter().any(|anchor| anchor == id)
    }
}

/// `html` with the references around `own` compiled.
pub fn compile(page: Page<'_>, html: String, own: Own<'_>) -> Found<String> {
    let at = find(&html, own.content);
    // Where a template has changed the text, the whole page is the template's.
    let own = if at.is_some() { own } else { Own::default() };
    let stretches = match at {
        Some(at) => [0..at, at + own.content.len()..html.len()],
        None => [0..html.len(), html.len()..html.len()],
    };
    let scans = stretches.map(|stretch| (stretch.start, html::attributes(&html[stretch])));
    let ids: Vec<&str> = scans.iter().flat_map(|(_, found)| ids(found)).collect();
    let mut diagnostics = repeated_ids(page, &ids, own);
    let mut replaced: Vec<(Range<usize>, String)> = Vec::new();
    for (start, found) in &scans {
        for attribute in found.iter().filter(|attribute| attribute.kind != AttributeKind::Id) {
            let destination = attribute.value.trim_ascii();
            match resolve(page, destination, (&ids, own)) {
                Ok(Some(url)) => replaced.push((attribute.span.start + start..attribute.span.end + start, url)),
                Ok(None) => {}
                Err(_) if page.reported.iter().any(|reported| reported == destination) => {}
                Err(miss) => diagnostics.push(unresolved(page, destination, attribute.kind, &miss)),
            }
        }
    }
    let value = splice(&html, &replaced);
    Found { value: value.unwrap_or(html), diagnostics }
}

/// Bytes at the beginning of a text by which it is looked for: a search for the whole would begin by studying it all.
const BEGINNING: usize = 64;

/// Where `content` stands in `html`, if it is not empty and does.
fn find(html: &str, content: &str) -> Option<usize> {
    let (html, content) = (html.as_bytes(), content.as_bytes());
    if content.is_empty() {
        return None;
    }
    let beginning = &content[..content.len().min(BEGINNING)];
    memmem::find_iter(html, beginning).find(|at| html[*at..].starts_with(content))
}

/// `html` with the stretches in `replaced`, which come in order, replaced; `None` if there are none.
fn splice(html: &str, replaced: &[(Range<usize>, String)]) -> Option<String> {
    if replaced.is_empty() {
        return None;
    }
    let mut spliced = String::with_capacity(html.len() + replaced.len() * 16);
    let mut from = 0;
    for (span, value) in replaced {
        spliced.push_str(&html[from..span.start]);
        push_text(&mut spliced, value);
        from = span.end;
    }
    spliced.push_str(&html[from..]);
    Some(spliced)
}

/// The ids among `attributes`.
fn ids<'a>(attributes: &'a [Attribute<'_>]) -> impl Iterator<Item = &'a str> {
    attributes.iter().filter(|attribute| attribute.kind == AttributeKind::Id).map(|attribute| &*attribute.value)
}

/// The ids that a template defines although the page has them already.
fn repeated_ids(page: Page<'_>, ids: &[&str], own: Own<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (position, id) in ids.iter().enumerate() {
        if ids[..position].contains(id) || own.defines(id) {
            let place = place(page, id, "the page has this id twice");
            diagnostics.push(template::repeated_id(id, page.address.as_str(), page.template, place));
        }
    }
    diagnostics
}

/// The URL that `destination` is written as, `None` if it stays as it is.
fn resolve(page: Page<'_>, destination: &str, (ids, own): (&[&str], Own<'_>)) -> Result<Option<String>, Miss> {
    if destination.is_empty() || destination.starts_with('?') || is_external(destination) {
        return Ok(None);
    }
    if let Some(id) = destination.strip_prefix('#') {
        if id.is_empty() || ids.contains(&id) || own.anchors.iter().any(|anchor| anchor == id) {
            return Ok(None);
        }
        return Err(Miss::Anchor { anchor: id.to_owned(), page: String::new(), nearest: None });
    }
    if let Some(address) = page.built_in.address(destination) {
        return Ok(Some(page.style.url(address)));
    }
    let from = link::names::Origin { folder: None, page: page.address };
    let target: Target = page.site.resolve(from, destination)?;
    Ok(page.style.target(page.site, page.address, &target))
}

/// Where `literal` is written in a template, the user's own templates first.
fn place(page: Page<'_>, literal: &str, label: &str) -> Option<Place> {
    let built_in = |source: &&Template| source.shown.ends_with("(built in)");
    let users = page.sources.iter().filter(|source| !built_in(source));
    users.chain(page.sources.iter().filter(built_in)).find_map(|source| {
        let at = ['"', '\''].iter().filter_map(|quote| source.text.find(&format!("{quote}{literal}{quote}"))).min()?;
        Some(Place::new(&source.shown, &source.text, at + 1..at + 1 + literal.len(), label))
    })
}

/// The mistake that `destination` leads nowhere.
fn unresolved(page: Page<'_>, destination: &str, kind: AttributeKind, miss: &Miss) -> Diagnostic {
    let unresolved = match miss {
        Miss::Empty => Unresolved::Nothing { nearest: None },
        Miss::Nothing { nearest, .. } => Unresolved::Nothing { nearest: nearest.as_deref() },
        Miss::Anchor { anchor, page, nearest } => Unresolved::Anchor { anchor, page, nearest: nearest.as_deref() },
        Miss::Case { right } => Unresolved::Case { right },
        Miss::Outside => Unresolved::Outside,
        Miss::Unpublished(_) => Unresolved::Unpublished,
    };
    let place = place(page, destination, "");
    match kind {
        AttributeKind::Link => {
            template::broken_link(destination, unresolved, page.address.as_str(), page.template, place)
        }
        AttributeKind::Resource | AttributeKind::Id => {
            template::missing_file(destination, unresolved, page.address.as_str(), page.template, place)
        }
    }
}
