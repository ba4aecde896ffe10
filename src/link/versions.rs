//! The versions of an essay in other languages: `seeing.md` beside `seeing.fr.md`, as Hugo and Zola name them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::EssayId;
use crate::parse::{Essay, language};
use crate::read::SitePath;

/// `versions[id]` are the essays that are essay `id` in some language, itself among them, by path; none if there is only
/// itself.
pub(super) fn versions(essays: &[Arc<Essay>]) -> Vec<Vec<EssayId>> {
    let mut versions = vec![Vec::new(); essays.len()];
    let mut by_name: BTreeMap<&str, Vec<EssayId>> = BTreeMap::new();
    for (position, essay) in essays.iter().enumerate() {
        by_name.entry(without_language(&essay.source.path)).or_default().push(EssayId(position as u32));
    }
    for ids in by_name.into_values().filter(|ids| ids.len() > 1) {
        let has_language = |id: &EssayId| language::named(&essays[id.index()].source.path).is_some();
        if ids.iter().any(has_language) {
            for id in &ids {
                versions[id.index()].clone_from(&ids);
            }
        }
    }
    versions
}

/// `path` without extension and language: `a/seeing` of `a/seeing.fr.md`.
fn without_language(path: &SitePath) -> &str {
    let extension = path.name().len() - path.stem().len();
    let language = language::named(path).map_or(0, |tag| tag.len() + 1);
    &path.as_str()[..path.as_str().len() - extension - language]
}

#[cfg(test)]
mod tests {
    use crate::link::testing::{essay, linked};

    #[test]
    fn versions_know_each_other() {
        let site =
            linked(["a.de.md", "a.fr.md", "a.md", "b.fr.md", "c.md", "d/a.md"].map(|path| essay(path, "")).into())
                .value;
        let of =
            |id: usize| -> Vec<&str> { site.versions[id].iter().map(|id| site[*id].source.path.as_str()).collect() };
        for id in 0..3 {
            assert_eq!(of(id), ["a.de.md", "a.fr.md", "a.md"]);
        }
        assert!((3..6).all(|id| of(id).is_empty()));
    }
}
