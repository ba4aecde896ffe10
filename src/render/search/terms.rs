//! The words of all essays, and which essays each is in.

use rayon::prelude::*;

use super::vocabulary::{HEAVIEST, Vocabulary};
use super::word::Word;
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
/// The most that occurrences count.
const OCCURRENCES: u8 = 8;

/// The words of all essays, in chunks.
#[derive(Debug, Default)]
pub struct Terms {
    /// The first word of each chunk.
    pub firsts: Vec<String>,
    /// In each, a line a word, in the order of their code points: the word, a space, and for each essay that it is in how
    /// many essays lie between that and the one before, in base 36 (nothing for none), and its weight, `A` to `Z`.
    pub chunks: Vec<String>,
}

/// The words of `essays`, which are counted from 0 in this order.
pub fn terms(site: &Site, essays: &[EssayId]) -> Terms {
    let numbered: Vec<(u32, EssayId)> = (0u32..).zip(essays.iter().copied()).collect();
    let portions: Vec<Vocabulary> =
        numbered.par_chunks(ESSAYS_A_PORTION).map(|portion| vocabulary(site, portion)).collect();
    let mut portions = portions.into_iter();
    let mut all = portions.next().unwrap_or_default();
    for portion in portions {
        all.append(portion);
    }
    let mut terms = Terms::default();
    let mut line = String::new();
    for (word, entry) in all.sorted() {
        line.clear();
        line.push_str(word);
        line.push(' ');
        entry.push_to(&mut line);
        match terms.chunks.last_mut().filter(|chunk| chunk.len() + line.len() <= CHUNK) {
            Some(chunk) => {
                chunk.push('\n');
                chunk.push_str(&line);
            }
            None => {
                terms.firsts.push(word.to_owned());
                terms.chunks.push(line.clone());
            }
        }
    }
    terms
}

/// The words of a portion of the essays.
fn vocabulary(site: &Site, portion: &[(u32, EssayId)]) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    for (number, id) in portion {
        let essay = &site[*id];
        let mut add = |word: Word<'_>, weight: u8, most: u8| vocabulary.add(word, *number, weight, most);
        of_html(&essay.body.html, |word| add(word, 1, OCCURRENCES));
        of_html(&essay.title.html, |word| add(word, TITLE, HEAVIEST));
        for heading in &essay.headings {
            of_html(&heading.title.html, |word| add(word, HEADING, HEAVIEST));
        }
        for keyword in &essay.header.keywords {
            of_html(keyword, |word| add(word, KEYWORD, HEAVIEST));
        }
    }
    vocabulary
}
