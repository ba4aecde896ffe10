//! The plain text of the block being written: for words, excerpt, and the sentences that links stand in.

use crate::parse::{Reference, sentence};

/// Characters of an essay's excerpt, at most.
const EXCERPT: usize = 200;

/// The plain text of the current block, and what has been counted so far.
#[derive(Debug, Default)]
pub struct BlockText {
    text: String,
    /// Links in the block: which reference, and at which byte of `text`.
    links: Vec<(usize, usize)>,
    /// Words of the blocks so far.
    pub words: usize,
    /// The beginning of the first paragraph, once there was one; all paragraphs before `<!-- more -->`, if there is that.
    pub excerpt: String,
    /// The paragraphs so far, if there is a `<!-- more -->` that makes them the excerpt.
    paragraphs: Option<String>,
}

/// Whether a block can be the one that an essay is excerpted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excerpt {
    /// A paragraph of the essay itself.
    Possible,
    /// A heading, a quotation, a list, a note.
    No,
}

impl BlockText {
    /// No text so far, of an essay with `<!-- more -->`; one without has the default.
    pub fn with_more() -> Self {
        Self { paragraphs: Some(String::new()), ..Self::default() }
    }

    /// Adds text of the block.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Notes that a link, which is `reference`, begins here.
    pub fn link(&mut self, reference: usize) {
        self.links.push((reference, self.text.len()));
    }

    /// Makes what was written so far the excerpt: the author has put `<!-- more -->` here.
    pub fn more(&mut self) {
        if let Some(paragraphs) = self.paragraphs.take().filter(|paragraphs| !paragraphs.is_empty()) {
            self.excerpt = sentence::beginning(&paragraphs, usize::MAX);
        }
    }

    /// Ends the block: counts its words and gives its links their sentences.
    pub fn end(&mut self, excerpt: Excerpt, references: &mut [Reference]) {
        if self.text.is_empty() {
            return;
        }
        self.words += sentence::words(&self.text);
        if excerpt == Excerpt::Possible {
            if self.excerpt.is_empty() {
                self.excerpt = sentence::beginning(&self.text, EXCERPT);
            }
            if let Some(paragraphs) = &mut self.paragraphs {
                paragraphs.push_str(&self.text);
                paragraphs.push(' ');
            }
        }
        for (reference, at) in self.links.drain(..) {
            if let Some(reference) = references.get_mut(reference) {
                reference.sentence = sentence::around(&self.text, at);
            }
        }
        self.text.clear();
    }
}
