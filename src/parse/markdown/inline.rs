//! Inline Markdown on its own, as titles need it: no links, no notes, no pictures.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use pulldown_cmark_escape::escape_html_body_text;

use super::document::Document;
use super::spans::KEPT;
use crate::parse::Inline;
use crate::parse::math::{self, Piece};

/// Renders the events in `range` of `document` without links, notes and pictures.
pub fn render(document: &Document<'_>, range: Range<usize>) -> Inline {
    let mut inline = Inline::default();
    for index in range {
        match &document.events[index].0 {
            Event::Text(text) => {
                for piece in document.pieces(index, text) {
                    match piece {
                        Piece::Text(text) => push_text(&mut inline, text),
                        Piece::Formula(number) => {
                            let range = document.formulas.range(number);
                            inline.html.push_str(document.formulas.html(number));
                            inline.text.push_str(
                                &document.source.text[range.start + document.offset..range.end + document.offset],
                            );
                        }
                        Piece::Kept => inline.html.push_str(KEPT),
                        Piece::Loose => inline.html.push_str("</span>"),
                    }
                }
            }
            event => push(&mut inline, event),
        }
    }
    inline
}

/// Renders a title that is written in a header: inline Markdown.
pub fn of_markdown(markdown: &str) -> Inline {
    let events: Vec<_> = Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_STRIKETHROUGH).collect();
    let is_one_paragraph = matches!(events.first(), Some(Event::Start(Tag::Paragraph)))
        && events.iter().filter(|event| matches!(event, Event::Start(Tag::Paragraph))).count() == 1
        && matches!(events.last(), Some(Event::End(TagEnd::Paragraph)));
    if is_one_paragraph { of_events(events.iter()) } else { plain(markdown) }
}

/// Plain text as [`Inline`].
pub fn plain(text: &str) -> Inline {
    Inline { html: escaped(text), text: text.to_owned() }
}

/// The plain text of a heading as GitHub's slugs see it: as written, before quotes and dashes were made typographic.
pub fn slug_text(document: &Document<'_>, range: Range<usize>) -> String {
    let mut text = String::new();
    for index in range {
        match &document.events[index].0 {
            Event::Text(part) if is_smart(part) || part.contains(math::HIDDEN) => {
                text.push_str(document.written(index))
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

fn of_events<'a, 'e: 'a>(events: impl Iterator<Item = &'a Event<'e>>) -> Inline {
    let mut inline = Inline::default();
    for event in events {
        push(&mut inline, event);
    }
    inline
}

fn push_text(inline: &mut Inline, text: &str) {
    inline.html.push_str(&escaped(text));
    inline.text.push_str(text);
}

fn push(inline: &mut Inline, event: &Event<'_>) {
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
