//! Former ids of headings: where a heading was reworded after it was published, its old id still leads to it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::site::FormerId;
use crate::parse::Essay;
use crate::read::ledger::{AnchorOf, Published, PublishedAnchor, Standing};
use crate::read::{Ledger, SitePath};

/// How alike two ids have to be, from 0 to 1, for one to be the other reworded wherever they stand.
const ALIKE: f64 = 0.6;

/// `former_ids[id]` are the former ids of essay `id`, in the ledger's order.
pub(super) fn former_ids(essays: &[Arc<Essay>], addresses: &[SitePath], ledger: &Ledger) -> Vec<Vec<FormerId>> {
    if !ledger.is_kept {
        return vec![Vec::new(); essays.len()];
    }
    let of_essay = |(essay, address): (&Arc<Essay>, &SitePath)| {
        ledger.addresses.get(address).map(|published| former(essay, published)).unwrap_or_default()
    };
    essays.iter().zip(addresses).map(of_essay).collect()
}

/// The former ids of `essay`: those that are gone from it, and in whose place exactly one new heading stands.
fn former<'e>(essay: &'e Essay, published: &'e Published) -> Vec<FormerId> {
    let headings: Vec<&str> = essay.heading.iter().chain(&essay.headings).map(|heading| &*heading.id).collect();
    let present: HashSet<&str> = essay.anchors.iter().map(|anchor| &**anchor).chain(headings.iter().copied()).collect();
    let is_gone = |anchor: &&PublishedAnchor| {
        anchor.of == AnchorOf::Heading && anchor.standing == Standing::Kept && !present.contains(anchor.id.as_str())
    };
    let gone: Vec<&PublishedAnchor> = published.anchors.iter().filter(is_gone).collect();
    if gone.is_empty() {
        return Vec::new();
    }
    let reworded = rewordings(&headings, published, &gone);
    let beside: HashMap<&str, &str> =
        gone.iter().filter_map(|anchor| Some((anchor.id.as_str(), anchor.beside.as_deref()?))).collect();
    let now = |mut id: &'e str| {
        // A heading may have been reworded more than once; more steps than ids would go in a circle.
        for _ in 0..=published.anchors.len() {
            if present.contains(id) {
                return Some(id);
            }
            id = beside.get(id).or_else(|| reworded.get(id))?;
        }
        None
    };
    let former = gone.iter().filter_map(|anchor| {
        let beside = now(&anchor.id)?.to_owned();
        Some(FormerId { id: anchor.id.clone(), beside })
    });
    former.collect()
}

/// Which new heading each id that is gone, and stands beside no other yet, was reworded to.
fn rewordings<'a>(
    headings: &[&'a str],
    published: &'a Published,
    gone: &[&'a PublishedAnchor],
) -> HashMap<&'a str, &'a str> {
    let known: HashSet<&str> = published.anchors.iter().map(|anchor| anchor.id.as_str()).collect();
    let mut fresh: Vec<(usize, &str)> =
        headings.iter().copied().enumerate().filter(|(_, heading)| !known.contains(heading)).collect();
    let gaps = gaps(headings, published);
    let mut roots: Vec<&str> =
        gone.iter().filter(|anchor| anchor.beside.is_none()).map(|anchor| anchor.id.as_str()).collect();
    // First what is alike, each other's best; then what stands alone where the other stood alone.
    let alike = most_alike(&roots, &fresh.iter().map(|(_, id)| *id).collect::<Vec<_>>());
    let mut reworded: HashMap<&str, &str> = alike.into_iter().collect();
    let taken: HashSet<&str> = reworded.values().copied().collect();
    roots.retain(|root| !reworded.contains_key(root));
    fresh.retain(|(_, heading)| !taken.contains(heading));
    let mut by_gap: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for root in roots {
        by_gap.entry(gaps.get(root).copied().unwrap_or_default()).or_default().push(root);
    }
    for ((start, end), roots) in by_gap {
        let here = |position: usize| fresh.partition_point(|(at, _)| *at < position);
        if let ([root], [(_, heading)]) = (&roots[..], &fresh[here(start)..here(end.max(start))]) {
            reworded.insert(root, heading);
        }
    }
    reworded
}

/// By id, the stretch of `headings` where the one that was published with that id stood: between the nearest before and after it that
/// are still there.
fn gaps<'a>(headings: &[&str], published: &'a Published) -> HashMap<&'a str, (usize, usize)> {
    let positions: HashMap<&str, usize> = headings.iter().copied().zip(0..).collect();
    let position = |anchor: &PublishedAnchor| positions.get(anchor.id.as_str()).copied();
    let mut start = 0;
    let starts = published.anchors.iter().map(|anchor| {
        let next = position(anchor).map_or(start, |position| position + 1);
        std::mem::replace(&mut start, next)
    });
    let starts: Vec<usize> = starts.collect();
    let mut end = headings.len();
    let gaps = published.anchors.iter().zip(starts).rev().map(|(anchor, start)| {
        end = position(anchor).unwrap_or(end);
        (anchor.id.as_str(), (start, end))
    });
    gaps.collect()
}

/// Those of `roots` and those of `fresh` that are alike, each with what it is most alike to. What is as much alike to two is paired with
/// none.
fn most_alike<'a>(roots: &[&'a str], fresh: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let all = roots.iter().flat_map(|root| fresh.iter().map(move |heading| (*root, *heading)));
    let mut alike: Vec<(f64, (&str, &str))> = all
        .map(|(root, heading)| (strsim::sorensen_dice(root, heading), (root, heading)))
        .filter(|(alike, _)| *alike >= ALIKE)
        .collect();
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut pairs = Vec::new();
    let (mut done_roots, mut done_headings) = (HashSet::new(), HashSet::new());
    for equal in alike.chunk_by(|(a, _), (b, _)| a == b) {
        let open = equal.iter().map(|(_, pair)| *pair);
        let open: Vec<(&str, &str)> =
            open.filter(|(root, heading)| !done_roots.contains(root) && !done_headings.contains(heading)).collect();
        for (root, heading) in &open {
            let is_alone = open.iter().filter(|(other, another)| other == root || another == heading).count() == 1;
            pairs.extend(is_alone.then_some((*root, *heading)));
        }
        done_roots.extend(open.iter().map(|(root, _)| *root));
        done_headings.extend(open.iter().map(|(_, heading)| *heading));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::essay;
    use crate::parse::{Heading, Inline};
    use crate::read::Ledger;

    /// `headings` are those of the essay now, `ledger` the ids that were published; both separated by spaces.
    fn check(headings: &str, ledger: &str, expected: &str) {
        let mut essay = essay("a.md", "");
        let heading = |id: &str| Heading { level: 2, id: id.into(), title: Inline::default(), is_listed: true };
        essay.headings = headings.split_whitespace().map(heading).collect();
        let lines: String = ledger.split_whitespace().map(|line| format!("  {}\n", line.replace('>', " > "))).collect();
        let ledger = Ledger::parse(format!("essai ledger 1\na.html A\n{lines}"));
        assert!(ledger.diagnostics.is_empty(), "{:?}", ledger.diagnostics);
        let published = ledger.value.addresses.values().next().cloned().unwrap_or_default();
        let found: Vec<String> =
            former(&essay, &published).iter().map(|former| format!("{}>{}", former.id, former.beside)).collect();
        assert_eq!(found.join(" "), expected, "{headings}");
    }

    #[test]
    fn a_reworded_heading_keeps_its_former_id() {
        check("a b c", "#a #b #c", "");
        check("a sight c", "#a #b #c", "b>sight");
        check("sight", "#b", "b>sight");
        check("a sight c new", "#a #b #c", "b>sight");
    }

    #[test]
    fn where_several_could_be_meant_the_alike_one_is() {
        check("a sight sound c", "#a #b #c", "");
        check("a how-light-bends sound c", "#a #light-bends #c", "light-bends>how-light-bends");
        check("a x y c", "#a #b #d #c", "");
        check("c the-light-bends a", "#a #light-bends #c", "light-bends>the-light-bends");
        check("lenses-2 optics-2", "#lenses #optics", "lenses>lenses-2 optics>optics-2");
        check("lenses-2 lenses-3 optics-2", "#lenses #optics", "optics>optics-2");
    }

    #[test]
    fn a_heading_may_be_reworded_again() {
        check("new", "#old>mid #mid", "old>new mid>new");
        check("mid", "#old>mid #mid", "old>mid");
        check("x", "#old>mid #mid>old", "");
    }

    #[test]
    fn only_headings_are_reworded() {
        check("sight", "@b", "");
    }
}
