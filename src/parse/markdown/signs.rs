//! One look at a text for the signs without which most of what extends Markdown cannot be there.

use memchr::memmem;

/// The signs that stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    /// `{`.
    pub brace: bool,
    /// The end of what Jekyll leaves as it is.
    pub raw: bool,
    /// Nothing in the text: whether something else says that it is one of Jekyll's.
    pub jekyll: bool,
    /// `==`, which begins a mark.
    pub mark: bool,
    /// `++`, which stands around keys.
    pub keys: bool,
    /// `~~` and a `^`, which keeps pulldown-cmark from striking out.
    pub power: bool,
    /// The beginning of code that names its language.
    pub language: bool,
    /// `^[`, which begins a note.
    pub note: bool,
    /// `)=` or `@sec-`, which labels have.
    pub label: bool,
    /// A name between colons, such as that of an emoji.
    pub name: bool,
    /// `^` and a name at the end of a line, as Obsidian names blocks.
    pub block: bool,
    /// `%%`, between which Obsidian has comments.
    pub comment: bool,
    /// Three of one of the signs that admonitions begin with, and what other tools have.
    pub opening: bool,
}

impl Signs {
    /// Those of `text`, of which nothing else is said.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        // The rarest byte of a sign is found sooner than the sign.
        let has_behind = |first: Option<usize>, sign: &str| {
            first.is_some_and(|first| memmem::find(&bytes[first.saturating_sub(1)..], sign.as_bytes()).is_some())
        };
        let has = |rare: u8, sign: &str| has_behind(memchr::memchr(rare, bytes), sign);
        let (equals, caret) = (memchr::memchr(b'=', bytes), memchr::memchr(b'^', bytes));
        let mut carets =
            caret.into_iter().flat_map(|first| memchr::memchr_iter(b'^', &bytes[first..]).map(move |at| first + at));
        Self {
            brace: memchr::memchr(b'{', bytes).is_some(),
            raw: has(b'%', "endraw"),
            jekyll: false,
            mark: has_behind(equals, "=="),
            keys: has(b'+', "++"),
            power: caret.is_some() && has(b'~', "~~"),
            language: has(b'#', "`#!"),
            note: has_behind(caret, "^["),
            label: has_behind(equals, ")=") || has(b'@', "@sec-"),
            name: memchr::memchr_iter(b':', bytes).any(|at| name(&bytes[at..]).is_some()),
            block: carets.any(|at| is_block(&text[at + 1..], &text[..at])),
            comment: has(b'%', "%%"),
            opening: has_opening(bytes),
        }
    }
}

/// Whether `after` a `^` is the name of a block and the end of the line, and `before` it space or the beginning of one.
fn is_block(after: &str, before: &str) -> bool {
    let is_apart = before.is_empty() || before.ends_with([' ', '\t', '\n', '>']);
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let length = if is_apart { after.bytes().take_while(is_part).count() } else { 0 };
    let rest = after[length..].trim_start_matches([' ', '\t', '\r']);
    length > 0 && (rest.is_empty() || rest.starts_with('\n'))
}

/// Bytes of the name between colons that `text` begins with, colons included. It ends with a letter or a digit: the `:--:` of a
/// table is none.
pub fn name(text: &[u8]) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-');
    let length = text.get(1..)?.iter().take_while(|byte| is_part(byte)).count();
    let is_name = text[0] == b':' && text.get(1 + length) == Some(&b':') && text[length].is_ascii_alphanumeric();
    is_name.then_some(length + 2)
}

/// Whether three of `!`, `/`, `:`, `=` or `?` stand in a row.
fn has_opening(bytes: &[u8]) -> bool {
    // Many bytes at a time, which takes a loop over slices of one length and without a way out of it.
    const RUN: usize = 1024;
    let last = bytes.len().saturating_sub(2);
    (0..last).step_by(RUN).any(|start| {
        let length = RUN.min(last - start);
        let from = |start: usize| &bytes[start..start + length];
        let three = from(start).iter().zip(from(start + 1)).zip(from(start + 2));
        let is_sign = |byte: u8| (byte == b'!') | (byte == b'/') | (byte == b':') | (byte == b'=') | (byte == b'?');
        let is_mark = |((one, two), three): ((&u8, &u8), &u8)| (one == two) & (two == three) & is_sign(*one);
        three.fold(0, |found, row| found | u8::from(is_mark(row))) != 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_seen_wherever_it_stands() {
        for before in [0, 1, 1021, 1022, 1023, 1024, 3000] {
            for after in ["", " note", &" note".repeat(300)] {
                let has = |mark: &str| Signs::of(&("a".repeat(before) + mark + after)).opening;
                ["!!!", "???", ":::", "===", "///", "é:::"].into_iter().for_each(|mark| assert!(has(mark), "{mark}"));
                ["", "!!", "!?!", "---", "?:", "::/"].into_iter().for_each(|mark| assert!(!has(mark), "{mark}"));
            }
        }
    }

    #[test]
    fn a_block_is_named_at_the_end_of_a_line() {
        let has = |text: &str| Signs::of(text).block;
        ["^a", "b ^a-1\n\n", "> ^a \r\nb", "x^2\n- b ^c"].into_iter().for_each(|text| assert!(has(text), "{text}"));
        ["x^a", "^a b", "^", "^^", "^[a]", "^a^ b"].into_iter().for_each(|text| assert!(!has(text), "{text}"));
    }

    #[test]
    fn a_name_stands_between_colons() {
        let check = |text: &str, expected: Option<usize>| assert_eq!(name(text.as_bytes()), expected, "{text}");
        check(":tada: x", Some(6));
        check(":+1:", Some(4));
        check(":-1:", Some(4));
        check("::", None);
        check(":--:", None);
        check(":a", None);
        check(":a b:", None);
        check(":", None);
        check("a:b:", None);
    }
}
