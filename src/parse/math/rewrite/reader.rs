//! Reads TeX: names of commands and their arguments.

use std::ops::Range;

/// An argument and where the text goes on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Bytes of the argument, braces not counted.
    pub inner: Range<usize>,
    /// The byte after it.
    pub end: usize,
}

/// The end of the command's name that begins at `at`, after the backslash: letters, or one other character.
pub fn name_end(text: &str, at: usize) -> usize {
    let letters = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    match letters {
        0 => at + text[at..].chars().next().map_or(0, char::len_utf8),
        letters => at + letters,
    }
}

/// The first byte from `at` on that is neither white space nor in a comment.
pub fn skip_space(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text[at..].trim_start();
        at = text.len() - rest.len();
        if !rest.starts_with('%') {
            return at;
        }
        at += rest.find('\n').unwrap_or(rest.len());
    }
}

/// The argument that stands at `at`: a group, a command or one character. `None` if there is none, or its group is
/// not closed.
pub fn argument(text: &str, at: usize) -> Option<Argument> {
    let start = skip_space(text, at);
    match text.as_bytes().get(start)? {
        b'{' => {
            // A comment that leaves a group open is none, as MathJax has it: `\text{50%}`.
            let close = closing_brace(text, start, Percent::Comment).or(closing_brace(text, start, Percent::Sign))?;
            Some(Argument { inner: start + 1..close, end: close + 1 })
        }
        b'}' => None,
        b'\\' => {
            let end = name_end(text, start + 1);
            Some(Argument { inner: start..end, end })
        }
        _ => {
            let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
            Some(Argument { inner: start..end, end })
        }
    }
}

/// The argument in square brackets that stands at `at`, if there is one.
pub fn optional(text: &str, at: usize) -> Option<Argument> {
    let start = skip_space(text, at);
    let bytes = text.as_bytes();
    if bytes.get(start) != Some(&b'[') {
        return None;
    }
    let (mut depth, mut at) = (0usize, start + 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            b']' if depth == 0 => return Some(Argument { inner: start + 1..at, end: at + 1 }),
            _ => {}
        }
        at += 1;
    }
    None
}

/// What `%` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Percent {
    /// The beginning of a comment.
    Comment,
    /// A sign like any other.
    Sign,
}

/// The brace that closes the one at `open`.
fn closing_brace(text: &str, open: usize, percent: Percent) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, open);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'%' if percent == Percent::Comment => at += memchr::memchr(b'\n', &bytes[at..])?,
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length that stands in square brackets right at `at`, as after `\\`: the byte after it.
pub fn bracketed_length(text: &str, at: usize) -> Option<usize> {
    let length = text[at..].strip_prefix('[')?.split(']').next()?;
    let number = length.trim().trim_end_matches(|next: char| next.is_ascii_alphabetic() || next == '\\');
    let is_length = !number.is_empty()
        && number.len() < length.trim().len()
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b' '));
    (is_length && text[at + 1 + length.len()..].starts_with(']')).then_some(at + length.len() + 2)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{argument, bracketed_length, optional};

    #[test]
    fn arguments_are_groups_commands_or_characters() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(argument(text, 0).map(|argument| &text[argument.inner]), expected, "{text}");
        };
        check(r" {a{b}\}c} d", Some(r"a{b}\}c"));
        check(r"\alpha x", Some(r"\alpha"));
        check("12", Some("1"));
        check("é", Some("é"));
        check("}", None);
        check("{a", None);
        check("{a % }\n b}", Some("a % }\n b"));
        check("{50%} {c}", Some("50%"));
        check("{50%}\n{c}", Some("50%"));
        check("", None);
    }

    #[test]
    fn brackets_hold_what_may_be_left_out() {
        assert_eq!(optional("[a{]}b]c", 0).unwrap().inner, 1..6);
        assert_eq!(optional("(a)", 0), None);
        assert_eq!(bracketed_length("[2pt]x", 0), Some(5));
        assert_eq!(bracketed_length("[-.5em]", 0), Some(7));
        assert_eq!(bracketed_length("[x]", 0), None);
        assert_eq!(bracketed_length("[2]", 0), None);
    }
}
