//! `{::comment}`, `{::nomarkdown}` and `{::options}`, the extensions of kramdown: of the first nothing is shown, of the others what
//! stands between their tags.

use std::borrow::Cow;
use std::ops::Range;

use super::comments::blank;
use super::fence;

/// The beginning of a tag.
const TAG: &str = "{:";

/// `text` with blanks in place of these tags and of comments outside blocks of code: as long as `text`.
pub fn hidden(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"{::").is_none() {
        return text;
    }
    let mut hidden = String::with_capacity(text.len());
    let (mut fence, mut start, mut is_open, mut is_unclosed) = (None, 0, false, false);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        fence = if hidden.len() < end { fence::after(line, fence) } else { fence };
        let mut at = start.max(hidden.len());
        while let Some(found) = text.get(at..end).filter(|_| fence.is_none()).and_then(|rest| rest.find(TAG)) {
            let tag = at + found;
            at = tag + TAG.len();
            let Some((kind, mut whole)) = tag_at(&text, tag) else { continue };
            let is_of_open = kind != Kind::Closing || is_open;
            match kind {
                Kind::Comment if !is_unclosed => match closing(&text, &whole) {
                    Some(close) => whole.end = close,
                    None => is_unclosed = true,
                },
                Kind::NoMarkdown => is_open = true,
                Kind::Closing => is_open = false,
                Kind::Comment | Kind::Whole => {}
            }
            if is_of_open && !(kind == Kind::Comment && is_unclosed) {
                hidden.push_str(&text[hidden.len()..whole.start]);
                at = whole.end;
                blank(&text[whole], &mut hidden);
            }
        }
        start = end;
    }
    hidden.push_str(&text[hidden.len()..]);
    Cow::Owned(hidden)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What begins a comment.
    Comment,
    /// What begins raw HTML.
    NoMarkdown,
    /// What ends raw HTML.
    Closing,
    /// What closes itself.
    Whole,
}

/// The tag at `start` of `text`, if there is one, and where it stands.
fn tag_at(text: &str, start: usize) -> Option<(Kind, Range<usize>)> {
    let rest = &text[start + TAG.len()..];
    let inside = &rest[..rest.find(['}', '\n']).filter(|end| rest[*end..].starts_with('}'))?];
    let whole = start..start + TAG.len() + inside.len() + 1;
    let kind = match inside.split([' ', '\t']).next()? {
        "/" | "/nomarkdown" => Kind::Closing,
        name if !text[..start].ends_with(['`', '\\']) => {
            let name = name.strip_prefix(':')?;
            match name.trim_end_matches('/') {
                "comment" | "nomarkdown" | "options" if inside.ends_with('/') => Kind::Whole,
                "comment" => Kind::Comment,
                "nomarkdown" => Kind::NoMarkdown,
                _ => return None,
            }
        }
        _ => return None,
    };
    Some((kind, whole))
}

/// The byte after what closes the comment that `opening` of `text` begins: on a line of its own, if that stands on one.
fn closing(text: &str, opening: &Range<usize>) -> Option<usize> {
    let is_alone = |tag: &Range<usize>| {
        let before = text[..tag.start].trim_end_matches([' ', '\t']);
        let after = text[tag.end..].trim_start_matches([' ', '\t', '\r']);
        (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
    };
    let must_be_alone = is_alone(opening);
    let found = text[opening.end..].match_indices("{:/").filter_map(|(at, _)| {
        let start = opening.end + at;
        let rest = &text[start..];
        let tag = ["{:/}", "{:/comment}"].into_iter().find(|tag| rest.starts_with(tag))?;
        Some(start..start + tag.len())
    });
    found.into_iter().find(|tag| !must_be_alone || is_alone(tag)).map(|tag| tag.end)
}

#[cfg(test)]
mod tests {
    use super::hidden;

    #[test]
    fn comments_and_tags_are_hidden() {
        let check = |text: &str, expected: &str| {
            let hidden = hidden(text.into());
            assert_eq!(hidden.len(), text.len());
            assert_eq!(hidden.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{text}");
        };
        check("a\n{::comment}\né {:/} b\n{:/comment}\nc", "a c");
        check("a {::comment}b{:/} c {::nomarkdown}<i>d</i>{:/nomarkdown}", "a c <i>d</i>");
        check("{::options parse_block_html=\"true\" /}\n\n{::comment/}a", "a");
        check("{::nomarkdown}a{::comment}b{:/comment}{:/nomarkdown}", "a");
        check(
            "```\n{::comment}a{:/}\n```\n`{::comment}` {::toc} {::comment}",
            "``` {::comment}a{:/} ``` `{::comment}` {::toc} {::comment}",
        );
        check("{::comment}\n```\n{:/}\na\n{::comment /}b", "a b");
        check("{::", "{::");
        check("{::comment", "{::comment");
    }
}
