//! Labels of links that nothing defines.

use std::collections::HashMap;
use std::ops::Range;

use super::document::{Document, folded};
use super::repeated;
use crate::diagnostic::suggest::Known;
use crate::diagnostic::{Diagnostic, markdown as mistake};

/// Each of them in `document`, once.
pub fn diagnostics(document: &Document<'_>) -> Vec<Diagnostic> {
    if document.undefined.is_empty() {
        return Vec::new();
    }
    let meant = meant(document);
    let defined = Known::new(document.definitions.keys().map(String::as_str));
    let undefined = repeated::once(&document.undefined).into_iter();
    undefined
        .map(|(label, span, others)| {
            let place = document.source.place(span);
            match meant.get(&folded(label)) {
                Some(line) => mistake::no_definition(place, label, document.source.place(line.clone()), others),
                None => mistake::undefined_label(place, label, &defined, others),
            }
        })
        .collect()
}

/// The first line that looks like the definition of each label, as bytes of the file.
fn meant(document: &Document<'_>) -> HashMap<String, Range<usize>> {
    let mut meant = HashMap::new();
    let mut start = document.offset;
    for line in document.source.text[start..].split_inclusive('\n') {
        let written = line.trim_start_matches([' ', '\t', '>']);
        if let Some((label, _)) = written.strip_prefix('[').and_then(|rest| rest.split_once("]:")) {
            let at = start + line.len() - written.len();
            meant.entry(folded(label)).or_insert(at..at + written.trim_end().len());
        }
        start += line.len();
    }
    meant
}
