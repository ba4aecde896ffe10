//! Admonitions and tabs as MyST and pymdownx write them, as they are rendered.

use super::*;

#[test]
fn formulas_in_fenced_directives_are_set() {
    for markdown in [
        "```{note}\nLet $\\varphi$ be\n```\n\nand $x$\n",
        "> ~~~{note}\n> Let $\\varphi$ be\n> ~~~\n\nand $x$\n",
        "- ````{note}\n  ```{tip}\n  Let $\\varphi$ be\n  ```\n  ````\n\nand $x$\n",
        "```{note}\nLet $\\varphi$ be\n\n    ```\n    $y$\n    ```\n```\n\nand $x$\n",
    ] {
        let html = shown(&rendered(markdown).1);
        assert_eq!(html.matches("<math").count(), 2, "{markdown:?} is {html}");
    }
    let html = shown(&rendered("````{note}\n```\n$x$\n```\n\n```math\ny\n```\n````\n").1);
    assert!(html.contains("<code>$x$\n</code>") && html.matches("<math").count() == 1, "{html}");
}

#[test]
fn directives_are_admonitions() {
    let check = |markdown: &str, open: &str, title: &str, text: &str, close: &str| {
        check(markdown, &format!("<{open}>\n<{title}\n<p>{text}</p>\n</{close}>\n"));
    };
    let aside = "aside class=\"alert alert-note\" role=\"note\"";
    let note = "p class=\"alert-title\">Note</p>";
    check("```{note}\n*a*\n```", aside, note, "<em>a</em>", "aside");
    check(":::{note}\n*a*\n:::", aside, note, "<em>a</em>", "aside");
    check("```{note} *a*\n```", aside, note, "<em>a</em>", "aside");
    check("```{note} *T*\na\n```", aside, "p class=\"alert-title\"><em>T</em></p>", "a", "aside");
    check(
        ":::{admonition} T\n:class: tip dropdown my-own\n:name: i\na\n:::",
        "details id=\"i\" class=\"alert alert-tip my-own\"",
        "summary class=\"alert-title\">T</summary>",
        "a",
        "details",
    );
    check(
        "```{dropdown} T\n:open:\na\n```",
        "details open",
        "summary class=\"alert-title\">T</summary>",
        "a",
        "details",
    );
    check(
        ":::{note}\n:open: false\na\n:::",
        "details class=\"alert alert-note\"",
        "summary class=\"alert-title\">Note</summary>",
        "a",
        "details",
    );
    check(
        "```{seealso}\n---\nclass: dropdown\n---\na\n```",
        "details class=\"alert alert-note seealso\"",
        "summary class=\"alert-title\">See also</summary>",
        "a",
        "details",
    );
}

#[test]
fn blocks_between_slashes_are_asides() {
    let aside = |title: &str, text: &str| {
        format!(
            "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n<p>{text}</p>\n</aside>\n"
        )
    };
    check("a\n\n/// note\nb *c*\n///\n\nd", &format!("<p>a</p>\n{}<p>d</p>\n", aside("Note", "b <em>c</em>")));
    check("/// note | The *t*\nb\n///", &aside("The <em>t</em>", "b"));
    check(
        "- a\n\n    /// note\n    b\n    ///\n",
        &format!("<ul>\n<li>\n<p>a</p>\n{}</li>\n</ul>\n", aside("Note", "b")),
    );
    let warning = "class=\"alert alert-warning\"";
    let inner =
        "<aside class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n<p>c: d</p>\n</aside>\n";
    check(
        "//// details | T\n    type: warning\n    open: True\n\nb\n\n/// tip\nc: d\n///\n////\n",
        &format!("<details {warning} open>\n<summary class=\"alert-title\">T</summary>\n<p>b</p>\n{inner}</details>\n"),
    );
    check(
        "/// admonition | T\n    type: warning\n\nb\n///\n",
        &format!("<aside {warning} role=\"note\">\n<p class=\"alert-title\">T</p>\n<p>b</p>\n</aside>\n"),
    );
    check(
        "/// tab | A\na\n///\n\n/// tab | B\nb\n///\n",
        "<dl class=\"tabs\">\n<dt>A</dt>\n<dd>\n<p>a</p>\n</dd>\n<dt>B</dt>\n<dd>\n<p>b</p>\n</dd>\n</dl>\n",
    );
    check(
        "::: note\nb\n/// Words\n:::\n\na\n\n///\n",
        &format!("{}<p>a</p>\n<p>///</p>\n", aside("Note", "b\n/// Words")),
    );
    check("/// Words of prose\n///\n", "<p>/// Words of prose\n///</p>\n");
    check("/// custom | div\na\n///", "<p>/// custom | div\na\n///</p>\n");
}

#[test]
fn tabs_are_a_list_of_names() {
    check(
        "=== \"A *b* [c](d.md)\"\n    e\n\n=== \"1. F\"\n\n    ```\n    g\n    ```\n",
        concat!(
            "<dl class=\"tabs\">\n<dt>A <em>b</em> <a href=\"{d.md}\">c</a></dt>\n<dd>\n<p>e</p>\n</dd>\n",
            "<dt>1. F</dt>\n<dd>\n<pre tabindex=\"0\"><code>g\n</code></pre>\n</dd>\n</dl>\n"
        ),
    );
    check(
        "!!! note\n    === \"A\"\n        a\n",
        concat!(
            "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n",
            "<dl class=\"tabs\">\n<dt>A</dt>\n<dd>\n<p>a</p>\n</dd>\n</dl>\n</aside>\n"
        ),
    );
    check_diagnostics(
        "a\n\n- b\n\n    === \"A [^no]\"\n        [c][nope]\n",
        &[
            "5:12 missing-footnote the footnote `no` has no text: [^no]",
            "6:9 undefined-label nothing defines the link label `nope`: [c][nope]",
        ],
    );
}

#[test]
fn directives_are_figures() {
    let figure = "<figure id=\"f\">\n<img src=\"{i/a_b_c.png}\" alt=\"An &quot;a&quot;\"{size} class=\"width-50\" decoding=\"async\">\n";
    let caption = "<figcaption>\n<p>A <em>c</em>.</p>\n</figcaption>\n</figure>\n";
    let options = ":alt: An \"a\"\n:width: 50%\n:align: center\n:name: f\n\n";
    for (open, close) in [("```", "```"), (":::", ":::")] {
        let markdown = format!("{open}{{figure}} i/a_b_c.png\n{options}A *c*.\n{close}\n");
        check(&markdown, &format!("{figure}{caption}"));
        let markdown = format!("> {open}{{image}} a.png\n> :width: 200px\n> {close}\n");
        let image = "<img src=\"{a.png}\" alt=\"\" width=\"200\" decoding=\"async\">";
        check(&markdown, &format!("<blockquote>\n<figure>\n{image}\n</figure>\n</blockquote>\n"));
    }
    check("```{figure}\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>\n");
}

#[test]
fn trees_of_documents_are_lists_of_links() {
    let list = "<p><strong>C</strong></p>\n<ol>\n<li><a href=\"{a}\">{title of a}</a></li>\n<li><a href=\"{b/c}\">B &lt;b&gt;</a></li>\n</ol>\n";
    check("```{toctree}\n:caption: C\n:numbered:\n\na\nB <b> <b/c>\nself\n```\n", list);
    check(
        "> ```{toctree}\n> :caption: C\n> :numbered:\n> a\n> B <b> <b/c>\n> ```\n",
        &format!("<blockquote>\n{list}</blockquote>\n"),
    );
    for none in ["", "self\n", ":glob:\n*\n"] {
        check(&format!("```{{toctree}}\n{none}```\n"), &format!("<pre tabindex=\"0\"><code>{none}</code></pre>\n"));
    }
    check("```{toctree}\n<a>\n```\n", "<ul>\n<li><a href=\"{<a>}\">{title of <a>}</a></li>\n</ul>\n");
}

#[test]
fn cards_are_asides_whose_titles_are_links() {
    let card = |title: &str, text: &str| {
        let title = format!("<p class=\"alert-title\">{title}</p>\n");
        format!("<aside class=\"alert alert-note\" role=\"note\">\n{title}{text}</aside>\n")
    };
    let grid = |cards: &str| format!("<div>\n{cards}</div>\n");
    let markdown =
        "::::{grid} 1 2\n:gutter: 3\n\n:::{grid-item-card} A *b*\n:link: c/d\n:link-type: doc\nText.\n:::\n::::\n";
    check(markdown, &grid(&card("<a href=\"{c/d}\">A <em>b</em></a>", "<p>Text.</p>\n")));
    let text = "<p>Text.</p>\n";
    check("```{card}\n:link: c/d\nText.\n```\n", &card("<a href=\"{c/d}\">{title of c/d}</a>", text));
    let outside = "<a href=\"https://e.org/?a&amp;b\">https://e.org/?a&amp;b</a>";
    check(
        "> :::{card}\n> :link: https://e.org/?a&b\n> Text.\n> :::\n",
        &format!("<blockquote>\n{}</blockquote>\n", card(outside, text)),
    );
    check(":::{card} T\n:link: label\n:link-type: ref\nText.\n:::\n", &card("T", text));
    check(":::{card} [T](t)\n:link: c\nText.\n:::\n", &card("<a href=\"{t}\">T</a>", text));
    let (source, rendered) = rendered("> 1\n>\n> :::{card} T\n> :link: c/d\n> :::\n");
    assert_eq!(&source.text[rendered.references[0].span.clone()], "c/d");
}

#[test]
fn directives_are_tabs() {
    let list =
        "<dl class=\"tabs\">\n<dt>A <em>b</em></dt>\n<dd>\n<p>c</p>\n</dd>\n<dt>D</dt>\n<dd>\n<p>e</p>\n</dd>\n</dl>\n";
    let tabs = ":::{tab-item} A *b*\n:sync: a\nc\n:::\n\n:::{tab-item} D\ne\n:::\n";
    check(&format!("::::{{tab-set}}\n:sync-group: g\n\n{tabs}::::\n"), &format!("<div>\n{list}</div>\n"));
    let named = tabs.replace(":::{tab-item}", ":::{group-tab}").replace("\n:sync: a", "");
    check(&format!("::::{{tabs}}\n{named}::::\n"), &format!("<div>\n{list}</div>\n"));
    check(&named.replace(":::{group-tab}", ":::{tab}"), list);
    check(&format!("````{{tab-set}}\n{}````\n", tabs.replace(":::", "```")), &format!("<div>\n{list}</div>\n"));
}

#[test]
fn directives_with_a_title_of_their_own_are_asides() {
    let aside = "<aside class=\"alert alert-note\" role=\"note\">\n";
    for name in ["topic", "sidebar"] {
        check(
            &format!("```{{{name}}} *T*\n- a\n```\n"),
            &format!("{aside}<p class=\"alert-title\"><em>T</em></p>\n<ul>\n<li>a</li>\n</ul>\n</aside>\n"),
        );
    }
}

#[test]
fn blocks_of_pymdownx() {
    check(
        "/// html | div.a#b.c\nd\n\n//// html | div\ne\n////\n///\n",
        "<div id=\"b\" class=\"a c\">\n<p>d</p>\n<div>\n<p>e</p>\n</div>\n</div>\n",
    );
    check(
        "a\n/// figure-caption | < 2\n    attrs: {id: x}\nb *c*\n///\n",
        "<p>a</p>\n<div class=\"caption\">\n<p>b <em>c</em></p>\n</div>\n",
    );
    for text in ["/// html | span.a", "/// html | div.", "/// html |", "/// custom", "/// subcaption"] {
        check(&format!("{text}\nb\n///\n"), &format!("<p>{text}\nb\n///</p>\n"));
    }
}

#[test]
fn details_need_no_kind_and_marks_no_space() {
    let details = |open: &str, class: &str, title: &str| {
        format!("<details{class}{open}>\n<summary class=\"alert-title\">{title}</summary>\n<p>b</p>\n</details>\n")
    };
    check("??? \"T *t*\"\n    b\n", &details("", "", "T <em>t</em>"));
    check("???+\"T\" \n    b\n", &details(" open", "", "T"));
    check("??? \"\"\n    b\n", &details("", "", "Details"));
    check("???+note \"T\"\n    b\n", &details(" open", " class=\"alert alert-note\"", "T"));
    check(
        "!!!note\n    b\n",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n<p>b</p>\n</aside>\n",
    );
    check("!!! \"T\"\n    b\n", "<p>!!! “T”\nb</p>\n");
    check("!!!include(a.md)!!!\n    b\n", "<p>!!!include(a.md)!!!\nb</p>\n");
}
