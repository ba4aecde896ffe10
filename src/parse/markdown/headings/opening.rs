//! Whether a heading opens the essay, and is its title.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::parse::markdown::contents;
use crate::parse::markdown::document::Document;
use crate::parse::markdown::modules;
use crate::parse::math;

/// Elements that show no text of the essay's, whatever stands in them.
const OPAQUE: &[&str] = &["script", "style", "svg"];

/// Whether the first heading is of level 1 and no words of the essay stand before it: comments may, rules, pictures such as badges
/// and a logo, in Markdown or in HTML, and the mark for the contents. In a notebook a comment may stand for a cell.
pub fn opens(document: &Document<'_>) -> bool {
    let is_heading = |event: &Event<'_>| matches!(event, Event::Start(Tag::Heading { .. }));
    let Some(first) = document.events.iter().position(|(event, _)| is_heading(event)) else { return false };
    if !matches!(document.events[first].0, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })) {
        return false;
    }
    let mut at = 0;
    while at < first {
        let after = document.after(at);
        let is_wordless = match &document.events[at].0 {
            Event::Start(Tag::HtmlBlock) => is_html_wordless(document, at),
            Event::Start(Tag::Paragraph) => is_paragraph_wordless(document, at..after),
            // An anchor.
            Event::Start(Tag::Link { .. }) => after == at + 2,
            Event::Rule => true,
            _ => false,
        };
        if !is_wordless {
            return false;
        }
        at = after;
    }
    first == 0 || document.source.cells.is_empty()
}

fn is_html_wordless(document: &Document<'_>, at: usize) -> bool {
    document.raw.iter().find(|raw| raw.events.start == at).is_none_or(|raw| is_wordless(&raw.html))
}

fn is_paragraph_wordless(document: &Document<'_>, events: Range<usize>) -> bool {
    let written = document.written(events.start);
    if contents::is_paragraph(written) || modules::is_module(written) {
        return true;
    }
    let mut pictures = 0usize;
    document.events[events].iter().all(|(event, _)| {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures -= 1,
            Event::Text(text) if pictures == 0 => return !has_words(text),
            Event::Code(_) | Event::FootnoteReference(_) => return pictures > 0,
            _ => {}
        }
        true
    })
}

/// Whether `html` shows no words.
fn is_wordless(html: &str) -> bool {
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        if has_words(&without_entities(before)) {
            return false;
        }
        rest = after_tag(tag);
    }
    !has_words(&without_entities(rest))
}

/// What follows the comment, tag or element without text that `html` begins with, whose `<` is taken off.
fn after_tag(html: &str) -> &str {
    if let Some(comment) = html.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let name = html.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
    let mut quote = None;
    let end = html.find(|letter: char| {
        match quote {
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None => return letter == '>',
            Some(open) if open == letter => quote = None,
            Some(_) => {}
        }
        false
    });
    let after = end.map_or("", |end| &html[end + 1..]);
    let opaque = OPAQUE.iter().find(|opaque| name.eq_ignore_ascii_case(opaque));
    opaque.and_then(|opaque| after.find(&format!("</{opaque}"))).map_or(after, |end| &after[end..])
}

/// `text` without what is written `&nbsp;`.
fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let first = parts.next().unwrap_or_default();
    let of_entity = |letter: char| letter.is_ascii_alphanumeric() || letter == '#';
    let after = |part: &'_ str| part.trim_start_matches(of_entity).to_owned();
    std::iter::once(first.to_owned()).chain(parts.map(after)).collect()
}

fn has_words(text: &str) -> bool {
    text.contains(|letter: char| letter.is_alphanumeric() || letter == math::HIDDEN)
}
