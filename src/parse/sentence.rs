//! Words and sentences of plain text.

/// Sentences longer than this many characters are cut around the link.
const LONGEST: usize = 300;

/// Bytes on either side of a link in which the ends of its sentence are looked for: far more than are shown. Thousands of
/// links in one sentence would each go through all of it.
const FARTHEST: usize = 2048;

/// What ends a sentence.
const ENDS: [char; 7] = ['.', '!', '?', '…', '。', '！', '？'];

/// What may stand between the end of a sentence and the space after it.
const CLOSES: [char; 9] = [')', ']', '"', '\'', '”', '’', '»', '」', '』'];

/// Bytes that are looked at in one go: every one of every essay is, so the loops over them are written to be compiled to
/// instructions for many at once.
const RUN: usize = 64;

/// Words in `text`. A word begins at a letter or digit that follows none, nor an apostrophe, hyphen, underscore or full
/// stop: `don't`, `state-of-the-art` and `3.14` are one each. Each Chinese character and each kana is a word.
pub fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut count = beginnings(bytes);
    let mut joined = None;
    wide_letters(text, |at, letter| {
        let is_dense = matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        let is_word = letter.is_alphanumeric();
        let goes_on = joined == Some(at) || at > 0 && joins(bytes[at - 1]);
        count += usize::from(is_dense || is_word && !goes_on);
        if is_word || letter == '’' {
            let end = at + letter.len_utf8();
            // What was taken for the beginning of a word goes on with this one.
            count -= usize::from(bytes.get(end).is_some_and(u8::is_ascii_alphanumeric));
            joined = Some(end);
        }
    });
    count
}

/// How many words begin in `bytes`, if those beyond ASCII are no letters.
fn beginnings(bytes: &[u8]) -> usize {
    let (runs, rest) = bytes.as_chunks::<RUN>();
    let mut last = [0; RUN];
    last[..rest.len()].copy_from_slice(rest);
    let mut count = 0;
    let mut before = false;
    for run in runs.iter().chain([&last]) {
        let mut joined = [before; RUN + 1];
        let mut begin = 0u8;
        for at in 0..RUN {
            joined[at + 1] = joins(run[at]);
        }
        for at in 0..RUN {
            begin += u8::from(is_letter(run[at]) & !joined[at]);
        }
        count += usize::from(begin);
        before = joined[RUN];
    }
    count
}

/// Gives `take` each character of `text` beyond ASCII, and where it begins.
fn wide_letters(text: &str, mut take: impl FnMut(usize, char)) {
    for (number, run) in text.as_bytes().chunks(RUN).enumerate().filter(|(_, run)| !run.is_ascii()) {
        for (at, byte) in run.iter().enumerate() {
            if *byte >= 0xc0 {
                let at = number * RUN + at;
                take(at, text[at..].chars().next().unwrap_or_default());
            }
        }
    }
}

/// Whether `byte` is a letter or digit of ASCII.
#[inline]
fn is_letter(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10)
}

/// Whether what follows `byte` goes on with the word before it.
#[inline]
fn joins(byte: u8) -> bool {
    is_letter(byte) | (byte == b'\'') | (byte == b'-') | (byte == b'_') | (byte == b'.')
}

/// The sentence of `text` that byte `at` is in, white space folded. A very long one is cut to the words around `at`, with
/// `…` where something is missing.
pub fn around(text: &str, at: usize) -> String {
    let first = text.floor_char_boundary(at.saturating_sub(FARTHEST));
    let (text, at) = (&text[first..text.ceil_char_boundary(at + FARTHEST)], at - first);
    let (start, end) = bounds(text, at);
    let sentence = &text[start..end];
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
    [if from > 0 { "…" } else { "" }, middle, if to < sentence.len() { "…" } else { "" }].concat()
}

/// Where the sentence of `text` that byte `at` is in begins and ends.
///
/// The rules are the part of Unicode UAX #29 that prose needs (SB7 to SB11). Its whole took a quarter of a build's time.
fn bounds(text: &str, at: usize) -> (usize, usize) {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rmatch_indices(ENDS).find_map(|(end, _)| after(text, end).filter(|after| *after <= at));
    let end = text[at..].match_indices(ENDS).find_map(|(end, _)| after(text, at + end));
    (start.unwrap_or(0), end.unwrap_or(text.len()))
}

/// Where the next sentence begins, if the sign at byte `end` ends one: behind closing signs and white space, and not with a
/// small letter.
fn after(text: &str, end: usize) -> Option<usize> {
    let sign = text[end..].chars().next()?;
    let rest = &text[end + sign.len_utf8()..];
    let closed = rest.trim_start_matches(ENDS).trim_start_matches(CLOSES);
    let next = closed.trim_start();
    let is_spaced = next.len() < closed.len() || next.is_empty() || matches!(sign, '。' | '！' | '？');
    let goes_on = !matches!(sign, '。' | '！' | '？') && next.starts_with(char::is_lowercase);
    if is_spaced && !goes_on { Some(text.len() - next.len()) } else { None }
}

/// The beginning of `text`, white space folded, at most `longest` characters; cut between words, with `…`.
pub fn beginning(text: &str, longest: usize) -> String {
    let folded = fold(text);
    let Some((cut, _)) = folded.char_indices().nth(longest) else { return folded };
    let end = folded[..cut].rfind(' ').unwrap_or(cut);
    [folded[..end].trim_end_matches([',', ';', ':', '.', ' ']), "…"].concat()
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
        check("x’s é’é -é a—b naïveté’s ’tis", 5);
        check(&"word, — l’été ".repeat(90), 180);
        check("state-of-the-art 3.14 (don't)", 3);
        check("a", 1);
        check("-a b", 1);
        check(&"word ".repeat(200), 200);
    }

    proptest::proptest! {
        #[test]
        fn words_are_the_same_wherever_they_stand(text in "[aZ0 .'’é見-]{0,24}", spaces in 0usize..9) {
            let moved = format!("{}{text}", " ".repeat(spaces));
            let letters: Vec<char> = std::iter::once(' ').chain(text.chars()).collect();
            let begins = |pair: &&[char]| pair[1] == '見' || pair[1].is_alphanumeric() && !(pair[0].is_alphanumeric() || ".'’-".contains(pair[0]));
            assert_eq!(words(&moved), letters.windows(2).filter(begins).count());
        }
    }

    #[test]
    fn the_sentence_around_a_link() {
        let text = "First one. See the lens for how.  Third!";
        assert_eq!(around(text, text.find("lens").unwrap()), "See the lens for how.");
        let check = |text: &str, expected: &str| assert_eq!(around(text, text.find('@').unwrap()), expected);
        check("Use e.g. the @ here. Then", "Use e.g. the @ here.");
        check("Is it? “Yes.” The @ (really!) it. No", "The @ (really!) it.");
        check("是的。它@了。好", "它@了。");
        check("A 3.5 @ b", "A 3.5 @ b");
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
