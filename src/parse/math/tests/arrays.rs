//! Arrays and matrices.

use super::{errors, mathml};

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

#[test]
fn a_matrix_may_have_rules() {
    let check =
        |tex: &str, same: &str| assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")), "{tex}");
    let columns = "c".repeat(20);
    let array = |rows: &str| format!(r"x\left(\begin{{array}}{{{columns}}}{rows}\end{{array}}\right)");
    let rows = r"\hdashline a&b\\\hline c&d";
    check(&format!(r"x\begin{{pmatrix}}{rows}\end{{pmatrix}}"), &array(rows));
    let last = mathml(r"x$\begin{bmatrix*}[r]a\\\hline\end{bmatrix*}$");
    assert!(last.contains("<mtable displaystyle=\"false\" class=\"m-border-bottom"), "{last}");
    check(r"x\begin{aligned}a&=b\\\hline c&=d\end{aligned}", r"x\begin{aligned}a&=b\\c&=d\end{aligned}");
    check(r"x\begin{cases}a&b\\\hline c\end{cases}", r"x\begin{cases}a&b\\c\end{cases}");
    assert!(!errors(r"$\hline$").is_empty());
}
