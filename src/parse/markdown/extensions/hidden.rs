//! Signs that Markdown must not take for what they would be to it: something stands in for each while it is read.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::parse::layout::Part;
use crate::parse::markdown::document::Located;

/// What stands in for a sign or a letter of one, two, three or four bytes: as long, and nothing in Markdown.
type StandIns = [char; 4];

/// Punctuation marks.
pub const MARKS: StandIns = [';', '\u{a1}', '\u{3001}', '\u{10100}'];

/// Letters.
pub const LETTERS: StandIns = ['a', '\u{aa}', '\u{a015}', '\u{10380}'];

/// Hides the signs at `places` of `part` behind [`MARKS`].
pub fn hide(part: &mut Part<'_>, places: &[usize]) {
    hide_behind(part, places, MARKS);
}

/// Hides the signs and letters at `places` of `part` behind `stand_ins`.
pub fn hide_behind(part: &mut Part<'_>, places: &[usize], stand_ins: StandIns) {
    let text = &part.text.text;
    let mut places = places.to_vec();
    places.sort_unstable();
    places.dedup();
    let mut seen = String::with_capacity(text.len());
    let mut hidden = Vec::with_capacity(places.len());
    for at in places {
        if let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
            seen.push_str(&text[seen.len()..at]);
            seen.push(stand_ins[letter.len_utf8() - 1]);
            hidden.push((at, letter));
        }
    }
    seen.push_str(&text[seen.len()..]);
    // What another has hidden stays so.
    hidden.retain(|(at, _)| part.hidden.binary_search_by_key(at, |(known, _)| *known).is_err());
    part.hidden.extend(hidden);
    part.hidden.sort_unstable();
    part.text.text = seen.into();
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
fn shown<'a>(text: &str, range: &Range<usize>, part: &str, hidden: &[(usize, char)]) -> CowStr<'a> {
    let mut stand_ins = text[range.clone()].char_indices().filter(|(_, letter)| is_stand_in(*letter));
    let shown = part.chars().map(|letter| match is_stand_in(letter) {
        true => {
            let at = stand_ins.find(|(_, written)| *written == letter).map(|(at, _)| range.start + at);
            let place = at.and_then(|at| hidden.binary_search_by_key(&at, |(place, _)| *place).ok());
            place.map_or(letter, |place| hidden[place].1)
        }
        false => letter,
    });
    shown.collect::<String>().into()
}

/// Whether something may be hidden behind `letter`: of letters, those of one byte stand for nothing.
fn is_stand_in(letter: char) -> bool {
    MARKS.contains(&letter) || LETTERS[1..].contains(&letter)
}
