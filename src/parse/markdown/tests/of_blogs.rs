use super::*;

fn alert(kind: &str, title: &str) -> String {
    format!(
        "<aside class=\"alert alert-{kind}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n<p>a</p>\n</aside>\n"
    )
}

#[test]
fn boxes_of_zenn_and_qiita_have_their_kind() {
    check(":::message\na\n:::\n", &alert("note", "Note"));
    check(":::message alert\na\n:::\n", &alert("caution", "Caution"));
    check(":::note info\na\n:::\n", &alert("note", "Note"));
    check(":::note warn\na\n:::\n", &alert("warning", "Warning"));
    check(":::note Alert\na\n:::\n", &alert("note", "Alert"));
}

#[test]
fn tabs_between_comments_have_their_titles() {
    let tab = |title: &str, text: &str| format!("<dt>{title}</dt>\n<dd>\n<p>{text}</p>\n</dd>\n");
    check(
        "{% tabs x, 2 %}\n<!-- tab 一 -->\n**a**\n<!-- endtab -->\n<!-- tab Two@apple -->\nb\n<!-- endtab -->\n{% endtabs %}\n",
        &format!("<div>\n<dl class=\"tabs\">\n{}{}</dl>\n</div>\n", tab("一", "<strong>a</strong>"), tab("Two", "b")),
    );
    check("<!-- tab 一 -->\na\n", "<!-- tab 一 -->\n<p>a</p>\n");
}

#[test]
fn tags_of_hexo_around_what_readers_open() {
    check(
        "{% fold Why %}\na\n{% endfold %}\n",
        "<details>\n<summary class=\"alert-title\">Why</summary>\n<p>a</p>\n</details>\n",
    );
    check(
        "{% cut \"Why\" %}\n\na\n\n{% endcut %}\n",
        "<details>\n<summary class=\"alert-title\">Why</summary>\n<p>a</p>\n</details>\n",
    );
}
