//! The language of an essay.

use super::Header;
use crate::read::SitePath;

/// The codes of languages in two letters (ISO 639-1).
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz \
    ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv \
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg \
    th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The language that the name of the essay at `path` says, such as `fr` in `seeing.fr.md` and `pt-BR` in
/// `seeing.pt-BR.md`.
pub fn named(path: &SitePath) -> Option<&str> {
    let (_, tag) = path.stem().rsplit_once('.')?;
    let (code, region) = tag.split_once('-').unwrap_or((tag, ""));
    let is_region = matches!(region.len(), 0 | 2 | 4) && region.bytes().all(|byte| byte.is_ascii_alphabetic());
    (code.len() == 2 && is_region && CODES.split(' ').any(|known| known == code)).then_some(tag)
}

/// The stem of the essay at `path` without the language in it.
pub fn without(path: &SitePath) -> &str {
    let stem = path.stem();
    named(path).map_or(stem, |tag| &stem[..stem.len() - tag.len() - ".".len()])
}

/// The language of the essay at `path` with this header: the header's, else that in the file's name, else `site`, which
/// is the site's.
pub fn language<'a>(header: &'a Header, path: &'a SitePath, site: &'a str) -> &'a str {
    header.language.as_deref().or_else(|| named(path)).unwrap_or(site)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_may_say_its_language() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(named(&SitePath::new(path).unwrap()), expected);
        check("a/seeing.fr.md", Some("fr"));
        check("seeing.pt-BR.md", Some("pt-BR"));
        check("seeing.zh-Hant.md", Some("zh-Hant"));
        check("seeing.md", None);
        check("app.js.md", None);
        check("fr.md", None);
        check("3.14.md", None);
        check("notes.de-.1.md", None);
    }
}
