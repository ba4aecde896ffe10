//! Names of blocks as Obsidian has them: `^lens` alone below a block, or at the end of a paragraph or an item. Its slug becomes the id.

use super::attribute_list::AttributeList;
use crate::parse::slug::slug;

/// What `text` says if it is the name of a block and nothing else.
pub fn alone(text: &str) -> Option<AttributeList> {
    let name = text.trim().strip_prefix('^')?;
    let is_name = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let id = Some(slug(name)).filter(|id| is_name && !id.is_empty())?;
    Some(AttributeList { id: Some(id), ..AttributeList::default() })
}

/// The name that `text` ends with, and where the space before it begins. One of few letters or of digits may be meant as it is.
pub fn trailing(text: &str) -> Option<(AttributeList, usize)> {
    let text = text.trim_end();
    let at = text.rfind(" ^")?;
    let name = &text[at + " ^".len()..];
    let is_certain = name.len() > 2 && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    let before = text[..at].trim_end();
    alone(&text[at..]).filter(|_| is_certain && !before.is_empty()).map(|list| (list, before.len()))
}
