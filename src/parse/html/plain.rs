//! Plain HTML, as templates and authors mostly write it, in one pass.
//!
//! What is not plain (an attribute without quotes around odd letters, a tag that does not end, a comment in a script …)
//! is not read here at all: the caller asks html5gum, whose answer is the right one. Of plain HTML this one is the same.

use std::ops::Range;

/// Something that is not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotPlain;

/// Calls `take` with each attribute that has a value of each start tag of `html`: the name of the tag and of the attribute as
/// written, and the bytes of `html` that hold the value.
///
/// # Errors
/// If anything in `html` is not plain; `take` may have been called before.
pub fn attributes<'h>(html: &'h str, mut take: impl FnMut(&'h str, &'h str, Range<usize>)) -> Result<(), NotPlain> {
    let bytes = html.as_bytes();
    // Signs that HTML does not leave as they are; a look for them at each value would cost more than the rest.
    let signs = if memchr::memchr2(b'\r', 0, bytes).is_some() { Signs::Any } else { Signs::Plain };
    let mut at = 0;
    while let Some(open) = next_tag(bytes, at) {
        at = open + 1;
        at = match bytes.get(at) {
            Some(b'a'..=b'z' | b'A'..=b'Z') => {
                let name = &html[at..name_end(bytes, at)];
                let end = start_tag(html, at + name.len(), signs, |attribute, value| take(name, attribute, value))?;
                after_hidden(html, name, end)?
            }
            Some(b'/') => end_tag(bytes, at + 1)?,
            Some(b'!') => declaration(bytes, at + 1)?,
            Some(b'?') | None => return Err(NotPlain),
            // A sign of its own.
            Some(_) => at,
        };
    }
    Ok(())
}

/// What signs a text may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    /// Neither a carriage return nor a NUL.
    Plain,
    /// Any.
    Any,
}

/// Where the next `<` is from `at` on: mostly at once, or behind the end of a line.
#[inline]
fn next_tag(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at..)? {
        [b'<', ..] => Some(at),
        [_, b'<', ..] => Some(at + 1),
        rest => memchr::memchr(b'<', rest).map(|before| at + before),
    }
}

/// Whether a byte ends the name of a tag or an attribute.
const ENDS_NAME: [bool; 256] = {
    let mut ends = [false; 256];
    let mut bytes: &[u8] = b" \n\t>=/\"'<\r\x0c\0";
    while let [byte, rest @ ..] = bytes {
        ends[*byte as usize] = true;
        bytes = rest;
    }
    ends
};

/// Where the name of a tag or an attribute that begins at `at` ends.
#[inline]
fn name_end(bytes: &[u8], at: usize) -> usize {
    let is_end = |byte: &u8| ENDS_NAME[usize::from(*byte)];
    bytes[at..].iter().position(is_end).map_or(bytes.len(), |length| at + length)
}

/// The first byte from `at` on that is no white space, which is at the position that is returned.
#[inline]
fn after_space(bytes: &[u8], mut at: usize) -> Result<(u8, usize), NotPlain> {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\t') => at += 1,
            Some(byte) => return Ok((*byte, at)),
            None => return Err(NotPlain),
        }
    }
}

/// Reads the attributes of a tag, whose name ends at `at`. Returns where the tag ends.
fn start_tag<'h>(
    html: &'h str,
    mut at: usize,
    signs: Signs,
    mut take: impl FnMut(&'h str, Range<usize>),
) -> Result<usize, NotPlain> {
    let bytes = html.as_bytes();
    loop {
        let (byte, start) = after_space(bytes, at)?;
        match byte {
            b'>' => return Ok(start + 1),
            b'/' if bytes.get(start + 1) == Some(&b'>') => return Ok(start + 2),
            _ => {}
        }
        let end = name_end(bytes, start);
        if end == start {
            return Err(NotPlain);
        }
        let (byte, sign) = after_space(bytes, end)?;
        if byte != b'=' {
            at = end;
            continue;
        }
        let (quote, opens) = after_space(bytes, sign + 1)?;
        let value = if matches!(quote, b'"' | b'\'') {
            let length = memchr::memchr(quote, &bytes[opens + 1..]).ok_or(NotPlain)?;
            opens + 1..opens + 1 + length
        } else {
            let is_end = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'>');
            opens..opens + bytes[opens..].iter().position(is_end).ok_or(NotPlain)?
        };
        let is_bare = value.start == opens;
        let is_odd = |byte: &u8| {
            matches!(byte, b'\r' | 0) || is_bare && matches!(byte, b'"' | b'\'' | b'<' | b'=' | b'`' | 0x0c)
        };
        let may_be_odd = is_bare || signs == Signs::Any;
        if is_bare && value.is_empty() || may_be_odd && bytes[value.clone()].iter().any(is_odd) {
            return Err(NotPlain);
        }
        at = if is_bare { value.end } else { value.end + 1 };
        take(&html[start..end], value);
    }
}

/// Where the tag ends whose name begins at `at`.
fn end_tag(bytes: &[u8], at: usize) -> Result<usize, NotPlain> {
    if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        return Err(NotPlain);
    }
    match after_space(bytes, name_end(bytes, at))? {
        (b'>', end) => Ok(end + 1),
        _ => Err(NotPlain),
    }
}

/// Where the comment or the document type ends that goes on at `at`, behind `<!`.
fn declaration(bytes: &[u8], at: usize) -> Result<usize, NotPlain> {
    let rest = &bytes[at..];
    if let Some(comment) = rest.strip_prefix(b"--") {
        let length = memchr::memmem::find(comment, b"-->").ok_or(NotPlain)?;
        let is_odd = comment.starts_with(b">") || comment.starts_with(b"->") || comment[..length + 2].ends_with(b"--!");
        let is_plain = !is_odd && memchr::memmem::find(&comment[..length + 2], b"--!>").is_none();
        return if is_plain { Ok(at + 2 + length + 3) } else { Err(NotPlain) };
    }
    const DOCTYPE: &[u8] = b"doctype html>";
    match rest.get(..DOCTYPE.len()) {
        Some(doctype) if doctype.eq_ignore_ascii_case(DOCTYPE) => Ok(at + DOCTYPE.len()),
        _ => Err(NotPlain),
    }
}

/// Where tags go on after the start tag of `name`, which ends at `at`: behind what it hides, if it does.
fn after_hidden(html: &str, name: &str, at: usize) -> Result<usize, NotPlain> {
    const HIDES: [&str; 4] = ["script", "style", "textarea", "title"];
    const ODD: [&str; 5] = ["iframe", "noembed", "noframes", "plaintext", "xmp"];
    let is = |other: &&str| name.eq_ignore_ascii_case(other);
    if name.len() < 3 {
        return Ok(at);
    }
    if ODD.iter().any(is) {
        return Err(NotPlain);
    }
    if !HIDES.iter().any(is) {
        return Ok(at);
    }
    let bytes = html.as_bytes();
    for close in memchr::memmem::find_iter(&bytes[at..], b"</") {
        let end = at + close + 2;
        if bytes[end..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            let is_plain = bytes.get(end + name.len()) == Some(&b'>') && !html[at..end].contains("<!--");
            return if is_plain { Ok(end + name.len() + 1) } else { Err(NotPlain) };
        }
    }
    Err(NotPlain)
}
