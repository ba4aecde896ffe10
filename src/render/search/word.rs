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
/// short one is like. The default is no word's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Key(u64, u64);

/// Bytes of a short word, at most.
pub const SHORT: usize = 16;
/// What the second half of the key of a longer word begins with: no byte of UTF-8 is like that.
const LONG: u64 = 0xff << 56;

impl<'w> Word<'w> {
    /// The word `text`, which is in lower case.
    pub fn new(text: &'w str) -> Self {
        let mut bytes = [0; SHORT];
        match bytes.get_mut(..text.len()) {
            Some(letters) => {
                letters.copy_from_slice(text.as_bytes());
                let bytes = u128::from_le_bytes(bytes);
                Self::Short(Key::short(bytes as u64, (bytes >> 64) as u64))
            }
            None => Self::Long(text),
        }
    }

    /// What it is looked up by.
    #[inline(always)]
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
                let bytes = key.bytes();
                let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(SHORT);
                text.push_str(std::str::from_utf8(&bytes[..length]).unwrap_or_default());
            }
            Self::Long(word) => text.push_str(word),
        }
    }
}

impl Key {
    /// That of the short word whose first eight bytes are `first` and whose others are `second`, the first the lowest.
    #[inline(always)]
    pub fn short(first: u64, second: u64) -> Self {
        Self(first, second)
    }

    fn bytes(self) -> [u8; SHORT] {
        (u128::from(self.1) << 64 | u128::from(self.0)).to_le_bytes()
    }

    /// Whether it is no word's.
    #[inline]
    pub fn is_none(self) -> bool {
        self.0 | self.1 == 0
    }

    /// A product whose halves are mixed, with factors that have no pattern (digits of pi).
    #[inline(always)]
    pub fn hash(self) -> u64 {
        let product = u128::from(self.0 ^ 0x243f_6a88_85a3_08d3) * u128::from(self.1 ^ 0x1319_8a2e_0370_7344);
        product as u64 ^ (product >> 64) as u64
    }
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
            assert_eq!(text(Word::new(word)), word);
            assert!(matches!(Word::new(word), Word::Short(key) if !key.is_none()));
        }
    }

    #[test]
    fn long_words_are_told_apart() {
        let (a, b) = (Word::new("12345678a12345678"), Word::new("12345678b12345678"));
        assert_eq!(text(a), "12345678a12345678");
        assert_ne!(a.key(), b.key());
        assert!(a.is(|| "12345678a12345678") && !a.is(|| "12345678b12345678"));
    }
}
