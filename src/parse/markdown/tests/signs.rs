//! Signs that mean something only where they can.

use super::{check, check_diagnostics};

#[test]
fn superscripts_and_subscripts_hold_no_space() {
    check(
        "[^a-z]+ or (^a b^) and ^c^; (~a b~) and ~c~; (^a *b*^)\n",
        "<p>[^a-z]+ or (^a b^) and <sup>c</sup>; (~a b~) and <sub>c</sub>; (^a <em>b</em>^)</p>\n",
    );
}

#[test]
fn what_a_pattern_leaves_out_is_no_note() {
    for pattern in ["[^/]", "[^>]+", "[^A-Za-z0-9_]", "[^0-9]*", "[^\"]"] {
        check_diagnostics(&format!("It matches {pattern} here."), &[]);
    }
    check_diagnostics("x[^*] y", &["1:2 missing-footnote the footnote `*` has no text: [^*]"]);
}

#[test]
fn destinations_of_other_tools_make_links() {
    let markdown = "![p]({{ site.baseurl }}/a.png) [q]({% post_url b %} \"t\") [r] `[]({% link c %})`\n\n[r]: {{ '/d' | relative_url }}#e\n";
    check(
        markdown,
        "<p><img src=\"{{{ site.baseurl }}/a.png}\" alt=\"p\"{size} decoding=\"async\"> <a href=\"{{% post_url b %}}\" title=\"t\">q</a> \
         <a href=\"{{{ '/d' | relative_url }}#e}\">r</a> <code>[]({% link c %})</code></p>\n",
    );
}

#[test]
fn code_between_tags_of_other_tools_is_code() {
    check(
        "x\n{% highlight ruby %}\n# a\n\n  b $c$\n{% endhighlight %}\ny\n",
        "<p>x</p>\n<pre tabindex=\"0\"><code class=\"language-ruby\"># a\n\n  b $c$\n</code></pre>\n<p>y</p>\n",
    );
}

#[test]
fn emoji_may_be_written_by_their_names() {
    check(
        "## :rocket: Up [:+1:](a.md) *:heavy_check_mark:*\n\n> - :x:\n>   and :tada:\n",
        "<h2 id=\"rocket-up-1-heavy_check_mark\">🚀 Up <a href=\"{a.md}\">👍</a> <em>✔\u{fe0f}</em></h2>\n\
         <blockquote>\n<ul>\n<li>❌\nand 🎉</li>\n</ul>\n</blockquote>\n",
    );
}

#[test]
fn what_is_no_name_of_an_emoji_is_text() {
    check(
        "\\:tada: a:tada: ::tada:: :tada:d :toda: 1:100:2 `:tada:` <b title=\":tada:\">:</b>\n\n    :tada:\n",
        "<p>:tada: a:tada: ::tada:: :tada:d :toda: 1:100:2 <code>:tada:</code> <b title=\":tada:\">:</b></p>\n\
         <pre tabindex=\"0\"><code>:tada:\n</code></pre>\n",
    );
}

#[test]
fn keys_are_shown_as_on_a_keyboard() {
    check("*++ctrl+alt+del++*, C++", "<p><em><kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd></em>, C++</p>\n");
    check("++tab++ ++plus++", "<p><kbd>Tab</kbd> <kbd>+</kbd></p>\n");
    check(
        "`++a++` \\++a++ <b title=\"++a++\">i++ + ++j</b>",
        "<p><code>++a++</code> ++a++ <b title=\"++a++\">i++ + ++j</b></p>\n",
    );
    check("    ++a++", "<pre tabindex=\"0\"><code>++a++</code></pre>\n");
}
