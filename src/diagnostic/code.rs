//! Mistakes in blocks of code.

use super::count::as_others;
use super::suggest::nearest;
use super::{Diagnostic, Kind, Place};

/// A fence names a language that has no highlighting, as `others` more of the essay do; `known` are the names that have. The code
/// is shown plainly.
pub fn unknown_language<'a>(
    place: Place,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    others: usize,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::UnknownLanguage, format!("no highlighting for the language `{name}`"))
        .at(place.labelled(as_others("is shown in one colour", others, "block")));
    let diagnostic = match nearest(name, known) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic,
    };
    diagnostic.help("write `text` to show code in one colour on purpose")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_meant() {
        let found = unknown_language(Place::file("content/a.md"), "pythn", ["ruby", "python"].into_iter(), 0);
        assert_eq!(found.message, "no highlighting for the language `pythn`");
        assert_eq!(found.help[0], "did you mean `python`?");
        assert_eq!(Kind::UnknownLanguage.default_level(), super::super::Level::Warn);
    }
}
