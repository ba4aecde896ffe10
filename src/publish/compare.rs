//! Two manifests side by side.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::manifest::{Entity, Manifest, Page};
use super::successor::{Successors, nearest_anchor};
use super::{is_cited, is_picture};
use crate::read::SitePath;

/// What differs between an old site and a new one, each list by address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Addresses that are new.
    pub added: Vec<SitePath>,
    /// Addresses where something else stands.
    pub changed: Vec<Changed>,
    /// Pages that are at another address now, and to which the old one still leads.
    pub moved: Vec<Moved>,
    /// Files that are gone and that nobody cites: styles, scripts, pictures.
    pub removed: Vec<SitePath>,
    /// Addresses that are gone although others may link to them.
    pub lost: Vec<Lost>,
    /// Anchors that are gone from pages that are still there.
    pub lost_anchors: Vec<LostAnchor>,
    /// Pictures that a page showed and that its successor does not show.
    pub missing_pictures: Vec<MissingPicture>,
    /// Entries of feeds that readers' programs would show again as new.
    pub repeated: Vec<Repeated>,
}

/// An address where something else stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Which.
    pub address: SitePath,
    /// What of it differs.
    pub what: Difference,
}

/// What of a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Difference {
    /// What a reader reads.
    Text,
    /// Only what is around it.
    Markup,
    /// Its bytes, which are no page.
    Bytes,
}

/// A page that is at another address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Where it was.
    pub from: SitePath,
    /// Where it is.
    pub to: SitePath,
}

/// An address that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Which.
    pub address: SitePath,
    /// The title of what stood there; may be empty.
    pub title: String,
    /// The address that likely took its place.
    pub successor: Option<SitePath>,
}

/// An anchor that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostAnchor {
    /// The old address of its page.
    pub address: SitePath,
    /// The id.
    pub anchor: String,
    /// The id that is most like it, of those that are new.
    pub nearest: Option<String>,
}

/// A picture that is no longer shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingPicture {
    /// The page that showed it.
    pub page: SitePath,
    /// Where the picture was.
    pub picture: SitePath,
}

/// An entry of a feed that would appear again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeated {
    /// The feed.
    pub feed: SitePath,
    /// The entry's title.
    pub title: String,
    /// What told it from others.
    pub was: String,
    /// What does now.
    pub is: String,
}

impl Comparison {
    /// How many things are lost: addresses, anchors, pictures.
    pub fn losses(&self) -> usize {
        self.lost.len() + self.lost_anchors.len() + self.missing_pictures.len()
    }
}

/// What differs between `old` and `new`. What is not known of one of them is not said to differ.
pub fn compare(old: &Manifest, new: &Manifest) -> Comparison {
    let mut comparison = Comparison::default();
    let successors = Successors::new(old, new);
    for (address, before) in &old.files {
        match new.files.get(address) {
            Some(after) => set_side_by_side(&mut comparison, address, before, after),
            None if is_cited(address) => comparison.lost.push(Lost {
                address: address.clone(),
                title: before.page.as_ref().map(|page| page.title.clone()).unwrap_or_default(),
                successor: successors.of(address, before),
            }),
            None => {}
        }
        if let (Some(page), Some((_, now))) = (&before.page, new.page(address)) {
            comparison.lost_anchors.extend(lost_anchors(address, page, now));
            comparison.missing_pictures.extend(missing_pictures(address, page, now, old, new));
        }
        comparison.repeated.extend(repeated(address, before, new.files.get(address)));
    }
    let is_removed = |address: &&SitePath| !new.files.contains_key(*address) && !is_cited(address);
    comparison.removed = old.files.keys().filter(is_removed).cloned().collect();
    comparison.added = new.files.keys().filter(|address| !old.files.contains_key(*address)).cloned().collect();
    comparison
}

/// Notes how what stands at `address` differs.
fn set_side_by_side(comparison: &mut Comparison, address: &SitePath, before: &Entity, after: &Entity) {
    let redirect = |entity: &Entity| entity.page.as_ref().and_then(|page| page.redirect.clone());
    match (redirect(before), redirect(after)) {
        (None, Some(to)) if before.page.is_some() => {
            comparison.moved.push(Moved { from: address.clone(), to });
            return;
        }
        _ => {}
    }
    if let (Some(one), Some(other)) = (&before.bytes, &after.bytes)
        && one != other
    {
        let text = |entity: &Entity| entity.page.as_ref().and_then(|page| page.text.clone());
        let what = match (&before.page, &after.page) {
            (Some(_), Some(_)) if text(before) == text(after) => Difference::Markup,
            (Some(_), Some(_)) => Difference::Text,
            _ => Difference::Bytes,
        };
        comparison.changed.push(Changed { address: address.clone(), what });
    }
}

/// The anchors of `page`, which stood at `address`, that `now` does not have. Footnotes are numbered anew as they come
/// and go, and nobody's to cite.
fn lost_anchors(address: &SitePath, page: &Page, now: &Page) -> Vec<LostAnchor> {
    let here: BTreeSet<&str> = now.anchors.iter().map(String::as_str).collect();
    let before: BTreeSet<&str> = page.anchors.iter().map(String::as_str).collect();
    let gone = page.anchors.iter().filter(|anchor| !here.contains(anchor.as_str()) && is_cited_anchor(anchor));
    let lost = gone.map(|anchor| {
        let fresh = now.anchors.iter().map(String::as_str).filter(|fresh| !before.contains(fresh));
        let nearest = nearest_anchor(anchor, fresh.filter(|fresh| is_cited_anchor(fresh)));
        LostAnchor { address: address.clone(), anchor: anchor.clone(), nearest }
    });
    lost.collect()
}

/// Whether others may link to `anchor`: it is no footnote's.
pub fn is_cited_anchor(anchor: &str) -> bool {
    !anchor.split_once(':').is_some_and(|(kind, _)| kind == "fn" || kind.starts_with("fnref"))
}

/// The pictures of `page` that `now` does not show: neither at that address, nor one of that name or with those bytes.
fn missing_pictures(
    address: &SitePath,
    page: &Page,
    now: &Page,
    old: &Manifest,
    new: &Manifest,
) -> Vec<MissingPicture> {
    // Where the new pictures are not known, none is missing.
    if now.text.is_none() {
        return Vec::new();
    }
    let bytes = |manifest: &Manifest, picture: &SitePath| manifest.files.get(picture)?.bytes.clone();
    let is_missing = |picture: &&SitePath| {
        let before = bytes(old, picture);
        is_picture(picture)
            && before.is_some()
            && !now
                .pictures
                .iter()
                .any(|other| other == *picture || other.stem() == picture.stem() || (bytes(new, other) == before))
    };
    let missing = page.pictures.iter().filter(is_missing);
    missing.map(|picture| MissingPicture { page: address.clone(), picture: picture.clone() }).collect()
}

/// The entries of the feed at `address` that are told from others differently than before, and so look new.
fn repeated(address: &SitePath, before: &Entity, after: Option<&Entity>) -> Vec<Repeated> {
    let Some(after) = after else { return Vec::new() };
    let known: BTreeMap<&str, &str> =
        before.entries.iter().map(|entry| (entry.title.as_str(), entry.id.as_str())).collect();
    let ids: HashSet<&str> = before.entries.iter().map(|entry| entry.id.as_str()).collect();
    let again = after.entries.iter().filter_map(|entry| {
        let was = known.get(entry.title.as_str()).filter(|_| !entry.title.is_empty())?;
        (!ids.contains(entry.id.as_str())).then(|| Repeated {
            feed: address.clone(),
            title: entry.title.clone(),
            was: (*was).to_owned(),
            is: entry.id.clone(),
        })
    });
    again.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::publish::manifest::entity;

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        let file = |(path, text): &(&str, &str)| {
            let address = SitePath::new(path).unwrap();
            (address.clone(), entity(&address, text.as_bytes()).0)
        };
        Manifest { files: files.iter().map(file).collect() }
    }

    fn check(old: &[(&str, &str)], new: &[(&str, &str)], expected: &str) {
        let found = compare(&manifest(old), &manifest(new));
        let json = serde_json::to_value(&found).unwrap();
        let filled: Vec<String> = json
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, list)| **list != serde_json::json!([]))
            .map(|(key, list)| format!("{key} {list}"))
            .collect();
        assert_eq!(filled.join("\n"), expected);
    }

    #[test]
    fn equal_sites_do_not_differ() {
        let site = [("a.html", "<main id=x>A</main>"), ("x.png", "x")];
        check(&site, &site, "");
    }

    #[test]
    fn text_and_markup_are_told_apart() {
        check(
            &[("a.html", "<main>A b</main>"), ("b.html", "<main>B</main>"), ("x.css", "x")],
            &[("a.html", "<main>A <b>b</b></main>"), ("b.html", "<main>C</main>"), ("x.css", "y"), ("c.html", "")],
            "added [\"c.html\"]\nchanged [{\"address\":\"a.html\",\"what\":\"markup\"},{\"address\":\"b.html\",\"what\":\"text\"},{\"address\":\"x.css\",\"what\":\"bytes\"}]",
        );
    }

    #[test]
    fn an_address_that_is_gone_is_lost_unless_it_leads_on() {
        check(
            &[("a.html", "<title>On seeing</title><main>A b</main>"), ("b.html", "<main>B</main>"), ("x.css", "x")],
            &[
                ("c/d.html", "<title>On seeing</title><main>A b</main>"),
                ("b.html", "<meta http-equiv=refresh content='0; url=c/d.html'>"),
            ],
            "added [\"c/d.html\"]\nlost [{\"address\":\"a.html\",\"successor\":\"c/d.html\",\"title\":\"On seeing\"}]\nmoved [{\"from\":\"b.html\",\"to\":\"c/d.html\"}]\nremoved [\"x.css\"]",
        );
    }

    #[test]
    fn anchors_are_looked_for_where_the_page_is_now() {
        check(
            &[("a.html", "<main><h2 id=seen>x<a id=fn:1></a></h2><i id=kept></i></main>")],
            &[
                ("a.html", "<meta http-equiv=refresh content='0; url=b.html'>"),
                ("b.html", "<main><h2 id=seeing>x</h2><i id=kept></i></main>"),
            ],
            "added [\"b.html\"]\nlost_anchors [{\"address\":\"a.html\",\"anchor\":\"seen\",\"nearest\":\"seeing\"}]\nmoved [{\"from\":\"a.html\",\"to\":\"b.html\"}]",
        );
    }

    #[test]
    fn pictures_may_change_their_form_but_not_go() {
        check(
            &[
                ("a.html", "<main><img src=x.png><img src=y.png><img src=z.png></main>"),
                ("x.png", "x"),
                ("y.png", "y"),
                ("z.png", "z"),
            ],
            &[("a.html", "<main><img src=x.webp><img src=other.png></main>"), ("x.webp", "w"), ("other.png", "y")],
            "added [\"other.png\",\"x.webp\"]\nchanged [{\"address\":\"a.html\",\"what\":\"markup\"}]\nmissing_pictures [{\"page\":\"a.html\",\"picture\":\"z.png\"}]\nremoved [\"x.png\",\"y.png\",\"z.png\"]",
        );
    }

    #[test]
    fn entries_that_would_appear_again_are_found() {
        let feed = |id: &str, title: &str| format!("<feed><entry><id>{id}</id><title>{title}</title></entry></feed>");
        let old = feed("1", "A");
        check(
            &[("feed.xml", &old)],
            &[("feed.xml", &(feed("2", "A") + &feed("3", "B")))],
            "changed [{\"address\":\"feed.xml\",\"what\":\"bytes\"}]\nrepeated [{\"feed\":\"feed.xml\",\"is\":\"2\",\"title\":\"A\",\"was\":\"1\"}]",
        );
    }
}
