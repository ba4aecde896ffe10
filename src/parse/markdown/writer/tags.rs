//! The walk over the events: tags with their attributes, and how blocks begin and end.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use super::block_text::Excerpt;
use super::{DEEPEST, Writer};
use crate::diagnostic::Kind;
use crate::diagnostic::markdown as mistake;
use crate::parse::markdown::extensions::attribute_list::AttributeList;
use crate::parse::{Fill, Hole};

impl Writer<'_, '_> {
    /// Takes an id that is written at `span`.
    pub(super) fn id(&mut self, id: impl Into<Arc<str>>, span: Range<usize>) {
        self.diagnostics.extend(self.ids.add(id.into(), self.document.source, span));
    }

    /// Puts a hole where the HTML ends now.
    pub(super) fn hole(&mut self, fill: Fill) {
        self.out.holes.push(Hole { at: self.out.html.len(), fill });
    }

    /// Begins a block with the tag `html`, which gets the attributes that the author gave to the event at `at`.
    pub(super) fn tag(&mut self, at: usize, html: &str) {
        self.end_block(Excerpt::No);
        self.span(at, html);
    }

    /// Writes the tag `html`, which gets the attributes that the author gave to the event at `at`.
    pub(super) fn span(&mut self, at: usize, html: &str) {
        let document = self.document;
        let list = document.attributes.get(&at);
        let (Some(list), Some(close)) = (list, html.find('>')) else { return self.out.html.push_str(html) };
        self.out.html.push_str(&html[..close]);
        self.attributes(at, list, &[]);
        self.out.html.push_str(&html[close..]);
    }

    /// Writes the attributes of `list`, but for those named in `but`.
    pub(super) fn attributes(&mut self, at: usize, list: &AttributeList, but: &[&str]) {
        if let Some(id) = &list.id {
            self.anchor(id, self.document.events[at].1.clone());
        }
        if !list.classes.is_empty() {
            self.attribute("class", &list.classes.join(" "));
        }
        for (key, value) in list.pairs.iter().filter(|(key, _)| !but.contains(&key.as_str())) {
            self.attribute(key, value);
        }
    }

    /// Writes the id that the author gave at `span`, as an attribute.
    pub(super) fn anchor(&mut self, id: &str, span: Range<usize>) {
        self.id(id, span);
        self.attribute("id", id);
    }

    fn attribute(&mut self, key: &str, value: &str) {
        let _ = write!(self.out.html, " {key}=\"");
        let _ = escape_html(&mut self.out.html, value);
        self.out.html.push('"');
    }

    /// Ends the text of the block so far and begins a new line with `html`.
    pub(super) fn block(&mut self, html: &str) {
        self.end_block(Excerpt::No);
        self.out.html.push_str(html);
    }

    pub(super) fn end_block(&mut self, excerpt: Excerpt) {
        self.text.end(excerpt, &mut self.references);
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
    }

    /// Ends the text of a block, on the same line, with `html`.
    pub(super) fn close(&mut self, excerpt: Excerpt, html: &str) {
        self.text.end(excerpt, &mut self.references);
        self.out.html.push_str(html);
    }

    /// Goes into a quote, list, table or note.
    pub(super) fn open(&mut self, at: usize) {
        self.text.end(Excerpt::No, &mut self.references);
        self.depth += 1;
        if self.depth == DEEPEST + 1 && !self.diagnostics.iter().any(|diagnostic| diagnostic.kind == Kind::TooLarge) {
            let span = self.document.events[at].1.start;
            self.diagnostics.push(mistake::too_deep(self.document.source.place(span..span + 1), DEEPEST));
        }
    }

    /// Leaves a quote, list or table.
    pub(super) fn leave(&mut self, html: &str) {
        self.close(Excerpt::No, html);
        self.depth = self.depth.saturating_sub(1);
    }
}
