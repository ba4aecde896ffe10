//! `<h1 align="center">Title</h1>`: headings in raw HTML, which GitHub gives ids like any other.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use crate::parse::markdown::document::Located;
use crate::parse::math;

/// Elements in which no heading is looked for, or that are none in which a reader would see one.
const OPAQUE: &[&str] = &["math", "noscript", "pre", "script", "style", "svg", "template", "textarea", "title"];

/// Elements that may stand in a heading.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "font", "i", "img", "kbd", "mark", "picture", "q", "s",
    "samp", "small", "source", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

/// Attributes that a heading may have to be taken for one: what another says would be lost.
const ATTRIBUTES: &[&str] = &["align", "class", "id"];

/// Takes headings out of the raw HTML of `text` and makes them headings of Markdown. What stands in them stays HTML.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let may_end = |end: &str| memchr::memmem::find(text.as_bytes(), end.as_bytes()).is_some();
    if !may_end("</h") && !may_end("</H") {
        return events;
    }
    let mut applied = Vec::with_capacity(events.len());
    for (event, range) in events {
        let is_end = event == Event::End(TagEnd::HtmlBlock);
        applied.push((event, range));
        let block = is_end.then(|| applied.iter().rposition(|(event, _)| *event == Event::Start(Tag::HtmlBlock)));
        if let Some(start) = block.flatten()
            && let Some(unfolded) = unfolded(text, &applied[start..])
        {
            applied.truncate(start);
            applied.extend(unfolded);
        }
    }
    applied
}

/// `block` in parts, if it has headings and its lines stand in the source one after the other.
fn unfolded<'a>(text: &'a str, block: &[Located<'a>]) -> Option<Vec<Located<'a>>> {
    let lines: Vec<_> = block.iter().filter(|(event, _)| matches!(event, Event::Html(_))).collect();
    if lines.windows(2).any(|pair| pair[0].1.end != pair[1].1.start) {
        return None;
    }
    let range = lines.first()?.1.start..lines.last()?.1.end;
    let tokens = tokens(&text[range.clone()])?;
    let mut parts = Vec::new();
    let (mut at, mut index) = (range.start, 0);
    // A heading gets a link to itself, which cannot stand in another link.
    let mut is_link = false;
    while index < tokens.len() {
        match &tokens[index] {
            Token::StartTag(tag) if tag.name.as_slice() == b"a" => is_link = true,
            Token::EndTag(tag) if tag.name.as_slice() == b"a" => is_link = false,
            _ => {}
        }
        let found = if is_link { None } else { heading(text, range.start, &tokens[index..]) };
        match found {
            Some((events, whole, length)) => {
                raw(text, at..whole.start, &mut parts);
                parts.extend(events);
                let rest = &text[whole.end..range.end];
                at = whole.end + rest.len() - rest.strip_prefix('\n').unwrap_or(rest).len();
                index += length;
            }
            None => index += 1,
        }
    }
    if parts.is_empty() {
        return None;
    }
    raw(text, at..range.end, &mut parts);
    Some(parts)
}

/// What `html` is made of; `None` if a part of it is no text.
fn tokens(html: &str) -> Option<Vec<Token<usize>>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens: Vec<_> = Tokenizer::new_with_emitter(html, emitter).flatten().collect();
    let is_opaque = |token: &Token<usize>| matches!(token, Token::StartTag(tag) if is_one_of(&tag.name, OPAQUE));
    (!tokens.iter().any(is_opaque)).then_some(tokens)
}

/// The events of the heading that `tokens` begin with, its bytes and the number of its tokens. `text` has the tokens from byte
/// `start` on.
fn heading<'a>(
    text: &'a str,
    start: usize,
    tokens: &[Token<usize>],
) -> Option<(Vec<Located<'a>>, Range<usize>, usize)> {
    let Some(Token::StartTag(open)) = tokens.first() else { return None };
    let level = level(open)?;
    let mut inside = Vec::new();
    let mut has_text = false;
    for (index, token) in tokens.iter().enumerate().skip(1) {
        match token {
            Token::String(string) => {
                let words = String::from_utf8_lossy(&string.value).into_owned();
                has_text |= !words.trim().is_empty();
                let range = start + string.span.start..start + string.span.end;
                // With entities or on several lines, nobody knows where in it the formulas are.
                if words.contains(math::HIDDEN) && (text[range.clone()] != words || words.contains('\n')) {
                    return None;
                }
                inside.push((Event::Text(words.into()), range));
            }
            Token::StartTag(tag) if is_one_of(&tag.name, INLINE) => inside.push(tag_at(text, start, &tag.span)),
            Token::EndTag(tag) if is_one_of(&tag.name, INLINE) => inside.push(tag_at(text, start, &tag.span)),
            Token::EndTag(close) if close.name == open.name && has_text => {
                let whole = start + open.span.start..start + close.span.end;
                let mut events = vec![(Event::Start(tag(level, open)), whole.clone())];
                events.extend(trimmed(inside));
                events.push((Event::End(TagEnd::Heading(level)), whole.clone()));
                return Some((events, whole, index + 1));
            }
            _ => return None,
        }
    }
    None
}

fn tag<'a>(level: HeadingLevel, open: &StartTag<usize>) -> Tag<'a> {
    let value = |name: &[u8]| Some(String::from_utf8_lossy(open.attributes.get(name)?).into_owned());
    let id = value(b"id").filter(|id| !id.is_empty()).map(CowStr::from);
    let classes = value(b"class").unwrap_or_default();
    let classes = classes.split_whitespace().map(|class| CowStr::from(class.to_owned())).collect();
    Tag::Heading { level, id, classes, attrs: Vec::new() }
}

/// The level of the heading that `tag` opens, if it is one and has no attributes that would be lost.
fn level(tag: &StartTag<usize>) -> Option<HeadingLevel> {
    let level = match tag.name.as_slice() {
        [b'h', digit @ b'1'..=b'6'] => usize::from(digit - b'0'),
        _ => return None,
    };
    let is_plain = tag.attributes.keys().all(|name| is_one_of(name, ATTRIBUTES));
    HeadingLevel::try_from(level).ok().filter(|_| is_plain)
}

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| known.as_bytes() == name)
}

fn tag_at<'a>(text: &'a str, start: usize, span: &html5gum::Span<usize>) -> Located<'a> {
    let range = start + span.start..start + span.end;
    (Event::InlineHtml(CowStr::Borrowed(&text[range.clone()])), range)
}

/// `inside` without white space at its ends.
fn trimmed(mut inside: Vec<Located<'_>>) -> Vec<Located<'_>> {
    if let Some((Event::Text(words), range)) = inside.first_mut() {
        let rest = words.trim_start();
        range.start += words.len() - rest.len();
        *words = rest.to_owned().into();
    }
    if let Some((Event::Text(words), range)) = inside.last_mut() {
        let rest = words.trim_end();
        range.end -= words.len() - rest.len();
        *words = rest.to_owned().into();
    }
    inside
}

/// Adds the raw HTML at `range`, if there is any.
fn raw<'a>(text: &'a str, range: Range<usize>, parts: &mut Vec<Located<'a>>) {
    let html = &text[range.clone()];
    if !html.trim().is_empty() {
        parts.push((Event::Start(Tag::HtmlBlock), range.clone()));
        parts.push((Event::Html(CowStr::Borrowed(html)), range.clone()));
        parts.push((Event::End(TagEnd::HtmlBlock), range));
    }
}
