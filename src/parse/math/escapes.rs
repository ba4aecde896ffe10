//! TeX that was escaped for Markdown, as essays for Python-Markdown or kramdown with MathJax have it.

use super::mapped::{Mapped, Mapping};

pub use crate::read::TexEscapes as Escapes;

/// What a backslash escapes in Python-Markdown: no more, since undoing CommonMark's set would turn `\,` into a comma.
const ESCAPED: &[u8] = b"\\`*_{}[]()>#+-.!";

/// `tex` without the backslashes that escape it from Python-Markdown; `None` if nothing is escaped.
pub(super) fn unescape(tex: &Mapped<'_>) -> Option<Mapped<'static>> {
    let bytes = tex.text.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1).is_some_and(|next| ESCAPED.contains(next));
    let mut mapping = Mapping::default();
    let (mut at, mut copied) = (0, 0);
    while let Some(offset) = memchr::memchr(b'\\', bytes.get(at..).unwrap_or_default()) {
        at += offset;
        if is_escape(at) {
            append(&mut mapping, tex, copied..at);
            mapping.put(&tex.text[at + 1..at + 2], tex.source(at..at + 2));
            at += 2;
            copied = at;
        } else {
            at += 1;
        }
    }
    if copied == 0 {
        return None;
    }
    append(&mut mapping, tex, copied..bytes.len());
    Some(mapping.finish())
}

/// Appends a part of `tex` line by line, since a line is what comes from one place.
pub(super) fn append(mapping: &mut Mapping, tex: &Mapped<'_>, range: std::ops::Range<usize>) {
    let mut at = range.start;
    for line in tex.text[range].split_inclusive('\n') {
        mapping.copy(line, tex.source(at..at + 1).start);
        at += line.len();
    }
}

/// Whether `tex` looks as if it were escaped for Markdown: it holds what escaping makes of common TeX and what no one
/// writes in TeX itself. It would rather miss an escaped formula than suspect one that is not.
pub fn looks_escaped(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    memchr::memchr_iter(b'\\', bytes).any(|at| match &bytes[at + 1..] {
        [b'\\', b'\\', b'\\', ..] | [b'\\', b'!' | b';' | b':' | b',', ..] => {
            at == 0 || bytes[at - 1] != b'\\' || bytes[at + 1..].starts_with(b"\\\\\\")
        }
        [b'*', ..] => at == 0 || bytes[at - 1] != b'\\',
        [b'_', next, ..] => subscripts(tex, at, *next),
        _ => false,
    }) || (tex.contains("\\\\{") && tex.contains("\\\\}"))
}

/// Whether the `\_` at `at` can only be a subscript: it follows something that has one, outside text.
fn subscripts(tex: &str, at: usize, next: u8) -> bool {
    let before = &tex[..at];
    let follows = before.ends_with(|last: char| last.is_ascii_alphanumeric() || matches!(last, '}' | ')' | '|'));
    let in_group = before.rfind('{').is_some_and(|open| !before[open..].contains('}'));
    follows && (next == b'{' || (!in_group && next.is_ascii_alphanumeric() && !is_in_name(tex, at)))
}

/// Whether the `\_` at `at` stands in a name of several words, such as `max\_value`: before it are letters that are no command,
/// or behind it is more than one.
fn is_in_name(tex: &str, at: usize) -> bool {
    let word = tex[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let is_command = tex[..at - word].ends_with('\\');
    let behind = tex[at + 2..].bytes().take_while(u8::is_ascii_alphabetic).count();
    behind > 1 || word > 1 && !is_command
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Mapped, looks_escaped, unescape};

    #[test]
    fn escapes_are_undone() {
        let check = |tex: &str, expected: &str| assert_eq!(unescape(&Mapped::verbatim(tex, 0)).unwrap().text, expected);
        check(r"a\\!b", r"a\!b");
        check(r"a \\\\ b", r"a \\ b");
        check(r"x\_1 \* y", "x_1 * y");
        check(r"\[0, 1\)", "[0, 1)");
        check(r"\\{x\\}", r"\{x\}");
        check(r"é\_é", "é_é");
    }

    #[test]
    fn what_was_escaped_is_still_found() {
        let unescaped = unescape(&Mapped::verbatim(r"a\\!b + \foo", 100)).unwrap();
        assert_eq!(unescaped.text, r"a\!b + \foo");
        assert_eq!(unescaped.source(7..11), 108..112);
        assert_eq!(unescape(&Mapped::verbatim(r"\alpha\,\beta\;\frac12", 0)), None);
    }

    #[test]
    fn escaped_tex_is_recognised() {
        let check = |tex: &str, expected: bool| assert_eq!(looks_escaped(tex), expected, "{tex}");
        check(r"\int f\\!g", true);
        check(r"a\\,b", true);
        check(r"a &= b \\\\ c", true);
        check(r"x\_i", true);
        check(r"x\_{ij}", true);
        check(r"\alpha\_i", true);
        check(r"d\_outputs = J", false);
        check(r"max\_value", false);
        check(r"a \* b", true);
        check(r"\\{1, 2\\}", true);
        check(r"a &= b \\ c &= d", false);
        check(r"\mathrm{max\_len} + \text{a\_b}", false);
        check(r"a\!b \, c \; d", false);
        check(r"\{a\}\\{b}", false);
        check(r"a \\\! b", false);
    }
}
