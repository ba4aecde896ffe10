//! The walk over the events: links, and the references that they leave.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::Writer;
use super::destination;
use crate::parse::markdown::extensions::attribute_list::AttributeList;
use crate::parse::{Fill, Named, Reference, Role, is_local, named};

/// What stands for the end of a link by name, of which it is not known yet whether it is one.
const NAMED_END: &str = "]]";

impl<'d, 'a> Writer<'d, 'a> {
    pub(super) fn open_link(&mut self, at: usize, tag: &Tag<'a>) {
        let Tag::Link { link_type, dest_url, title, id } = tag else { return };
        if dest_url.is_empty() && self.document.source.path.name() == "SUMMARY.md" {
            // A chapter that is still to be written (mdBook).
            self.out.html.push_str("<a>");
            self.link_ends.push("</a>");
            return;
        }
        if let Some(list) = self.place_only(at, dest_url) {
            self.out.html.push_str("<span");
            self.attributes(at, list, &[]);
            self.out.html.push('>');
            self.link_ends.push("</span>");
            return;
        }
        if matches!(link_type, LinkType::WikiLink { .. }) {
            let range = self.document.events[at].1.clone();
            self.link_ends.push(NAMED_END);
            self.text.link(self.references.len());
            self.hole(Fill::Named(self.references.len()));
            let Named { opening, path, heading, .. } = named(dest_url);
            let start = range.start + opening.len();
            let span = start..start + path.len() + heading.len();
            let destination = dest_url.to_string();
            self.references.push(Reference { role: Role::Name, destination, span, sentence: String::new() });
            return;
        }
        self.link_ends.push("</a>");
        self.out.html.push_str("<a href=\"");
        let references = self.references.len();
        if *link_type == LinkType::Email {
            self.out.html.push_str("mailto:");
        }
        if is_local(dest_url) && !matches!(link_type, LinkType::Email | LinkType::Autolink) {
            let span = self.destination(at, *link_type, id);
            self.text.link(self.references.len());
            self.reference(Role::Link, self.document.destination(dest_url, &span), span);
        } else {
            let _ = escape_href(&mut self.out.html, dest_url);
        }
        self.title(title);
        self.out.html.push('"');
        match self.document.attributes.get(&at) {
            Some(list) => self.attributes(at, list, &[]),
            // As Pandoc has it: on paper, where such a link leads need not be said again.
            None if *link_type == LinkType::Autolink && self.document.names_addresses => {
                self.out.html.push_str(" class=\"uri\"");
            }
            None => {}
        }
        self.out.html.push('>');
        if self.references.len() > references && self.document.after(at) == at + 2 {
            // What MyST gives words to.
            self.hole(Fill::Title(references));
        }
    }

    pub(super) fn close_link(&mut self) {
        match self.link_ends.pop() {
            // There is nothing but words in it.
            Some(NAMED_END) => self.hole(Fill::NamedEnd(self.references.len().saturating_sub(1))),
            end => self.out.html.push_str(end.unwrap_or("</a>")),
        }
    }

    /// The attributes of what is a link only to have them: `[words]{.class}`, or `[](){#id}` without words.
    fn place_only(&self, at: usize, destination: &str) -> Option<&'d AttributeList> {
        let document = self.document;
        let list = document.attributes.get(&at).filter(|_| destination.is_empty())?;
        let is_empty = document.after(at) == at + 2 && list.id.is_some();
        (is_empty || document.written(at).ends_with(']')).then_some(list)
    }

    pub(super) fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.html.push_str("\" title=\"");
            let _ = escape_html(&mut self.out.html, title);
        }
    }

    /// Notes a reference and leaves a hole for where it leads.
    pub(super) fn reference(&mut self, role: Role, destination: &str, span: Range<usize>) {
        self.hole(Fill::Reference(self.references.len()));
        let destination = destination.to_owned();
        self.references.push(Reference { role, destination, span, sentence: String::new() });
    }

    /// Begins a link to the destination that stands at `target` of the file as it is.
    pub(super) fn open_link_to(&mut self, target: Range<usize>) {
        let destination = self.document.source.text.get(target.clone()).unwrap_or_default();
        self.out.html.push_str("<a href=\"");
        if is_local(destination) {
            self.reference(Role::Link, destination, target);
        } else {
            // Writing to a string does not fail.
            let _ = escape_href(&mut self.out.html, destination);
        }
        self.out.html.push_str("\">");
    }

    /// Writes what the last link is called that leads to the destination at `target`: the title of the essay, or the destination.
    pub(super) fn title_of(&mut self, target: Range<usize>) {
        let destination = self.document.source.text.get(target).unwrap_or_default();
        if is_local(destination) {
            self.hole(Fill::Title(self.references.len() - 1));
        } else {
            let _ = escape_html_body_text(&mut self.out.html, destination);
        }
    }

    /// Where the destination of the link or image at `at` is written.
    pub(super) fn destination(&self, at: usize, link_type: LinkType, label: &str) -> Range<usize> {
        let document = self.document;
        let offset = document.offset;
        let (_, whole) = &document.events[at];
        let last = document.after(at) - 2;
        let inner_end = if last > at { document.events[last].1.end } else { whole.start + 1 };
        let whole = whole.start - offset..whole.end - offset;
        let span = destination::span(document.text, link_type, whole, inner_end - offset, label, &document.definitions);
        span.start + offset..span.end + offset
    }
}
