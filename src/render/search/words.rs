//! The words of a text, as both the index and the script that searches it have them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a word that count, at most.
const LONGEST: usize = 32;

/// Gives `take` each word of `html`: letters and digits in lower case without accents. Each sign of Chinese and Japanese
/// is a word of its own. Tags, scripts and the TeX of formulas are passed over.
pub fn of_html(html: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    let mut rest = html;
    loop {
        let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        of_text(&rest[..end], &mut word, &mut take);
        if end == rest.len() {
            break;
        }
        let tag = &rest[end..];
        let hidden = ["<annotation", "<script", "<style"].iter().find(|name| tag.starts_with(**name));
        let close = hidden.and_then(|name| tag.find(&format!("</{}", &name[1..])));
        let after = close.unwrap_or(0);
        let length = memchr::memchr(b'>', &tag.as_bytes()[after..]).map_or(tag.len(), |at| after + at + 1);
        let name = tag[1..length].trim_start_matches('/').trim_end_matches('>');
        if !matches!(name, "em" | "strong" | "b" | "i" | "mark") {
            end_word(&mut word, &mut take);
        }
        rest = &tag[length..];
    }
    end_word(&mut word, &mut take);
}

/// Goes on with `word` through `text`.
fn of_text(text: &str, word: &mut String, take: &mut impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut is_entity = false;
    let mut at = 0;
    while at < bytes.len() {
        let plain = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if plain > 0 {
            if !is_entity {
                let start = word.len();
                word.push_str(&text[at..at + plain]);
                word[start..].make_ascii_lowercase();
            }
            at += plain;
            continue;
        }
        let Some(letter) = text[at..].chars().next() else { return };
        at += letter.len_utf8();
        match letter {
            '&' => is_entity = true,
            ';' | ' ' | '\n' => is_entity = false,
            _ if is_entity => continue,
            _ if is_sign(letter) => {
                end_word(word, take);
                take(letter.encode_utf8(&mut [0; 4]));
            }
            _ if !letter.is_ascii() && (letter.is_alphanumeric() || is_combining_mark(letter)) => {
                word.push(letter);
                continue;
            }
            _ => {}
        }
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
