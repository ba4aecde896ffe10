#![allow(clippy::unwrap_used)]

use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(info: &str, text: &str, expected: &str) {
    assert_eq!(code(&Highlighter::new(), info, text).html, format!("{expected}\n"));
}

/// The text that a reader sees: HTML without tags and entities.
fn shown(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[rest[at..].find('>').unwrap() + at + 1..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn highlights() {
    check(
        "py",
        "def f(a):\n    return a and 1  # b\n",
        "<pre class=\"code\"><code class=\"language-python\"><span class=\"k\">def</span> <span class=\"f\">f</span>\
         (<span class=\"v\">a</span>):\n    <span class=\"k\">return</span> a <span class=\"k\">and</span> \
         <span class=\"n\">1</span>  <span class=\"c\"># b</span>\n</code></pre>",
    );
    check(
        "py",
        "np.exp(a.max())\n",
        "<pre class=\"code\"><code class=\"language-python\">np.<span class=\"f\">exp</span>(a.<span class=\"f\">max</span>\
         ())\n</code></pre>",
    );
    check("", "a < b\n", "<pre class=\"code\"><code>a &lt; b\n</code></pre>");
    check("text", "a\r\nb\n", "<pre class=\"code\"><code class=\"language-text\">a\nb\n</code></pre>");
    check("rust", "", "<pre class=\"code\"><code class=\"language-rust\"></code></pre>");
}

#[test]
fn titles_numbers_and_marks() {
    check(
        "text title=\"a & b\" {2} numbers",
        "x\ny\n",
        "<figure class=\"code\"><figcaption>a &amp; b</figcaption><pre class=\"code numbered\">\
         <code class=\"language-text\"><span class=\"line\">x\n</span><span class=\"line marked\">y\n</span></code></pre>\
         </figure>",
    );
    check(
        "{#l .text .wide .numberLines startFrom=9}",
        "x\n",
        "<pre class=\"code numbered from-9 wide\" id=\"l\"><code class=\"language-text\">\
         <span class=\"line\">x\n</span></code></pre>",
    );
}

#[test]
fn long_lines_can_be_reached_by_keyboard() {
    let text = "x".repeat(29);
    let expected = "<pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"text\">\
                    <code class=\"language-text\">";
    check("text", &text, &format!("{expected}{text}</code></pre>"));
}

#[test]
fn a_prompt_is_apart() {
    check(
        "console",
        "$ cd a\n$ ls\nb\n",
        "<pre class=\"code\"><code class=\"language-console\"><span class=\"prompt\">$ </span><span class=\"f\">cd</span> \
         a\n<span class=\"prompt\">$ </span><span class=\"f\">ls</span>\n<span class=\"out\">b</span>\n</code></pre>",
    );
    check(
        "python",
        ">>> if 1:\n...     2\n2\n",
        "<pre class=\"code\"><code class=\"language-python\"><span class=\"prompt\">&gt;&gt;&gt; </span>\
         <span class=\"k\">if</span> <span class=\"n\">1</span>:\n<span class=\"prompt\">... </span>    \
         <span class=\"n\">2</span>\n<span class=\"out\">2</span>\n</code></pre>",
    );
}

#[test]
fn a_diff_is_green_and_red() {
    check(
        "diff",
        "@@ -1 +1 @@\n-a\n+b\n",
        "<pre class=\"code\"><code class=\"language-diff\"><span class=\"h\">@@ -1 +1 @@</span>\n\
         <span class=\"d\">-a</span>\n<span class=\"i\">+b</span>\n</code></pre>",
    );
}

#[test]
fn says_which_language_is_unknown() {
    let found = code(&Highlighter::new(), "pythn", "a\n");
    assert!(found.unknown);
    assert_eq!(found.info.language_at, 0..5);
    assert!(!code(&Highlighter::new(), "mermaid", "a\n").unknown);
}

#[test]
fn says_which_classes_it_uses() {
    let found = code(&Highlighter::new(), "rust title=a {1}", "fn main() {}\n");
    let expected = [Class::Keyword, Class::Function, Class::Line, Class::Marked, Class::Titled];
    assert_eq!(found.classes, expected.into_iter().collect());
}

#[test]
fn survives_what_nobody_writes() {
    let highlighter = Highlighter::new();
    let texts = [
        "x".repeat(1_000_000),
        "(".repeat(150_000),
        "\"".repeat(1_999),
        "a\0b\n\t\u{feff}\u{202e}é\u{1f600}".to_owned(),
        "<!--\n\"'`/*{{${".to_owned(),
        "\n".repeat(10_000),
    ];
    for language in ["python", "rust", "cpp", "js", "html", "md", "tex", "console", "php", "ruby"] {
        for text in &texts {
            let found = code(&highlighter, language, text);
            assert_eq!(shown(&found.html), format!("{}\n", text.replace('\0', "\u{fffd}")), "{language}");
        }
    }
}

/// Depth makes grammars slow: below a certain one the block stays in one colour, and comes out whole.
#[test]
fn stops_where_nesting_is_absurd() {
    let text = format!("{}def f(): pass\n", format!("{}\n", "a.b(".repeat(240)).repeat(100));
    let found = code(&Highlighter::new(), "python", &text);
    assert_eq!(shown(&found.html), format!("{text}\n"));
    assert!(found.html.ends_with("def f(): pass\n</code></pre>\n"));
}

#[test]
fn threads_share_a_highlighter() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Highlighter::new());
}

/// What was highlighted before does not matter, even in the middle of the strangest text.
#[test]
fn remembers_nothing_that_shows() {
    let shared = Highlighter::new();
    for text in ["a = '''\n", "b\n", "'''\nb\n", "b\n"] {
        assert_eq!(code(&shared, "python", text), code(&Highlighter::new(), "python", text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text comes out whole, in any language, with or without lines of its own; and any info string is read.
    #[test]
    fn text_comes_out_whole(info in "\\PC{0,40}", text in "([\\PC\n\r\t]|[(){}\\[\\]\"'`$#<>/*\\\\@ ]|fn|if|\\$ |>>> ){0,60}") {
        let highlighter = Highlighter::new();
        let normal = format!("{}\n", text.replace("\r\n", "\n").replace(['\r'], "\n").replace('\0', "\u{fffd}"));
        code(&highlighter, &info, &text);
        for language in ["python {1}", "js", "cpp", "console", "pycon numbers", "html", "markdown"] {
            let found = code(&highlighter, language, &text);
            prop_assert_eq!(shown(&found.html), normal.as_str());
        }
    }
}

#[test]
fn a_first_line_can_name_the_language() {
    let check = |text: &str, expected: Option<(&str, &str)>| {
        let named = named(&Highlighter::new(), text);
        assert_eq!(named.as_ref().map(|(info, code)| (info.as_str(), *code)), expected, "{text:?}");
    };
    check(":::python\nx\n", Some(("python", "x\n")));
    check(":::py hl_lines=\"1 3\"\r\nx\n", Some(("py hl_lines=\"1 3\"", "x\n")));
    check("#!rust\nx\n", Some(("rust numbers", "x\n")));
    for code in ["#!/bin/sh\nx\n", ":::note\nx\n", ":::\nx\n", "#!\nx\n", "x\n:::python\n", ":::python", ""] {
        check(code, None);
    }
    let block = code(&Highlighter::new(), "rust numbers", "x\n");
    assert!(block.html.starts_with("<pre class=\"code numbered\">"), "{}", block.html);
}

#[test]
fn lines_that_rustdoc_hides_are_hidden() {
    let check = |info: &str, code_text: &str, expected: &str| {
        let html = code(&Highlighter::new(), info, code_text).html;
        assert_eq!(shown(&html).strip_suffix('\n'), Some(expected), "{info}");
    };
    let text = "# use a;\n#\n#[b]\nfn c() {\n  # d();\n    ##e\n#!f\n}\n";
    check("rust", text, "#[b]\nfn c() {\n    #e\n#!f\n}\n");
    check("rust,ignore", "# a\r\nb\r\n", "b\n");
    check("python", "# a\nb\n", "# a\nb\n");
    check("rust", "# a\n", "# a\n");
}

#[test]
fn the_names_of_other_highlighters_are_known() {
    let highlighter = Highlighter::new();
    let names = "go-html-template gotmpl html+jinja jinja2 django html+erb mustache python2 pytb psql mysql tsql rust2018 objectivec \
        vb.net rscript apacheconf cfg https lhs php7 irb jsp restructuredtext csh dosbatch delphi syslog cucumber ansible";
    for name in names.split_whitespace() {
        assert!(!code(&highlighter, name, "x\n").unknown, "{name}");
    }
}
