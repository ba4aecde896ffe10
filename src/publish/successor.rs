//! What likely took the place of what is gone.

use std::collections::{BTreeMap, HashMap};

use super::manifest::{Entity, Manifest};
use crate::diagnostic::suggest;
use crate::read::SitePath;
use crate::read::opening::is_named_by_folder;

/// How alike two titles or names have to be, from 0 to 1.
const ALIKE: f64 = 0.55;

/// The addresses of a new site that may be the successors of those that are gone.
#[derive(Debug)]
pub struct Successors<'a> {
    /// Pages by the hash of their text.
    texts: HashMap<&'a str, &'a SitePath>,
    /// Pages by title; those that the old site had too come last.
    titles: BTreeMap<String, &'a SitePath>,
    /// What is new, which is where a successor likely is.
    fresh: Vec<(&'a SitePath, &'a Entity)>,
}

impl<'a> Successors<'a> {
    /// The successors in `new` of what is gone from `old`.
    pub fn new(old: &Manifest, new: &'a Manifest) -> Self {
        let mut found = Self { texts: HashMap::new(), titles: BTreeMap::new(), fresh: Vec::new() };
        for (address, entity) in &new.files {
            let Some(page) = entity.page.as_ref().filter(|page| page.redirect.is_none()) else {
                if entity.page.is_none() && !old.files.contains_key(address) {
                    found.fresh.push((address, entity));
                }
                continue;
            };
            if let Some(text) = &page.text {
                found.texts.entry(text).or_insert(address);
            }
            if !old.files.contains_key(address) {
                found.fresh.push((address, entity));
            }
            if !page.title.is_empty() {
                found.titles.entry(page.title.to_lowercase()).or_insert(address);
            }
        }
        found
    }

    /// The likely successor of `gone`, which stood at `address`: the page with the same text, else with the same title,
    /// else the new one whose title or name is most like it.
    pub fn of(&self, address: &SitePath, gone: &Entity) -> Option<SitePath> {
        let page = gone.page.as_ref();
        let same_text = page.and_then(|page| self.texts.get(page.text.as_deref()?));
        let title = page.map(|page| page.title.to_lowercase()).unwrap_or_default();
        let same_title = self.titles.get(&title).filter(|_| !title.is_empty());
        if let Some(found) = same_text.or(same_title) {
            return Some((*found).clone());
        }
        let slug = slug(address);
        let alike = |(other, entity): &(&SitePath, &Entity)| {
            let other_title = entity.page.as_ref().map(|page| page.title.to_lowercase()).unwrap_or_default();
            let by_title = if title.is_empty() { 0.0 } else { strsim::sorensen_dice(&title, &other_title) };
            by_title.max(strsim::sorensen_dice(slug, self::slug(other)))
        };
        let same_kind = self.fresh.iter().filter(|(other, _)| other.extension() == address.extension());
        let scored = same_kind.map(|found| (alike(found), found.0));
        let best = scored.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
        best.map(|(_, found)| found.clone())
    }
}

/// The part of an address that names the page: `seeing` of `a/seeing.html` and of `a/seeing/index.html`.
fn slug(address: &SitePath) -> &str {
    if is_named_by_folder(address.stem()) && !address.folder().is_empty() {
        address.folder().rsplit('/').next().unwrap_or_default()
    } else {
        address.stem()
    }
}

/// The one of `anchors` that is most like `gone`.
pub fn nearest_anchor<'a>(gone: &str, anchors: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    let alike = anchors.clone().map(|anchor| (strsim::sorensen_dice(gone, anchor), anchor));
    let best = alike.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    best.map(|(_, anchor)| anchor).or_else(|| suggest::nearest(gone, anchors)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::publish::manifest::Page;

    #[test]
    fn the_likely_successor_is_the_most_alike() {
        let entity = |title: &str| Entity {
            page: Some(Page { title: title.to_owned(), ..Page::default() }),
            ..Entity::default()
        };
        let path = |path: &str| SitePath::new(path).unwrap();
        let pages = [("2023/on-seeing/index.html", "Seeing"), ("b.html", "The loss landscape"), ("feed.xml", "")];
        let new = Manifest { files: pages.iter().map(|(at, title)| (path(at), entity(title))).collect() };
        let check = |address: &str, title: &str, expected: Option<&str>| {
            let old = Manifest { files: [(path(address), entity(title))].into() };
            let found = Successors::new(&old, &new).of(&path(address), &entity(title));
            assert_eq!(found.as_ref().map(SitePath::as_str), expected, "{address} {title}");
        };
        check("x.html", "seeing", Some("2023/on-seeing/index.html"));
        check("on-seeing.html", "", Some("2023/on-seeing/index.html"));
        check("x.html", "A loss landscape", Some("b.html"));
        check("x.html", "Nothing of the kind", None);
        check("x.pdf", "", None);
    }
}
