//! Languages of code that are not highlighted: each is reported once an essay, however many blocks have it.

use std::ops::Range;

use super::document::Document;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::unknown_language;
use crate::parse::code::Highlighter;

/// What is said about `unknown` languages, which stand at these bytes of the file, in the order of the text.
pub fn mistakes(
    document: &Document<'_>,
    highlighter: Option<&Highlighter>,
    unknown: &[(String, Range<usize>)],
) -> Vec<Diagnostic> {
    let mut counted: Vec<(&str, Range<usize>, usize)> = Vec::new();
    for (language, span) in unknown {
        match counted.iter_mut().find(|(known, ..)| known == language) {
            Some((.., others)) => *others += 1,
            None => counted.push((language, span.clone(), 0)),
        }
    }
    let known = || highlighter.into_iter().flat_map(Highlighter::languages);
    let mistake = |(language, span, others)| unknown_language(document.source.place(span), language, known(), others);
    counted.into_iter().map(mistake).collect()
}
