//! A word as the index knows it.

/// A word: letters and digits in lower case. Nearly all are short, and a short one is two numbers, which are compared and
/// hashed at once.
#[derive(Debug, Clone, Copy)]
pub enum Word<'w> {
    /// One of up to 16 bytes.
    Short(Key),
    /// A longer one.
    Long(&'w str),
}

/// What a word is looked up by: the bytes of a short one, padded with zeros; of a longer one a hash and its length, which no
/// short one is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64, u64);

/// Bytes of a short word, at most.
const SHORT: usize = 16;
/// What the second half of the key of a longer word begins with: no byte of UTF-8 is like that.
const LONG: u64 = 0xff << 56;
/// The bit that small letters and digits have, and capital letters have not.
const SMALL: u128 = u128::from_le_bytes([0x20; SHORT]);

impl<'w> Word<'w> {
    /// The word `text`, which is in lower case.
    pub fn new(text: &'w str) -> Self {
        if text.len() <= SHORT {
            Self::Short(Key::short(bytes_at(text.as_bytes(), 0, text.len())))
        } else {
            Self::Long(text)
        }
    }

    /// The word of `length` letters and digits of ASCII in `text` at `at`, in lower case; `None` if it is not short.
    #[inline]
    pub fn ascii(text: &[u8], at: usize, length: usize) -> Option<Self> {
        let bytes =
            (length <= SHORT).then(|| bytes_at(text, at, length) | bytes_at(&SMALL.to_le_bytes(), 0, length))?;
        Some(Self::Short(Key::short(bytes)))
    }

    /// What it is looked up by.
    #[inline]
    pub fn key(self) -> Key {
        match self {
            Self::Short(key) => key,
            Self::Long(text) => Key(xxhash_rust::xxh3::xxh3_64(text.as_bytes()), LONG | text.len() as u64),
        }
    }

    /// Whether it is the word of the same key that `text` yields.
    #[inline]
    pub fn is<'t>(self, text: impl FnOnce() -> &'t str) -> bool {
        match self {
            Self::Short(_) => true,
            Self::Long(word) => word == text(),
        }
    }

    /// Writes it to `text`.
    pub fn push_to(self, text: &mut String) {
        match self {
            Self::Short(key) => {
                let (bytes, length) = (key.bytes(), key.length());
                text.push_str(std::str::from_utf8(&bytes[..length]).unwrap_or_default());
            }
            Self::Long(word) => text.push_str(word),
        }
    }
}

impl Key {
    #[inline]
    fn short(bytes: u128) -> Self {
        Self(bytes as u64, (bytes >> 64) as u64)
    }

    fn bytes(self) -> [u8; SHORT] {
        (u128::from(self.1) << 64 | u128::from(self.0)).to_le_bytes()
    }

    /// Bytes of the word.
    pub fn length(self) -> usize {
        let is_long = self.1 & LONG == LONG;
        if is_long {
            (self.1 & !LONG) as usize
        } else {
            self.bytes().iter().position(|byte| *byte == 0).unwrap_or(SHORT)
        }
    }

    /// Two products whose bits are mixed, with factors that have no pattern (digits of pi).
    #[inline]
    pub fn hash(self) -> u64 {
        let product = u128::from(self.0 ^ 0x243f_6a88_85a3_08d3) * u128::from(self.1 ^ 0x1319_8a2e_0370_7344);
        (product as u64 ^ (product >> 64) as u64).wrapping_mul(0xa409_3822_299f_31d1)
    }
}

/// The first `length` bytes of `text` from `at` on, at most 16, as a number; the first is the lowest.
#[inline]
fn bytes_at(text: &[u8], at: usize, length: usize) -> u128 {
    let bytes = match text.get(at..).and_then(<[u8]>::first_chunk::<SHORT>) {
        Some(bytes) => *bytes,
        None => {
            let mut bytes = [0; SHORT];
            bytes[..length].copy_from_slice(&text[at..at + length]);
            bytes
        }
    };
    let unused = 8 * (SHORT - length) as u32;
    let all = u128::from_le_bytes(bytes);
    if unused == 128 { 0 } else { all << unused >> unused }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: Word<'_>) -> String {
        let mut text = String::new();
        word.push_to(&mut text);
        text
    }

    #[test]
    fn a_short_word_is_its_key() {
        for word in ["a", "abc", "12345678", "123456789", "1234567890123456", "größe", "見"] {
            let key = Word::new(word).key();
            assert_eq!((text(Word::new(word)), key.length()), (word.to_owned(), word.len()));
            assert!(matches!(Word::new(word), Word::Short(_)));
        }
    }

    #[test]
    fn a_long_word_has_its_length() {
        let (a, b) = (Word::new("12345678a12345678"), Word::new("12345678b12345678"));
        assert_eq!((a.key().length(), text(a)), (17, "12345678a12345678".to_owned()));
        assert_ne!(a.key(), b.key());
        assert!(a.is(|| "12345678a12345678") && !a.is(|| "12345678b12345678"));
    }

    #[test]
    fn capital_letters_are_small_ones() {
        for (written, word) in [("ABCxyz019", "abcxyz019"), ("Q", "q"), ("ABCDEFGHIJKLMNOP", "abcdefghijklmnop")] {
            for around in ["", " and what follows it, so that all are there"] {
                let all = format!("<p>{written}{around}");
                let found = Word::ascii(all.as_bytes(), 3, written.len()).map(|found| (text(found), found.key()));
                assert_eq!(found, Some((word.to_owned(), Word::new(word).key())));
            }
        }
        assert!(Word::ascii(b"12345678901234567", 0, 17).is_none());
    }
}
