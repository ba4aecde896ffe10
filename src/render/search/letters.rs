//! Letters of ASCII, eight at a time: what all essays consist of for the most part.

use super::word::{Key, SHORT};

/// Letters and digits of ASCII in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// How many there are.
    pub length: usize,
    /// The word that they are in lower case, if they are a word and short; of a longer run its beginning.
    pub key: Key,
    /// The byte after them; 0 at the end of the text.
    pub next: u8,
}

/// The bit in each byte that small letters and digits have, and capital letters have not.
const SMALL: u64 = each(0x20);
/// The highest bit of each byte.
const HIGH: u64 = each(0x80);

/// `byte`, eight times.
#[inline(always)]
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

impl Run {
    /// That which `text` begins with; it may be empty.
    #[inline(always)]
    pub fn of(text: &[u8]) -> Self {
        let Some(chunk) = text.first_chunk::<SHORT>() else {
            return Self::of_little(text);
        };
        let chunk = u128::from_le_bytes(*chunk);
        let (first, second) = (chunk as u64, (chunk >> 64) as u64);
        let others_of_first = others(first);
        if others_of_first != 0 {
            let length = bytes_before(others_of_first);
            let key = Key::short(small(first, others_of_first), 0);
            return Self { length, key, next: (first >> (8 * length)) as u8 };
        }
        let others = others(second);
        if others != 0 {
            let length = bytes_before(others);
            let key = Key::short(first | SMALL, small(second, others));
            return Self { length: 8 + length, key, next: (second >> (8 * length)) as u8 };
        }
        Self::long(text)
    }

    /// That of 16 or more which `text` begins with.
    #[cold]
    fn long(text: &[u8]) -> Self {
        let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let key = Key::short(eight(text, 0) | SMALL, eight(text, 8) | SMALL);
        Self { length, key, next: text.get(length).copied().unwrap_or_default() }
    }

    /// That which `text` of less than 16 bytes begins with.
    #[cold]
    fn of_little(text: &[u8]) -> Self {
        let mut padded = [0; 2 * SHORT];
        padded[..text.len()].copy_from_slice(text);
        Self::of(&padded)
    }
}

/// The eight bytes of `text` from `at` on as a number, the first the lowest; zeros beyond the end.
#[inline]
pub fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk::<8>() {
        Some(bytes) => u64::from_le_bytes(*bytes),
        None => rest.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
    }
}

/// The highest bit of the lowest of `bytes` that is `>`, and perhaps of others above it; 0 if none is.
#[inline]
pub fn ends_of_tags(bytes: u64) -> u64 {
    let differing = bytes ^ each(b'>');
    differing.wrapping_sub(each(1)) & !differing & HIGH
}

/// How many bytes are below the lowest bit of `marked`, which has the highest bits of some.
#[inline]
pub fn bytes_before(marked: u64) -> usize {
    marked.trailing_zeros() as usize / 8
}

/// The bits of the bytes below the lowest bit of `marked`, which has the highest bits of some.
#[inline]
pub fn mask_before(marked: u64) -> u64 {
    (marked ^ marked.wrapping_sub(1)) >> 8
}

/// The highest bit of the lowest of `bytes` that is neither a letter nor a digit, and perhaps of others above it; 0 if all are.
#[inline]
fn others(bytes: u64) -> u64 {
    // Each sum carries into the highest bit of a byte from the first or after the last of a range on. What a byte beyond
    // ASCII carries into the bytes above it does not matter.
    let from = |bytes: u64, first: u8| bytes.wrapping_add(each(0x80 - first));
    let lower = bytes | SMALL;
    let letters = from(lower, b'a') ^ from(lower, b'z' + 1);
    let digits = from(bytes, b'0') ^ from(bytes, b'9' + 1);
    (!(letters ^ digits) | bytes) & HIGH
}

/// Those of `bytes` that are below the lowest bit of `others`, in lower case.
#[inline]
fn small(bytes: u64, others: u64) -> u64 {
    (bytes | SMALL) & mask_before(others)
}

#[cfg(test)]
mod tests {
    use super::super::word::Word;
    use super::*;

    #[test]
    fn a_run_ends_before_any_other_byte() {
        for length in 0..40 {
            let letters: String = "aZ09zAmQ5b".chars().cycle().take(length).collect();
            for other in (0..=255u8).filter(|byte| !byte.is_ascii_alphanumeric()) {
                for rest in ["", "x", " and what follows it"] {
                    let text = [letters.as_bytes(), &[other], rest.as_bytes()].concat();
                    let run = Run::of(&text);
                    assert_eq!((run.length, run.next), (length, other), "{text:?}");
                    let small = letters.to_ascii_lowercase();
                    assert_eq!(run.key, Word::new(&small[..length.min(SHORT)]).key());
                }
            }
        }
        assert_eq!(Run::of(b"ab"), Run { length: 2, key: Word::new("ab").key(), next: 0 });
    }

    #[test]
    fn a_tag_ends_at_the_first_bracket() {
        let check = |text: &str, before: usize| {
            let ends = ends_of_tags(eight(text.as_bytes(), 1));
            assert_eq!(bytes_before(ends), before, "{text}");
        };
        check("<b>c", 1);
        check("</strong>>>", 7);
        check("<strong", 8);
        check("<?>=>", 1);
    }
}
