//! What the engine's mistakes are about, which it does not say itself.

use std::ops::Range;

/// The bytes of the dotted path that `span` of `text` is a part of, up to its end, or to the end of the path where the span
/// is where it begins: of `entry` and of `titel` in `{{ entry.titel.html }}` that is `entry.titel`.
pub fn path(text: &str, span: Range<usize>) -> Range<usize> {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.trim_end_matches(|letter: char| is_name(letter) || matches!(letter, '.' | '?')).len();
    if start < span.start {
        return start..span.end;
    }
    // The engine leaves out the bracket at the end.
    let is_open = text.get(span.clone()).is_some_and(|name| name.contains('[') && !name.ends_with(']'));
    let end = span.end + usize::from(is_open && text[span.end..].starts_with(']'));
    let rest = text.get(end..).unwrap_or_default();
    let more = rest.len() - rest.trim_start_matches(|letter: char| is_name(letter) || letter == '.').len();
    start..end + rest[..more].trim_end_matches('.').len()
}

/// The tag of `text` that waits for its end where `text` ends: its name and its bytes.
pub fn unclosed(text: &str) -> Option<(&str, Range<usize>)> {
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{%").map(|found| at + found) {
        at = found + 2;
        let inside = text[at..].trim_start_matches(['-', ' ', '\t', '\r', '\n']);
        let name = &inside[..inside.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(inside.len())];
        let end = text[at..].find("%}").map_or(text.len(), |length| at + length + 2);
        match name {
            "if" | "for" | "block" | "filter" => open.push((name, found..end)),
            "raw" => at = text[end..].find("endraw").map_or(text.len(), |length| end + length),
            _ if name.strip_prefix("end").is_some_and(|name| open.last().is_some_and(|(last, _)| *last == name)) => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_what_a_name_stands_in() {
        let check = |text: &str, name: &str, expected: &str| {
            let at = text.find(name).unwrap_or_default();
            assert_eq!(&text[path(text, at..at + name.len())], expected, "{name} of {text}");
        };
        check("{{ entry.titel.html }}", "titel", "entry.titel");
        check("{% for e in essay.keyword %}", "essay", "essay.keyword");
        check("{{ essay.extra.mood | upper }}", "mood", "essay.extra.mood");
        check("{{ unknown }}", "unknown", "unknown");
        check("{{ a[0].b. }}", "b", ".b");
        check("{{ a[0].b }}", "a[0", "a[0].b");
    }

    #[test]
    fn a_tag_without_an_end_is_the_innermost() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(unclosed(text).map(|(_, range)| &text[range]), expected, "{text}");
        };
        check("{% if a %}x{% else %}y", Some("{% if a %}"));
        check("{%- for a in b -%}{% if a %}{% endif %}", Some("{%- for a in b -%}"));
        check("{% if a %}{% for a in b %}{% endfor %}{% endif %}", None);
        check("{% raw %}{% if %}{% endraw %}", None);
        check("{% if", Some("{% if"));
        check("{% set a = 1 %}{{ a", None);
    }
}
