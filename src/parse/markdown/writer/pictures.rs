//! The walk over the events: pictures, and films and sounds in the same notation.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::Writer;
use crate::parse::markdown::extensions::attribute_list::AttributeList;
use crate::parse::markdown::extensions::{by_name, sizes};
use crate::parse::markdown::inline;
use crate::parse::markdown::medium::{Medium, medium};
use crate::parse::{Fill, Role, is_local};

impl Writer<'_, '_> {
    /// Writes the image that begins at `at`; returns the event after it.
    pub(super) fn image(&mut self, at: usize) -> usize {
        let empty = AttributeList::default();
        self.listed_image(at, self.document.attributes.get(&at).unwrap_or(&empty))
    }

    /// The same with the attributes of `list` rather than its own.
    pub(super) fn listed_image(&mut self, at: usize, list: &AttributeList) -> usize {
        let document = self.document;
        let after = document.after(at);
        let Event::Start(Tag::Image { link_type, dest_url, title, id }) = &document.events[at].0 else { return after };
        let alternative = inline::render(document, at + 1..after - 1).text;
        let (alternative, size) = match link_type {
            LinkType::WikiLink { .. } => by_name::alternative_and_size(&alternative),
            _ => (&*alternative, sizes::of(document.written(at))),
        };
        let mut list = Cow::Borrowed(list);
        if !size.is_empty() {
            list.to_mut().pairs.extend(size);
        }
        let list = &*list;
        let medium = medium(dest_url).unwrap_or(Medium::Picture);
        match medium {
            Medium::Picture => {
                let references = self.references.len();
                self.out.html.push_str("<img src=\"");
                self.source(at, *link_type, dest_url, id);
                self.out.html.push_str("\" alt=\"");
                let _ = escape_html(&mut self.out.html, alternative);
                self.title(title);
                self.out.html.push('"');
                self.picture_attributes(at, list, self.references.len() > references);
                self.out.html.push('>');
            }
            Medium::Film | Medium::Sound => {
                let name = if medium == Medium::Film { "video" } else { "audio" };
                self.out.html.push('<');
                self.out.html.push_str(name);
                self.out.html.push_str(" controls preload=\"metadata\" src=\"");
                self.source(at, *link_type, dest_url, id);
                self.title(title);
                self.out.html.push('"');
                self.attributes(at, list, &[]);
                self.out.html.push('>');
                let _ = escape_html_body_text(&mut self.out.html, alternative);
                self.out.html.push_str("</");
                self.out.html.push_str(name);
                self.out.html.push('>');
            }
        }
        after
    }

    fn source(&mut self, at: usize, link_type: LinkType, destination: &str, label: &str) {
        let span = self.destination(at, link_type, label);
        match link_type {
            LinkType::WikiLink { .. } => self.reference(Role::NamedResource, destination, span),
            _ => self.source_at(destination, span),
        }
    }

    /// Writes the address of the picture at `destination`, which is written at `span`.
    pub(super) fn source_at(&mut self, destination: &str, span: Range<usize>) {
        let destination = self.attached(destination, &span).unwrap_or(destination);
        let destination = self.document.destination(destination, &span);
        if is_local(destination) {
            self.reference(Role::Resource, destination, span);
        } else {
            // Writing to a string does not fail.
            let _ = escape_href(&mut self.out.html, destination);
        }
    }

    /// Writes what a browser needs to keep the picture's place and to load it in time, and what the author gave.
    pub(super) fn picture_attributes(&mut self, at: usize, list: &AttributeList, is_local: bool) {
        let width = list.get("width").unwrap_or_default();
        let mut list = list.clone();
        match width.strip_suffix('%').and_then(|percent| percent.parse::<u8>().ok()) {
            Some(percent) => list.classes.push(format!("width-{percent}")),
            None => list.pairs.retain(|(key, _)| key != "width" || width.bytes().all(|byte| byte.is_ascii_digit())),
        }
        let is_sized =
            list.pairs.iter().any(|(key, value)| matches!(key.as_str(), "width" | "height") && !value.ends_with('%'));
        if is_local && !is_sized {
            self.hole(Fill::Size(self.references.len() - 1));
        }
        let has_sources = list.get("srcset").is_some() || list.get("sizes").is_some();
        if is_local && !has_sources {
            self.hole(Fill::Sources { reference: self.references.len() - 1, pixels: width.parse().ok() });
        }
        self.attributes(at, &list, if width.ends_with('%') { &["width"] } else { &[] });
        if std::mem::replace(&mut self.has_picture, true) {
            self.out.html.push_str(" loading=\"lazy\"");
        }
        self.out.html.push_str(" decoding=\"async\"");
    }
}
