//! Text to tokens.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use syntaxmate::{Catalog, PreparedLanguage, ScopeStackId, Tokenizer, TokenizerOptions};

use super::class::{Class, Paint, paint};
use super::language::{self, Language};

/// Lines longer than this, in bytes, are left in one colour: nobody wrote them.
const LONGEST_LINE: usize = 1_000;

/// Where constructs are nested deeper than this, the rest of the block is left in one colour: the time that a grammar
/// takes grows with the square of the depth.
const DEEPEST: usize = 400;

/// Lines of a language that a worker remembers, since essays repeat themselves.
const REMEMBERED_LINES: usize = 8_192;

/// The grammars, and what is compiled of them so far. Make one for a build and share it: a grammar is compiled when it
/// is first met, which takes one to ten milliseconds. What was met before never changes what comes out.
#[derive(Debug)]
pub struct Highlighter {
    catalog: Catalog,
    /// Scratch for the threads that highlight: it holds no result, so nobody waits for another's.
    workshop: Mutex<Workshop>,
}

#[derive(Debug, Default)]
struct Workshop {
    languages: HashMap<String, PreparedLanguage>,
    idle: HashMap<String, Vec<Worker>>,
}

/// What one thread needs to highlight a language.
#[derive(Debug)]
struct Worker {
    tokenizer: Tokenizer,
    /// How the tokens of each stack of scopes are painted, as far as this tokenizer has met them.
    paints: HashMap<ScopeStackId, Paint>,
}

impl Default for Highlighter {
    fn default() -> Self {
        Self::new()
    }
}

impl Highlighter {
    /// A highlighter that has met no language yet. Takes half a millisecond.
    pub fn new() -> Self {
        Self { catalog: Catalog::bundled(), workshop: Mutex::default() }
    }

    /// The names of all languages that it can highlight, to find the nearest to one that it cannot.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        language::names(&self.catalog)
    }

    pub(super) fn language(&self, name: &str) -> Language<'_> {
        language::resolve(&self.catalog, name)
    }

    /// Calls `token` with every stretch of `text` in order, line breaks on their own, and what it is.
    /// `text` has no carriage returns. A language that is not there has one colour.
    pub(super) fn tokens(&self, language: &str, text: &str, mut token: impl FnMut(&str, Option<Class>)) {
        let mut worker = self.take_worker(language);
        let mut state = worker.as_ref().map(|worker| worker.tokenizer.initial_state());
        for line in text.split_inclusive('\n') {
            let (line, broken) = line.strip_suffix('\n').map_or((line, None), |line| (line, Some("\n")));
            let mut done = 0;
            if let (Some(Worker { tokenizer, paints }), Some(state)) = (&mut worker, &mut state)
                && state.depth() <= DEEPEST
            {
                // A line that a budget stopped halfway is as good as it got: what is missing follows below.
                let _ = tokenizer.tokenize_line_with(line, state, |found| {
                    let range = found.range();
                    let (Some(gap), Some(text)) = (line.get(done..range.start), line.get(range.clone())) else {
                        return;
                    };
                    if !gap.is_empty() {
                        token(gap, None);
                    }
                    let painted = match found.scope_stack() {
                        Some(stack) => *paints.entry(stack).or_insert_with(|| paint(found.scopes())),
                        None => paint(found.scopes()),
                    };
                    token(text, class_of(painted, text));
                    done = range.end;
                });
            }
            if done < line.len() {
                token(&line[done..], None);
            }
            if let Some(broken) = broken {
                token(broken, None);
            }
        }
        if let Some(worker) = worker {
            self.give_back(language, worker);
        }
    }

    fn take_worker(&self, language: &str) -> Option<Worker> {
        let mut workshop = self.workshop.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(worker) = workshop.idle.get_mut(language).and_then(Vec::pop) {
            return Some(worker);
        }
        if !workshop.languages.contains_key(language) {
            let prepared = PreparedLanguage::from_catalog(&self.catalog, language).ok()?;
            workshop.languages.insert(language.to_owned(), prepared);
        }
        let options = TokenizerOptions { max_line_bytes: LONGEST_LINE, line_cache_entries: REMEMBERED_LINES };
        let tokenizer = workshop.languages.get(language)?.tokenizer(options);
        Some(Worker { tokenizer, paints: HashMap::new() })
    }

    fn give_back(&self, language: &str, worker: Worker) {
        let mut workshop = self.workshop.lock().unwrap_or_else(PoisonError::into_inner);
        match workshop.idle.get_mut(language) {
            Some(idle) => idle.push(worker),
            None => {
                workshop.idle.insert(language.to_owned(), vec![worker]);
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
