//! A picture that stands alone in its paragraph, with its caption under it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::parse::markdown::document::Document;

/// A paragraph that is a figure.
#[derive(Debug, PartialEq, Eq)]
pub struct Figure {
    /// The event that begins the picture.
    pub image: usize,
    /// Events of the caption: the emphasised line right under the picture, without the emphasis itself.
    pub caption: Option<Range<usize>>,
    /// The event after the paragraph.
    pub after: usize,
}

/// The figure that the paragraph at `start` is, if it holds a picture and at most an emphasised line under it.
pub fn at(document: &Document<'_>, start: usize) -> Option<Figure> {
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
