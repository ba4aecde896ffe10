//! Takes attribute lists out of the text and gives them to what they stand behind.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::Extended;
use super::attribute_list::{self, AttributeList, Named};
use super::block_ids;
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
    /// Those that have a name.
    named: Named,
}

impl Lists {
    /// Gives `list` to what the event `owner` begins.
    fn give(&mut self, owner: usize, list: AttributeList) {
        self.given.entry(owner).or_default().extend(list);
    }

    /// The lists that `text` begins with, one right behind the other, as one, and their length in bytes. Only the first may be
    /// without a colon.
    fn parse(&self, text: &str) -> Option<(AttributeList, usize)> {
        let (mut list, mut length) = attribute_list::parse_with(text, &self.named)?;
        while text[length..].starts_with("{:")
            && let Some((further, more)) = attribute_list::parse_with(&text[length..], &self.named)
        {
            list.extend(further);
            length += more;
        }
        Some((list, length))
    }

    /// The lists that `text` is, if it is nothing else.
    fn whole(&self, text: &str) -> Option<AttributeList> {
        self.parse(text).filter(|(_, len)| *len == text.len()).map(|(list, _)| list)
    }

    /// The same if it begins with a colon, as in kramdown.
    fn kramdown(&self, text: &str) -> Option<AttributeList> {
        if text.starts_with("{:") { self.whole(text) } else { None }
    }
}

/// The lists of `text` that have a name.
fn named(text: &str) -> Named {
    let mut named = Named::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"{:") {
        let before = text[..at].trim_end_matches([' ', '>']);
        if !before.is_empty() && !before.ends_with('\n') {
            continue;
        }
        if let Some((name, list)) = text[at..].lines().next().and_then(attribute_list::definition) {
            named.entry(name.to_owned()).or_default().extend(list);
        }
    }
    named
}

/// Finds the attribute lists of `events` and takes them out.
///
/// A list belongs to the picture, link, emphasis or code span right before it; at the beginning or end of a list's item to the item; as
/// the last line of a paragraph to the paragraph; as a paragraph or a table's row of its own to the block before. Where a blank
/// line stands before it and none after, as kramdown has it, it belongs to the block that follows; right after a quotation to that.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Extended<'a> {
    let lists = find(text, &events);
    if lists.given.is_empty() && lists.taken.is_empty() && lists.dropped.is_empty() {
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
    let mut lists = Lists { named: named(text), ..Lists::default() };
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
                if let Tag::Heading { attrs, .. } = tag {
                    heading(index, attrs, &mut lists);
                }
                if matches!(tag, Tag::Item | Tag::DefinitionListDefinition) {
                    first_in(text, &events[index..], index, &mut lists);
                }
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

/// Gives the heading at `owner` what pulldown-cmark has read as mere `pairs` of it: `{ id="a" class=b }`.
fn heading(owner: usize, pairs: &[(CowStr<'_>, Option<CowStr<'_>>)], lists: &mut Lists) {
    let written = pairs.iter().filter_map(|(key, value)| Some(format!("{key}={} ", value.as_ref()?)));
    if let Some((list, _)) = attribute_list::parse(&format!("{{{}}}", written.collect::<String>())) {
        lists.give(owner, list);
    }
}

/// Takes the list before the words of the item that `events` begin with, `* {:.class} words`, as kramdown has it.
fn first_in(text: &str, events: &[Located<'_>], owner: usize, lists: &mut Lists) {
    let is_paragraph = matches!(events.get(1), Some((Event::Start(Tag::Paragraph), _)));
    let Some((Event::Text(_), range)) = events.get(1 + usize::from(is_paragraph)) else { return };
    let rest = &text[range.start..];
    if let Some((list, length)) = Some(rest).filter(|rest| rest.starts_with("{:")).and_then(|rest| lists.parse(rest))
        && rest[length..].starts_with(' ')
    {
        let space = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
        lists.give(owner, list);
        lists.taken.push(range.start..range.start + length + space);
    }
}

fn inline(text: &str, at: usize, owner: usize, lists: &mut Lists) {
    let rest = &text[at.min(text.len())..];
    if let Some((list, len)) = lists.parse(rest) {
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
    if let Some((list, signs, braces)) = deep_heading(lines.lines().next().unwrap_or_default(), lists) {
        lists.give(place.index, list);
        lists.taken.extend([start..start + signs, start + braces.start..start + braces.end]);
        return false;
    }
    let Some((first, _)) = lines.split_once('\n') else { return alone(place, lists) || block_id(place, lists) };
    if !lists.named.is_empty() && definitions(lines, start, lists) {
        return true;
    }
    if let Some(list) = lists.kramdown(first.trim_end()) {
        let owner = place.before.filter(|_| !place.is_apart()).unwrap_or(place.index);
        lists.give(owner, list);
        lists.taken.push(start..start + first.len() + 1);
    }
    let mut end = lines.len();
    while let Some(line_start) = lines[..end].rfind('\n').map(|at| at + 1) {
        let line = lines[line_start..end].trim();
        let last = line.trim_start_matches([' ', '\t', '>']);
        let Some(list) = lists.whole(last).or_else(|| block_ids::alone(last)) else { break };
        let quotation = place.quotation().filter(|_| line.starts_with("{:"));
        lists.give(quotation.unwrap_or(place.index), list);
        let taken = if end == lines.len() { place.events[place.index].1.end } else { start + end };
        lists.taken.push(start + line_start - 1..taken);
        end = line_start - 1;
    }
    if end == lines.len() {
        block_id(place, lists);
    }
    false
}

/// Takes those of `lines`, which stand at `start`, that give a list a name. Returns whether they are all.
fn definitions(lines: &str, start: usize, lists: &mut Lists) -> bool {
    let mut at = start;
    let mut are_all = true;
    for line in lines.split_inclusive('\n') {
        let is_definition = attribute_list::definition(line.trim_start_matches([' ', '>'])).is_some();
        if is_definition {
            lists.taken.push(at..at + line.len());
        }
        are_all &= is_definition;
        at += line.len();
    }
    are_all
}

/// The list at the end of `line`, which would be a heading if there were a seventh level, as Pandoc has it; the bytes of its
/// signs, and those of the list with the space before it, and with the line's break if nothing else stands there.
fn deep_heading(line: &str, lists: &Lists) -> Option<(AttributeList, usize, Range<usize>)> {
    let text = line.trim_start_matches('#');
    let signs = line.len() - text.len();
    if signs < 7 || !text.starts_with(' ') {
        return None;
    }
    let open = line.rfind('{')?;
    let list = lists.whole(line[open..].trim_end()).filter(|list| list.id.is_some())?;
    let before = line[signs..open].trim();
    let start = line.len() - text.trim_start().len();
    let end = line.len() + usize::from(before.is_empty());
    Some((list, start.min(open), start.min(open) + before.len()..end))
}

/// Takes a paragraph of one line that is a list and nothing else.
fn alone(place: &Place<'_, '_>, lists: &mut Lists) -> bool {
    if attribute_list::definition(place.lines()).is_some() {
        return true;
    }
    let Some(list) = lists.kramdown(place.lines()).or_else(|| block_ids::alone(place.lines())) else { return false };
    let next = if place.is_apart() { place.next() } else { None };
    let Some(owner) = next.or(place.before) else { return false };
    lists.give(owner, list);
    true
}

/// Takes the name that the last line of a paragraph ends with, as Obsidian has it. It is never all of it.
fn block_id(place: &Place<'_, '_>, lists: &mut Lists) -> bool {
    let lines = place.lines();
    if let Some((list, at)) = block_ids::trailing(lines) {
        lists.give(place.index, list);
        let start = place.events[place.index].1.start;
        lists.taken.push(start + at..start + lines.len());
    }
    false
}

/// Takes a row of a table that is a list and nothing else.
fn row(text: &str, range: &Range<usize>, table: Option<usize>, lists: &mut Lists) -> bool {
    let (Some(table), Some(list)) = (table, lists.kramdown(text[range.clone()].trim())) else { return false };
    lists.give(table, list);
    true
}

/// Takes the list at the end of an item's text. One on a line of its own without the `>` of the `quotation` around belongs to that.
fn item(text: &str, last: &Located<'_>, (owner, quotation): (usize, Option<usize>), lists: &mut Lists) {
    let (Event::Text(_), range) = last else { return };
    let inside = text[range.clone()].trim_end();
    if let Some((list, at)) = block_ids::trailing(inside) {
        lists.give(owner, list);
        lists.taken.push(range.start + at..range.end);
    }
    let Some(start) = inside.rfind("{:") else { return };
    if let Some(list) = lists.kramdown(&inside[start..]) {
        let blank = inside[..start].len() - inside[..start].trim_end().len();
        let start = range.start + start - blank;
        let line = text[..start].trim_end_matches([' ', '\t']);
        let is_apart = line.ends_with('\n');
        lists.give(quotation.filter(|_| is_apart).unwrap_or(owner), list);
        lists.taken.push(if is_apart { line.len() - 1 } else { start }..range.end);
    }
}
