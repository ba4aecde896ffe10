#![allow(clippy::unwrap_used)]

mod admonitions;
mod attribute_lists;
mod block_ids;
mod code;
mod definitions;
mod directives;
mod docsify;
mod emphasis;
mod foreign;
mod formulas;
mod hostile;
mod html_headings;
mod inline_notes;
mod markdown_in_html;
mod of_blogs;
mod opening;
mod plain_text;
mod signs;
mod sizes;
mod statements;
mod tables;
mod targets;

use super::*;
use crate::parse::Fill;
use crate::read::phrases::ENGLISH;
use crate::read::{Config, SitePath};

fn rendered(markdown: &str) -> (Source, Rendered) {
    rendered_as("essay.md", markdown)
}

fn rendered_as(name: &str, markdown: &str) -> (Source, Rendered) {
    let source = Source::new(SitePath::new(name).unwrap(), markdown);
    let settings = Settings {
        phrases: &ENGLISH,
        switches: MarkdownSwitches::default(),
        math: Config::default().math,
        defined: Defined::default(),
        highlighter: None,
        inserts: &Inserts::default(),
        title: None,
        is_jekyll: false,
    };
    let rendered = render(&source, 0..markdown.len(), &settings);
    (source, rendered)
}

/// The HTML with each hole as `{what}`.
fn shown(rendered: &Rendered) -> String {
    let mut html = rendered.body.html.clone();
    for hole in rendered.body.holes.iter().rev() {
        let fill = match hole.fill {
            Fill::Reference(n) => format!("{{{}}}", rendered.references[n].destination),
            Fill::Title(n) => format!("{{title of {}}}", rendered.references[n].destination),
            Fill::EquationNumber(_) => "{number}".to_owned(),
            Fill::Named(n) => format!("{{{}}}", rendered.references[n].destination),
            Fill::NamedEnd(_) => "{]]}".to_owned(),
            Fill::Size(_) => "{size}".to_owned(),
            Fill::Sidenote(_) | Fill::Anchor(_) | Fill::AnchorEnd | Fill::Sources { .. } => String::new(),
            Fill::Contents => "{contents}".to_owned(),
            Fill::Essays => "{essays}".to_owned(),
        };
        html.insert_str(hole.at, &fill);
    }
    html
}

fn check(markdown: &str, expected: &str) {
    assert_eq!(shown(&rendered(markdown).1), expected, "from {markdown:?}");
}

/// Each diagnostic as `line:column kind: message`.
fn check_diagnostics(markdown: &str, expected: &[&str]) {
    let (_, rendered) = rendered(markdown);
    let found: Vec<_> = rendered
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref().unwrap();
            let marked = &place.excerpt[place.marked.clone()];
            format!("{}:{} {} {}: {marked}", place.line, place.column, diagnostic.kind.name(), diagnostic.message)
        })
        .collect();
    assert_eq!(found, expected, "in {markdown:?}");
}

#[test]
fn local_destinations_are_holes() {
    check(
        "[a](b.md#c) and [x](https://x.org/é)",
        "<p><a href=\"{b.md#c}\">a</a> and <a href=\"https://x.org/%C3%A9\">x</a></p>\n",
    );
    check("text ![a](b.png)", "<p>text <img src=\"{b.png}\" alt=\"a\"{size} decoding=\"async\"></p>\n");
    check("<me@x.org>", "<p><a href=\"mailto:me@x.org\">me@x.org</a></p>\n");
    check("<a href='b.md'>b</a>", "<p><a href='{b.md}'>b</a></p>\n");
    check(
        "> <div\n> data-x=y>\n> <img src=f.png>\n",
        "<blockquote>\n<div\ndata-x=y>\n<img src={f.png}>\n</blockquote>\n",
    );
    check("> <video\n> src=f.mp4>\n> </video>", "<blockquote>\n<p><video\nsrc={f.mp4}>\n</video></p>\n</blockquote>\n");
}

#[test]
fn destinations_are_found_in_the_source() {
    let check = |markdown: &str, expected: &str| {
        let (source, rendered) = rendered(markdown);
        let spans: Vec<_> = rendered.references.iter().map(|reference| &source.text[reference.span.clone()]).collect();
        assert_eq!(spans, [expected], "in {markdown:?}");
    };
    check("see [the *lens*](lens.md#focus \"title\") for", "lens.md#focus");
    check("[a](<b c.md>)", "b c.md");
    check("[](b.md)", "b.md");
    check("[a\\]](b.md)", "b.md");
    check("[`](`](b.md)", "b.md");
    check("![a [b] c](d.png)", "d.png");
    check("[a](b(1).md)", "b(1).md");
    check("text [a][L]\n\n[l]: <b c.md> 'title'\n", "b c.md");
    check("[a]\n\n[a]:\n  b.md", "b.md");
    check("- item\n  > <a\n  > href=\"x.md\">", "x.md");
}

#[test]
fn a_picture_alone_is_a_figure() {
    check(
        "![Net](img/net.png)\n_Drawn *by* us_\n",
        "<figure>\n<img src=\"{img/net.png}\" alt=\"Net\"{size} decoding=\"async\">\n<figcaption>Drawn <em>by</em> us</figcaption>\n</figure>\n",
    );
    check(
        "![Net](net.png){#fig-net .wide}\n*Drawn*",
        "<figure id=\"fig-net\">\n<img src=\"{net.png}\" alt=\"Net\"{size} class=\"wide\" decoding=\"async\">\n<figcaption>Drawn</figcaption>\n</figure>\n",
    );
    check("![Net](net.png)", "<figure>\n<img src=\"{net.png}\" alt=\"Net\"{size} decoding=\"async\">\n</figure>\n");
    check("![a](b.png) text", "<p><img src=\"{b.png}\" alt=\"a\"{size} decoding=\"async\"> text</p>\n");
    check(
        "![a](b.png)\n_one_ two",
        "<p><img src=\"{b.png}\" alt=\"a\"{size} decoding=\"async\">\n<em>one</em> two</p>\n",
    );
}

#[test]
fn the_opening_heading_is_taken_out() {
    let (_, opened) = rendered("# A *Title*\n\n## Part\n");
    assert_eq!(opened.heading.as_ref().map(|heading| &*heading.title.html), Some("A <em>Title</em>"));
    assert_eq!(opened.anchors, ["a-title", "part"].map(Arc::from));
    assert_eq!(shown(&opened), "<h2 id=\"part\">Part</h2>\n");
    check("text\n\n# One\n\n## Two", "<p>text</p>\n<h2 id=\"one\">One</h2>\n<h3 id=\"two\">Two</h3>\n");
    let (_, linked) = rendered("# See [b](b.md)");
    assert_eq!(linked.references.len(), 1);
    assert_eq!(shown(&linked), "");
}

#[test]
fn headings_get_ids() {
    check("## \"What's\" new -- really?", "<h2 id=\"whats-new----really\">“What’s” new – really?</h2>\n");
    check("## A {#b .c}", "<h2 id=\"b\" class=\"c\">A</h2>\n");
    check("<b id=\"note\"></b>\n\n## Note", "<p><b id=\"note\"></b></p>\n<h2 id=\"note-1\">Note</h2>\n");
}

#[test]
fn footnotes_come_last_in_order_of_reference() {
    check(
        "One[^b], two[^a], one[^b].\n\n[^a]: A\n[^b]: B [x](x.md)\n",
        concat!(
            "<p>One<sup class=\"footnote-reference\"><a id=\"fnref:b\" href=\"#fn:b\" role=\"doc-noteref\">1</a></sup>, ",
            "two<sup class=\"footnote-reference\"><a id=\"fnref:a\" href=\"#fn:a\" role=\"doc-noteref\">2</a></sup>, ",
            "one<sup class=\"footnote-reference\"><a id=\"fnref2:b\" href=\"#fn:b\" role=\"doc-noteref\">1</a></sup>.</p>\n",
            "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn:b\">",
            "<p>B <a href=\"{x.md}\">x</a> <a class=\"footnote-back\" href=\"#fnref:b\" role=\"doc-backlink\" aria-label=\"Back to the text, place 1\">↩</a>",
            " <a class=\"footnote-back\" href=\"#fnref2:b\" role=\"doc-backlink\" aria-label=\"Back to the text, place 2\">↩</a></p></li>\n",
            "<li id=\"fn:a\"><p>A <a class=\"footnote-back\" href=\"#fnref:a\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a></p></li>\n",
            "</ol>\n</div>\n",
        ),
    );
}

#[test]
fn tables_alerts_and_tasks() {
    check(
        "| | a |\n|--|--|\n| 1 | |\n",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><td></td><th>a</th></tr></thead><tbody>\n<tr><td>1</td><td></td></tr>\n</tbody></table></div>\n",
    );
    check(
        "a | b\n:-|-:\n1 | 2",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th class=\"left\">a</th><th class=\"right\">b</th></tr></thead><tbody>\n<tr><td class=\"left\">1</td><td class=\"right\">2</td></tr>\n</tbody></table></div>\n",
    );
    check(
        "> [!TIP]\n> Do.",
        "<aside class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n<p>Do.</p>\n</aside>\n",
    );
    check("- [x] done", "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"done\">\ndone</li>\n</ul>\n");
    check("term\n: what", "<dl>\n<dt>term</dt>\n<dd>what</dd>\n</dl>\n");
}

#[test]
fn places_for_lists() {
    check("[TOC]\n\ntext", "{contents}\n<p>text</p>\n");
    check("@[TOC](目录)\n\n[toc]\n", "{contents}\n{contents}\n");
    check("[[toc]]\n\ntext", "{contents}\n<p>text</p>\n");
    check("* TOC\n{:toc}\n\ntext", "{contents}\n<p>text</p>\n");
    check("1. Contents\n{: toc .long}\n", "{contents}\n");
    check("- a\n- {:toc}\n", "<ul>\n<li>a</li>\n<li>{:toc}</li>\n</ul>\n");
    check("<!-- essays -->\n", "{essays}\n");
    check("`[TOC]` {{ x }}", "<p><code>[TOC]</code> {{ x }}</p>\n");
}

#[test]
fn mistakes_are_found_where_they_are() {
    check_diagnostics("é [a][nope]", &["1:3 undefined-label nothing defines the link label `nope`: [a][nope]"]);
    check_diagnostics(
        "[a][nope] [Nope][] [b][nope]",
        &["1:1 undefined-label nothing defines the link label `nope`: [a][nope]"],
    );
    check_diagnostics("a [b] [c]() \\[^no] `[^no]`", &[]);
    check_diagnostics("x[^no] y", &["1:2 missing-footnote the footnote `no` has no text: [^no]"]);
    check_diagnostics("x\n\n[^a]: y", &["3:1 unused-footnote nothing refers to the footnote `a`: [^a]"]);
    check_diagnostics("x[^a]\n\n[^a]: y\n\n[^a]: z", &["5:1 duplicate-id the footnote `a` has two texts: [^a]"]);
    check_diagnostics("<i id=a></i>\n\n## B {#a}", &["3:1 duplicate-id the id `a` is used twice: ## B {#a}"]);
    check_diagnostics(" \n", &["1:1 empty-essay the essay is empty: "]);
    check_diagnostics(&">".repeat(10_000), &["1:101 too-large quotes and lists are more than 100 deep: >"]);
}

#[test]
fn the_ids_of_a_note_are_those_of_its_label() {
    let (_, rendered) = rendered("a[^R&D]\n\n[^R&D]: b");
    assert_eq!(rendered.anchors, ["fnref:R&D", "fn:R&D"].map(Arc::from));
    let html = &rendered.body.html;
    for written in ["id=\"fnref:R&amp;D\" href=\"#fn:R&amp;D\"", "<li id=\"fn:R&amp;D\">", "href=\"#fnref:R&amp;D\""] {
        assert!(html.contains(written), "{html}");
    }
}

#[test]
fn blocks_of_other_tools_are_reported_once_an_essay() {
    let check = |markdown: &str, place: &str, line: &str| {
        check_diagnostics(markdown, &[&format!("{place} foreign-markup `{line}` is shown as text: {line}")]);
    };
    check("a\n\n- b\n  === \"Tab\"\n  c\n", "4:3", "=== \"Tab\"");
    check("a\n\n  ??? warning \"Title here\"\n", "3:3", "??? warning \"Title here\"");
    check("a\n\n!!! note well\nb\n", "3:1", "!!! note well");
    check("a\n\n=== \"Tab\"\n\nb\n\n!!! note\n    c\n", "3:1", "=== \"Tab\"");
    check("a\n\n:::name\ntext\n", "3:1", ":::name");
    check_diagnostics("````\n```\n!!! note\n```\n````\n\n    !!! note\n\n<pre>\n!!! note\n</pre>\n", &[]);
    check_diagnostics("!!! Oh\n\nWhat??? Really!!! yes\n\n:::\n\nTitle\n===\n\n!!! what is this?\n", &[]);
}

#[test]
fn attribute_lists_go_where_they_belong() {
    check(
        "![a](b.png){width=50% .x}",
        "<figure>\n<img src=\"{b.png}\" alt=\"a\"{size} class=\"x width-50\" decoding=\"async\">\n</figure>\n",
    );
    check("![a](b.png){width=300} c", "<p><img src=\"{b.png}\" alt=\"a\" width=\"300\" decoding=\"async\"> c</p>\n");
    check(
        "[a](b.md){: .x #y title=\"q r\"} {x}",
        "<p><a href=\"{b.md}\" id=\"y\" class=\"x\" title=\"q r\">a</a> {x}</p>\n",
    );
    check("para\n{: .p #q}\n\n`a`{.k}{}", "<p id=\"q\" class=\"p\">para</p>\n<p><code class=\"k\">a</code>{}</p>\n");
    check("- a {: .li}\n\n{: .ul}", "<ul class=\"ul\">\n<li class=\"li\">a</li>\n</ul>\n");
    check(
        "a |\n-|\nb |\n{: .t}\n",
        "<div class=\"table\" tabindex=\"0\"><table class=\"t\"><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table></div>\n",
    );
    check("## A {: #b .c}", "<h2 id=\"b\" class=\"c\">A</h2>\n");
    check("{: .alone}", "<p>{: .alone}</p>\n");
}

#[test]
fn marks_abbreviations_and_media() {
    check(
        "H~2~O x^2^ ==a *b*== ==c d== a == b == c ~~e~~ ~~10^6 f~~ ~~x^2^ g~~ ==h ~~2^3 i== j~~",
        "<p>H<sub>2</sub>O x<sup>2</sup> <mark>a <em>b</em></mark> <mark>c d</mark> a == b == c <del>e</del> <del>10^6 f</del> <del>x<sup>2</sup> g</del> ==h <del>2^3 i== j</del></p>\n",
    );
    check("The HTML.\n\n*[HTML]: Hyper \"Text\"\n", "<p>The <abbr title=\"Hyper &quot;Text&quot;\">HTML</abbr>.</p>\n");
    check(
        "![A film](f.mp4)",
        "<figure>\n<video controls preload=\"metadata\" src=\"{f.mp4}\">A film</video>\n</figure>\n",
    );
    check(
        "a |\n-|\nb |\n\nTable: The *caption*",
        "<div class=\"table\" tabindex=\"0\"><table><caption>The <em>caption</em></caption><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table></div>\n",
    );
}

#[test]
fn markdown_in_html() {
    check(
        "<div class=\"x\" markdown=\"1\">\nSee *this* [a](b.md).\n</div>\n",
        "<div class=\"x\">\n<p>See <em>this</em> <a href=\"{b.md}\">a</a>.</p>\n</div>\n",
    );
    check(
        "<div markdown=\"1\">\none\n\ntwo[^n] [r]\n</div>\n\n[^n]: note\n\n[r]: c.md",
        concat!(
            "<div>\n<p>one</p>\n<p>two<sup class=\"footnote-reference\"><a id=\"fnref:n\" href=\"#fn:n\" role=\"doc-noteref\">1</a></sup> <a href=\"{c.md}\">r</a></p>\n</div>\n",
            "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn:n\"><p>note <a class=\"footnote-back\" href=\"#fnref:n\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a></p></li>\n</ol>\n</div>\n",
        ),
    );
    check(
        "<details markdown=\"1\"><summary>S</summary>\n*a*\n</details>\n",
        "<details><summary>S</summary>\n<p><em>a</em></p>\n</details>\n",
    );
    check("<figure markdown>\n*a*\n</figure>\n", "<figure>\n<p><em>a</em></p>\n</figure>\n");
    check("<div>\n*raw*\n</div>\n", "<div>\n*raw*\n</div>\n");
    check("<div title=\"a markdown tag\">\n*raw*\n</div>\n", "<div title=\"a markdown tag\">\n*raw*\n</div>\n");
}

#[test]
fn headings_of_html_are_headings() {
    let (_, heading) = rendered("<h1 align=\"center\">\n  <code>ray</code> &amp; eye\n</h1>\n<p>text</p>\n\n# Two\n");
    assert_eq!(&*heading.heading.as_ref().unwrap().title.text, "ray & eye");
    assert_eq!(&*heading.heading.as_ref().unwrap().id, "ray--eye");
    assert_eq!(shown(&heading), "<p>text</p>\n<h2 id=\"two\">Two</h2>\n");
    check(
        "## A\n\n<div>\n<h2 class=\"wide\">A</h2>\n<h3 id=\"b\"><img src=\"b.png\"> *B*</h3>\n</div>\n",
        concat!(
            "<h2 id=\"a\">A</h2>\n<div>\n<h2 id=\"a-1\" class=\"wide\">A</h2>\n",
            "<h3 id=\"b\"><img src=\"{b.png}\"> *B*</h3>\n</div>\n",
        ),
    );
    for raw in [
        "<h2 style=\"a\">A</h2>\n",
        "<h2><img src=\"{a.png}\"></h2>\n",
        "<pre><h2>A</h2></pre>\n",
        "<!-- <h2>A</h2> -->\n",
        "<div><a href=\"{b.md}\"><h2>A</h2></a></div>\n",
    ] {
        check(&raw.replace(['{', '}'], ""), raw);
    }
    check("> <div>\n> <h2>A</h2>\n", "<blockquote>\n<div>\n<h2>A</h2>\n</blockquote>\n");
}

#[test]
fn a_summary_has_chapters_that_are_still_to_be_written() {
    let (_, summary) = rendered_as("SUMMARY.md", "- [One](1.md)\n- [Two]()\n");
    assert_eq!(shown(&summary), "<ul>\n<li><a href=\"{1.md}\">One</a></li>\n<li><a>Two</a></li>\n</ul>\n");
}

/// The HTML with each formula as `⟨its TeX⟩`.
fn check_math(markdown: &str, expected: &str) {
    let mut html = shown(&rendered(markdown).1);
    while let (Some(start), Some(end)) = (html.find("<math"), html.find("</math>")) {
        let formula = &html[start..end];
        let tex = formula.split("application/x-tex\">").nth(1).unwrap_or_default();
        let tex = format!("⟨{}⟩", tex.split("</annotation>").next().unwrap_or_default());
        html.replace_range(start..end + "</math>".len(), &tex);
    }
    assert_eq!(html, expected, "from {markdown:?}");
}

#[test]
fn formulas_are_set_where_they_stand() {
    check_math(
        "It is $x_1 * y_2$, for $5 and $6.",
        "<p>It is <span class=\"kept\">⟨x_1 * y_2⟩,</span> for $5 and $6.</p>\n",
    );
    check_math("$$x^2$$\n", "<div class=\"equation\" tabindex=\"0\">⟨x^2⟩</div>\n");
    check_math("```math\nx^2\n```\n", "<div class=\"equation\" tabindex=\"0\">⟨x^2\n⟩</div>\n");
    check_math("so $$x$$ it is", "<p>so ⟨x⟩ it is</p>\n");
    check_math(
        "a | $b|c$\n-|-\n1 | 2",
        "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th><th>⟨b|c⟩</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table></div>\n",
    );
    let long = "x+".repeat(20) + "x";
    check_math(
        &format!("a (${long}$) [${long}$](b.md)"),
        &format!(
            "<p>a <span class=\"kept\">(<span class=\"wide\" tabindex=\"0\">⟨{long}⟩</span>)</span> <a href=\"{{b.md}}\">⟨{long}⟩</a></p>\n"
        ),
    );
    check_math("## The $x$ of it", "<h2 id=\"the-x-of-it\">The ⟨x⟩ of it</h2>\n");
    check_math(
        "`$x$` and [$y$](b.md) x[^n]\n\n[^n]: $z$",
        concat!(
            "<p><code>$x$</code> and <a href=\"{b.md}\">⟨y⟩</a> x<sup class=\"footnote-reference\"><a id=\"fnref:n\" href=\"#fn:n\" role=\"doc-noteref\">1</a></sup></p>\n",
            "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn:n\"><p>⟨z⟩ <a class=\"footnote-back\" href=\"#fnref:n\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩</a></p></li>\n</ol>\n</div>\n",
        ),
    );
}

#[test]
fn headings_and_notes_have_holes_for_pages() {
    let fills = |markdown: &str| rendered(markdown).1.body.holes.iter().map(|hole| hole.fill).collect::<Vec<_>>();
    assert_eq!(fills("a\n\n## b\n"), [Fill::Anchor(0), Fill::AnchorEnd]);
    assert_eq!(fills("# title\n\n## [b](https://example.org/)\n\n## c\n"), [Fill::Anchor(1), Fill::AnchorEnd]);
    let notes = "\n\n[^n]: note\n";
    assert_eq!(fills(&format!("a[^n] b[^n]{notes}")), [Fill::Sidenote(0)]);
    assert_eq!(fills(&format!("| a[^n] |\n|---|\n| b |\n{notes}")), []);
    assert_eq!(rendered("a[^n][^m]\n\n[^n]: note\n[^m]: b\n\n    c\n").1.sidenotes[0].html, "note");
    assert_eq!(rendered("a[^m]\n\n[^m]: b\n\n    - c\n").1.sidenotes[0].html, "");
}
