//! What is told of a formula to those who only show it: its width, and its signs as plain text.

use super::set;

#[test]
fn a_formula_may_be_wider_than_a_page() {
    let check = |body: &str, expected: bool| assert_eq!(set(body).formulas[0].is_wide(), expected, "{body}");
    let long = "a+".repeat(20) + "a";
    check(&format!("${long}$"), true);
    check(&format!("$${long}$$"), false);
    check("$\\mathrm{abc}+\\mathrm{def}$", false);
}

#[test]
fn a_row_of_signs_is_plain_text() {
    let check = |body: &str, expected: Option<&str>| {
        assert_eq!(set(body).formulas[0].row_of_signs().as_deref(), expected, "{body}")
    };
    check(r"$x\in\mathbb{R}$", Some("x∈ℝ"));
    check(r"$f(E)<E-e\sin E$", Some("f(E)<E−e sin E"));
    check(r"$\cos(x)\log2$", Some("cos(x) log 2"));
    check(r"$a\ge\max b$", Some("a≥max b"));
    check(r"$e^x$", None);
    check(r"$a:=b$", Some("a:=b"));
}
