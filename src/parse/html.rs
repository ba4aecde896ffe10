//! Raw HTML in Markdown: which of its attributes refer to something, and which ids it has.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// An attribute of interest in a stretch of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// What it is.
    pub kind: AttributeKind,
    /// Its value with entities decoded; for `srcset`, one URL of it.
    pub value: String,
    /// Bytes of the HTML that hold `value`.
    pub span: Range<usize>,
}

/// What an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributeKind {
    /// An `id`, or the `name` of an `<a>`.
    Id,
    /// The `href` of an `<a>` or `<area>`: a link that a reader follows.
    Link,
    /// Anything else that the page loads.
    Resource,
}

/// Attributes of `html` that refer or can be referred to, by position.
///
/// Tags, attributes and entities are those of the WHATWG's tokenizer; `html` may be a fragment that begins or ends
/// anywhere outside a tag.
pub fn attributes(html: &str) -> Vec<Attribute> {
    if memchr::memchr(b'=', html.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut tag: Vec<u8> = Vec::new();
    let mut kind = None;
    let mut found: Vec<Attribute> = Vec::new();
    let mut is_srcset = false;
    let mut callback = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = name.to_ascii_lowercase(),
            CallbackEvent::EndTag { .. } => tag.clear(),
            CallbackEvent::AttributeName { name } => {
                kind = kind_of(&tag, name);
                is_srcset = matches!(name, b"srcset" | b"imagesrcset");
            }
            CallbackEvent::AttributeValue { value } => {
                let value = String::from_utf8_lossy(value);
                match kind.take() {
                    Some(kind) if is_srcset => found.extend(candidates(kind, &value, html, span.start..span.end)),
                    Some(kind) => {
                        found.push(Attribute { kind, value: value.into_owned(), span: span.start..span.end });
                    }
                    None => {}
                }
            }
            _ => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::<_, Infallible, usize>::new(&mut callback);
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(_) = token;
    }
    found
}

/// What the attribute `name` of `<tag>` is, if it is of interest. Source: the attributes table of the HTML standard.
fn kind_of(tag: &[u8], name: &[u8]) -> Option<AttributeKind> {
    match (tag, name) {
        (_, b"id") | (b"a", b"name") => Some(AttributeKind::Id),
        (b"a" | b"area", b"href") => Some(AttributeKind::Link),
        (b"link" | b"image" | b"use", b"href" | b"xlink:href" | b"imagesrcset") => Some(AttributeKind::Resource),
        (b"img" | b"source", b"src" | b"srcset") => Some(AttributeKind::Resource),
        (b"audio" | b"video" | b"script" | b"iframe" | b"embed" | b"track" | b"input", b"src")
        | (b"video", b"poster")
        | (b"object", b"data") => Some(AttributeKind::Resource),
        _ => None,
    }
}

/// The URLs of a `srcset`, each with its bytes in `html`. Where entities make the written value differ from `value`, the
/// URL's place cannot be told and the whole is left alone.
fn candidates(kind: AttributeKind, value: &str, html: &str, span: Range<usize>) -> Vec<Attribute> {
    if html.get(span.clone()) != Some(value) {
        return Vec::new();
    }
    let mut at = 0;
    let mut found = Vec::new();
    while let Some(start) = value[at..].find(|letter: char| !letter.is_ascii_whitespace() && letter != ',') {
        let start = at + start;
        let end =
            value[start..].find(|letter: char| letter.is_ascii_whitespace()).map_or(value.len(), |len| start + len);
        let url = value[start..end].trim_end_matches(',');
        found.push(Attribute { kind, value: url.to_owned(), span: span.start + start..span.start + start + url.len() });
        // After a URL without a comma of its own comes a descriptor, up to the next comma.
        at = if url.len() < end - start { end } else { value[end..].find(',').map_or(value.len(), |len| end + len) };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[(AttributeKind, &str)]) {
        let found = attributes(html);
        let values: Vec<_> = found.iter().map(|attribute| (attribute.kind, attribute.value.as_str())).collect();
        assert_eq!(values, expected, "in {html}");
    }

    #[test]
    fn finds_what_refers_and_what_can_be_referred_to() {
        use AttributeKind::{Id, Link, Resource};
        check(r#"<a id="x" href='b.md#c'>"#, &[(Id, "x"), (Link, "b.md#c")]);
        check("<IMG SRC=a.png alt=x>", &[(Resource, "a.png")]);
        check(r#"<video poster="p.jpg" src="f.mp4">"#, &[(Resource, "p.jpg"), (Resource, "f.mp4")]);
        check(r#"<a href="a&amp;b.md">"#, &[(Link, "a&b.md")]);
        check(r#"<!-- <a href="no.md"> --><p title="<a href='no.md'>">"#, &[]);
        check("<script>let a = '<img src=no.png>'</script>", &[]);
        check("</a><b href=x>", &[]);
    }

    #[test]
    fn a_srcset_is_taken_apart() {
        let html = r#"<img srcset="a.png 1x, b.png 2x,c,d.png">"#;
        let found = attributes(html);
        let written: Vec<_> = found.iter().map(|attribute| &html[attribute.span.clone()]).collect();
        assert_eq!(written, ["a.png", "b.png", "c,d.png"]);
    }

    #[test]
    fn spans_hold_the_value_without_quotes() {
        for html in [r#"<a href="x y.md">"#, "<a href='x y.md'>", "é<a href=xy.md>"] {
            for attribute in attributes(html) {
                assert_eq!(html[attribute.span.clone()], attribute.value, "in {html}");
            }
        }
    }
}
