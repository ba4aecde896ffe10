//! The walk over the events: figures, a picture that stands alone in its paragraph with its caption under it, or what a directive
//! shows.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::Writer;
use super::block_text::Excerpt;
use crate::parse::markdown::document::Document;
use crate::parse::markdown::extensions::admonitions::{self, Admonition};

/// A paragraph that is a figure.
#[derive(Debug, PartialEq, Eq)]
struct Figure {
    /// The event that begins the picture.
    image: usize,
    /// Events of the caption: the emphasised line right under the picture, without the emphasis itself.
    caption: Option<Range<usize>>,
    /// The event after the paragraph.
    after: usize,
}

/// The figure that the paragraph at `start` is, if it holds a picture and at most an emphasised line under it.
fn figure_at(document: &Document<'_>, start: usize) -> Option<Figure> {
    let event = |index: usize| document.events.get(index).map(|(event, _)| event);
    let image = start + 1;
    if !matches!(event(image), Some(Event::Start(Tag::Image { .. }))) {
        return None;
    }
    let after_image = document.after(image);
    if event(after_image) == Some(&Event::End(TagEnd::Paragraph)) {
        return Some(Figure { image, caption: None, after: after_image + 1 });
    }
    let is_line_below = matches!(event(after_image), Some(Event::SoftBreak | Event::HardBreak));
    if !is_line_below || event(after_image + 1) != Some(&Event::Start(Tag::Emphasis)) {
        return None;
    }
    let after_caption = document.after(after_image + 1);
    if event(after_caption) != Some(&Event::End(TagEnd::Paragraph)) {
        return None;
    }
    Some(Figure { image, caption: Some(after_image + 2..after_caption - 1), after: after_caption + 1 })
}

impl Writer<'_, '_> {
    /// Writes the figure that the paragraph at `at` is, if it is one; returns the event to go on with.
    pub(super) fn figure(&mut self, at: usize) -> Option<usize> {
        let document = self.document;
        let figure = figure_at(document, at)?;
        let given = |event: usize| document.attributes.get(&event).cloned().unwrap_or_default();
        let (mut list, mut around) = (given(figure.image), given(at));
        let mut owner = at;
        if around.id.is_none() {
            (around.id, owner) = (list.id.take(), figure.image);
        }
        self.block("<figure");
        self.attributes(owner, &around, &[]);
        self.out.html.push_str(">\n");
        self.listed_image(figure.image, &list);
        self.text.end(Excerpt::No, &mut self.references);
        if let Some(caption) = &figure.caption {
            self.out.html.push_str("\n<figcaption>");
            self.events(caption.clone());
            self.text.end(Excerpt::No, &mut self.references);
            self.out.html.push_str("</figcaption>");
        }
        self.out.html.push_str("\n</figure>\n");
        Some(figure.after)
    }

    /// Begins the figure at `at` that a directive shows, and its caption; returns the event to go on with.
    pub(super) fn directed_figure(&mut self, at: usize, admonition: &Admonition) -> usize {
        let document = self.document;
        let mut list = admonition.opening.list.clone();
        list.extend(document.attributes.get(&at).cloned().unwrap_or_default());
        let whole = document.offset + admonition.whole.start..document.offset + admonition.whole.end;
        let start = whole.start;
        let figure = document.source.text.get(whole).unwrap_or_default();
        let (destination, path) = admonitions::picture(figure, start).unwrap_or_default();
        self.block("<figure");
        if let Some(id) = list.id.take() {
            self.anchor(&id, document.events[at].1.clone());
        }
        let references = self.references.len();
        self.out.html.push_str(">\n<img src=\"");
        self.source_at(&destination, path);
        self.out.html.push_str("\" alt=\"");
        let _ = escape_html(&mut self.out.html, list.get("alt").unwrap_or_default());
        self.out.html.push('"');
        list.pairs.retain(|(key, _)| key != "alt");
        self.picture_attributes(at, &list, self.references.len() > references);
        self.out.html.push_str(">\n");
        self.text.end(Excerpt::No, &mut self.references);
        let has_caption = !matches!(document.events.get(at + 1), Some((Event::End(_), _)));
        self.quotes.push(if has_caption { "</figcaption>\n</figure>\n" } else { "</figure>\n" });
        if has_caption {
            self.out.html.push_str("<figcaption>\n");
        }
        at + 1
    }
}
