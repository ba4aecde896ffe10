//! Notebooks as a whole, from JSON to the text that they amount to.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::{Insert, Notebook, open};
use crate::diagnostic::Found;
use crate::parse::code::Highlighter;
use crate::parse::{ParseConfig, parse_one};
use crate::read::{SitePath, Source};

fn opened(notebook: &Value) -> Found<Notebook> {
    let text = notebook.to_string();
    let path = SitePath::new("a/walk.ipynb").unwrap();
    let source = Source::new(path, text);
    open(source.into(), &ParseConfig::default())
}

fn notebook(cells: Value) -> Value {
    json!({"nbformat": 4, "metadata": {}, "cells": cells})
}

fn markdown(source: &str) -> Value {
    json!({"cell_type": "markdown", "source": source})
}

/// The text, each mark with what it stands for behind it.
fn text(found: &Found<Notebook>) -> String {
    let Notebook { source, inserts, .. } = &found.value;
    let show = |line: &str| match inserts.at(line) {
        Some(group) => {
            let group: Vec<String> = group
                .iter()
                .map(|insert| match insert {
                    Insert::Frame(html) => html.trim_end().to_owned(),
                    Insert::Html(html) => format!("({html})"),
                    Insert::Picture(picture) => format!("[{} {}]", picture.destination, picture.alternative),
                })
                .collect();
            format!("| {}\n", group.join(""))
        }
        None => format!("{line}\n"),
    };
    source.text.lines().filter(|line| !line.is_empty()).map(show).collect()
}

fn check(cells: Value, expected: &str) -> Found<Notebook> {
    let found = opened(&notebook(cells));
    assert_eq!(text(&found), expected);
    found
}

#[test]
fn cells_of_markdown_do_not_run_into_each_other() {
    check(json!([markdown("- a"), markdown(""), markdown("    b"), markdown("c")]), "- a\n| \n    b\n| \nc\n");
    check(json!([markdown("```\na"), markdown("b")]), "```\na\n```\n| \nb\n");
}

#[test]
fn code_stands_in_a_fence_that_it_cannot_close() {
    let code = json!({"cell_type": "code", "source": "a = '''\n```\n'''\n"});
    check(
        json!([code]),
        "| <div class=\"cell\"><div class=\"cell-input\">\n````python\na = '''\n```\n'''\n````\n| </div></div>\n",
    );
    let bash = json!({"cell_type": "code", "source": "%%bash\nls", "metadata": {"tags": ["collapse"]}});
    check(
        json!([bash]),
        "| <div class=\"cell\"><details class=\"cell-input\">\n<summary>Code</summary>\n```bash\n%%bash\nls\n```\n| </details></div>\n",
    );
    check(json!([{"cell_type": "code", "source": " \n", "outputs": []}]), "");
}

#[test]
fn outputs_follow_the_code() {
    let outputs = json!([
        {"output_type": "stream", "name": "stdout", "text": ["a\n"]},
        {"output_type": "stream", "name": "stdout", "text": "<b>\n"},
        {"output_type": "stream", "name": "stderr", "text": "c"},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []},
        {"output_type": "display_data", "data": {"text/html": "<i>h"}},
        {"output_type": "execute_result", "data": {"text/markdown": "*m*"}},
        {"output_type": "execute_result", "data": {"text/latex": "$x$"}},
        {"output_type": "execute_result", "data": {"text/plain": "1"}}
    ]);
    let cell = json!({"cell_type": "code", "source": "x", "outputs": outputs, "metadata": {"tags": ["hide-input"]}});
    check(
        json!([cell]),
        "\
| <div class=\"cell\"><div class=\"cell-output\" role=\"group\" aria-label=\"Output\">\
<pre class=\"output-stream\" tabindex=\"0\">a
&lt;b&gt;</pre><pre class=\"output-stream output-stderr\" tabindex=\"0\">c</pre>\
<pre class=\"output-error\" tabindex=\"0\">E: v</pre>\
<div class=\"output-html\">(<i>h</i>)
</div><div class=\"output-markdown\">
*m*
| </div><div class=\"output-latex\">
$x$
| </div><pre class=\"output-text\" tabindex=\"0\">1</pre></div></div>
",
    );
}

#[test]
fn an_output_that_is_too_large_is_left_out() {
    let stream = json!({"output_type": "stream", "name": "stdout", "text": "x".repeat(super::bundle::LARGEST + 1)});
    let cell = json!({"cell_type": "code", "source": "x", "outputs": [stream]});
    let found = opened(&notebook(json!([cell])));
    assert!(found.value.source.text.len() < 1000);
    let diagnostic = &found.diagnostics[0];
    assert_eq!(diagnostic.message, "an output of 11 MB is left out");
    assert_eq!(diagnostic.place.as_ref().unwrap().shown(), "content/a/walk.ipynb (cell 1)");
}

#[test]
fn pictures_become_files() {
    let gif = "R0lGODlhAwACAAAAAA==";
    let output =
        |data: Value, metadata: Value| json!({"output_type": "display_data", "data": data, "metadata": metadata});
    let outputs = json!([
        output(json!({"image/svg+xml": "<svg></svg>", "text/plain": "<Figure>"}), json!({})),
        output(json!({"image/gif": gif, "text/plain": "a walk"}), json!({})),
        output(json!({"image/gif": gif}), json!({"image/gif": {"alt": "said", "width": 3, "height": 2}})),
        output(json!({"image/png": "***"}), json!({})),
    ]);
    let code = json!({"cell_type": "code", "source": "", "outputs": outputs});
    let found = check(
        json!([markdown("a"), code]),
        "\
a
| <div class=\"cell\"><div class=\"cell-output\" role=\"group\" aria-label=\"Output\">\
<figure class=\"output-picture\">[/a/walk_files/cell-2-1.svg Output of cell 2]
</figure><figure class=\"output-picture\">[/a/walk_files/cell-2-2.gif a walk]
</figure><figure class=\"output-picture\">[/a/walk_files/cell-2-3.gif said]
</figure></div></div>
",
    );
    let files: Vec<String> = found
        .value
        .made_files
        .iter()
        .map(|file| format!("{} {:?}", file.path, file.size.map(|size| size.width)))
        .collect();
    assert_eq!(
        files,
        ["a/walk_files/cell-2-1.svg None", "a/walk_files/cell-2-2.gif Some(3)", "a/walk_files/cell-2-3.gif Some(3)"]
    );
    assert_eq!(found.diagnostics.len(), 1);
    assert_eq!(found.diagnostics[0].place.as_ref().unwrap().shown(), "content/a/walk.ipynb (cell 2)");
}

#[test]
fn attachments_that_are_shown_become_files() {
    let attachments = json!({"a b.gif": {"image/gif": "R0lGODlhAwACAAAAAA=="}, "old.gif": {"image/gif": "R0lG"}});
    let cell = json!({"cell_type": "markdown", "source": "![x](attachment:a%20b.gif)", "attachments": attachments});
    let found = check(json!([cell]), "![x](attachment:a%20b.gif)\n");
    let inserts = &found.value.inserts;
    let names: Vec<_> = inserts.attachments_at(5).map(|attached| (&*attached.name, &*attached.destination)).collect();
    assert_eq!(names, [("a b.gif", "/a/walk_files/cell-1-1.gif")]);
    assert_eq!(inserts.attachment_name("attachment:a%20b.gif", 5).as_deref(), Some("a b.gif"));
    assert_eq!(found.value.made_files.len(), 1);
}

#[test]
fn the_header_is_in_the_first_cell_or_in_the_metadata() {
    let check = |notebook: Value, header: &str, body: &str| {
        let found = opened(&notebook);
        let (start, end) = found.value.source.text.split_at(found.value.header_end);
        assert_eq!((start.trim_end(), end.trim()), (header, body));
    };
    check(notebook(json!([markdown("title: A\ndate: 2026"), markdown("# B")])), "title: A\ndate: 2026", "# B");
    check(notebook(json!([markdown("---\ntitle: A\n---\nB")])), "---\ntitle: A\n---", "B");
    let raw = json!({"cell_type": "raw", "source": "---\ntitle: A\n---\nB", "metadata": {"tags": ["remove-cell"]}});
    check(notebook(json!([raw, markdown("C")])), "---\ntitle: A\n---", "C");
    check(json!({"metadata": {"title": "A"}, "cells": [markdown("B")]}), "---\n\"title\": \"A\"\n---", "B");
    check(json!({"metadata": {"title": "A"}, "cells": [markdown("title: B\n")]}), "title: B", "");
    check(
        notebook(json!([{"cell_type": "code", "source": "title: A"}])),
        "",
        "<!--cell:0-->\n\n```python\ntitle: A\n```\n\n<!--cell:1-->",
    );
}

#[test]
fn raw_cells_are_kept_where_they_are_for_the_web() {
    let raw = |format: &str| json!({"cell_type": "raw", "source": format, "metadata": {"format": format}});
    check(json!([raw("text/html"), raw("text/markdown"), raw("text/latex")]), "| (text/html)\ntext/markdown\n");
}

#[test]
fn places_are_those_of_the_cell() {
    let code = json!({"cell_type": "code", "source": "x\ny"});
    let found = opened(&notebook(json!([markdown("title: A\n\nfirst"), code, markdown("one\ntwo\nthree")])));
    let source = &found.value.source;
    let check = |needle: &str, expected: &str| {
        let start = source.text.find(needle).unwrap();
        let place = source.place(start..start + needle.len());
        assert_eq!(format!("{}:{}:{} {}", place.shown(), place.line, place.column, place.excerpt), expected);
    };
    check("first", "content/a/walk.ipynb (cell 1):3:1 first");
    check("y\n```", "content/a/walk.ipynb (cell 2):2:1 y");
    check("wo", "content/a/walk.ipynb (cell 3):2:2 two");
    check("```", "content/a/walk.ipynb (cell 2):1:1 ");
    assert_eq!(found.value.source.text.matches("<!--cell:").count(), 2);
}

#[test]
fn an_authors_comment_is_no_mark() {
    let found = opened(&notebook(json!([markdown("<!--cell:0-->"), markdown("a")])));
    assert_eq!(found.value.inserts.at("<!--cell:0-->"), None);
}

proptest::proptest! {
    #[test]
    fn nothing_makes_it_panic(
        sources in proptest::collection::vec("(title: x|---\n|`{0,4}|<!--|<pre>|\\$|é|- a|    b|\n){0,8}", 0..5),
        kinds in proptest::collection::vec("markdown|code|raw", 5),
        html in "[<>a/ \"=tbler!-]{0,30}",
    ) {
        let cell = |(source, kind): (&String, &String)| json!({
            "cell_type": kind,
            "source": source,
            "metadata": {"format": "text/html"},
            "outputs": [{"output_type": "display_data", "data": {"text/html": html}}],
        });
        let found = opened(&notebook(sources.iter().zip(&kinds).map(cell).collect()));
        let source = found.value.source;
        for at in 0..=source.text.len() {
            source.place(at..at + 3);
        }
    }
}

/// How many of the outputs, of the headings and of the marks between cells are on the page, of cells of Markdown each of which a
/// cell of code with an output and a heading follow.
fn counts(sources: &[String]) -> [usize; 3] {
    let output = json!({"output_type": "stream", "name": "stdout", "text": "out"});
    let code = json!({"cell_type": "code", "source": "x", "outputs": [output]});
    let cells: Vec<Value> =
        sources.iter().flat_map(|source| [markdown(source), code.clone(), markdown("## End")]).collect();
    let text = notebook(json!(cells)).to_string();
    let path = SitePath::new("a.ipynb").unwrap();
    let source = Source::new(path, text);
    let mut config = ParseConfig::default();
    config.code.highlight = false;
    let essay = parse_one(source, &config, &Highlighter::new()).value;
    let count = |needle: &str| essay.body.html.matches(needle).count();
    ["<pre class=\"output-stream\" tabindex=\"0\">out</pre>", "<h2 id=\"end", "<!--cell"].map(count)
}

#[test]
fn what_one_cell_begins_to_quote_hides_no_formula_of_another() {
    let cells = ["<b a=\"<textarea>", "$$\n<!--$$", "<textarea>"].map(str::to_owned);
    assert_eq!(counts(&cells), [3, 3, 0]);
}

proptest::proptest! {
    #[test]
    fn no_cell_swallows_another(
        sources in proptest::collection::vec(
            "(text|```|~~~|\\$\\$|\\\\begin\\{equation\\}|\\\\\\[|<!--|<pre>|<div markdown=\"1\">|<\\?x|<!X|<!\\[CDATA\\[|<script>|<textarea>|<b a=\"|> |- |    |1\\. |\\[\\^a\\]: |\\[a\\]: |\\*\\[a\\]: |\\| |`|\\*|\n|\n\n){0,9}",
            1..5,
        ),
    ) {
        proptest::prop_assert_eq!(counts(&sources), [sources.len(), sources.len(), 0]);
    }
}
