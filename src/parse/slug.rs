//! Ids from text, by the algorithm that GitHub uses for headings: it is what authors' links already assume.

use hashbrown::HashMap;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// GitHub's id for a heading with the plain text `text`: lower case; letters, marks, decimal digits, `_`, `-` and spaces
/// stay, everything else goes; then each space becomes `-`. It may be empty, and it may not be unique: see [`Slugs`].
///
/// Source: the `TableOfContentsFilter` of GitHub's html-pipeline (`/[^\p{Word}\- ]/u`).
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            ' ' | '-' => slug.push('-'),
            '_' | 'a'..='z' | '0'..='9' => slug.push(letter),
            'A'..='Z' => slug.push(letter.to_ascii_lowercase()),
            '\0'..='\x7f' => {}
            letter => slug.extend(letter.to_lowercase().filter(|letter| is_kept(*letter))),
        }
    }
    slug
}

/// Whether `letter`, which is not of ASCII or was not, is a word character (`\p{Word}` of Onigmo).
fn is_kept(letter: char) -> bool {
    use unicode_properties::GeneralCategory::{ConnectorPunctuation, DecimalNumber, LetterNumber};
    matches!(letter.general_category_group(), GeneralCategoryGroup::Letter | GeneralCategoryGroup::Mark)
        || matches!(letter.general_category(), ConnectorPunctuation | DecimalNumber | LetterNumber)
}

/// Hands out ids that are unique in one page: the second `note` is `note-1`, the third `note-2`.
#[derive(Debug, Default)]
pub struct Slugs {
    /// Ids given or taken, and the number that the next of the same name gets.
    next: HashMap<String, usize>,
}

impl Slugs {
    /// Marks `id` as taken by the author.
    pub fn take(&mut self, id: &str) {
        self.next.entry(id.to_owned()).or_insert(1);
    }

    /// The id for a heading with the plain text `text`. Where nothing of the text is left it is `section`.
    pub fn give(&mut self, text: &str) -> String {
        let mut wanted = slug(text);
        if wanted.is_empty() {
            wanted.push_str("section");
        }
        let Some(mut number) = self.next.get(&wanted).copied() else {
            self.take(&wanted);
            return wanted;
        };
        let id = loop {
            let id = format!("{wanted}-{number}");
            number += 1;
            if !self.next.contains_key(&id) {
                break id;
            }
        };
        self.next.insert(wanted, number);
        self.take(&id);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_github() {
        let check = |text: &str, expected: &str| assert_eq!(slug(text), expected, "slug of {text:?}");
        check("A Heading", "a-heading");
        check("What's new?", "whats-new");
        check("a & b -- c", "a--b----c");
        check("The `code` span", "the-code-span");
        check("snake_case and kebab-case", "snake_case-and-kebab-case");
        check("1. First", "1-first");
        check("Émigré naïve", "émigré-naïve");
        check("机器 学习", "机器-学习");
        check("🚀 Launch", "-launch");
        check("x² and ½", "x-and-");
        check("C++ / C#", "c--c");
        check("  spaces  ", "spaces");
        check("हिन्दी", "हिन्दी");
    }

    #[test]
    fn equal_headings_are_numbered() {
        let mut slugs = Slugs::default();
        slugs.take("set");
        let mut check = |text: &str, expected: &str| assert_eq!(slugs.give(text), expected);
        check("Note", "note");
        check("Note", "note-1");
        check("Note 1", "note-1-1");
        check("Note", "note-2");
        check("Set", "set-1");
        check("🚀", "section");
    }
}
