use super::*;

#[test]
fn paragraphs_behind_its_signs_are_alerts() {
    let alert = |kind: &str, title: &str, text: &str| {
        format!(
            "<aside class=\"alert alert-{kind}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n<p>{text}</p>\n</aside>\n"
        )
    };
    check(
        "!> 一段**重要**的\n内容\n\nb",
        &(alert("important", "Important", "一段<strong>重要</strong>的\n内容") + "<p>b</p>\n"),
    );
    check("?> A *tip*", &alert("tip", "Tip", "A <em>tip</em>"));
    check("a !> b\n?>c `!> d`", "<p>a !&gt; b\n?&gt;c <code>!&gt; d</code></p>\n");
}

#[test]
fn what_is_said_to_it_is_not_shown() {
    check(
        "[a](b.md ':ignore') [a](b.md \":target=_blank T\")",
        "<p><a href=\"{b.md}\">a</a> <a href=\"{b.md}\" title=\"T\">a</a></p>\n",
    );
    check("[a](b.md ': c')", "<p><a href=\"{b.md}\" title=\": c\">a</a></p>\n");
    let image = shown(&rendered("a ![b](c.png ':size=50x100 :class=d')").1);
    assert!(image.contains("alt=\"b\" width=\"50\" height=\"100\""), "{image}");
}

#[test]
fn a_heading_has_the_id_behind_it() {
    check("## 你好 *x*，世界！ :id=hello-world", "<h2 id=\"hello-world\">你好 <em>x</em>，世界！</h2>\n");
    check("## A :id= b", "<h2 id=\"a-id-b\">A :id= b</h2>\n");
}
