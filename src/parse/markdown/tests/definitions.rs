use super::*;

#[test]
fn a_colon_without_a_space_defines_nothing() {
    check(
        "Read this first.\n\n:caution_sign: Be careful; *now*.\n",
        "<p>Read this first.</p>\n<p>:caution_sign: Be careful; <em>now</em>.</p>\n",
    );
    check("Well\n:-) smile\n", "<p>Well\n:-) smile</p>\n");
    check("A\n\n:a \n\n:b `c;\n:d;`\n", "<p>A</p>\n<p>:a</p>\n<p>:b <code>c; :d;</code></p>\n");
    check("> A\n>\n> :*b*: c\n", "<blockquote>\n<p>A</p>\n<p>:<em>b</em>: c</p>\n</blockquote>\n");
    check("A\n: b\n\n:c: d\n", "<dl>\n<dt>A</dt>\n<dd>b</dd>\n</dl>\n<p>:c: d</p>\n");
    check("A\n:\tb\n", "<dl>\n<dt>A</dt>\n<dd>b</dd>\n</dl>\n");
    check("<div markdown>\n\nA\n\n:e: c;\n\n</div>\n", "<div>\n<p>A</p>\n<p>:e: c;</p>\n</div>\n");
    check(
        "A\n\n:e: ==c== www.x.org\n",
        "<p>A</p>\n<p>:e: <mark>c</mark> <a href=\"http://www.x.org\" class=\"uri\">www.x.org</a></p>\n",
    );
}

#[test]
fn fences_of_colons_define_nothing() {
    check("A\n\n::: a\n\n::: b\n", "<p>A</p>\n<p>::: a</p>\n<p>::: b</p>\n");
    check("A\n\n:::{math}\nx\n:::\n", "<p>A</p>\n<p>:::{math}\nx\n:::</p>\n");
}

#[test]
fn what_follows_a_hidden_colon_has_its_place() {
    check_diagnostics("A\n\n:e: [c][d]\n", &["3:5 undefined-label nothing defines the link label `d`: [c][d]"]);
    let (_, rendered) = rendered("A\n\n:e: [c](d.md)\n");
    assert_eq!(rendered.references[0].span, 11..15);
}
