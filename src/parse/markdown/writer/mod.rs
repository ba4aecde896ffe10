//! The walk over the events, which writes the HTML. Here is the order of it: what is written for each event. How, the other files
//! say, of one thing each.
//!
//! Blocks are `blocks`, `code`, `quotes`, `tables`, `figures` and `toctree`; inside a line stand `spans`, `links`, `pictures` and
//! `notes`; `raw` is HTML, and `inserts` what a notebook puts in. All of them write by `tags`. What the walk gathers on its way is
//! in `block_text`, `footnotes` and `ids`; `callouts` and `destination` only look.

mod block_text;
mod blocks;
mod callouts;
mod code;
mod destination;
mod figures;
mod footnotes;
mod ids;
mod inserts;
mod links;
mod notes;
mod pictures;
mod quotes;
mod raw;
mod spans;
mod tables;
mod tags;
mod toctree;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Settings;
use super::contents;
use super::document::Document;
use super::extensions::abbreviations::Abbreviations;
use super::headings::{Headings, Planned};
use super::inline::attribute;
use super::modules;
use super::repeated;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::unknown_language;
use crate::diagnostic::markdown as mistake;
use crate::diagnostic::suggest::Known;
use crate::parse::code::{ClassSet, Highlighter};
use crate::parse::notebook::Inserts;
use crate::parse::{Body, Reference};
use crate::read::Phrases;
use block_text::{BlockText, Excerpt};
use footnotes::Footnotes;
use ids::Ids;
use raw::is_more;
use tables::Table;

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

/// What the walk yields; the fields are those of [`Essay`](crate::parse::Essay).
#[derive(Debug)]
pub struct Written {
    pub body: Body,
    pub sidenotes: Vec<Body>,
    pub anchors: Vec<Arc<str>>,
    pub code_classes: ClassSet,
    pub code_starts: BTreeSet<usize>,
    pub references: Vec<Reference>,
    pub excerpt: String,
    pub words: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes the events of a document as HTML.
#[derive(Debug)]
pub struct Writer<'d, 'a> {
    document: &'d Document<'a>,
    abbreviations: &'d Abbreviations,
    phrases: &'d Phrases,
    highlighter: Option<&'d Highlighter>,
    code_classes: ClassSet,
    code_starts: BTreeSet<usize>,
    inserts: &'d Inserts,
    headings: &'d [Planned],
    is_opened: bool,
    out: Body,
    /// What was being written when a footnote's text began.
    suspended: Vec<Body>,
    references: Vec<Reference>,
    ids: Ids,
    text: BlockText,
    footnotes: Footnotes,
    next_raw: usize,
    table: Table,
    margin: Margin,
    /// Headings of the body so far.
    headings_written: usize,
    has_picture: bool,
    /// What ends each open quotation, alert and admonition.
    quotes: Vec<&'static str>,
    /// What ends each open link.
    link_ends: Vec<&'static str>,
    depth: usize,
    /// Whether a directive of MyST has been reported.
    has_directive: bool,
    /// The labels of notes that are not there, with their bytes in the file.
    missing_notes: Vec<(String, Range<usize>)>,
    /// The paragraphs that were left out since they are code of MDX.
    modules: Vec<usize>,
    /// The cells of code of which nothing is shown, though they would show what they make.
    unseen_cells: Vec<usize>,
    /// The languages of code that are not highlighted, with their bytes in the file.
    unknown_languages: Vec<(String, Range<usize>)>,
    diagnostics: Vec<Diagnostic>,
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
            table: Table::default(),
            margin: Margin::Free,
            headings_written: 0,
            has_picture: false,
            quotes: Vec::new(),
            link_ends: Vec::new(),
            depth: 0,
            has_directive: false,
            missing_notes: Vec::new(),
            modules: Vec::new(),
            unseen_cells: Vec::new(),
            unknown_languages: Vec::new(),
            diagnostics,
        }
    }

    /// Writes everything.
    pub fn run(mut self) -> Written {
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
        if !self.missing_notes.is_empty() {
            let labels = Known::new(self.footnotes.labels());
            let missing = self.missing_notes.iter();
            let place = |span: &Range<usize>| self.document.source.place(span.clone());
            self.diagnostics
                .extend(missing.map(|(label, span)| mistake::missing_footnote(place(span), label, &labels)));
        }
        self.diagnostics.extend(modules::mistake(self.document, &self.modules));
        self.diagnostics.extend(self.unseen_cell());
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
        Written {
            body: self.out,
            sidenotes,
            anchors: self.ids.names,
            code_classes: self.code_classes,
            code_starts: self.code_starts,
            references: self.references,
            excerpt: self.text.excerpt,
            words: self.text.words,
            diagnostics: self.diagnostics,
        }
    }

    /// Writes the event at `at`, and what belongs to it; returns the event to go on with.
    fn event(&mut self, at: usize) -> usize {
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
            Tag::Table(alignments) => self.open_table(at, alignments),
            Tag::TableHead => return self.open_head(at),
            Tag::TableRow => self.open_row(),
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
            TagEnd::Table => return self.close_table(),
            TagEnd::TableHead => "</tr></thead>",
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => return self.close_cell(),
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
    fn events(&mut self, events: Range<usize>) {
        let mut at = events.start;
        while at < events.end {
            at = self.event(at);
        }
    }
}
