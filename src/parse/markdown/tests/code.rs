//! Blocks of code.

use super::*;

fn highlighted(markdown: &str) -> Rendered {
    let highlighter = Highlighter::new();
    let source = rendered(markdown).0;
    let settings = Settings {
        phrases: &ENGLISH,
        switches: MarkdownSwitches::default(),
        math: Config::default().math,
        defined: Defined::default(),
        highlighter: Some(&highlighter),
        inserts: &Inserts::default(),
        title: None,
        is_jekyll: false,
    };
    render(&source, 0..markdown.len(), &settings)
}

fn messages(rendered: &Rendered) -> Vec<&str> {
    rendered.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect()
}

#[test]
fn an_id_of_code_is_one_of_the_essay() {
    let rendered = highlighted("```python id=\"a\"\nx\n```\n\n``` {#a .python}\nx\n```\n");
    assert_eq!(rendered.anchors, ["a"].map(Arc::from));
    assert_eq!(messages(&rendered), ["the id `a` is used twice"]);
    assert_eq!(highlighted("## A\n\n```python id=\"a\"\nx\n```\n").anchors, ["a-1", "a"].map(Arc::from));
}

#[test]
fn options_of_directives_are_no_code() {
    let rendered = highlighted("```{code-block} text\n:caption: C\n:name: i\nx\n```\n");
    let html = &rendered.body.html;
    assert!(html.contains(">x\n") && html.contains("C") && !html.contains(":caption:"), "{html}");
    assert_eq!(rendered.anchors, ["i"].map(Arc::from));
}

#[test]
fn directives_that_are_no_code_are_reported() {
    let rendered =
        highlighted("```{list-table} a.png\n:name: b\nC\n```\n\n~~~{prf:lemma}\nL\n~~~\n\n```{nonesuch}\n```\n");
    let expected = ["`{list-table} a.png` is shown as code", "no highlighting for the language `nonesuch`"];
    assert_eq!(messages(&rendered), expected);
}

#[test]
fn code_in_a_sentence_may_name_its_language() {
    check("`#!python f(x)` in `#!/bin/sh -e`\n", "<p><code>f(x)</code> in <code>#!/bin/sh -e</code></p>\n");
    check("## `#!c x`\n", "<h2 id=\"x\"><code>x</code></h2>\n");
}
