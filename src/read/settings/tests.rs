#![allow(clippy::unwrap_used)]

use super::*;
use crate::read::{BookFace, ImagesConfig, PictureFormat};

fn config(text: &str) -> Config {
    let found = parse_config("essai.yaml", text.to_owned());
    assert_eq!(found.diagnostics, [], "{text}");
    found.value
}

/// `expected` is `line:column message | label | help`.
fn check(text: &str, expected: &[&str]) {
    let found = parse_config("essai.yaml", text.to_owned());
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
}

#[test]
fn every_setting_is_read() {
    let text = "title: Essays\ndescription: On seeing\nbase_url: https://example.org/essays\nauthor: A\n\
                language: de\nnavigation:\n  - about.md\n  - {title: Lens, link: \"a/lens.md\"}\nignore: ['*.psd', b/]\n\
                addresses: folders\nmarkdown: {tables: false}\nfeed: {entries: 5}\n\
                levels: {broken-link: warn, empty-essay: off}\n";
    let config = config(text);
    assert_eq!(config.title.as_deref(), Some("Essays"));
    assert_eq!(config.base_url.as_deref(), Some("https://example.org/essays/"));
    assert_eq!(config.language, "de");
    assert_eq!((config.navigation[0].title.as_str(), config.navigation[0].link.as_str()), ("", "about.md"));
    assert_eq!(&config.text[config.navigation[0].span.clone()], "about.md");
    assert_eq!(config.navigation[1].title, "Lens");
    assert_eq!(&config.text[config.navigation[1].span.clone()], "a/lens.md");
    assert_eq!(config.ignore, ["*.psd", "b/"]);
    assert_eq!(config.addresses, Addresses::Folders);
    assert!(!config.markdown.tables && config.markdown.footnotes);
    assert_eq!(config.feed.entries, 5);
    assert_eq!(config.levels.of(Kind::BrokenLink), Level::Warn);
    assert_eq!(config.levels.of(Kind::EmptyEssay), Level::Off);
}

#[test]
fn an_empty_file_is_the_default() {
    assert_eq!(config("# nothing yet\n"), Config { text: "# nothing yet\n".to_owned(), ..Config::default() });
}

#[test]
fn an_unknown_setting_is_answered_with_the_nearest() {
    check("url: x\n", &["1:1 unknown setting `url` | Essai does not know this setting | did you mean `base_url`?"]);
    check(
        "title: x\nmarkdown:\n  tabels: true\n",
        &["3:3 unknown setting `tabels` | Essai does not know this setting | did you mean `tables`?"],
    );
    check(
        "feed:\n  colour: x\n",
        &["2:3 unknown setting `colour` | Essai does not know this setting | the settings here are `entries`"],
    );
    check(
        "levels:\n  broken-lnk: warn\n",
        &["2:3 unknown diagnostic `broken-lnk` | no diagnostic has this name | did you mean `broken-link`?"],
    );
}

#[test]
fn all_mistakes_are_reported_at_their_places() {
    check(
        "title: [a]\nbase_url: example.org\nmarkdown: {tables: yes}\nfeed: {entries: -1}\nlevels: {bad-value: loud}\n",
        &[
            "1:8 `title` does not fit | expected text | ",
            "2:11 `base_url` does not fit | expected a whole address, such as `https://example.org/essays/` | ",
            "3:20 `tables` does not fit | expected `true` or `false` | ",
            "4:17 `entries` does not fit | expected a whole number | ",
            "5:21 `bad-value` does not fit | expected `error`, `warn` or `off` | ",
        ],
    );
    check("title: a: b\n", &["1:9 the configuration is not valid YAML | mapping values are not allowed here | "]);
    check("- a\n", &["1:1 `essai.yaml` does not fit | expected keys and values | "]);
    check(
        "navigation: [{title: x}]\n",
        &["1:14 `navigation` does not fit | expected a `link` here, such as `link: about.md` | "],
    );
}

#[test]
fn the_theme_is_read() {
    let config = config(
        "theme:\n  accent: \"#123456\"\n  fonts: {text: \"Charter, 'Source Serif 4', serif\"}\n  width: 34.5rem\n  \
         parts: {related: false}\n  cards: true\n  footer: Under *care*.\n  social: [{title: Here, link: \"https://example.org/\"}]\n\
         search: false\n",
    );
    let theme = config.theme;
    assert_eq!(theme.accent.map(|accent| (accent.light, accent.dark)), Some(("#123456".to_owned(), None)));
    assert_eq!(theme.fonts.text.as_deref(), Some("Charter, 'Source Serif 4', serif"));
    assert_eq!(theme.width.as_deref(), Some("34.5rem"));
    assert!(theme.cards && !theme.parts.related && theme.parts.backlinks && !config.search);
    assert_eq!((theme.footer.as_deref(), theme.social.len()), (Some("Under *care*."), 1));
}

#[test]
fn a_face_is_named_alone_or_among_fonts() {
    for text in ["theme: {fonts: libertinus}", "theme: {fonts: {face: libertinus, code: x}}"] {
        assert_eq!(config(text).theme.fonts.face, Some(BookFace::Libertinus));
    }
}

#[test]
fn mistakes_of_the_theme_are_shown_where_they_are() {
    let messages = |text: &str| -> Vec<String> {
        parse_config("essai.yaml", text.to_owned()).diagnostics.into_iter().map(|mistake| mistake.message).collect()
    };
    for (text, expected) in [
        ("theme: {acent: red}", "acent"),
        ("theme: {accent: \"#12\"}", "accent"),
        ("theme: {accent: \"red; } body { display: none\"}", "accent"),
        ("theme: {fonts: {txt: serif}}", "txt"),
        ("theme: {fonts: garamond}", "fonts"),
        ("theme: {fonts: {text: \"a; b\"}}", "text"),
        ("theme: {fonts: {text: \"'a\"}}", "text"),
        ("theme: {width: wide}", "width"),
        ("theme: {parts: {realted: false}}", "realted"),
        ("theme: {parts: {related: no way}}", "related"),
        ("theme: {cards: 3}", "cards"),
        ("search: maybe", "search"),
    ] {
        let found = messages(text);
        assert!(found.len() == 1 && found[0].contains(&format!("`{expected}`")), "{text}: {found:?}");
    }
}

#[test]
fn pictures_have_variants_where_they_are_asked_for() {
    assert_eq!(config("").images, ImagesConfig::default());
    assert!(config("images: {quality: 60}").images.widths.is_empty());
    let text = "images:\n  widths: [960, 480, 960]\n  formats: [jpeg, webp]\n  quality: 60\n  sizes: 50vw\n";
    let expected = ImagesConfig {
        widths: vec![480, 960],
        formats: vec![PictureFormat::Jpeg, PictureFormat::Webp],
        quality: 60,
        sizes: "50vw".to_owned(),
    };
    assert_eq!(config(text).images, expected);
    assert_eq!(config("images: {widths: 480, formats: webp}").images.widths, [480]);
    check(
        "images: {widht: 480}\n",
        &["1:10 unknown setting `widht` | Essai does not know this setting | did you mean `widths`?"],
    );
    check(
        "images:\n  widths: [480, 4.5, 8]\n  formats: [avif]\n  quality: 0\n",
        &[
            "2:17 `widths` does not fit | expected whole numbers of pixels from 16 to 10,000, such as `[480, 960, 1920]` | ",
            "2:22 `widths` does not fit | expected whole numbers of pixels from 16 to 10,000, such as `[480, 960, 1920]` | ",
            "3:13 `formats` does not fit | expected `webp` or `jpeg`, or a list of these | ",
            "4:12 `quality` does not fit | expected a whole number from 1 to 100 | ",
        ],
    );
}

#[test]
fn phrases_of_a_language_go_for_its_regions() {
    let config = config("phrases:\n  de-AT: {next: Nächster, related: Ähnlich}\n  de: {next: Los, back: Hinauf}\n");
    let (austrian, german) = (config.phrases.of("de-AT"), config.phrases.of("de"));
    assert_eq!([&*austrian.next, &austrian.related, &austrian.back], ["Nächster", "Ähnlich", "Hinauf"]);
    assert_eq!([&*german.next, &german.related, &german.back], ["Los", "Verwandtes", "Hinauf"]);
}

#[test]
fn a_base_address_is_whole() {
    let check = |text: &str, expected: Result<&str, &'static str>| {
        assert_eq!(base_url(text), expected.map(str::to_owned), "{text}");
    };
    check("https://example.org", Ok("https://example.org/"));
    check("HTTP://localhost:8000/essays//", Ok("HTTP://localhost:8000/essays/"));
    check("example.org", Err("it must begin with `https://` or `http://`"));
    check("https:///a", Err("it names no host"));
    check("https://:8000", Err("it names no host"));
    check("https://a/?b", Err("it must not hold `?` or `#`"));
    check("https://a/\"b", Err("it must not hold `\"`, `<`, `>` or `\\`"));
}
