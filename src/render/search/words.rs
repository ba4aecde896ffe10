//! The words of a text, as both the index and the script that searches it have them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that count, at most.
const LONGEST: usize = 32;

/// What a byte of HTML is to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A letter in lower case or a digit: a part of one, as it stands.
    Letter,
    /// A capital letter.
    Capital,
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
            b'a'..=b'z' | b'0'..=b'9' => Role::Letter,
            b'A'..=b'Z' => Role::Capital,
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
pub fn of_html(html: &str, mut take: impl FnMut(&str)) {
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
                let letters = &html[at..at + length.unwrap_or(rest.len())];
                at += letters.len();
                // Most words are taken where they stand.
                if word.is_empty() && role(html, at) == Role::Break {
                    take(&letters[..letters.len().min(LONGEST)]);
                    at += 1;
                } else {
                    word.push_str(letters);
                }
            }
            Role::Capital => {
                word.push(char::from(html.as_bytes()[at].to_ascii_lowercase()));
                at += 1;
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
fn tag(html: &str, word: &mut String, take: &mut impl FnMut(&str)) -> usize {
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
fn wide(letter: char, word: &mut String, take: &mut impl FnMut(&str)) {
    if is_sign(letter) {
        end_word(word, take);
        take(letter.encode_utf8(&mut [0; 4]));
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

fn end_word(word: &mut String, take: &mut impl FnMut(&str)) {
    if word.is_empty() {
        return;
    }
    if word.is_ascii() {
        word.truncate(LONGEST);
        take(word);
    } else {
        let folded: String = word
            .nfd()
            .filter(|letter| !is_combining_mark(*letter))
            .flat_map(char::to_lowercase)
            .nfc()
            .take(LONGEST)
            .collect();
        if !folded.is_empty() {
            take(&folded);
        }
    }
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        let check = |html: &str, expected: &[&str]| {
            let mut words = Vec::new();
            of_html(html, |word| words.push(word.to_owned()));
            assert_eq!(words, expected, "{html}");
        };
        check("<p>A <em>b</em>c D-e</p>\n<p>f</p>", &["a", "bc", "d", "e", "f"]);
        check("Größe Café &amp; naïve&lt;x", &["große", "cafe", "naive", "x"]);
        check("見る two", &["見", "る", "two"]);
        check("<math><mi>x</mi><annotation encoding=\"t\">\\frac</annotation></math> y", &["x", "y"]);
        check("한국어", &["한국어"]);
        check("<td>a</td><td>b<sup><a>1</a></sup></td>", &["a", "b", "1"]);
        check("<a href=\"b\">c", &["c"]);
    }
}
