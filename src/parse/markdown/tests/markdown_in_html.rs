//! Markdown in HTML that asks for it.

use super::*;

#[test]
fn markdown_in_html_may_be_indented() {
    check(
        "- a\n\n    <div class=\"c\" markdown>\n    *b*\n\n    [l](b.md)\n\n    </div>\n",
        "<ul>\n<li>\n<p>a</p>\n<div class=\"c\">\n<p><em>b</em></p>\n<p><a href=\"{b.md}\">l</a></p>\n  </div>\n</li>\n</ul>\n",
    );
    check(
        "> <div markdown>\n> ==a==\n> b\n> </div>\n",
        "<blockquote>\n<div>\n<p><mark>a</mark>\nb</p>\n</div>\n</blockquote>\n",
    );
    check(
        "<div markdown>\n    <div id=\"i\" markdown>\n    *a*\n    </div>\n    <p>b</p>\n</div>\n",
        "<div>\n<div id=\"i\">\n<p><em>a</em></p>\n</div>\n<p>b</p>\n</div>\n",
    );
    check("<div markdown>\n    *a*\n</div>\n", "<div>\n<p><em>a</em></p>\n</div>\n");
    check("> <div>\n> *a*\n> </div>\n", "<blockquote>\n<div>\n*a*\n</div>\n</blockquote>\n");
}
