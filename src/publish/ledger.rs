//! The ledger beside a site: what would be lost, and what the ledger becomes when the site is published.

use std::collections::BTreeSet;

use super::compare::is_cited_anchor;
use super::manifest::{Entity, Manifest, Page};
use super::{compare, is_cited};
use crate::diagnostic::{Diagnostic, Lines, publication};
use crate::link::Site;
use crate::read::ledger::{AnchorOf, LEDGER, Published, PublishedAnchor, Standing};
use crate::read::{Ledger, SitePath};

/// What the ledger says that the site was: what may go is left out.
pub fn as_manifest(ledger: &Ledger) -> Manifest {
    let mut manifest = Manifest::default();
    for (address, published) in ledger.addresses.iter().filter(|(_, found)| found.standing == Standing::Kept) {
        let kept = published.anchors.iter().filter(|anchor| anchor.standing == Standing::Kept);
        let anchors = kept.map(|anchor| anchor.id.clone()).collect();
        let is_page = matches!(address.extension().as_str(), "html" | "htm");
        let page = is_page.then(|| Page { title: published.title.clone(), anchors, ..Page::default() });
        manifest.files.insert(address.clone(), Entity { page, ..Entity::default() });
    }
    manifest
}

/// What of the site's ledger `site` would lose, each at its line of the ledger.
pub fn losses(site: &Site) -> Vec<Diagnostic> {
    let ledger: &Ledger = &site.ledger;
    if ledger.addresses.is_empty() {
        return Vec::new();
    }
    let comparison = compare(&as_manifest(ledger), &Manifest::planned(site));
    let lines = Lines::default();
    let place = |span: std::ops::Range<usize>| lines.place(LEDGER, &ledger.text, span);
    let span = |address: &SitePath| ledger.addresses.get(address).map(|published| published.span.clone());
    let mut diagnostics = Vec::new();
    for lost in &comparison.lost {
        let place = place(span(&lost.address).unwrap_or_default());
        let successor = lost.successor.as_ref().map(SitePath::as_str);
        diagnostics.push(publication::lost_address(place, lost.address.as_str(), successor));
    }
    for lost in &comparison.lost_anchors {
        let anchors = ledger.addresses.get(&lost.address).map(|published| published.anchors.as_slice());
        let anchor = anchors.unwrap_or_default().iter().find(|anchor| anchor.id == lost.anchor);
        let place = place(anchor.map(|anchor| anchor.span.clone()).unwrap_or_default());
        let nearest = lost.nearest.as_deref();
        diagnostics.push(publication::lost_anchor(place, lost.address.as_str(), &lost.anchor, nearest));
    }
    diagnostics
}

/// `ledger` after `site` is published: what the site has is added, and nothing is taken away.
pub fn updated(mut ledger: Ledger, site: &Site) -> Ledger {
    for (address, entity) in Manifest::planned(site).files {
        if !is_cited(&address) {
            continue;
        }
        let published = ledger.addresses.entry(address).or_default();
        // What is published again is no longer let go.
        published.standing = Standing::Kept;
        let Some(page) = entity.page else { continue };
        if !page.title.is_empty() {
            published.title = page.title;
        }
    }
    for id in site.ids() {
        if let Some(published) = ledger.addresses.get_mut(site.address(id)) {
            published.anchors = anchors(site, id, published);
        }
    }
    ledger
}

/// The anchors of essay `id` in the order of the page, each former one after the heading that it stands beside; then
/// those that `published` has and the page has not.
fn anchors<'a>(site: &'a Site, id: crate::link::EssayId, published: &'a Published) -> Vec<PublishedAnchor> {
    let essay = &site[id];
    let former = &site.former[id.index()];
    let headings: BTreeSet<&str> = essay.heading.iter().chain(&essay.headings).map(|heading| &*heading.id).collect();
    let opening = essay.heading.iter().map(|heading| &*heading.id);
    let (mut anchors, mut added) = (Vec::new(), BTreeSet::new());
    let mut add = |id: &'a str, beside: Option<&str>, of: AnchorOf, standing: Standing| {
        if is_cited_anchor(id) && added.insert(id) {
            anchors.push(PublishedAnchor {
                id: id.to_owned(),
                beside: beside.map(str::to_owned),
                of,
                standing,
                span: 0..0,
            });
        }
    };
    for anchor in opening.chain(essay.anchors.iter().map(|anchor| &**anchor)) {
        let of = if headings.contains(anchor) { AnchorOf::Heading } else { AnchorOf::Other };
        add(anchor, None, of, Standing::Kept);
        for former in former.iter().filter(|former| former.beside == anchor) {
            add(&former.id, Some(anchor), AnchorOf::Heading, Standing::Kept);
        }
    }
    for anchor in &published.anchors {
        add(&anchor.id, anchor.beside.as_deref(), anchor.of, anchor.standing);
    }
    anchors
}

/// Lets `address` go, or its anchor `anchor`. Whether the ledger has it.
pub fn retire(ledger: &mut Ledger, address: &SitePath, anchor: Option<&str>) -> bool {
    let Some(published) = ledger.addresses.get_mut(address) else { return false };
    match anchor {
        None => published.standing = Standing::Retired,
        Some(anchor) => match published.anchors.iter_mut().find(|known| known.id == anchor) {
            Some(anchor) => anchor.standing = Standing::Retired,
            None => return false,
        },
    }
    true
}
