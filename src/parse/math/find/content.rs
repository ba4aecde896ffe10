//! What the content of a formula, or of what looks like one, is made of.

/// Whether `content` is nothing but words, two at least.
pub(super) fn is_prose(content: &str) -> bool {
    let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
    content.split_whitespace().count() > 1 && content.split_whitespace().all(is_word)
}

/// Whether `content` has a command of TeX.
pub(super) fn holds_command(content: &str) -> bool {
    let bytes = content.as_bytes();
    memchr::memchr_iter(b'\\', bytes).any(|at| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic))
}

/// Whether each brace in `content` has its other.
pub(super) fn braces_match(content: &str) -> bool {
    let mut is_escaped = false;
    let depth = content.bytes().try_fold(0usize, |depth, byte| {
        let was_escaped = is_escaped;
        is_escaped = byte == b'\\' && !was_escaped;
        match byte {
            b'{' if !was_escaped => Some(depth + 1),
            b'}' if !was_escaped => depth.checked_sub(1),
            _ => Some(depth),
        }
    });
    depth == Some(0)
}

/// Whether the rest of a line after `$$` or `\[` was meant as TeX: it is empty, or holds a command.
pub(super) fn is_tex(rest: &str) -> bool {
    rest.trim().is_empty() || rest.contains(['\\', '^', '_'])
}
