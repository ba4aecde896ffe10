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
    check("Para.\n\n{ .cls }", "<p>Para.</p>\n<p>{ .cls }</p>\n");
}
