//! `Table: A caption` under a table, as Pandoc has it.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::parse::markdown::document::Document;

/// What a caption begins with.
pub const MARK: &str = "Table:";

/// Whether the paragraph at `at` is the caption of the table before it.
pub fn is_caption(document: &Document<'_>, at: usize) -> bool {
    let event = |index: usize| document.events.get(index).map(|(event, _)| event);
    let is_after_table = at > 0 && event(at - 1) == Some(&Event::End(TagEnd::Table));
    is_after_table
        && event(at) == Some(&Event::Start(Tag::Paragraph))
        && matches!(event(at + 1), Some(Event::Text(text)) if text.starts_with(MARK))
}
