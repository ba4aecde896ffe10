//! Which claims hold, and what is said of the others.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::link::testing::{assets, dated, essay, linked_in, shown, surroundings, with_header};
use crate::link::{Site, Surroundings};
use crate::parse::{AddressRule, Located, MadeFile};
use crate::read::{Config, PictureSize};

fn theme_file(path: &str, bytes: ThemeBytes) -> ThemeFile {
    ThemeFile { path: SitePath::new(path).unwrap(), bytes }
}

fn with_url(text: &str) -> impl FnOnce(Essay) -> Essay {
    let value = Located { value: AddressRule::Url(text.to_owned()), span: 5..5 + text.len() };
    |essay| with_header(essay, |header| header.address = Some(value))
}

fn with_alias(essay: Essay, alias: &str) -> Essay {
    let start = essay.source.text.find(alias).unwrap();
    let alias = Located { value: alias.to_owned(), span: start..start + alias.len() };
    with_header(essay, |header| header.aliases.push(alias))
}

fn check(essays: Vec<Essay>, surroundings: Surroundings, expected: &str) -> Site {
    let found = linked_in(essays, surroundings);
    assert_eq!(shown(&found.diagnostics), expected);
    found.value
}

#[test]
fn two_sources_for_one_file_are_reported_at_the_header_that_says_so() {
    let site = check(
        vec![with_url("/b.html")(essay("a.md", "url: /b.html\n")), essay("b.md", "")],
        surroundings(Config::default()),
        "address-clash: content/b.md and content/a.md both become `b.html`
  content/a.md:1:6 `/b.html` becomes `b.html`
  content/b.md:1:1 `` becomes `b.html` too
  = rename one of the two, or set another `url` in an essay's header
",
    );
    assert_eq!(site.addresses.iter().map(SitePath::as_str).collect::<Vec<_>>(), ["b.html", "b-1.html"]);
}

#[test]
fn files_clash_but_the_built_in_theme_gives_way() {
    let user = theme_file("a.html", ThemeBytes::Disk("static/a.html".into()));
    let built_in = |path| theme_file(path, ThemeBytes::BuiltIn(b"built in"));
    let site = check(
        vec![essay("a.md", "")],
        Surroundings {
            assets: assets(&["a.html", "style.css"]),
            theme_files: vec![user, built_in("style.css"), built_in("other.css")],
            ..surroundings(Config::default())
        },
        "address-clash: content/a.md and content/a.html both become `a.html`
  content/a.html:1:1 `` becomes `a.html`
  content/a.md:1:1 `` becomes `a.html` too
  = rename one of the two, or set another `url` in an essay's header
address-clash: content/a.md and static/a.html both become `a.html`
  static/a.html:1:1 `` becomes `a.html`
  content/a.md:1:1 `` becomes `a.html` too
  = rename one of the two, or set another `url` in an essay's header
",
    );
    let files: Vec<String> = site.files.iter().map(|file| format!("{} {:?}", file.address, file.origin)).collect();
    let bytes = format!("other.css BuiltIn({:?})", b"built in");
    assert_eq!(files, [bytes.as_str(), "style.css Disk(\"style.css\")"]);
}

#[test]
fn what_is_made_of_an_essay_has_an_address_of_its_own() {
    let made = |name: &str| MadeFile {
        path: SitePath::new(name).unwrap(),
        bytes: Vec::new(),
        size: Some(PictureSize { width: 3, height: 2 }),
        span: 0..1,
    };
    let mut walk = essay("a/walk.ipynb", "x");
    walk.made_files = vec![made("a/walk_files/1.png"), made("a/walk_files/2.png")];
    let site = check(
        vec![walk, essay("b.md", "![x](a/walk_files/1.png) ![x](a/walk_files/3.png)")],
        Surroundings { assets: assets(&["a/walk_files/2.png"]), ..surroundings(Config::default()) },
        "address-clash: content/a/walk.ipynb and content/a/walk_files/2.png both become `a/walk_files/2.png`
  content/a/walk_files/2.png:1:1 `` becomes `a/walk_files/2.png`
  content/a/walk.ipynb:1:1 `x` becomes `a/walk_files/2.png` too
  = rename one of the two, or set another `url` in an essay's header
missing-file: no file at `a/walk_files/3.png`
  content/b.md:1:31 `a/walk_files/3.png` nothing at content/a/walk_files/3.png
  = did you mean `a/walk_files/1.png`?
",
    );
    let files: Vec<String> = site.files.iter().map(|file| format!("{} {:?}", file.address, file.origin)).collect();
    let origin = |position: usize| format!("Made {{ essay: EssayId(0), position: {position} }}");
    let expected = [0, 1].map(|position| format!("a/walk_files/{}.png {}", position + 1, origin(position)));
    assert_eq!(files, expected);
    assert_eq!(site.picture_size(&site.files[0].address), site.essays[0].made_files[0].size);
}

#[test]
fn addresses_that_are_one_on_some_machines_are_reported() {
    check(
        vec![essay("Lens.md", ""), essay("lens.md", ""), essay("glass.md", "")],
        Surroundings { assets: assets(&["glass.html/x.png"]), ..surroundings(Config::default()) },
        "case-clash: `Lens.html` and `lens.html` differ only by upper and lower case
  content/Lens.md:1:1 `` becomes `Lens.html`
  content/lens.md:1:1 `` becomes `lens.html`
  = rename one of the two: on some machines and hosts they are one file
address-clash: `glass.html` would be a file and a folder
  content/glass.md:1:1 `` becomes the file `glass.html`
  content/glass.html/x.png:1:1 `` is in the folder `glass.html`
  = rename one of the two
",
    );
}

#[test]
fn aliases_of_one_essay_may_differ_by_case() {
    let with_aliases = |essay, aliases: [&str; 2]| with_alias(with_alias(essay, aliases[0]), aliases[1]);
    let site = check(
        vec![
            with_aliases(essay("a.md", "/Old.html /OLD.html"), ["/Old.html", "/OLD.html"]),
            with_aliases(essay("b.md", "/B.html /oLD.html"), ["/B.html", "/oLD.html"]),
        ],
        surroundings(Config::default()),
        "case-clash: `B.html` and `b.html` differ only by upper and lower case
  content/b.md:1:1 `/B.html` becomes `B.html`
  content/b.md:1:1 `` becomes `b.html`
  = rename one of the two: on some machines and hosts they are one file
case-clash: `oLD.html` and `Old.html` differ only by upper and lower case
  content/b.md:1:9 `/oLD.html` becomes `oLD.html`
  content/a.md:1:1 `/Old.html` becomes `Old.html`
  = rename one of the two: on some machines and hosts they are one file
",
    );
    assert_eq!(site.redirects.len(), 4);
}

#[test]
fn aliases_become_redirects() {
    let former = with_alias(with_alias(essay("a.md", "/old/a/ b.html ../x a.html"), "/old/a/"), "b.html");
    let site = check(
        vec![with_alias(with_alias(with_alias(former, "../x"), "a.html"), "/old/a/"), essay("b.md", "")],
        surroundings(Config::default()),
        "address-clash: the alias `b.html` is the address of content/b.md
  content/a.md:1:9 `b.html` would redirect from `b.html`
  content/b.md:1:1 `` becomes `b.html`
  = take the alias away: something else is there now
bad-value: the address `../x` leads out of the site
  content/a.md:1:16 `../x` not an address in this site
  = write a path from the top of the site, such as `/essays/seeing.html`
",
    );
    let redirects: Vec<(&str, EssayId)> = site.redirects.iter().map(|to| (to.from.as_str(), to.to)).collect();
    assert_eq!(redirects, [("old/a/index.html", EssayId(0))]);
}

#[test]
fn an_authors_page_is_not_generated() {
    let generated = |config: Config, essays: Vec<Essay>| {
        let site = check(essays, Surroundings { assets: assets(&["robots.txt"]), ..surroundings(config) }, "");
        let addresses = ["404.html", "feed.xml", "index.html", "keywords/index.html", "robots.txt", "sitemap.xml"];
        addresses.map(|address| site.is_generated(&SitePath::new(address).unwrap()))
    };
    let own = || vec![essay("404.md", ""), essay("index.md", "")];
    let with_base = || Config { base_url: Some("https://example.org/".to_owned()), ..Config::default() };
    assert_eq!(generated(Config::default(), own()), [false; 6]);
    assert_eq!(generated(with_base(), own()), [false, false, false, false, false, true]);
    let essays = vec![dated(essay("a.md", ""), "2024-01-01")];
    assert_eq!(generated(with_base(), essays), [true, true, true, false, false, true]);
}
