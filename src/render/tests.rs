//! Whole files of small sites.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use super::testing::{essay, file, path, site};
use crate::diagnostic::{Diagnostic, Kind};
use crate::link::{EssayId, Graph, Part, Redirect, Series, Site};
use crate::parse::{Date, Heading, Inline, Precision, Reference, Role};
use crate::read::Config;

fn config(base_url: Option<&str>) -> Config {
    Config { title: Some("Notes".to_owned()), base_url: base_url.map(str::to_owned), ..Config::default() }
}

fn dated(day: &str) -> Option<Date> {
    let moment = format!("{day}T00:00:00Z").parse().unwrap();
    Some(Date { moment, day: day.parse().unwrap(), precision: Precision::Day })
}

fn reference(destination: &str) -> Reference {
    Reference { role: Role::Link, destination: destination.to_owned(), span: 0..0, sentence: String::new() }
}

/// The graph of `site`, to be changed.
fn graph(site: &mut Site) -> &mut Graph {
    Arc::get_mut(&mut site.graph).unwrap()
}

/// Two essays, the first of which links to the second.
fn two(base_url: Option<&str>) -> Site {
    let mut first = essay("a/first.md", "First & foremost", "<p><a href=\"{0}\">x</a> <a href=\"{1}\">y</a></p>");
    first.references = vec![reference("../b/second%20one.md#x"), reference("nowhere.md?a&b c")];
    first.header.date = dated("2024-02-01");
    first.header.keywords = vec!["Seeing".to_owned()];
    let mut second = essay("b/second one.md", "Second", "<p>Text</p>");
    second.anchors = vec!["x".into()];
    site(vec![first, second], config(base_url))
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|mistake| mistake.message.as_str()).collect()
}

#[test]
fn an_essay_has_relative_addresses_everywhere() {
    let (html, diagnostics) = file(&two(Some("https://example.org/x/")), &[], "a/first.html");
    assert_eq!(messages(&diagnostics), [] as [&str; 0]);
    holds(
        &html,
        &[
            "<title>First &amp; foremost · Notes</title>",
            "<a href=\"../b/second%20one.html#x\">x</a> <a href=\"nowhere.md?a&amp;b%20c\">y</a>",
            "<link rel=\"stylesheet\" href=\"../essai-",
            "<a href=\"../keywords/seeing.html\" rel=\"tag\">Seeing</a>",
            "<link rel=\"canonical\" href=\"https://example.org/x/a/first.html\">",
            "<time datetime=\"2024-02-01\">1 February 2024</time>",
            "<h1>First &amp; foremost</h1>",
            "<li>2 min read</li>",
        ],
    );
}

#[test]
fn the_page_for_absent_addresses_works_at_any_depth() {
    let (html, _) = file(&two(Some("https://example.org/x/")), &[], "404.html");
    holds(&html, &["<a href=\"/x/b/second%20one.html\">", "<a href=\"/x/index.html\">"]);
    let (html, _) = file(&two(None), &[], "404.html");
    holds(&html, &["<a href=\"/b/second%20one.html\">"]);
}

#[test]
fn a_feed_is_absolute_and_dated() {
    for (address, title) in [("feed.xml", "Notes"), ("keywords/seeing.xml", "Notes: Seeing")] {
        let (xml, _) = file(&two(Some("https://example.org/x/")), &[], address);
        holds(
            &xml,
            &[
                &format!("<title>{title}</title>"),
                "<updated>2024-02-01T00:00:00Z</updated>",
                "&lt;a href=&quot;https://example.org/x/b/second%20one.html#x&quot;&gt;",
                &format!("<id>https://example.org/x/{address}</id>"),
            ],
        );
        assert!(!xml.contains("<title>Second</title>"), "an undated essay has no place in a feed");
    }
}

#[test]
fn a_sitemap_needs_a_base_address() {
    let (xml, _) = file(&two(Some("https://example.org/")), &[], "sitemap.xml");
    holds(
        &xml,
        &[
            "<url><loc>https://example.org/a/first.html</loc><lastmod>2024-02-01</lastmod></url>",
            "<loc>https://example.org/</loc>",
            "<loc>https://example.org/keywords/</loc>",
        ],
    );
    let (robots, _) = file(&two(Some("https://example.org/")), &[], "robots.txt");
    assert_eq!(robots, "User-agent: *\nDisallow:\n\nSitemap: https://example.org/sitemap.xml\n");
    let (robots, _) = file(&two(None), &[], "robots.txt");
    assert_eq!(robots, "User-agent: *\nDisallow:\n");
    let (html, diagnostics) = file(&two(None), &[], "a/first.html");
    assert!(!html.contains("atom+xml") && !html.contains("canonical"), "{html}");
    assert_eq!(diagnostics, []);
}

#[test]
fn a_page_for_what_is_absent_is_not_in_the_sitemap() {
    let essays = ["404.md", "a.md", "index.md"].map(|at| essay(at, "T", "")).into();
    let (xml, _) = file(&site(essays, config(Some("https://example.org/"))), &[], "sitemap.xml");
    let urls: Vec<&str> = xml.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(urls, ["https://example.org/a.html", "https://example.org/"]);
}

#[test]
fn a_former_address_leads_on() {
    let mut site = two(None);
    graph(&mut site).redirects = vec![Redirect { from: path("old/place.html"), to: EssayId(1) }];
    let (html, diagnostics) = file(&site, &[], "old/place.html");
    assert_eq!(diagnostics, []);
    holds(&html, &["content=\"0; url=../b/second%20one.html\"", "<a href=\"../b/second%20one.html\">Second</a>"]);
}

#[test]
fn a_series_shows_at_most_forty_parts() {
    let essays = (0..60).map(|number| essay(&format!("{number:02}.md"), &format!("T{number}"), "")).collect();
    let mut site = site(essays, config(None));
    let essays = site.ids().collect();
    let graph = graph(&mut site);
    graph.series = vec![Series { name: "All".to_owned(), essays }];
    graph.parts = (0..60).map(|position| Some(Part { series: 0, position })).collect();
    let template =
        "{% for part in essay.series.parts %}{{ part.number }}{% if part.current %}!{% endif %} {% endfor %}";
    let check = |address: &str, first: &str, last: &str| {
        let (html, _) = file(&site, &[("essay.html", template)], address);
        assert_eq!(html.split_whitespace().count(), 40);
        assert!(html.starts_with(first) && html.trim_end().ends_with(last), "{html}");
    };
    check("00.html", "1! 2 ", " 40");
    check("30.html", "11 12 ", " 50");
    check("59.html", "21 ", " 60!");
}

#[test]
fn a_list_of_essays_stands_where_the_author_wants_it() {
    let front = essay("index.md", "Home", "<p>See:</p>\n{essays}");
    let site = site(vec![essay("a/b.md", "Other", "<p>x</p>"), front], config(None));
    let users = [(
        "essays.html",
        "{% for entry in essays %}<a href=\"{{ entry.address }}\">{{ entry.title.html }}</a>{% endfor %}",
    )];
    let (html, diagnostics) = file(&site, &users, "index.html");
    assert_eq!(diagnostics, []);
    holds(&html, &["<p>See:</p>\n<a href=\"a/b.html\">Other</a>"]);
}

#[test]
fn a_wrong_link_in_a_template_is_reported_once_where_it_stands() {
    let base = "<a href=\"/nowhere.html\">\n<img src='/gone.png'><a href=\"#gone\">{{ essay.content }}";
    let (_, diagnostics) = file(&two(None), &[("essay.html", base)], "a/first.html");
    let found: Vec<_> = diagnostics
        .iter()
        .map(|mistake| {
            let place = mistake.place.as_ref().unwrap();
            (mistake.kind, mistake.message.as_str(), place.path.as_str(), place.line, place.column)
        })
        .collect();
    assert_eq!(
        found,
        [
            (Kind::BrokenLink, "no page or file at `/nowhere.html`", "templates/essay.html", 1, 10),
            (Kind::MissingFile, "no file at `/gone.png`", "templates/essay.html", 2, 11),
            (Kind::MissingAnchor, "no id `gone` in the page", "templates/essay.html", 2, 31),
        ]
    );
}

#[test]
fn an_id_of_the_theme_must_not_be_a_headings() {
    let mut site = two(None);
    let essay = Arc::get_mut(&mut site.essays[0]).unwrap();
    essay.anchors = vec!["first".into(), "main".into()];
    essay.heading = Some(Heading { level: 1, id: "first".into(), title: Inline::default(), is_listed: true });
    let template = "<h1 id=\"{{ essay.heading.id }}\"></h1><main id=\"main\">{{ essay.content }}</main>";
    let (_, diagnostics) = file(&site, &[("essay.html", template)], "a/first.html");
    assert_eq!(messages(&diagnostics), ["a template uses the id `main`, which the page has already"]);
}

#[test]
fn a_missing_field_is_reported_once_for_all_pages() {
    let (html, diagnostics) = file(&two(None), &[("essay.html", "\n{{ essay.titel }}")], "a/first.html");
    assert_eq!(html, "");
    assert_eq!(messages(&diagnostics), ["no field `titel` here"]);
    let place = diagnostics[0].place.as_ref().unwrap();
    assert_eq!((place.path.as_str(), place.line, place.column), ("templates/essay.html", 2, 10));
    assert_eq!(diagnostics[0].help[0], "did you mean `title`?");
}

#[test]
fn a_template_may_change_the_text() {
    let template = "{{ essay.content | replace(from=\"Text\", to=\"Other\") }}<a href=\"/a/first.html\">";
    let (html, diagnostics) = file(&two(None), &[("essay.html", template)], "b/second one.html");
    assert_eq!(diagnostics, []);
    holds(&html, &["Other", "<a href=\"../a/first.html\">"]);
}
