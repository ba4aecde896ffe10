use super::*;

#[test]
fn braces_may_have_space_inside() {
    check("[Start](a.md){ .md-button }", "<p><a href=\"{a.md}\" class=\"md-button\">Start</a></p>\n");
    check("`x`{ .k } y", "<p><code class=\"k\">x</code> y</p>\n");
    check("[l](a.md){ target=_blank }", "<p><a href=\"{a.md}\" target=\"_blank\">l</a></p>\n");
    check("*a*{ b }, *c*{} and `d`{{ e }}", "<p><em>a</em>{ b }, <em>c</em>{} and <code>d</code>{{ e }}</p>\n");
    check("Para.\n{.cls}", "<p class=\"cls\">Para.</p>\n");
    check("Para.\n{: .cls }", "<p class=\"cls\">Para.</p>\n");
    check("Para.\n{ .cls #i }", "<p id=\"i\" class=\"cls\">Para.</p>\n");
    check("Para.\n{ cls }", "<p>Para.\n{ cls }</p>\n");
    check("Para.\n  {: .a}\n{: #i .b}\n", "<p id=\"i\" class=\"b a\">Para.</p>\n");
    check("Para.\n\n{ .cls }", "<p>Para.</p>\n<p>{ .cls }</p>\n");
}

#[test]
fn a_list_before_a_block_belongs_to_it() {
    check(
        "Before.\n\n{: .note }\n> A note.\n",
        "<p>Before.</p>\n<blockquote class=\"note\">\n<p>A note.</p>\n</blockquote>\n",
    );
    check("{:.lead}\nA paragraph.\n", "<p class=\"lead\">A paragraph.</p>\n");
    check("A\n\n{:.lead}\nB\nC\n", "<p>A</p>\n<p class=\"lead\">B\nC</p>\n");
    check("> {:.lead}\n> A\n", "<blockquote>\n<p class=\"lead\">A</p>\n</blockquote>\n");
    check("{:.k}\n\nA\n", "<p>{:.k}</p>\n<p>A</p>\n");
    check("> A\n\n{:.k}\n\nB\n", "<blockquote class=\"k\">\n<p>A</p>\n</blockquote>\n<p>B</p>\n");
}

#[test]
fn a_heading_of_a_seventh_level_is_an_anchor() {
    check("A\n\n####### {#joint_tests}\n\nB\n", "<p>A</p>\n<p id=\"joint_tests\"></p>\n<p>B</p>\n");
    check("######## On *it* {#i .k}\n", "<p id=\"i\" class=\"k\">On <em>it</em></p>\n");
    check("####### {#i}\nB\n", "<p id=\"i\">B</p>\n");
    check("####### On it\n", "<p>####### On it</p>\n");
    check("#######{#i}\n", "<p>#######{#i}</p>\n");
}

#[test]
fn a_list_right_after_a_quotation_belongs_to_it() {
    check("> Tip.\n{: .k }\n", "<blockquote class=\"k\">\n<p>Tip.</p>\n</blockquote>\n");
    let items = "<li>A</li>\n<li>B</li>\n";
    check("> - A\n> - B\n{: .k }\n", &format!("<blockquote class=\"k\">\n<ul>\n{items}</ul>\n</blockquote>\n"));
    check("- A\n{: .k }\n", "<ul>\n<li class=\"k\">A</li>\n</ul>\n");
    check("> - A\n>   {: .k }\n", "<blockquote>\n<ul>\n<li class=\"k\">A\n</li>\n</ul>\n</blockquote>\n");
    check("> Tip.\n> {: .k }\n", "<blockquote>\n<p class=\"k\">Tip.</p>\n</blockquote>\n");
    check(
        "!!! note\n    A\n    {: .k }\n",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Note</p>\n<p class=\"k\">A</p>\n</aside>\n",
    );
}

#[test]
fn a_list_below_a_heading_belongs_to_it() {
    check("## A b\n{: .x #y}\n\nC\n", "<h2 id=\"y\" class=\"x\">A b</h2>\n<p>C</p>\n");
    check("## A {.k}\n{: .x}\n", "<h2 id=\"a\" class=\"k x\">A</h2>\n");
    check("## A {: .x #y }\n", "<h2 id=\"y\" class=\"x\">A</h2>\n");
    check("B\n{: #a}\n\n## A\n", "<p id=\"a\">B</p>\n<h2 id=\"a-1\">A</h2>\n");
}

#[test]
fn brackets_may_be_there_for_their_attributes() {
    check("a [*b* c]{.k #i} d", "<p>a <span id=\"i\" class=\"k\"><em>b</em> c</span> d</p>\n");
    check(
        "[]{#i}b[x [y]{.k}]{.l}",
        "<p><span id=\"i\"></span>b<span class=\"l\">x <span class=\"k\">y</span></span></p>\n",
    );
    check("[a [l](b.md)]{.k}", "<p><span class=\"k\">a <a href=\"{b.md}\">l</a></span></p>\n");
    check("[](){#i}\n## A\n", "<p><span id=\"i\"></span></p>\n<h2 id=\"a\">A</h2>\n");
    check(
        "\\[a]{.k} [b]{c} *[d*]{.k} `[e]{.k}` x]{.k}",
        "<p>[a]{.k} [b]{c} <em>[d</em>]{.k} <code>[e]{.k}</code> x]{.k}</p>\n",
    );
    check("[a]{.k}\n\n[a]: b.md\n", "<p><a href=\"{b.md}\" class=\"k\">a</a></p>\n");
    check("[a][b]{.k}", "<p>[a][b]{.k}</p>\n");
    assert_eq!(rendered("[]{#i} [](){#j}").1.anchors, ["i", "j"].map(Arc::from));
}

#[test]
fn lists_follow_each_other_and_have_names() {
    check("*a*{: .b}{:.c #d}{e}\n", "<p><em id=\"d\" class=\"b c\">a</em>{e}</p>\n");
    check(
        "{:n: .a title=\"b\"}\n\nc\n{:n .d}\n\n*e*{:n}",
        "<p class=\"a d\" title=\"b\">c</p>\n<p><em class=\"a\" title=\"b\">e</em></p>\n",
    );
    check("{:n: .a}\nb\n{: n}\n", "<p class=\"a\">b</p>\n");
    check("{:n: .a}\n{:m: #b}\n\n{:n m}\nc\n", "<p id=\"b\" class=\"a\">c</p>\n");
    check("> {:n: .a}\n>\n> b\n> {:n}\n", "<blockquote>\n<p class=\"a\">b</p>\n</blockquote>\n");
    check("a {:n: .a}\n\nb\n{:n}\n", "<p>a {:n: .a}</p>\n<p>b\n{:n}</p>\n");
}

#[test]
fn a_list_before_the_words_of_an_item_belongs_to_it() {
    check("* {:.a} b\n* c\n", "<ul>\n<li class=\"a\">b</li>\n<li>c</li>\n</ul>\n");
    check("1. {:.a}  *b*\n\n   c\n", "<ol>\n<li class=\"a\">\n<p><em>b</em></p>\n<p>c</p>\n</li>\n</ol>\n");
    check("a\n: {:.b} c\n", "<dl>\n<dt>a</dt>\n<dd class=\"b\">c</dd>\n</dl>\n");
    check("* {.a} b\n* {:.a}b\n", "<ul>\n<li>{.a} b</li>\n<li>{:.a}b</li>\n</ul>\n");
}

#[test]
fn a_list_below_a_picture_belongs_to_its_figure() {
    check(
        "![a](b.png){width=5 #c}\n{: .d}\n",
        "<figure id=\"c\" class=\"d\">\n<img src=\"{b.png}\" alt=\"a\" width=\"5\" decoding=\"async\">\n</figure>\n",
    );
    check(
        "{:n: style=\"x\"}\n![a](b.png)\n*e*\n{: n #d}\n",
        "<figure id=\"d\" style=\"x\">\n<img src=\"{b.png}\" alt=\"a\"{size} decoding=\"async\">\n<figcaption>e</figcaption>\n</figure>\n",
    );
}
