//! What a notebook puts into its Markdown: outputs, pictures, attachments.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark_escape::escape_html;

use super::Writer;
use crate::diagnostic::notebook as mistake;
use crate::parse::html::{self, AttributeKind};
use crate::parse::notebook::{Insert, Picture};
use crate::parse::{Fill, Role, is_local};

impl<'d> Writer<'d, '_> {
    /// Writes what the mark at `span` stands for.
    pub(super) fn group(&mut self, group: &[Insert], span: Range<usize>) {
        for insert in group {
            match insert {
                Insert::Frame(html) => self.out.html.push_str(html),
                Insert::Html(html) => self.foreign(html, &span),
                Insert::Picture(picture) => self.made_picture(picture, &span),
            }
        }
    }

    /// Writes HTML that a program wrote. Its ids can be linked to; that one is there twice is not the author's mistake.
    fn foreign(&mut self, html: &str, span: &Range<usize>) {
        let mut written = 0;
        for attribute in html::attributes(html) {
            let role = match attribute.kind {
                AttributeKind::Id => {
                    let _ = self.ids.add(Arc::from(&*attribute.value), self.document.source, span.clone());
                    continue;
                }
                AttributeKind::Link => Role::Link,
                AttributeKind::Resource => Role::Resource,
            };
            if is_local(&attribute.value) {
                self.out.html.push_str(&html[written..attribute.span.start]);
                self.reference(role, &attribute.value, span.clone());
                written = attribute.span.end;
            }
        }
        self.out.html.push_str(&html[written..]);
    }

    fn made_picture(&mut self, picture: &Picture, span: &Range<usize>) {
        self.out.html.push_str("<img src=\"");
        self.reference(Role::Resource, &picture.destination, span.clone());
        self.out.html.push_str("\" alt=\"");
        // Writing to a string does not fail.
        let _ = escape_html(&mut self.out.html, &picture.alternative);
        self.out.html.push('"');
        match picture.shown_size {
            Some((width, height)) => {
                let _ = write!(self.out.html, " width=\"{width}\" height=\"{height}\"");
            }
            None => self.hole(Fill::Size(self.references.len() - 1)),
        }
        if std::mem::replace(&mut self.has_picture, true) {
            self.out.html.push_str(" loading=\"lazy\"");
        }
        self.out.html.push_str(" decoding=\"async\">");
    }

    /// Where the file is that was made of the attachment that `destination`, written at `span`, refers to. One that is not
    /// there is reported.
    pub(super) fn attached(&mut self, destination: &str, span: &Range<usize>) -> Option<&'d str> {
        let inserts = self.inserts;
        let name = inserts.attachment_name(destination, span.start)?;
        let mut attachments = inserts.attachments_at(span.start);
        if let Some(attachment) = attachments.find(|attachment| attachment.name == name) {
            return Some(&attachment.destination);
        }
        let names = inserts.attachments_at(span.start).map(|attachment| attachment.name.as_str());
        let place = self.document.source.place(span.clone());
        self.diagnostics.push(mistake::missing_attachment(place, &name, names));
        None
    }
}
