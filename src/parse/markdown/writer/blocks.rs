//! The walk over the events: what blocks are made of.

use std::fmt::Write as _;
use std::sync::Arc;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::block_text::Excerpt;
use super::callouts::{self, Callout};
use super::captions;
use super::figures::{self, Figure};
use super::footnotes;
use super::tables;
use super::{Margin, Writer};
use crate::diagnostic::markdown as mistake;
use crate::parse::Fill;
use crate::parse::code::{self, Highlighter};
use crate::parse::markdown::contents;
use crate::parse::markdown::extensions::admonitions::{Element, Opening, Tab, Title};
use crate::parse::markdown::inline::escaped;
use crate::parse::markdown::modules;
use crate::read::Wording;

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
        if let Some(figure) = figures::at(self.document, at) {
            return self.figure(&figure);
        }
        if captions::is_caption(self.document, at) {
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
    fn equation(&mut self, at: usize, number: usize) -> usize {
        if self.document.formulas.html(number).is_empty() {
            return self.document.after(at);
        }
        self.tag(at, "<div class=\"equation\" tabindex=\"0\">");
        self.formula(number);
        self.close(Excerpt::No, "</div>\n");
        self.document.after(at)
    }

    pub(super) fn figure(&mut self, figure: &Figure) -> usize {
        let document = self.document;
        let mut list = document.attributes.get(&figure.image).cloned().unwrap_or_default();
        self.block("<figure");
        if let Some(id) = list.id.take() {
            self.anchor(&id, document.events[figure.image].1.clone());
        }
        self.out.html.push_str(">\n");
        self.listed_image(figure.image, &list);
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
    fn linked_to_itself(&mut self, events: std::ops::Range<usize>) {
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

    pub(super) fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'a>) -> usize {
        if let Some(number) = self.document.displayed(at) {
            return self.equation(at, number);
        }
        if let Some(after) = self.toctree(at) {
            return after;
        }
        let after = self.document.after(at);
        let mut text = String::new();
        for (event, _) in &self.document.events[at + 1..after - 1] {
            if let Event::Text(part) = event {
                text.push_str(part);
            }
        }
        match (self.highlighter, kind) {
            (Some(highlighter), CodeBlockKind::Fenced(info)) => {
                let options = code::directive::options(info, &text);
                let (info, text) = options.as_ref().map_or((&**info, text.as_str()), |(info, text)| (info, text));
                self.highlighted(at, highlighter, info, text);
            }
            (Some(highlighter), CodeBlockKind::Indented) => {
                let named = code::named(highlighter, &text);
                let (info, code) = named.as_ref().map_or(("", text.as_str()), |(info, code)| (info, code));
                self.highlighted(at, highlighter, info, code);
            }
            (None, CodeBlockKind::Fenced(info)) => self.plain_code(info, &text),
            (None, CodeBlockKind::Indented) => self.plain_code("", &text),
        }
        after
    }

    fn highlighted(&mut self, at: usize, highlighter: &Highlighter, info: &str, text: &str) {
        let code = code::code(highlighter, info, text);
        self.code_classes = self.code_classes.union(code.classes);
        self.code_starts.extend(code.info.other_start());
        if let Some(id) = &code.info.id {
            self.id(&**id, self.document.events[at].1.clone());
        }
        self.block(&code.html);
        if let (true, Some(language)) = (code.unknown, &code.info.language) {
            let line = self.document.written(at).lines().next().unwrap_or_default();
            let start = self.document.events[at].1.start;
            // The language of a notebook's code is its kernel's: nobody has written it.
            if self.document.source.wording(start) == Wording::Essais {
                return;
            }
            if code::directive::is_foreign(info) {
                let written = line.trim_start_matches(['`', '~', ' ']).trim_end();
                let at = start + line.find(written).unwrap_or_default();
                if !std::mem::replace(&mut self.has_directive, true) {
                    let place = self.document.source.place(at..at + written.len());
                    self.diagnostics.push(mistake::directive(place, written));
                }
                return;
            }
            let span = line.find(language.as_str()).map_or(0..line.len(), |at| at..at + language.len());
            self.unknown_languages.push((language.clone(), start + span.start..start + span.end));
        }
    }

    fn plain_code(&mut self, info: &str, text: &str) {
        self.block("<pre tabindex=\"0\"><code");
        if let Some(language) = info.split([' ', ',', '{']).next().filter(|language| !language.is_empty()) {
            self.out.html.push_str(" class=\"language-");
            let _ = escape_html(&mut self.out.html, language);
            self.out.html.push('"');
        }
        self.out.html.push('>');
        let _ = escape_html_body_text(&mut self.out.html, text);
        self.out.html.push_str("</code></pre>\n");
    }

    /// Begins a quotation, an alert or an admonition; returns the event to go on with.
    pub(super) fn quote(&mut self, at: usize, kind: Option<BlockQuoteKind>) -> usize {
        self.open(at);
        if let (None, Some(admonition)) = (kind, self.document.admonition(self.document.events[at].1.start)) {
            return match admonition.opening.element {
                Element::Figure => self.directed_figure(at, admonition),
                _ => self.admonition(at, &admonition.opening),
            };
        }
        let Some(kind) = kind else {
            if let Some(callout) = callouts::at(self.document, at) {
                return self.callout(at, &callout);
            }
            self.quotes.push("</blockquote>\n");
            self.tag(at, "<blockquote>\n");
            return at + 1;
        };
        let (class, title) = match kind {
            BlockQuoteKind::Note => ("note", &self.phrases.note),
            BlockQuoteKind::Tip => ("tip", &self.phrases.tip),
            BlockQuoteKind::Important => ("important", &self.phrases.important),
            BlockQuoteKind::Warning => ("warning", &self.phrases.warning),
            BlockQuoteKind::Caution => ("caution", &self.phrases.caution),
        };
        let title = escaped(title);
        self.quotes.push("</aside>\n");
        self.block("");
        let _ = write!(
            self.out.html,
            "<aside class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
        );
        at + 1
    }

    /// Begins the callout at `at` and writes its title; returns the event to go on with.
    fn callout(&mut self, at: usize, callout: &Callout<'_>) -> usize {
        let Callout { opening, first, title, goes_on } = callout;
        let (open, close) = self.begin(at, opening);
        self.out.html.push_str(open);
        match &opening.title {
            Title::Kind(kind) if first.is_empty() && title.len() == 1 => self.kind(kind),
            _ => {
                self.words(title.start, first);
                self.events(title.start + 1..title.end);
            }
        }
        self.close(Excerpt::No, close);
        if !goes_on {
            return self.document.after(at + 1);
        }
        self.tag(at + 1, "<p>");
        title.end + 1
    }

    /// Begins the admonition at `at` and writes its title; returns the event to go on with.
    fn admonition(&mut self, at: usize, opening: &Opening) -> usize {
        if let Element::Tab(tab) = opening.element {
            return self.tab(at, tab, opening);
        }
        let (open, close) = self.begin(at, opening);
        let is_written = match &opening.title {
            Title::None if opening.link.is_none() => return at + 1,
            Title::None | Title::Kind(_) => false,
            Title::Written(_) => true,
        };
        self.out.html.push_str(open);
        let after = if is_written { self.document.after(at + 1) } else { at + 1 };
        let link = opening.link.clone().filter(|_| !self.document.has_link(at + 1..after));
        let link = link.map(|link| self.document.offset + link.start..self.document.offset + link.end);
        link.iter().for_each(|link| self.open_link_to(link.clone()));
        match (&opening.title, &link) {
            (Title::None, link) => link.iter().for_each(|link| self.title_of((*link).clone())),
            (Title::Kind(kind), _) => self.kind(kind),
            (Title::Written(_), _) => self.events(at + 2..after - 1),
        }
        self.out.html.push_str(link.map_or("", |_| "</a>"));
        self.close(Excerpt::No, close);
        after
    }

    /// Writes the title of what has none but its `kind`.
    fn kind(&mut self, kind: &str) {
        let title = self.phrases.kind(&kind.to_lowercase()).map(escaped);
        self.out.html.push_str(title.as_deref().unwrap_or(kind));
    }

    /// Begins the element that `opening` at `at` becomes; returns what stands around its title.
    fn begin(&mut self, at: usize, opening: &Opening) -> (&'static str, &'static str) {
        let (open, more, close) = match opening.element {
            Element::Aside => ("<aside", " role=\"note\">\n", "</aside>\n"),
            Element::Details => ("<details", ">\n", "</details>\n"),
            Element::OpenDetails => ("<details", " open>\n", "</details>\n"),
            Element::Division | Element::Figure | Element::Tab(_) => ("<div", ">\n", "</div>\n"),
        };
        self.quotes.push(close);
        self.block(open);
        let mut list = opening.list.clone();
        list.extend(self.document.attributes.get(&at).cloned().unwrap_or_default());
        self.attributes(at, &list, &[]);
        self.out.html.push_str(more);
        match opening.element {
            Element::Details | Element::OpenDetails => ("<summary class=\"alert-title\">", "</summary>\n"),
            Element::Aside | Element::Division | Element::Figure | Element::Tab(_) => {
                ("<p class=\"alert-title\">", "</p>\n")
            }
        }
    }

    /// Begins the tab at `at` and writes its title; returns the event to go on with. Without scripts no tab can stand behind
    /// another, and everything of them should be found and printed: they are a list of names and what belongs to each.
    fn tab(&mut self, at: usize, tab: Tab, opening: &Opening) -> usize {
        let (open, close) = match tab {
            Tab::Only => ("<dl class=\"tabs\">\n<dt>", "</dd>\n</dl>\n"),
            Tab::First => ("<dl class=\"tabs\">\n<dt>", "</dd>\n"),
            Tab::Middle => ("<dt>", "</dd>\n"),
            Tab::Last => ("<dt>", "</dd>\n</dl>\n"),
        };
        self.quotes.push(close);
        self.block(open);
        let after = if matches!(opening.title, Title::Written(_)) { self.document.after(at + 1) } else { at + 1 };
        self.events(at + 2..after.saturating_sub(1));
        self.close(Excerpt::No, "</dt>\n");
        self.tag(at, "<dd>\n");
        after
    }

    /// Writes the caption of the table that begins at `at`, which stands under it.
    pub(super) fn table_caption(&mut self, at: usize) {
        let after = self.document.after(at);
        if !captions::is_caption(self.document, after) {
            return;
        }
        self.out.html.push_str("<caption>");
        let (Event::Text(text), _) = &self.document.events[after + 1] else { return };
        self.words(after + 1, text[captions::MARK.len()..].trim_start());
        self.events(after + 2..self.document.after(after) - 1);
        self.close(Excerpt::No, "</caption>");
    }

    /// Reports the cells of the table at `at` that have no column.
    pub(super) fn extra_cells(&mut self, at: usize) {
        if let [first, others @ ..] = &tables::extra_cells(self.document, at)[..] {
            let place = self.document.source.place(first.clone());
            self.diagnostics.push(mistake::extra_cell(place, others.len()));
        }
    }

    pub(super) fn open_row(&mut self, cell_name: &'static str, html: &str) {
        self.cell = 0;
        self.cell_name = cell_name;
        self.out.html.push_str(html);
    }

    /// Opens the cell that begins at `at`. A cell of the head without text heads nothing.
    pub(super) fn open_cell(&mut self, at: usize) {
        let is_empty = matches!(self.document.events.get(at + 1), Some((Event::End(_), _)));
        self.open_cell = if is_empty { "td" } else { self.cell_name };
        self.out.html.push('<');
        self.out.html.push_str(self.open_cell);
        self.out.html.push_str(match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
    }

    pub(super) fn open_footnote(&mut self, at: usize, label: &str) {
        self.open(at);
        self.end_block(Excerpt::No);
        let span = self.footnotes.defined(label).unwrap_or_default();
        if span.start == self.document.events[at].1.start {
            self.id(footnotes::note_id(label), span);
        }
        self.suspended.push(std::mem::take(&mut self.out));
        self.footnotes.begin(label);
    }

    pub(super) fn close_footnote(&mut self) {
        self.text.end(Excerpt::No, &mut self.references);
        self.depth = self.depth.saturating_sub(1);
        let outer = self.suspended.pop().unwrap_or_default();
        let body = std::mem::replace(&mut self.out, outer);
        self.footnotes.keep(body);
    }
}
