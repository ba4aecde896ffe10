//! Which essays link to which.

use std::sync::Arc;

use crate::parse::{Essay, Role};

use super::site::{Backlink, EssayId, Target};

/// `backlinks[id]` are the essays that link to `id`, in the order of `newest`, each once with its first link, never
/// itself.
pub(super) fn backlinks(essays: &[Arc<Essay>], targets: &[Vec<Target>], newest: &[EssayId]) -> Vec<Vec<Backlink>> {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); essays.len()];
    for from in newest.iter().copied() {
        for (reference, to) in links(essays, targets, from) {
            let found = &mut backlinks[to.index()];
            // All links of one essay are looked at in a row.
            if to != from && found.last().is_none_or(|last| last.from != from) {
                found.push(Backlink { from, reference });
            }
        }
    }
    backlinks
}

/// The links of essay `from` that lead to essays, in order: which reference, and where it leads.
pub(super) fn links<'a>(
    essays: &'a [Arc<Essay>],
    targets: &'a [Vec<Target>],
    from: EssayId,
) -> impl Iterator<Item = (usize, EssayId)> + 'a {
    let references = &essays[from.index()].references;
    references.iter().zip(&targets[from.index()]).enumerate().filter_map(|(position, (reference, target))| match target
    {
        Target::Essay { id, .. } if matches!(reference.role, Role::Link | Role::Name) => Some((position, *id)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::link::testing::{dated, essay, id, linked};

    #[test]
    fn each_linking_essay_counts_once_with_its_first_sentence() {
        let site = linked(vec![
            essay("a.md", "Myself: [a](a.md)."),
            dated(essay("b.md", "See [a](a.md).\nAgain [a](a.html#top)."), "2020-01-01"),
            dated(essay("c.md", "An [a](/a.md) and ![picture](a.md)."), "2021-01-01"),
            essay("d.md", "![only shown](a.md)"),
        ])
        .value;
        let backlinks: Vec<(&str, &str)> = site.backlinks[id(&site, "a.md").index()]
            .iter()
            .map(|backlink| (&site[backlink.from], backlink.reference))
            .map(|(from, reference)| (from.source.path.as_str(), from.references[reference].sentence.as_str()))
            .collect();
        assert_eq!(backlinks, [("c.md", "An [a](/a.md) and ![picture](a.md)."), ("b.md", "See [a](a.md).")]);
    }
}
