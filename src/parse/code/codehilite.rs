//! Languages that a block names in its own first line.

use super::engine::Highlighter;
use super::language::Language;

/// What the first line of an indented block says as Python-Markdown's CodeHilite has it: `:::python`, to which
/// `hl_lines="1 3"` may be added, or `#!python`, which numbers the lines as well. That is the info string that a fence would
/// have, and the code without the line; `None` where it is a line of the code, such as `#!/bin/sh`.
pub fn named<'t>(highlighter: &Highlighter, text: &'t str) -> Option<(String, &'t str)> {
    let (first, code) = text.split_once('\n')?;
    let (said, numbers) = match first.strip_prefix(":::") {
        Some(said) => (said.trim_end(), ""),
        None => (first.strip_prefix("#!")?.trim_end(), " numbers"),
    };
    let language = said.split(' ').next().filter(|language| !language.is_empty())?;
    (highlighter.language(language) != Language::Unknown).then(|| (format!("{said}{numbers}"), code))
}
