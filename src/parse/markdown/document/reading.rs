//! The events of an essay's Markdown, of all its parts in one row.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use super::{Definition, Located, folded, options};
use crate::parse::layout::Part;
use crate::parse::markdown::extensions::admonitions::{Admonition, Admonitions, Title};
use crate::parse::markdown::extensions::{hidden, html_headings, markdown_in_html};
use crate::read::MarkdownSwitches;

/// What Markdown sees in a text. All places are bytes of it.
#[derive(Debug, Default)]
pub struct Reading<'a> {
    /// The events. An admonition is a block quotation that begins where its first line does.
    pub events: Vec<Located<'a>>,
    /// Link reference definitions, by label as [`folded`] makes it.
    pub definitions: BTreeMap<String, Definition>,
    /// Labels of full and collapsed references that nothing defines.
    pub undefined: Vec<(String, Range<usize>)>,
}

/// Reads `text`, which has these admonitions and is read in these parts.
pub fn read<'a>(
    text: &'a str,
    admonitions: &Admonitions,
    parts: &'a [Part<'a>],
    switches: MarkdownSwitches,
) -> Reading<'a> {
    let options = options(switches);
    let mut reader = Reader { text, admonitions, parts, switches, options, reading: Reading::default() };
    if let [_, _, ..] = parts {
        // What one of them defines the others refer to.
        for part in parts {
            let parser = Parser::new_ext(&part.text.text, options);
            define(parser.reference_definitions(), part, &mut reader.reading.definitions);
        }
    }
    reader.part(0);
    reader.reading
}

struct Reader<'a, 'r> {
    text: &'a str,
    admonitions: &'r Admonitions,
    parts: &'a [Part<'a>],
    switches: MarkdownSwitches,
    options: Options,
    reading: Reading<'a>,
}

impl<'a> Reader<'a, '_> {
    /// Adds the events of part `number`.
    fn part(&mut self, number: usize) {
        let parts = self.parts;
        let Some(part) = parts.get(number) else { return };
        let events = self.events(part);
        if self.admonitions.found.is_empty() && part.hidden.is_empty() {
            self.reading.events = events;
            return;
        }
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            let mark = part.marks.get(&range.start).filter(|_| event == Event::Start(Tag::HtmlBlock));
            match mark.and_then(|number| self.admonitions.found.get(*number)) {
                Some(admonition) => {
                    events.by_ref().find(|(event, _)| *event == Event::End(TagEnd::HtmlBlock));
                    self.admonition(admonition);
                }
                None => self.locate(part, event, range),
            }
        }
    }

    fn admonition(&mut self, admonition: &Admonition) {
        self.reading.events.push((Event::Start(Tag::BlockQuote(None)), admonition.line.clone()));
        if let (Some(part), Title::Written(span)) = (admonition.title, &admonition.opening.title) {
            self.title(part, span);
        }
        self.part(admonition.inner);
        self.reading.events.push((Event::End(TagEnd::BlockQuote(None)), admonition.whole.clone()));
    }

    /// Adds a title, which is one paragraph whatever it looks like.
    fn title(&mut self, part: usize, span: &Range<usize>) {
        let start = self.reading.events.len();
        self.part(part);
        let added = &self.reading.events[start..];
        let paragraphs = added.iter().filter(|(event, _)| *event == Event::Start(Tag::Paragraph)).count();
        let is_paragraph = matches!(added, [(Event::Start(Tag::Paragraph), _), .., (Event::End(TagEnd::Paragraph), _)]);
        if !is_paragraph || paragraphs != 1 {
            self.reading.events.truncate(start);
            let title = Event::Text(CowStr::Borrowed(&self.text[span.clone()]));
            let paragraph = [Event::Start(Tag::Paragraph), title, Event::End(TagEnd::Paragraph)];
            self.reading.events.extend(paragraph.map(|event| (event, span.clone())));
        }
    }

    /// The events of `part`; their ranges are bytes of it.
    fn events(&mut self, part: &'a Part<'a>) -> Vec<Located<'a>> {
        let text: &'a str = &part.text.text;
        let mut known = std::mem::take(&mut self.reading.definitions);
        let mut own = BTreeMap::new();
        let undefined = &mut self.reading.undefined;
        let mut on_broken_link = |link: BrokenLink<'_>| {
            let found = resolved(&known, &link.reference);
            if found.is_none() && matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
                undefined.push((link.reference.to_string(), part.text.source(link.span)));
            }
            found
        };
        let parser = Parser::new_with_broken_link_callback(text, self.options, Some(&mut on_broken_link));
        if self.parts.len() == 1 {
            define(parser.reference_definitions(), part, &mut own);
        }
        let mut events: Vec<Located<'a>> = Vec::with_capacity(text.len() / 24);
        events.extend(parser.into_offset_iter());
        known.append(&mut own);
        self.reading.definitions = known;
        if events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock))) {
            if self.switches.markdown_in_html {
                let definitions = &self.reading.definitions;
                events = markdown_in_html::apply(text, events, self.options, &|label| resolved(definitions, label));
            }
            events = html_headings::apply(text, events);
        }
        hidden::show(part, &mut events);
        events
    }

    /// Adds `event`, which stands in `part` at `range`, at its place in the text.
    fn locate(&mut self, part: &Part<'_>, event: Event<'a>, range: Range<usize>) {
        let source = part.text.source(range.clone());
        let is_borrowed = |text: &CowStr<'_>| {
            let is_of_part = || {
                let next = part.hidden.partition_point(|(at, _)| *at < range.start);
                matches!(text, CowStr::Borrowed(_)) || part.hidden.get(next).is_some_and(|(at, _)| *at < range.end)
            };
            is_of_part() && self.text.get(source.clone()) == Some(text)
        };
        match event {
            // The extensions look for what is borrowed from the text itself.
            Event::Text(text) if is_borrowed(&text) => {
                self.reading.events.push((Event::Text(CowStr::Borrowed(&self.text[source.clone()])), source));
            }
            Event::Html(CowStr::Borrowed(html)) if html.len() == range.len() => {
                let mut start = range.start;
                for line in html.split_inclusive('\n') {
                    let source = part.text.source(start..start + line.len());
                    self.reading.events.push((Event::Html(CowStr::Borrowed(line)), source));
                    start += line.len();
                }
            }
            event => self.reading.events.push((event, source)),
        }
    }
}

/// Adds the link reference definitions of `part`. The first of a label stays.
fn define(found: &RefDefs<'_>, part: &Part<'_>, definitions: &mut BTreeMap<String, Definition>) {
    for (label, definition) in found.iter() {
        let title = definition.title.as_deref().unwrap_or_default().to_owned();
        let span = part.text.source(definition.span.clone());
        let definition = Definition { span, destination: definition.dest.to_string(), title };
        definitions.entry(folded(label)).or_insert(definition);
    }
}

/// Where the link label `label` leads: destination and title.
fn resolved<'a>(definitions: &BTreeMap<String, Definition>, label: &str) -> Option<(CowStr<'a>, CowStr<'a>)> {
    let definition = definitions.get(&folded(label))?;
    Some((CowStr::from(definition.destination.clone()), CowStr::from(definition.title.clone())))
}
