//! The ids of an essay: what links can lead to, each once.

use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::markdown as mistake;
use crate::read::Source;

/// Ids in order of place, and where each was set.
#[derive(Debug, Default)]
pub struct Ids {
    /// The ids.
    pub names: Vec<Arc<str>>,
    places: HashMap<Arc<str>, Range<usize>>,
}

impl Ids {
    /// Adds an id that is written at `span` of `source`. An id that is there already is a mistake.
    pub fn add(&mut self, id: Arc<str>, source: &Source, span: Range<usize>) -> Option<Diagnostic> {
        if let Some(first) = self.places.get(&id) {
            return Some(mistake::duplicate_id(source.place(span), &id, source.place(first.clone())));
        }
        self.names.push(Arc::clone(&id));
        self.places.insert(id, span);
        None
    }
}
