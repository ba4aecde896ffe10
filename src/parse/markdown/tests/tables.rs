//! Tables.

use super::*;

#[test]
fn cells_without_a_column_are_reported() {
    let message = "extra-cell a row has more cells than the head of its table";
    let check = |markdown: &str, expected: &[&str]| {
        let expected: Vec<_> = expected.iter().map(|at| at.replacen(' ', &format!(" {message}: "), 1)).collect();
        check_diagnostics(markdown, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    };
    check("| a | b |\n|---|---|\n| 1 | 2 | é c | d |\n| 1 | 2 | 3\n", &["3:11 é c"]);
    check("a | b\n--|--\n1 | `c|d` |\n", &["3:8 d`"]);
    check("> | a |\n> |---|\n> | 1 | | 3 \\| 4 |\n\nb\n", &["3:11 3 \\| 4"]);
    check("!!! note\n    | a |\n    |---|\n    | 1 | 2 |\n", &["4:11 2"]);
    check("| a |\n|---|\n| $x|y$ | $z|w$ |\n", &["3:11 $z"]);
    check("| a | b |\n|---|---|\n| 1 | 2 | |\n| 1 |\n| 1 \\| 2 | 3 ||  \n{: .c}\n", &[]);
}
