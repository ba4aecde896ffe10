//! The book face that a site may bring: Libertinus Serif, cut down to the characters that the site uses.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use rayon::prelude::*;

use crate::link::Site;
use crate::parse::Essay;
use crate::render::pages::languages::language;

/// A font of the face, as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookFont {
    /// What it is called in the theme.
    pub name: &'static str,
    /// WOFF2.
    pub bytes: Vec<u8>,
}

/// The fonts of the face, with the characters that they have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    characters: BTreeSet<char>,
    /// In the order of [`STYLES`]; empty where the site has no face.
    pub fonts: Vec<BookFont>,
}

/// A font of the face: what it is called, its style and weight in CSS, and what full names of such fonts end with.
struct Style {
    name: &'static str,
    css: &'static str,
    suffix: &'static str,
}

/// The fonts of the face.
const STYLES: [Style; 4] = [
    Style { name: "libertinus.woff2", css: "font-style:normal;font-weight:400", suffix: "" },
    Style { name: "libertinus-italic.woff2", css: "font-style:italic;font-weight:400", suffix: " Italic" },
    Style { name: "libertinus-bold.woff2", css: "font-style:normal;font-weight:700", suffix: " Bold" },
    Style { name: "libertinus-bold-italic.woff2", css: "font-style:italic;font-weight:700", suffix: " Bold Italic" },
];

/// How far the face reaches above and below its line, of its size.
const ASCENT: f32 = 0.894;
const DESCENT: f32 = 0.246;

/// Faces of one set of widths that readers may have: one of them stands in until the face is there, and where it has no sign.
struct StandIn {
    family: &'static str,
    names: &'static [&'static str],
    /// How large each of [`STYLES`] must be to be as wide as that of the face, in per cent: the quotient of the mean widths of
    /// the signs of English text, spaces among them.
    adjust: [f32; 4],
}

/// What may stand in, that of most readers first. Without a stand-in of the same width lines move when the face comes.
const STAND_INS: [StandIn; 3] = [
    StandIn {
        family: "Libertinus by Times",
        names: &["Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"],
        adjust: [102.2, 98.0, 106.3, 107.1],
    },
    StandIn { family: "Libertinus by Noto", names: &["Noto Serif"], adjust: [86.2, 85.0, 89.6, 86.4] },
    StandIn { family: "Libertinus by DejaVu", names: &["DejaVu Serif"], adjust: [80.0, 76.9, 80.1, 78.0] },
];

/// The families of the face as CSS lists them.
pub fn families() -> String {
    let stand_ins: String = STAND_INS.iter().map(|stand_in| format!("\"{}\",", stand_in.family)).collect();
    format!("\"Libertinus\",{stand_ins}serif")
}

/// Signs that the theme itself may show.
const OF_THE_THEME: &str = "\u{a0}·×–—‘’“”…↩";

/// The fonts of `site`: none, unless its configuration asks for them. Those of `before` are taken where they are the
/// same; the answer does not depend on it.
pub fn book(site: &Site, before: Option<&Book>) -> Book {
    if site.config.theme.fonts.face.is_none() {
        return Book::default();
    }
    let characters = characters(site);
    if let Some(before) = before.filter(|before| before.characters == characters) {
        return before.clone();
    }
    let font = |(position, style): (usize, &Style)| {
        let bytes = font(position, &characters)?;
        Some(BookFont { name: style.name, bytes })
    };
    let fonts: Option<Vec<BookFont>> = STYLES.par_iter().enumerate().map(font).collect();
    Book { fonts: fonts.unwrap_or_default(), characters }
}

/// The font at `position` of [`STYLES`] with `characters`.
#[cfg(feature = "fonts")]
fn font(position: usize, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    use super::fonts::{Face, text_font};
    let faces = [Face::Regular, Face::Italic, Face::Bold, Face::BoldItalic];
    text_font(*faces.get(position)?, characters).ok()
}

/// The font at `position` of [`STYLES`]: none comes with this binary.
#[cfg(not(feature = "fonts"))]
fn font(_: usize, _: &BTreeSet<char>) -> Option<Vec<u8>> {
    None
}

/// The rules of CSS by which the fonts are used, where `address` says where each goes.
pub fn rules(book: &Book, mut address: impl FnMut(&BookFont) -> String) -> String {
    let mut css = String::new();
    for (position, (font, Style { css: is, suffix, .. })) in book.fonts.iter().zip(&STYLES).enumerate() {
        // Writing to a string does not fail, here and below.
        let _ = writeln!(
            css,
            "@font-face{{font-family:\"Libertinus\";{is};font-display:swap;src:url(\"{}\") format(\"woff2\")}}",
            address(font)
        );
        for StandIn { family, names, adjust } in &STAND_INS {
            let adjust = adjust[position];
            let (ascent, descent) = (ASCENT * 10_000.0 / adjust, DESCENT * 10_000.0 / adjust);
            let sources: Vec<String> = names.iter().map(|name| format!("local(\"{name}{suffix}\")")).collect();
            let _ = writeln!(
                css,
                "@font-face{{font-family:\"{family}\";{is};size-adjust:{adjust}%;ascent-override:{ascent:.1}%;\
                 descent-override:{descent:.1}%;line-gap-override:0%;src:{}}}",
                sources.join(",")
            );
        }
    }
    css
}

/// Every character that the pages of `site` may hold: ASCII, and what its essays, its names and its settings have besides.
fn characters(site: &Site) -> BTreeSet<char> {
    let of_essays = site.essays.par_iter().fold(Seen::default, |mut seen, essay| {
        seen.essay(essay);
        seen
    });
    let mut seen = of_essays.reduce(Seen::default, Seen::union);
    let config = &site.config;
    let texts = [&config.title, &config.description, &config.author, &config.theme.footer].into_iter().flatten();
    let links = config.navigation.iter().chain(&config.theme.social).map(|link| &link.title);
    let series = site.series.iter().map(|series| &series.name);
    texts.chain(links).chain(series).for_each(|text| seen.text(text));
    let languages: BTreeSet<&str> = site.ids().map(|id| language(site, id)).chain([&*config.language]).collect();
    for language in languages {
        config.phrases.of(language).by_name().into_iter().for_each(|(_, phrase)| seen.text(phrase));
    }
    (' '..='~').chain(OF_THE_THEME.chars()).chain(seen.characters()).collect()
}

/// The characters of the first plane of Unicode that were seen, ASCII aside: the face has nearly no others.
struct Seen(Vec<u64>);

impl Default for Seen {
    fn default() -> Self {
        Self(vec![0; 0x1_0000 / 64])
    }
}

impl Seen {
    fn essay(&mut self, essay: &Essay) {
        let header = &essay.header;
        let texts = [&*essay.title.text, &essay.body.html, &essay.excerpt].into_iter();
        let opening = essay.heading.iter().map(|heading| &*heading.title.text);
        texts.chain(opening).chain(header.description.as_deref()).for_each(|text| self.text(text));
        let notes = essay.sidenotes.iter().map(|note| &note.html);
        notes.chain(&header.authors).chain(&header.keywords).for_each(|text| self.text(text));
    }

    fn text(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            if let Some(word) = self.0.get_mut(letter as usize / 64) {
                *word |= 1 << (letter as usize % 64);
            }
        }
    }

    fn union(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, more)| *word |= more);
        self
    }

    fn characters(&self) -> impl Iterator<Item = char> + '_ {
        let is_seen = |number: &u32| self.0[*number as usize / 64] >> (number % 64) & 1 == 1;
        (0..0x1_0000).filter(is_seen).filter_map(char::from_u32)
    }
}

#[cfg(all(test, feature = "fonts"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::parse::{Heading, Inline};
    use crate::read::{BookFace, Config};
    use crate::render::testing::{essay, site};

    #[test]
    fn the_face_has_what_the_site_uses_and_no_more() {
        let mut config = Config::default();
        let essays = || vec![essay("a.md", "Ein Märchen", "Text mit “Ω”, Ж 😀")];
        assert_eq!(book(&site(essays(), config.clone()), None), Book::default());
        config.theme.fonts.face = Some(BookFace::Libertinus);
        let made = book(&site(essays(), config.clone()), None);
        let other: String = made.characters.iter().filter(|letter| !letter.is_ascii()).collect();
        assert_eq!(other, "\u{a0}·×äΩЖ–—‘’“”…↩");
        assert_eq!(made.fonts.len(), 4);
        let mut parts = ["a.md", "b.md"].map(|path| essay(path, "Text", ""));
        parts.iter_mut().for_each(|essay| essay.header.series = Some("Мир".to_owned()));
        let series = book(&site(parts.into(), config.clone()), None).characters;
        assert!("Мир".chars().all(|letter| series.contains(&letter)), "{series:?}");
        let mut opened = essay("a.md", "Text", "");
        let title = Inline::new("Θ".to_owned(), "Θ".to_owned());
        opened.heading = Some(Heading { level: 1, id: "x".into(), title, is_listed: true });
        assert!(book(&site(vec![opened], config.clone()), None).characters.contains(&'Θ'));
        let german = vec![essay("a.md", "Text", ""), essay("b.de.md", "Text", "")];
        let spoken = book(&site(german, config.clone()), None).characters;
        assert!("äöüÄ".chars().filter(|letter| spoken.contains(letter)).eq("äöü".chars()), "{spoken:?}");
        for font in &made.fonts {
            assert!(font.bytes.starts_with(b"wOF2") && font.bytes.len() < 40_000, "{} {}", font.name, font.bytes.len());
        }
        assert_eq!(book(&site(essays(), config), Some(&made)), made);
        let css = rules(&made, |font| format!("fonts/{}", font.name));
        assert_eq!(css.matches("@font-face").count(), 16);
        let stand_in = "font-weight:700;size-adjust:80.1%;ascent-override:111.6%;descent-override:30.7%;line-gap-override:0%;src:local(\"DejaVu Serif Bold\")";
        assert!(css.contains(stand_in), "{css}");
    }
}
