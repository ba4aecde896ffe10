//! `(label)=` before a block, and what refers to it: `[](label)` and `` {numref}`label` ``, as MyST has them; and `@sec-label` of Quarto.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Extended;
use super::attribute_list::AttributeList;
use crate::parse::Label;
use crate::parse::markdown::document::{Located, after};
use crate::parse::math;
use crate::parse::slug::slug;

/// Makes anchors of the labels in `extended`, and links of what refers to one of them.
pub fn apply<'a>(text: &'a str, extended: Extended<'a>) -> Extended<'a> {
    let titles = titles(&extended.events);
    if titles.is_empty() {
        return extended;
    }
    let mut linker = Linker { text, titles, attributes: extended.attributes, linked: Extended::default() };
    let mut at = 0;
    while at < extended.events.len() {
        at = linker.event(&extended.events, at);
    }
    let labels = linker.titles.into_iter().filter(|(id, _)| !id.starts_with("sec-"));
    let labels = labels.map(|(id, title)| Label { id, title }).collect();
    Extended { labels, ..linker.linked }
}

/// What each label of an essay stands before: the title of a heading, or itself.
fn titles(events: &[Located<'_>]) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for (index, (event, _)) in events.iter().enumerate() {
        let (label, heading) = match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) if id.starts_with("sec-") => (id.to_string(), index),
            _ => match target(events, index) {
                Some(label) => (label.to_owned(), after(events, index)),
                None => continue,
            },
        };
        let title = title(events, heading).unwrap_or_else(|| label.clone());
        titles.entry(label).or_insert(title);
    }
    titles
}

/// The plain text of the heading at `at`, if there is one and no formula in it.
fn title(events: &[Located<'_>], at: usize) -> Option<String> {
    let (Event::Start(Tag::Heading { .. }), _) = events.get(at)? else { return None };
    let words = events[at..after(events, at)].iter().map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => text,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    });
    let title: String = words.collect();
    (!title.contains(math::HIDDEN) && !title.trim().is_empty()).then(|| title.trim().to_owned())
}

/// The label that the paragraph at `at` begins with, on a line of its own.
fn target<'e>(events: &'e [Located<'_>], at: usize) -> Option<&'e str> {
    let [(Event::Start(Tag::Paragraph), _), (Event::Text(text), _), (end, _), ..] = events.get(at..)? else {
        return None;
    };
    let label = text.trim_end().strip_prefix('(')?.strip_suffix(")=")?;
    let is_label = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.');
    let ends = matches!(end, Event::SoftBreak | Event::End(TagEnd::Paragraph));
    (ends && !label.is_empty() && label.chars().all(is_label)).then_some(label)
}

struct Linker<'a> {
    text: &'a str,
    titles: BTreeMap<String, String>,
    attributes: BTreeMap<usize, AttributeList>,
    linked: Extended<'a>,
}

impl<'a> Linker<'a> {
    /// Takes the event at `at` and what belongs to it; returns the event to go on with.
    fn event(&mut self, events: &[Located<'a>], at: usize) -> usize {
        if let Some(label) = target(events, at) {
            let next = at + 3;
            if title(events, next).is_some_and(|title| slug(&title) == label) {
                // The heading would have that id anyway.
                let list = AttributeList { id: Some(label.to_owned()), ..AttributeList::default() };
                self.attributes.entry(next).or_default().extend(list);
                return next;
            }
            self.anchor(label, events[at + 1].1.clone());
            if events[at + 2].0 == Event::SoftBreak {
                self.keep(events, at);
            }
            return next;
        }
        let (event, range) = &events[at];
        match (event, events.get(at + 1)) {
            (Event::Text(words), Some((Event::Code(code), code_range))) => {
                let role = words.strip_suffix("{numref}");
                let (title, label) =
                    code.strip_suffix('>').and_then(|code| code.rsplit_once('<')).unwrap_or(("", code));
                if let (Some(before), Some(known)) = (role, self.titles.get(label)) {
                    let title = if title.trim().is_empty() { known.clone() } else { title.trim().to_owned() };
                    let end = range.start + before.len();
                    if words.len() == range.len() {
                        self.words(range.start..end);
                        self.link(label, title, end..code_range.end);
                        return at + 2;
                    }
                }
            }
            (Event::Start(Tag::Link { dest_url, title, link_type, .. }), next)
                if *link_type == LinkType::Inline || dest_url.starts_with('#') =>
            {
                let label = dest_url.strip_prefix('#').unwrap_or(dest_url);
                if let Some(known) = self.titles.get(label) {
                    let is_empty = matches!(next, Some((Event::End(TagEnd::Link), _)));
                    let words = is_empty.then(|| known.clone());
                    self.open((*link_type, format!("#{label}").into()), title.clone(), range.clone(), at);
                    if let Some(words) = words {
                        self.linked.events.push((Event::Text(words.into()), range.end..range.end));
                    }
                    return at + 1;
                }
            }
            _ => {}
        }
        match event {
            Event::Text(CowStr::Borrowed(words)) if words.len() == range.len() && words.contains("@sec-") => {
                self.sections(range.clone());
            }
            _ => self.keep(events, at),
        }
        at + 1
    }

    fn keep(&mut self, events: &[Located<'a>], at: usize) {
        self.take_attributes(at);
        self.linked.events.push(events[at].clone());
    }

    /// Gives the attributes of what was event `at` to the one that comes next.
    fn take_attributes(&mut self, at: usize) {
        if let Some(list) = self.attributes.remove(&at) {
            self.linked.attributes.insert(self.linked.events.len(), list);
        }
    }

    fn anchor(&mut self, label: &str, range: Range<usize>) {
        let list = AttributeList { id: Some(label.to_owned()), ..AttributeList::default() };
        self.linked.attributes.insert(self.linked.events.len(), list);
        self.open((LinkType::Inline, "".into()), "".into(), range.clone(), usize::MAX);
        self.linked.events.push((Event::End(TagEnd::Link), range));
    }

    fn open(
        &mut self,
        (link_type, dest_url): (LinkType, CowStr<'a>),
        title: CowStr<'a>,
        range: Range<usize>,
        at: usize,
    ) {
        self.take_attributes(at);
        let link = Tag::Link { link_type, dest_url, title, id: "".into() };
        self.linked.events.push((Event::Start(link), range));
    }

    fn link(&mut self, label: &str, title: String, range: Range<usize>) {
        self.open((LinkType::Inline, format!("#{label}").into()), "".into(), range.clone(), usize::MAX);
        self.linked.events.push((Event::Text(title.into()), range.end..range.end));
        self.linked.events.push((Event::End(TagEnd::Link), range));
    }

    fn words(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let words = CowStr::Borrowed(&self.text[range.clone()]);
            self.linked.events.push((Event::Text(words), range));
        }
    }

    /// Makes links of the references to sections in the text at `range`.
    fn sections(&mut self, range: Range<usize>) {
        let text = self.text;
        let mut from = range.start;
        for (at, _) in text[range.clone()].match_indices("@sec-") {
            let start = range.start + at;
            let is_of_label = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
            let label = text[start + 1..range.end].split(|letter| !is_of_label(letter)).next().unwrap_or_default();
            let label = label.trim_end_matches('-');
            let known = self.titles.get(label).filter(|_| !text[..start].ends_with(char::is_alphanumeric)).cloned();
            if let Some(title) = known.filter(|_| start >= from) {
                self.words(from..start);
                from = start + 1 + label.len();
                self.link(label, title, start..from);
            }
        }
        self.words(from..range.end);
    }
}
