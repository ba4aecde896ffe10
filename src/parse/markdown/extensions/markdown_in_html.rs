//! `<div markdown="1">` and `<div markdown>`: Markdown inside raw HTML, as PHP Markdown Extra and Python-Markdown's `md_in_html` have it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::parse::layout::{self, DEEPEST};
use crate::parse::markdown::document::Located;
use crate::parse::math::Mapping;

/// Parses as Markdown what stands inside HTML blocks that say so, and takes the attribute that says it out.
///
/// `links` gives the destination and title of a link label of the whole essay.
pub fn apply<'a>(
    text: &'a str,
    events: Vec<Located<'a>>,
    options: Options,
    links: &dyn Fn(&str) -> Option<(CowStr<'a>, CowStr<'a>)>,
) -> Vec<Located<'a>> {
    unfolded(text, events, Reading { options, links, depth: 0 })
}

/// How Markdown inside HTML is read.
#[derive(Clone, Copy)]
struct Reading<'r, 'a> {
    options: Options,
    links: &'r dyn Fn(&str) -> Option<(CowStr<'a>, CowStr<'a>)>,
    /// How many such blocks stand around.
    depth: usize,
}

/// The events with the blocks in them that ask for Markdown parsed, and those in these; what is too deep stays as it is.
fn unfolded<'a>(text: &'a str, events: Vec<Located<'a>>, reading: Reading<'_, 'a>) -> Vec<Located<'a>> {
    if reading.depth > DEEPEST || memchr::memmem::find(text.as_bytes(), b" markdown").is_none() {
        return events;
    }
    let mut applied = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        if event != Event::Start(Tag::HtmlBlock) {
            applied.push((event, range));
            continue;
        }
        let mut block = vec![(event, range)];
        for (event, range) in events.by_ref() {
            let is_end = event == Event::End(TagEnd::HtmlBlock);
            block.push((event, range));
            if is_end {
                break;
            }
        }
        let lines = lines(&block);
        match marked(text, &lines) {
            Some(marked) => unfold(text, &marked, reading, &mut applied),
            None if is_apart(&lines) && text[lines[0].clone()].contains(" markdown") => {
                applied.extend(joined(text, &lines, reading));
            }
            None => applied.extend(block),
        }
    }
    applied
}

/// An HTML block whose first tag asks for Markdown inside.
#[derive(Debug)]
struct Marked {
    /// The block.
    block: Range<usize>,
    /// The attribute that asks, with the space before it.
    attribute: Range<usize>,
    /// What stands inside the tag, as far as the block goes.
    inside: Range<usize>,
}

/// Where the lines of the HTML in `block` stand.
fn lines(block: &[Located<'_>]) -> Vec<Range<usize>> {
    block.iter().filter(|(event, _)| matches!(event, Event::Html(_))).map(|(_, range)| range.clone()).collect()
}

/// Whether something stands between `lines`: what a list or a quotation has before each.
fn is_apart(lines: &[Range<usize>]) -> bool {
    lines.windows(2).any(|pair| pair[0].end != pair[1].start)
}

/// What the block of these lines asks for, if it does and they stand in the source one after the other.
fn marked(text: &str, lines: &[Range<usize>]) -> Option<Marked> {
    if is_apart(lines) {
        return None;
    }
    let range = lines.first()?.start..lines.last()?.end;
    let html = &text[range.clone()];
    let tag = &html[..html.find('>')?];
    let name: String = tag.trim_start().strip_prefix('<')?.chars().take_while(char::is_ascii_alphanumeric).collect();
    let asks = asks(tag)?;
    let start = after_summary(text, range.start + tag.len() + 1..range.end);
    let close = html.rfind(&format!("</{name}")).map_or(range.end, |at| range.start + at).max(start);
    let attribute = range.start + asks.start..range.start + asks.end;
    Some(Marked { block: range, attribute, inside: start..close })
}

/// The attribute of `tag` that asks for Markdown, with the space before it: `markdown="1"`, or `markdown` alone.
fn asks(tag: &str) -> Option<Range<usize>> {
    tag.match_indices(" markdown").find_map(|(at, name)| {
        let end = at + name.len();
        let rest = &tag[end..];
        let is_in_value = tag[..at].matches('"').count() % 2 == 1;
        let value = match rest.strip_prefix('=') {
            Some(value) => value.split(char::is_whitespace).next()?,
            None if rest.is_empty() || rest.starts_with(char::is_whitespace) => {
                return (!is_in_value).then_some(at..end);
            }
            None => return None,
        };
        let is_asked = matches!(value.trim_matches(['"', '\'']), "1" | "block" | "span" | "markdown");
        (is_asked && !is_in_value).then_some(at..end + 1 + value.len())
    })
}

/// Where the Markdown in `inside` begins: behind a `<summary>` at its beginning, which would make all up to the next blank line
/// raw HTML.
fn after_summary(text: &str, inside: Range<usize>) -> usize {
    let html = &text[inside.clone()];
    let end = html.find("</summary>").filter(|_| html.trim_start().starts_with("<summary"));
    end.map_or(inside.start, |end| inside.start + end + "</summary>".len())
}

fn unfold<'a>(text: &'a str, marked: &Marked, reading: Reading<'_, 'a>, applied: &mut Vec<Located<'a>>) {
    let html = |range: Range<usize>| (Event::Html(CowStr::Borrowed(&text[range.clone()])), range);
    let Marked { block, attribute, inside } = marked;
    applied.push((Event::Start(Tag::HtmlBlock), block.start..inside.start));
    applied.push(html(block.start..attribute.start));
    applied.push(html(attribute.end..inside.start));
    applied.push((Event::End(TagEnd::HtmlBlock), block.start..inside.start));
    match layout::dedented(text, inside.clone()) {
        Some(lines) => applied.extend(joined(text, &lines, reading)),
        None => applied.extend(parsed(text, inside.clone(), reading)),
    }
    if inside.end < block.end {
        applied.push((Event::Start(Tag::HtmlBlock), inside.end..block.end));
        applied.push(html(inside.end..block.end));
        applied.push((Event::End(TagEnd::HtmlBlock), inside.end..block.end));
    }
}

/// The events of the Markdown at `range`.
fn parsed<'a>(text: &'a str, range: Range<usize>, reading: Reading<'_, 'a>) -> Vec<Located<'a>> {
    let Reading { options, links, depth } = reading;
    let mut on_broken_link = |link: pulldown_cmark::BrokenLink<'_>| links(&link.reference);
    let parser = Parser::new_with_broken_link_callback(&text[range.clone()], options, Some(&mut on_broken_link));
    let moved = |(event, found): Located<'a>| (event, found.start + range.start..found.end + range.start);
    let events = parser.into_offset_iter().map(moved).collect();
    unfolded(text, events, Reading { depth: depth + 1, ..reading })
}

/// The events of the Markdown that `lines` of `text` are together.
fn joined<'a>(text: &'a str, lines: &[Range<usize>], reading: Reading<'_, 'a>) -> Vec<Located<'a>> {
    let mut mapping = Mapping::default();
    lines.iter().for_each(|line| mapping.copy(&text[line.clone()], line.start));
    let markdown = mapping.finish();
    let links = |label: &str| (reading.links)(label);
    let of_markdown = Reading { options: reading.options, links: &links, depth: reading.depth };
    let mut events = Vec::new();
    for (event, range) in parsed(&markdown.text, 0..markdown.text.len(), of_markdown) {
        match event {
            Event::Html(html) => {
                let mut at = range.start;
                for line in html.split_inclusive('\n') {
                    let source = markdown.source(at..at + line.len());
                    events.push((Event::Html(line.to_owned().into()), source));
                    at += line.len();
                }
            }
            // The extensions look for what is borrowed from the text itself.
            Event::Text(part) => {
                let source = markdown.source(range);
                let written = text.get(source.clone()).filter(|written| **written == *part);
                let part = written.map_or_else(|| part.into_static(), CowStr::Borrowed);
                events.push((Event::Text(part), source));
            }
            event => events.push((event.into_static(), markdown.source(range))),
        }
    }
    events
}
