//! Finds the references and ids of a stretch of HTML.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::link::names::is_external;
use crate::parse::Role;

/// What a stretch of HTML refers to and defines.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Attributes that may refer to this site, in order.
    pub attributes: Vec<Attribute>,
    /// The values of all `id` attributes, in order.
    pub ids: Vec<String>,
}

/// An attribute that refers to something.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Bytes of the HTML that hold the value, without quotes.
    pub span: Range<usize>,
    /// The value, its entities undone.
    pub value: String,
    /// Whether a reader follows it or the page loads it.
    pub role: Role,
    /// Whether it holds one URL or several.
    pub form: Form,
}

/// How an attribute holds URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It is one.
    One,
    /// Several, each with a size (`srcset`).
    Set,
}

/// What the scanner is inside of.
#[derive(Clone, Copy)]
enum Expected {
    /// An attribute of no interest.
    Nothing,
    /// The value of an `id`.
    Id,
    /// A value that refers to something.
    Url(Role, Form),
}

/// What elements mean for their attributes.
#[derive(Clone, Copy)]
enum Element {
    /// `href` is followed by a reader.
    Link,
    /// `data` is a URL.
    Object,
    /// `href` changes what URLs are relative to.
    Base,
    /// Any other.
    Other,
    /// None: attributes of an end tag mean nothing.
    Ended,
}

/// Finds the attributes of `html` that may refer to this site, and its ids.
pub fn scan(html: &str) -> Scan {
    let mut scan = Scan::default();
    let mut element = Element::Ended;
    let mut expected = Expected::Nothing;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                element = match name {
                    b"a" | b"area" => Element::Link,
                    b"object" => Element::Object,
                    b"base" => Element::Base,
                    _ => Element::Other,
                };
            }
            CallbackEvent::AttributeName { name } => expected = expect(element, name),
            CallbackEvent::AttributeValue { value } => match expected {
                Expected::Nothing => {}
                Expected::Id => scan.ids.push(String::from_utf8_lossy(value).into_owned()),
                Expected::Url(role, form) => {
                    let value = String::from_utf8_lossy(value);
                    if form == Form::Set || !is_external(value.trim_ascii_start()) {
                        let span = span.start..span.end;
                        scan.attributes.push(Attribute { span, value: value.into_owned(), role, form });
                    }
                }
            },
            CallbackEvent::CloseStartTag { .. } | CallbackEvent::EndTag { .. } => element = Element::Ended,
            _ => {}
        }
        None::<Infallible>
    });
    // The insides of `<script>` and `<style>` are no tags.
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    scan
}

/// What the value of the attribute `name` of `element` is.
fn expect(element: Element, name: &[u8]) -> Expected {
    match (name, element) {
        (_, Element::Ended) => Expected::Nothing,
        (b"id", _) => Expected::Id,
        (b"href", Element::Base) => Expected::Nothing,
        (b"href", Element::Link) => Expected::Url(Role::Link, Form::One),
        (b"href" | b"xlink:href" | b"src" | b"poster", _) | (b"data", Element::Object) => {
            Expected::Url(Role::Resource, Form::One)
        }
        (b"srcset" | b"imagesrcset", _) => Expected::Url(Role::Resource, Form::Set),
        _ => Expected::Nothing,
    }
}

/// The URLs of the value of a `srcset`, as bytes of it.
pub fn candidates(value: &str) -> Vec<Range<usize>> {
    let mut candidates = Vec::new();
    let mut at = 0;
    loop {
        let rest = &value[at..];
        at += rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == ',').len();
        let rest = &value[at..];
        if rest.is_empty() {
            return candidates;
        }
        let end = at + rest.find(|letter: char| letter.is_ascii_whitespace()).unwrap_or(rest.len());
        let url = value[at..end].trim_end_matches(',');
        candidates.push(at..at + url.len());
        if at + url.len() < end {
            at = end;
            continue;
        }
        at = end + value[end..].find(',').unwrap_or(value.len() - end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_with_their_place() {
        let check = |html: &str, expected: &[(&str, &str)]| {
            let found = scan(html);
            let found: Vec<(&str, &str)> =
                found.attributes.iter().map(|found| (&html[found.span.clone()], found.value.as_str())).collect();
            assert_eq!(found, expected, "{html}");
        };
        check("<a href=\"/a.html\">", &[("/a.html", "/a.html")]);
        check("<A class=x HREF=/a.html id=y>", &[("/a.html", "/a.html")]);
        check("<a href='a.html?b&amp;c' title=x>", &[("a.html?b&amp;c", "a.html?b&c")]);
        check("ü\r\n\r\n<p\r\n title=\"\r\n\">é<img src=\"ä.png\">", &[("ä.png", "ä.png")]);
        check("<!-- <a href=b> --><script>'<a href=c>'</script><a href=d>", &[("d", "d")]);
        check("<a href=\"https://example.org/\"><a href=mailto:x@y><a href=//x>", &[]);
        check("<base href=/x/><p data=x><object data=y></object href=z><br href=\"\">", &[("y", "y")]);
        check(
            "<title>&amp;<a href=x></title><link href=a.css><use xlink:href=b.svg>",
            &[("a.css", "a.css"), ("b.svg", "b.svg")],
        );
    }

    #[test]
    fn ids_are_found() {
        assert_eq!(scan("<p id=a><svg id='b&amp;'>").ids, ["a", "b&"]);
    }

    #[test]
    fn a_srcset_holds_several_urls() {
        let check = |value: &str, expected: &[&str]| {
            let found: Vec<&str> = candidates(value).into_iter().map(|range| &value[range]).collect();
            assert_eq!(found, expected);
        };
        check("a.png", &["a.png"]);
        check("a.png 1x, b,c.png 2x", &["a.png", "b,c.png"]);
        check(" a.png, b.png 2x ,", &["a.png", "b.png"]);
        check("", &[]);
    }
}
