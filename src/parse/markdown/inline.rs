//! Inline Markdown on its own, as titles need it: no links, no notes, no pictures.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::document::Document;
use super::formulas::Formulas;
use crate::parse::Inline;
use crate::parse::math::{self, Piece};
use crate::read::MarkdownSwitches;

/// Begins what stands in one line.
pub const KEPT: &str = "<span class=\"kept\">";

/// An [`Inline`] that is being written.
#[derive(Debug, Default)]
struct Writing {
    html: String,
    text: String,
}

/// Renders the events in `range` of `document` without links, notes and pictures.
pub fn render(document: &Document<'_>, range: Range<usize>) -> Inline {
    let mut inline = Writing::default();
    for index in range {
        match &document.events[index].0 {
            Event::Text(text) => {
                for piece in document.pieces(index, text) {
                    push_piece(&mut inline, piece, document.formulas);
                }
            }
            event => push(&mut inline, event),
        }
    }
    Inline::new(inline.html, inline.text)
}

/// Renders a title that is written in a header: the inline Markdown `written`, which has these formulas.
pub fn of_markdown(written: &str, formulas: &Formulas<'_>, switches: MarkdownSwitches) -> Inline {
    let mut options = Options::ENABLE_STRIKETHROUGH;
    options.set(Options::ENABLE_SMART_PUNCTUATION, switches.smart_punctuation);
    let events: Vec<_> = Parser::new_ext(formulas.text(), options).into_offset_iter().collect();
    let is_one_paragraph = matches!(events.first(), Some((Event::Start(Tag::Paragraph), _)))
        && events.iter().filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph))).count() == 1
        && matches!(events.last(), Some((Event::End(TagEnd::Paragraph), _)));
    if !is_one_paragraph {
        return plain(written);
    }
    let mut inline = Writing::default();
    for (event, range) in &events {
        match event {
            Event::Text(text) if text.contains(math::HIDDEN) => {
                for piece in formulas.pieces(range.end - text.len()..range.end) {
                    push_piece(&mut inline, piece, formulas);
                }
            }
            event => push(&mut inline, event),
        }
    }
    Inline::new(inline.html, inline.text)
}

/// Adds a piece of a text that has these formulas.
fn push_piece(inline: &mut Writing, piece: Piece<'_>, formulas: &Formulas<'_>) {
    match piece {
        Piece::Text(text) => push_text(inline, text),
        Piece::Formula(number) => {
            inline.html.push_str(formulas.html(number));
            inline.text.push_str(&formulas.plain(number));
        }
        Piece::Kept => inline.html.push_str(KEPT),
        Piece::Loose => inline.html.push_str("</span>"),
    }
}

/// Plain text as [`Inline`].
pub fn plain(text: &str) -> Inline {
    Inline::new(escaped(text), text.to_owned())
}

/// The plain text of a heading as GitHub's slugs see it: as written, before quotes and dashes were made typographic and
/// emoji put in place of their names.
pub fn slug_text(document: &Document<'_>, range: Range<usize>) -> String {
    let mut text = String::new();
    for index in range {
        match &document.events[index].0 {
            Event::Text(part) if is_smart(part) || part.contains(math::HIDDEN) || is_named(document, index, part) => {
                text.push_str(document.written(index));
            }
            Event::Text(part) | Event::Code(part) | Event::InlineMath(part) | Event::DisplayMath(part) => {
                text.push_str(part)
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Whether `text` is a sign that smart punctuation makes.
fn is_smart(text: &str) -> bool {
    matches!(text, "\u{201c}" | "\u{201d}" | "\u{2018}" | "\u{2019}" | "\u{2013}" | "\u{2014}" | "\u{2026}")
}

/// Whether `text` is an emoji that is written by its name, as the event at `index`.
fn is_named(document: &Document<'_>, index: usize, text: &str) -> bool {
    !text.starts_with(':') && document.written(index).starts_with(':')
}

fn push_text(inline: &mut Writing, text: &str) {
    inline.html.push_str(&escaped(text));
    inline.text.push_str(text);
}

fn push(inline: &mut Writing, event: &Event<'_>) {
    match event {
        Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => push_text(inline, text),
        Event::Code(code) => {
            inline.html.push_str("<code>");
            push_text(inline, code);
            inline.html.push_str("</code>");
        }
        Event::SoftBreak | Event::HardBreak => push_text(inline, " "),
        Event::Start(Tag::Emphasis) => inline.html.push_str("<em>"),
        Event::End(TagEnd::Emphasis) => inline.html.push_str("</em>"),
        Event::Start(Tag::Strong) => inline.html.push_str("<strong>"),
        Event::End(TagEnd::Strong) => inline.html.push_str("</strong>"),
        Event::Start(Tag::Strikethrough) => inline.html.push_str("<del>"),
        Event::End(TagEnd::Strikethrough) => inline.html.push_str("</del>"),
        _ => {}
    }
}

/// `text` for the body of an HTML element.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = escape_html_body_text(&mut html, text);
    html
}

/// `text` as it stands in an attribute.
pub fn attribute(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = escape_html(&mut html, text);
    html
}
