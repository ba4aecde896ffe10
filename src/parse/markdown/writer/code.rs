//! The walk over the events: blocks of code.

use pulldown_cmark::{CodeBlockKind, Event};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::Writer;
use crate::diagnostic::{Diagnostic, markdown as mistake};
use crate::parse::code::{self, Highlighter};
use crate::parse::notebook::{Fenced, fenced};
use crate::read::Wording;

impl<'a> Writer<'_, 'a> {
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
        if let CodeBlockKind::Fenced(info) = kind {
            if let Some(address) = code::directive::elsewhere(info) {
                self.block("<p><a href=\"");
                // Writing to a string does not fail.
                let _ = escape_href(&mut self.out.html, &address);
                self.out.html.push_str("\">");
                let _ = escape_html_body_text(&mut self.out.html, &address);
                self.out.html.push_str("</a></p>\n");
                return after;
            }
            if text.trim().is_empty() && code::directive::is_foreign(info) && info.contains(' ') {
                // All that there is to show.
                text = format!("{info}\n");
            }
        }
        let cell = match kind {
            CodeBlockKind::Fenced(info) => fenced(info, &text),
            CodeBlockKind::Indented => None,
        };
        let text = match cell {
            None => text.as_str(),
            Some(Fenced::Code(code)) => code,
            Some(Fenced::LeftOut) => return after,
            Some(Fenced::Unseen) => {
                self.unseen_cells.push(at);
                return after;
            }
        };
        match (self.highlighter, kind) {
            (Some(highlighter), CodeBlockKind::Fenced(info)) => {
                let options = code::directive::options(info, text);
                let (info, text) = options.as_ref().map_or((&**info, text), |(info, text)| (info, text));
                self.highlighted(at, highlighter, info, text);
            }
            (Some(highlighter), CodeBlockKind::Indented) => {
                let named = code::named(highlighter, text);
                let (info, code) = named.as_ref().map_or(("", text), |(info, code)| (info, code));
                self.highlighted(at, highlighter, info, code);
            }
            (None, CodeBlockKind::Fenced(info)) => self.plain_code(info, text),
            (None, CodeBlockKind::Indented) => self.plain_code("", text),
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

    /// What is said about the cells of which nothing is shown.
    pub(super) fn unseen_cell(&self) -> Option<Diagnostic> {
        let (first, others) = self.unseen_cells.split_first()?;
        let start = self.document.events[*first].1.start;
        let line = self.document.written(*first).lines().next().unwrap_or_default();
        let written = line.trim_start_matches(['`', '~', ' ']).trim_end();
        let at = start + line.find(written).unwrap_or_default();
        Some(mistake::unseen_cell(self.document.source.place(at..at + written.len()), written, others.len()))
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
}
