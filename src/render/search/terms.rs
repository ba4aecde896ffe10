//! The words of all essays, and which essays each is in.

use rayon::prelude::*;

use super::dictionary::Dictionary;
use super::postings::HEAVIEST;
use super::vocabulary::Vocabulary;
use super::words::Words;
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
    /// In each, a line a word, in the order of their code points: the word, a space, and its [`Postings`](super::postings::Postings).
    pub chunks: Vec<String>,
}

/// The words of `essays`, which are counted from 0 in this order.
pub fn terms(site: &Site, essays: &[EssayId]) -> Terms {
    let numbered: Vec<(u32, EssayId)> = (0u32..).zip(essays.iter().copied()).collect();
    let portions = numbered.par_chunks(ESSAYS_A_PORTION).map(|portion| vocabulary(site, portion).dictionary());
    let dictionary = portions.reduce(Dictionary::default, Dictionary::with);
    let mut terms = Terms::default();
    let mut line = String::new();
    for (word, postings) in dictionary.lines() {
        line.clear();
        line.push_str(word);
        line.push(' ');
        postings.push_to(&mut line, 0);
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
    let (mut vocabulary, mut words) = (Vocabulary::default(), Words::default());
    for (number, id) in portion {
        let essay = &site[*id];
        let mut add = |html: &str, weight: u8, most: u8| {
            words.read(html);
            vocabulary.add(&words, *number, weight, most);
        };
        add(&essay.body.html, 1, OCCURRENCES);
        add(&essay.title.html, TITLE, HEAVIEST);
        essay.headings.iter().for_each(|heading| add(&heading.title.html, HEADING, HEAVIEST));
        essay.header.keywords.iter().for_each(|keyword| add(keyword, KEYWORD, HEAVIEST));
    }
    vocabulary
}
