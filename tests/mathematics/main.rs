//! Every command that KaTeX's documentation lists is typeset, or is a gap that is known and explained.

use std::collections::BTreeSet;

use essai::parse::math::{Escapes, Macros, mask, typeset};
use pulldown_cmark::Options;

/// What is not typeset, and why.
const GAPS: &[(&str, &str)] = &[
    (r"a_{\angl n}", "actuarial notation: MathML Core has no element for it"),
    (r"\phase{-78}", "MathML Core has no element for it"),
    (r"\begin{CD} A @>a>> B \end{CD}", "diagrams are pictures"),
    (r"\textregistered \textcircled{a} \minuso", "a circle around text: MathML Core has no element for it"),
    (r#"\char"263a"#, "the character itself can be written"),
    (r"\href{https://example.org}{x}", "links are made in Markdown; browsers differ on links inside formulas"),
    (r"\url{https://example.org}", "links are made in Markdown"),
    (r"\includegraphics{a.png}", "pictures are shown in Markdown"),
    (r"\html{x}", "HTML is written in Markdown"),
    (r"\verb|x|", "code is written in Markdown"),
    (r"\ce{H2O}", "chemistry has a package of its own"),
    (r"x\limits_a", "an error in LaTeX too"),
];

/// One formula a line; lines that begin with `#` are headings.
const FORMULAS: &str = include_str!("formulas.txt");

#[test]
fn what_katex_knows_is_typeset() {
    let formulas: Vec<&str> = FORMULAS.lines().filter(|line| !line.starts_with("# ")).collect();
    assert!(formulas.len() >= 200);
    let mut failed = Vec::new();
    for tex in formulas {
        let body = format!("$${tex}\n$$");
        let masked = mask(&body, Options::empty(), Escapes::None);
        assert_eq!(masked.formulas.len(), 1, "{tex}");
        let mathematics = typeset(&masked.formulas, &Macros::default());
        if let Some(error) = mathematics.errors.first() {
            failed.push((tex, error.message.clone()));
        }
    }
    let failed_tex: BTreeSet<&str> = failed.iter().map(|(tex, _)| *tex).collect();
    let gaps: BTreeSet<&str> = GAPS.iter().map(|(tex, _)| *tex).collect();
    assert_eq!(failed_tex, gaps, "{failed:#?}");
}
