//! The versions of an essay in other languages: `seeing.md` beside `seeing.fr.md`, as Hugo and Zola name them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::EssayId;
use crate::parse::Essay;
use crate::read::SitePath;

/// The codes of languages in two letters (ISO 639-1).
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv \
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg \
    th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The language that the name of the essay at `path` says, such as `fr` in `seeing.fr.md` and `pt-BR` in
/// `seeing.pt-BR.md`.
pub fn language(path: &SitePath) -> Option<&str> {
    let (_, tag) = path.stem().rsplit_once('.')?;
    let (code, region) = tag.split_once('-').unwrap_or((tag, ""));
    let is_region = matches!(region.len(), 0 | 2 | 4) && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    (code.len() == 2 && is_region && CODES.split(' ').any(|known| known == code)).then_some(tag)
}

/// `versions[id]` are the essays that are essay `id` in some language, itself among them, by path; none if there is only
/// itself.
pub(super) fn versions(essays: &[Arc<Essay>]) -> Vec<Vec<EssayId>> {
    let mut versions = vec![Vec::new(); essays.len()];
    let mut by_name: BTreeMap<&str, Vec<EssayId>> = BTreeMap::new();
    for (position, essay) in essays.iter().enumerate() {
        by_name.entry(without_language(&essay.source.path)).or_default().push(EssayId(position as u32));
    }
    for ids in by_name.into_values().filter(|ids| ids.len() > 1) {
        let has_language = |id: &EssayId| language(&essays[id.index()].source.path).is_some();
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
    let language = language(path).map_or(0, |tag| tag.len() + 1);
    &path.as_str()[..path.as_str().len() - extension - language]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::link::testing::{essay, linked};

    #[test]
    fn a_name_may_say_its_language() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(language(&SitePath::new(path).unwrap()), expected);
        check("a/seeing.fr.md", Some("fr"));
        check("seeing.pt-BR.md", Some("pt-BR"));
        check("seeing.zh-Hant.md", Some("zh-Hant"));
        check("seeing.md", None);
        check("app.js.md", None);
        check("fr.md", None);
        check("3.14.md", None);
        check("notes.de-.1.md", None);
    }

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
