//! Words, each once, and which essays each is in.

use super::dictionary::{Dictionary, SECTIONS, section};
use super::postings::{Posting, Postings};
use super::word::{Key, Word};
use super::words::Words;

/// The words of some essays. Every word of every essay is looked up here, so a look-up
/// touches one place of memory, and what is found is written down one after the other: it stays in the processor's cache.
#[derive(Debug)]
pub struct Vocabulary {
    /// The words, each where its hash says or in the next free slot after that. Their number is a power of two; at least
    /// half of them are free.
    slots: Vec<Slot>,
    /// The words one after the other, as they were found.
    letters: String,
    /// Where each ends there.
    ends: Vec<u32>,
    /// The essays that words are in, but for the last one of each: those of one word in order.
    found: Vec<Found>,
}

/// A word in the table.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// What it is looked up by; that of no word where the slot is free.
    key: Key,
    /// Its number: how many words were found before it.
    number: u32,
    /// The first essay that it is in.
    first: u32,
    /// The last one.
    last: u32,
    posting: Posting,
}

/// An essay that a word is in.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// The number of the word.
    word: u32,
    posting: Posting,
}

/// Slots of a table in the beginning.
const SLOTS: usize = 1024;

impl Default for Vocabulary {
    fn default() -> Self {
        Self { slots: vec![Slot::default(); SLOTS], letters: String::new(), ends: Vec::new(), found: Vec::new() }
    }
}

impl Vocabulary {
    /// Adds `weight` for each of `words` to what it weighs in essay `number`, which is the last one so far or comes after it.
    /// It comes to `most` at most, if it was not more already.
    pub fn add(&mut self, words: &Words, number: u32, weight: u8, most: u8) {
        words.short.iter().for_each(|key| self.add_word(Word::Short(*key), number, weight, most));
        words.long.iter().for_each(|word| self.add_word(Word::Long(word), number, weight, most));
    }

    /// Adds `weight` to what `word` weighs, as said above.
    #[inline(always)]
    fn add_word(&mut self, word: Word<'_>, number: u32, weight: u8, most: u8) {
        let key = word.key();
        let mut at = key.hash() as usize;
        loop {
            at &= self.slots.len() - 1;
            let slot = &mut self.slots[at];
            if slot.key == key && word.is(|| text(&self.letters, &self.ends, slot.number)) {
                if slot.last == number {
                    slot.posting.add(weight, most);
                } else {
                    self.found.push(Found { word: slot.number, posting: slot.posting });
                    slot.posting = Posting::new(number - slot.last - 1, weight);
                    slot.last = number;
                }
                return;
            }
            if slot.key.is_none() {
                let long = if let Word::Long(word) = word { Some(word) } else { None };
                return self.insert(at, key, long, number, weight);
            }
            at += 1;
        }
    }

    /// Adds the word of `key`, which is new and is `long` unless it is short, in slot `at`.
    #[cold]
    fn insert(&mut self, at: usize, key: Key, long: Option<&str>, number: u32, weight: u8) {
        let posting = Posting::new(0, weight);
        let count = self.ends.len();
        self.slots[at] = Slot { key, number: count as u32, first: number, last: number, posting };
        long.map_or(Word::Short(key), Word::Long).push_to(&mut self.letters);
        self.ends.push(self.letters.len() as u32);
        if 2 * (count + 1) > self.slots.len() {
            self.grow();
        }
    }

    /// Doubles the slots.
    fn grow(&mut self) {
        let more = vec![Slot::default(); 2 * self.slots.len()];
        for slot in std::mem::replace(&mut self.slots, more) {
            if !slot.key.is_none() {
                let mut at = slot.key.hash() as usize;
                loop {
                    at &= self.slots.len() - 1;
                    if self.slots[at].key.is_none() {
                        break;
                    }
                    at += 1;
                }
                self.slots[at] = slot;
            }
        }
    }

    /// The words in order, and the essays that each is in, by [`section`].
    pub fn sections(mut self) -> Vec<Dictionary> {
        let mut words = std::mem::take(&mut self.slots);
        words.retain(|slot| !slot.key.is_none());
        self.found.extend(words.iter().map(|slot| Found { word: slot.number, posting: slot.posting }));
        let word = |slot: &Slot| text(&self.letters, &self.ends, slot.number);
        let mut words: Vec<(u128, Slot)> = words.into_iter().map(|slot| (beginning(word(&slot)), slot)).collect();
        words.sort_unstable_by(|(a, first), (b, second)| a.cmp(b).then_with(|| word(first).cmp(word(second))));
        // Those of one word are brought together by counting the bytes that each has.
        let mut places = vec![0; words.len()];
        self.found.iter().for_each(|found| places[found.word as usize] += found.posting.length());
        let mut length = 0;
        for (_, slot) in &words {
            // For now where those of the word begin; each that is put there moves it on.
            length += std::mem::replace(&mut places[slot.number as usize], length);
        }
        let mut bytes = vec![0; length];
        for Found { word, posting } in &self.found {
            let place = &mut places[*word as usize];
            *place = posting.write(&mut bytes, *place);
        }
        let all = String::from_utf8(bytes).unwrap_or_default();
        let end = |slot: &Slot| places[slot.number as usize];
        let mut sections = vec![Dictionary::default(); SECTIONS];
        let mut start = 0;
        for words in words.chunk_by(|(_, a), (_, b)| section(word(a)) == section(word(b))) {
            let letters = words.iter().map(|(_, slot)| word(slot).len()).sum();
            let length = words.last().map_or(0, |(_, last)| end(last) - start);
            let mut dictionary = Dictionary::with_room(letters, length, words.len());
            for (_, slot) in words {
                let text = &all[start..end(slot)];
                dictionary.push(word(slot), Postings { first: slot.first, text, next: slot.last + 1 });
                start = end(slot);
            }
            if let Some((_, first)) = words.first() {
                sections[section(word(first))] = dictionary;
            }
        }
        sections
    }
}

/// The first 16 bytes of `word` as a number, the first the highest.
fn beginning(word: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = word.len().min(16);
    bytes[..length].copy_from_slice(&word.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

/// The word of number `number` of those that stand in `letters` one after the other and end at `ends`.
fn text<'l>(letters: &'l str, ends: &[u32], number: u32) -> &'l str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &letters[start as usize..ends[number] as usize]
}

#[cfg(test)]
mod tests {
    use super::super::postings::HEAVIEST;
    use super::*;

    /// The words of `vocabulary`, as lines in order.
    fn lines(vocabulary: Vocabulary) -> Vec<String> {
        let line = |(word, postings): (&str, Postings<'_>)| {
            let mut line = format!("{word} ");
            postings.push_to(&mut line, 0);
            line
        };
        vocabulary.sections().iter().flat_map(Dictionary::lines).map(line).collect()
    }

    /// The words that are found, with essay and weight.
    fn vocabulary(found: &[(&str, u32, u8)]) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        found.iter().for_each(|(word, essay, weight)| vocabulary.add_word(Word::new(word), *essay, *weight, HEAVIEST));
        vocabulary
    }

    #[test]
    fn weights_of_one_essay_are_added() {
        let mut vocabulary = Vocabulary::default();
        let mut words = Words::default();
        words.read(&"a ".repeat(20));
        vocabulary.add(&words, 2, 1, 8);
        words.read("a");
        vocabulary.add(&words, 2, 12, HEAVIEST);
        vocabulary.add(&words, 2, 1, 8);
        assert_eq!(lines(vocabulary), ["a 2T"]);
    }

    #[test]
    fn each_word_is_there_once() {
        let long = "antidisestablishmentarian";
        let found = [("b", 0, 1), (long, 1, 1), ("b", 2, 1), ("antidisestab", 3, 1), (long, 4, 1), ("b", 40, 2)];
        let expected = ["antidisestab 3A", "antidisestablishmentarian 1A2A", "b A1A11B"];
        assert_eq!(lines(vocabulary(&found)), expected);
    }

    #[test]
    fn long_words_with_like_ends_are_two() {
        let ends = [("12345678a12345678", 0, 1), ("12345678b12345678", 1, 1)];
        assert_eq!(lines(vocabulary(&ends)), ["12345678a12345678 A", "12345678b12345678 1A"]);
    }

    #[test]
    fn any_number_of_words_is_held() {
        let mut vocabulary = Vocabulary::default();
        let words: Vec<String> = (0..5_000).map(|number| format!("word{number:04}")).collect();
        for essay in 0..2 {
            words.iter().for_each(|word| vocabulary.add_word(Word::new(word), essay, 1, HEAVIEST));
        }
        let expected: Vec<String> = words.iter().map(|word| format!("{word} AA")).collect();
        assert_eq!(lines(vocabulary), expected);
    }
}
