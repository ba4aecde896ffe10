//! Formulas in what surrounds them.

use super::*;

/// The HTML with each formula as its TeX in braces.
fn check(markdown: &str, expected: &str) {
    let (_, rendered) = rendered(markdown);
    assert_eq!(rendered.diagnostics, [], "in {markdown:?}");
    let mut html = shown(&rendered);
    while let Some((before, after)) = html.split_once("<math") {
        let (formula, after) = after.split_once("</math>").unwrap();
        let tex = formula.split_once("x-tex\">").unwrap().1.split_once("</annotation>").unwrap().0;
        html = format!("{before}{{{tex}}}{after}");
    }
    assert_eq!(html, expected, "from {markdown:?}");
}

#[test]
fn formulas_in_html_are_set() {
    check("<p>a $x_1$, <a href=\"b.md\">$y$</a></p>\n\nz", "<p>a {x_1}, <a href=\"{b.md}\">{y}</a></p>\n<p>z</p>\n");
    check("> <div>\n> $$\n> x\n> $$\n> </div>\n", "<blockquote>\n<div>\n{\n x\n }\n</div>\n</blockquote>\n");
    check(
        "!!! note \"\"\n    <p>$x$</p>\n",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p>{x}</p>\n</aside>\n",
    );
    check("<div markdown>\n*a* $x$\n</div>", "<div>\n<p><em>a</em> {x}</p>\n</div>");
    check("<h2>On $x$ ==b==</h2>\n", "<h2 id=\"on-x-b\">On {x} ==b==</h2>\n");
    check("<h2>On\n$x$ b</h2>\n", "<h2>On\n{x} b</h2>\n");
    check("<h2>On &amp; $x$ b</h2>\n", "<h2>On &amp; {x} b</h2>\n");
    assert_eq!(rendered("<p>a $x$</p>\n\nb\n").1.excerpt, "b");
}

#[test]
fn labelled_equations_stand_alone() {
    let html = shown(&rendered("$$\nx\n$$ {#eq-a}\n\n```{math}\n:label: b\ny\n```\n\nSee @eq-a and {eq}`b`.\n").1);
    assert_eq!(html.matches("<div class=\"equation\"").count(), 2, "{html}");
    assert!(html.contains("<p>See <a href=\"#eq-a\""), "{html}");
    assert!(!html.contains("<pre") && !html.contains("{#") && !html.contains("{eq}"), "{html}");
}

#[test]
fn equations_can_be_referred_to() {
    let (_, rendered) =
        rendered("\\begin{equation}\\label{eqn:a} x\\end{equation}\n\nBy \\eqref{eqn:a} and \\eqref{b.md#eqn:b}.");
    assert_eq!(rendered.anchors, ["eqn:a"].map(Arc::from));
    assert_eq!(rendered.equations[0].number, "1");
    assert!(
        shown(&rendered)
            .ends_with("<p>By <a href=\"#eqn:a\">(1)</a> and <a href=\"{b.md#eqn:b}\">({number})</a>.</p>\n")
    );
    assert_eq!(rendered.references[0].sentence, "By (1) and (eqn:b).");
    check_diagnostics("See \\eqref{eqn:nope}.", &["1:12 math no equation has the label `eqn:nope`: eqn:nope"]);
    check_diagnostics("a $\\alhpa$ b", &["1:4 math no command is called `\\alhpa`: \\alhpa"]);
}
