//! The words of a text, as both the index and the script that searches it have them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::word::Word;

/// Letters of a word that count, at most.
const LONGEST: usize = 32;

/// What a byte of HTML is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A letter or a digit: a part of one.
    Letter,
    /// The end of one.
    Break,
    /// `&`, which begins an entity.
    Entity,
    /// `<`, which begins a tag.
    Tag,
    /// A part of a character beyond ASCII.
    Wide,
}

/// The role of each byte: a table, since every byte of every essay is looked up.
const ROLES: [Role; 256] = {
    let mut table = [Role::Wide; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Role::Letter,
            b'&' => Role::Entity,
            b'<' => Role::Tag,
            _ => Role::Break,
        };
        byte += 1;
    }
    table
};

/// The role of the byte of `html` at `at`; the end of it ends a word.
fn role(html: &str, at: usize) -> Role {
    html.as_bytes().get(at).map_or(Role::Break, |byte| ROLES[usize::from(*byte)])
}

/// Gives `take` each word of `html`: letters and digits in lower case without accents. Each sign of Chinese and Japanese
/// is a word of its own. Tags, scripts and the TeX of formulas are passed over.
pub fn of_html(html: &str, mut take: impl FnMut(Word<'_>)) {
    let mut word = String::new();
    let mut at = 0;
    while at < html.len() {
        match role(html, at) {
            Role::Break => {
                end_word(&mut word, &mut take);
                at += 1;
            }
            Role::Letter => {
                let rest = &html.as_bytes()[at..];
                let length = rest.iter().position(|byte| ROLES[usize::from(*byte)] != Role::Letter);
                let length = length.unwrap_or(rest.len());
                // Most words are taken where they stand.
                let is_whole = word.is_empty() && role(html, at + length) == Role::Break;
                match Word::ascii(html.as_bytes(), at, length).filter(|_| is_whole) {
                    Some(word) => {
                        take(word);
                        at += 1;
                    }
                    None => word.push_str(&html[at..at + length]),
                }
                at += length;
            }
            Role::Entity => {
                end_word(&mut word, &mut take);
                let rest = &html.as_bytes()[at..];
                at += rest.iter().position(|byte| matches!(byte, b';' | b' ' | b'\n' | b'<')).unwrap_or(rest.len());
            }
            Role::Tag => at += tag(&html[at..], &mut word, &mut take),
            Role::Wide => {
                let letter = html[at..].chars().next().unwrap_or_default();
                wide(letter, &mut word, &mut take);
                at += letter.len_utf8();
            }
        }
    }
    end_word(&mut word, &mut take);
}

/// Passes over the tag that `html` begins with, with what it hides; it ends a word unless it only sets off letters.
/// Returns its bytes.
fn tag(html: &str, word: &mut String, take: &mut impl FnMut(Word<'_>)) -> usize {
    let hidden = ["<annotation", "<script", "<style"].iter().find(|name| html.starts_with(**name));
    let close = hidden.and_then(|name| html.find(&format!("</{}", &name[1..]))).unwrap_or(0);
    let length = memchr::memchr(b'>', &html.as_bytes()[close..]).map_or(html.len(), |at| close + at + 1);
    let name = html[1..length].trim_start_matches('/').trim_end_matches('>');
    if !matches!(name, "em" | "strong" | "b" | "i" | "mark") {
        end_word(word, take);
    }
    length
}

/// Goes on with `word` by `letter`, which is not of ASCII.
fn wide(letter: char, word: &mut String, take: &mut impl FnMut(Word<'_>)) {
    if is_sign(letter) {
        end_word(word, take);
        take(Word::new(letter.encode_utf8(&mut [0; 4])));
    } else if letter.is_alphanumeric() || is_combining_mark(letter) {
        word.push(letter);
    } else {
        end_word(word, take);
    }
}

/// Whether `letter` is a sign of Chinese or Japanese, which are written without spaces.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Gives `take` the word that `word` has become, if it has, and begins another.
#[inline]
fn end_word(word: &mut String, take: &mut impl FnMut(Word<'_>)) {
    if !word.is_empty() {
        take_folded(word, take);
        word.clear();
    }
}

/// Gives `take` the word `word`, in lower case and without accents.
fn take_folded(word: &mut String, take: &mut impl FnMut(Word<'_>)) {
    if word.is_ascii() {
        word.truncate(LONGEST);
        word.make_ascii_lowercase();
        take(Word::new(word));
    } else {
        let folded: String = word
            .nfd()
            .filter(|letter| !is_combining_mark(*letter))
            .flat_map(char::to_lowercase)
            .nfc()
            .take(LONGEST)
            .collect();
        if !folded.is_empty() {
            take(Word::new(&folded));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_folded() {
        let check = |html: &str, expected: &[&str]| {
            let mut words = Vec::new();
            of_html(html, |word| {
                words.push(String::new());
                word.push_to(words.last_mut().unwrap());
            });
            assert_eq!(words, expected, "{html}");
        };
        check("<p>A <em>b</em>c D-e</p>\n<p>f</p>", &["a", "bc", "d", "e", "f"]);
        check("Größe Café &amp; naïve&lt;x", &["große", "cafe", "naive", "x"]);
        check("見る two", &["見", "る", "two"]);
        check("<math><mi>x</mi><annotation encoding=\"t\">\\frac</annotation></math> y", &["x", "y"]);
        check("한국어", &["한국어"]);
        check("<td>a</td><td>b<sup><a>1</a></sup></td>", &["a", "b", "1"]);
        check("<a href=\"b\">c", &["c"]);
        check("AB<b>C</b>d&amp;Ef", &["abcd", "ef"]);
        check(&"X".repeat(40), &[&"x".repeat(32)]);
    }
}
