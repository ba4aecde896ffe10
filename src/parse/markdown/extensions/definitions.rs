//! `: text` defines something and `:text` does not, as PHP Markdown Extra, Python-Markdown and Pandoc have it: pulldown-cmark takes
//! both for definitions, so that the colon of the other is hidden from it.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{hidden, markdown_in_html};
use crate::parse::layout::Part;

/// Times that a part is looked through, at most: where one colon is hidden another may begin a definition.
const TRIES: usize = 4;

/// Hides the colons of `part` that begin no definition and would be taken to, if it is read with `options`.
pub fn hide(part: &mut Part<'_>, options: Options) {
    if !options.contains(Options::ENABLE_DEFINITION_LIST) || !may_hold(&part.text.text) {
        return;
    }
    for _ in 0..TRIES {
        let colons = colons(&part.text.text, options);
        if colons.is_empty() {
            break;
        }
        hidden::hide(part, &colons);
    }
}

/// Whether a line of `text` begins with a colon and no space after it.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b':', bytes).any(|at| {
        let is_before = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>');
        !is_marker(bytes, at)
            && bytes[..at].iter().rev().find(|byte| !is_before(byte)).is_none_or(|byte| *byte == b'\n')
    })
}

/// Where `text` has colons that begin a definition without a space after them.
fn colons(text: &str, options: Options) -> Vec<usize> {
    let events = Parser::new_ext(text, options).into_offset_iter().collect();
    let events = markdown_in_html::apply(text, events, options, &|_| None);
    let definitions = events.iter().filter(|(event, _)| *event == Event::Start(Tag::DefinitionListDefinition));
    let colons = definitions.filter_map(|(_, range)| {
        let at = range.start + text[range.start..].find(':')?;
        (!is_marker(text.as_bytes(), at)).then_some(at)
    });
    colons.collect()
}

/// Whether the colon at `at` has a space after it.
fn is_marker(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1), Some(b' ' | b'\t'))
}
