//! What Essai says to an author who made a mistake: one type for every failure, of content and of disk alike.
//!
//! A [`Diagnostic`] carries its own excerpt of the source, so it can be shown, kept or sent anywhere without
//! the file that it speaks of. Stages call a constructor function, one per mistake, in the modules below;
//! nothing else in Essai words a message.

pub mod code;
pub mod config;
pub mod content;
pub mod count;
pub mod header;
pub mod kind;
mod lines;
pub mod link;
pub mod markdown;
pub mod math;
pub mod notebook;
pub mod output;
mod place;
pub mod publication;
pub mod report;
pub mod shell;
pub mod show;
pub mod suggest;
pub mod template;

pub use kind::{Kind, Level, Levels};
pub use lines::Lines;
pub use place::Place;
pub use report::Report;

use serde::Serialize;

/// One mistake: what, where, why and how to mend it, in the author's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The name of the mistake, which the configuration can set a level for.
    pub kind: Kind,
    /// What is wrong, in one line without a full stop: "no essay at `lens.md`".
    pub message: String,
    /// Where; `None` for a mistake that has no place in a file, such as a full disk.
    pub place: Option<Place>,
    /// Further places that belong to the mistake, such as the first of two equal ids.
    pub related: Vec<Place>,
    /// How to mend it, each a line: "did you mean `lenses.md`?".
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A mistake of `kind` without place or help; the constructor functions of this module's children add them.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: None, related: Vec::new(), help: Vec::new() }
    }

    /// The same mistake, at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same mistake, with a further place that explains it.
    #[must_use]
    pub fn and(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// The same mistake, with a line of help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// The order in which mistakes are reported: by file, cell, line and column; those without a place come last.
    pub fn order(&self) -> impl Ord + '_ {
        let place = self.place.as_ref();
        (
            place.is_none(),
            place.map(|place| (&place.path, place.cell, place.line, place.column)),
            self.kind,
            &self.message,
        )
    }
}

/// A value and the mistakes that were found while making it. The value is always usable.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The mistakes, in the order in which they were found.
    pub diagnostics: Vec<Diagnostic>,
}

/// A value without mistakes.
impl<T> From<T> for Found<T> {
    fn from(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }
}
