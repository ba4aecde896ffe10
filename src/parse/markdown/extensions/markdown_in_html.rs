//! `<div markdown="1">` and `<div markdown>`: Markdown inside raw HTML, as PHP Markdown Extra and Python-Markdown's `md_in_html` have it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::parse::markdown::document::Located;

/// Parses as Markdown what stands inside HTML blocks that say so, and takes the attribute that says it out.
///
/// `links` gives the destination and title of a link label of the whole essay.
pub fn apply<'a>(
    text: &'a str,
    events: Vec<Located<'a>>,
    options: Options,
    links: &dyn Fn(&str) -> Option<(CowStr<'a>, CowStr<'a>)>,
) -> Vec<Located<'a>> {
    if memchr::memmem::find(text.as_bytes(), b" markdown").is_none() {
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
        match marked(text, &block) {
            Some(marked) => unfold(text, &marked, options, links, &mut applied),
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

/// What `block` asks for, if it does and its lines stand in the source one after the other.
fn marked(text: &str, block: &[Located<'_>]) -> Option<Marked> {
    let lines: Vec<&Range<usize>> =
        block.iter().filter(|(event, _)| matches!(event, Event::Html(_))).map(|(_, range)| range).collect();
    if lines.windows(2).any(|pair| pair[0].end != pair[1].start) {
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

fn unfold<'a>(
    text: &'a str,
    marked: &Marked,
    options: Options,
    links: &dyn Fn(&str) -> Option<(CowStr<'a>, CowStr<'a>)>,
    applied: &mut Vec<Located<'a>>,
) {
    let html = |range: Range<usize>| (Event::Html(CowStr::Borrowed(&text[range.clone()])), range);
    let Marked { block, attribute, inside } = marked;
    applied.push((Event::Start(Tag::HtmlBlock), block.start..inside.start));
    applied.push(html(block.start..attribute.start));
    applied.push(html(attribute.end..inside.start));
    applied.push((Event::End(TagEnd::HtmlBlock), block.start..inside.start));
    let mut on_broken_link = |link: pulldown_cmark::BrokenLink<'_>| links(&link.reference);
    let markdown = &text[inside.clone()];
    let parser = Parser::new_with_broken_link_callback(markdown, options, Some(&mut on_broken_link));
    let events = parser
        .into_offset_iter()
        .map(|(event, range)| (event, range.start + inside.start..range.end + inside.start))
        .collect();
    applied.extend(apply(text, events, options, links));
    if inside.end < block.end {
        applied.push((Event::Start(Tag::HtmlBlock), inside.end..block.end));
        applied.push(html(inside.end..block.end));
        applied.push((Event::End(TagEnd::HtmlBlock), inside.end..block.end));
    }
}
