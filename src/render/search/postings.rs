//! The essays that a word is in, written as the index holds them.

/// The most that a word can weigh in an essay: a weight is written as a capital letter.
pub const HEAVIEST: u8 = 26;

/// An essay that a word is in: how many essays lie between it and the one before that the word is in, and in the lowest
/// byte what the word weighs there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Posting(u32);

/// The essays that a word is in, in order; at least one.
///
/// As text, each is how many essays lie between it and the one before (before the first, how many there are), in base 36
/// (nothing for none), and the word's weight in it, `A` to `Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Postings<'t> {
    /// The first one.
    pub first: u32,
    /// The text, without what lies before the first.
    pub text: &'t str,
    /// The number after the last one's.
    pub next: u32,
}

impl Posting {
    /// That of an essay after `gap` others, in which the word weighs `weight`, 1 to [`HEAVIEST`].
    #[inline]
    pub fn new(gap: u32, weight: u8) -> Self {
        Self(gap << 8 | u32::from(weight))
    }

    /// Adds `weight` to what the word weighs; it comes to `most` at most, if it was not more already.
    #[inline]
    pub fn add(&mut self, weight: u8, most: u8) {
        let before = self.0 as u8;
        if before < most {
            self.0 += u32::from(weight.min(most - before));
        }
    }

    #[inline]
    fn gap(self) -> u32 {
        self.0 >> 8
    }

    /// Bytes of its text.
    #[inline]
    pub fn length(self) -> usize {
        match self.gap() {
            0 => 1,
            1..36 => 2,
            36..1_296 => 3,
            gap => gap.ilog(36) as usize + 2,
        }
    }

    /// Writes its text to `text` from `at` on. Returns where that ends.
    #[inline]
    pub fn write(self, text: &mut [u8], mut at: usize) -> usize {
        let gap = self.gap() as usize;
        if let Some(digit) = DIGITS.get(gap) {
            if gap > 0 {
                text[at] = *digit;
                at += 1;
            }
        } else {
            let mut rest = gap;
            let digits = self.length() - 1;
            for place in (at..at + digits).rev() {
                text[place] = DIGITS[rest % 36];
                rest /= 36;
            }
            at += digits;
        }
        text[at] = b'A' - 1 + self.0 as u8;
        at + 1
    }
}

impl Postings<'_> {
    /// Writes them to `text`, as what follows those of the essays before number `next`.
    pub fn push_to(self, text: &mut String, next: u32) {
        push_base_36(text, self.first - next);
        text.push_str(self.text);
    }
}

/// The digits of base 36.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Writes `number` in base 36; nothing for 0.
fn push_base_36(text: &mut String, number: u32) {
    if number > 0 {
        push_base_36(text, number / 36);
        text.push(char::from(DIGITS[(number % 36) as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_counts_the_essays_between() {
        let check = |gap: u32, weight: u8, expected: &str| {
            let posting = Posting::new(gap, weight);
            let mut text = vec![b'.'; posting.length() + 2];
            assert_eq!(posting.write(&mut text, 1), text.len() - 1);
            assert_eq!(String::from_utf8_lossy(&text), format!(".{expected}."));
            let mut text = String::new();
            Postings { first: 7 + gap, text: "B", next: 8 }.push_to(&mut text, 7);
            assert_eq!(text, format!("{}B", &expected[..expected.len() - 1]));
        };
        check(0, 1, "A");
        check(1, 2, "1B");
        check(35, 26, "zZ");
        check(36, 26, "10Z");
        check(999, 3, "rrC");
        check(1_296, 3, "100C");
        check(46_656, 3, "1000C");
        check(65_535, 3, "1ekfC");
    }
}
