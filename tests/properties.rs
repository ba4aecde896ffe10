//! What holds for any input.

#![allow(clippy::unwrap_used)]

use essai::parse::code::Highlighter;
use essai::parse::{Essay, ParseConfig, parse_one};
use essai::read::{SitePath, Source};
use proptest::prelude::*;

/// What Markdown, headers, HTML, TeX and attribute lists are made of: put together at random, it meets every rule.
const PARTS: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\r\n",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "---\n",
    "+++\n",
    "title: x\n",
    "keywords: a, b\n",
    "```",
    "~~~",
    "```math\n",
    "`",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "==",
    "^",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "[^",
    "]: ",
    "<",
    ">",
    "<div markdown=\"1\">",
    "</div>",
    "<a href=\"x.md\">",
    "<img srcset='a 1x, b'",
    "<!--",
    "-->",
    "<!-- more -->",
    "{",
    "}",
    "{: .c #i}",
    "{.c k=v}",
    "*[A]: b\n",
    "[TOC]\n",
    "|",
    "|-|\n",
    ": ",
    "Table: x\n",
    "$",
    "$$",
    "\\",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "\\begin{align}",
    "\\end{align}",
    "\\label{a}",
    "\\eqref{a}",
    "\\frac",
    "&",
    "&amp;",
    "\"",
    "'",
    "...",
    "a",
    "word",
    "é",
    "机",
    "🚀",
    "\u{0}",
    "\u{e000}",
    "\u{feff}",
    "https://x.org",
    "x.md#y",
    "^[",
    "^[a]",
    "](){#i}",
    "[]{#i}",
    "[a]{.c}",
    "]{.c}",
    "(l)=\n",
    "{ref}`l`",
    "{math}`x`",
    "{eq}`eq-a`",
    "\\\\(",
    "\\\\)",
    "$$x$$ {#eq-a}",
    "$$x$$ (l:1)",
    "@eq-a",
    "@sec-a",
    " {#sec-a}\n",
    "import A from 'a'\n",
    "export const a = <b>",
    "<p>$x$",
    "&lt;",
    "```{math}\n:label: l\n",
    "```{code} a\n:b: c\n",
    "\n|-|\n",
    "| a | b |\n",
    "    <div markdown>\n",
    "<!-- a -->",
    "<h2>",
];

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![9 => prop::sample::select(PARTS).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)], 0..60)
        .prop_map(|parts| parts.concat())
}

fn parsed(text: &str) -> Essay {
    let path = SitePath::new("a/b.md").unwrap();
    let source = Source::new(path, text);
    parse_one(source, &ParseConfig::default(), &Highlighter::new()).value
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_parsing_panic_and_every_span_is_in_it(text in markdown()) {
        let essay = parsed(&text);
        for hole in &essay.body.holes {
            prop_assert!(essay.body.html.is_char_boundary(hole.at), "{hole:?}");
        }
        prop_assert!(essay.body.holes.is_sorted_by_key(|hole| hole.at));
        for reference in &essay.references {
            prop_assert!(essay.source.text.get(reference.span.clone()).is_some(), "{reference:?}");
        }
    }

    #[test]
    fn parsing_twice_is_parsing_once(text in markdown()) {
        let (first, second) = (parsed(&text), parsed(&text));
        prop_assert_eq!(first.body, second.body);
        prop_assert_eq!(first.anchors, second.anchors);
    }
}
