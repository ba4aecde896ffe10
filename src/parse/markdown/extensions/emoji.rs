//! `:tada:` in the text is an emoji, by the names that GitHub has for them.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::texts;
use crate::parse::markdown::document::Located;
use crate::parse::markdown::signs::name;

/// Puts emoji in place of their names in the texts of `events` of `text`. What no emoji is called stays as it is.
pub fn apply<'a>(text: &str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    texts::replace(text, events, ':', |part, from| {
        next(part, from).map(|(name, emoji)| (name, vec![Event::Text(CowStr::Borrowed(emoji))]))
    })
}

/// The first name of an emoji in `text` from byte `from` on, colons included, and the emoji. No letter, digit or further colon
/// touches it.
fn next(text: &str, from: usize) -> Option<(Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', &bytes[from..]).map(|at| from + at).find_map(|start| {
        let end = start + name(&bytes[start..])?;
        let touches = |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || next == ':');
        if touches(text[..start].chars().next_back()) || touches(text[end..].chars().next()) {
            return None;
        }
        emojis::get_by_shortcode(&text[start + 1..end - 1]).map(|emoji| (start..end, emoji.as_str()))
    })
}
