//! Bytes become text, or a diagnostic that says why they are none.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Place, content, notebook};

/// A text larger than this, in bytes, is refused without being read.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;

/// A notebook larger than this, in bytes, is refused without being read: it may hold pictures.
const LARGEST_NOTEBOOK: u64 = 64 * 1024 * 1024;

/// Reads the text at `file`, without a byte-order mark. What is not text yields as much as can be kept: nothing of a
/// file in another encoding, everything but the NULs of one that holds some.
pub fn read_text(file: &Path, shown: &str) -> (String, Option<Diagnostic>) {
    let (text, diagnostic, _) = read_with_metadata(file, shown);
    (text, diagnostic)
}

/// Reads the text at `file`, and what the system says of the file just before; see [`read_text`].
pub fn read_with_metadata(file: &Path, shown: &str) -> (String, Option<Diagnostic>, io::Result<Metadata>) {
    let opened = File::open(file).and_then(|opened| Ok((opened.metadata()?, opened)));
    let (metadata, opened) = match opened {
        Ok(opened) => opened,
        Err(error) => return (String::new(), Some(content::unreadable(shown, &error)), Err(error)),
    };
    let is_notebook = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ipynb"));
    let length = metadata.len();
    let (text, diagnostic) = match is_notebook {
        true if length > LARGEST_NOTEBOOK => {
            (String::new(), Some(notebook::too_large(shown, length, LARGEST_NOTEBOOK)))
        }
        false if length > LARGEST_TEXT => (String::new(), Some(content::too_large(shown, length, LARGEST_TEXT))),
        _ => {
            // One byte more shows the end without asking again.
            let mut bytes = Vec::with_capacity(length as usize + 1);
            match opened.take(LARGEST_NOTEBOOK).read_to_end(&mut bytes) {
                Ok(_) => decode(bytes, shown),
                Err(error) => (String::new(), Some(content::unreadable(shown, &error))),
            }
        }
    };
    (text, diagnostic, Ok(metadata))
}

/// Decodes `bytes`, the whole of the file `shown`; see [`read_text`].
pub fn decode(bytes: Vec<u8>, shown: &str) -> (String, Option<Diagnostic>) {
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            return (String::new(), Some(not_utf8(error.as_bytes(), at, shown)));
        }
    };
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        if let Some(encoding) = wide_encoding(text.as_bytes()) {
            return (String::new(), Some(content::not_utf8(Place::file(shown), 0, encoding)));
        }
        let place = place(text.as_bytes(), at, shown);
        text = text.replace('\0', "\u{fffd}");
        text = without_mark(text);
        return (text, Some(content::nul(place, at)));
    }
    (without_mark(text), None)
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

fn not_utf8(bytes: &[u8], at: usize, shown: &str) -> Diagnostic {
    match wide_encoding(bytes) {
        Some(encoding) => content::not_utf8(Place::file(shown), 0, encoding),
        None => content::not_utf8(place(bytes, at, shown), at, narrow_encoding(bytes, at)),
    }
}

/// The place of byte `at`, with its line as far as it is readable.
fn place(bytes: &[u8], at: usize, shown: &str) -> Place {
    let mark = if bytes.starts_with(b"\xef\xbb\xbf") && at >= 3 { 3 } else { 0 };
    let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
    let start = at - mark;
    let lossy = String::from_utf8_lossy(&bytes[mark..line_end]);
    // All before `at` is UTF-8 and stays as long as it is; a terminal is shown no NUL.
    let (before, after) = lossy.split_at(lossy.floor_char_boundary(start));
    let readable = before.replace('\0', " ") + &after.replace('\0', "\u{fffd}");
    Place::new(shown, &readable, marked(start, &readable), "")
}

/// The character at `start`.
fn marked(start: usize, text: &str) -> Range<usize> {
    start..start + text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

/// The encoding of a file in two or four bytes a character, by its byte-order mark or by where its zeros are.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some("UTF-32LE"),
        [0xff, 0xfe, ..] => return Some("UTF-16LE"),
        [0xfe, 0xff, ..] => return Some("UTF-16BE"),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (sample.len() / 2) * 2 / 5;
    match () {
        () if sample.len() < 4 => None,
        () if odd > many && even == 0 => Some("UTF-16LE without a byte-order mark"),
        () if even > many && odd == 0 => Some("UTF-16BE without a byte-order mark"),
        () => None,
    }
}

/// The likely encoding of a file in one byte a character whose first byte that is not UTF-8 is at `at`.
fn narrow_encoding(bytes: &[u8], at: usize) -> &'static str {
    let sample = &bytes[..bytes.len().min(at + 65_536)];
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if sample.iter().filter(control).count() * 20 > sample.len() {
        return "no text at all";
    }
    if std::str::from_utf8(&bytes[..at]).is_ok_and(|text| !text.is_ascii()) {
        return "UTF-8 with damaged characters";
    }
    let high = |from: u8, to: u8| sample.iter().filter(|byte| (from..=to).contains(*byte)).count();
    // 81, 8D, 8F, 90 and 9D are no characters of Windows-1252.
    let unassigned = sample.iter().filter(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)).count();
    match (high(0x80, 0x9f), unassigned) {
        (0, _) => "ISO-8859-1 (Latin-1)",
        (_, 0) => "Windows-1252",
        _ => "an encoding of one byte a character",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(bytes: &[u8], text: &str, expected: &str) {
        let (decoded, diagnostic) = decode(bytes.to_vec(), "content/a.md");
        let shown = diagnostic.map_or(String::new(), |diagnostic| {
            let place = diagnostic.place.unwrap();
            format!("{}:{} {} {}", place.line, place.column, diagnostic.message, place.label)
        });
        assert_eq!((decoded.as_str(), shown.trim()), (text, expected), "{bytes:?}");
    }

    #[test]
    fn text_is_kept_as_it_is() {
        check("é\r\nb".as_bytes(), "é\r\nb", "");
        check("\u{feff}é".as_bytes(), "é", "");
        check(b"", "", "");
    }

    #[test]
    fn other_encodings_are_named() {
        let message = |encoding: &str| format!("`content/a.md` is not UTF-8: it looks like {encoding}");
        check(b"a\nb caf\xe9 c", "", &format!("2:6 {} byte 7 of the file", message("ISO-8859-1 (Latin-1)")));
        check(b"\x93a\x94", "", &format!("1:1 {} byte 0 of the file", message("Windows-1252")));
        check(b"\xff\xfea\0b\0", "", &format!("1:1 {} byte 0 of the file", message("UTF-16LE")));
        check(b"\xfe\xff\0a\0b", "", &format!("1:1 {} byte 0 of the file", message("UTF-16BE")));
        check(
            b"a\0b\0c\0d\0",
            "",
            &format!("1:1 {} byte 0 of the file", message("UTF-16LE without a byte-order mark")),
        );
        check(
            "é\n".as_bytes().iter().copied().chain([0xc3, b' ']).collect::<Vec<u8>>().as_slice(),
            "",
            &format!("2:1 {} byte 3 of the file", message("UTF-8 with damaged characters")),
        );
        check(
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff",
            "",
            &format!("1:1 {} byte 0 of the file", message("no text at all")),
        );
    }

    #[test]
    fn a_nul_is_reported_and_the_text_kept() {
        check(
            b"a long first line\nb\0c",
            "a long first line\nb\u{fffd}c",
            "2:2 `content/a.md` holds a NUL character, which no text does byte 19 of the file",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_decode_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60)) {
            let is_text = std::str::from_utf8(&bytes).is_ok_and(|text| !text.contains('\0'));
            proptest::prop_assert_eq!(decode(bytes, "content/a.md").1.is_none(), is_text);
        }

        #[test]
        fn no_damaged_text_makes_decode_panic(text in "[a\né\u{0}\u{feff}]{0,20}", byte: u8, at in 0usize..40) {
            let mut bytes = text.into_bytes();
            bytes.insert(at.min(bytes.len()), byte);
            decode(bytes, "content/a.md");
        }
    }
}
