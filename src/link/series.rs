//! Which essays are read in an order.
//!
//! Three things make a series, and the first that applies to an essay counts: a `series` in its header; a `SUMMARY.md`
//! at the top of `content/`, as mdBook has it; a folder that one of its essays opens by linking to the others.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::parse::Essay;
use crate::read::Config;
use crate::read::opening::{index_rank, is_named_by_folder};

use super::backlinks::links;
use super::order::oldest_first;
use super::site::{EssayId, Part, Series, Target};

/// What series are found in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shelf<'a> {
    pub config: &'a Config,
    pub essays: &'a [Arc<Essay>],
    pub targets: &'a [Vec<Target>],
    /// The essays that can be part of a series, newest first: neither the front page nor a page for lost readers.
    pub newest: &'a [EssayId],
}

/// The series by name, and the place of each essay in its series.
pub(super) fn series(shelf: Shelf<'_>) -> (Vec<Series>, Vec<Option<Part>>) {
    let mut free: Vec<bool> = vec![false; shelf.essays.len()];
    for id in shelf.newest {
        free[id.index()] = true;
    }
    let mut series = shelf.by_header(&mut free);
    series.extend(shelf.by_summary(&mut free));
    series.extend(shelf.by_folder(&free));
    series.sort_by(|a, b| {
        let key = |series: &Series| (series.name.to_lowercase(), series.essays.first().copied());
        key(a).cmp(&key(b))
    });
    let mut parts = vec![None; shelf.essays.len()];
    for (number, series) in series.iter().enumerate() {
        for (position, id) in series.essays.iter().enumerate() {
            parts[id.index()] = Some(Part { series: number, position });
        }
    }
    (series, parts)
}

impl<'a> Shelf<'a> {
    fn essay(&self, id: EssayId) -> &'a Essay {
        &self.essays[id.index()]
    }

    /// Essays that name the same series, whatever the case of its letters: by `order`, then by date, then by path.
    fn by_header(&self, free: &mut [bool]) -> Vec<Series> {
        let mut positions: HashMap<String, usize> = HashMap::new();
        let mut found: Vec<Series> = Vec::new();
        for (position, is_free) in free.iter_mut().enumerate() {
            let id = EssayId(position as u32);
            let name = self.essay(id).header.series.as_deref().map(str::trim).filter(|name| !name.is_empty());
            let Some(name) = name.filter(|_| *is_free) else { continue };
            *is_free = false;
            let position = *positions.entry(name.to_lowercase()).or_insert_with(|| {
                found.push(Series { name: name.to_owned(), essays: Vec::new() });
                found.len() - 1
            });
            found[position].essays.push(id);
        }
        found.retain(|series| series.essays.len() > 1);
        for series in &mut found {
            series.essays.sort_by(|a, b| oldest_first(self.essays, *a, *b));
            self.sort_by_order(&mut series.essays);
        }
        found
    }

    /// The essays that a `SUMMARY.md` at the top links to, in its order.
    fn by_summary(&self, free: &mut [bool]) -> Option<Series> {
        let is_summary = |essay: &Arc<Essay>| essay.source.path.as_str() == "SUMMARY.md";
        let summary = EssayId(self.essays.iter().position(is_summary)? as u32);
        let essays: Vec<EssayId> =
            self.linked(summary, |id| free[id.index()]).into_iter().filter(|id| *id != summary).collect();
        if essays.len() < 2 {
            return None;
        }
        for id in essays.iter().chain([&summary]) {
            free[id.index()] = false;
        }
        let name = self.config.title.as_deref().unwrap_or(&self.essay(summary).title.text);
        Some(Series { name: name.to_owned(), essays })
    }

    /// The folders that are a series.
    fn by_folder(&self, free: &[bool]) -> Vec<Series> {
        let mut positions: HashMap<&str, usize> = HashMap::new();
        let mut folders: Vec<Vec<EssayId>> = Vec::new();
        for id in (0..free.len() as u32).map(EssayId).filter(|id| free[id.index()]) {
            let position = *positions.entry(self.essay(id).source.path.folder()).or_insert_with(|| {
                folders.push(Vec::new());
                folders.len() - 1
            });
            folders[position].push(id);
        }
        folders.iter().filter_map(|folder| self.of_folder(folder)).collect()
    }

    /// The essays of one folder as a series, if they are one: there are at least two, and one of them links to at least
    /// half of the others, or at least two have an `order`.
    ///
    /// First comes the essay that is named like an opening, then the one that links, then those that it links to in
    /// the order of its links, then the rest, oldest first. Essays with an `order` come before all others but the
    /// opening.
    fn of_folder(&self, folder: &[EssayId]) -> Option<Series> {
        if folder.len() < 2 {
            return None;
        }
        let opening =
            folder.iter().copied().filter_map(|id| Some((self.opening_rank(id)?, id))).min().map(|(_, id)| id);
        let members: HashSet<EssayId> = folder.iter().copied().collect();
        let linked = |id: EssayId| self.linked(id, |to| to != id && members.contains(&to));
        let is_enough = |links: &Vec<EssayId>| 2 * links.len() >= folder.len() - 1;
        let by_opening = opening.map(|id| (id, linked(id))).filter(|(_, links)| is_enough(links));
        let linking = by_opening.or_else(|| {
            let most = folder
                .iter()
                .copied()
                .map(|id| (id, linked(id)))
                .reduce(|most, next| if next.1.len() > most.1.len() { next } else { most });
            most.filter(|(_, links)| is_enough(links))
        });
        if linking.is_none() && folder.iter().filter(|id| self.essay(**id).header.order.is_some()).count() < 2 {
            return None;
        }
        let mut rest = folder.to_vec();
        rest.sort_by(|a, b| oldest_first(self.essays, *a, *b));
        let (linking, links) = linking.map_or((None, Vec::new()), |(id, links)| (Some(id), links));
        let mut seen = HashSet::new();
        let in_order = opening.into_iter().chain(linking).chain(links).chain(rest);
        let mut essays: Vec<EssayId> = in_order.filter(|id| seen.insert(*id)).collect();
        let stays = usize::from(opening.is_some_and(|id| self.essay(id).header.order.is_none()));
        self.sort_by_order(&mut essays[stays..]);
        let first = opening.or(linking).or(essays.first().copied())?;
        Some(Series { name: self.essay(first).title.text.to_string(), essays })
    }

    /// How well the name of an essay suits the opening of a series, best first; `None` for any other name.
    fn opening_rank(&self, id: EssayId) -> Option<u8> {
        let path = &self.essay(id).source.path;
        index_rank(path.name()).or_else(|| is_named_by_folder(path.stem()).then_some(u8::MAX))
    }

    /// The essays that `from` links to and that are `wanted`, each once, in order.
    fn linked(&self, from: EssayId, wanted: impl Fn(EssayId) -> bool) -> Vec<EssayId> {
        let mut seen = HashSet::new();
        let to = links(self.essays, self.targets, from).map(|(_, to)| to);
        to.filter(|to| wanted(*to) && seen.insert(*to)).collect()
    }

    /// Puts essays with an `order` first, the lowest first of all; equals and the others stay in the order they have.
    fn sort_by_order(&self, essays: &mut [EssayId]) {
        let order = |id: &EssayId| self.essay(*id).header.order.unwrap_or(f64::INFINITY);
        essays.sort_by(|one, other| order(one).total_cmp(&order(other)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::{dated, essay, linked, linked_in, paths, surroundings, with_header};

    fn check(essays: Vec<Essay>, expected: &[&str]) {
        let site = linked(essays).value;
        let series: Vec<String> = site
            .series
            .iter()
            .map(|series| format!("{}: {}", series.name, paths(&site, &series.essays).join(" ")))
            .collect();
        assert_eq!(series, expected);
        for (number, series) in site.series.iter().enumerate() {
            for (position, id) in series.essays.iter().enumerate() {
                assert_eq!(site.parts[id.index()], Some(Part { series: number, position }));
            }
        }
    }

    fn ordered(essay: Essay, order: f64) -> Essay {
        with_header(essay, |header| header.order = Some(order))
    }

    fn in_series(essay: Essay, name: &str) -> Essay {
        with_header(essay, |header| header.series = Some(name.to_owned()))
    }

    #[test]
    fn a_folder_is_read_in_the_order_of_its_opening_links() {
        let rest = || vec![essay("s/a.md", ""), dated(essay("s/b.md", ""), "2020-01-01"), essay("s/c.md", "")];
        let with = |opening: Essay| [rest(), vec![opening]].concat();
        check(
            with(essay("s/index.md", "[](c.md) [](a.md) [](c.md)")),
            &["s/index.md: s/index.md s/c.md s/a.md s/b.md"],
        );
        check(with(essay("s/article.md", "[](c.md)")), &[]);
        check(with(essay("s/d.md", "[](b.md) [](a.md)")), &["s/d.md: s/d.md s/b.md s/a.md s/c.md"]);
        check(with(essay("s/x/d.md", "[](../b.md) [](../a.md)")), &[]);
    }

    #[test]
    fn the_named_opening_comes_first_even_where_another_links() {
        check(
            vec![
                essay("s/article.md", ""),
                essay("s/attention.md", ""),
                essay("s/conclusion.md", ""),
                essay("s/network.md", "[](article.md) [](network.md) [](attention.md) [](conclusion.md)"),
            ],
            &["s/article.md: s/article.md s/network.md s/attention.md s/conclusion.md"],
        );
    }

    #[test]
    fn the_front_page_opens_no_series() {
        check(vec![essay("a.md", ""), essay("b.md", ""), essay("index.md", "[](a.md) [](b.md)")], &[]);
        check(vec![essay("a.md", "[](b.md)"), essay("b.md", ""), essay("index.md", "")], &["a.md: a.md b.md"]);
    }

    #[test]
    fn order_and_series_in_the_header_come_first() {
        check(
            vec![
                essay("s/index.md", "[](a.md) [](b.md) [](c.md)"),
                essay("s/a.md", ""),
                ordered(essay("s/b.md", ""), 2.0),
                ordered(essay("s/c.md", ""), 1.0),
            ],
            &["s/index.md: s/index.md s/c.md s/b.md s/a.md"],
        );
        check(
            vec![
                in_series(essay("a.md", ""), "Light"),
                in_series(dated(essay("s/b.md", ""), "2020-01-01"), "light"),
                ordered(in_series(essay("s/c.md", ""), "Light "), 7.0),
                in_series(essay("d.md", ""), "Alone"),
                essay("s/e.md", "[](b.md)"),
            ],
            &["Light: s/c.md s/b.md a.md"],
        );
        check(vec![ordered(essay("s/a.md", ""), 2.0), ordered(essay("s/b.md", ""), 1.0)], &["s/b.md: s/b.md s/a.md"]);
    }

    #[test]
    fn a_summary_makes_one_series() {
        let essays = || {
            vec![
                essay("README.md", ""),
                essay("SUMMARY.md", "[](README.md) [](b/x.md) [](a.md)"),
                essay("a.md", ""),
                essay("b/x.md", "[](y.md)"),
                essay("b/y.md", ""),
            ]
        };
        check(essays(), &["SUMMARY.md: b/x.md a.md"]);
        let config = Config { title: Some("The Book".to_owned()), ..Config::default() };
        assert_eq!(linked_in(essays(), surroundings(config)).value.series[0].name, "The Book");
    }
}
