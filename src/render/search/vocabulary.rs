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
    /// By position, the essays that a word is in, but for the last one.
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
    /// The last essay that it is in.
    last: Posting,
}

impl Slot {
    fn word(self, letters: &str) -> &str {
        &letters[self.start as usize..self.start as usize + self.key.length()]
    }
}

impl Vocabulary {
    /// Adds `weight` to what `word` weighs in essay `number`, which is the last one so far or comes after it. It comes to
    /// `most` at most, if it was not more already.
    #[inline]
    pub fn add(&mut self, word: Word<'_>, number: u32, weight: u8, most: u8) {
        let Self { table, earlier, letters } = self;
        let key = word.key();
        let found = table.find_mut(key.hash(), |slot| slot.key == key && word.is(|| slot.word(letters)));
        let posting = Posting { number, weight };
        match found {
            Some(Slot { last, .. }) if last.number == number => {
                last.weight = (last.weight + weight).min(most.max(last.weight));
            }
            Some(Slot { last, position, .. }) => {
                let before = std::mem::replace(last, posting);
                earlier[*position as usize].push(before);
            }
            None => self.insert(word, posting, Postings::default()),
        }
    }

    /// Adds `word`, which is new.
    #[cold]
    fn insert(&mut self, word: Word<'_>, last: Posting, earlier: Postings) {
        let key = word.key();
        let (start, position) = (self.letters.len() as u32, self.earlier.len() as u32);
        word.push_to(&mut self.letters);
        self.table.insert_unique(key.hash(), Slot { key, start, position, last }, |slot| slot.key.hash());
        self.earlier.push(earlier);
    }

    /// Adds the words of `later`, whose essays all come after those of this one.
    pub fn append(&mut self, mut later: Self) {
        for slot in &later.table {
            let word = Word::new(slot.word(&later.letters));
            let of_later = std::mem::take(&mut later.earlier[slot.position as usize]);
            let Self { table, earlier, letters } = self;
            match table.find_mut(slot.key.hash(), |own| own.key == slot.key && word.is(|| own.word(letters))) {
                Some(Slot { last, position, .. }) => {
                    let earlier = &mut earlier[*position as usize];
                    earlier.push(std::mem::replace(last, slot.last));
                    earlier.append(of_later);
                }
                None => self.insert(word, slot.last, of_later),
            }
        }
    }

    /// Each word, in the order of their code points, and which it is.
    pub fn sorted(&self) -> Vec<(&str, Entry<'_>)> {
        let entry = |slot: &Slot| Entry { last: slot.last, earlier: &self.earlier[slot.position as usize] };
        let mut sorted: Vec<_> = self.table.iter().map(|slot| (slot.word(&self.letters), entry(slot))).collect();
        sorted.par_sort_unstable_by_key(|(word, _)| *word);
        sorted
    }
}

/// The essays that a word is in.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'v> {
    last: Posting,
    earlier: &'v Postings,
}

impl Entry<'_> {
    /// Writes them to `text`: for each how many essays lie between it and the one before, in base 36 (nothing for none), and
    /// the word's weight in it, `A` to `Z`.
    pub fn push_to(self, text: &mut String) {
        let Self { last, earlier } = self;
        if !earlier.text.is_empty() {
            push_base_36(text, earlier.first);
            text.push_str(&earlier.text);
        }
        push_base_36(text, last.number - earlier.next);
        text.push(last.letter());
    }
}

/// An essay that a word is in, and what it weighs there.
#[derive(Debug, Clone, Copy)]
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
    /// As [`Entry::push_to`] writes them, without what lies before the first.
    text: String,
    /// The first one.
    first: u32,
    /// How many essays there are up to the last one.
    next: u32,
}

impl Postings {
    fn push(&mut self, posting: Posting) {
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
        let line = |(word, entry): (&str, Entry<'_>)| {
            let mut line = format!("{word} ");
            entry.push_to(&mut line);
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
        vocabulary.sorted()[0].1.push_to(&mut text);
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
