//! Emphasis in Chinese, Japanese and Korean, which have no spaces between words: `**注意：**后面` and `这是**“引号”**文字`. CommonMark
//! has it end and begin only beside a space or a punctuation mark if there is a mark inside; other tools have it everywhere.

use super::hidden;
use crate::parse::layout::Part;

/// Hides the marks of `part` beside signs of emphasis that have a letter on their other side behind letters. Marks that may be
/// Markdown stay: the letter is hidden behind a mark then, unless it is all that stands in emphasis.
pub fn hide(part: &mut Part<'_>) {
    let text = part.text.text.as_ref();
    if text.is_ascii() {
        return;
    }
    let (mut marks, mut letters) = (Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'*', b'~', &text.as_bytes()[from..]).map(|at| from + at) {
        let sign = char::from(text.as_bytes()[at]);
        let end = text.len() - text[at..].trim_start_matches(sign).len();
        from = end;
        let (Some(before), Some(after)) = (text[..at].chars().next_back(), text[end..].chars().next()) else {
            continue;
        };
        let (start, next) = (at - before.len_utf8(), end + after.len_utf8());
        if is_mark(before) && is_beside(before, after) {
            if !before.is_ascii() {
                marks.push(start);
            } else if !text[next..].starts_with(sign) {
                letters.push(end);
            }
        } else if is_mark(after) && is_beside(after, before) {
            if !after.is_ascii() {
                marks.push(end);
            } else if !text[..start].ends_with(sign) {
                letters.push(start);
            }
        }
    }
    if !marks.is_empty() {
        hidden::hide_behind(part, &marks, hidden::LETTERS);
    }
    if !letters.is_empty() {
        hidden::hide_behind(part, &letters, hidden::MARKS);
    }
}

/// Whether a punctuation `mark` on one side of emphasis and a `letter` on the other are written so in these languages.
fn is_beside(mark: char, letter: char) -> bool {
    is_ideographic(letter)
        || letter.is_alphanumeric() && matches!(mark, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}')
}

/// Whether `letter` is a character of Chinese, Japanese or Korean.
fn is_ideographic(letter: char) -> bool {
    let is_one = matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{318f}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    is_one && letter.is_alphanumeric()
}

/// Whether `letter` is a punctuation mark.
fn is_mark(letter: char) -> bool {
    letter.is_ascii_punctuation()
        || matches!(letter, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
            | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
            | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}
