//! Text to tokens.

use std::collections::HashMap;

use syntaxmate::{Catalog, HighlighterOptions, ScopeStackId, TokenizerOptions};

use super::class::{Class, Paint, paint};
use super::language::{self, Language};

/// Lines longer than this, in bytes, are left in one colour: nobody wrote them, and a grammar may take seconds on them.
const LONGEST_LINE: usize = 2_000;

/// The grammars, and what is compiled of them so far. Make one for a build and share it: it is cheap to make, a grammar
/// is compiled when it is first met, and what was met before never changes what comes out.
#[derive(Debug, Clone)]
pub struct Highlighter {
    catalog: Catalog,
    tokenizers: syntaxmate::Highlighter,
}

impl Default for Highlighter {
    fn default() -> Self {
        Self::new()
    }
}

impl Highlighter {
    /// A highlighter that has met no language yet. Takes half a millisecond.
    pub fn new() -> Self {
        let catalog = Catalog::bundled();
        let options = HighlighterOptions {
            prepared_languages: 64,
            idle_tokenizers_per_language: 16,
            tokenizer: TokenizerOptions { max_line_bytes: LONGEST_LINE, line_cache_entries: 8_192 },
        };
        let tokenizers = syntaxmate::Highlighter::with_catalog_options(&catalog, options);
        Self { catalog, tokenizers }
    }

    /// The names of all languages that it can highlight, to find the nearest to one that it cannot.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        language::names(&self.catalog)
    }

    pub(super) fn language(&self, name: &str) -> Language<'_> {
        language::resolve(&self.catalog, name)
    }

    /// Calls `token` with every stretch of `text` in order, line breaks on their own, and what it is.
    /// `text` has no carriage returns. A language that is not there, or a line too long, has one colour.
    pub(super) fn tokens(&self, language: &str, text: &str, mut token: impl FnMut(&str, Option<Class>)) {
        let Ok(document) = self.tokenizers.tokenize(language, text) else {
            return text.split_inclusive('\n').for_each(|line| {
                token(line.trim_end_matches('\n'), None);
                if line.ends_with('\n') {
                    token("\n", None);
                }
            });
        };
        let mut paints: HashMap<Option<ScopeStackId>, Paint> = HashMap::new();
        let mut lines = document.lines().iter();
        for line in text.split_inclusive('\n') {
            let (line, broken) = line.strip_suffix('\n').map_or((line, None), |line| (line, Some("\n")));
            let mut done = 0;
            for found in lines.next().map_or(&[][..], |line| line.tokens()) {
                let range = found.range();
                let Some(text) = line.get(range.clone()) else { break };
                if let Some(gap) = line.get(done..range.start).filter(|gap| !gap.is_empty()) {
                    token(gap, None);
                }
                let paint = paints.entry(found.scope_stack()).or_insert_with(|| paint(found.scopes()));
                token(text, class_of(*paint, text));
                done = range.end;
            }
            if let Some(rest) = line.get(done..).filter(|rest| !rest.is_empty()) {
                token(rest, None);
            }
            if let Some(broken) = broken {
                token(broken, None);
            }
        }
    }
}

fn class_of(paint: Paint, text: &str) -> Option<Class> {
    match paint {
        Paint::Plain => None,
        Paint::Class(class) => Some(class),
        Paint::Operator => text.contains(|letter: char| letter.is_alphabetic()).then_some(Class::Keyword),
    }
}
