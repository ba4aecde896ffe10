//! Names of blocks.

use super::check;

#[test]
fn a_name_is_the_id_of_its_block() {
    check("A b.\n\n^Def-1\n\nC", "<p id=\"def-1\">A b.</p>\n<p>C</p>\n");
    check("> A\n\n^ab\n", "<blockquote id=\"ab\">\n<p>A</p>\n</blockquote>\n");
    check(
        "> [!theorem] B\n> A\n> ^thm-1\n",
        "<aside class=\"alert alert-note theorem\" role=\"note\">\n<p class=\"alert-title\">B</p>\n<p id=\"thm-1\">A</p>\n</aside>\n",
    );
    check("A b ^37066d\n", "<p id=\"37066d\">A b</p>\n");
    check("A\nb *c* ^cite-it\n", "<p id=\"cite-it\">A\nb <em>c</em></p>\n");
    check("- A ^one\n- B\n", "<ul>\n<li id=\"one\">A</li>\n<li>B</li>\n</ul>\n");
}

#[test]
fn what_may_be_meant_as_it_is_stays() {
    for text in ["A ^1", "A ^ab", "x^abc", "A ^abc d", "^a", "A ^123"] {
        check(text, &format!("<p>{text}</p>\n"));
    }
    check("`A ^abc`", "<p><code>A ^abc</code></p>\n");
}
