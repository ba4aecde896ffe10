//! The first look at an essay's Markdown: its events, where each stands in the file, and what was left unresolved.

mod reading;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Tag, TagEnd};

use super::extensions::admonitions::{Admonition, Admonitions};
use super::extensions::attribute_list::AttributeList;
use super::extensions::{self, Extended};
use super::formulas::Formulas;
use super::signs::Signs;
use crate::parse::Label;
use crate::parse::html::{self, Attribute};
use crate::parse::layout::Part;
use crate::parse::math::{self, Piece};
use crate::read::{MarkdownSwitches, Source};
use reading::Reading;

/// An event of pulldown-cmark, and the bytes of the source that it comes from.
pub type Located<'a> = (Event<'a>, Range<usize>);

/// An essay's Markdown, taken apart.
#[derive(Debug)]
pub struct Document<'a> {
    /// The essay's file.
    pub source: &'a Source,
    /// The events in order; their ranges are bytes of the whole file.
    pub events: Vec<Located<'a>>,
    /// Attribute lists, by the event that begins what they belong to.
    pub attributes: BTreeMap<usize, AttributeList>,
    /// The labels before blocks, by id.
    pub labels: Vec<Label>,
    /// Link reference definitions, by label as [`folded`] makes it.
    pub definitions: BTreeMap<String, Definition>,
    /// The Markdown, without the header.
    pub text: &'a str,
    /// Where `text` begins in the file.
    pub offset: usize,
    /// Labels of full and collapsed references that nothing defines.
    pub undefined: Vec<(String, Range<usize>)>,
    /// The raw HTML, by position.
    pub raw: Vec<RawHtml>,
    /// Whether footnotes are switched on, and the text may have some.
    pub has_footnotes: bool,
    /// Whether quotations may be alerts.
    pub has_alerts: bool,
    /// Whether a link whose text is its address says so.
    pub names_addresses: bool,
    /// The formulas, which `text` does not show.
    pub formulas: &'a Formulas<'a>,
    admonitions: &'a Admonitions,
}

/// A link reference definition: `[label]: destination "title"`.
#[derive(Debug)]
pub struct Definition {
    /// Bytes of the document's text that hold it.
    pub span: Range<usize>,
    /// Where it leads.
    pub destination: String,
    /// Its title, perhaps empty.
    pub title: String,
}

/// A stretch of raw HTML: a block, or one inline tag.
#[derive(Debug)]
pub struct RawHtml {
    /// Events that it is made of.
    pub events: Range<usize>,
    /// Its text, without the prefixes of quotes and lists around it.
    pub html: String,
    /// Its attributes of interest; their spans are bytes of `html`.
    pub attributes: Vec<Attribute<'static>>,
    /// For each event, where its text begins in `html` and in the file.
    starts: Vec<(usize, usize)>,
}

impl RawHtml {
    /// Bytes of the file that hold `span` of the HTML.
    pub fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        let line = self.starts.partition_point(|(start, _)| *start <= span.start).saturating_sub(1);
        let (start, in_file) = self.starts.get(line).copied().unwrap_or_default();
        let from = in_file + (span.start - start);
        from..from + span.len()
    }
}

impl<'a> Document<'a> {
    /// Parses the text of `formulas`, which is the Markdown of `source` from byte `offset` on: byte for byte, but for what
    /// Markdown must not see. It has these admonitions, and is read in these parts.
    pub fn new(
        source: &'a Source,
        formulas: &'a Formulas<'a>,
        (admonitions, parts): (&'a Admonitions, &'a [Part<'a>]),
        offset: usize,
        (switches, signs): (MarkdownSwitches, Signs),
    ) -> Self {
        let text = formulas.text();
        let Reading { events, definitions, mut undefined } = reading::read(text, admonitions, parts, switches);
        let Extended { mut events, attributes, labels } = extensions::apply(text, events, switches, signs);
        for (_, range) in undefined.iter_mut() {
            *range = range.start + offset..range.end + offset;
        }
        for (_, range) in &mut events {
            *range = range.start + offset..range.end + offset;
        }
        let raw = raw_html(text, offset, &events);
        Self {
            source,
            events,
            attributes,
            labels,
            definitions,
            text,
            offset,
            undefined,
            raw,
            has_footnotes: switches.footnotes && memchr::memmem::find(text.as_bytes(), b"[^").is_some(),
            has_alerts: switches.alerts,
            names_addresses: switches.autolinks,
            formulas,
            admonitions,
        }
    }

    /// The admonition whose first line begins at byte `start` of the file.
    pub fn admonition(&self, start: usize) -> Option<&'a Admonition> {
        self.admonitions.at(start.checked_sub(self.offset)?)
    }

    /// The event after the element that begins at `start`.
    pub fn after(&self, start: usize) -> usize {
        after(&self.events, start)
    }

    /// The source that the event at `index` comes from.
    pub fn written(&self, index: usize) -> &'a str {
        &self.source.text[self.events[index].1.clone()]
    }

    /// `destination`, which is written at `span` of the file. Markdown has seen a template otherwise than it is.
    pub fn destination<'d>(&'d self, destination: &'d str, span: &Range<usize>) -> &'d str {
        let is_template = destination.starts_with("{{") || destination.starts_with("{%");
        if is_template { self.source.text.get(span.clone()).unwrap_or(destination) } else { destination }
    }

    /// Whether there is a link among the events of `range`.
    pub fn has_link(&self, range: Range<usize>) -> bool {
        self.events[range].iter().any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. })))
    }

    /// The displayed formula that is all of the block at `index`, a paragraph or a fence.
    pub fn displayed(&self, index: usize) -> Option<usize> {
        let range = &self.events[index].1;
        self.formulas.displayed(range.start - self.offset..range.end - self.offset)
    }

    /// The text and the formulas of the text event at `index`, of which `text` may be the end.
    pub fn pieces<'p>(&'p self, index: usize, text: &'p str) -> impl Iterator<Item = Piece<'p>> {
        let (_, range) = &self.events[index];
        let is_hidden = !self.formulas.is_empty() && text.contains(math::HIDDEN);
        let hidden =
            is_hidden.then(|| self.formulas.pieces(range.end - self.offset - text.len()..range.end - self.offset));
        let plain = if is_hidden { None } else { Some(Piece::Text(text)) };
        hidden.into_iter().flatten().chain(plain)
    }
}

/// The event of `events` after the element that begins at `start`.
pub fn after(events: &[Located<'_>], start: usize) -> usize {
    let mut depth = 0usize;
    for (index, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth <= 1 => return index + 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}

/// A label as references are matched by: case and white space do not count (CommonMark 0.31, section 4.7).
pub fn folded(label: &str) -> String {
    label.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The options of pulldown-cmark that the configuration switches on.
pub fn options(switches: MarkdownSwitches) -> Options {
    let mut options = Options::empty();
    options.set(Options::ENABLE_TABLES, switches.tables);
    options.set(Options::ENABLE_FOOTNOTES, switches.footnotes);
    options.set(Options::ENABLE_STRIKETHROUGH, switches.strikethrough);
    options.set(Options::ENABLE_TASKLISTS, switches.task_lists);
    options.set(Options::ENABLE_DEFINITION_LIST, switches.definition_lists);
    options.set(Options::ENABLE_HEADING_ATTRIBUTES, switches.heading_attributes);
    options.set(Options::ENABLE_GFM, switches.alerts);
    options.set(Options::ENABLE_SUPERSCRIPT, switches.superscript);
    options.set(Options::ENABLE_SUBSCRIPT, switches.subscript);
    options.set(Options::ENABLE_SMART_PUNCTUATION, switches.smart_punctuation);
    options
}

/// Gathers the raw HTML of `events`: the lines of a block together, an inline tag alone.
fn raw_html(text: &str, offset: usize, events: &[Located<'_>]) -> Vec<RawHtml> {
    let mut raw = Vec::new();
    let mut index = 0;
    while let Some((event, range)) = events.get(index) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                let start = index;
                let mut html = String::new();
                let mut starts = Vec::new();
                while let Some((event, range)) =
                    events.get(index).filter(|(event, _)| *event != Event::End(TagEnd::HtmlBlock))
                {
                    if let Event::Html(line) | Event::Text(line) = event {
                        starts.push((html.len(), range.start));
                        html.push_str(line);
                    }
                    index += 1;
                }
                let attributes = html::attributes(&html).into_iter().map(owned).collect();
                raw.push(RawHtml { events: start..index + 1, html, attributes, starts });
            }
            Event::InlineHtml(tag) => {
                let attributes = html::attributes(tag).into_iter().map(owned).collect();
                let written = text.get(range.start - offset..range.end - offset).unwrap_or_default();
                let starts = line_starts(tag, written, range.start);
                raw.push(RawHtml { events: index..index + 1, html: tag.to_string(), attributes, starts });
            }
            _ => {}
        }
        index += 1;
    }
    raw
}

fn owned(attribute: Attribute<'_>) -> Attribute<'static> {
    Attribute { value: attribute.value.into_owned().into(), ..attribute }
}

/// Where each line of the inline `tag` begins in it and in the file, where prefixes of quotes and lists may stand between.
/// The tag is `written` in the file from byte `start` on.
fn line_starts(tag: &str, written: &str, start: usize) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let (mut in_tag, mut in_written) = (0, 0);
    for line in tag.split_inclusive('\n') {
        in_written += written[in_written..].find(line.trim_end()).unwrap_or(0);
        starts.push((in_tag, start + in_written));
        in_tag += line.len();
        in_written = (in_written + line.trim_end().len()).min(written.len());
    }
    starts
}
