//! The words of all essays, and which essays each is in.

use rayon::prelude::*;

use super::dictionary::{Dictionary, SECTIONS};
use super::postings::HEAVIEST;
use super::vocabulary::Vocabulary;
use super::words::Words;
use super::{Chunk, chunk};
use crate::link::{EssayId, Site};

/// Bytes of a chunk, about.
const CHUNK: usize = 24 * 1024;
/// Essays that one worker reads in a row, at least and at most: each portion has most words once.
const SMALLEST_PORTION: usize = 256;
const LARGEST_PORTION: usize = 1024;
/// Portions that a site is read in, unless that makes them too small or too large.
const PORTIONS: usize = 16;

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
    /// The chunks.
    pub chunks: Vec<Chunk>,
}

/// The words of `essays`, which are counted from 0 in this order. A chunk holds, in each line, a word, a space, and its
/// [`Postings`](super::postings::Postings), in the order of the words' code points.
pub fn terms(site: &Site, essays: &[EssayId]) -> Terms {
    let numbered: Vec<(u32, EssayId)> = (0u32..).zip(essays.iter().copied()).collect();
    let length = (numbered.len() / PORTIONS).clamp(SMALLEST_PORTION, LARGEST_PORTION);
    let portions = numbered.par_chunks(length).map(|portion| vocabulary(site, portion).sections());
    let mut portions: Vec<_> = portions.collect::<Vec<_>>().into_iter().map(Vec::into_iter).collect();
    let mut terms = Terms::default();
    let (mut lines, mut line) = (String::new(), String::new());
    // Section by section, so that little is there twice.
    for _ in 0..SECTIONS {
        let section: Vec<Dictionary> = portions.iter_mut().filter_map(Iterator::next).collect();
        let section = section.into_par_iter().reduce(Dictionary::default, Dictionary::with);
        for (word, postings) in section.lines() {
            line.clear();
            line.push_str(word);
            line.push(' ');
            postings.push_to(&mut line, 0);
            if !lines.is_empty() && lines.len() + line.len() > CHUNK {
                terms.end_chunk(&mut lines);
            }
            if lines.is_empty() {
                terms.firsts.push(word.to_owned());
            } else {
                lines.push('\n');
            }
            lines.push_str(&line);
        }
    }
    if !lines.is_empty() {
        terms.end_chunk(&mut lines);
    }
    terms
}

impl Terms {
    /// Makes a chunk of `lines`, which are taken.
    fn end_chunk(&mut self, lines: &mut String) {
        self.chunks.extend(chunk(&format!("terms-{}", self.chunks.len()), lines));
        lines.clear();
    }
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
        // The one that opens the text is mostly the title.
        let opening = essay.heading.iter().filter(|heading| heading.title != essay.title);
        opening.chain(&essay.headings).for_each(|heading| add(&heading.title.html, HEADING, HEAVIEST));
        essay.header.keywords.iter().for_each(|keyword| add(keyword, KEYWORD, HEAVIEST));
    }
    vocabulary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Heading, Inline};
    use crate::read::Config;
    use crate::render::testing::{essay, site};

    #[test]
    fn words_of_the_opening_heading_count_where_it_is_not_the_title() {
        let lines = |opening: &str| {
            let mut essay = essay("a.md", "Eye", "<p>iris</p>");
            let title = Inline::new(opening.to_owned(), opening.to_owned());
            essay.heading = Some(Heading { level: 1, id: "x".into(), title, is_listed: true });
            let site = site(vec![essay], Config::default());
            let chunks = terms(&site, &site.newest).chunks;
            chunks.into_iter().map(|chunk| chunk.text).collect::<String>()
        };
        assert_eq!(lines("Eye"), "essaiSearch(\"terms-0\",\"eye L\\niris A\");\n");
        assert_eq!(lines("Retina"), "essaiSearch(\"terms-0\",\"eye L\\niris A\\nretina D\");\n");
    }
}
