//! Which heading opens the essay.

use super::*;

fn check(markdown: &str, expected: Option<&str>) {
    let heading = rendered(markdown).1.heading.map(|heading| heading.title.text);
    assert_eq!(heading.as_deref(), expected, "{markdown:?}");
}

#[test]
fn a_comment_before_the_opening_heading_does_not_count() {
    check("<!-- a -->\n\n# T\n\n## A\n", Some("T"));
    check("<!-- a -->\n<!-- b\nc -->\n# T\n", Some("T"));
    check("<!-- a --> <b>b</b>\n\n# T\n", None);
    check("<!-- a -->\n\nb\n\n# T\n", None);
}

#[test]
fn nor_do_pictures() {
    check("[![a](a.svg)](https://x.org) ![b](b.svg) | ![c](c.svg)\n\n# T\n", Some("T"));
    check("[![a][a]][b]\n[![c][c]][b]\n\n[a]: a.svg\n[b]: b.md\n[c]: c.svg\n\n# T\n", Some("T"));
    check("<p align=\"center\">\n  <img src=\"l.svg\" alt=\"A > logo\">&nbsp;\n</p>\n\n# T\n", Some("T"));
    check("<div align=\"center\">\n\n![a](a.svg)\n\n# T\n\n</div>\n", Some("T"));
    check("<p><img src=\"l.svg\"></p>\n<h1 align=\"center\">T</h1>\n", Some("T"));
    check("<a href=\"b.md\"><img src=\"l.svg\"></a> <br>\n# T\n", Some("T"));
    check("***\n# T\n***\na\n", Some("T"));
    check("<style>\nh1 { color: red }\n</style>\n\n[](){#a}\n\n[TOC]\n\n# T\n", Some("T"));
}

#[test]
fn code_of_mdx_is_left_out() {
    let markdown = "import A from './a';\n\nexport const B = () => (\n  <b>b</b>);\n\n# T\n\n<A/> <i>c</i>\n";
    super::check(markdown, "<p><A/> <i>c</i></p>\n");
    check(markdown, Some("T"));
    check_diagnostics(markdown, &["1:1 foreign-markup `import A from './a';` is left out: import A from './a';"]);
    super::check(
        "a\n\n    import A from './a';\n",
        "<p>a</p>\n<pre tabindex=\"0\"><code>import A from './a';\n</code></pre>\n",
    );
}

#[test]
fn words_do() {
    check("![a](a.svg) by me\n\n# T\n", None);
    check("[a](b.md)\n\n# T\n", None);
    check("`a`\n\n# T\n", None);
    check("$x$\n\n# T\n", None);
    check("<p>a</p>\n\n# T\n", None);
    check("- ![a](a.svg)\n\n# T\n", None);
    check("> # T\n", None);
    check("![a](a.svg)\n\n## S\n\n# T\n", None);
}

#[test]
fn what_stands_before_the_opening_heading_comes_after_it() {
    super::check(
        "![a](https://x.org/a.svg) ![b](https://x.org/b.svg)\n\n# T\n\n## S\n",
        concat!(
            "<p><img src=\"https://x.org/a.svg\" alt=\"a\" decoding=\"async\"> ",
            "<img src=\"https://x.org/b.svg\" alt=\"b\" loading=\"lazy\" decoding=\"async\"></p>\n<h2 id=\"s\">S</h2>\n"
        ),
    );
}

#[test]
fn a_rule_before_the_opening_heading_divides_nothing() {
    super::check("***\n# T\n***\n\na\n", "<hr>\n<p>a</p>\n");
    super::check("***\n\na\n", "<hr>\n<p>a</p>\n");
}
