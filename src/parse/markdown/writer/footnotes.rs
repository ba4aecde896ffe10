//! Footnotes: gathered while the text is written, and set at its end with links both ways.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::parse::markdown::document::Document;
use crate::parse::markdown::inline::attribute;
use crate::parse::{Body, Hole};
use crate::read::Phrases;
use crate::read::phrases::filled;

/// The notes of an essay.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// By label.
    notes: BTreeMap<String, Note>,
    /// Labels in the order in which the text refers to them.
    order: Vec<String>,
    /// Labels of the notes whose text is being written, the innermost last.
    open: Vec<String>,
}

/// One note.
#[derive(Debug)]
pub struct Note {
    /// Where its label is defined.
    pub defined: Range<usize>,
    /// Its number, once something refers to it.
    number: Option<usize>,
    /// How often the text refers to it.
    references: usize,
    /// Its text, once it was written.
    body: Body,
}

/// A reference to a note, as it was written.
#[derive(Debug, PartialEq, Eq)]
pub struct NoteReference {
    /// Its id.
    pub id: String,
    /// The note's number, from 1.
    pub number: usize,
    /// Which reference to the note it is, from 1.
    pub nth: usize,
}

impl Footnotes {
    /// The notes that `document` defines, and those that it defines again: label and place.
    pub fn of(document: &Document<'_>) -> (Self, Vec<(String, Range<usize>)>) {
        let mut footnotes = Self::default();
        let mut again = Vec::new();
        for (event, range) in &document.events {
            let Event::Start(Tag::FootnoteDefinition(label)) = event else { continue };
            let defined = range.start..range.start + label.len() + "[^]".len();
            if footnotes.notes.contains_key(&**label) {
                again.push((label.to_string(), defined));
            } else {
                let note = Note { defined, number: None, references: 0, body: Body::default() };
                footnotes.notes.insert(label.to_string(), note);
            }
        }
        (footnotes, again)
    }

    /// The labels of all notes, by label.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.notes.keys().map(String::as_str)
    }

    /// Where the note `label` is defined, if it is.
    pub fn defined(&self, label: &str) -> Option<Range<usize>> {
        self.notes.get(label).map(|note| note.defined.clone())
    }

    /// Notes that nothing refers to: label and place.
    pub fn unused(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.notes
            .iter()
            .filter(|(_, note)| note.number.is_none())
            .map(|(label, note)| (label.as_str(), note.defined.clone()))
    }

    /// Writes a reference to the note `label`; `None` if there is no such note.
    pub fn refer(&mut self, label: &str, html: &mut String) -> Option<NoteReference> {
        let note = self.notes.get_mut(label)?;
        let number = *note.number.get_or_insert_with(|| {
            self.order.push(label.to_owned());
            self.order.len()
        });
        note.references += 1;
        let name = name(label);
        let id = reference_id(&name, note.references);
        let _ = write!(
            html,
            r##"<sup class="footnote-reference"><a id="{}" href="#fn:{}" role="doc-noteref">{number}</a></sup>"##,
            attribute(&id),
            attribute(&name)
        );
        Some(NoteReference { id, number, nth: note.references })
    }

    /// Notes that the text of `label` comes now, up to [`Footnotes::keep`].
    pub fn begin(&mut self, label: &str) {
        self.open.push(label.to_owned());
    }

    /// Keeps the text of the note that began last. A second text for one label is dropped.
    pub fn keep(&mut self, body: Body) {
        let Some(label) = self.open.pop() else { return };
        if let Some(note) = self.notes.get_mut(&label).filter(|note| note.body == Body::default()) {
            note.body = body;
        }
    }

    /// Sets the notes that the text refers to at the end of `body`, in order of their numbers, and returns what of each
    /// can stand in the margin.
    pub fn finish(mut self, body: &mut Body, phrases: &Phrases) -> Vec<Body> {
        if self.order.is_empty() {
            return Vec::new();
        }
        let mut sidenotes = Vec::with_capacity(self.order.len());
        body.html.push_str("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n");
        for label in &self.order {
            let Some(note) = self.notes.remove(label) else { continue };
            let name = name(label);
            let _ = write!(body.html, "<li id=\"fn:{}\">", attribute(&name));
            let links = back_links(&name, note.references, phrases);
            sidenotes.push(sidenote(&note.body).unwrap_or_default());
            append(body, note.body, &links);
            body.html.push_str("</li>\n");
        }
        body.html.push_str("</ol>\n</div>\n");
        sidenotes
    }
}

/// The id of a note's text.
pub fn note_id(label: &str) -> String {
    format!("fn:{}", name(label))
}

/// The id of the `nth` reference to a note, as Python-Markdown names it: `fnref:a`, then `fnref2:a`.
fn reference_id(name: &str, nth: usize) -> String {
    if nth == 1 { format!("fnref:{name}") } else { format!("fnref{nth}:{name}") }
}

/// A label as it stands in ids.
fn name(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join("-")
}

/// Links from a note back to each of its references.
fn back_links(name: &str, references: usize, phrases: &Phrases) -> String {
    let mut links = String::new();
    for nth in 1..=references {
        let id = attribute(&reference_id(name, nth));
        let label = match references {
            1 => attribute(&phrases.back),
            _ => attribute(&filled(&phrases.back_to, |name| (name == "number").then(|| nth.to_string()))),
        };
        let _ =
            write!(links, r##" <a class="footnote-back" href="#{id}" role="doc-backlink" aria-label="{label}">↩</a>"##);
    }
    links
}

/// Appends a note's text to `body`, with `links` at the end of its last paragraph.
fn append(body: &mut Body, note: Body, links: &str) {
    let trimmed = note.html.trim_end().len();
    let cut = if note.html[..trimmed].ends_with("</p>") { trimmed - "</p>".len() } else { trimmed };
    let shift = body.html.len();
    body.html.push_str(&note.html[..cut]);
    body.html.push_str(links);
    body.html.push_str(&note.html[cut..trimmed]);
    body.holes.extend(note.holes.into_iter().map(|hole| Hole { at: hole.at + shift, fill: hole.fill }));
}

/// The text of `note` for the margin, where a reader may see it twice: without ids, and the keyboard passes over its
/// links. It stands in a sentence, which cannot hold a paragraph: those after the first are spans. `None` for a note that
/// holds anything but paragraphs, or an id.
fn sidenote(note: &Body) -> Option<Body> {
    const OPEN: &str = "<p>";
    const BREAK: &str = "</p>\n<p>";
    const LINK: &str = "<a ";
    let inside = note.html.trim_end().strip_prefix(OPEN)?.strip_suffix("</p>")?;
    let breaks = inside.matches(BREAK).count();
    let has_other_blocks = inside.matches("</p>").count() != breaks || inside.matches("<p").count() != breaks;
    if has_other_blocks || [" id=", "<video", "<audio"].iter().any(|other| inside.contains(other)) {
        return None;
    }
    let mut cuts: Vec<(Range<usize>, &str)> =
        inside.match_indices(LINK).map(|(at, _)| (at + LINK.len()..at + LINK.len(), "tabindex=\"-1\" ")).collect();
    for (nth, (at, _)) in inside.match_indices(BREAK).enumerate() {
        let between =
            if nth == 0 { "\n<span class=\"note-paragraph\">" } else { "</span>\n<span class=\"note-paragraph\">" };
        cuts.push((at..at + BREAK.len(), between));
    }
    cuts.sort_by_key(|(cut, _)| cut.start);
    cuts.push((inside.len()..inside.len(), if breaks > 0 { "</span>" } else { "" }));
    let length = inside.len() + cuts.iter().map(|(_, between)| between.len()).sum::<usize>();
    let mut sidenote = Body { html: String::with_capacity(length), holes: Vec::new() };
    let mut holes = note.holes.iter().peekable();
    let mut from = 0;
    for (cut, between) in cuts {
        while let Some(hole) = holes.next_if(|hole| hole.at - OPEN.len() <= cut.start) {
            let at = hole.at - OPEN.len() - from + sidenote.html.len();
            sidenote.holes.push(Hole { at, fill: hole.fill });
        }
        sidenote.html.push_str(&inside[from..cut.start]);
        sidenote.html.push_str(between);
        from = cut.end;
    }
    Some(sidenote)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::parse::Fill;

    #[test]
    fn a_note_of_paragraphs_can_stand_in_the_margin() {
        let check = |html: &str, expected: Option<&str>| {
            let note = Body { html: html.to_owned(), holes: Vec::new() };
            assert_eq!(sidenote(&note).map(|sidenote| sidenote.html).as_deref(), expected);
        };
        check("<p>a <em>b</em></p>\n", Some("a <em>b</em>"));
        check("<p>a <a href=\"\">b</a></p>\n", Some("a <a tabindex=\"-1\" href=\"\">b</a>"));
        check(
            "<p>a</p>\n<p>b <a href=\"\">c</a></p>\n<p>d</p>\n",
            Some(
                "a\n<span class=\"note-paragraph\">b <a tabindex=\"-1\" href=\"\">c</a></span>\n\
                 <span class=\"note-paragraph\">d</span>",
            ),
        );
        check("<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>\n", None);
        check("<p>a</p>\n<p class=\"x\">b</p>\n", None);
        check("<ul><li>a</li></ul>\n", None);
        check("<p><span id=\"a\">a</span></p>\n", None);
    }

    #[test]
    fn holes_stay_where_they_were() {
        let html = "<p><a href=\"\">b</a></p>\n<p><a href=\"\">c</a></p>".to_owned();
        let hole = |at, number| Hole { at, fill: Fill::Reference(number) };
        let sidenote = sidenote(&Body { html, holes: vec![hole(12, 0), hole(36, 1)] }).unwrap();
        for hole in &sidenote.holes {
            assert!(sidenote.html[..hole.at].ends_with("href=\""), "{sidenote:?}");
        }
        assert_eq!(sidenote.holes.len(), 2);
    }
}
