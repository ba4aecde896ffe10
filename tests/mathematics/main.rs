//! Every command that KaTeX's documentation lists is typeset, or is a gap that is known and explained; what is seen of it
//! is what KaTeX shows, or a difference that is. KaTeX is fetched from npm when the test runs.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use essai::parse::math::{Escapes, Macros, Mathematics, mask, typeset};
use pulldown_cmark::Options;

/// The version of KaTeX.
const KATEX: &str = "0.19.1";

/// What is not typeset, and why.
const GAPS: &[(&str, &str)] = &[
    (r"a_{\angl n}", "actuarial notation: MathML Core has no element for it"),
    (r"\textregistered \textcircled{a} \minuso", "no character is the last of them"),
    (r"\phase{-78}", "MathML Core has no element for it"),
    (r"\href{https://example.org}{x}", "links are made in Markdown; browsers differ on links inside formulas"),
    (r"\url{https://example.org}", "links are made in Markdown"),
    (r"\includegraphics{a.png}", "pictures are shown in Markdown"),
    (r"\html{x}", "HTML is written in Markdown"),
    (r"x\limits_a", "an error in LaTeX too"),
];

/// What reads otherwise than with KaTeX, by how it begins, and why.
const DIFFERENT: &[(&str, &str)] = &[
    (r"\overlinesegment", "this KaTeX lacks it"),
    (r"\underlinesegment", "this KaTeX lacks it"),
    (r"\underbar", "ours is underlined text, the line is no character"),
    (r"\left< a", "ours are angle brackets, as in TeX"),
    (r"\begin{equation} a", "KaTeX numbers by its style sheet"),
    (r"\begin{equation} \begin{split}", "KaTeX numbers by its style sheet"),
    (r"\begin{align} ", "KaTeX numbers by its style sheet"),
    (r"\begin{aligned}[t]", "KaTeX prints the position"),
    (r"\begin{alignat}", "KaTeX numbers by its style sheet"),
    (r"\begin{gather} ", "KaTeX numbers by its style sheet"),
    (r"\gnapprox", "negations: ours are a relation and an overlay, KaTeX's are characters of its own fonts"),
    (r"\coloneqq", "ours are a ratio and a relation, KaTeX has two single characters"),
    (r"\infty \infin", "the root of `\\surd` is drawn"),
    (r"\square \Box", "ours is a circled R, KaTeX's a registered sign; other squares and diagonals"),
];

/// One formula a line; lines that begin with `#` are headings.
const FORMULAS: &str = include_str!("formulas.txt");

fn formulas() -> impl Iterator<Item = &'static str> {
    FORMULAS.lines().filter(|line| !line.starts_with("# "))
}

fn set(tex: &str) -> Mathematics {
    let body = format!("$${tex}\n$$");
    let masked = mask(&body, Options::empty(), Escapes::None);
    assert_eq!(masked.formulas.len(), 1, "{tex}");
    typeset(&masked.formulas, &Macros::default())
}

/// The folder of KaTeX's package, or why there is none.
fn katex() -> Result<PathBuf, &'static str> {
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok_and(|run| run.status.success());
    if !runs("node") {
        return Err("there is no Node");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("katex-{KATEX}"));
    let package = folder.join("package");
    if !package.join("package.json").exists() {
        std::fs::create_dir_all(&folder).unwrap();
        let npm =
            Command::new("npm").args(["pack", "--silent", &format!("katex@{KATEX}")]).current_dir(&folder).output();
        if !npm.is_ok_and(|npm| npm.status.success()) {
            return Err("npm is not there, or cannot fetch it");
        }
        let tar = format!("katex-{KATEX}.tgz");
        assert!(Command::new("tar").args(["xzf", &tar]).current_dir(&folder).status().unwrap().success());
    }
    Ok(package)
}

#[test]
fn what_katex_knows_is_typeset() {
    assert!(formulas().count() >= 200);
    let failed: Vec<_> = formulas().filter_map(|tex| Some((tex, set(tex).errors.pop()?.message))).collect();
    let failed_tex: BTreeSet<&str> = failed.iter().map(|(tex, _)| *tex).collect();
    let gaps: BTreeSet<&str> = GAPS.iter().map(|(tex, _)| *tex).collect();
    assert_eq!(failed_tex, gaps, "{failed:#?}");
}

#[test]
fn the_same_characters_are_seen_as_with_katex() {
    let katex = match katex() {
        Ok(katex) => katex,
        Err(missing) => {
            // The harness keeps what is printed by a test that passes.
            writeln!(std::io::stderr(), "NOT RUN: the comparison of formulas with KaTeX: {missing}").unwrap();
            return;
        }
    };
    let set = formulas().map(|tex| (tex, set(tex)));
    let ours: Vec<_> = set
        .filter(|(_, mathematics)| mathematics.errors.is_empty())
        .map(|(tex, mathematics)| {
            (tex, mathematics.formulas.into_iter().map(|formula| formula.html).collect::<String>())
        })
        .collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mathematics/compare.mjs");
    let mut node =
        Command::new("node").arg(script).arg(katex).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    node.stdin.take().unwrap().write_all(&serde_json::to_vec(&ours).unwrap()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    let mut differ: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    let compared: usize = differ.pop().unwrap().parse().unwrap();
    assert!(compared >= 200, "only {compared} formulas compared");
    let unexplained: Vec<&String> =
        differ.iter().filter(|tex| !DIFFERENT.iter().any(|(begin, _)| tex.starts_with(begin))).collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert_eq!(differ.len(), DIFFERENT.len(), "one of the differences is none any more");
}
