//! The walk over the events. What a block is made of is in [`blocks`](blocks), what stands inside a line in
//! [`spans`](spans).

mod block_text;
mod blocks;
mod callouts;
mod captions;
mod destination;
mod figures;
mod footnotes;
mod ids;
mod inserts;
mod pictures;
mod spans;
mod tables;
mod toctree;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::contents;
use super::document::Document;
use super::extensions::abbreviations::Abbreviations;
use super::extensions::attribute_list::AttributeList;
use super::headings::{Headings, Planned};
use super::inline::attribute;
use super::modules;
use super::repeated;
use super::{Rendered, Settings};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::unknown_language;
use crate::diagnostic::markdown as mistake;
use crate::parse::code::{ClassSet, Highlighter};
use crate::parse::notebook::Inserts;
use crate::parse::{Body, Fill, Hole, Reference};
use crate::read::Phrases;
use block_text::{BlockText, Excerpt};
use footnotes::Footnotes;
use ids::Ids;
use spans::is_more;

/// Quotes, lists and notes inside each other, at most. Deeper ones are still written, and reported once.
const DEEPEST: usize = 100;

/// Whether a note can stand in the margin beside what is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Margin {
    /// It can.
    Free,
    /// It cannot: a table clips it, a heading would make it large.
    OutOfReach,
}

/// Writes the events of a document as HTML.
#[derive(Debug)]
pub struct Writer<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) abbreviations: &'d Abbreviations,
    pub(super) phrases: &'d Phrases,
    pub(super) highlighter: Option<&'d Highlighter>,
    pub(super) code_classes: ClassSet,
    pub(super) code_starts: BTreeSet<usize>,
    pub(super) inserts: &'d Inserts,
    pub(super) headings: &'d [Planned],
    pub(super) is_opened: bool,
    pub(super) out: Body,
    /// What was being written when a footnote's text began.
    pub(super) suspended: Vec<Body>,
    pub(super) references: Vec<Reference>,
    pub(super) ids: Ids,
    pub(super) text: BlockText,
    pub(super) footnotes: Footnotes,
    pub(super) next_raw: usize,
    pub(super) alignments: Vec<Alignment>,
    pub(super) cell: usize,
    /// What cells of the row are.
    pub(super) cell_name: &'static str,
    /// What the open one is.
    pub(super) open_cell: &'static str,
    is_table_open: bool,
    pub(super) margin: Margin,
    /// Headings of the body so far.
    pub(super) headings_written: usize,
    pub(super) has_picture: bool,
    /// What ends each open quotation, alert and admonition.
    pub(super) quotes: Vec<&'static str>,
    /// What ends each open link.
    pub(super) link_ends: Vec<&'static str>,
    pub(super) depth: usize,
    /// Whether a directive of MyST has been reported.
    pub(super) has_directive: bool,
    /// The paragraphs that were left out since they are code of MDX.
    pub(super) modules: Vec<usize>,
    /// The languages of code that are not highlighted, with their bytes in the file.
    pub(super) unknown_languages: Vec<(String, std::ops::Range<usize>)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'d, 'a> Writer<'d, 'a> {
    /// A writer for `document`, whose headings are as planned.
    pub fn new(
        document: &'d Document<'a>,
        headings: &'d Headings,
        abbreviations: &'d Abbreviations,
        settings: &Settings<'d>,
    ) -> Self {
        let (footnotes, again) = Footnotes::of(document);
        let diagnostics = again
            .into_iter()
            .filter_map(|(label, span)| {
                let first = footnotes.defined(&label)?;
                Some(mistake::duplicate_footnote(document.source.place(span), &label, document.source.place(first)))
            })
            .collect();
        Self {
            document,
            abbreviations,
            phrases: settings.phrases,
            highlighter: settings.highlighter,
            code_classes: ClassSet::default(),
            code_starts: BTreeSet::new(),
            inserts: settings.inserts,
            headings: &headings.planned,
            is_opened: !headings.opens,
            out: Body { html: String::with_capacity(document.text.len() * 3 / 2), holes: Vec::new() },
            suspended: Vec::new(),
            references: Vec::new(),
            ids: Ids::default(),
            text: match document.raw.iter().any(|raw| is_more(&raw.html)) {
                true => BlockText::with_more(),
                false => BlockText::default(),
            },
            footnotes,
            next_raw: 0,
            alignments: Vec::new(),
            cell: 0,
            cell_name: "td",
            open_cell: "td",
            is_table_open: false,
            margin: Margin::Free,
            headings_written: 0,
            has_picture: false,
            quotes: Vec::new(),
            link_ends: Vec::new(),
            depth: 0,
            has_directive: false,
            modules: Vec::new(),
            unknown_languages: Vec::new(),
            diagnostics,
        }
    }

    /// Writes everything.
    pub fn run(mut self) -> Rendered {
        let mut at = 0;
        while at < self.document.events.len() {
            at = self.event(at);
        }
        let unused: Vec<_> = self
            .footnotes
            .unused()
            .map(|(label, span)| mistake::unused_footnote(self.document.source.place(span), label))
            .collect();
        self.diagnostics.extend(unused);
        self.diagnostics.extend(modules::mistake(self.document, &self.modules));
        let known = || self.highlighter.into_iter().flat_map(Highlighter::languages);
        for (language, span, others) in repeated::once(&self.unknown_languages) {
            self.diagnostics.push(unknown_language(self.document.source.place(span), language, known(), others));
        }
        let sidenotes = self.footnotes.finish(&mut self.out, self.phrases);
        // It is kept as long as the site.
        self.out.html.shrink_to_fit();
        self.out.holes.shrink_to_fit();
        self.references.shrink_to_fit();
        self.ids.names.shrink_to_fit();
        Rendered {
            body: self.out,
            heading: None,
            headings: Vec::new(),
            sidenotes,
            anchors: self.ids.names,
            labels: Vec::new(),
            equations: Vec::new(),
            has_mathematics: false,
            code_classes: self.code_classes,
            code_starts: self.code_starts,
            references: self.references,
            excerpt: self.text.excerpt,
            words: self.text.words,
            diagnostics: self.diagnostics,
        }
    }

    /// Writes the event at `at`, and what belongs to it; returns the event to go on with.
    pub(super) fn event(&mut self, at: usize) -> usize {
        let document = self.document;
        match &document.events[at].0 {
            Event::Start(tag) => return self.start(at, tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.words(at, text),
            Event::Code(code) => self.code_span(at, code),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.words(at, tex),
            Event::InlineHtml(_) => self.raw_html(at),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule if self.is_opened => self.block("<hr>\n"),
            Event::Html(_) | Event::Rule => {}
            Event::FootnoteReference(label) => self.note(label, document.events[at].1.clone()),
            Event::TaskListMarker(is_done) => {
                let (checked, label) =
                    if *is_done { (" checked", &self.phrases.done) } else { ("", &self.phrases.to_do) };
                let label = attribute(label);
                let _ = writeln!(self.out.html, "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\">");
            }
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &Tag<'a>) -> usize {
        match tag {
            Tag::Paragraph => return self.paragraph(at),
            Tag::Heading { .. } => return self.heading(at),
            Tag::HtmlBlock => {
                self.end_block(Excerpt::No);
                self.raw_html(at);
                // The formulas in it are none of the words that follow.
                self.text.end(Excerpt::No, &mut self.references);
                return self.document.after(at);
            }
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
            Tag::BlockQuote(kind) => return self.quote(at, *kind),
            Tag::List(_) if contents::is_list(self.document.written(at)) => return self.contents(at),
            Tag::List(start) => {
                self.open(at);
                match start {
                    None => self.tag(at, "<ul>\n"),
                    Some(1) => self.tag(at, "<ol>\n"),
                    Some(start) => self.tag(at, &format!("<ol start=\"{start}\">\n")),
                }
            }
            Tag::Item => self.tag(at, "<li>"),
            Tag::FootnoteDefinition(label) => self.open_footnote(at, label),
            Tag::DefinitionList => {
                self.open(at);
                self.tag(at, "<dl>\n");
            }
            Tag::DefinitionListTitle => self.tag(at, "<dt>"),
            Tag::DefinitionListDefinition => self.tag(at, "<dd>"),
            Tag::Table(alignments) => {
                self.open(at);
                self.alignments.clone_from(alignments);
                self.margin = Margin::OutOfReach;
                self.block("<div class=\"table\" tabindex=\"0\">");
                self.span(at, "<table>");
                self.extra_cells(at);
                self.table_caption(at);
            }
            Tag::TableHead => self.open_row("th", "<thead><tr>"),
            Tag::TableRow => {
                let row = if std::mem::replace(&mut self.is_table_open, true) { "<tr>" } else { "<tbody>\n<tr>" };
                self.open_row("td", row);
            }
            Tag::TableCell => self.open_cell(at),
            Tag::Emphasis => self.span(at, "<em>"),
            Tag::Strong => self.span(at, "<strong>"),
            Tag::Strikethrough => self.span(at, "<del>"),
            Tag::Superscript => self.out.html.push_str("<sup>"),
            Tag::Subscript => self.out.html.push_str("<sub>"),
            Tag::Link { .. } => self.open_link(at, tag),
            Tag::Image { .. } => return self.image(at),
            Tag::MetadataBlock(_) => return self.document.after(at),
        }
        at + 1
    }

    fn end(&mut self, tag: TagEnd) {
        let html = match tag {
            TagEnd::Paragraph => {
                return self.close(if self.depth == 0 { Excerpt::Possible } else { Excerpt::No }, "</p>\n");
            }
            TagEnd::BlockQuote(_) => {
                let html = self.quotes.pop().unwrap_or_default();
                return self.leave(html);
            }
            TagEnd::List(true) => return self.leave("</ol>\n"),
            TagEnd::List(false) => return self.leave("</ul>\n"),
            TagEnd::DefinitionList => return self.leave("</dl>\n"),
            TagEnd::Item => return self.close(Excerpt::No, "</li>\n"),
            TagEnd::DefinitionListTitle => return self.close(Excerpt::No, "</dt>\n"),
            TagEnd::DefinitionListDefinition => return self.close(Excerpt::No, "</dd>\n"),
            TagEnd::Table => {
                let is_open = std::mem::take(&mut self.is_table_open);
                self.margin = Margin::Free;
                return self.leave(if is_open { "</tbody></table></div>\n" } else { "</table></div>\n" });
            }
            TagEnd::TableHead => "</tr></thead>",
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.cell += 1;
                return self.close(Excerpt::No, if self.open_cell == "th" { "</th>" } else { "</td>" });
            }
            TagEnd::FootnoteDefinition => return self.close_footnote(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => return self.close_link(),
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => "",
        };
        self.out.html.push_str(html);
    }

    /// Writes `events`.
    pub(super) fn events(&mut self, events: std::ops::Range<usize>) {
        let mut at = events.start;
        while at < events.end {
            at = self.event(at);
        }
    }

    /// Takes an id that is written at `span`.
    pub(super) fn id(&mut self, id: impl Into<Arc<str>>, span: std::ops::Range<usize>) {
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
        if self.depth == DEEPEST + 1
            && !self.diagnostics.iter().any(|diagnostic| diagnostic.kind == crate::diagnostic::Kind::TooLarge)
        {
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
