//! The walk over the events: what stands inside a line.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::destination;
use super::{Margin, Writer};
use crate::diagnostic::markdown as mistake;
use crate::parse::html::AttributeKind;
use crate::parse::markdown::document::RawHtml;
use crate::parse::markdown::extensions::attribute_list::AttributeList;
use crate::parse::markdown::inline::KEPT;
use crate::parse::math::{self, Piece};
use crate::parse::{Fill, Named, Reference, Role, is_local, named};

/// How far before its end a link begins, at most, in bytes of HTML.
const LONGEST_LINK: usize = 64 * 1024;

impl<'d, 'a> Writer<'d, 'a> {
    /// Writes the text of the event at `at`, of which `text` may be the end.
    pub(super) fn words(&mut self, at: usize, text: &str) {
        let document = self.document;
        let mut start = document.events[at].1.end.saturating_sub(text.len());
        for piece in document.pieces(at, text) {
            match piece {
                Piece::Text(text) => {
                    self.noted(start, text);
                    start += text.len();
                }
                Piece::Formula(number) => {
                    self.formula(number);
                    start = document.formulas.range(number).end + document.offset;
                }
                Piece::Kept => self.out.html.push_str(KEPT),
                Piece::Loose => self.out.html.push_str("</span>"),
            }
        }
    }

    /// Writes text that stands in the file from byte `start` on. pulldown-cmark leaves `[^label]` as text where it finds no
    /// such note.
    fn noted(&mut self, mut start: usize, text: &str) {
        let mut rest = text;
        while let Some((before, label)) = Some(rest).filter(|_| self.document.has_footnotes).and_then(footnote_in) {
            let at = start + before;
            let len = label.len() + "[^]".len();
            let (source, note) = (&self.document.source.text, &rest[before..before + len]);
            if source.get(at..at + len) != Some(note) {
                // The text is not as it was written, such as that of HTML with entities: nobody knows where its notes stand.
                break;
            }
            if source[..at].ends_with('\\') {
                self.plain(&rest[..before + len]);
            } else {
                self.plain(&rest[..before]);
                let is_there = self.footnotes.defined(label).is_some();
                self.note(label, at..at + len);
                self.plain(if is_there { "" } else { &rest[before..before + len] });
            }
            rest = &rest[before + len..];
            start = at + len;
        }
        self.plain(rest);
    }

    /// Writes formula `number`, and takes the labels in it.
    pub(super) fn formula(&mut self, number: usize) {
        let document = self.document;
        let formulas = document.formulas;
        self.text.push(&formulas.plain(number));
        let Some(far) = formulas.far_reference(number) else {
            for label in formulas.labels_of(number) {
                self.id(&*label.id, label.span.start + document.offset..label.span.end + document.offset);
            }
            // Where it scrolls the keyboard must reach it, but nothing in a link may be reached on its own.
            let is_free = self.margin == Margin::Free && self.suspended.is_empty();
            let scrolls = is_free && formulas.is_wide(number) && !self.is_in_link();
            self.out.html.push_str(if scrolls { "<span class=\"wide\" tabindex=\"0\">" } else { "" });
            self.out.html.push_str(formulas.html(number));
            self.out.html.push_str(if scrolls { "</span>" } else { "" });
            return;
        };
        self.out.html.push_str("<a href=\"");
        self.text.link(self.references.len());
        let span = far.span.start + document.offset..far.span.end + document.offset;
        self.reference(Role::Link, far.destination, span);
        self.out.html.push_str(if far.in_parentheses { "\">(" } else { "\">" });
        self.hole(Fill::EquationNumber(self.references.len() - 1));
        self.out.html.push_str(if far.in_parentheses { ")</a>" } else { "</a>" });
    }

    /// Whether a link is open.
    fn is_in_link(&self) -> bool {
        let html = &self.out.html;
        let html = &html[html.floor_char_boundary(html.len().saturating_sub(LONGEST_LINK))..];
        html.rfind("<a ").is_some_and(|start| !html[start..].contains("</a>"))
    }

    /// Writes text without notes in it; abbreviations get what they stand for.
    fn plain(&mut self, text: &str) {
        self.text.push(text);
        let mut rest = text;
        // Writing to a string does not fail, here and below.
        while let Some((at, short, long)) = self.abbreviations.first(rest) {
            let _ = escape_html_body_text(&mut self.out.html, &rest[..at]);
            self.out.html.push_str("<abbr title=\"");
            let _ = escape_html(&mut self.out.html, long);
            self.out.html.push_str("\">");
            let _ = escape_html_body_text(&mut self.out.html, short);
            self.out.html.push_str("</abbr>");
            rest = &rest[at + short.len()..];
        }
        let _ = escape_html_body_text(&mut self.out.html, rest);
    }

    pub(super) fn code_span(&mut self, at: usize, code: &str) {
        self.text.push(code);
        self.span(at, "<code>");
        let _ = escape_html_body_text(&mut self.out.html, code);
        self.out.html.push_str("</code>");
    }

    pub(super) fn line_break(&mut self, html: &str) {
        self.text.push(" ");
        self.out.html.push_str(html);
    }

    /// Writes a reference to the note `label`, which stands at `span`.
    pub(super) fn note(&mut self, label: &str, span: Range<usize>) {
        match self.footnotes.refer(label, &mut self.out.html) {
            Some(reference) => {
                self.id(&*reference.id, span);
                if reference.nth == 1 && self.margin == Margin::Free && self.suspended.is_empty() {
                    self.hole(Fill::Sidenote(reference.number - 1));
                }
            }
            None => {
                let place = self.document.source.place(span);
                let diagnostic = mistake::missing_footnote(place, label, self.footnotes.labels());
                self.diagnostics.push(diagnostic);
            }
        }
    }

    pub(super) fn close_link(&mut self) {
        match self.link_ends.pop() {
            // There is nothing but words in it.
            Some(NAMED_END) => self.hole(Fill::NamedEnd(self.references.len().saturating_sub(1))),
            end => self.out.html.push_str(end.unwrap_or("</a>")),
        }
    }

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

/// What stands for the end of a link by name, of which it is not known yet whether it is one.
const NAMED_END: &str = "]]";

/// Whether `html` marks where the summary of an essay ends.
pub(super) fn is_more(html: &str) -> bool {
    matches!(html.trim(), "<!-- more -->" | "<!--more-->")
}

/// The first footnote reference in `text`: where it begins, and its label.
fn footnote_in(text: &str) -> Option<(usize, &str)> {
    memchr::memchr_iter(b'[', text.as_bytes()).find_map(|at| {
        let (label, _) = text[at + 1..].strip_prefix('^')?.split_once(']')?;
        let is_label = !label.is_empty() && !label.contains(['[', ' ', '\n', '\t', '\\', '`', '^']);
        // `[^/]` and `[^a-z]` are of a pattern.
        let is_pattern = ["a-z", "A-Z", "0-9"].iter().any(|letters| label.contains(letters))
            || label.bytes().all(|byte| byte.is_ascii_punctuation() && byte != b'*');
        if is_label && !is_pattern { Some((at, label)) } else { None }
    })
}
