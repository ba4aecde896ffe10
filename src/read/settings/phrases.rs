//! The settings under `phrases`.

use super::super::Translations;
use super::super::node::Node;
use super::super::phrases::names;
use super::Reader;

impl Reader<'_> {
    pub(super) fn phrases(&mut self, key: &str, node: &Node) -> Translations {
        let mut translations = Translations::default();
        for language in self.map(key, node) {
            for entry in self.map(&language.key, &language.node) {
                let phrases = translations.own(&language.key);
                let Some(phrase) = phrases.get_mut(&entry.key) else {
                    let known: Vec<&str> = phrases.by_name().iter().map(|(name, _)| *name).collect();
                    self.unknown(entry, &known);
                    continue;
                };
                match entry.node.text(self.text) {
                    Some(text) if names(&text).iter().all(|name| names(phrase).contains(name)) => {
                        *phrase = text.trim().to_owned().into();
                    }
                    _ => {
                        let known: Vec<String> = names(phrase).iter().map(|name| format!("`{{{name}}}`")).collect();
                        let expected = match &known[..] {
                            [] => "text without braces".to_owned(),
                            known => format!("text in which {} may stand", known.join(" and ")),
                        };
                        self.bad(&entry.key, &expected, &entry.node);
                    }
                }
            }
        }
        translations
    }
}
