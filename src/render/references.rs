//! Compiles the references of a page that are not the essay's own: those of the theme's HTML.
//!
//! The essay's text is left alone where it stands as it is, since its references are resolved already. Around it, each
//! local `href`, `src` and the like is resolved as in an essay and written relative to the page. Only the values are
//! replaced; every other byte stays.

use std::sync::Arc;

use hashbrown::HashSet;

use super::address::{UrlStyle, push_text};
use super::templates::around::Around;
use super::theme::built_in::BuiltIn;
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
    pub anchors: &'a [Arc<str>],
    /// The id of its opening heading, which the template shows.
    pub heading: Option<&'a str>,
}

/// The ids of a page.
#[derive(Debug)]
struct Ids<'a> {
    /// Those that its template writes, in order of place.
    around: Vec<&'a str>,
    own: Own<'a>,
    /// All of them, where there are many.
    all: Option<HashSet<&'a str>>,
}

/// A page with more ids than this has them in a set: the others' are looked through.
const MANY_IDS: usize = 64;

impl<'a> Ids<'a> {
    /// Those in `scans` of what stands around `own`, and of that.
    fn new(scans: &'a [(&str, Vec<Attribute<'_>>)], own: Own<'a>) -> Self {
        let found = scans.iter().flat_map(|(_, found)| found);
        let ids = found.filter(|attribute| attribute.kind == AttributeKind::Id);
        let around: Vec<&str> = ids.map(|attribute| &*attribute.value).collect();
        let is_many = around.len() + own.anchors.len() > MANY_IDS;
        let all = is_many.then(|| around.iter().copied().chain(own.anchors.iter().map(|anchor| &**anchor)).collect());
        Self { around, own, all }
    }

    /// Whether the page has `id`.
    fn contains(&self, id: &str) -> bool {
        match &self.all {
            Some(all) => all.contains(id),
            None => self.around.contains(&id) || self.own.anchors.iter().any(|anchor| **anchor == *id),
        }
    }

    /// Those that its template writes although the page has them already.
    fn repeated(&self) -> impl Iterator<Item = &'a str> {
        let own = self.own.anchors.iter().map(|anchor| &**anchor);
        let mut seen: HashSet<&str> = own.filter(|anchor| self.own.heading != Some(*anchor)).collect();
        self.around.iter().copied().filter(move |id| !seen.insert(id))
    }
}

/// The page of which a template has made what stands around `own`, with the references in that compiled.
pub fn compile(page: Page<'_>, around: &Around, own: Own<'_>) -> Found<String> {
    // Where a template has changed the text, the whole page is the template's.
    let own = if around.after.is_some() { own } else { Own::default() };
    let stretches = [&around.before, around.after.as_deref().unwrap_or_default()];
    let scans = stretches.map(|stretch| (stretch, html::attributes(stretch)));
    let ids = Ids::new(&scans, own);
    let repeated = |id: &str| {
        let place = place(page, id, "the page has this id twice");
        template::repeated_id(id, page.address.as_str(), page.template, place)
    };
    let mut diagnostics: Vec<Diagnostic> = ids.repeated().map(repeated).collect();
    let length = stretches[0].len() + own.content.len() + stretches[1].len();
    let mut compiled = String::with_capacity(length + scans.iter().map(|(_, found)| found.len() * 8).sum::<usize>());
    let mut url = String::new();
    for (position, (stretch, found)) in scans.iter().enumerate() {
        let mut from = 0;
        for attribute in found.iter().filter(|attribute| attribute.kind != AttributeKind::Id) {
            let destination = attribute.value.trim_ascii();
            url.clear();
            match resolve(page, destination, &ids, &mut url) {
                Ok(Written::Anew) => {
                    compiled.push_str(&stretch[from..attribute.span.start]);
                    push_text(&mut compiled, &url);
                    from = attribute.span.end;
                }
                Ok(Written::AsBefore) => {}
                Err(_) if page.reported.iter().any(|reported| reported == destination) => {}
                Err(miss) => diagnostics.push(unresolved(page, destination, attribute.kind, &miss)),
            }
        }
        compiled.push_str(&stretch[from..]);
        if position == 0 {
            compiled.push_str(own.content);
        }
    }
    Found { value: compiled, diagnostics }
}

/// How a destination is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// As another URL.
    Anew,
    /// As the template has it.
    AsBefore,
}

/// Writes the URL that `destination` is written as to `url`, if it does not stay as it is.
fn resolve(page: Page<'_>, destination: &str, ids: &Ids<'_>, url: &mut String) -> Result<Written, Miss> {
    // What templates are given is mostly spelt so, and need not be taken apart.
    let file = plain_path(destination).and_then(|path| page.built_in.file_at(path).or_else(|| page.site.file_at(path)));
    if let Some(address) = file {
        page.style.push(url, address);
        return Ok(Written::Anew);
    }
    if let Some(id) = destination.strip_prefix('#') {
        if id.is_empty() || ids.contains(id) {
            return Ok(Written::AsBefore);
        }
        return Err(Miss::Anchor { anchor: id.to_owned(), page: String::new(), nearest: None });
    }
    if destination.is_empty() || destination.starts_with('?') || is_external(destination) {
        return Ok(Written::AsBefore);
    }
    let from = link::names::Origin { folder: None, page: page.address };
    let target: Target = match page.built_in.address(destination) {
        Some(address) => Target::File { address: address.clone(), suffix: String::new() },
        None => page.site.resolve(from, destination)?,
    };
    let Some(written) = page.style.target(page.site, page.address, &target) else { return Ok(Written::AsBefore) };
    url.push_str(&written);
    Ok(Written::Anew)
}

/// The path of `destination` from the top of the site, if it is rooted and every letter of it stands for itself: nothing is
/// percent-encoded, no part says where to go, nothing follows the path.
fn plain_path(destination: &str) -> Option<&str> {
    let path = destination.strip_prefix('/')?;
    let mut before = b'/';
    for byte in path.bytes() {
        let is_letter = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if !is_letter && (before == b'/' || !matches!(byte, b'/' | b'.')) {
            return None;
        }
        before = byte;
    }
    (before != b'/').then_some(path)
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
