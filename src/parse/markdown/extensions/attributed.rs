//! Takes attribute lists out of the text and gives them to what they stand behind.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Extended;
use super::attribute_list::{self, AttributeList};
use crate::parse::markdown::document::{Located, after};

/// The attribute lists of a text.
#[derive(Debug, Default)]
struct Lists {
    /// By the event that begins what each belongs to.
    given: BTreeMap<usize, AttributeList>,
    /// Bytes of the text that are lists, by position.
    taken: Vec<Range<usize>>,
    /// Events of blocks that hold nothing but a list.
    dropped: Vec<Range<usize>>,
}

impl Lists {
    /// Gives `list` to what the event `owner` begins.
    fn give(&mut self, owner: usize, list: AttributeList) {
        self.given.entry(owner).or_default().extend(list);
    }
}

/// Finds the attribute lists of `events` and takes them out.
///
/// A list belongs to the picture, link, emphasis or code span right before it; at the end of a list's item to the item; as
/// the last line of a paragraph to the paragraph; as a paragraph or a table's row of its own to the block before. Where a blank
/// line stands before it and none after, as kramdown has it, it belongs to the block that follows; right after a quotation to that.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Extended<'a> {
    let lists = find(text, &events);
    if lists.given.is_empty() {
        return Extended { events, attributes: lists.given, ..Extended::default() };
    }
    let mut extended = Extended::default();
    let mut dropped = lists.dropped.iter().peekable();
    for (index, (event, range)) in events.into_iter().enumerate() {
        if let Some(list) = lists.given.get(&index) {
            extended.attributes.insert(extended.events.len(), list.clone());
        }
        while dropped.next_if(|dropped| dropped.end <= index).is_some() {}
        let is_dropped = dropped.peek().is_some_and(|dropped| dropped.contains(&index));
        match event {
            _ if is_dropped => {}
            Event::Text(part) => {
                extended.events.extend(without(text, part, range, &lists.taken));
            }
            Event::SoftBreak
                if from(&lists.taken, range.start).first().is_some_and(|taken| taken.contains(&range.start)) => {}
            event => extended.events.push((event, range)),
        }
    }
    extended
}

/// Those of `taken`, which stand in order, that end behind byte `at`.
fn from(taken: &[Range<usize>], at: usize) -> &[Range<usize>] {
    &taken[taken.partition_point(|taken| taken.end <= at)..]
}

/// What is left of the text `part` when the ranges in `taken`, which stand in order, go.
fn without<'a>(text: &'a str, part: CowStr<'a>, range: Range<usize>, taken: &[Range<usize>]) -> Vec<Located<'a>> {
    let mut left = vec![];
    let mut start = range.start;
    for taken in from(taken, range.start).iter().take_while(|taken| taken.start < range.end) {
        if taken.start > start {
            left.push((Event::Text(CowStr::Borrowed(&text[start..taken.start])), start..taken.start));
        }
        start = taken.end.min(range.end);
    }
    if start == range.start {
        left.push((Event::Text(part), range));
    } else if start < range.end {
        left.push((Event::Text(CowStr::Borrowed(&text[start..range.end])), start..range.end));
    }
    left
}

fn find(text: &str, events: &[Located<'_>]) -> Lists {
    let mut lists = Lists::default();
    // The open elements: where each begins, and the last block inside it. The bottom one is the essay.
    let mut open: Vec<(usize, Option<usize>)> = vec![(0, None)];
    for (index, (event, range)) in events.iter().enumerate() {
        match event {
            Event::Start(tag) => {
                let before = open.last().and_then(|(_, last)| *last);
                let is_alone = match tag {
                    Tag::Paragraph => paragraph(&Place { text, events, index, before, open: &open }, &mut lists),
                    Tag::TableRow => row(text, range, open.last().map(|(start, _)| *start), &mut lists),
                    _ => false,
                };
                if is_alone {
                    lists.dropped.push(index..after(events, index));
                } else if let Some((_, last)) = open.last_mut() {
                    *last = Some(index);
                }
                open.push((index, None));
            }
            Event::End(end) => {
                let start = open.pop().map_or(0, |(start, _)| start);
                match end {
                    TagEnd::Image | TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                        inline(text, range.end, start, &mut lists);
                    }
                    TagEnd::Item => {
                        let quotation = quotation(text, events, &open);
                        item(text, &events[index - 1], (start, quotation), &mut lists);
                    }
                    _ => {}
                }
            }
            Event::Code(_) => inline(text, range.end, index, &mut lists),
            _ => {}
        }
    }
    lists.taken.sort_by_key(|taken| taken.start);
    lists
}

fn inline(text: &str, at: usize, owner: usize, lists: &mut Lists) {
    let rest = &text[at.min(text.len())..];
    if let Some((list, len)) = attribute_list::parse(rest) {
        lists.give(owner, list);
        lists.taken.push(at..at + len);
    }
}

/// A paragraph, and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Place<'p, 'a> {
    text: &'p str,
    events: &'p [Located<'a>],
    /// The event that begins it.
    index: usize,
    /// The event that begins the block before it.
    before: Option<usize>,
    /// The open elements.
    open: &'p [(usize, Option<usize>)],
}

impl Place<'_, '_> {
    /// The lines of the paragraph, with what quotations and lists have before them.
    fn lines(&self) -> &str {
        self.text[self.events[self.index].1.clone()].trim_end()
    }

    /// Whether a blank line or nothing stands before the paragraph.
    fn is_apart(&self) -> bool {
        let start = self.events[self.index].1.start;
        self.before.is_none_or(|before| is_blank_between(self.text, self.events[before].1.end, start))
    }

    /// The event that begins the block after the paragraph, if no blank line stands between.
    fn next(&self) -> Option<usize> {
        let next = after(self.events, self.index);
        let (Event::Start(_), range) = self.events.get(next)? else { return None };
        let is_near = !is_blank_between(self.text, self.events[self.index].1.end, range.start);
        is_near.then_some(next)
    }

    /// The outermost quotation that the paragraph is in.
    fn quotation(&self) -> Option<usize> {
        quotation(self.text, self.events, self.open)
    }
}

/// The outermost quotation among the `open` elements that is marked with `>`.
fn quotation(text: &str, events: &[Located<'_>], open: &[(usize, Option<usize>)]) -> Option<usize> {
    let is_quotation = |(event, range): &Located<'_>| {
        matches!(event, Event::Start(Tag::BlockQuote(_))) && text[range.start..].trim_start().starts_with('>')
    };
    open.iter().skip(1).map(|(start, _)| *start).find(|start| is_quotation(&events[*start]))
}

/// Whether a blank line stands in `text` between a block that ends at `end` and one that begins at `start`.
fn is_blank_between(text: &str, end: usize, start: usize) -> bool {
    let end = text[..end].trim_end().len();
    text.get(end..start).is_some_and(|between| between.matches('\n').count() > 1)
}

/// Takes the first or the last line of a paragraph if it is a list. Returns whether the paragraph holds nothing else.
fn paragraph(place: &Place<'_, '_>, lists: &mut Lists) -> bool {
    let (lines, start) = (place.lines(), place.events[place.index].1.start);
    if let Some((list, signs, braces)) = deep_heading(lines.lines().next().unwrap_or_default()) {
        lists.give(place.index, list);
        lists.taken.extend([start..start + signs, start + braces.start..start + braces.end]);
        return false;
    }
    let Some((first, _)) = lines.split_once('\n') else { return alone(place, lists) };
    if let Some(list) = kramdown(first.trim_end()) {
        let owner = place.before.filter(|_| !place.is_apart()).unwrap_or(place.index);
        lists.give(owner, list);
        lists.taken.push(start..start + first.len() + 1);
    }
    let line_start = lines.rfind('\n').map_or(0, |at| at + 1);
    let line = lines[line_start..].trim_start();
    if let Some(list) = whole(line.trim_start_matches([' ', '\t', '>'])) {
        let quotation = place.quotation().filter(|_| line.starts_with("{:"));
        lists.give(quotation.unwrap_or(place.index), list);
        lists.taken.push(start + line_start - 1..place.events[place.index].1.end);
    }
    false
}

/// The list at the end of `line`, which would be a heading if there were a seventh level, as Pandoc has it; the bytes of its
/// signs, and those of the list with the space before it, and with the line's break if nothing else stands there.
fn deep_heading(line: &str) -> Option<(AttributeList, usize, Range<usize>)> {
    let text = line.trim_start_matches('#');
    let signs = line.len() - text.len();
    if signs < 7 || !text.starts_with(' ') {
        return None;
    }
    let open = line.rfind('{')?;
    let list = whole(line[open..].trim_end()).filter(|list| list.id.is_some())?;
    let before = line[signs..open].trim();
    let start = line.len() - text.trim_start().len();
    let end = line.len() + usize::from(before.is_empty());
    Some((list, start.min(open), start.min(open) + before.len()..end))
}

/// Takes a paragraph of one line that is a list and nothing else.
fn alone(place: &Place<'_, '_>, lists: &mut Lists) -> bool {
    let Some(list) = kramdown(place.lines()) else { return false };
    let next = if place.is_apart() { place.next() } else { None };
    let Some(owner) = next.or(place.before) else { return false };
    lists.give(owner, list);
    true
}

/// Takes a row of a table that is a list and nothing else.
fn row(text: &str, range: &Range<usize>, table: Option<usize>, lists: &mut Lists) -> bool {
    let (Some(table), Some(list)) = (table, kramdown(text[range.clone()].trim())) else { return false };
    lists.give(table, list);
    true
}

/// Takes the list at the end of an item's text. One on a line of its own without the `>` of the `quotation` around belongs to that.
fn item(text: &str, last: &Located<'_>, (owner, quotation): (usize, Option<usize>), lists: &mut Lists) {
    let (Event::Text(_), range) = last else { return };
    let inside = text[range.clone()].trim_end();
    let Some(start) = inside.rfind("{:") else { return };
    if let Some(list) = kramdown(&inside[start..]) {
        let blank = inside[..start].len() - inside[..start].trim_end().len();
        let start = range.start + start - blank;
        let line = text[..start].trim_end_matches([' ', '\t']);
        let is_apart = line.ends_with('\n');
        lists.give(quotation.filter(|_| is_apart).unwrap_or(owner), list);
        lists.taken.push(if is_apart { line.len() - 1 } else { start }..range.end);
    }
}

/// The list that `text` is, if it is one from end to end and begins with a colon, as in kramdown.
fn kramdown(text: &str) -> Option<AttributeList> {
    if text.starts_with("{:") { whole(text) } else { None }
}

/// The list that `text` is, if it is one from end to end.
fn whole(text: &str) -> Option<AttributeList> {
    attribute_list::parse(text).filter(|(_, len)| *len == text.len()).map(|(list, _)| list)
}
