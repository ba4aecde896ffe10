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
    check("a | b\n--|--\n1 | `c|d` | e |\n1 | `c|d\n", &["3:8 d`"]);
    check("> | a |\n> |---|\n> | 1 | | 3 \\| 4 |\n\nb\n", &["3:11 3 \\| 4"]);
    check("!!! note\n    | a |\n    |---|\n    | 1 | 2 |\n", &["4:11 2"]);
    check("| a |\n|---|\n| $x|y$ | $z|w$ |\n", &["3:11 $z"]);
    check("| a | b |\n|---|---|\n| 1 | 2 | |\n| 1 |\n| 1 \\| 2 | 3 ||  \n{: .c}\n", &[]);
}

#[test]
fn code_with_bars_is_one_cell_where_it_must_be() {
    let body = |markdown: &str| {
        let (_, rendered) = rendered(&format!("a | b\n--|--\n{markdown}\n"));
        assert!(rendered.diagnostics.is_empty(), "{markdown}: {:?}", rendered.diagnostics);
        let html = rendered.body.html;
        let start = html.find("<tbody>\n").unwrap() + "<tbody>\n".len();
        html[start..html.find("</tbody>").unwrap()].to_owned()
    };
    let row = |first: &str, second: &str| format!("<tr><td>{first}</td><td>{second}</td></tr>\n");
    assert_eq!(body("1 | `c|d`"), row("1", "<code>c|d</code>"));
    assert_eq!(body("| `|` | *e*; `f;` |"), row("<code>|</code>", "<em>e</em>; <code>f;</code>"));
    assert_eq!(body("| `c;||d` | `` e|` `` |"), row("<code>c;||d</code>", "<code>e|`</code>"));
    assert_eq!(body("| `c\\|d` | `e|f` |"), row("<code>c|d</code>", "<code>e|f</code>"));
    assert_eq!(body("`c|d`"), row("`c", "d`"));
    assert_eq!(body("| é `c|d` | ü |\n| `e|f` | 1 |"), row("é <code>c|d</code>", "ü") + &row("<code>e|f</code>", "1"));
}

#[test]
fn a_head_without_a_word_is_left_out() {
    let html = |markdown: &str| rendered(markdown).1.body.html;
    let table = |inside: &str| format!("<div class=\"table\" tabindex=\"0\"><table>{inside}</table></div>\n");
    assert_eq!(
        html("| | |\n|---|:--|\n| a | b |\n"),
        table("<tbody>\n<tr><td>a</td><td class=\"left\">b</td></tr>\n</tbody>")
    );
    assert_eq!(html("| | |\n|---|---|\n"), table("<thead><tr><td></td><td></td></tr></thead>"));
    assert!(
        html("| | a |\n|---|---|\n| b | c |\n")
            .starts_with(&table("<thead><tr><td></td><th>a</th></tr></thead>")[..60])
    );
    assert!(html("| ![](a.png) |\n|---|\n| b |\n").contains("<thead>"));
}

#[test]
fn rows_between_bars_need_no_head() {
    let html = |markdown: &str| rendered(markdown).1.body.html;
    let table =
        |rows: &str| format!("<div class=\"table\" tabindex=\"0\"><table><tbody>\n{rows}</tbody></table></div>\n");
    let row = |first: &str, second: &str| format!("<tr><td>{first}</td><td>{second}</td></tr>\n");
    assert_eq!(html("| a | *b* |\n|c|  \n"), "<p>| a | <em>b</em> |\n|c|</p>\n");
    assert_eq!(
        html("| a | *b* |\n| `|` | c \\| d |  \n"),
        table(&(row("a", "<em>b</em>") + &row("<code>|</code>", "c | d")))
    );
    let aligned = table("<tr><td>a</td><td class=\"center\"></td></tr>\n");
    assert_eq!(html("|---|:-:|\n| a | |\n"), aligned);
    assert_eq!(html("x\n\n|---|:-:|\n| a | |\n"), format!("<p>x</p>\n{aligned}"));
    assert_eq!(html("| a | b | c |\n| d | e |\n").matches("<td>").count(), 6);
    let classed = html("> | a | b |\n> | c | d |\n{: .x}\n");
    assert!(classed.contains("<table class=\"x\"><tbody>\n<tr><td>a</td>"), "{classed}");
    for text in
        ["| a | b |\n", "|a|\n|b|\n", "| a\n| b\n", "a | b\nc | d\n", "| *a | b |\n| c* | d |\n", "|x| + |y|\nof |x|\n"]
    {
        assert!(html(text).starts_with("<p>"), "{text}");
    }
}

#[test]
fn rules_of_kramdown_are_no_rows() {
    let table = |rows: &str| {
        let head = "<thead><tr><th>a</th><th>b</th></tr></thead>";
        format!("<div class=\"table\" tabindex=\"0\"><table>{head}<tbody>\n{rows}</tbody></table></div>\n")
    };
    let row = |one: &str, other: &str| format!("<tr><td>{one}</td><td>{other}</td></tr>\n");
    check("| a | b |\n|---+---|\n| 1 | 2 |\n", &table(&row("1", "2")));
    check(
        "|---+---|\n| a | b |\n|---|---|\n| 1 | 2 |\n|---+---|\n| 3 | 4 |\n|===+===|\n| 5 | 6 |\n|---+---|\n",
        &table(&(row("1", "2") + &row("3", "4") + &row("5", "6"))),
    );
    check(
        "* TOC\n{:toc}\n\n|---+---|\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        &("{contents}\n".to_owned() + &table(&row("1", "2"))),
    );
    check("|-----+-----|\n\n    |---+---|\n", "<p>|—–+—–|</p>\n<pre tabindex=\"0\"><code>|---+---|\n</code></pre>\n");
    check("| a | b |\n|---|---|\n| -+- | + |\n", &table(&row("-+-", "+")));
}
