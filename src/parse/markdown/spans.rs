//! The walk over the events: what stands inside a line.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::destination;
use super::document::RawHtml;
use super::writer::Writer;
use crate::diagnostic::markdown as mistake;
use crate::parse::html::AttributeKind;
use crate::parse::{Fill, Reference, Role, is_local};

impl<'a> Writer<'_, 'a> {
    pub(super) fn words(&mut self, at: usize, text: &str) {
        if text == "[" {
            self.undefined_footnote(at);
        }
        self.text.push(text);
        // Writing to a string does not fail, here and below.
        let _ = escape_html_body_text(&mut self.out.html, text);
    }

    pub(super) fn code_span(&mut self, code: &str) {
        self.text.push(code);
        self.out.html.push_str("<code>");
        let _ = escape_html_body_text(&mut self.out.html, code);
        self.out.html.push_str("</code>");
    }

    pub(super) fn line_break(&mut self, html: &str) {
        self.text.push(" ");
        self.out.html.push_str(html);
    }

    pub(super) fn footnote_reference(&mut self, at: usize, label: &str) {
        let span = self.document.events[at].1.clone();
        match self.footnotes.refer(label, &mut self.out.html) {
            Some(id) => self.id(&id, span),
            None => self.missing_footnote(label, span),
        }
    }

    /// pulldown-cmark leaves `[^label]` as text where nothing defines it.
    fn undefined_footnote(&mut self, at: usize) {
        let start = self.document.events[at].1.start;
        let text = &self.document.source.text;
        let is_escaped = text[..start].ends_with('\\');
        let Some(label) =
            text[start..].strip_prefix("[^").and_then(|rest| rest.split_once(']')).map(|(label, _)| label)
        else {
            return;
        };
        let is_label = !label.is_empty() && !label.contains(['[', ' ', '\n', '\t', '\\', '`']);
        if is_label && !is_escaped && self.document.has_footnotes {
            self.missing_footnote(label, start..start + label.len() + "[^]".len());
        }
    }

    fn missing_footnote(&mut self, label: &str, span: Range<usize>) {
        let diagnostic = mistake::missing_footnote(self.document.source.place(span), label, self.footnotes.labels());
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn open_link(&mut self, at: usize, tag: &Tag<'a>) {
        let Tag::Link { link_type, dest_url, title, id } = tag else { return };
        self.out.html.push_str("<a href=\"");
        if *link_type == LinkType::Email {
            self.out.html.push_str("mailto:");
        }
        if is_local(dest_url) && !matches!(link_type, LinkType::Email | LinkType::Autolink) {
            let span = self.destination(at, *link_type, id);
            self.text.link(self.references.len());
            self.reference(Role::Link, dest_url, span);
        } else {
            let _ = escape_href(&mut self.out.html, dest_url);
        }
        self.title(title);
        self.out.html.push_str("\">");
    }

    /// Writes the image that begins at `at`; returns the event after it.
    pub(super) fn image(&mut self, at: usize) -> usize {
        let after = self.document.after(at);
        let Event::Start(Tag::Image { link_type, dest_url, title, id }) = &self.document.events[at].0 else {
            return after;
        };
        self.out.html.push_str("<img src=\"");
        if is_local(dest_url) {
            let span = self.destination(at, *link_type, id);
            self.reference(Role::Resource, dest_url, span);
        } else {
            let _ = escape_href(&mut self.out.html, dest_url);
        }
        self.out.html.push_str("\" alt=\"");
        for (event, _) in &self.document.events[at + 1..after - 1] {
            match event {
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                    let _ = escape_html(&mut self.out.html, text);
                }
                Event::SoftBreak | Event::HardBreak => self.out.html.push(' '),
                _ => {}
            }
        }
        self.title(title);
        self.out.html.push_str("\">");
        after
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.html.push_str("\" title=\"");
            let _ = escape_html(&mut self.out.html, title);
        }
    }

    /// Writes the raw HTML whose first event is at `at`, with a hole for each reference in it.
    pub(super) fn raw_html(&mut self, at: usize) {
        let document = self.document;
        let Some(raw) = document.raw.get(self.next_raw).filter(|raw| raw.events.start == at) else { return };
        self.next_raw += 1;
        if raw.html.trim() == "<!-- essays -->" {
            self.hole(Fill::Essays);
            self.out.html.push('\n');
            return;
        }
        self.splice(raw);
    }

    fn splice(&mut self, raw: &RawHtml) {
        let mut written = 0;
        for attribute in &raw.attributes {
            let span = raw.in_file(&attribute.span);
            let role = match attribute.kind {
                AttributeKind::Id => {
                    self.id(&attribute.value, span);
                    continue;
                }
                AttributeKind::Link => Role::Link,
                AttributeKind::Resource => Role::Resource,
            };
            if !is_local(&attribute.value) {
                continue;
            }
            self.out.html.push_str(&raw.html[written..attribute.span.start]);
            if role == Role::Link {
                self.text.link(self.references.len());
            }
            self.reference(role, &attribute.value, span);
            written = attribute.span.end;
        }
        self.out.html.push_str(&raw.html[written..]);
    }

    /// Notes a reference and leaves a hole for where it leads.
    fn reference(&mut self, role: Role, destination: &str, span: Range<usize>) {
        self.hole(Fill::Reference(self.references.len()));
        let destination = destination.to_owned();
        self.references.push(Reference { role, destination, span, sentence: String::new() });
    }

    /// Where the destination of the link or image at `at` is written.
    fn destination(&self, at: usize, link_type: LinkType, label: &str) -> Range<usize> {
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
