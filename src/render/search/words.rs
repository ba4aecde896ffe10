//! The words of a text, as both the index and the script that searches it have them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters::{Run, bytes_before, eight, ends_of_tags, mask_before};
use super::word::{Key, SHORT, Word};

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

/// The role of each byte.
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

/// The names of tags that only set off letters, the first letter the lowest byte.
const SETTING_OFF: [u64; 5] = [name(b"em"), name(b"strong"), name(b"b"), name(b"i"), name(b"mark")];

/// The names of tags that hide what is between them, of those that may have no attributes.
const HIDING: [u64; 2] = [name(b"script"), name(b"style")];

/// `letters` as a number, the first the lowest byte.
const fn name(letters: &[u8]) -> u64 {
    let (mut number, mut at) = (0, letters.len());
    while at > 0 {
        at -= 1;
        number = number << 8 | letters[at] as u64;
    }
    number
}

/// Words of a text, each as often as it is there, in no order: letters and digits in lower case without accents.
#[derive(Debug, Default)]
pub struct Words {
    /// The short ones.
    pub short: Vec<Key>,
    /// The longer ones.
    pub long: Vec<String>,
}

impl Words {
    /// Makes these the words of `html`. Each sign of Chinese and Japanese is a word of its own. Tags, scripts and the TeX of
    /// formulas are passed over.
    pub fn read(&mut self, html: &str) {
        self.short.clear();
        self.long.clear();
        let mut parts = String::new();
        let mut at = 0;
        while at < html.len() {
            let Run { length, key, next } = Run::of(&html.as_bytes()[at..]);
            let end = at + length;
            // Most words are taken where they stand, and most end before a space.
            let after = if next == b' ' { Some(end + 1) } else { between(html, at, end) };
            match after {
                Some(after) if length <= SHORT => {
                    if length > 0 {
                        self.short.push(key);
                    }
                    at = after;
                }
                _ => {
                    at = put_together(html, at, &mut parts);
                    match Word::new(&parts) {
                        Word::Short(key) if key.is_none() => {}
                        Word::Short(key) => self.short.push(key),
                        Word::Long(word) => self.long.push(word.to_owned()),
                    }
                }
            }
        }
    }
}

/// Where what is between two words ends in `html`, of which the first stands from `start` to `end`; it may be none. `None`
/// if it goes on at `end`.
#[inline(never)]
fn between(html: &str, start: usize, end: usize) -> Option<usize> {
    let mut at = end;
    while let Some(byte) = html.as_bytes().get(at) {
        at += match ROLES[usize::from(*byte)] {
            Role::Letter => break,
            Role::Break => 1,
            Role::Entity => entity(&html.as_bytes()[at..]),
            Role::Tag => {
                let (length, is_end) = tag(html, at);
                if at == end && start < end && !is_end {
                    return None;
                }
                length
            }
            Role::Wide => {
                let letter = html[at..].chars().next().unwrap_or_default();
                if is_part(letter) || is_sign(letter) {
                    return (at > end).then_some(at);
                }
                letter.len_utf8()
            }
        };
    }
    Some(at.max(end + 1))
}

/// Makes `word` the word that `html` has at `at`, of which tags set off a part, or which is long or not of ASCII; empty if
/// what is there is no word. Returns where it ends.
#[cold]
fn put_together(html: &str, mut at: usize, word: &mut String) -> usize {
    word.clear();
    while at < html.len() {
        let Run { length, next, .. } = Run::of(&html.as_bytes()[at..]);
        word.push_str(&html[at..at + length]);
        at += length;
        match ROLES[usize::from(next)] {
            Role::Letter | Role::Break | Role::Entity => break,
            Role::Tag => {
                let (passed, is_end) = tag(html, at);
                if is_end {
                    break;
                }
                at += passed;
            }
            Role::Wide => {
                let letter = html[at..].chars().next().unwrap_or_default();
                let is_first_sign = word.is_empty() && is_sign(letter);
                if is_first_sign || is_part(letter) {
                    word.push(letter);
                    at += letter.len_utf8();
                }
                if is_first_sign {
                    return at;
                }
                if !is_part(letter) {
                    break;
                }
            }
        }
    }
    fold(word);
    at
}

/// Bytes of the entity that `html` begins with, but for what ends it.
fn entity(html: &[u8]) -> usize {
    html.iter().position(|byte| matches!(byte, b';' | b' ' | b'\n' | b'<')).unwrap_or(html.len())
}

/// Bytes of the tag that `html` has at `at`, with what it hides; and whether it ends a word, as all do but those that only
/// set off letters.
#[inline(always)]
fn tag(html: &str, at: usize) -> (usize, bool) {
    let bytes = eight(html.as_bytes(), at + 1);
    let ends = ends_of_tags(bytes);
    let name = bytes & mask_before(ends);
    if ends == 0 || HIDING.contains(&name) {
        return (long_tag(&html[at..]), true);
    }
    let name = if name as u8 == b'/' { name >> 8 } else { name };
    (bytes_before(ends) + 2, !SETTING_OFF.contains(&name))
}

/// Bytes of the tag that `html` begins with, with what it hides: all the rest, where nothing ends that. It has nine bytes or more.
fn long_tag(html: &str) -> usize {
    let hides = ["<annotation", "<script", "<style"].iter().find(|name| html.starts_with(**name));
    let close = hides.map_or(0, |name| html.find(&format!("</{}", &name[1..])).unwrap_or(html.len()));
    memchr::memchr(b'>', &html.as_bytes()[close..]).map_or(html.len(), |at| close + at + 1)
}

/// Whether `letter`, which is not of ASCII, is a part of a word.
fn is_part(letter: char) -> bool {
    // Dashes and quotation marks are the most usual.
    !matches!(letter, '\u{2010}'..='\u{205e}')
        && (letter.is_alphanumeric() || is_combining_mark(letter))
        && !is_sign(letter)
}

/// Whether `letter` is a sign of Chinese or Japanese, which are written without spaces.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Makes `word` lower case and takes its accents away, and what is longer than counts.
fn fold(word: &mut String) {
    if word.is_ascii() {
        word.truncate(LONGEST);
        word.make_ascii_lowercase();
    } else {
        let letters = word.nfd().filter(|letter| !is_combining_mark(*letter));
        *word = letters.flat_map(char::to_lowercase).nfc().take(LONGEST).collect();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_are_folded() {
        let check = |html: &str, expected: &[&str]| {
            let mut words = Words::default();
            words.read(html);
            let short = words.short.iter().map(|key| {
                let mut text = String::new();
                Word::Short(*key).push_to(&mut text);
                text
            });
            let words: Vec<String> = short.chain(words.long.clone()).collect();
            assert_eq!(words, expected, "{html}");
        };
        check("<p>A <em>b</em>c D-e</p>\n<p>f</p>", &["a", "bc", "d", "e", "f"]);
        check("Größe Café &amp; naïve&lt;x", &["große", "cafe", "naive", "x"]);
        check("見る two", &["見", "る", "two"]);
        check("<math><mi>x</mi><annotation encoding=\"t\">\\frac</annotation></math> y", &["x", "y"]);
        check("a<script>b<script>c</p>d", &["a"]);
        check("한국어", &["한국어"]);
        check("<td>a</td><td>b<sup><a>1</a></sup></td>", &["a", "b", "1"]);
        check("<a href=\"b\">c", &["c"]);
        check("AB<b>C</b>d&amp;Ef", &["abcd", "ef"]);
        check(&"X".repeat(40), &[&"x".repeat(32)]);
    }
    /// The words of `html`, letter by letter.
    fn one_by_one(html: &str) -> Vec<String> {
        let (mut words, mut word, mut rest) = (Vec::new(), String::new(), html);
        let mut end = |word: &mut String| {
            fold(word);
            words.extend(Some(std::mem::take(word)).filter(|word| !word.is_empty()));
        };
        while let Some(letter) = rest.chars().next() {
            let mut length = letter.len_utf8();
            match letter {
                '<' => {
                    let hides = ["annotation", "script", "style"].into_iter().find(|name| rest[1..].starts_with(name));
                    let close = hides.map_or(0, |name| rest.find(&format!("</{name}")).unwrap_or(rest.len()));
                    length = rest[close..].find('>').map_or(rest.len(), |at| close + at + 1);
                    let name = rest[1..length].trim_end_matches('>');
                    if !["em", "strong", "b", "i", "mark"].contains(&name.strip_prefix('/').unwrap_or(name)) {
                        end(&mut word);
                    }
                }
                '&' => {
                    end(&mut word);
                    length = rest.find([';', ' ', '\n', '<']).unwrap_or(rest.len());
                }
                letter if is_sign(letter) => {
                    end(&mut word);
                    end(&mut letter.to_string());
                }
                letter if letter.is_alphanumeric() || is_combining_mark(letter) => word.push(letter),
                _ => end(&mut word),
            }
            rest = &rest[length..];
        }
        end(&mut word);
        words
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_found_letter_by_letter(
            parts in proptest::collection::vec("[aZ0é見\u{301}—;> -]|<[/]?(em|b|strong|mark|td|p)>|<a x='y'>|&lt;|&|<|</?script>|</?annotation>|[a-f]{6,20}", 0..16)
        ) {
            let html = parts.concat();
            let mut words = Words::default();
            words.read(&html);
            let mut found: Vec<String> = words.long.clone();
            found.extend(words.short.iter().map(|key| {
                let mut text = String::new();
                Word::Short(*key).push_to(&mut text);
                text
            }));
            let mut expected = one_by_one(&html);
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{html}");
        }
    }
}
