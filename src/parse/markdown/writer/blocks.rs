//! The walk over the events: paragraphs, headings, and what stands in their place.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use super::block_text::Excerpt;
use super::tables;
use super::{Margin, Writer};
use crate::parse::Fill;
use crate::parse::markdown::contents;
use crate::parse::markdown::modules;

impl<'a> Writer<'_, 'a> {
    pub(super) fn paragraph(&mut self, at: usize) -> usize {
        if contents::is_paragraph(self.document.written(at)) {
            return self.contents(at);
        }
        if modules::is_module(self.document.written(at)) {
            return self.left_out(at);
        }
        if let Some(number) = self.document.displayed(at) {
            return self.equation(at, number);
        }
        if let Some(after) = self.figure(at) {
            return after;
        }
        if tables::is_caption(self.document, at) {
            return self.document.after(at);
        }
        self.tag(at, "<p>");
        at + 1
    }

    /// Leaves out the paragraph at `at` and the tags in it.
    fn left_out(&mut self, at: usize) -> usize {
        self.modules.push(at);
        let after = self.document.after(at);
        let rest = self.document.raw.get(self.next_raw..).unwrap_or_default();
        self.next_raw += rest.iter().take_while(|raw| raw.events.start < after).count();
        after
    }

    /// Leaves room for the table of contents in place of the block at `at`.
    pub(super) fn contents(&mut self, at: usize) -> usize {
        self.block("");
        self.hole(Fill::Contents);
        self.out.html.push('\n');
        self.document.after(at)
    }

    /// Writes the displayed formula that is all of the block at `at`.
    pub(super) fn equation(&mut self, at: usize, number: usize) -> usize {
        if self.document.formulas.html(number).is_empty() {
            return self.document.after(at);
        }
        self.tag(at, "<div class=\"equation\" tabindex=\"0\">");
        self.formula(number);
        self.close(Excerpt::No, "</div>\n");
        self.document.after(at)
    }

    pub(super) fn heading(&mut self, at: usize) -> usize {
        self.end_block(Excerpt::No);
        let Some(planned) = self.headings.iter().find(|planned| planned.events.start == at) else { return at + 1 };
        self.headings = &self.headings[1..];
        let span = self.document.events[at].1.clone();
        self.id(Arc::clone(&planned.heading.id), span);
        let inside = planned.events.start + 1..planned.events.end - 1;
        if !std::mem::replace(&mut self.is_opened, true) {
            // Templates show it; here only its references are taken.
            let body = std::mem::take(&mut self.out);
            self.events(inside);
            self.text.end(Excerpt::No, &mut self.references);
            self.out = body;
            return planned.events.end;
        }
        let level = planned.heading.level;
        self.block("<h");
        let _ = write!(self.out.html, "{level} id=\"");
        let _ = escape_html(&mut self.out.html, &planned.heading.id);
        if !planned.classes.is_empty() {
            self.out.html.push_str("\" class=\"");
            let _ = escape_html(&mut self.out.html, &planned.classes.join(" "));
        }
        self.out.html.push_str("\">");
        self.linked_to_itself(inside);
        self.text.end(Excerpt::No, &mut self.references);
        let _ = writeln!(self.out.html, "</h{level}>");
        planned.events.end
    }

    /// Writes the events of a heading, between holes for a link to it, unless there is a link in them.
    fn linked_to_itself(&mut self, events: Range<usize>) {
        let (at, holes) = (self.out.html.len(), self.out.holes.len());
        self.hole(Fill::Anchor(self.headings_written));
        self.headings_written += 1;
        let margin = std::mem::replace(&mut self.margin, Margin::OutOfReach);
        self.events(events);
        self.margin = margin;
        if self.out.html[at..].contains("<a ") {
            self.out.holes.remove(holes);
        } else {
            self.hole(Fill::AnchorEnd);
        }
    }
}
