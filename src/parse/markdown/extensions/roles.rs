//! Roles of MyST and Sphinx, which say before code what it is: `` {ref}`label` `` and `` {doc}`guide/lens` `` are links,
//! `` {abbr}`SVG (Scalable Vector Graphics)` `` is an abbreviation, of others the name is left out.
//! Source: Sphinx, "Roles".

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use crate::parse::markdown::document::Located;

/// Roles whose words are text.
const TEXTS: [&str; 3] = ["guilabel", "menuselection", "term"];

/// Roles whose words are code.
const CODES: [&str; 18] = [
    "attr", "class", "code", "command", "data", "envvar", "exc", "file", "func", "literal", "meth", "mod", "obj",
    "option", "program", "py:class", "py:func", "samp",
];

/// Labels of pages that Sphinx makes.
const MADE: [&str; 4] = ["genindex", "modindex", "py-modindex", "search"];

/// Roles that are elements of HTML.
const ELEMENTS: [&str; 3] = ["kbd", "sub", "sup"];

/// Makes of the roles in `events` of `text` what they stand for.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    if memchr::memmem::find(text.as_bytes(), b"}`").is_none() {
        return events;
    }
    let mut applied: Vec<Located<'a>> = Vec::with_capacity(events.len() + 8);
    for (event, range) in events {
        if let Event::Code(code) = &event
            && let Some((name, start)) = role(text, &applied, range.start)
            && let Some(made) = made(text, name, code, start..range.end)
        {
            shorten(text, &mut applied, start);
            applied.extend(made);
            continue;
        }
        applied.push((event, range));
    }
    applied
}

/// The role that the last of `events` ends with, at byte `end` of `text`: its name, and where its brace stands.
fn role<'a>(text: &'a str, events: &[Located<'_>], end: usize) -> Option<(&'a str, usize)> {
    let (Event::Text(words), range) = events.last()? else { return None };
    let is_as_written = range.end == end && words.len() == range.len();
    let inside = text.get(range.clone()).filter(|_| is_as_written)?.strip_suffix('}')?;
    let is_part = |byte: u8| byte.is_ascii_lowercase() || byte == b':' || byte == b'-';
    let length = inside.bytes().rev().take_while(|byte| is_part(*byte)).count();
    let (before, name) = inside.split_at(inside.len() - length);
    before.strip_suffix('{').map(|before| (name, range.start + before.len()))
}

/// Ends the text that is the last of `events` at byte `end` of `text`.
fn shorten<'a>(text: &'a str, events: &mut Vec<Located<'a>>, end: usize) {
    if let Some((_, range)) = events.pop().filter(|(_, range)| range.start < end) {
        let range = range.start..end;
        events.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), range));
    }
}

/// What the role `name` with `code`, which stands at `whole`, stands for.
fn made<'a>(text: &'a str, name: &str, code: &str, whole: Range<usize>) -> Option<Vec<Located<'a>>> {
    let titled = code.strip_suffix('>').and_then(|code| code.rsplit_once('<'));
    let (words, target) = titled.map_or(("", code), |(words, target)| (words.trim(), target.trim()));
    let shown = |words: &str| (Event::Text(words.to_owned().into()), whole.end..whole.end);
    let events = match name {
        // A label of another project has the name of that before it.
        "ref" if !target.is_empty() && target.chars().all(is_of_label) && !MADE.contains(&target) => {
            link(text, &whole, format!("#{target}"), words)
        }
        // What a theorem is called nobody knows here.
        "prf:ref" if !target.is_empty() && target.chars().all(|letter| is_of_label(letter) || letter == ':') => {
            link(text, &whole, format!("#{target}"), if words.is_empty() { target } else { words })
        }
        "doc" if !target.is_empty() && !target.contains([' ', ':']) => link(text, &whole, target.to_owned(), words),
        "abbr" => match code.strip_suffix(')').and_then(|code| code.split_once('(')) {
            Some((short, long)) => {
                let mut open = "<abbr title=\"".to_owned();
                // Writing to a string does not fail.
                let _ = escape_html(&mut open, long.trim());
                vec![tag(open + "\">", &whole), shown(short.trim()), tag("</abbr>".to_owned(), &whole)]
            }
            None => vec![shown(code)],
        },
        _ if ELEMENTS.contains(&name) => {
            vec![tag(format!("<{name}>"), &whole), shown(code), tag(format!("</{name}>"), &whole)]
        }
        _ if TEXTS.contains(&name) => vec![shown(if words.is_empty() { target } else { words })],
        _ if CODES.contains(&name) => {
            let last = target.strip_prefix('~').map(|path| path.rsplit('.').next().unwrap_or(path));
            let words = if words.is_empty() { last.unwrap_or(code) } else { words };
            vec![(Event::Code(words.to_owned().into()), whole)]
        }
        _ => return None,
    };
    Some(events)
}

fn is_of_label(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.')
}

/// A link to `destination`, with what it leads to for words if there are none.
fn link<'a>(text: &str, whole: &Range<usize>, destination: String, words: &str) -> Vec<Located<'a>> {
    let written = destination.trim_start_matches('#');
    let at = text[whole.clone()].rfind(written).map_or(whole.clone(), |at| {
        let start = whole.start + at;
        start..start + written.len()
    });
    // As a label that nothing defines, whose destination stands where it stands itself.
    let link_type = LinkType::Shortcut;
    let open = Tag::Link { link_type, dest_url: destination.into(), title: "".into(), id: "".into() };
    let mut events = vec![(Event::Start(open), at)];
    if !words.is_empty() {
        events.push((Event::Text(words.to_owned().into()), whole.end..whole.end));
    }
    events.push((Event::End(TagEnd::Link), whole.clone()));
    events
}

fn tag<'a>(html: String, whole: &Range<usize>) -> Located<'a> {
    (Event::InlineHtml(html.into()), whole.clone())
}
