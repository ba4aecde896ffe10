//! Words, each once, and which essays each is in, written as the index holds them.

use hashbrown::HashTable;
use rayon::prelude::*;

use super::word::{Key, Word};

/// The most that a word can weigh in an essay: a weight is written as a capital letter.
pub const HEAVIEST: u8 = 26;

/// The words of some essays. Every word of every essay is looked up here, so what a look-up touches is kept small and side
/// by side: it stays in the processor's cache.
#[derive(Debug, Default)]
pub struct Vocabulary {
    table: HashTable<Slot>,
    /// By position, the last essay that a word is in.
    last: Vec<Posting>,
    /// By position, the essays before.
    earlier: Vec<Postings>,
    /// The words one after the other.
    letters: String,
}

/// A word in the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: Key,
    /// Where it stands in `letters`.
    start: u32,
    /// Its position.
    position: u32,
}

impl Slot {
    fn word(self, letters: &str) -> &str {
        &letters[self.start as usize..self.start as usize + self.key.length()]
    }
}

impl Vocabulary {
    /// Adds `weight` to what `word` weighs in essay `number`, which is the last one so far or comes after it. It comes to
    /// `most` at most, if it was not more already.
    pub fn add(&mut self, word: Word<'_>, number: u32, weight: u8, most: u8) {
        let position = self.position(word);
        let last = &mut self.last[position];
        if last.number == number && last.weight > 0 {
            last.weight = (last.weight + weight).min(most.max(last.weight));
        } else {
            let before = std::mem::replace(last, Posting { number, weight });
            self.earlier[position].push(before);
        }
    }

    /// The position of `word`, which gets one if it is new.
    #[inline]
    fn position(&mut self, word: Word<'_>) -> usize {
        let key = word.key();
        let found = self.table.find(key.hash(), |slot| slot.key == key && word.is(|| slot.word(&self.letters)));
        match found {
            Some(slot) => slot.position as usize,
            None => self.insert(word),
        }
    }

    /// Adds `word`, which is new. Returns its position.
    #[cold]
    fn insert(&mut self, word: Word<'_>) -> usize {
        let key = word.key();
        let (start, position) = (self.letters.len() as u32, self.last.len());
        word.push_to(&mut self.letters);
        let slot = Slot { key, start, position: position as u32 };
        self.table.insert_unique(key.hash(), slot, |slot| slot.key.hash());
        self.last.push(Posting::default());
        self.earlier.push(Postings::default());
        position
    }

    /// Adds the words of `later`, whose essays all come after those of this one.
    pub fn append(&mut self, mut later: Self) {
        for slot in &later.table {
            let (of_later, position) = (slot.position as usize, self.position(Word::new(slot.word(&later.letters))));
            let last = std::mem::replace(&mut self.last[position], later.last[of_later]);
            self.earlier[position].push(last);
            self.earlier[position].append(std::mem::take(&mut later.earlier[of_later]));
        }
    }

    /// Each word, in the order of their code points, and its position.
    pub fn sorted(&self) -> Vec<(&str, usize)> {
        let slots = self.table.iter();
        let mut sorted: Vec<_> = slots.map(|slot| (slot.word(&self.letters), slot.position as usize)).collect();
        sorted.par_sort_unstable();
        sorted
    }

    /// Writes the essays of the word at `position` to `text`: for each how many essays lie between it and the one before, in
    /// base 36 (nothing for none), and the word's weight in it, `A` to `Z`.
    pub fn push_postings(&self, position: usize, text: &mut String) {
        let (earlier, last) = (&self.earlier[position], self.last[position]);
        if !earlier.text.is_empty() {
            push_base_36(text, earlier.first);
            text.push_str(&earlier.text);
        }
        push_base_36(text, last.number - earlier.next);
        text.push(last.letter());
    }
}

/// An essay that a word is in, and what it weighs there; 0 for none.
#[derive(Debug, Clone, Copy, Default)]
struct Posting {
    number: u32,
    weight: u8,
}

impl Posting {
    /// The weight as it is written.
    fn letter(self) -> char {
        char::from(b'A' + self.weight.clamp(1, HEAVIEST) - 1)
    }
}

/// Essays that a word is in, in order.
#[derive(Debug, Default)]
struct Postings {
    /// As [`Vocabulary::push_postings`] writes them, without what lies before the first.
    text: String,
    /// The first one.
    first: u32,
    /// How many essays there are up to the last one.
    next: u32,
}

impl Postings {
    fn push(&mut self, posting: Posting) {
        if posting.weight == 0 {
            return;
        }
        if self.text.is_empty() {
            self.first = posting.number;
        } else {
            push_base_36(&mut self.text, posting.number - self.next);
        }
        self.text.push(posting.letter());
        self.next = posting.number + 1;
    }

    /// Adds those of `later`, which all come after these.
    fn append(&mut self, later: Self) {
        if self.text.is_empty() {
            *self = later;
        } else if !later.text.is_empty() {
            push_base_36(&mut self.text, later.first - self.next);
            self.text.push_str(&later.text);
            self.next = later.next;
        }
    }
}

/// Writes `number` in base 36; nothing for 0.
fn push_base_36(text: &mut String, number: u32) {
    if number == 0 {
        return;
    }
    push_base_36(text, number / 36);
    text.push(char::from(b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize]));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that are found, with essay and weight, as lines; those from `cut` on in a vocabulary that is appended.
    fn lines(found: &[(&str, u32, u8)], cut: usize) -> Vec<String> {
        let of = |found: &[(&str, u32, u8)]| {
            let mut vocabulary = Vocabulary::default();
            found.iter().for_each(|(word, number, weight)| vocabulary.add(Word::new(word), *number, *weight, HEAVIEST));
            vocabulary
        };
        let mut vocabulary = of(&found[..cut]);
        vocabulary.append(of(&found[cut..]));
        let line = |(word, position): (&str, usize)| {
            let mut line = format!("{word} ");
            vocabulary.push_postings(position, &mut line);
            line
        };
        vocabulary.sorted().into_iter().map(line).collect()
    }

    #[test]
    fn a_line_counts_the_essays_between() {
        let check = |found: &[(u32, u8)], expected: &str| {
            let found: Vec<_> = found.iter().map(|(number, weight)| ("a", *number, *weight)).collect();
            for cut in 0..=found.len() {
                assert_eq!(lines(&found, cut), [expected], "cut at {cut}");
            }
        };
        check(&[(0, 1)], "a A");
        check(&[(0, 1), (1, 2), (3, 26)], "a AB1Z");
        check(&[(36, 40), (1036, 3)], "a 10ZrrC");
        check(&[(7, 1), (8, 1), (40, 1)], "a 7AAvA");
    }

    #[test]
    fn weights_of_one_essay_are_added() {
        let mut vocabulary = Vocabulary::default();
        (0..20).for_each(|_| vocabulary.add(Word::new("a"), 2, 1, 8));
        vocabulary.add(Word::new("a"), 2, 12, HEAVIEST);
        vocabulary.add(Word::new("a"), 2, 1, 8);
        let mut text = String::new();
        vocabulary.push_postings(0, &mut text);
        assert_eq!(text, "2T");
    }

    #[test]
    fn long_words_with_like_ends_are_two() {
        let ends = [("12345678a12345678", 0, 1), ("12345678b12345678", 1, 1)];
        assert_eq!(lines(&ends, 1), ["12345678a12345678 A", "12345678b12345678 1A"]);
    }

    #[test]
    fn each_word_is_there_once() {
        let long = "antidisestablishmentarian";
        let found = [("b", 0, 1), (long, 1, 1), ("b", 2, 1), ("antidisestab", 3, 1), (long, 4, 1), ("b", 4, 1)];
        for cut in 0..=found.len() - 2 {
            assert_eq!(lines(&found, cut), ["antidisestab 3A", "antidisestablishmentarian 1A2A", "b A1A1A"]);
        }
    }
}
