//! What other tools would not have shown.

use super::{check_diagnostics, rendered};

fn check(markdown: &str, place: &str, tag: &str) {
    check_diagnostics(markdown, &[&format!("{place} foreign-markup `{tag}` is shown as text: {tag}")]);
}

#[test]
fn tags_of_templates_are_reported_once_an_essay() {
    check("a {{% note %}}\nb\n{{% /note %}}", "1:3", "{{% note %}}");
    check("> - {{< figure\n>   src=\"a.png\" >}}", "1:5", "{{< figure");
    check("a {{<figure src=\"a.png\">}}", "1:3", "{{<figure src=\"a.png\">}}");
    check("*{% include x.html %}* {{ page.x }}", "1:2", "{% include x.html %}");
    check("{%- for a in b -%}\n- c\n{%- endfor %}", "1:1", "{%- for a in b -%}");
    check("a {% asset_img a.png %}\n\n{% post_link b %}", "1:3", "{% asset_img a.png %}");
    check("{% cq %} a {% endcq %}", "1:12", "{% endcq %}");
    check("{{ youtube(id=\"x\") }}", "1:1", "{{ youtube(id=\"x\") }}");
    check("{% mermaid(a=true) %}\nb\n{% end %}", "1:1", "{% mermaid(a=true) %}");
    check("a\n\n--8<-- \"b.md\"\n", "3:1", "--8<-- \"b.md\"");
    check("a\n\n{{#include f.rs}}", "3:1", "{{#include f.rs}}");
    check("```rust,ignore\n{{#include f.rs:2:}}\n```", "2:1", "{{#include f.rs:2:}}");
    check("# On {{ page.x }}", "1:6", "{{ page.x }}");
    check("See {{page.x|upper}} and {{ .Title }}", "1:5", "{{page.x|upper}}");
    check("!!! note well\nb\n\n{{ x.y }}", "1:1", "!!! note well");
}

#[test]
fn what_is_no_tag_or_meant_as_text_is_not_reported() {
    for markdown in [
        ":tada: at 10:30:00, :simple:, a::material-x, `:material-check:`, :material-check:{ .x }",
        "{{ x }} {% y %} {% raw %} {% end %} {% 5 y %} {% A b %}",
        "`{{ x.y }}` \\{{ x.y }} \\{% if x %}",
        "{{a}, {b}} {{ 1 }} {{a}} {{}} {% 5 %} {%} {{{ x }}} {{ x",
        "```\n{{ x.y }}\n{{< y >}}\n\\{{#include z}}\n```",
        "```html\n{{#include f.rs}}\n```",
        "$x^{{ a }}$ and <b title=\"{{ x }}\">c</b>",
        "{{ a\n\nb }}",
        "{% raw %}\n{{ x.y }}\n{% endraw %}\n",
        "[a]({{ site.baseurl }}/b.html)",
    ] {
        check_diagnostics(markdown, &[]);
    }
}

#[test]
fn help_is_of_the_tool() {
    let check = |markdown: &str, expected: &str| {
        let found = rendered(markdown).1.diagnostics;
        assert!(found[0].help[0].contains(expected), "{:?}", found[0].help);
    };
    check("a {{< figure src=\"a.png\" >}}", "![what it shows]");
    check("{{% /notice %}}", "> [!NOTE]");
    check("{{< youtube x >}}", "Hugo");
    check("{{#include f.rs}}", "mdBook");
    check("--8<-- \"a.md\"", "pymdownx");
    check("{{ page.x }}", "templates are not run");
    check("{% include x %}", "templates are not run");
}

#[test]
fn what_was_meant_as_a_link_is_reported() {
    check("see [a *b*](https://e.org/ c) and [d](./e f)", "1:5", "[a *b*](https://e.org/ c)");
    check("a\n\n> [b](https://\n> e.org)", "3:3", "[b](https://");
    check("é ![b](c d.png)", "1:3", "![b](c d.png)");
    check("[`b`](/c (d)", "1:1", "[`b`](/c (d)");
    check("<center>\n![b](c.png)\n</center>\n\n<p>[d](e.md)</p>", "2:1", "![b](c.png)");
    for markdown in [
        "a[0](b c) and f[i](x, y), \\[a](/b c), [a\\](/b c)",
        "`[a](/b c)` $[a](/b c)$ [a](<b c.md>) [a](b.md \"c\")",
        "```\n[a](/b c)\n```",
        "<pre>\n[b](c.md)\n</pre>",
        "<p title=\"[b](c.md)\">d</p>",
        "<div markdown=\"1\">\n[b](c.md)\n</div>",
    ] {
        check_diagnostics(markdown, &[]);
    }
}

#[test]
fn headings_without_a_space_are_reported_once() {
    check_diagnostics(
        "a\n\n##Über *b* ##\n\n- ###c\nd\n##e",
        &["3:1 foreign-markup `##Über *b* ##` is shown as text: ##Über *b* ##"],
    );
    check_diagnostics("a\n##b \nc", &["2:1 foreign-markup `##b` is shown as text: ##b"]);
    for markdown in
        ["#a", "## a", "##", "##!a", "####### a", "\\##a", "a ##b", "`##a`", "    ##a", "```\n##a\n```", "#######a"]
    {
        check_diagnostics(markdown, &[]);
    }
}
