#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::parse::{AddressRule, Precision};
use crate::read::SitePath;

fn source(text: &str) -> Source {
    named("a/lens.md", text)
}

fn named(path: &str, text: &str) -> Source {
    Source::new(SitePath::new(path).unwrap(), text)
}

fn split(source: &Source) -> Found<Split> {
    super::split(source, source.text.len())
}

/// The header of `text`, which must have no mistakes.
fn header(text: &str) -> Header {
    let found = split(&source(text));
    assert_eq!(found.diagnostics, [], "{text}");
    found.value.header
}

/// `expected` is `line:column message | label | help` of each mistake.
fn mistakes(text: &str, expected: &[&str]) -> Header {
    let found = split(&source(text));
    let shown: Vec<String> = found
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref().unwrap();
            let help = diagnostic.help.join("; ");
            format!("{}:{} {} | {} | {help}", place.line, place.column, diagnostic.message, place.label)
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
    found.value.header
}

#[test]
fn dialects_of_few_say_the_same() {
    let json = "{\n\t\"title\": \"A: b\",\n\t\"date\": \"2023-03-14T10:00:00Z\",\n\t\"tags\": [\n\t\t\"c\", \"d\"\n\t]\n}\n\nBody";
    let nikola =
        "<!--\n.. title: A: b\n.. date: 2023-03-14 11:00:00 UTC+01:00\n.. tags: c, d\n.. description:\n-->\n\nBody";
    let hexo = "title: \"A: b\"\ndate: 2023-03-14 10:00:00\ntags:\n- c\n- d\n---\n\nBody";
    let eleventy =
        "---json\n{\"title\": \"A: b\", \"date\": \"2023-03-14 10:00\", \"tags\": [\"c\", \"d\"]}\n---\n\nBody";
    for text in [json, nikola, hexo, eleventy] {
        let found = split(&source(text));
        assert_eq!(found.diagnostics, [], "{text}");
        assert_eq!(text[found.value.body].trim(), "Body");
        let header = found.value.header;
        assert_eq!(header.title.as_deref(), Some("A: b"));
        assert_eq!(header.date.unwrap().moment.to_string(), "2023-03-14T10:00:00Z");
        assert_eq!(header.keywords, ["c", "d"]);
        assert_eq!(header.description, None);
    }
}

#[test]
fn of_several_series_the_first_counts_and_a_depth_asks_for_contents() {
    let read = header("---\nseries: [One, Two]\ntoc: 2\n---\n");
    assert_eq!((read.series.as_deref(), read.toc), (Some("One"), Some(true)));
    let read = header("---\nseries: []\ntoc: 0\n---\n");
    assert_eq!((read.series, read.toc), (None, Some(false)));
}

#[test]
fn a_place_among_others_is_an_order_if_it_is_a_number() {
    assert_eq!(header("---\nsidebar_position: 2\n---\n").order, Some(2.0));
    assert_eq!(header("---\nnav_order: 1.5\n---\n").order, Some(1.5));
    assert_eq!(header("---\nnav_order: b\n---\n").order, None);
}

#[test]
fn three_dialects_say_the_same() {
    let bare = "title: On `seeing`\nDate: 2023-03-14\nkeywords: optics, lenses, Optics\nauthor: A B and C D\n\
                image: img/x.png\nredirect-from: /old.html, /older.html\nstatus: draft\norder: 3\nmood: bright\n\nBody";
    let yaml = "---\ntitle: On `seeing`\nDate: 2023-03-14\ntags: [optics, lenses]\ncategories: Optics\nauthors:\n  - A B\n  - name: C D\n\
                image: \"img/x.png\"\naliases: [/old.html, '/older.html']\ndraft: true\nweight: 3\nparams: {mood: bright}\n---\nBody";
    let toml = "+++\ntitle = \"On `seeing`\"\ndate = 2023-03-14\nauthors = [\"A B\", \"C D\"]\nimage = \"img/x.png\"\n\
                aliases = ['/old.html', \"/older.html\"]\ndraft = true\nweight = 3\n[taxonomies]\ntags = [\"optics\", \"lenses\"]\n\
                [extra]\nmood = \"bright\"\n+++\nBody";
    for text in [bare, yaml, toml] {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let found = split(&source(&text));
            assert_eq!(found.diagnostics, [], "{text}");
            assert_eq!(&text[found.value.body], "Body");
            let header = found.value.header;
            assert_eq!(header.title.as_deref(), Some("On `seeing`"));
            assert_eq!(header.date.unwrap().day.to_string(), "2023-03-14");
            assert_eq!(header.keywords, ["optics", "lenses"]);
            assert_eq!(header.authors, ["A B", "C D"]);
            let image = header.image.unwrap();
            assert_eq!((image.value.as_str(), &text[image.span]), ("img/x.png", "img/x.png"));
            let aliases: Vec<&str> = header.aliases.iter().map(|alias| &text[alias.span.clone()]).collect();
            assert_eq!(aliases, ["/old.html", "/older.html"]);
            assert!(header.draft);
            assert_eq!(header.order, Some(3.0));
            assert_eq!(header.extra["mood"], "bright");
            assert_eq!(header.extra.len(), 1, "{:?}", header.extra);
        }
    }
}

#[test]
fn an_essay_needs_no_header() {
    for text in ["", "Prose\n", "---\n\nProse\n", "# Heading\n", "---\n---\n"] {
        assert_eq!(header(text), Header::default(), "{text}");
    }
}

#[test]
fn names_of_other_tools_are_understood() {
    assert!(header("---\npublished: false\n---\n").draft);
    assert!(!header("---\npublished: true\nstatus: published\ndraft: no\n---\n").draft);
    assert_eq!(header("---\nlast_modified_at: 2023-03-14\n---\n").updated.unwrap().day.to_string(), "2023-03-14");
    assert_eq!(header("---\ndate-modified: 2023-03\n---\n").updated.unwrap().precision, Precision::Month);
    assert_eq!(header("---\nsummary: s\ndescription: d\n---\n").description.as_deref(), Some("d"));
    assert_eq!(header("---\nlang: no\n---\n").language.as_deref(), Some("no"));
    assert_eq!(header("---\ntoc:\n  depth: 2\n---\n").toc, Some(true));
    assert_eq!(header("---\ntoc: false\n---\n").toc, Some(false));
    assert_eq!(header("---\ncover: {image: x.png}\n---\n").image.unwrap().value, "x.png");
    assert_eq!(header("---\ntitle: 2001\n---\n").title.as_deref(), Some("2001"));
    assert_eq!(header("---\ntitle: >\n  two\n  lines\n---\n").title.as_deref(), Some("two lines"));
    assert_eq!(header("---\nauthor: A, B; C and D\n---\n").authors, ["A", "B", "C", "D"]);
    assert_eq!(header("authors:\n    A\n    B\n\n").authors, ["A", "B"]);
    assert_eq!(header("---\nHeader Image: x\n---\n").extra["header_image"], "x");
    assert_eq!(header("+++\n[taxonomies]\ntags = ['a']\nseries = ['b']\n+++\n").extra["taxonomies"]["series"][0], "b");
    assert_eq!(header("---\nlayout: post\nmathjax: true\ntype: x\nmenu: {main: {weight: 1}}\n---\n").extra.len(), 4);
}

#[test]
fn spaces_divide_the_keywords_of_a_post_of_jekyll() {
    let check = |path: &str, yaml: &str, expected: &[&str]| {
        let found = split(&named(path, &format!("---\n{yaml}\n---\n")));
        assert_eq!(found.value.header.keywords, expected, "{path} {yaml}");
    };
    let post = "_posts/2023-03-14-lens.md";
    check(post, "categories: jekyll update", &["jekyll", "update"]);
    check(post, "tags: a b, c", &["a b", "c"]);
    check(post, "tags: [a b]", &["a b"]);
    check(post, "category: a b", &["a b"]);
    check("a/_posts/lens.md", "tags: a b", &["a b"]);
    check("2023-03-14-lens.md", "tags: a b", &["a b"]);
    check("lens.md", "tags: '#a #b/c'", &["a", "b/c"]);
}

#[test]
fn yaml_may_be_indented_by_tabs() {
    let yaml = "---\ntitle:\tA\ntags:\n\t- b\tc\n\t- d\nx:\n\ty:\n\t\tz: 1\n---\n";
    assert_eq!(header(yaml).keywords, ["b\tc", "d"]);
    mistakes("---\ntitle: [\n\ta\n---\n", &["2:8 the header is not valid YAML | unclosed bracket '[' | "]);
}

#[test]
fn keywords_may_be_nested() {
    let check = |yaml: &str, expected: &[&str]| assert_eq!(header(&format!("---\n{yaml}\n---\n")).keywords, expected);
    check("categories:\n  - [a, b]\n  - [c, [a]]\n  -", &["a", "b", "c"]);
    check("tags:\n  - name: a\n    slug: x\n  - {title: b}\n  - label: c", &["a", "b", "c"]);
    check("tags:\n  - C: the language\n  - 3", &["C: the language", "3"]);
    check("tags:\n  topics: [a, b]\n  c:\n  d: true", &["a", "b", "c", "d"]);
    check("tags: [\"a, b\"]", &["a, b"]);
}

#[test]
fn blank_lines_may_stand_before_a_header() {
    let text = "\n \r\n---\ntitle: x\n---\n\nBody: text\n";
    let found = split(&source(text));
    assert_eq!(found.value.header.title.as_deref(), Some("x"));
    assert_eq!(&text[found.value.body], "\nBody: text\n");
    mistakes("\n\n+++\nweight = 'a'\n+++\n", &["4:10 `weight` does not fit | expected a number | "]);
    for text in ["\n---\n\ntitle: x\n\n---\n", "\n---\ntitle: x\n", "\n---\n---\n", "\ntitle: x\n\n"] {
        assert_eq!(header(text), Header::default(), "{text}");
    }
}

#[test]
fn a_page_without_an_address_waits() {
    assert!(header("---\npermalink: false\n---\n").draft);
    assert_eq!(header("---\npermalink: false\n---\n").address, None);
    assert_eq!(header("---\npermalink: true\n---\n"), Header::default());
}

#[test]
fn addresses_are_kept_with_their_rule() {
    let check = |text: &str, expected: AddressRule, written: &str| {
        let address = header(text).address.unwrap();
        assert_eq!((address.value, &text[address.span]), (expected, written));
    };
    check("---\nslug: \"lens\"\n---\n", AddressRule::Slug("lens".to_owned()), "lens");
    check("slug: lens\nurl: /a/b/\n\n", AddressRule::Url("/a/b/".to_owned()), "/a/b/");
    check("+++\npath = 'a/b'\n+++\n", AddressRule::Url("a/b".to_owned()), "a/b");
    check(
        "---\npermalink: /:year/:title/\n---\n",
        AddressRule::Permalink("/:year/:title/".to_owned()),
        "/:year/:title/",
    );
    let elsewhere = header("---\nurl: https://example.org/\n---\n");
    assert_eq!((elsewhere.address, elsewhere.extra["url"].as_str()), (None, Some("https://example.org/")));
}

#[test]
fn the_date_is_the_headers_or_the_names() {
    let date = |path: &str, text: &str| split(&named(path, text)).value.header.date.unwrap().day.to_string();
    assert_eq!(date("2023-03-14-lens.md", "Prose"), "2023-03-14");
    assert_eq!(date("2023-03-14-lens.md", "date: 2024\n\n"), "2024-01-01");
    assert_eq!(date("2023-03-lens/index.md", "date: soon\n\n"), "2023-03-01");
}

#[test]
fn dates_of_other_tools_are_read() {
    let header = split(&named("a.md", "---\ndate:\n  created: 2024-01-31\n  updated: 2024-02-01\n  seen: soon\n---\n"));
    assert_eq!(header.value.header.date.unwrap().day.to_string(), "2024-01-31");
    assert_eq!(header.value.header.updated.unwrap().day.to_string(), "2024-02-01");
    mistakes(
        "---\ndate: {created: soon}\n---\n",
        &["2:17 `created` does not fit | expected a date, such as `2023-03-14` | "],
    );
    mistakes("---\ndate: today\nupdated: last-modified\n---\n", &[]);
}

#[test]
fn mistakes_in_values_are_placed_at_the_value() {
    mistakes("title: x\ndate: soon\n\n", &["2:7 `date` does not fit | expected a date, such as `2023-03-14` | "]);
    mistakes("date: 2024-13-03\n\n", &["1:7 `date` does not fit | expected a month from `01` to `12` | "]);
    mistakes("date: 2025-02-30\n\n", &["1:7 `date` does not fit | expected a day that this month has | "]);
    mistakes("---\ndraft: maybe\n---\n", &["2:8 `draft` does not fit | expected `true` or `false` | "]);
    mistakes("---\ntitle: [a, b]\n---\n", &["2:8 `title` does not fit | expected text, but this is a list | "]);
    mistakes("+++\nweight = inf\n+++\n", &["2:10 `weight` does not fit | expected a number | "]);
    mistakes("---\nauthor: [a, {b: c}]\n---\n", &["2:13 `author` does not fit | expected text, but this is a map | "]);
    mistakes("---\naliases: 7\n---\n", &["2:10 `aliases` does not fit | expected a list of former addresses | "]);
}

#[test]
fn misspelt_keys_are_answered() {
    let header = mistakes(
        "---\ntittle: x\nkeyword: y\n---\n",
        &[
            "2:1 unknown key `tittle` in the header | Essai does not know this key | did you mean `title`?",
            "3:1 unknown key `keyword` in the header | Essai does not know this key | did you mean `keywords`?",
        ],
    );
    assert_eq!(header.extra["tittle"], "x");
}

#[test]
fn a_header_that_cannot_be_read_is_placed_in_the_essay() {
    let quoting = "put a value that holds a colon in quotation marks: `title: \"Notes: on\"`";
    mistakes(
        "---\r\ndate: 2023\r\ntitle: Notes: on\r\n---\r\nBody",
        &[&format!("3:13 the header is not valid YAML | mapping values are not allowed here | {quoting}")],
    );
    mistakes("---\na: 1\nb: 2\na: 3\n---\n", &["4:1 the header is not valid YAML | `a` is given twice | "]);
    mistakes("---\nTitle: 1\ntitle: 2\n---\n", &["3:1 the header gives `title` twice | and again here | "]);
    mistakes(
        "---\n- a\n- b\n---\n",
        &["2:1 the header does not consist of keys and values | this is a list | \
             write `title: On seeing`, one key a line, with a space after the colon"],
    );
    let found = split(&source("+++\ntitle = x\n+++\nBody"));
    let place = found.diagnostics[0].place.as_ref().unwrap();
    assert_eq!((place.line, place.column), (2, 9));
    assert_eq!(found.value.body, 18..22);
}

#[test]
fn a_header_with_a_key_given_twice_is_read() {
    let text = "---\ntitle: One\ntags: [a]\ntitle: Two\nparams:\n  b: 1\n  b: 2\n---\nBody\n";
    let header = mistakes(
        text,
        &[
            "4:1 the header is not valid YAML | `title` is given twice | ",
            "7:3 the header is not valid YAML | `b` is given twice | ",
        ],
    );
    assert_eq!(
        (header.title.as_deref(), &header.keywords[..], &header.extra["b"]),
        (Some("One"), &["a".to_owned()][..], &1.into())
    );
    assert_eq!(&text[split(&source(text)).value.body], "Body\n");
    let text = "---\ntitle: One\ntitle: Two\n\nBody\n";
    assert_eq!(&text[split(&source(text)).value.body], "\nBody\n");
}

#[test]
fn a_header_without_end_loses_nothing() {
    let text = "---\ntitle: x\n\nBody\n";
    let header =
        mistakes(text, &["1:1 the header never ends | the header begins here | put a line `---` after the header"]);
    assert_eq!(header.title.as_deref(), Some("x"));
    assert_eq!(&text[split(&source(text)).value.body], "\nBody\n");
}

#[test]
fn bombs_are_refused_quickly() {
    let start = std::time::Instant::now();
    assert_eq!(split(&source(&format!("---\na: {}\n---\n", "[".repeat(100_000)))).diagnostics.len(), 1);
    assert_eq!(split(&source(&format!("+++\na = {}\n+++\n", "[".repeat(100_000)))).diagnostics.len(), 1);
    assert!(start.elapsed().as_secs() < 5);
}

proptest! {
    #[test]
    fn no_text_makes_split_panic(text in any::<String>()) {
        check_split(&text);
    }

    #[test]
    fn no_header_makes_split_panic(
        fence in "(---|\\+\\+\\+)?\r?\n?",
        lines in proptest::collection::vec("(title|date|tags|aliases|author|url|é|toc)?[:=]? ?[\\[\\]{}'\"*&#|>!,:é0-9a-z \\t-]{0,12}", 0..8),
        end in "(---|\\+\\+\\+|\\.\\.\\.)?\r?\n?",
    ) {
        check_split(&format!("{fence}{}\n{end}", lines.join("\n")));
    }
}

/// Spans are in the text, and the body is its end.
fn check_split(text: &str) {
    let Split { header, body } = split(&source(text)).value;
    assert_eq!(body.end, text.len());
    assert!(text.is_char_boundary(body.start));
    for located in header.aliases.iter().chain(&header.image) {
        assert!(text.get(located.span.clone()).is_some(), "{located:?}");
    }
}

#[test]
fn moving_dates_and_settings_of_contents_are_no_mistakes() {
    let filled_in =
        ["\"`r Sys.Date()`\"", "'{{ .Date }}'", "\"{{date:YYYY-MM-DD}}\"", "<% tp.date.now() %>", "'<%= now %>'"];
    for date in ["Last Modified", "git Created", "Created", "git Last Modified", "today"].into_iter().chain(filled_in) {
        let found = split(&source(&format!("---\ndate: {date}\ntoc: [a]\n---\n")));
        assert_eq!((found.diagnostics.len(), found.value.header.date, found.value.header.toc), (0, None, Some(true)));
    }
}
