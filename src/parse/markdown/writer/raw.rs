//! The walk over the events: raw HTML.

use std::ops::Range;

use super::Writer;
use crate::parse::html::AttributeKind;
use crate::parse::markdown::document::RawHtml;
use crate::parse::math;
use crate::parse::{Fill, Role, is_local};

impl Writer<'_, '_> {
    /// Writes the raw HTML whose first event is at `at`, with a hole for each reference in it.
    pub(super) fn raw_html(&mut self, at: usize) {
        let document = self.document;
        let Some(raw) = document.raw.get(self.next_raw).filter(|raw| raw.events.start == at) else { return };
        self.next_raw += 1;
        match raw.html.trim() {
            "<!-- essays -->" => {
                self.hole(Fill::Essays);
                self.out.html.push('\n');
            }
            html if is_more(html) => self.text.more(),
            html => match self.inserts.at(html) {
                Some(group) => self.group(group, document.events[at].1.clone()),
                None => self.splice(raw),
            },
        }
    }

    fn splice(&mut self, raw: &RawHtml) {
        let mut written = 0;
        for attribute in &raw.attributes {
            let span = raw.in_file(&attribute.span);
            let role = match attribute.kind {
                AttributeKind::Id => {
                    self.id(&*attribute.value, span);
                    continue;
                }
                AttributeKind::Link => Role::Link,
                AttributeKind::Resource => Role::Resource,
            };
            let attached = self.attached(&attribute.value, &span);
            let destination = attached.unwrap_or(&attribute.value);
            if !is_local(destination) {
                continue;
            }
            self.raw(raw, written..attribute.span.start);
            if role == Role::Link {
                self.text.link(self.references.len());
            }
            self.reference(role, destination, span);
            written = attribute.span.end;
        }
        self.raw(raw, written..raw.html.len());
    }

    /// Writes `range` of raw HTML, with the formulas in it.
    fn raw(&mut self, raw: &RawHtml, range: Range<usize>) {
        let document = self.document;
        let mut written = range.start;
        while let Some(length) = raw.html[written..range.end].find(math::HIDDEN) {
            let at = written + length;
            self.out.html.push_str(&raw.html[written..at]);
            let in_file = raw.in_file(&(at..at)).start;
            let formula = document.formulas.at(in_file - document.offset);
            written = formula.map_or(at, |number| at + document.formulas.range(number).len()).min(range.end);
            match formula {
                Some(number) => self.formula(number),
                None => {
                    self.out.html.push(math::HIDDEN);
                    written += math::HIDDEN.len_utf8();
                }
            }
        }
        self.out.html.push_str(&raw.html[written..range.end]);
    }
}

/// Whether `html` marks where the summary of an essay ends.
pub(super) fn is_more(html: &str) -> bool {
    matches!(html.trim(), "<!-- more -->" | "<!--more-->")
}
