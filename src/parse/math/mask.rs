//! Hides the formulas of a text from Markdown.

mod pieces;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::escapes::{Escapes, unescape};
use super::find::{MathSpan, possible, spans};
use super::mapped::{Mapped, Mapping};
use super::{Kind, MathError, Source, problem};
use crate::parse::layout::Layout;

pub use pieces::Piece;

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
/// amsmath; `\ref` and `\eqref` in the text are formulas too. What turns out to stand in code or raw HTML is none. Free
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
    let mut found = spans(body, escapes);
    found.formulas.retain(|span| layout.holds(&span.range));
    let mut unclosed: Vec<_> = found.unclosed.iter().map(|span| problem::unclosed(body, span.clone())).collect();
    if found.formulas.is_empty() && unclosed.is_empty() {
        return Masked { text, formulas: Vec::new(), unclosed };
    }
    let hidden = hide(body, &found.formulas);
    let seen = Seen::read(&hidden, options, layout);
    unclosed.retain(|error| seen.is_text(&error.span));
    let spans: Vec<_> = found.formulas.into_iter().filter(|span| seen.is_formula(span)).collect();
    let formulas = spans.iter().map(|span| source(body, span, escapes)).collect();
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

/// Where Markdown sees text.
struct Seen {
    text: Vec<Range<usize>>,
    math: Vec<Range<usize>>,
}

impl Seen {
    fn read(hidden: &str, options: Options, layout: &Layout) -> Self {
        let mut seen = Self { text: Vec::new(), math: Vec::new() };
        for part in layout.parts(hidden) {
            seen.part(&part.text, options);
        }
        seen.text.sort_by_key(|range| range.start);
        seen.math.sort_by_key(|range| range.start);
        seen
    }

    fn part(&mut self, part: &Mapped<'_>, options: Options) {
        let mut verbatim = false;
        for (event, range) in Parser::new_ext(&part.text, options).into_offset_iter() {
            let range = part.source(range);
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language)))
                    if language.split([' ', ',', '{', '\t']).next() == Some("math") =>
                {
                    verbatim = true;
                    self.math.push(range);
                }
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => verbatim = true,
                Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => verbatim = false,
                Event::Text(_) if !verbatim => match self.text.last_mut() {
                    Some(last) if last.end == range.start => last.end = range.end,
                    _ => self.text.push(range),
                },
                _ => {}
            }
        }
    }

    fn is_formula(&self, span: &MathSpan) -> bool {
        if span.kind == Kind::Fence { inside(&self.math, &span.inner) } else { self.is_text(&span.range) }
    }

    /// Whether Markdown sees the start of `span` as text. (The end of a delimiter may be an escape.)
    fn is_text(&self, span: &Range<usize>) -> bool {
        inside(&self.text, &(span.start..span.start + 1)) || inside(&self.text, &(span.start + 1..span.start + 2))
    }
}

/// Whether one of `ranges`, which are in order, holds `span`.
fn inside(ranges: &[Range<usize>], span: &Range<usize>) -> bool {
    let after = ranges.partition_point(|range| range.start <= span.start);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|range| range.end >= span.end)
}

/// The formula's TeX: without the `>` of the quotation that it stands in and, if need be, without escapes.
fn source<'a>(body: &'a str, span: &MathSpan, escapes: Escapes) -> Source<'a> {
    let inner = &body[span.inner.clone()];
    let is_reference = matches!(span.kind, Kind::Reference | Kind::EquationReference);
    let tex = match span.quotes {
        0 => Mapped::verbatim(inner, span.inner.start),
        quotes => unquote(body, span, quotes),
    };
    let unescaped =
        if escapes == Escapes::Markdown && span.kind != Kind::Fence && !is_reference { unescape(&tex) } else { None };
    Source { kind: span.kind, range: span.range.clone(), tex: unescaped.unwrap_or(tex) }
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
