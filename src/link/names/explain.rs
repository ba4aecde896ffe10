//! Why a destination leads nowhere, and what might have been meant.

use std::sync::Arc;

use super::destination::{Destination, decoded, names_folder};
use super::index::{Entry, EntryKind};
use super::{Miss, Names, Origin, Unpublished};
use crate::link::EssayId;
use crate::parse::Essay;
use crate::read::{joined, spelt_in};

/// How a destination leads nowhere, before anybody asks what might have been meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// It is empty.
    Empty,
    /// Nothing is there.
    Nothing,
    /// The essay has no such place.
    Anchor(EssayId),
    /// It leads out of the site.
    Outside,
    /// It leads to an essay that waits.
    Unpublished(Unpublished),
}

impl Names {
    /// Why `destination`, written in `origin`, leads nowhere: it is `lost`.
    pub(super) fn explain(&self, essays: &[Arc<Essay>], origin: Origin<'_>, destination: &str, lost: Lost) -> Miss {
        let destination = Destination::new(destination.trim());
        match lost {
            Lost::Empty => Miss::Empty,
            Lost::Nothing => self.explain_nothing(origin, destination),
            Lost::Anchor(id) => {
                let essay = &essays[id.index()];
                let anchor = decoded(destination.fragment()).into_owned();
                let page = if destination.path.is_empty() { essay.source.path.name() } else { destination.path };
                let nearest = self.with_places(id, essay, |places| places.nearest(&anchor).map(str::to_owned));
                Miss::Anchor { anchor, page: page.to_owned(), nearest }
            }
            Lost::Outside => Miss::Outside,
            Lost::Unpublished(reason) => Miss::Unpublished(reason),
        }
    }

    /// Why nothing is at the path of `destination`.
    fn explain_nothing(&self, origin: Origin<'_>, destination: Destination<'_>) -> Miss {
        let path = destination.decoded_path();
        let folder = if destination.is_rooted() { "" } else { origin.folder.unwrap_or(origin.page.folder()) };
        let Some(mut wanted) = joined(folder, &path) else {
            return Miss::Outside;
        };
        if let Some(right) = self.in_other_case(&wanted, origin, destination) {
            return Miss::Case { right };
        }
        let nearest = self.index().nearest(&wanted.replace('\\', "/"), folder);
        let nearest = nearest.and_then(|entry| spelt(entry, origin, destination));
        if names_folder(&path) && !wanted.is_empty() {
            wanted.push('/');
        }
        Miss::Nothing { path: wanted, nearest }
    }

    /// What is at the path `wanted` but for upper and lower case, as the author would write it. A page can be written
    /// `.html` if its address follows from its path.
    fn in_other_case(&self, wanted: &str, origin: Origin<'_>, destination: Destination<'_>) -> Option<String> {
        let entry = self.index().in_any_case(wanted)?;
        let spelling = spelt(entry, origin, destination)?;
        if entry.kind != EntryKind::Essay || !wanted.to_lowercase().ends_with(".html") {
            return (entry.path != wanted).then_some(spelling);
        }
        let page = |path: &str| Some(format!("{}.html", path.rsplit_once('.')?.0));
        let address = page(&entry.path).filter(|address| address != wanted)?;
        if self.addresses.contains_key(address.as_str()) { page(&spelling) } else { None }
    }
}

/// `entry` as the author would write it in place of the path of `destination`; `None` for a folder without a page.
fn spelt(entry: &Entry, origin: Origin<'_>, destination: Destination<'_>) -> Option<String> {
    let path = match &entry.kind {
        EntryKind::Folder(page) if names_folder(destination.path) => {
            page.as_ref()?;
            format!("{}/", entry.path)
        }
        EntryKind::Folder(page) => page.clone()?,
        EntryKind::Essay | EntryKind::File | EntryKind::Output => entry.path.clone(),
    };
    let spelling = if destination.is_rooted() {
        format!("/{path}")
    } else {
        let folder = match entry.kind {
            EntryKind::Output => origin.page.folder(),
            _ => origin.folder.unwrap_or(origin.page.folder()),
        };
        spelt_in(folder, &path)
    };
    let mut text = if destination.is_template() { String::new() } else { destination.prefix.to_owned() };
    for letter in spelling.chars() {
        // Only what would end a destination or change its meaning; an author's letters stay readable.
        match letter {
            ' ' | '%' | '?' | '#' | '<' | '>' | '(' | ')' => text.push_str(&format!("%{:02X}", u32::from(letter))),
            letter => text.push(letter),
        }
    }
    Some(text)
}
