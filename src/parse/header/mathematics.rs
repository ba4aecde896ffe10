//! `math` in a header: how its formulas are escaped, and commands of its own.

use super::fields::{Fields, set};
use super::keys::normalised;
use crate::read::node::{Entry, Value};
use crate::read::{MACRO, TexEscapes, TexMacro};

impl Fields<'_> {
    /// A map of ours; anything else is another tool's switch.
    pub(super) fn math(&mut self, entry: &Entry) {
        let Value::Map(entries) = &entry.node.value else {
            self.header.extra.entry("math").or_insert_with(|| entry.node.to_json());
            return;
        };
        for entry in entries {
            match normalised(&entry.key).as_str() {
                "escapes" => set(self.escapes(entry), &mut self.header.escapes),
                "macros" => match &entry.node.value {
                    Value::Map(entries) => entries.iter().for_each(|entry| self.defined(entry)),
                    _ => self.bad(entry, &entry.node, "keys and values"),
                },
                // As MyST has it.
                name if name.starts_with('\\') => self.defined(entry),
                _ => self.bad(entry, &entry.node, "nothing but `escapes` and `macros` inside `math`"),
            }
        }
    }

    /// A command of TeX.
    fn defined(&mut self, entry: &Entry) {
        match TexMacro::read(&entry.key, &entry.node, &self.source.text) {
            Some(defined) => self.header.macros.push(defined),
            None => self.bad(entry, &entry.node, MACRO),
        }
    }

    pub(super) fn escapes(&mut self, entry: &Entry) -> Option<TexEscapes> {
        let escapes = entry.node.text(&self.source.text).and_then(|name| TexEscapes::named(name.trim()));
        if escapes.is_none() {
            self.bad(entry, &entry.node, "`none` or `markdown`");
        }
        escapes
    }
}
