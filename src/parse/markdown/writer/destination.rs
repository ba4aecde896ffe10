//! Where in the source a link's destination is written.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::LinkType;

use crate::parse::markdown::document::{Definition, folded};

/// Bytes of `text` that hold the destination of a link or image.
///
/// `whole` is the range of the element, `inner_end` where the last thing inside its brackets ends. For a reference
/// the destination is written at the definition of `label`.
pub fn span(
    text: &str,
    link_type: LinkType,
    whole: Range<usize>,
    inner_end: usize,
    label: &str,
    definitions: &BTreeMap<String, Definition>,
) -> Range<usize> {
    match link_type {
        LinkType::Inline => {
            // What a note or brackets took from the end of the link may end behind it.
            let inner_end = inner_end.min(whole.end);
            let after = text[inner_end..whole.end].find("](").map_or(inner_end, |at| inner_end + at + 2);
            written(text, after..whole.end.saturating_sub(1).max(after))
        }
        LinkType::WikiLink { .. } => {
            let start = whole.start + text[whole.clone()].find("[[").map_or(0, |at| at + "[[".len());
            let end = text[start..whole.end].find(['|', ']']).map_or(whole.end, |at| start + at);
            start..start + text[start..end].trim_end_matches('\\').len()
        }
        LinkType::Autolink | LinkType::Email => whole.start + 1..whole.end - 1,
        _ => match definitions.get(&folded(label)) {
            Some(definition) => {
                let after = text[definition.span.clone()]
                    .find("]:")
                    .map_or(definition.span.start, |at| definition.span.start + at + 2);
                written(text, after..definition.span.end)
            }
            None => whole,
        },
    }
}

/// The destination that stands first in `range`, `<` and `>` around it not counted.
fn written(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    let inside = &text[start..range.end];
    match inside.strip_prefix('<') {
        Some(inside) => start + 1..start + 1 + inside.find('>').unwrap_or(inside.len()),
        None => start..start + inside.find(char::is_whitespace).unwrap_or(inside.len()),
    }
}
