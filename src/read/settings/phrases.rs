//! The settings under `phrases`.

use super::super::node::{Entry, Node};
use super::super::phrases::names;
use super::super::{Phrases, Translations};
use super::Reader;
use crate::diagnostic::config as mistakes;

const LANGUAGE: &str = "the tag of a language, such as `de` or `pt-BR`";

impl Reader<'_> {
    pub(super) fn phrases(&mut self, key: &str, node: &Node) -> Translations {
        let mut translations = Translations::default();
        let mut languages: Vec<&Entry> = self.map(key, node).iter().collect();
        // What is said in a language goes for its regions too.
        languages.sort_by_key(|language| language.key.len());
        for Entry { key, key_span, node } in languages {
            if !is_tag(key) {
                let place = self.place(key_span.clone());
                self.diagnostics.push(mistakes::bad_value(key, LANGUAGE, place));
                continue;
            }
            for entry in self.map(key, node) {
                self.phrase(entry, translations.own(key));
            }
        }
        translations
    }

    fn phrase(&mut self, entry: &Entry, phrases: &mut Phrases) {
        let Some(phrase) = phrases.get_mut(&entry.key) else {
            let known: Vec<&str> = phrases.by_name().iter().map(|(name, _)| *name).collect();
            return self.unknown(entry, &known);
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

/// Whether `key` begins as a tag of BCP 47 does: with two or three letters.
fn is_tag(key: &str) -> bool {
    let code = key.split(['-', '_']).next().unwrap_or_default();
    matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_alphabetic())
}
