//! Words in order, and the essays that each is in.

use super::postings::Postings;

/// Words in the order of their code points, each with the essays that it is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// The words one after the other.
    letters: String,
    /// The texts of their [`Postings`] one after the other.
    text: String,
    entries: Vec<Entry>,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    /// Where the word ends in the letters; it begins where the one before ends.
    letters_end: u32,
    /// Where the text ends of the essays that it is in.
    text_end: u32,
    /// The first of them.
    first: u32,
    /// The number after the last one's.
    next: u32,
}

/// Sections of a dictionary: one for each letter from a to z, one for what comes before them and one for what comes after.
pub const SECTIONS: usize = 28;

/// The section that `word` stands in. Sections are in the order of their words.
pub fn section(word: &str) -> usize {
    match word.bytes().next().unwrap_or_default() {
        letter @ b'a'..=b'z' => 1 + usize::from(letter - b'a'),
        before if before < b'a' => 0,
        _ => SECTIONS - 1,
    }
}

/// A word, and the essays that it is in.
pub type Line<'d> = (&'d str, Postings<'d>);

impl Dictionary {
    /// One without words, with room for so many bytes of `letters` and of `text`, and for so many `words`.
    pub fn with_room(letters: usize, text: usize, words: usize) -> Self {
        Self {
            letters: String::with_capacity(letters),
            text: String::with_capacity(text),
            entries: Vec::with_capacity(words),
        }
    }

    /// The words in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let (mut letters, mut text) = (0, 0);
        self.entries.iter().map(move |Entry { letters_end, text_end, first, next }| {
            let (letters_end, text_end) = (*letters_end as usize, *text_end as usize);
            let word = &self.letters[letters..letters_end];
            let postings = Postings { first: *first, text: &self.text[text..text_end], next: *next };
            (letters, text) = (letters_end, text_end);
            (word, postings)
        })
    }

    /// Adds `word`, which comes after all that are there, and the essays that it is in.
    pub fn push(&mut self, word: &str, Postings { first, text, next }: Postings<'_>) {
        self.letters.push_str(word);
        self.text.push_str(text);
        let (letters_end, text_end) = (self.letters.len() as u32, self.text.len() as u32);
        self.entries.push(Entry { letters_end, text_end, first, next });
    }

    /// Adds `later` to the essays that the last word is in; they come after.
    fn extend_last(&mut self, later: Postings<'_>) {
        if let Some(last) = self.entries.last_mut() {
            later.push_to(&mut self.text, last.next);
            (last.text_end, last.next) = (self.text.len() as u32, later.next);
        }
    }

    /// The words of this and of `later`, whose essays all come after.
    pub fn with(self, later: Self) -> Self {
        if self.entries.is_empty() {
            return later;
        }
        let words = self.entries.len() + later.entries.len();
        let room = [self.letters.len() + later.letters.len(), self.text.len() + later.text.len() + later.entries.len()];
        let mut both = Self::with_room(room[0], room[1], words);
        let mut theirs = later.lines().peekable();
        for (word, postings) in self.lines() {
            while let Some((word, postings)) = theirs.next_if(|(theirs, _)| *theirs < word) {
                both.push(word, postings);
            }
            both.push(word, postings);
            if let Some((_, postings)) = theirs.next_if(|(theirs, _)| *theirs == word) {
                both.extend_last(postings);
            }
        }
        theirs.for_each(|(word, postings)| both.push(word, postings));
        both
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of `lines`: each a word, its first essay, the text of all and the number after the last.
    fn dictionary(lines: &[(&str, u32, &str, u32)]) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for (word, first, text, next) in lines {
            dictionary.push(word, Postings { first: *first, text, next: *next });
        }
        dictionary
    }

    #[test]
    fn sections_are_in_the_order_of_words() {
        let words = ["", "1900", "_", "a", "azure", "b", "z", "zoo", "~", "é", "猫"];
        assert_eq!(words.map(section), [0, 0, 0, 1, 1, 2, 26, 26, 27, 27, 27]);
    }

    #[test]
    fn essays_of_one_word_come_together() {
        let earlier = dictionary(&[("b", 0, "A", 1), ("c", 1, "B2C", 5), ("f", 3, "A", 4)]);
        let later =
            dictionary(&[("a", 9, "A", 10), ("b", 8, "AA", 10), ("c", 5, "B", 6), ("d", 9, "D", 10), ("g", 8, "A", 9)]);
        let both = dictionary(&[
            ("a", 9, "A", 10),
            ("b", 0, "A7AA", 10),
            ("c", 1, "B2CB", 6),
            ("d", 9, "D", 10),
            ("f", 3, "A", 4),
            ("g", 8, "A", 9),
        ]);
        assert_eq!(earlier.clone().with(later.clone()), both);
        assert_eq!(Dictionary::default().with(later.clone()), later);
        assert_eq!(earlier.clone().with(Dictionary::default()), earlier);
    }
}
