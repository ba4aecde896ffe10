//! Proof trees, as the environment `prooftree` of bussproofs has them: axioms, and rules that take the conclusions before them.

use super::reader::{argument, name_end, optional, skip_space};

/// Rules by how many conclusions they take.
const RULES: [(&str, usize); 10] = [
    ("AXC", 0),
    ("UIC", 1),
    ("BIC", 2),
    ("TIC", 3),
    ("QuaternaryInfC", 4),
    ("AxiomC", 0),
    ("UnaryInfC", 1),
    ("BinaryInfC", 2),
    ("TrinaryInfC", 3),
    ("QuinaryInfC", 5),
];

/// The TeX of the proof that is `written`; `None` if a rule lacks a conclusion or its text. What it does not know has no place
/// in it.
pub(super) fn proof(written: &str) -> Option<String> {
    let mut proofs: Vec<String> = Vec::new();
    let (mut left, mut right, mut has_line) = (String::new(), String::new(), true);
    let mut at = 0;
    while let Some(found) = written[at..].find('\\') {
        let end = name_end(written, at + found + 1);
        let name = &written[at + found + 1..end];
        at = end;
        match name {
            "LeftLabel" | "LL" => (left, at) = text(written, at)?,
            "RightLabel" | "RL" => (right, at) = text(written, at)?,
            "noLine" => has_line = false,
            _ => {
                let Some(taken) = conclusions(name) else { continue };
                let (conclusion, end) = if name.ends_with('C') { text(written, at)? } else { sequent(written, at)? };
                at = end;
                let from = proofs.len().checked_sub(taken)?;
                let above = proofs.split_off(from).join(r"\qquad ");
                let (left, right) = (std::mem::take(&mut left), std::mem::take(&mut right));
                let has_line = std::mem::replace(&mut has_line, true);
                proofs.push(if taken == 0 {
                    conclusion
                } else {
                    inferred(&above, &conclusion, (&left, &right), has_line)
                });
            }
        }
    }
    match &proofs[..] {
        [] => None,
        proofs => Some(proofs.join(r"\qquad ")),
    }
}

/// How many conclusions the rule `name` takes.
fn conclusions(name: &str) -> Option<usize> {
    let known = |name: &str| RULES.iter().find(|(rule, _)| *rule == name).map(|(_, taken)| *taken);
    known(name).or_else(|| known(&format!("{name}C")))
}

/// `above` over `conclusion`, with what stands beside the line.
fn inferred(above: &str, conclusion: &str, (left, right): (&str, &str), has_line: bool) -> String {
    let thickness = if has_line { "" } else { "0pt" };
    let beside = |label: &str| if label.is_empty() { String::new() } else { format!(r"{{\scriptstyle {label}}}") };
    format!(r"{}\genfrac{{}}{{}}{{{thickness}}}{{0}}{{{above}}}{{{conclusion}}}{}", beside(left), beside(right))
}

/// The text in braces at `at`, with formulas between dollars, as TeX of mathematics; and the byte after it.
fn text(written: &str, at: usize) -> Option<(String, usize)> {
    let given = argument(written, at)?;
    let mut tex = String::new();
    for (index, part) in written[given.inner].split('$').enumerate() {
        match index % 2 {
            0 if part.trim().is_empty() => {}
            0 => tex.push_str(&format!(r"\text{{{part}}}")),
            _ => tex.push_str(&format!("{{{part}}}")),
        }
    }
    Some((tex, given.end))
}

/// `[label]$\Gamma \fCenter A$`: the formula between dollars at `at`, and the byte after it.
fn sequent(written: &str, at: usize) -> Option<(String, usize)> {
    let at = optional(written, at).map_or(at, |options| options.end);
    let start = skip_space(written, at);
    let inside = written[start..].strip_prefix('$')?;
    let length = inside.find('$')?;
    Some((inside[..length].replace(r"\fCenter", r"\vdash "), start + length + 2))
}

#[cfg(test)]
mod tests {
    use super::proof;

    #[test]
    fn proofs_are_fractions() {
        let check =
            |written: &str, expected: Option<&str>| assert_eq!(proof(written).as_deref(), expected, "{written}");
        check(
            r"\AxiomC{$A$} \AxiomC{$A \to B$} \RightLabel{$\to$E} \BinaryInfC{$B$}",
            Some(r"\genfrac{}{}{}{0}{{A}\qquad {A \to B}}{{B}}{\scriptstyle {\to}\text{E}}"),
        );
        check(r"\AXC{[a]}\noLine\UIC{$\vdots$}", Some(r"\genfrac{}{}{0pt}{0}{\text{[a]}}{{\vdots}}"));
        check(r"\Axiom$A \fCenter B$\UnaryInf$ C$", Some(r"\genfrac{}{}{}{0}{A \vdash  B}{ C}"));
        check(r"\alwaysNoLine \AxiomC{a}", Some(r"\text{a}"));
        for wrong in ["", "\\", r"\BinaryInfC{a}", r"\AxiomC", r"\AxiomC{", r"\Axiom$", r"\UIC{é}"] {
            check(wrong, None);
        }
    }
}
