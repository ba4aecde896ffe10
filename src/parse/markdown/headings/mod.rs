//! The headings of an essay: their ids, their levels, and the one that opens it.

mod opening;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::document::Document;
use super::inline;
use crate::parse::Heading;
use crate::parse::code::Info;
use crate::parse::html::AttributeKind;
use crate::parse::slug::Slugs;

/// The headings of a document, decided before a byte of it is written.
#[derive(Debug, Default)]
pub struct Headings {
    /// In order of place.
    pub planned: Vec<Planned>,
    /// Whether the first of them opens the essay and is taken out of the body.
    pub opens: bool,
}

impl Headings {
    /// The events of the heading that opens the essay, if another tool would have put the `title` of the header there.
    pub fn filled_by_title(&self, title: Option<&str>) -> Option<Range<usize>> {
        let opening = self.planned.first().filter(|_| self.opens && title.is_some())?;
        stands_for_title(&opening.heading).then(|| opening.events.clone())
    }
}

/// Whether another tool would have put the title of the header in place of the text of `heading`.
fn stands_for_title(heading: &Heading) -> bool {
    heading.title.text.starts_with("{{") && TITLES.contains(&heading.title.text.replace(' ', "").as_str())
}

/// What stands for the title of the header, without space: in Jekyll and Python, in VuePress, VitePress and Eleventy.
const TITLES: [&str; 4] = ["{{page.title}}", "{{$frontmatter.title}}", "{{frontmatter.title}}", "{{title}}"];

/// A heading and the events that it is made of.
#[derive(Debug)]
pub struct Planned {
    /// From its `Start` to its `End`.
    pub events: Range<usize>,
    /// The heading as it will be.
    pub heading: Heading,
    /// Classes that the author set.
    pub classes: Vec<String>,
}

/// Classes that keep a heading out of lists of the contents: kramdown's and Pandoc's.
const UNLISTED: [&str; 2] = ["no_toc", "unlisted"];

/// Plans the headings of `document`.
///
/// Ids that the author set come first; the others yield to them. An h1 before which there are no words opens the essay, unless its
/// header has another `title` and there are h1s after it: those are its sections. If there are h1s in the body, all its
/// headings go one level down, so that a page has one h1.
pub fn plan(document: &Document<'_>, title: Option<&str>) -> Headings {
    let mut slugs = Slugs::default();
    for attribute in document.raw.iter().flat_map(|raw| &raw.attributes) {
        if attribute.kind == AttributeKind::Id {
            slugs.take(&attribute.value);
        }
    }
    for (event, _) in &document.events {
        match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => slugs.take(id),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.contains('#') || info.contains("id=") => {
                Info::parse(info).id.iter().for_each(|id| slugs.take(id));
            }
            _ => {}
        }
    }
    for id in document.attributes.values().filter_map(|list| list.id.as_deref()) {
        slugs.take(id);
    }
    let mut planned = Vec::new();
    for (start, (event, _)) in document.events.iter().enumerate() {
        let Event::Start(Tag::Heading { level, id, classes, .. }) = event else { continue };
        let events = start..document.after(start);
        let inside = start + 1..events.end - 1;
        let title = inline::render(document, inside.clone());
        let list = document.attributes.get(&start);
        let id = match list.and_then(|list| list.id.as_deref()).or(id.as_deref()) {
            Some(id) => id.into(),
            None => slugs.give(&inline::slug_text(document, inside)).into(),
        };
        let more = list.map(|list| list.classes.as_slice()).unwrap_or_default();
        let classes: Vec<String> = classes.iter().map(|class| class.to_string()).chain(more.iter().cloned()).collect();
        let is_listed = !classes.iter().any(|class| UNLISTED.contains(&class.as_str()));
        planned.push(Planned { events, heading: Heading { level: *level as u8, id, title, is_listed }, classes });
    }
    let is_h1 = |planned: &Planned| planned.heading.level == 1;
    let is_own = |title: &str, heading: &Heading| stands_for_title(heading) || is_alike(title, &heading.title.text);
    let is_another = |title: &str| planned.first().is_some_and(|first| !is_own(title, &first.heading));
    let are_sections = title.is_some_and(is_another) && planned.iter().skip(1).any(is_h1);
    let opens = opening::opens(document) && !are_sections;
    let body = usize::from(opens);
    if planned.iter().skip(body).any(is_h1) {
        for planned in planned.iter_mut().skip(body) {
            planned.heading.level = (planned.heading.level + 1).min(6);
        }
    }
    Headings { planned, opens }
}

/// Whether two titles have the same letters and digits: one may be Markdown, and quotes may be typographic in the other.
fn is_alike(one: &str, other: &str) -> bool {
    fn letters(title: &str) -> impl Iterator<Item = char> {
        title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    one == other || letters(one).eq(letters(other))
}
