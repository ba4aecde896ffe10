//! Arrays and matrices.

use super::mathml;

#[test]
fn a_switch_ends_with_its_cell() {
    let check = |tex: &str, same: &str| assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")));
    let matrix = |rows: &str| format!(r"x\begin{{matrix}}{rows}\end{{matrix}}");
    check(
        &matrix(r"\displaystyle a & b \\ \color{red} c & d"),
        &matrix(r"{\displaystyle a} & b \\ {\color{red} c} & d"),
    );
    check(&matrix(r"a & b \over c \\ \bf d"), &matrix(r"a & {b \over c} \\ {\bf d}"));
    check(r"\cases{\rm a & b \over c \cr d}", r"\begin{cases}{\rm a} & {b\over c} \\ d\end{cases}");
}

#[test]
fn an_array_has_a_rule_under_its_last_row() {
    let array = mathml(r"$$x\begin{array}{|c|}\hline\hline a\\ \hline b\\ \hline \end{array}$$");
    let style = r#" class="m-border-bottom m-border-left"#;
    assert!(array.contains(style) && !array.contains("color:#") && array.matches("<mtr>").count() == 2, "{array}");
    assert!(!mathml(r"$\begin{array}{c}a\\\hdashline\end{array}$").contains("m-border-bottom\""));
}
