//! Which phrases a language has.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{ENGLISH, Phrases, de, es, fr, it, ja, nl, pl, pt, ru, zh};

/// The phrases of every language: those that are built in, and what a site says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Translations {
    /// By tag in small letters, whole.
    own: BTreeMap<String, Phrases>,
}

impl Translations {
    /// The phrases of `language`, a BCP 47 tag: of the longest part of it that has some, from the left; English if none has.
    pub fn of(&self, language: &str) -> &Phrases {
        let tag = language.to_ascii_lowercase().replace('_', "-");
        let own = parts(&tag).find_map(|part| self.own.get(part));
        own.unwrap_or_else(|| parts(&tag).find_map(built_in).unwrap_or(&ENGLISH))
    }

    /// The phrases of `language`, to be changed: the site's own.
    pub fn own(&mut self, language: &str) -> &mut Phrases {
        let tag = language.to_ascii_lowercase().replace('_', "-");
        let before = self.of(&tag).clone();
        self.own.entry(tag).or_insert(before)
    }
}

/// `tag` and what it begins with: `zh-hant-tw`, `zh-hant`, `zh`.
fn parts(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |part| part.rsplit_once('-').map(|(shorter, _)| shorter))
}

/// The phrases of the language of exactly this tag that are part of Essai.
fn built_in(tag: &str) -> Option<&'static Phrases> {
    Some(match tag {
        "de" => &de::PHRASES,
        "en" => &ENGLISH,
        "es" => &es::PHRASES,
        "fr" => &fr::PHRASES,
        "it" => &it::PHRASES,
        "ja" => &ja::PHRASES,
        "nl" => &nl::PHRASES,
        "pl" => &pl::PHRASES,
        "pt" => &pt::PHRASES,
        "ru" => &ru::PHRASES,
        "zh" => &zh::SIMPLIFIED,
        "zh-hant" | "zh-tw" | "zh-hk" | "zh-mo" => &zh::TRADITIONAL,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::names;
    use super::*;

    #[test]
    fn every_language_fills_in_the_same() {
        for tag in ["de", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "zh", "zh-hant"] {
            let phrases = Translations::default().of(tag).clone();
            assert_ne!(phrases, ENGLISH, "{tag}");
            for ((name, phrase), (_, english)) in phrases.by_name().into_iter().zip(ENGLISH.by_name()) {
                assert_eq!(names(phrase), names(english), "{tag} {name}");
            }
        }
    }

    #[test]
    fn a_language_is_looked_up_by_what_its_tag_begins_with() {
        let mut translations = Translations::default();
        let check =
            |translations: &Translations, tag: &str, next: &str| assert_eq!(translations.of(tag).next, next, "{tag}");
        check(&translations, "de-AT", "Weiter");
        check(&translations, "zh_Hant_TW", "下一篇");
        check(&translations, "xx", "Next");
        check(&translations, "", "Next");
        translations.own("de-AT").next = "Nächster".into();
        translations.own("xx").next = "Nxt".into();
        check(&translations, "de-at", "Nächster");
        check(&translations, "de", "Weiter");
        check(&translations, "xx-YY", "Nxt");
        assert_eq!(translations.of("de-AT").related, translations.of("de").related);
    }
}
