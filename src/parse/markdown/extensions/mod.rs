//! What other tools add to Markdown and pulldown-cmark does not know, before anything is written.
//!
//! Some is done in the text, which keeps its length: `shortcodes`, `raw_formats`, `markers` and tags of other tools (`jsx`), `comments`,
//! `rules` of tables, `sizes` of pictures, `abbreviations`, `admonitions`, and the signs and letters that are `hidden` for `bars`,
//! `definitions`, `emphasis` and `inline_notes`. Most is done on the events by [`apply`], in the order in which it stands there;
//! `attribute_list`, `cuts`, `fence` and `texts` are what several of them share.

pub mod abbreviations;
pub mod admonitions;
pub mod attribute_list;
mod attributed;
mod autolinks;
pub mod bars;
mod block_ids;
mod bracketed;
pub mod by_name;
pub mod comments;
mod cuts;
pub mod definitions;
mod docsify;
mod embeds;
mod emoji;
pub mod emphasis;
mod fence;
mod headless;
pub mod hidden;
mod hilite;
pub mod html_headings;
mod icons;
pub mod inline_notes;
pub mod jsx;
mod keys;
pub mod markdown_in_html;
pub mod markers;
mod marks;
mod raw;
pub mod raw_formats;
mod roles;
pub mod rules;
pub mod shortcodes;
pub mod sizes;
mod spread;
mod targets;
mod texts;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::document::Located;
use super::signs::Signs;
use crate::parse::Label;
use crate::read::MarkdownSwitches;
use attribute_list::AttributeList;

/// Events with the extensions applied.
#[derive(Debug, Default)]
pub struct Extended<'a> {
    /// The events.
    pub events: Vec<Located<'a>>,
    /// Attribute lists, by the event that begins what they belong to.
    pub attributes: BTreeMap<usize, AttributeList>,
    /// Labels before blocks, by id.
    pub labels: Vec<Label>,
}

/// Applies the extensions that are switched on to `events` of `text`, which has these `signs`; ranges are bytes of `text`.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>, switches: MarkdownSwitches, signs: Signs) -> Extended<'a> {
    let has_notes = switches.footnotes && signs.note;
    let events = rules::left_out(text, events);
    let events = if switches.superscript || switches.subscript { marks::tight(text, events) } else { events };
    let events = join_texts(text, events);
    let events = if signs.raw { raw::apply(events, signs) } else { events };
    let events = if switches.tables { headless::apply(text, events) } else { events };
    let events = docsify::apply(text, events);
    let events = embeds::apply(text, events);
    let events = if switches.emoji && signs.name { icons::apply(text, events) } else { events };
    let events = if has_notes { inline_notes::apply(text, events) } else { events };
    let events = if switches.links_by_name { by_name::apply(text, events) } else { events };
    let events = if switches.autolinks { autolinks::apply(text, events) } else { events };
    let has_power = switches.strikethrough && switches.superscript && signs.power;
    let events = if has_power { spread::struck(text, events) } else { events };
    let events = marks::apply(text, events, switches, signs);
    let events = if switches.marks && signs.mark { spread::marked(text, events) } else { events };
    let events = if switches.emoji && signs.name { emoji::apply(text, events) } else { events };
    let events = if switches.marks && signs.keys { keys::apply(text, events) } else { events };
    let events = if signs.language { hilite::apply(events) } else { events };
    let events = if signs.brace { roles::apply(text, events) } else { events };
    let extended = if switches.attribute_lists && (signs.brace || signs.block) {
        attributed::apply(text, if signs.brace { bracketed::apply(text, events) } else { events })
    } else {
        Extended { events, ..Extended::default() }
    };
    if signs.label { targets::apply(text, extended) } else { extended }
}

/// Joins texts that stand side by side in the source as they are: pulldown-cmark cuts at every sign that might have
/// meant something.
fn join_texts<'a>(text: &'a str, mut events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    events.dedup_by(|(event, range), (before, before_range)| {
        let (Event::Text(part), Event::Text(joined)) = (&event, &before) else { return false };
        let is_next = before_range.end == range.start
            && is_as_written(text, joined, before_range)
            && is_as_written(text, part, range);
        if is_next {
            before_range.end = range.end;
            *before = Event::Text(CowStr::Borrowed(&text[before_range.clone()]));
        }
        is_next
    });
    events
}

/// Whether `part` is what stands in `text` at `range`. What is borrowed is: only where it is borrowed from has to be looked
/// at, not each of its letters.
fn is_as_written(text: &str, part: &CowStr<'_>, range: &Range<usize>) -> bool {
    let Some(written) = text.get(range.clone()) else { return false };
    match part {
        CowStr::Borrowed(part) => part.len() == written.len() && part.as_ptr() == written.as_ptr(),
        _ => **part == *written,
    }
}
