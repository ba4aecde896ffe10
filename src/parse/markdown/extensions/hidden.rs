//! Signs that Markdown must not take for what they would be to it: something stands in for each while it is read.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::parse::layout::Part;
use crate::parse::markdown::document::Located;

/// What stands in for a sign: as long, a punctuation mark as well, and nothing in Markdown.
const STAND_IN: u8 = b';';

/// Hides the signs at `places` of `part`, each of which is one byte long.
pub fn hide(part: &mut Part<'_>, places: &[usize]) {
    let mut bytes = part.text.text.as_bytes().to_vec();
    for at in places {
        part.hidden.push((*at, bytes[*at]));
        bytes[*at] = STAND_IN;
    }
    part.hidden.sort_unstable();
    // One letter of one byte stands for another: it stays UTF-8.
    if let Ok(text) = String::from_utf8(bytes) {
        part.text.text = text.into();
    }
}

/// Puts what is hidden of `part` back into `events`, whose ranges are bytes of it.
pub fn show(part: &Part<'_>, events: &mut [Located<'_>]) {
    if part.hidden.is_empty() {
        return;
    }
    for (event, range) in events {
        let (Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text)) = event else {
            continue;
        };
        let first = part.hidden.partition_point(|(at, _)| *at < range.start);
        let hidden = &part.hidden[first..];
        let hidden = &hidden[..hidden.partition_point(|(at, _)| *at < range.end)];
        if !hidden.is_empty() {
            *text = shown(&part.text.text, range, text, hidden);
        }
    }
}

/// `part` of an event, which comes from `range` of `text`, with what is `hidden` there: the same stand-ins are in it as in the text, though
/// prefixes of quotations and lists are not.
fn shown<'a>(text: &str, range: &Range<usize>, part: &str, hidden: &[(usize, u8)]) -> CowStr<'a> {
    let places = memchr::memchr_iter(STAND_IN, &text.as_bytes()[range.clone()]);
    let mut signs = places.map(|at| hidden.iter().find(|(place, _)| *place == range.start + at).map(|(_, sign)| *sign));
    let sign_or = |letter: char| {
        let sign = if letter == char::from(STAND_IN) { signs.next().flatten() } else { None };
        sign.map_or(letter, char::from)
    };
    part.chars().map(sign_or).collect::<String>().into()
}
