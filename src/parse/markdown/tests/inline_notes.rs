//! Notes whose text stands in the line.

use super::*;

/// The essay's text, and the text of each note in the margin.
fn check(markdown: &str, expected: &str, notes: &[&str]) {
    let (_, rendered) = rendered(markdown);
    assert_eq!(rendered.diagnostics, [], "in {markdown:?}");
    let html = shown(&rendered);
    let text = html.split("<div class=\"footnotes\"").next().unwrap();
    let mut shown = String::new();
    for (number, part) in text.split("<sup class=\"footnote-reference\">").enumerate() {
        let rest = if number == 0 { part } else { part.split_once("</sup>").unwrap().1 };
        shown.push_str(if number == 0 { "" } else { "^" });
        shown.push_str(rest);
    }
    assert_eq!(shown, expected, "{markdown:?}");
    let found: Vec<_> = rendered.sidenotes.iter().map(|note| note.html.as_str()).collect();
    assert_eq!(found, notes, "{markdown:?}");
}

#[test]
fn notes_may_stand_in_the_line() {
    check(
        "a.^[b *c* [d](https://x.org).] e",
        "<p>a.^ e</p>\n",
        &["b <em>c</em> <a tabindex=\"-1\" href=\"https://x.org\">d</a>."],
    );
    check("a.^[b c] d.^[e] f\n", "<p>a.^ d.^ f</p>\n", &["b c", "e"]);
    check(
        "x^2^, a^[b x^2^] c[^n] d^[e\nf]\n\n[^n]: N\n",
        "<p>x<sup>2</sup>, a^ c^ d^</p>\n",
        &["b x<sup>2</sup>", "N", "e\nf"],
    );
    check(
        "- a^[b]\n- **c^[d]**\n\ne\n",
        "<ul>\n<li>a^</li>\n<li><strong>c^</strong></li>\n</ul>\n<p>e</p>\n",
        &["b", "d"],
    );
    check("a\\^[b] `c^[d]` e^[] f^[g *h] i*\n", "<p>a^[b] <code>c^[d]</code> e^[] f^[g <em>h] i</em></p>\n", &[]);
    check("a^[b^[c]]\n", "<p>a^</p>\n", &["b^[c]"]);
    check("[a^[[b]{.c} d] e]{.f}\n", "<p><span class=\"f\">a^ e</span></p>\n", &["<span class=\"c\">b</span> d"]);
    check(
        "!!! note \"\"\n    a^[b x]\n\nc^[d]\n",
        "<aside class=\"alert alert-note\" role=\"note\">\n<p>a^</p>\n</aside>\n<p>c^</p>\n",
        &["b x", "d"],
    );
}

#[test]
fn the_sign_of_a_note_is_none_of_emphasis_or_a_superscript() {
    check("a ^[n] b **x^2^** c\n", "<p>a ^ b <strong>x<sup>2</sup></strong> c</p>\n", &["n"]);
    check("a ^[n m] *x^2^* **^[o]** d\n", "<p>a ^ <em>x<sup>2</sup></em> <strong>^</strong> d</p>\n", &["n m", "o"]);
    check("(**x^2^**)^[n] 2^a^^[b]\n", "<p>(<strong>x<sup>2</sup></strong>)^ 2<sup>a</sup>^</p>\n", &["n", "b"]);
    check("[a](https://x.org/^[b]) d^[e]\n", "<p><a href=\"https://x.org/^%5Bb%5D\">a</a> d^</p>\n", &["e"]);
    check("a; ^[b; c]; `;^[`;\n", "<p>a; ^; <code>;^[</code>;</p>\n", &["b; c"]);
}
