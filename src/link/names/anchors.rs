//! The ids that other tools give to headings.

use unicode_normalization::UnicodeNormalization;

use crate::parse::Essay;

/// The id of the heading of `essay` that is called `anchor` by Python-Markdown (`_1` for a second one, hyphens once, no
/// accents), or by Pandoc or kramdown (nothing before the first letter). `None` if there is none, or more than one.
pub(super) fn of_other_tools<'a>(essay: &'a Essay, anchor: &str) -> Option<&'a str> {
    let wanted = plain(anchor);
    let ids = || essay.heading.iter().chain(&essay.headings).map(|heading| heading.id.as_str());
    let only = |name: fn(&str) -> String| {
        let mut found = ids().filter(|id| name(id) == wanted);
        found.next().filter(|_| found.next().is_none())
    };
    if wanted.is_empty() { None } else { only(plain).or_else(|| only(from_letter)) }
}

/// `id` as Python-Markdown would have it.
fn plain(id: &str) -> String {
    let (start, number) = match id.rsplit_once('_') {
        Some((start, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            (start, number)
        }
        _ => (id, ""),
    };
    let mut plain = String::with_capacity(id.len());
    for letter in start.nfkd().chain("-".chars()).chain(number.chars()) {
        match letter {
            '-' if plain.is_empty() || plain.ends_with('-') => {}
            '-' | '_' => plain.push(letter),
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

/// The same from its first letter on.
fn from_letter(id: &str) -> String {
    plain(id.trim_start_matches(|letter: char| !letter.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::of_other_tools;
    use crate::link::testing::essay;
    use crate::parse::{Heading, Inline};

    #[test]
    fn headings_are_found_by_the_ids_of_other_tools() {
        let mut essay = essay("a.md", "");
        let ids =
            ["sub--and-superscripts", "émigré-naïve", "note", "note-1", "-launch", "2-results", "a--b", "a-b", "lorem"];
        essay.headings =
            ids.iter().map(|id| Heading { level: 2, id: (*id).to_owned(), title: Inline::default() }).collect();
        let check =
            |anchor: &str, expected: Option<&str>| assert_eq!(of_other_tools(&essay, anchor), expected, "{anchor}");
        check("sub-and-superscripts", Some("sub--and-superscripts"));
        check("emigre-naive", Some("émigré-naïve"));
        check("note_1", Some("note-1"));
        check("launch", Some("-launch"));
        check("results", Some("2-results"));
        check("a---b", None);
        check("1-results", None);
        check("Lorem", None);
        check("", None);
        check("😀", None);
    }
}
