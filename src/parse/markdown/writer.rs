//! The walk over the events: blocks. What stands inside a line is in [`spans`](super::spans).

use std::fmt::Write as _;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Rendered;
use super::block_text::{BlockText, Excerpt};
use super::document::Document;
use super::figures::{self, Figure};
use super::footnotes::{self, Footnotes};
use super::headings::{Headings, Planned};
use super::ids::Ids;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::markdown as mistake;
use crate::parse::{Body, Fill, Hole, Reference};

/// Quotes, lists and notes inside each other, at most. Deeper ones are still written, and reported once.
const DEEPEST: usize = 100;

/// Writes the events of a document as HTML.
#[derive(Debug)]
pub struct Writer<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    headings: &'d [Planned],
    is_opened: bool,
    pub(super) out: Body,
    /// What was being written when a footnote's text began.
    suspended: Vec<Body>,
    pub(super) references: Vec<Reference>,
    pub(super) ids: Ids,
    pub(super) text: BlockText,
    pub(super) footnotes: Footnotes,
    pub(super) next_raw: usize,
    alignments: Vec<Alignment>,
    cell: usize,
    cell_name: &'static str,
    is_table_open: bool,
    depth: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'d, 'a> Writer<'d, 'a> {
    /// A writer for `document`, whose headings are as planned.
    pub fn new(document: &'d Document<'a>, headings: &'d Headings) -> Self {
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
            headings: &headings.planned,
            is_opened: !headings.opens,
            out: Body { html: String::with_capacity(document.text.len() * 9 / 8), holes: Vec::new() },
            suspended: Vec::new(),
            references: Vec::new(),
            ids: Ids::default(),
            text: BlockText::default(),
            footnotes,
            next_raw: 0,
            alignments: Vec::new(),
            cell: 0,
            cell_name: "td",
            is_table_open: false,
            depth: 0,
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
        self.footnotes.finish(&mut self.out);
        Rendered {
            body: self.out,
            heading: None,
            headings: Vec::new(),
            anchors: self.ids.names,
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
            Event::Code(code) => self.code_span(code),
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.words(at, tex),
            Event::Html(_) => {}
            Event::InlineHtml(_) => self.raw_html(at),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => self.block("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote_reference(at, label),
            Event::TaskListMarker(is_done) => self.out.html.push_str(if *is_done {
                "<input type=\"checkbox\" disabled checked aria-label=\"done\">\n"
            } else {
                "<input type=\"checkbox\" disabled aria-label=\"to do\">\n"
            }),
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
                return self.document.after(at);
            }
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
            Tag::BlockQuote(kind) => self.quote(at, *kind),
            Tag::List(start) => {
                self.open(at);
                match start {
                    None => self.block("<ul>\n"),
                    Some(1) => self.block("<ol>\n"),
                    Some(start) => {
                        self.block("<ol start=\"");
                        let _ = write!(self.out.html, "{start}\">\n");
                    }
                }
            }
            Tag::Item => self.block("<li>"),
            Tag::FootnoteDefinition(label) => self.open_footnote(at, label),
            Tag::DefinitionList => {
                self.open(at);
                self.block("<dl>\n");
            }
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            Tag::Table(alignments) => {
                self.open(at);
                self.alignments.clone_from(alignments);
                self.block("<div class=\"table\"><table>");
            }
            Tag::TableHead => self.open_row("th", "<thead><tr>"),
            Tag::TableRow => {
                let row = if std::mem::replace(&mut self.is_table_open, true) { "<tr>" } else { "<tbody>\n<tr>" };
                self.open_row("td", row);
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.html.push_str("<em>"),
            Tag::Strong => self.out.html.push_str("<strong>"),
            Tag::Strikethrough => self.out.html.push_str("<del>"),
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
            TagEnd::BlockQuote(None) => return self.leave("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => return self.leave("</aside>\n"),
            TagEnd::List(true) => return self.leave("</ol>\n"),
            TagEnd::List(false) => return self.leave("</ul>\n"),
            TagEnd::DefinitionList => return self.leave("</dl>\n"),
            TagEnd::Item => return self.close(Excerpt::No, "</li>\n"),
            TagEnd::DefinitionListTitle => return self.close(Excerpt::No, "</dt>\n"),
            TagEnd::DefinitionListDefinition => return self.close(Excerpt::No, "</dd>\n"),
            TagEnd::Table => {
                let is_open = std::mem::take(&mut self.is_table_open);
                return self.leave(if is_open { "</tbody></table></div>\n" } else { "</table></div>\n" });
            }
            TagEnd::TableHead => "</tr></thead>",
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.cell += 1;
                return self.close(Excerpt::No, if self.cell_name == "th" { "</th>" } else { "</td>" });
            }
            TagEnd::FootnoteDefinition => return self.close_footnote(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => "</a>",
            TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => "",
        };
        self.out.html.push_str(html);
    }

    fn paragraph(&mut self, at: usize) -> usize {
        if matches!(self.document.written(at).trim(), "[TOC]" | "[[TOC]]" | "[[_TOC_]]") {
            self.block("");
            self.hole(Fill::Contents);
            self.out.html.push('\n');
            return self.document.after(at);
        }
        if let Some(figure) = figures::at(self.document, at) {
            return self.figure(&figure);
        }
        self.block("<p>");
        at + 1
    }

    fn figure(&mut self, figure: &Figure) -> usize {
        self.block("<figure>\n");
        self.image(figure.image);
        self.text.end(Excerpt::No, &mut self.references);
        if let Some(caption) = &figure.caption {
            self.out.html.push_str("\n<figcaption>");
            self.events(caption.clone());
            self.text.end(Excerpt::No, &mut self.references);
            self.out.html.push_str("</figcaption>");
        }
        self.out.html.push_str("\n</figure>\n");
        figure.after
    }

    fn heading(&mut self, at: usize) -> usize {
        self.end_block(Excerpt::No);
        let Some(planned) = self.headings.iter().find(|planned| planned.events.start == at) else { return at + 1 };
        self.headings = &self.headings[1..];
        let span = self.document.events[at].1.clone();
        self.id(&planned.heading.id, span);
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
        self.events(inside);
        self.text.end(Excerpt::No, &mut self.references);
        let _ = write!(self.out.html, "</h{level}>\n");
        planned.events.end
    }

    fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'a>) -> usize {
        self.block("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split([' ', ',', '{']).next().filter(|language| !language.is_empty())
        {
            self.out.html.push_str(" class=\"language-");
            let _ = escape_html(&mut self.out.html, language);
            self.out.html.push('"');
        }
        self.out.html.push('>');
        let after = self.document.after(at);
        for (event, _) in &self.document.events[at + 1..after - 1] {
            if let Event::Text(code) = event {
                let _ = escape_html_body_text(&mut self.out.html, code);
            }
        }
        self.out.html.push_str("</code></pre>\n");
        after
    }

    fn quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) {
        self.open(at);
        let Some(kind) = kind else { return self.block("<blockquote>\n") };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", "Note"),
            BlockQuoteKind::Tip => ("tip", "Tip"),
            BlockQuoteKind::Important => ("important", "Important"),
            BlockQuoteKind::Warning => ("warning", "Warning"),
            BlockQuoteKind::Caution => ("caution", "Caution"),
        };
        self.block("");
        let _ = write!(
            self.out.html,
            "<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
        );
    }

    fn open_row(&mut self, cell_name: &'static str, html: &str) {
        self.cell = 0;
        self.cell_name = cell_name;
        self.out.html.push_str(html);
    }

    fn open_cell(&mut self) {
        self.out.html.push('<');
        self.out.html.push_str(self.cell_name);
        self.out.html.push_str(match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    fn open_footnote(&mut self, at: usize, label: &str) {
        self.open(at);
        self.end_block(Excerpt::No);
        let span = self.footnotes.defined(label).unwrap_or_default();
        if span.start == self.document.events[at].1.start {
            self.id(&footnotes::note_id(label), span);
        }
        self.suspended.push(std::mem::take(&mut self.out));
        self.footnotes.begin(label);
    }

    fn close_footnote(&mut self) {
        self.text.end(Excerpt::No, &mut self.references);
        self.depth = self.depth.saturating_sub(1);
        let outer = self.suspended.pop().unwrap_or_default();
        let body = std::mem::replace(&mut self.out, outer);
        self.footnotes.keep(body);
    }

    /// Writes `events`.
    pub(super) fn events(&mut self, events: std::ops::Range<usize>) {
        let mut at = events.start;
        while at < events.end {
            at = self.event(at);
        }
    }

    /// Takes an id that is written at `span`.
    pub(super) fn id(&mut self, id: &str, span: std::ops::Range<usize>) {
        self.diagnostics.extend(self.ids.add(id, self.document.source, span));
    }

    /// Puts a hole where the HTML ends now.
    pub(super) fn hole(&mut self, fill: Fill) {
        self.out.holes.push(Hole { at: self.out.html.len(), fill });
    }

    /// Ends the text of the block so far and begins a new line with `html`.
    fn block(&mut self, html: &str) {
        self.end_block(Excerpt::No);
        self.out.html.push_str(html);
    }

    fn end_block(&mut self, excerpt: Excerpt) {
        self.text.end(excerpt, &mut self.references);
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
    }

    /// Ends the text of a block, on the same line, with `html`.
    fn close(&mut self, excerpt: Excerpt, html: &str) {
        self.text.end(excerpt, &mut self.references);
        self.out.html.push_str(html);
    }

    /// Goes into a quote, list, table or note.
    fn open(&mut self, at: usize) {
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
    fn leave(&mut self, html: &str) {
        self.close(Excerpt::No, html);
        self.depth = self.depth.saturating_sub(1);
    }
}
