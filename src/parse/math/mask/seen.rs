//! Where in a text Markdown sees what may be a formula.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::super::Kind;
use super::super::find::MathSpan;
use super::super::lines::is_math;
use super::super::mapped::{Mapped, Mapping};
use crate::parse::layout::{DEEPEST, Layout, dedented};

/// Where Markdown sees text.
#[derive(Debug, Default)]
pub struct Seen {
    text: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
    math: Vec<Range<usize>>,
}

impl Seen {
    /// Reads `hidden`, a text in which formulas are hidden, in the parts of `layout`.
    pub fn read(hidden: &str, options: Options, layout: &Layout) -> Self {
        let mut seen = Self::default();
        for part in layout.parts(hidden) {
            seen.part(&part.text, 0..part.text.text.len(), options, 0);
        }
        seen.text.sort_by_key(|range| range.start);
        seen.html.sort_by_key(|range| range.start);
        seen.math.sort_by_key(|range| range.start);
        seen
    }

    /// Reads the bytes `within` of `part`, which stand in so many blocks of HTML.
    fn part(&mut self, part: &Mapped<'_>, within: Range<usize>, options: Options, depth: usize) {
        let mut verbatim = false;
        let mut html = Mapping::default();
        for (event, range) in Parser::new_ext(&part.text[within.clone()], options).into_offset_iter() {
            let in_part = within.start + range.start..within.start + range.end;
            let range = part.source(in_part.clone());
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if is_math(&language) => {
                    verbatim = true;
                    self.math.push(range);
                }
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_)) => verbatim = true,
                Event::Html(_) => html.copy(&part.text[in_part], range.start),
                Event::End(TagEnd::HtmlBlock) => {
                    verbatim = false;
                    self.block(&std::mem::take(&mut html).finish(), options, depth);
                }
                Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => verbatim = false,
                Event::Text(_) if !verbatim => match self.text.last_mut() {
                    Some(last) if last.end == range.start => last.end = range.end,
                    _ => self.text.push(range),
                },
                _ => {}
            }
        }
    }

    /// Notes a block of HTML: its text, or the Markdown in it if its first tag asks for that.
    fn block(&mut self, html: &Mapped<'_>, options: Options, depth: usize) {
        let text = &html.text;
        let tag = text.find('>').map_or(text.len(), |end| end + 1);
        if text[..tag].contains(" markdown") && depth <= DEEPEST {
            let end = text.rfind("</").map_or(text.len(), |end| end.max(tag));
            match dedented(text, tag..end) {
                Some(lines) => {
                    let mut mapping = Mapping::default();
                    lines.iter().for_each(|line| mapping.copy(&text[line.clone()], html.source(line.clone()).start));
                    let inside = mapping.finish();
                    self.part(&inside, 0..inside.text.len(), options, depth + 1);
                }
                None => self.part(html, tag..text.len(), options, depth + 1),
            }
        } else if !text.starts_with("<?") && !text.starts_with("<!") {
            self.html.push(html.source(0..text.len()));
        }
    }

    /// Whether `span` of `body` is a formula where it stands.
    pub fn is_formula(&self, body: &str, span: &MathSpan) -> bool {
        match span.kind {
            Kind::Fence => inside(&self.math, &span.inner),
            _ => self.is_text(&span.range) || (self.is_html(span) && is_of_html(body, span)),
        }
    }

    /// Whether Markdown sees the start of `span` as text. (The end of a delimiter may be an escape.)
    pub fn is_text(&self, span: &Range<usize>) -> bool {
        inside(&self.text, &(span.start..span.start + 1)) || inside(&self.text, &(span.start + 1..span.start + 2))
    }

    /// Whether `span` stands in a block of HTML.
    pub fn is_html(&self, span: &MathSpan) -> bool {
        inside(&self.html, &span.range)
    }
}

/// Whether one of `ranges`, which are in order, holds `span`.
fn inside(ranges: &[Range<usize>], span: &Range<usize>) -> bool {
    let after = ranges.partition_point(|range| range.start <= span.start);
    after.checked_sub(1).and_then(|index| ranges.get(index)).is_some_and(|range| range.end >= span.end)
}

/// Whether what would be a formula is one in HTML too, where dollars also stand in cells, templates and scripts: it holds no tag, and
/// its braces close.
fn is_of_html(body: &str, span: &MathSpan) -> bool {
    let inner = &body[span.inner.clone()];
    let is_tag =
        |at: usize| inner[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next));
    let has_tag = memchr::memchr_iter(b'<', inner.as_bytes()).any(is_tag);
    let mut depth = 0i32;
    let closes = inner.bytes().all(|byte| {
        depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        depth >= 0
    });
    !has_tag && closes && depth == 0 && !body[span.range.end..].starts_with('{')
}
