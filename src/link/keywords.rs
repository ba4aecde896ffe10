//! Keywords and their pages.

use std::collections::HashMap;
use std::sync::Arc;

use crate::parse::Essay;
use crate::parse::slug::{Slugs, slug};
use crate::read::SitePath;

use super::site::{EssayId, Keyword};

/// The keywords of a site.
#[derive(Debug)]
pub(super) struct Keywords {
    /// By name without regard to case.
    pub keywords: Vec<Keyword>,
    /// `of[id]` are the keywords of essay `id` in its own order, each once, as positions in `keywords`.
    pub of: Vec<Vec<usize>>,
}

/// Groups the essays of `newest` (newest first) by keyword, whatever the case of its letters.
pub(super) fn keywords(essays: &[Arc<Essay>], newest: &[EssayId]) -> Keywords {
    let mut positions: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); essays.len()];
    for id in newest.iter().copied() {
        for name in &essays[id.index()].header.keywords {
            let key = name.to_lowercase();
            let position = *positions.entry(key).or_insert_with_key(|key| {
                groups.push(Group { key: key.clone(), name, first: id, essays: Vec::new() });
                groups.len() - 1
            });
            let group = &mut groups[position];
            if group.essays.last() == Some(&id) {
                continue;
            }
            if id < group.first {
                (group.first, group.name) = (id, name);
            }
            group.essays.push(id);
            of[id.index()].push(position);
        }
    }
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_unstable_by(|a, b| groups[*a].key.cmp(&groups[*b].key));
    let mut place = vec![0; groups.len()];
    for (rank, position) in order.iter().enumerate() {
        place[*position] = rank;
    }
    for position in of.iter_mut().flatten() {
        *position = place[*position];
    }
    groups.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    Keywords { keywords: with_addresses(groups), of }
}

/// The essays of one keyword.
#[derive(Debug)]
struct Group<'a> {
    /// Its name in lower case.
    key: String,
    /// Its name as `first` spells it.
    name: &'a str,
    /// The first of its essays by path.
    first: EssayId,
    /// Newest first.
    essays: Vec<EssayId>,
}

/// Gives each keyword its page. Where two have the same slug, as `C` and `C++`, the later gets a number, as headings do.
fn with_addresses(groups: Vec<Group<'_>>) -> Vec<Keyword> {
    let mut slugs = Slugs::default();
    // The list of all keywords has the page `index`.
    slugs.take("index");
    let keyword = |group: Group<'_>| {
        let name = slugs.give(if slug(group.name).is_empty() { "keyword" } else { group.name });
        let address = SitePath::new(&format!("keywords/{name}.html"))?;
        let feed = SitePath::new(&format!("keywords/{name}.xml"))?;
        Some(Keyword { name: group.name.to_owned(), address, feed, essays: group.essays })
    };
    groups.into_iter().filter_map(keyword).collect()
}

#[cfg(test)]
mod tests {
    use crate::link::testing::{dated, essay, linked, paths, with_keywords};

    #[test]
    fn keywords_are_grouped_whatever_their_case() {
        let site = linked(vec![
            with_keywords(essay("a.md", ""), "light, C++"),
            with_keywords(dated(essay("b.md", ""), "2020-01-01"), "Light, LIGHT, c, ?, index"),
            with_keywords(essay("index.md", ""), "front"),
        ])
        .value;
        let found: Vec<String> = site
            .keywords
            .iter()
            .map(|keyword| format!("{} {} {}", keyword.name, keyword.address, paths(&site, &keyword.essays).join(" ")))
            .collect();
        assert_eq!(
            found,
            [
                "? keywords/keyword.html b.md",
                "c keywords/c.html b.md",
                "C++ keywords/c-1.html a.md",
                "index keywords/index-1.html b.md",
                "light keywords/light.html b.md a.md",
            ]
        );
        assert_eq!(site.keywords_of, [vec![4, 2], vec![4, 1, 0, 3], vec![]]);
    }
}
