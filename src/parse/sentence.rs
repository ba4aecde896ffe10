//! Words and sentences of plain text.

use unicode_segmentation::UnicodeSegmentation;

/// Sentences longer than this many characters are cut around the link.
const LONGEST: usize = 300;

/// Words in `text`: stretches between spaces that hold a letter or digit; in scripts without spaces, the words of
/// Unicode UAX #29.
pub fn words(text: &str) -> usize {
    let spaced = |text: &str| {
        text.split_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric())).count()
    };
    if text.is_ascii() {
        return spaced(text);
    }
    text.split_whitespace()
        .map(|word| {
            let is_dense = word.chars().any(|letter| matches!(letter, '\u{0e00}'..='\u{0eff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'));
            if is_dense { word.unicode_words().count() } else { usize::from(word.chars().any(char::is_alphanumeric)) }
        })
        .sum()
}

/// The sentence of `text` that byte `at` is in (Unicode UAX #29), white space folded. A very long one is cut to the
/// words around `at`, with `…` where something is missing.
pub fn around(text: &str, at: usize) -> String {
    let (start, sentence) =
        text.split_sentence_bound_indices().take_while(|(start, _)| *start <= at).last().unwrap_or((0, text));
    let folded = fold(sentence);
    if folded.chars().count() <= LONGEST {
        return folded;
    }
    let at = sentence.floor_char_boundary(at.saturating_sub(start));
    let from = sentence[..at].char_indices().rev().nth(LONGEST / 2).map_or(0, |(index, _)| index);
    let to = sentence[at..].char_indices().nth(LONGEST / 2).map_or(sentence.len(), |(index, _)| at + index);
    let middle = fold(&sentence[from..to]);
    let middle = if from > 0 { middle.split_once(' ').map_or(middle.as_str(), |(_, rest)| rest) } else { &middle };
    let middle = if to < sentence.len() { middle.rsplit_once(' ').map_or(middle, |(rest, _)| rest) } else { middle };
    format!("{}{middle}{}", if from > 0 { "…" } else { "" }, if to < sentence.len() { "…" } else { "" })
}

/// The beginning of `text`, white space folded, at most `longest` characters; cut between words, with `…`.
pub fn beginning(text: &str, longest: usize) -> String {
    let folded = fold(text);
    let Some((cut, _)) = folded.char_indices().nth(longest) else { return folded };
    let end = folded[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", folded[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

/// `text` with every run of white space as one space, and none at the ends.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        let check = |text: &str, expected: usize| assert_eq!(words(text), expected, "in {text:?}");
        check("", 0);
        check("One state-of-the-art word, don't you – think?", 6);
        check("it’s naïve", 2);
        check("机器学习 is", 5);
    }

    #[test]
    fn the_sentence_around_a_link() {
        let text = "First one. See the lens for how.  Third!";
        assert_eq!(around(text, text.find("lens").unwrap()), "See the lens for how.");
        let long = format!("{} lens {}", "word ".repeat(100), "more ".repeat(100));
        let cut = around(&long, 501);
        assert!(cut.starts_with('…') && cut.ends_with('…') && cut.contains(" lens ") && cut.chars().count() < 320);
    }

    #[test]
    fn a_beginning_ends_between_words() {
        assert_eq!(beginning("one two, three", 10), "one two…");
        assert_eq!(beginning("one\n two", 10), "one two");
    }
}
