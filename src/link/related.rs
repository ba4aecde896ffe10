//! Which essays are alike.

use std::sync::Arc;

use rayon::prelude::*;

use super::backlinks::links;
use super::keywords::Keywords;
use super::site::{Backlink, EssayId, Part, Target};
use crate::parse::Essay;

/// How many essays are named.
const MOST: usize = 5;

/// What a link between two essays weighs, in either direction: as much as a keyword that one in twenty essays has.
const LINK: f64 = 3.0;

/// Of a keyword with more essays than this, only the nearest in time are compared, so that the work stays in
/// proportion to the number of essays.
const COMMON: usize = 100;

/// How many essays before and after are compared then.
const NEIGHBOURS: usize = 25;

/// Essays that one thread compares in a row, at least.
const ESSAYS_IN_A_ROW: usize = 512;

/// What essays are compared by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Likeness<'a> {
    pub essays: &'a [Arc<Essay>],
    pub targets: &'a [Vec<Target>],
    pub backlinks: &'a [Vec<Backlink>],
    pub keywords: &'a Keywords,
    /// The essays that are compared, newest first.
    pub newest: &'a [EssayId],
}

/// The scores of one essay's comparisons. It is used again and again, so that each costs only what it touches.
#[derive(Debug, Clone)]
struct Scores {
    /// By essay; 0 for one that was not touched.
    scores: Vec<f64>,
    /// The essays that were touched.
    touched: Vec<EssayId>,
}

/// `related[id]` are the essays most like `id`, most alike first: the score of two is the sum over the keywords that
/// both have of ln(essays / essays with that keyword), and more where one links to the other. Equals come newest first;
/// parts of its own series, which `parts` tells and which are listed anyway, are none of them.
pub(super) fn related(likeness: Likeness<'_>, parts: &[Option<Part>]) -> Vec<Vec<EssayId>> {
    let mut ranks = vec![None; likeness.essays.len()];
    for (rank, id) in likeness.newest.iter().enumerate() {
        ranks[id.index()] = Some(rank as u32);
    }
    let scores = Scores { scores: vec![0.0; likeness.essays.len()], touched: Vec::new() };
    (0..likeness.essays.len() as u32)
        .into_par_iter()
        .with_min_len(ESSAYS_IN_A_ROW)
        .map_with(scores, |scores, id| {
            let own = parts[id as usize].as_ref().map(|part| part.series);
            let is_own = |part: &Part| Some(part.series) == own;
            score(EssayId(id), likeness, &ranks, scores);
            scores.take_best(&ranks, |other| other.0 != id && !parts[other.index()].as_ref().is_some_and(is_own))
        })
        .collect()
}

/// Compares essay `id` with the others. `ranks[id]` is the position of an essay in `newest`, if it is there.
fn score(id: EssayId, likeness: Likeness<'_>, ranks: &[Option<u32>], scores: &mut Scores) {
    let Some(rank) = ranks[id.index()] else { return };
    for keyword in &likeness.keywords.of[id.index()] {
        let essays = &likeness.keywords.keywords[*keyword].essays;
        let weight = (likeness.newest.len() as f64 / essays.len() as f64).ln();
        let compared = if essays.len() > COMMON {
            let position = essays.partition_point(|essay| ranks[essay.index()] < Some(rank));
            &essays[position.saturating_sub(NEIGHBOURS)..(position + NEIGHBOURS + 1).min(essays.len())]
        } else {
            essays
        };
        for essay in compared {
            scores.add(*essay, weight);
        }
    }
    let mut linked: Vec<EssayId> = links(likeness.essays, likeness.targets, id).map(|(_, to)| to).collect();
    linked.extend(likeness.backlinks[id.index()].iter().map(|backlink| backlink.from));
    linked.sort_unstable();
    linked.dedup();
    for essay in linked {
        if ranks[essay.index()].is_some() {
            scores.add(essay, LINK);
        }
    }
}

impl Scores {
    fn add(&mut self, id: EssayId, weight: f64) {
        if weight <= 0.0 {
            return;
        }
        let score = &mut self.scores[id.index()];
        if *score == 0.0 {
            self.touched.push(id);
        }
        *score += weight;
    }

    /// Of the essays that `counts` holds for, those with the best scores, best first, equals by rank. All scores are 0
    /// afterwards.
    fn take_best(&mut self, ranks: &[Option<u32>], counts: impl Fn(EssayId) -> bool) -> Vec<EssayId> {
        let mut best: Vec<(f64, Option<u32>, EssayId)> = Vec::with_capacity(MOST + 1);
        for id in self.touched.drain(..) {
            let score = std::mem::take(&mut self.scores[id.index()]);
            let rank = ranks[id.index()];
            let is_after =
                |other: &(f64, Option<u32>, EssayId)| other.0 > score || (other.0 == score && other.1 < rank);
            let position = best.partition_point(is_after);
            if position < MOST && counts(id) {
                best.insert(position, (score, rank, id));
                best.truncate(MOST);
            }
        }
        best.into_iter().map(|(_, _, id)| id).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::link::testing::{dated, essay, id, linked, paths, with_keywords};

    #[test]
    fn rare_keywords_and_links_make_essays_alike() {
        let site = linked(vec![
            with_keywords(essay("a.md", "[f](f.md)"), "light, glass, all"),
            with_keywords(essay("b.md", ""), "light, all"),
            with_keywords(dated(essay("c.md", ""), "2020-01-01"), "light, all"),
            with_keywords(essay("d.md", ""), "glass, all"),
            with_keywords(essay("e.md", ""), "all"),
            with_keywords(essay("f.md", ""), "all"),
            with_keywords(essay("index.md", "[a](a.md)"), "light, glass"),
        ])
        .value;
        let related = |path: &str| paths(&site, &site.related[id(&site, path).index()]);
        assert_eq!(related("a.md"), ["f.md", "d.md", "c.md", "b.md"]);
        assert_eq!(related("f.md"), ["a.md"]);
        assert_eq!(related("e.md"), [""; 0]);
        assert_eq!(related("index.md"), [""; 0]);
    }

    #[test]
    fn parts_of_one_series_are_listed_elsewhere() {
        let site = linked(vec![
            with_keywords(essay("s/index.md", "[b](b.md) [c](c.md)"), "light"),
            with_keywords(essay("s/b.md", ""), "light"),
            with_keywords(essay("s/c.md", "[d](../d.md)"), "light"),
            with_keywords(essay("d.md", ""), "light"),
            essay("e.md", ""),
        ])
        .value;
        let related = |path: &str| paths(&site, &site.related[id(&site, path).index()]);
        assert_eq!(site.series.len(), 1);
        assert_eq!(related("s/index.md"), ["d.md"]);
        assert_eq!(related("s/c.md"), ["d.md"]);
        assert_eq!(related("d.md"), ["s/c.md", "s/b.md", "s/index.md"]);
    }

    #[test]
    fn of_a_common_keyword_the_nearest_in_time_are_compared() {
        let essays = (0..150).map(|number| with_keywords(essay(&format!("{number:03}.md"), ""), "light"));
        let site = linked(essays.chain([essay("other.md", "")]).collect()).value;
        let related = paths(&site, &site.related[id(&site, "100.md").index()]);
        assert_eq!(related, ["075.md", "076.md", "077.md", "078.md", "079.md"]);
    }
}
