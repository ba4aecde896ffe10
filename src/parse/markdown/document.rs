//! The first look at an essay's Markdown: its events, where each stands in the file, and what was left unresolved.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::parse::html::{self, Attribute};
use crate::read::{MarkdownSwitches, Source};

/// An event of pulldown-cmark, and the bytes of the source that it comes from.
pub type Located<'a> = (Event<'a>, Range<usize>);

/// An essay's Markdown, taken apart.
#[derive(Debug)]
pub struct Document<'a> {
    /// The essay's file.
    pub source: &'a Source,
    /// The events in order; their ranges are bytes of the whole file.
    pub events: Vec<Located<'a>>,
    /// Bytes of `text` that hold each link reference definition, by its label as [`folded`] makes it.
    pub definitions: BTreeMap<String, Range<usize>>,
    /// The Markdown, without the header.
    pub text: &'a str,
    /// Where `text` begins in the file.
    pub offset: usize,
    /// Labels of full and collapsed references that nothing defines.
    pub undefined: Vec<(String, Range<usize>)>,
    /// The raw HTML, by position.
    pub raw: Vec<RawHtml>,
    /// Whether footnotes are switched on.
    pub has_footnotes: bool,
}

/// A stretch of raw HTML: a block, or one inline tag.
#[derive(Debug)]
pub struct RawHtml {
    /// Events that it is made of.
    pub events: Range<usize>,
    /// Its text, without the prefixes of quotes and lists around it.
    pub html: String,
    /// Its attributes of interest; their spans are bytes of `html`.
    pub attributes: Vec<Attribute>,
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
    /// Parses the Markdown of `source` that stands in `body`.
    pub fn new(source: &'a Source, body: Range<usize>, switches: MarkdownSwitches) -> Self {
        let text = &source.text[body.clone()];
        let offset = body.start;
        let mut undefined = Vec::new();
        let mut on_broken_link = |link: BrokenLink<'_>| {
            if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                undefined.push((link.reference.to_string(), link.span.start + offset..link.span.end + offset));
            }
            None::<(CowStr<'_>, CowStr<'_>)>
        };
        let parser = Parser::new_with_broken_link_callback(text, options(switches), Some(&mut on_broken_link));
        let definitions = parser
            .reference_definitions()
            .iter()
            .map(|(label, definition)| (folded(label), definition.span.clone()))
            .collect();
        let mut events: Vec<Located<'a>> = Vec::with_capacity(text.len() / 24);
        events
            .extend(parser.into_offset_iter().map(|(event, range)| (event, range.start + offset..range.end + offset)));
        let raw = raw_html(&source.text, &events);
        Self { source, events, definitions, text, offset, undefined, raw, has_footnotes: switches.footnotes }
    }

    /// The event after the `End` that belongs to the `Start` at `start`.
    pub fn after(&self, start: usize) -> usize {
        let mut depth = 0usize;
        for (index, (event, _)) in self.events.iter().enumerate().skip(start) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth <= 1 => return index + 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        self.events.len()
    }

    /// The source that the event at `index` comes from.
    pub fn written(&self, index: usize) -> &'a str {
        let (_, range) = &self.events[index];
        &self.text[range.start - self.offset..range.end - self.offset]
    }
}

/// A label as references are matched by: case and white space do not count (CommonMark 0.31, section 4.7).
pub fn folded(label: &str) -> String {
    label.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The options of pulldown-cmark that the configuration switches on.
fn options(switches: MarkdownSwitches) -> Options {
    let mut options = Options::empty();
    options.set(Options::ENABLE_TABLES, switches.tables);
    options.set(Options::ENABLE_FOOTNOTES, switches.footnotes);
    options.set(Options::ENABLE_STRIKETHROUGH, switches.strikethrough);
    options.set(Options::ENABLE_TASKLISTS, switches.task_lists);
    options.set(Options::ENABLE_DEFINITION_LIST, switches.definition_lists);
    options.set(Options::ENABLE_HEADING_ATTRIBUTES, switches.heading_attributes);
    options.set(Options::ENABLE_GFM, switches.alerts);
    options.set(Options::ENABLE_SMART_PUNCTUATION, switches.smart_punctuation);
    options
}

/// Gathers the raw HTML of `events`: the lines of a block together, an inline tag alone.
fn raw_html(text: &str, events: &[Located<'_>]) -> Vec<RawHtml> {
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
                let attributes = html::attributes(&html);
                raw.push(RawHtml { events: start..index + 1, html, attributes, starts });
            }
            Event::InlineHtml(tag) => {
                let attributes = html::attributes(tag);
                let starts = line_starts(tag, text, range);
                raw.push(RawHtml { events: index..index + 1, html: tag.to_string(), attributes, starts });
            }
            _ => {}
        }
        index += 1;
    }
    raw
}

/// Where each line of the inline `tag` begins in it and in the file, where prefixes of quotes and lists may stand between.
fn line_starts(tag: &str, text: &str, range: &Range<usize>) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    let (mut in_tag, mut in_file) = (0, range.start);
    for line in tag.split_inclusive('\n') {
        in_file += text[in_file..range.end].find(line.trim_end()).unwrap_or(0);
        starts.push((in_tag, in_file));
        in_tag += line.len();
        in_file = (in_file + line.trim_end().len()).min(range.end);
    }
    starts
}
