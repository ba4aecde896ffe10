//! The words of all essays, and which essays each is in.

use std::collections::HashMap;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::words::of_html;
use crate::link::{EssayId, Site};

/// Bytes of a chunk, about.
const CHUNK: usize = 24 * 1024;
/// Essays that one worker reads in a row.
const ESSAYS_A_PORTION: usize = 256;

/// What being in the title, a keyword or a heading adds to a word's weight, whose occurrences count one each.
const TITLE: u8 = 12;
const KEYWORD: u8 = 6;
const HEADING: u8 = 4;
/// The most that occurrences count, and the most that all counts: a weight is written as a capital letter.
const OCCURRENCES: u8 = 8;
const HEAVIEST: u8 = 26;

/// The words of all essays, in chunks.
#[derive(Debug, Default)]
pub struct Terms {
    /// The first word of each chunk.
    pub firsts: Vec<String>,
    /// In each, a line a word, in the order of their code points: the word, a space, and for each essay that it is in how
    /// many essays lie between that and the one before, in base 36 (nothing for none), and its weight, `A` to `Z`.
    pub chunks: Vec<String>,
}

/// Positions of essays with weights, in order, by word.
type Postings = HashMap<Box<str>, Vec<(u32, u8)>, FxBuildHasher>;

/// The words of `essays`, which are counted from 0 in this order.
pub fn terms(site: &Site, essays: &[EssayId]) -> Terms {
    let numbered: Vec<(u32, EssayId)> = (0u32..).zip(essays.iter().copied()).collect();
    let portions: Vec<Postings> =
        numbered.par_chunks(ESSAYS_A_PORTION).map(|portion| postings(site, portion)).collect();
    let mut all = Postings::default();
    for portion in portions {
        if all.is_empty() {
            all = portion;
            continue;
        }
        for (word, found) in portion {
            all.entry(word).or_default().extend(found);
        }
    }
    let mut sorted: Vec<_> = all.into_iter().collect();
    sorted.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let lines: Vec<String> = sorted.into_par_iter().map(|(word, postings)| line(&word, &postings)).collect();
    let mut terms = Terms::default();
    for line in lines {
        match terms.chunks.last_mut().filter(|chunk| chunk.len() + line.len() <= CHUNK) {
            Some(chunk) => {
                chunk.push('\n');
                chunk.push_str(&line);
            }
            None => {
                terms.firsts.push(line.split(' ').next().unwrap_or_default().to_owned());
                terms.chunks.push(line);
            }
        }
    }
    terms
}

/// The words of a portion of the essays.
fn postings(site: &Site, portion: &[(u32, EssayId)]) -> Postings {
    let mut postings = Postings::default();
    for (number, id) in portion {
        let essay = &site[*id];
        let mut add = |word: &str, weight: u8, most: u8| {
            let found = match postings.get_mut(word) {
                Some(found) => found,
                None => postings.entry(word.into()).or_default(),
            };
            match found.last_mut() {
                Some((last, sum)) if last == number => *sum = (*sum + weight).min(most.max(*sum)),
                _ => found.push((*number, weight)),
            }
        };
        of_html(&essay.body.html, |word| add(word, 1, OCCURRENCES));
        of_html(&essay.title.html, |word| add(word, TITLE, HEAVIEST));
        for heading in &essay.headings {
            of_html(&heading.title.html, |word| add(word, HEADING, HEAVIEST));
        }
        for keyword in &essay.header.keywords {
            of_html(keyword, |word| add(word, KEYWORD, HEAVIEST));
        }
    }
    postings
}

/// The line of a word.
fn line(word: &str, postings: &[(u32, u8)]) -> String {
    let mut line = String::with_capacity(word.len() + 1 + 3 * postings.len());
    line.push_str(word);
    line.push(' ');
    let mut next = 0;
    for (number, weight) in postings {
        push_base_36(&mut line, number - next);
        line.push(char::from(b'A' + weight.clamp(&1, &HEAVIEST) - 1));
        next = number + 1;
    }
    line
}

/// Writes `number` in base 36; nothing for 0.
fn push_base_36(line: &mut String, mut number: u32) {
    let mut digits = [0u8; 7];
    let mut length = 0;
    while number > 0 {
        digits[length] = b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize];
        number /= 36;
        length += 1;
    }
    line.extend(digits[..length].iter().rev().map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_counts_the_essays_between() {
        let check = |postings: &[(u32, u8)], expected: &str| assert_eq!(line("a", postings), expected);
        check(&[(0, 1)], "a A");
        check(&[(0, 1), (1, 2), (3, 26)], "a AB1Z");
        check(&[(36, 40), (1036, 3)], "a 10ZrrC");
    }
}
