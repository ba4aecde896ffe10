//! `++ctrl+alt+del++`: keys to press, as pymdownx has them.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::texts;
use crate::parse::markdown::document::Located;

/// Keys that have another name on a keyboard than the one that is written, but for capitals.
const NAMES: &[(&str, &str)] = &[
    ("control", "Ctrl"),
    ("delete", "Del"),
    ("escape", "Esc"),
    ("insert", "Ins"),
    ("command", "Cmd"),
    ("windows", "Win"),
    ("return", "Enter"),
    ("spacebar", "Space"),
    ("arrow-up", "↑"),
    ("arrow-down", "↓"),
    ("arrow-left", "←"),
    ("arrow-right", "→"),
    ("up", "↑"),
    ("down", "↓"),
    ("left", "←"),
    ("right", "→"),
    ("plus", "+"),
    ("minus", "-"),
    ("equal", "="),
    ("comma", ","),
    ("period", "."),
    ("slash", "/"),
    ("backslash", "\\"),
    ("semicolon", ";"),
    ("colon", ":"),
    ("question", "?"),
    ("exclam", "!"),
    ("hash", "#"),
    ("tilde", "~"),
    ("grave", "`"),
];

/// Puts keys in place of their names in the texts of `events` of `text`.
pub fn apply<'a>(text: &str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    texts::replace(text, events, '+', |part, from| {
        next(part, from).map(|keys| (keys.clone(), shown(&part[keys.start + 2..keys.end - 2])))
    })
}

/// The first keys in `text` from byte `from` on, with the signs around them. No letter, digit or further `+` touches them.
fn next(text: &str, from: usize) -> Option<Range<usize>> {
    memchr::memmem::find_iter(&text.as_bytes()[from..], "++").map(|at| from + at).find_map(|start| {
        let rest = &text[start + 2..];
        let is_part =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '+');
        let length = rest.find("++").filter(|length| rest[..*length].chars().all(is_part))?;
        let end = start + 2 + length + 2;
        let is_named =
            rest[..length].split('+').all(|key| !key.is_empty() && !key.starts_with('-') && !key.ends_with('-'));
        let touches = |next: Option<char>| next.is_some_and(|next| next.is_alphanumeric() || next == '+');
        let stands_apart = !touches(text[..start].chars().next_back()) && !touches(text[end..].chars().next());
        (is_named && stands_apart).then_some(start..end)
    })
}

/// What shows `keys`, whose names stand between `+`.
fn shown<'a>(keys: &str) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    for key in keys.split('+') {
        if !events.is_empty() {
            events.push(Event::Text("+".into()));
        }
        let name = Event::Text(CowStr::from(name(key).into_owned()));
        events.extend([Event::InlineHtml("<kbd>".into()), name, Event::InlineHtml("</kbd>".into())]);
    }
    events
}

/// What stands on the key that is called `key`.
fn name(key: &str) -> Cow<'static, str> {
    if let Some((_, name)) = NAMES.iter().find(|(called, _)| *called == key) {
        return Cow::Borrowed(name);
    }
    let capitalized = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    let words: Vec<_> = key.split('-').filter(|word| !word.is_empty()).map(capitalized).collect();
    Cow::Owned(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_apart() {
        let check = |text: &str, expected: Option<Range<usize>>| assert_eq!(next(text, 0), expected, "{text}");
        check("a ++ctrl+c++.", Some(2..12));
        check("(++f1++)", Some(1..7));
        check("++a++b++c++", None);
        check("x++y++", None);
        check("C++ and C++", None);
        check("++ a ++", None);
        check("+++a+++", None);
        check("++a+++", None);
        check("++++", None);
        check("++-++", None);
        check("++a", None);
        check("é++a++", None);
    }

    #[test]
    fn keys_are_called_as_on_a_keyboard() {
        let check = |key: &str, expected: &str| assert_eq!(name(key), expected);
        check("ctrl", "Ctrl");
        check("page-up", "Page Up");
        check("a--b", "A B");
        check("arrow-up", "↑");
        check("x", "X");
    }
}
