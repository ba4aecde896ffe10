//! The walk over the events: text, formulas and code inside a line.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::{Margin, Writer};
use crate::parse::markdown::inline::KEPT;
use crate::parse::math::Piece;
use crate::parse::{Fill, Role};

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
    pub(super) fn plain(&mut self, text: &str) {
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
}
