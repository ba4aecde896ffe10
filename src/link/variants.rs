//! The variants of the pictures that essays show, and the cards of essays, among the files of the site.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, link as mistake};
use crate::parse::{Essay, Fill};
use crate::picture::{CARD_SIZE, Flaw, MOST_PIXELS, Pictures, SocialCards, Variant};
use crate::read::SitePath;

use super::site::{Candidate, CopiedFile, Origin, Target};

/// What says which pictures are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The published essays.
    pub essays: &'a [Arc<Essay>],
    /// Where their references lead.
    pub targets: &'a [Vec<Target>],
    /// What was made of pictures.
    pub pictures: &'a Pictures,
    /// The widths that are asked for, ascending.
    pub widths: &'a [u32],
}

/// `files`, which come by address, with the variants of the pictures that are shown; and what is wrong with those of
/// which none could be made.
pub(super) fn with_variants(mut files: Vec<CopiedFile>, shown: Shown<'_>) -> (Vec<CopiedFile>, Vec<Diagnostic>) {
    if shown.pictures.0.is_empty() {
        return (files, Vec::new());
    }
    let (addresses, diagnostics) = pictures(shown);
    let mut variants = Vec::new();
    for file in &mut files {
        if let (true, Some(Ok(made))) = (addresses.contains(&file.address), shown.pictures.0.get(&file.address)) {
            file.candidates = candidates(file, made, shown.widths);
            variants.extend(made.iter().map(|variant| CopiedFile {
                address: variant.address.clone(),
                origin: Origin::Disk(variant.file.as_path().into()),
                size: None,
                candidates: Vec::new(),
            }));
        }
    }
    // An author's file that has a variant's name has its bytes.
    (with(files, variants), diagnostics)
}

/// `files`, which come by address, with the cards of `essays`.
pub(super) fn with_cards(files: Vec<CopiedFile>, essays: &[Arc<Essay>], cards: &SocialCards) -> Vec<CopiedFile> {
    let drawn = essays.iter().filter_map(|essay| cards.0.get(&essay.source.path));
    let drawn = drawn.map(|card| CopiedFile {
        address: card.address.clone(),
        origin: Origin::Disk(card.file.as_path().into()),
        size: Some(CARD_SIZE),
        candidates: Vec::new(),
    });
    with(files, drawn)
}

/// `files`, which come by address, with those of `more` that stand where none of them does.
fn with(mut files: Vec<CopiedFile>, more: impl IntoIterator<Item = CopiedFile>) -> Vec<CopiedFile> {
    files.extend(more);
    // The sort keeps the order of equals.
    files.sort_by(|a, b| a.address.cmp(&b.address));
    files.dedup_by(|later, earlier| later.address == earlier.address);
    files
}

/// The positions of the references by which `essay` shows pictures that may have variants, in order of place.
pub(super) fn shown(essay: &Essay) -> impl Iterator<Item = usize> + '_ {
    essay.body.holes.iter().filter_map(|hole| match hole.fill {
        Fill::Sources { reference, .. } => Some(reference),
        _ => None,
    })
}

/// The addresses of the pictures that essays show, and what is wrong with them, once an essay.
fn pictures(shown: Shown<'_>) -> (BTreeSet<&SitePath>, Vec<Diagnostic>) {
    let mut addresses = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (essay, targets) in shown.essays.iter().zip(shown.targets) {
        let mut flawed = BTreeSet::new();
        for reference in self::shown(essay) {
            let Some(Target::File { address, .. }) = targets.get(reference) else { continue };
            addresses.insert(address);
            let (Some(Err(flaw)), Some(reference)) = (shown.pictures.0.get(address), essay.references.get(reference))
            else {
                continue;
            };
            if flawed.insert(address) {
                let place = essay.source.place(reference.span.clone());
                diagnostics.push(match flaw {
                    Flaw::Broken(reason) => mistake::broken_picture(place, &reference.destination, reason),
                    Flaw::TooLarge(size) => {
                        let path = &reference.destination;
                        mistake::too_large_picture(place, path, size.width, size.height, MOST_PIXELS)
                    }
                });
            }
        }
    }
    (addresses, diagnostics)
}

/// The files of which a browser may take one for the picture `file`. The picture is itself among them, unless there is
/// a variant of the widest width that is asked for.
fn candidates(file: &CopiedFile, made: &[Variant], widths: &[u32]) -> Vec<Candidate> {
    let variants =
        made.iter().map(|Variant { width, address, .. }| Candidate { address: address.clone(), width: *width });
    let widest = made.last().map(|variant| variant.width);
    let itself = file.size.filter(|_| widest.is_some() && widest != widths.last().copied());
    let itself = itself.map(|size| Candidate { address: file.address.clone(), width: size.width });
    variants.chain(itself).collect()
}
