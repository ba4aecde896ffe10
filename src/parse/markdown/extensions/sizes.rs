//! The size of a picture behind its address, `![An eye](eye.png =300x200)`, as HackMD, Zenn and CSDN have it. Either number may be left
//! out.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::Options;

use crate::parse::templated::retain_outside_code;

/// The longest picture, in bytes.
const LONGEST: usize = 2000;

/// `text` with blanks in place of sizes, so that Markdown sees the pictures: as long as `text`. It is read with `options`.
pub fn hidden(text: Cow<'_, str>, options: Options) -> Cow<'_, str> {
    if memchr::memchr(b'=', text.as_bytes()).is_none() {
        return text;
    }
    let mut spans: Vec<Range<usize>> = memchr::memmem::find_iter(text.as_bytes(), b" =")
        .filter_map(|at| {
            let rest = &text[at + 1..];
            let end = rest.find(|letter: char| !matches!(letter, '=' | 'x' | '%') && !letter.is_ascii_digit())?;
            let is_picture = || {
                let before = &text[text.floor_char_boundary(at.saturating_sub(LONGEST))..at];
                let line = before.rsplit('\n').next().unwrap_or_default();
                line.rfind("](").is_some_and(|close| line[..close].contains("!["))
            };
            (rest[end..].starts_with(')') && size(&rest[..end]).is_some() && is_picture())
                .then_some(at + 1..at + 1 + end)
        })
        .collect();
    if spans.is_empty() {
        return text;
    }
    retain_outside_code(&blanked(&text, &spans), &mut spans, options);
    Cow::Owned(blanked(&text, &spans))
}

/// The width and the height in `written`, the source of a picture.
pub fn of(written: &str) -> Vec<(String, String)> {
    let inside = written.strip_suffix(')').unwrap_or_default();
    let last = inside.rsplit(' ').next().and_then(size);
    let Some((width, height)) = last.or_else(|| of_docsify(inside)) else { return Vec::new() };
    let sides = [("width", width), ("height", height)].into_iter().filter(|(_, value)| !value.is_empty());
    sides.map(|(side, value)| (side.to_owned(), value.to_owned())).collect()
}

/// The width and the height that `written` says: `=300x200`, `=300x`, `=50%x`.
fn size(written: &str) -> Option<(&str, &str)> {
    let (width, height) = written.strip_prefix('=')?.split_once('x')?;
    (is_side(width) && is_side(height) && written.len() > "=x".len()).then_some((width, height))
}

/// The same in the title of a picture, `:size=300x200` or `:size=50%`, as docsify has it.
fn of_docsify(written: &str) -> Option<(&str, &str)> {
    let value = written.rsplit_once(":size=").map(|(_, value)| value)?;
    let value = &value[..value.find(|letter: char| !matches!(letter, 'x' | '%') && !letter.is_ascii_digit())?];
    let (width, height) = value.split_once('x').unwrap_or((value, ""));
    (is_side(width) && is_side(height) && !value.is_empty()).then_some((width, height))
}

/// Whether `side` is a width or a height, or nothing.
fn is_side(side: &str) -> bool {
    let number = side.strip_suffix('%').unwrap_or(side);
    side.is_empty() || (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// `text` with blanks in `spans`.
fn blanked(text: &str, spans: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    for span in spans {
        blanked.push_str(&text[blanked.len()..span.start]);
        blanked.extend(std::iter::repeat_n(' ', span.len()));
    }
    blanked.push_str(&text[blanked.len()..]);
    blanked
}
