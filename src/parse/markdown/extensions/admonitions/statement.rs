//! Theorems, proofs, exercises and the like: `{prf:theorem} Title`, `{exercise}` and `{solution} label` (MyST), `::: {#thm-lens}`
//! (Quarto) and `::: {.theorem #lens name="Title"}` (bookdown). What each is stands before its title.
//! Source: sphinx-proof, sphinx-exercise; Quarto, "Theorems and Proofs"; bookdown, "Theorems and proofs".

use std::ops::Range;

use super::attribute_list::AttributeList;
use super::opening::{self, Element, Opening, Title};

/// Each with what Quarto's ids of it begin with.
const STATEMENTS: [(&str, &str); 19] = [
    ("algorithm", "alg-"),
    ("assumption", ""),
    ("axiom", ""),
    ("claim", ""),
    ("conjecture", "cnj-"),
    ("corollary", "cor-"),
    ("criterion", ""),
    ("definition", "def-"),
    ("example", "exm-"),
    ("exercise", "exr-"),
    ("hypothesis", ""),
    ("lemma", "lem-"),
    ("observation", ""),
    ("proof", ""),
    ("property", ""),
    ("proposition", "prp-"),
    ("remark", "rem-"),
    ("solution", "sol-"),
    ("theorem", "thm-"),
];

/// The statement that the directive `name` of MyST is.
pub fn directive(name: &str) -> Option<&'static str> {
    let is_marked = name.starts_with("prf:") || name.starts_with("proof:");
    let name = name.rsplit(':').next().unwrap_or(name);
    let name = name.strip_suffix("-start").unwrap_or(name);
    let known = STATEMENTS.iter().map(|(known, _)| *known).find(|known| *known == name)?;
    (is_marked || !matches!(known, "example" | "definition" | "property")).then_some(known)
}

/// The statement that a block with the attributes `list` is, and the place of the class that says so among its classes.
pub fn attributed(list: &AttributeList) -> Option<(&'static str, Option<usize>)> {
    let by_class = STATEMENTS.iter().find_map(|(known, _)| {
        let position = list.classes.iter().position(|class| class == known)?;
        Some((*known, Some(position)))
    });
    let id = list.id.as_deref().unwrap_or_default();
    let has_prefix = |prefix: &str| !prefix.is_empty() && id.starts_with(prefix) && id.len() > prefix.len();
    by_class.or_else(|| Some((STATEMENTS.iter().find(|(_, prefix)| has_prefix(prefix))?.0, None)))
}

/// A statement that is called `name`, with a title and attributes.
pub fn opening(name: &str, title: Option<Range<usize>>, mut list: AttributeList) -> Opening {
    list.classes.splice(0..0, opening::classes(name));
    let kind = opening::capitalized(name);
    let title = title.map_or(Title::Kind(kind.clone()), Title::Written);
    Opening { element: Element::Aside, statement: Some(kind), title, ..opening::named("", None, list) }
}

/// Whether `line`, the first of the text of `opening`, says itself in bold or italic what that is: `**Theorem 1.**`.
pub fn is_said(opening: &Opening, line: &str) -> bool {
    let words = line.trim_start_matches(['*', '_']);
    opening.statement.as_ref().is_some_and(|statement| words.len() < line.len() && words.starts_with(statement))
}

#[cfg(test)]
mod tests {
    use super::directive;

    #[test]
    fn directives_are_statements() {
        assert_eq!(directive("prf:theorem"), Some("theorem"));
        assert_eq!(directive("prf:definition"), Some("definition"));
        assert_eq!(directive("exercise-start"), Some("exercise"));
        assert_eq!(directive("definition"), None);
        assert_eq!(directive("python"), None);
    }
}
