//! Admonitions of other tools, as they are rendered.

use proptest::prelude::*;

use super::*;

#[test]
fn admonitions_are_asides() {
    let aside = "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n<p>b <em>c</em></p>\n</aside>\n";
    check("a\n\n!!! note\n    b *c*\n\nd", &format!("<p>a</p>\n{aside}<p>d</p>\n"));
    check("a\n:::note\nb *c*\n:::\nd", &format!("<p>a</p>\n{aside}<p>d</p>\n"));
    check("::: {.callout-note}\nb *c*\n:::", aside);
    check(
        "1. a\n!!! note\n    b *c*\n2. d",
        &format!("<ol>\n<li>a</li>\n</ol>\n{aside}<ol start=\"2\">\n<li>d</li>\n</ol>\n"),
    );
    check("<div>\n\n!!! note\n    b *c*\n\n</div>\n", &format!("<div>\n{aside}</div>\n"));
    check(
        "!!! example \"The *t* [l](b.md)\"\n",
        "<aside class=\"alert alert-note example\" role=\"note\">\n<p class=\"alert-title\">The <em>t</em> <a href=\"{b.md}\">l</a></p>\n</aside>\n",
    );
    check(
        "!!! tip \"1. One\"\n\n    - b\n\n        c\n",
        "<aside class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">1. One</p>\n<ul>\n<li>\n<p>b</p>\n<p>c</p>\n</li>\n</ul>\n</aside>\n",
    );
}

#[test]
fn admonitions_can_be_closed_and_nested() {
    check(
        "??? note \"T\"\n    a\n    ???+ tip\n        b\n",
        concat!(
            "<details class=\"alert alert-note\">\n<summary class=\"alert-title\">T</summary>\n<p>a</p>\n",
            "<details class=\"alert alert-tip\" open>\n<summary class=\"alert-title\">Tip</summary>\n<p>b</p>\n</details>\n</details>\n"
        ),
    );
    check(
        "::::{#i .outer}\n:::note\n> q\n:::\n::::\n{: .more}\n",
        concat!(
            "<div id=\"i\" class=\"outer more\">\n<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n",
            "<blockquote>\n<p>q</p>\n</blockquote>\n</aside>\n</div>\n"
        ),
    );
    check("::: details A\nb\n:::", "<details>\n<summary class=\"alert-title\">A</summary>\n<p>b</p>\n</details>\n");
}

#[test]
fn lists_and_quotations_hold_admonitions() {
    let aside =
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n<p>b</p>\n</aside>\n";
    check("- a\n  :::note\n  b\n  :::\n  c\n- d", &format!("<ul>\n<li>a\n{aside}c</li>\n<li>d</li>\n</ul>\n"));
    check(
        "1. a\n\n    !!! note\n        b\n\n2. c",
        &format!("<ol>\n<li>\n<p>a</p>\n{aside}</li>\n<li>\n<p>c</p>\n</li>\n</ol>\n"),
    );
    check(
        "- a\n    - !!! note\n          b\n",
        &format!("<ul>\n<li>a\n<ul>\n<li>\n{aside}</li>\n</ul>\n</li>\n</ul>\n"),
    );
    check("> a\n> !!! note\n>     b\n", &format!("<blockquote>\n<p>a</p>\n{aside}</blockquote>\n"));
    check("a\n: c\n\n    !!! note\n        b\n", &format!("<dl>\n<dt>a</dt>\n<dd>\n<p>c</p>\n{aside}</dd>\n</dl>\n"));
}

/// What stands between `<p class="alert-title">Note</p>` and `</aside>`.
fn inside(markdown: &str) -> String {
    let html = shown(&rendered(markdown).1);
    let (_, inside) = html.split_once("alert-title\">Note</p>\n").unwrap();
    inside.split_once("</aside>").unwrap().0.to_owned()
}

#[test]
fn everything_works_inside() {
    let check = |markdown: &str, expected: &str| {
        assert_eq!(inside(&format!("a\n\n!!! note\n{}\n", indented(markdown))), expected, "{markdown}");
        assert_eq!(inside(&format!("a\n\n:::note\n{markdown}\n:::\n")), expected, "{markdown}");
        let item = indented(&format!("!!! note\n{}\n", indented(markdown)));
        assert_eq!(inside(&format!("- a\n\n{item}")), expected, "{markdown}");
        let quoted = format!(":::note\n{markdown}\n:::").replace('\n', "\n> ");
        assert_eq!(inside(&format!("> {quoted}\n")), expected, "{markdown}");
    };
    check("```\na\n  b\n\nc\n```", "<pre tabindex=\"0\"><code>a\n  b\n\nc\n</code></pre>\n");
    check("H~2~O ==m== x^2^ <b>\nc</b>", "<p>H<sub>2</sub>O <mark>m</mark> x<sup>2</sup> <b>\nc</b></p>\n");
    check("## A b {.c}\n\nd", "<h2 id=\"a-b\" class=\"c\">A b</h2>\n<p>d</p>\n");
    check(
        "![a](b.png){.w}\n_C_",
        "<figure>\n<img src=\"{b.png}\" alt=\"a\"{size} class=\"w\" decoding=\"async\">\n<figcaption>C</figcaption>\n</figure>\n",
    );
    check("<div\nid=x>\n<a href=\"b.md\">\n</div>", "<div\nid=x>\n<a href=\"{b.md}\">\n</div>\n");
    check("<div markdown=\"1\">\n*b*\n\n*c*\n</div>", "<div>\n<p><em>b</em></p>\n<p><em>c</em></p>\n</div>\n");
    check("<h2>\nB</h2>", "<h2 id=\"b\">B</h2>\n");
    check("b\n{: .c}", "<p class=\"c\">b</p>\n");
    check(
        "a |\n-|\nb |",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table></div>\n",
    );
}

fn indented(markdown: &str) -> String {
    markdown.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

#[test]
fn formulas_are_set_inside() {
    for markdown in [
        "!!! note\n    $a_1*b$ and\n\n    $$\n    c_1\n    *d*\n    $$\n\n    ```math\n    e_1\n    ```\n",
        ":::note\n$a_1*b$ and\n\n$$\nc_1\n*d*\n$$\n\n```math\ne_1\n```\n:::\n",
        "- a\n\n    !!! note\n        $a_1*b$ and\n\n        $$\n        c_1\n        *d*\n        $$\n\n        ```math\n        e_1\n        ```\n",
        "> :::note\n> $a_1*b$ and\n>\n> $$\n> c_1\n> *d*\n> $$\n>\n> ```math\n> e_1\n> ```\n> :::\n",
        "::: note\n!!! note\n\t$a_1*b$ and\n\n\t$$\n\tc_1\n\t*d*\n\t$$\n\n\t```math\n\te_1\n\t```\n:::\n",
    ] {
        let (_, rendered) = rendered(markdown);
        let html = shown(&rendered);
        assert_eq!(html.matches("<math").count(), 3, "{html}");
        assert_eq!(html.matches("<div class=\"equation\"").count(), 2, "{html}");
        assert!(!html.contains('$') && !html.contains("<em>"), "{html}");
        assert_eq!(rendered.diagnostics, []);
    }
    // What opens in one and closes in another is no formula.
    check(
        "cost $a\n!!! note \"b$\"\n    c\n",
        "<p>cost $a</p>\n<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">b$</p>\n<p>c</p>\n</aside>\n",
    );
}

#[test]
fn labels_and_notes_are_those_of_the_essay() {
    check(
        "[o] [i]\n\n!!! note\n    [o][] [i]\n\n    [i]: i.md\n\n[o]: o.md\n",
        concat!(
            "<p><a href=\"{o.md}\">o</a> <a href=\"{i.md}\">i</a></p>\n<aside class=\"alert alert-note\" role=\"note\">\n",
            "<p class=\"alert-title\">Note</p>\n<p><a href=\"{o.md}\">o</a> <a href=\"{i.md}\">i</a></p>\n</aside>\n"
        ),
    );
    let (_, rendered) = rendered("a[^o] b[^i]\n\n:::note\nc[^o] d[^i]\n\n[^i]: I\n:::\n\n[^o]: O\n");
    assert_eq!(rendered.diagnostics, []);
    assert_eq!(rendered.anchors, ["fnref:o", "fnref:i", "fnref2:o", "fnref2:i", "fn:i", "fn:o"].map(Arc::from));
}

#[test]
fn mistakes_inside_are_found_where_they_are() {
    check_diagnostics(
        "a\n\n!!! note \"x[^no]\"\n    b\n\n    ??? tip\n        é [a][nope] $\\alhpa$\n",
        &[
            "3:12 missing-footnote the footnote `no` has no text: [^no]",
            "7:11 undefined-label nothing defines the link label `nope`: [a][nope]",
            "7:22 math no command is called `\\alhpa`: \\alhpa",
        ],
    );
    check_diagnostics(
        "- a\n    1. b\n\n        !!! note \"x[^no]\"\n            é [a][nope]\n\n> > :::note\n> > [a][no] $\\alhpa$\n> > :::\n",
        &[
            "4:20 missing-footnote the footnote `no` has no text: [^no]",
            "5:15 undefined-label nothing defines the link label `nope`: [a][nope]",
            "8:5 undefined-label nothing defines the link label `no`: [a][no]",
            "8:14 math no command is called `\\alhpa`: \\alhpa",
        ],
    );
    let (source, rendered) = rendered(
        "!!! note\n    <i\n    id=x> [a](b.md)\n    [c]\n\n    [c]: d.md\n\n    <div>\n    <img src=e.png>\n    <h2>f</h2>\n\n<img src=g.png>",
    );
    let spans: Vec<_> = rendered.references.iter().map(|reference| &source.text[reference.span.clone()]).collect();
    assert_eq!(spans, ["b.md", "d.md", "e.png", "g.png"]);
    assert_eq!(rendered.references[0].sentence, "a c");
}

#[test]
fn what_nothing_closes_goes_on_and_is_reported() {
    let check = |markdown: &str, place: &str, line: &str| {
        check_diagnostics(markdown, &[&format!("{place} unclosed-block nothing closes `{line}`: {line}")]);
    };
    check("a\n\n:::note\nb\n", "3:1", ":::note");
    check("- a\n\n  ::: tip T\n  b\n\nc\n", "3:3", "::: tip T");
    check("!!! tip\n    ::: {.callout-tip}\n    text\n    ::\n", "2:5", "::: {.callout-tip}");
    check("```{note} T\na\n", "1:1", "```{note} T");
    check("a\n\n//// note | T\nb\n///\n", "3:1", "//// note | T");
    assert_eq!(
        shown(&rendered("> :::note\n> a\n\nb").1),
        concat!(
            "<blockquote>\n<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n",
            "<p>a</p>\n</aside>\n</blockquote>\n<p>b</p>\n"
        )
    );
}

#[test]
fn headings_words_and_excerpt_count_admonitions() {
    let (_, rendered) =
        rendered("# T\n\n!!! note \"Two words\"\n    three more words\n\n    ## In\n\nThe excerpt.\n\n## Out\n");
    let ids: Vec<_> = rendered.headings.iter().map(|heading| &*heading.id).collect();
    assert_eq!(ids, ["in", "out"]);
    assert_eq!(rendered.excerpt, "The excerpt.");
    assert_eq!(rendered.words, 10);
}

#[test]
fn the_switch_leaves_them_as_text() {
    let source = rendered("!!! note\n    b\n").0;
    let switches = MarkdownSwitches { admonitions: false, ..MarkdownSwitches::default() };
    let math = Config::default().math;
    let settings = Settings {
        phrases: &ENGLISH,
        switches,
        math,
        defined: Defined::default(),
        highlighter: None,
        inserts: &Inserts::default(),
        title: None,
        is_jekyll: false,
    };
    let rendered = render(&source, 0..source.text.len(), &settings);
    assert_eq!(rendered.body.html, "<p>!!! note\nb</p>\n");
    assert_eq!(rendered.diagnostics.len(), 1);
}

const PIECES: &[&str] = &[
    "!!! note",
    "??? tip \"$T$\"",
    ":::note",
    ":::",
    "::::",
    "::: {.callout-tip}",
    "```{note}",
    "\n=== \"T\"\n    ",
    "\n:class: dropdown a\n",
    ":::: {.a}",
    "\n",
    "\n\n",
    "\n    ",
    "\n        ",
    "\t",
    "é",
    "a",
    "```",
    "```math",
    "\n- ",
    "\n  ",
    "\n      ",
    "\n>     ",
    "\n> ",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<b>",
    "- ",
    "> ",
    "$$",
    "$x$",
    "$",
    "\\(",
    "\\)",
    "|-|",
    "# ",
    "[a]: b",
    "[a]",
    "[^n]",
    "[^n]: ",
    "{: .c}",
    "<div markdown>",
    "<h2>",
    "</h2>",
    "![i](j)",
    "==",
    "*[a]: b",
    "`",
    "\\begin{align}",
    "\\end{align}",
];

const INSIDE: &[&str] = &[
    "b",
    " ",
    "\n",
    "\n\n",
    "\n    ",
    "é",
    "```",
    "\n```\n",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<b>",
    "\n- ",
    "\n> ",
    "$$b$$",
    "\n\n$$\nb_1\n$$\n\n",
    "$x$",
    "|",
    "\n|-|-|\n",
    "\n## ",
    "\n[a]: b",
    "[a]",
    "{: .c}",
    "<div markdown>",
    "<h2>",
    "</h2>",
    "![i](j)",
    "==b==",
    "*",
    "`",
    "<a href=x>",
    "\n1. ",
    "\n!!! tip\n",
    "\n: ",
    "[s]{.c}",
    "<p>$x$",
    "\\\\(y\\\\)",
    "\n(l)=\n",
    "{ref}`l`",
    "| a | b |",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    /// What stands inside is rendered as it is outside.
    #[test]
    fn an_admonition_changes_nothing_inside(pieces in prop::collection::vec(prop::sample::select(INSIDE), 1..30)) {
        let markdown = pieces.concat().trim_end().to_owned() + "\n";
        let alone = rendered(&markdown).1;
        let expected = shown(&alone);
        let (_, inside) = rendered(&format!("!!! note \"\"\n{}", indented(&markdown)));
        let html = shown(&inside);
        let html = html.split_once("role=\"note\">\n").map_or("", |(_, html)| html.trim_end().trim_end_matches("</aside>"));
        // The TeX of a formula keeps its indentation, which means nothing.
        let plain = |html: &str| if html.contains("math") { html.replace(' ', "") } else { html.to_owned() };
        prop_assert_eq!(plain(expected.trim_end()), plain(html.trim_end()));
        let further: String = indented(&markdown).split_inclusive('\n').map(|line| format!("  {line}")).collect();
        let (_, item) = rendered(&format!("- !!! note \"\"\n{further}"));
        let html = shown(&item);
        let html = html.split_once("role=\"note\">\n").map_or("", |(_, html)| html.rsplit_once("</aside>").unwrap().0);
        prop_assert_eq!(plain(expected.trim_end()), plain(html.trim_end()));
        let destinations = |rendered: &Rendered| {
            rendered.references.iter().map(|reference| reference.destination.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(destinations(&alone), destinations(&inside));
    }

    #[test]
    fn no_text_with_admonitions_is_too_strange(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..40)) {
        let (source, rendered) = rendered(&pieces.concat());
        for reference in &rendered.references {
            prop_assert!(source.text.get(reference.span.clone()).is_some());
        }
        for element in ["aside", "details", "blockquote", "dl", "dd"] {
            let count = |start: &str| rendered.body.html.matches(&format!("{start}{element}")).count();
            prop_assert_eq!(count("<"), count("</"));
        }
    }
}

#[test]
fn quotations_with_a_kind_are_callouts() {
    let aside = "<aside class=\"alert alert-note info\" role=\"note\">\n<p class=\"alert-title\">";
    check(
        "> [!info] The *t*\n> a\n> b\n>\n> c\n",
        &format!("{aside}The <em>t</em></p>\n<p>a\nb</p>\n<p>c</p>\n</aside>\n"),
    );
    let title = "<strong>a\nb</strong> c</p>\n<p>d</p>\n</aside>\n";
    check("> [!info] **a\n> b** c\n> d\n", &format!("{aside}{title}"));
    check("> [!info]\n> a\n", &format!("{aside}Info</p>\n<p>a</p>\n</aside>\n"));
    check("> [!INFO] *t*\n\nd", &format!("{aside}<em>t</em></p>\n</aside>\n<p>d</p>\n"));
    check(
        "> [!faq]- Why?\n> - a\n",
        "<details class=\"alert alert-note faq\">\n<summary class=\"alert-title\">Why?</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>\n",
    );
    check(
        "> [!theorem]+\n> > [!tip] b\n",
        concat!(
            "<details class=\"alert alert-note theorem\" open>\n<summary class=\"alert-title\">Theorem</summary>\n",
            "<aside class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">b</p>\n</aside>\n</details>\n",
        ),
    );
    for text in ["[!a b] c", "[!] c", "[!a]b"] {
        check(&format!("> {text}\n"), &format!("<blockquote>\n<p>{text}</p>\n</blockquote>\n"));
    }
    check("> \\[!info] c\n", "<blockquote>\n<p>[!info] c</p>\n</blockquote>\n");
}
