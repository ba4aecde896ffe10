//! HTML: which of its attributes refer to something, and which ids it has.

mod plain;

use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, State, Tokenizer};
use plain::NotPlain;

/// An attribute of interest in a stretch of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'h> {
    /// What it is.
    pub kind: AttributeKind,
    /// Its value with entities decoded; for `srcset`, one URL of it.
    pub value: Cow<'h, str>,
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
pub fn attributes(html: &str) -> Vec<Attribute<'_>> {
    if memchr::memchr(b'=', html.as_bytes()).is_none() {
        return Vec::new();
    }
    plain_attributes(html).unwrap_or_else(|_| tokenized_attributes(html))
}

/// [`attributes`] of plain HTML, which nearly all is: a sixth of a build's time went into tokenizing what it makes.
fn plain_attributes(html: &str) -> Result<Vec<Attribute<'_>>, NotPlain> {
    // In a page, there is one of interest in so many bytes.
    let mut found = Vec::with_capacity(html.len() / 128);
    let mut has_entity = false;
    plain::attributes(html, |tag, name, span| {
        let Some(kind) = Element::named(tag.as_bytes()).kind_of(name.as_bytes()) else { return };
        let value = &html[span.clone()];
        has_entity |= value.contains('&');
        if is_set(name.as_bytes()) {
            found.extend(candidates(kind, value.as_bytes(), html, span));
        } else if names_something(kind, value) {
            found.push(Attribute { kind, value: Cow::Borrowed(value), span });
        }
    })?;
    if has_entity { Err(NotPlain) } else { Ok(found) }
}

/// [`attributes`] of any HTML.
fn tokenized_attributes(html: &str) -> Vec<Attribute<'_>> {
    let mut element = Element::Ended;
    let mut kind = None;
    let mut is_of_set = false;
    let mut found = Vec::new();
    let is_noscript = Cell::new(false);
    let mut callback = |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                element = Element::named(name);
                is_noscript.set(name == b"noscript");
            }
            CallbackEvent::CloseStartTag { .. } | CallbackEvent::EndTag { .. } => element = Element::Ended,
            CallbackEvent::AttributeName { name } => {
                kind = element.kind_of(name);
                is_of_set = is_set(name);
                // An empty value is not told of.
                if let Some(kind) = kind.filter(|kind| !is_of_set && names_something(*kind, ""))
                    && let Some(at) = empty_value(html, span.end)
                {
                    found.push(Attribute { kind, value: Cow::Borrowed(""), span: at..at });
                }
            }
            CallbackEvent::AttributeValue { value } => match kind.take() {
                Some(kind) if is_of_set => found.extend(candidates(kind, value, html, span.start..span.end)),
                Some(kind) => {
                    let span = span.start..span.end;
                    let value = match html.get(span.clone()) {
                        Some(written) if written.as_bytes() == value => Cow::Borrowed(written),
                        _ => Cow::Owned(String::from_utf8_lossy(value).into_owned()),
                    };
                    found.push(Attribute { kind, value, span });
                }
                None => {}
            },
            _ => {}
        }
        None
    };
    let mut emitter = CallbackEmitter::<_, Infallible, usize>::new(&mut callback);
    // The insides of `<script>` and `<style>` are no tags; those of `<noscript>` are for readers without scripts.
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, TagsOnly(emitter, &is_noscript)).finish();
    found
}

/// Whether an attribute of this `kind` with this `value` says anything: an empty id is none (HTML standard, 3.2.6).
fn names_something(kind: AttributeKind, value: &str) -> bool {
    kind != AttributeKind::Id || !value.is_empty()
}

/// Where the value is between its quotes, which hold nothing, of the attribute of `html` whose name ends at `at`.
fn empty_value(html: &str, at: usize) -> Option<usize> {
    let value = html.get(at..)?.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    (value.starts_with("\"\"") || value.starts_with("''")).then(|| html.len() - value.len() + 1)
}

/// An emitter that is told of tags alone: text and mistakes are not looked at, which halves the time.
/// The cell says whether the tag that is read is `<noscript>`.
#[derive(Debug)]
struct TagsOnly<'a, F: Callback<Infallible, usize>>(CallbackEmitter<F, Infallible, usize>, &'a Cell<bool>);

impl<F: Callback<Infallible, usize>> ForwardingEmitter for TagsOnly<'_, F> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_string(&mut self, _: &[u8]) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.0.emit_current_tag().filter(|_| !self.1.get())
    }
}

/// What an element means for its attributes. Source: the attributes table of the HTML standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Element {
    fn named(name: &[u8]) -> Self {
        let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
        match name.len() {
            1 if is("a") => Self::Link,
            4 if is("area") => Self::Link,
            4 if is("base") => Self::Base,
            6 if is("object") => Self::Object,
            _ => Self::Other,
        }
    }

    /// What its attribute `name` is, if it is of interest.
    fn kind_of(self, name: &[u8]) -> Option<AttributeKind> {
        let is = |other: &str| name.eq_ignore_ascii_case(other.as_bytes());
        let kind = match name.len() {
            2 if is("id") => AttributeKind::Id,
            3 if is("src") => AttributeKind::Resource,
            4 if is("href") && self == Self::Link => AttributeKind::Link,
            4 if is("href") && self != Self::Base => AttributeKind::Resource,
            4 if is("name") && self == Self::Link => AttributeKind::Id,
            4 if is("data") && self == Self::Object => AttributeKind::Resource,
            6 if is("poster") || is("srcset") => AttributeKind::Resource,
            10 if is("xlink:href") => AttributeKind::Resource,
            11 if is("imagesrcset") => AttributeKind::Resource,
            _ => return None,
        };
        Some(kind).filter(|_| self != Self::Ended)
    }
}

/// Whether the attribute `name` holds several URLs.
fn is_set(name: &[u8]) -> bool {
    name.eq_ignore_ascii_case(b"srcset") || name.eq_ignore_ascii_case(b"imagesrcset")
}

/// The URLs of a `srcset`, each with its bytes in `html`. Where entities make the written value differ from `value`, the
/// URLs' places cannot be told and the whole is left alone.
fn candidates<'h>(kind: AttributeKind, value: &[u8], html: &'h str, span: Range<usize>) -> Vec<Attribute<'h>> {
    let Some(value) = html.get(span.clone()).filter(|written| written.as_bytes() == value) else { return Vec::new() };
    let mut at = 0;
    let mut found = Vec::new();
    while let Some(start) = value[at..].find(|letter: char| !letter.is_ascii_whitespace() && letter != ',') {
        let start = at + start;
        let end =
            value[start..].find(|letter: char| letter.is_ascii_whitespace()).map_or(value.len(), |len| start + len);
        let url = value[start..end].trim_end_matches(',');
        let in_html = span.start + start;
        found.push(Attribute { kind, value: Cow::Borrowed(url), span: in_html..in_html + url.len() });
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
        let values: Vec<_> = found.iter().map(|attribute| (attribute.kind, &*attribute.value)).collect();
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
        check("</a href=x><base href=x>", &[]);
        check("<b id=''><a id=\"\" href=''>", &[(Link, "")]);
        check("<a href = '' title=a/b\"><a id=''>", &[(Link, "")]);
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

    /// What `html` holds in plain HTML, if it is that, has to be what it holds for html5gum.
    fn agrees(html: &str) {
        if let Ok(found) = plain_attributes(html) {
            assert_eq!(found, tokenized_attributes(html), "in {html:?}");
        }
    }

    #[test]
    fn only_odd_html_is_tokenized() {
        for plain in [
            "<a href=''><a id=\"\"><img src = \"\" srcset='' id=''>",
            "<!DOCTYPE html><html lang=\"en\"><title>a <a href=x></title><br/><img src='a' alt>",
            "<!-- a -- <a href=x> --> 1 < 2 <p><a href = b>c</a ></p><script src=\"d\">'<a href=e>'</script><b id=f>",
        ] {
            assert!(plain_attributes(plain).is_ok(), "{plain}");
            agrees(plain);
        }
        for odd in [
            "<a href=\"a&amp;b\">",
            "<a href=a\"b>",
            "<a href",
            "<a href=\"a",
            "<a b\"c=d>",
            "<a href=a/b/c=d>",
            "<!-- a --!> <a id=b> -->",
            "<!--> <a id=b> -->",
            "<script><!-- <script> </script> --></script>",
            "<script></scripts></script>",
            "<? a >",
            "<!a>",
            "</>",
            "</a href=b>",
            "<xmp><a id=b></xmp>",
            "<a id=b\rc>",
        ] {
            assert_eq!(plain_attributes(&format!("{odd}=")), Err(NotPlain), "{odd}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(4096))]
        #[test]
        fn plain_html_is_read_as_html5gum_reads_it(
            html in "(<(a|A|img|title|script|p|object|base|!--|/a|/title|/script|!doctype html)|--|>|>|>|=|=|\"|'|''| | id| href| SRC| name| srcset|x|,|/|<|&amp;|\n|\r|\t|`|\u{0}|é){0,24}",
        ) {
            agrees(&html);
        }

        #[test]
        fn any_bytes_are_read_as_html5gum_reads_them(html in "\\PC*") {
            agrees(&html);
        }
    }
}
