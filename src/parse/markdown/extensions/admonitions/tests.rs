#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn find(text: &str) -> Admonitions {
    Admonitions::find(text, Signs::of(text), Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES)
}

/// Each admonition's first line, and what stands in it, further ones as `<!---->`.
fn check(text: &str, expected: &[(&str, &str)]) {
    let admonitions = find(text);
    let parts = admonitions.layout.parts(text);
    let found: Vec<_> = admonitions
        .found
        .iter()
        .map(|admonition| {
            (
                &text[admonition.line.clone()],
                parts[admonition.inner].text.text.replace("\n<!---->\n\n", "<!---->").replace("<!---->\n", "<!---->"),
            )
        })
        .collect();
    let found: Vec<_> = found.iter().map(|(line, inner)| (*line, inner.as_str())).collect();
    assert_eq!(found, expected, "in {text:?}");
}

#[test]
fn indented_lines_are_inside() {
    check("!!! note\n    a\n\n    b\n\nc", &[("!!! note", "a\n\nb\n")]);
    check("a\n??? tip \"T\"\n\n\n    a\n  \t\n\tb\nc", &[("??? tip \"T\"", "\n\na\n\nb\n")]);
    check("!!! note\r\n    a\r\n\r\n      b\r\n", &[("!!! note", "a\r\n\r\n  b\r\n")]);
    check("!!! note\n\na", &[("!!! note", "")]);
    check("!!! note\n    ```\n        !!! a\n    ```\n", &[("!!! note", "```\n    !!! a\n```\n")]);
    check("!!! note\n    a\n    !!! tip\n        b\n", &[("!!! note", "a\n<!---->"), ("!!! tip", "b\n")]);
}

#[test]
fn colons_open_and_close() {
    check(":::note\na\n:::\nb", &[(":::note", "a\n")]);
    check("::: note\n:::: tip\na\n::::\n:::", &[("::: note", "<!---->"), (":::: tip", "a\n")]);
    check(":::note\n:::tip\na\n:::\n:::\n", &[(":::note", "<!---->"), (":::tip", "a\n")]);
    check("::::note\n:::tip\na\n::::\n", &[("::::note", "<!---->"), (":::tip", "a\n")]);
    check(":::note\n```\n:::\n```\n:::", &[(":::note", "```\n:::\n```\n")]);
    check(":::note\n<b>\n:::\n", &[(":::note", "<b>\n")]);
    check(":::note\n<!--\n:::\n-->\n:::", &[(":::note", "<!--\n:::\n-->\n")]);
    check(":::note\na\n\nb\n\n", &[(":::note", "a\n\nb\n")]);
    check(":::note\na\n:::tip\nb\n:::\nc", &[(":::note", "a\n<!---->c"), (":::tip", "b\n")]);
    check("- ::: {.a}\n  b\n\nc", &[("::: {.a}", "b\n")]);
    check("> :::note\n> a\n\n> :::\n", &[(":::note", "a\n")]);
    check("::::note\na\n:::\n", &[("::::note", "a\n:::\n")]);
    check(":::open\n!!! tip\n    a\n", &[("!!! tip", "a\n")]);
    check("::: {.a .callout-note} :::\n\n## T\na\n:::", &[("::: {.a .callout-note} :::", "a\n")]);
}

#[test]
fn lists_and_quotations_hold_them() {
    check("- a\n  !!! note\n      b\n\n        c\n  d", &[("!!! note", "b\n\n  c\n")]);
    check("- a\n\n    !!! note\n        b\n\n    c", &[("!!! note", "b\n")]);
    check("1. !!! note\n       b\n2. c", &[("!!! note", "b\n")]);
    check("-\ta\n\n\t!!! note\n\t\tb\n", &[("!!! note", "b\n")]);
    check("- a\n\n\t!!! note\n\t\tb\n", &[("!!! note", "b\n")]);
    check("- a\n    1. b\n\n        ??? tip\n            c\n    2. d", &[("??? tip", "c\n")]);
    check("- a\n  - b\n  !!! note\n      c\n", &[("!!! note", "c\n")]);
    check("- :::note\n  a\n\n    b\n  :::\n- c", &[(":::note", "a\n\n  b\n")]);
    check("- a\n\n    ::: note\n    b\n    :::\n", &[("::: note", "b\n")]);
    check("- :::note\n  - :::tip\n    a\n    :::\n  :::\n", &[(":::note", "- <!---->"), (":::tip", "a\n")]);
    check("> !!! note\n>     a\n>\n>     b\n\nc", &[("!!! note", "a\n\nb\n")]);
    check(">!!! note\n>     a\n> b", &[("!!! note", "a\n")]);
    check("> - :::note\n>   a\n>   :::\n> > !!! tip\n> >     b\n", &[(":::note", "a\n"), ("!!! tip", "b\n")]);
    check("- a\n!!! note\n    b\n", &[("!!! note", "b\n")]);
    check("- |a|\n  |-|\n  |b|\n  !!! note\n      c\n", &[("!!! note", "c\n")]);
    check(
        "!!! note\n    - a\n\n        ??? tip\n            b\n",
        &[("!!! note", "- a\n\n    <!---->"), ("??? tip", "b\n")],
    );
}

#[test]
fn directives_are_read() {
    check("```{note}\na\n```\nb", &[("```{note}", "a\n")]);
    check("````{note}\n```{tip} T\na\n```\n````\n", &[("````{note}", "<!---->"), ("```{tip} T", "a\n")]);
    check("~~~{seealso}\na\n", &[("~~~{seealso}", "a\n")]);
    check("- a\n\n  ```{note}\n  a\n\n      b\n  ```\n", &[("```{note}", "a\n\n    b\n")]);
    check("> ```{note}\n> a\n> ```\n", &[("```{note}", "a\n")]);
    check(":::{note}\n:class: dropdown\n:name: n\n\na\n:::\n", &[(":::{note}", "\na\n")]);
    check("```{tip}\n---\nclass: dropdown\n---\na\n```\n", &[("```{tip}", "a\n")]);
    check("```{note} All of *it*\n```\n", &[("```{note} All of *it*", "All of *it*")]);
    check(
        "::::{admonition} T:\n```{note}\n:::\n```\n::::\n",
        &[("::::{admonition} T:", "<!---->"), ("```{note}", ":::\n")],
    );
}

#[test]
fn tabs_stand_in_groups() {
    let check = |text: &str, expected: &[Tab]| {
        let found = find(text).found;
        let tab = |admonition: &Admonition| match admonition.opening.element {
            Element::Tab(tab) => Some(tab),
            _ => None,
        };
        assert_eq!(found.iter().filter_map(tab).collect::<Vec<_>>(), expected, "in {text:?}");
    };
    check("=== \"A\"\n    a\n", &[Tab::Only]);
    check("=== \"A\"\n    a\n\n\n===+ \"B\"\n    b\n=== \"C\"\n\n    c", &[Tab::First, Tab::Middle, Tab::Last]);
    check("=== \"A\"\n    a\n===! \"B\"\n    b\n\nc\n\n=== \"C\"\n    c", &[Tab::Only, Tab::Only, Tab::Only]);
    check("=== \"A\"\n    === \"B\"\n        b\n=== \"C\"\n    c", &[Tab::First, Tab::Only, Tab::Last]);
    check("- === \"A\"\n      a\n  === \"B\"\n      b\n- === \"C\"\n      c", &[Tab::First, Tab::Last, Tab::Only]);
    check("> === \"A\"\n>     a\n>\n> === \"B\"\n>     b\n\n=== \"C\"\n    c", &[Tab::First, Tab::Last, Tab::Only]);
    check("=== \"A\"\n    a\n!!! note\n    b\n=== \"C\"\n    c", &[Tab::Only, Tab::Only]);
}

#[test]
fn what_is_no_admonition_stays() {
    for text in [
        "!!! Wow\n\nthat",
        "!!! note that this\n\nis prose",
        "!!! wow\n",
        "Really!!! note\n",
        "    !!! note\n        a\n",
        "```\n!!! note\n    a\n```\n",
        "<pre>\n:::note\n:::\n</pre>",
        "<!--\n!!! note\n    a\n-->",
        ":::\na\n:::\n",
        ":::name\na\n",
        "::: module.name\na\n",
        "::: {x}\na\n:::\n",
        "- a\n\n      !!! note\n          b\n",
        "[^n]: a\n\n    !!! note\n        b\n",
        ":::{glossary} a.png\n:::\n",
        "```{figure}\na.png\n```\n",
        "```{python}\na\n```\n",
        "``` {note}\na\n```\n",
        "````\n```{note}\na\n```\n````\n",
        "    ```{note}\n    a\n    ```\n",
        "=== \"Tab\"\na\n",
        "=== \"\"\n    a\n",
        "===? \"Tab\"\n    a\n",
        "a\n===\n    b\n",
    ] {
        check(text, &[]);
    }
}

#[test]
fn first_lines_say_what_it_is() {
    let check = |line: &str, element: Element, classes: &str, title: &str| {
        let opening = opening::indented(line, 0, true).or_else(|| opening::fenced(line, 0)).unwrap();
        let shown = match &opening.title {
            Title::None => String::new(),
            Title::Written(span) => format!("={}", &line[span.clone()]),
            Title::Kind(kind) => kind.clone(),
        };
        assert_eq!(
            (opening.element, opening.list.classes.join(" ").as_str(), shown.as_str()),
            (element, classes, title),
            "{line}"
        );
    };
    check("!!! note", Element::Aside, "alert alert-note", "Note");
    check("!!! Danger", Element::Aside, "alert alert-caution danger", "Danger");
    check("!!! my-own inline end \"A \"b\" c\"", Element::Aside, "alert alert-note my-own inline end", "=A \"b\" c");
    check("!!! tip \"\"", Element::Aside, "alert alert-tip", "");
    check("??? bug \"\"", Element::Details, "alert alert-caution bug", "Bug");
    check("???+ cite", Element::OpenDetails, "alert alert-note quote", "Cite");
    check(":::tip", Element::Aside, "alert alert-tip", "Tip");
    check("::: warning  A title ", Element::Aside, "alert alert-warning", "=A title");
    check(":::info[A [b](c.md)]{.d}", Element::Aside, "alert alert-note info d", "=A [b](c.md)");
    check(":::tip{.d title=\"A\"}", Element::Aside, "alert alert-tip d", "=A");
    check("::: details", Element::Details, "", "Details");
    check("::: columns", Element::Division, "columns", "");
    check("::: theorem Pythagoras", Element::Division, "theorem", "=Pythagoras");
    check("::: Warning ::::::", Element::Aside, "alert alert-warning", "Warning");
    check("::: {.callout-tip title=\"é t\"}", Element::Aside, "alert alert-tip", "=é t");
    check("::: {.callout-note collapse=true}", Element::Details, "alert alert-note", "Note");
    check("::: {#a .b .c}", Element::Division, "b c", "");
    assert_eq!(opening::fenced("::: {.a width=40% lang=de}", 0).unwrap().list.pairs[0].0, "data-width");
}

const PIECES: &[&str] = &[
    "!!! note",
    "!!! tip \"T\"",
    "??? bug",
    ":::note",
    ":::",
    "::::",
    "::: {.callout-tip}",
    "```{note}",
    "=== \"T\"",
    "\n=== \"T\"\n    ",
    ":::{admonition} A",
    ":::: {.a}",
    "\n",
    "\n\n",
    "\r\n",
    "\n    ",
    "\n        ",
    "\t",
    "é",
    "a",
    "```",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<pre>",
    "<b>",
    "- ",
    "\n- ",
    "\n  ",
    "\n      ",
    "\n> ",
    "\n>     ",
    "> ",
    "1. ",
    "\n1. ",
    "$$",
    "$x$",
    "|-|",
    "# ",
    "[a]: b",
    "[^n]",
    "[^n]: ",
    "{: .c}",
    "<div markdown>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    /// Every byte but indentation, first and closing lines is read once, at its place.
    #[test]
    fn parts_have_every_line_once(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..40)) {
        let text = pieces.concat();
        let admonitions = find(&text);
        let mut times = vec![0; text.len()];
        for part in admonitions.layout.parts(&text) {
            for (at, letter) in part.text.text.char_indices() {
                let range = part.text.source(at..at + letter.len_utf8());
                if !range.is_empty() {
                    prop_assert_eq!(&text[range.clone()], letter.to_string());
                    times[range.start] += 1;
                }
            }
        }
        prop_assert!(times.iter().all(|times| *times <= 1));
        for admonition in &admonitions.found {
            for at in admonition.line.clone() {
                times[at] = 1;
            }
        }
        for (at, letter) in text.char_indices() {
            let is_inside = !letter.is_whitespace() && !matches!(letter, ':' | '#' | '>' | '`');
            prop_assert!(times[at] == 1 || !is_inside, "byte {} of {:?}", at, text);
        }
    }
}
