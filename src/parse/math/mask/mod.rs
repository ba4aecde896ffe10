//! Hides the formulas of a text from Markdown.

mod pieces;
mod seen;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Options;

use super::escapes::{self, Escapes, unescape};
use super::find::{MathSpan, possible, spans};
use super::lines::Line;
use super::mapped::{Mapped, Mapping};
use super::{Kind, MathError, Source, problem};
use crate::parse::layout::Layout;

pub use pieces::Piece;
use seen::Seen;

/// The character that stands in place of formulas, among others. It is of a private use area, three bytes long.
pub const HIDDEN: char = '\u{E000}';

/// A text whose formulas are hidden, and the formulas.
#[derive(Debug, Clone)]
pub struct Masked<'a> {
    /// The text, as long as it was, with inert characters in place of each formula: a formula never ends a table's
    /// cell, is never emphasised and never opens a list. Blocks of code are left as they are, ```` ```math ```` too.
    pub text: Cow<'a, str>,
    /// The formulas, in order of place; they do not overlap.
    pub formulas: Vec<Source<'a>>,
    /// Displayed formulas that nothing closes; `formula` is then of no meaning.
    pub unclosed: Vec<MathError>,
}

/// Hides the formulas of `body` from a Markdown parser that reads it with `options`. Formulas are found from left to
/// right: between `$` (by Pandoc's rule), `$$`, `\(` or `\[`, in a ```` ```math ```` fence or an environment of
/// amsmath; `\ref` and `\eqref` in the text are formulas too. What turns out to stand in code or in a tag is none. Free
/// for a text that has none of these characters.
pub fn mask(body: &str, options: Options, escapes: Escapes) -> Masked<'_> {
    mask_parts(body, options, escapes, &Layout::default())
}

/// The same for a parser that reads `body` in the parts of `layout`. No formula is in two of them.
pub fn mask_parts<'a>(body: &'a str, options: Options, escapes: Escapes, layout: &Layout) -> Masked<'a> {
    let text = Cow::Borrowed(body);
    if !possible(body) {
        return Masked { text, formulas: Vec::new(), unclosed: Vec::new() };
    }
    let mut found = spans(body, escapes, layout);
    found.formulas.retain(|span| layout.holds(&span.range));
    let mut unclosed: Vec<_> = found.unclosed.iter().map(|span| problem::unclosed(body, span.clone())).collect();
    if found.formulas.is_empty() && unclosed.is_empty() {
        return Masked { text, formulas: Vec::new(), unclosed };
    }
    let hidden = hide(body, &found.formulas);
    let seen = Seen::read(&hidden, options, layout);
    unclosed.retain(|error| seen.is_text(&error.span));
    let mut spans = found.formulas;
    spans.retain(|span| seen.is_formula(body, span));
    as_in_kramdown(body, &mut spans);
    let formulas = spans.iter().map(|span| source(body, span, seen.is_html(span))).collect();
    Masked { text: Cow::Owned(hide(body, &spans)), formulas, unclosed }
}

/// `body` with inert characters of the same length in place of each formula.
fn hide(body: &str, spans: &[MathSpan]) -> String {
    let mut text = String::with_capacity(body.len());
    for span in spans.iter().filter(|span| span.kind != Kind::Fence) {
        text.push_str(&body[text.len()..span.range.start]);
        let length = span.range.len();
        text.push(HIDDEN);
        text.extend(std::iter::repeat_n('x', length % 3));
        text.extend(std::iter::repeat_n(HIDDEN, (length / 3).saturating_sub(1)));
    }
    text.push_str(&body[text.len()..]);
    text
}

/// Takes `$$x$$` for a formula of its sentence where it has words beside it on its line, as kramdown does; but not in an essay
/// that marks the formulas of its sentences otherwise.
fn as_in_kramdown(body: &str, spans: &mut [MathSpan]) {
    if spans.iter().any(|span| span.kind == Kind::Inline) {
        return;
    }
    let mut line = WordsOfLine::default();
    for span in spans.iter_mut().filter(|span| body[span.range.clone()].starts_with("$$")) {
        let inner = &body[span.inner.clone()];
        let is_displayed = ["\n", r"\\", r"\tag", r"\label"].iter().any(|sign| inner.contains(sign));
        if is_displayed {
            continue;
        }
        if span.range.start >= line.end {
            line = WordsOfLine::around(body, span.range.start);
        }
        if line.first < span.range.start || line.last > span.range.end {
            span.kind = Kind::Inline;
        }
    }
}

/// Where the words of a line are, in which there may be thousands of formulas.
#[derive(Debug, Default)]
struct WordsOfLine {
    /// Where the line ends.
    end: usize,
    /// Where its first letter or digit begins; its end, if it has none.
    first: usize,
    /// Where its last letter or digit ends; its beginning, if it has none.
    last: usize,
}

impl WordsOfLine {
    /// Those of the line of `body` that byte `at` is in.
    fn around(body: &str, at: usize) -> Self {
        let start = Line::read(body, body[..at].rfind('\n').map_or(0, |end| end + 1)).content;
        let end = body[at..].find('\n').map_or(body.len(), |length| at + length);
        let text = &body[start.min(end)..end];
        let first = text.find(char::is_alphanumeric).map_or(end, |first| start + first);
        let last = text.rfind(char::is_alphanumeric).map_or(start, |last| body.ceil_char_boundary(start + last + 1));
        Self { end, first, last }
    }
}

/// The formula's TeX: without the `>` of the quotation that it stands in and, if need be, without escapes.
fn source<'a>(body: &'a str, span: &MathSpan, is_html: bool) -> Source<'a> {
    let inner = &body[span.inner.clone()];
    let is_reference = matches!(span.kind, Kind::Reference | Kind::EquationReference);
    let tex = match span.quotes {
        0 => Mapped::verbatim(inner, span.inner.start),
        quotes => unquote(body, span, quotes),
    };
    let unescaped = match span.escapes {
        _ if is_html && tex.text.contains('&') => Some(without_entities(&tex)),
        Escapes::Markdown if !is_reference => unescape(&tex),
        _ => None,
    };
    let tex = unescaped.unwrap_or(tex);
    let tex = match &span.label {
        Some(label) => labelled(&tex, &body[label.clone()], label.clone()),
        None => tex,
    };
    Source { kind: span.kind, range: span.range.clone(), tex }
}

/// `tex` with the label `name` that stands elsewhere, at `span`.
fn labelled(tex: &Mapped<'_>, name: &str, span: Range<usize>) -> Mapped<'static> {
    let mut mapping = Mapping::default();
    escapes::append(&mut mapping, tex, 0..tex.text.trim_end().len());
    mapping.put(r"\label{", span.start..span.start);
    mapping.copy(name, span.start);
    mapping.put("}", span.end..span.end);
    mapping.finish()
}

/// The signs that HTML has no other way to write, and how it does.
const ENTITIES: [(&str, &str); 4] = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&nbsp;", " ")];

fn without_entities(tex: &Mapped<'_>) -> Mapped<'static> {
    let mut mapping = Mapping::default();
    let mut at = 0;
    while let Some(length) = tex.text[at..].find('&') {
        mapping.copy(&tex.text[at..at + length], tex.source(at..at + 1).start);
        at += length;
        let entity = ENTITIES.iter().find(|(entity, _)| tex.text[at..].starts_with(entity));
        let (entity, sign) = entity.map_or(("&", "&"), |(entity, sign)| (*entity, *sign));
        mapping.put(sign, tex.source(at..at + entity.len()));
        at += entity.len();
    }
    mapping.copy(&tex.text[at..], tex.source(at..at + 1).start);
    mapping.finish()
}

fn unquote(body: &str, span: &MathSpan, quotes: usize) -> Mapped<'static> {
    let mut mapping = Mapping::default();
    let mut at = span.inner.start;
    let is_whole = span.kind == Kind::Fence;
    for (number, line) in body[span.inner.clone()].split_inclusive('\n').enumerate() {
        let mut content = line;
        if number > 0 || is_whole {
            for _ in 0..quotes {
                let Some(rest) = content.trim_start_matches([' ', '\t']).strip_prefix('>') else { break };
                content = rest;
            }
        }
        mapping.copy(content, at + line.len() - content.len());
        at += line.len();
    }
    mapping.finish()
}

#[cfg(test)]
mod tests;
