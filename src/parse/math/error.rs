//! A mistake in a formula.

use std::ops::Range;

use super::{Mapped, Source};

/// A mistake in a formula, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MathError {
    /// The number of the formula.
    pub formula: usize,
    /// Bytes of the text that the formula stands in.
    pub span: Range<usize>,
    /// What is wrong, in one line without a full stop: "no command is called `\alhpa`".
    pub message: String,
    /// How to mend it, in one line: "did you mean `\alpha`?".
    pub help: Option<String>,
}

impl MathError {
    /// A mistake of this wording at `span`, in bytes of what is being read.
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { formula: 0, span, message: message.into(), help: None }
    }

    /// The same with a line of help.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, its span led back to what `text` was made of.
    pub(super) fn back(mut self, text: &Mapped<'_>) -> Self {
        self.span = text.source(self.span);
        self
    }

    /// The same, of formula `number`, its span led back from the TeX of `source` to the text that it stands in.
    pub(super) fn of(mut self, number: usize, source: &Source<'_>) -> Self {
        self.formula = number;
        self.back(&source.tex)
    }
}
