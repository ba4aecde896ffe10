//! Labels before blocks, and what refers to them.

use super::*;

#[test]
fn labels_of_myst_are_anchors() {
    check(
        "a\n\n(l-1)=\n## B `c`\n\n{ref}`l-1`, {ref}`see *d* <l-1>` [](l-1) [e](#l-1) {ref}`m`\n",
        concat!(
            "<p>a</p>\n<span id=\"l-1\"></span>\n<h2 id=\"b-c\">B <code>c</code></h2>\n<p><a href=\"{#l-1}\">B c</a>, ",
            "<a href=\"{#l-1}\">see *d*</a> <a href=\"{#l-1}\">B c</a> <a href=\"{#l-1}\">e</a> <a href=\"{#m}\">{title of #m}</a></p>\n"
        ),
    );
    check(
        "(l)=\nA\n{: .k}\n\n> (m)=\n>\n> b\n",
        "<span id=\"l\"></span>\n<p class=\"k\">A</p>\n<blockquote>\n<span id=\"m\"></span>\n<p>b</p>\n</blockquote>\n",
    );
    check("(b-c)=\n## B c\n\n[](b-c)\n", "<h2 id=\"b-c\">B c</h2>\n<p><a href=\"{#b-c}\">B c</a></p>\n");
    check("(a b)=\n\nf(x)=\n\n(x)= y\n", "<p>(a b)=</p>\n<p>f(x)=</p>\n<p>(x)= y</p>\n");
    assert_eq!(&*rendered("(l)=\n# T\n").1.heading.unwrap().title.text, "T");
    assert_eq!(rendered("(l)=\nA {ref}`l`").1.diagnostics, []);
}

#[test]
fn roles_of_myst_are_what_they_stand_for() {
    let said = |code: &str, expected: &str| check(code, &format!("<p>{expected}</p>\n"));
    said("{doc}`/b/c` {doc}`*d* <c>`", "<a href=\"{/b/c}\">{title of /b/c}</a> <a href=\"{c}\">*d*</a>");
    said("a{abbr}`S&G (V \"<w>\")`, {abbr}`S`", "a<abbr title=\"V &quot;&lt;w&gt;&quot;\">S&amp;G</abbr>, S");
    said("{kbd}`Ctrl`+H{sub}`2`O", "<kbd>Ctrl</kbd>+H<sub>2</sub>O");
    said("{guilabel}`A`, {term}`b <c>`, {file}`d`, {class}`~e.F`", "A, b, <code>d</code>, <code>F</code>");
    said(
        "{ref}`py:l` {ref}`a b` {x}`y` {ref} `l` `{ref}`l",
        "{ref}<code>py:l</code> {ref}<code>a b</code> {x}<code>y</code> {ref} <code>l</code> <code>{ref}</code>l",
    );
    said("}`l` ref}`l` {", "}<code>l</code> ref}<code>l</code> {");
    assert_eq!(rendered("b\n{ref}`l`").1.references[0].span, 8..9);
}

#[test]
fn sections_of_quarto_are_linked() {
    check(
        "## B {#sec-b}\n\nsee @sec-b. a@sec-b @sec-c `@sec-b`\n",
        "<h2 id=\"sec-b\">B</h2>\n<p>see <a href=\"{#sec-b}\">B</a>. a@sec-b @sec-c <code>@sec-b</code></p>\n",
    );
}
