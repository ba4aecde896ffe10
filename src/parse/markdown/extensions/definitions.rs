//! `: text` defines something and `:text` does not, as PHP Markdown Extra, Python-Markdown and Pandoc have it: pulldown-cmark takes
//! both for definitions, so that the colon of the other is hidden from it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag};

use super::markdown_in_html;
use crate::parse::layout::Part;
use crate::parse::markdown::document::Located;

/// What stands for a hidden colon: as long, a punctuation mark as well, and nothing in Markdown.
const STAND_IN: u8 = b';';

/// Times that a part is looked through, at most: where one colon is hidden another may begin a definition.
const TRIES: usize = 4;

/// Hides the colons of `part` that begin no definition and would be taken to, if it is read with `options`.
pub fn hide(part: &mut Part<'_>, options: Options) {
    if !options.contains(Options::ENABLE_DEFINITION_LIST) || !may_hold(&part.text.text) {
        return;
    }
    for _ in 0..TRIES {
        let colons = colons(&part.text.text, options);
        if colons.is_empty() {
            break;
        }
        let mut bytes = part.text.text.as_bytes().to_vec();
        for at in &colons {
            bytes[*at] = STAND_IN;
        }
        // One letter of one byte stands for another: it stays UTF-8.
        let Ok(text) = String::from_utf8(bytes) else { break };
        part.text.text = text.into();
        part.colons.extend(colons);
    }
    part.colons.sort_unstable();
}

/// Puts the colons of `part` back into `events`, whose ranges are bytes of it.
pub fn show(part: &Part<'_>, events: &mut [Located<'_>]) {
    if part.colons.is_empty() {
        return;
    }
    for (event, range) in events {
        let (Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text)) = event else {
            continue;
        };
        let first = part.colons.partition_point(|at| *at < range.start);
        let colons: Vec<usize> = part.colons[first..].iter().copied().take_while(|at| *at < range.end).collect();
        if !colons.is_empty() {
            *text = shown(&part.text.text, range, text, &colons);
        }
    }
}

/// `part` of an event, which comes from `range` of `text`, with its `colons`: the same stand-ins as there are in the text, though
/// prefixes of quotations and lists are not in it.
fn shown<'a>(text: &str, range: &Range<usize>, part: &str, colons: &[usize]) -> CowStr<'a> {
    let places = memchr::memchr_iter(STAND_IN, &text.as_bytes()[range.clone()]);
    let mut is_colon = places.map(|at| colons.contains(&(range.start + at)));
    let is_stand_in = |letter: char| letter == STAND_IN as char;
    let colon_or = |letter| if is_stand_in(letter) && is_colon.next() == Some(true) { ':' } else { letter };
    part.chars().map(colon_or).collect::<String>().into()
}

/// Whether a line of `text` begins with a colon and no space after it.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|at| {
        let is_before = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>');
        !is_marker(bytes, at)
            && bytes[..at].iter().rev().find(|byte| !is_before(byte)).is_none_or(|byte| *byte == b'\n')
    })
}

/// Where `text` has colons that begin a definition without a space after them.
fn colons(text: &str, options: Options) -> Vec<usize> {
    let events = Parser::new_ext(text, options).into_offset_iter().collect();
    let events = markdown_in_html::apply(text, events, options, &|_| None);
    let definitions = events.iter().filter(|(event, _)| *event == Event::Start(Tag::DefinitionListDefinition));
    let colons = definitions.filter_map(|(_, range)| {
        let at = range.start + text[range.start..].find(':')?;
        (!is_marker(text.as_bytes(), at)).then_some(at)
    });
    colons.collect()
}

/// Whether the colon at `at` has a space after it.
fn is_marker(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1), Some(b' ' | b'\t'))
}
