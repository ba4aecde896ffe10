//! The cut fonts, read back.

#![allow(clippy::unwrap_used)]

use write_fonts::read::ps::cff::CffFontRef;
use write_fonts::read::ps::charstring::{ControlBoundsSink, NullSink};
use write_fonts::read::types::F2Dot14;

use super::*;

fn set(characters: &str) -> BTreeSet<char> {
    characters.chars().collect()
}

/// The whole mathematics font.
fn whole() -> &'static [u8] {
    typst_assets::fonts().nth(7).unwrap()
}

fn family(font: &[u8]) -> String {
    let font = FontRef::new(font).unwrap();
    let name = font.name().unwrap();
    let record = name.name_record().iter().find(|name| name.name_id().to_u16() == 4).unwrap();
    record.string(name.string_data()).unwrap().to_string()
}

/// Glyphs whose outlines are not empty; every outline must be a right one.
fn drawn(font: &[u8]) -> usize {
    let font = FontRef::new(font).unwrap();
    let table = font.table_data(CFF).unwrap();
    let cff = CffFontRef::new_cff(table.as_bytes(), 0, None).unwrap();
    assert_eq!(cff.num_glyphs(), u32::from(font.maxp().unwrap().num_glyphs()));
    let subfont = cff.subfont(0, &[] as &[F2Dot14]).unwrap();
    for glyph in 0..cff.num_glyphs() {
        cff.evaluate_charstring(&subfont, GlyphId::new(glyph), &[] as &[F2Dot14], &mut NullSink).unwrap();
    }
    (0..cff.num_glyphs() as usize).filter(|glyph| cff.charstrings().get(*glyph).unwrap().len() > 1).count()
}

#[test]
fn the_fonts_are_those_that_they_are_called() {
    let all = [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic, Face::Math];
    let names = all.map(|face| family(face.font().unwrap()));
    let expected = [
        "Libertinus Serif Regular",
        "Libertinus Serif Bold",
        "Libertinus Serif Italic",
        "Libertinus Serif Bold Italic",
        "NewComputerModernMath-Book",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_character_brings_the_forms_that_it_stretches_to() {
    let glyphs = |characters: &str| drawn(&subset(whole(), &set(characters), &[]).unwrap());
    // The sign of what is missing, and the letter.
    assert_eq!(glyphs("𝑥"), 2);
    assert_eq!(glyphs("𝑥𝑦"), 3);
    assert!(glyphs("𝑥(") > 8, "a parenthesis has sizes and parts");
    assert_eq!(glyphs("𝑥\u{10fffd}"), 2, "a character that the font hasn't");
}

#[test]
fn what_the_font_says_of_mathematics_speaks_of_its_glyphs() {
    let font = subset(whole(), &set("√(∫′"), &[]).unwrap();
    let font = FontRef::new(&font).unwrap();
    let count = u32::from(font.maxp().unwrap().num_glyphs());
    let variants = font.math().unwrap().math_variants().unwrap();
    let coverage: Vec<u32> =
        variants.vert_glyph_coverage().unwrap().unwrap().iter().map(|glyph| glyph.to_u32()).collect();
    for character in ['√', '(', '∫'] {
        let glyph = font.cmap().unwrap().map_codepoint(character).unwrap();
        let position = coverage.iter().position(|covered| *covered == glyph.to_u32()).unwrap();
        let construction = variants.vert_glyph_constructions().get(position).unwrap();
        let forms = construction.math_glyph_variant_records();
        assert!(forms.len() > 1, "{character} has larger forms");
        assert!(forms.iter().all(|form| u32::from(form.variant_glyph().to_u16()) < count));
    }
    assert!(coverage.is_sorted() && coverage.iter().all(|glyph| *glyph < count));
}

#[test]
fn a_prime_is_as_large_as_a_script() {
    let advance = |font: &[u8]| {
        let font = FontRef::new(font).unwrap();
        let glyph = font.cmap().unwrap().map_codepoint('′').unwrap();
        font.hmtx().unwrap().advance(glyph).unwrap()
    };
    let cut = subset(whole(), &set("′"), &[]).unwrap();
    assert_eq!((advance(whole()), advance(&cut)), (311, 407));
}

#[test]
fn an_accent_stands_where_it_is_drawn() {
    let cut = subset(whole(), &set("\u{20d7}"), &[]).unwrap();
    let font = FontRef::new(&cut).unwrap();
    let glyph = font.cmap().unwrap().map_codepoint('\u{20d7}').unwrap();
    let cff = CffFontRef::new_cff(font.table_data(CFF).unwrap().as_bytes(), 0, None).unwrap();
    let subfont = cff.subfont(0, &[] as &[F2Dot14]).unwrap();
    let mut bounds = ControlBoundsSink::new();
    cff.evaluate_charstring(&subfont, glyph, &[] as &[F2Dot14], &mut bounds).unwrap();
    let bounds = bounds.bounding_box().unwrap();
    assert_eq!([bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|edge| edge.to_i32()), [0, 521, 416, 711]);
    assert_eq!(font.hmtx().unwrap().advance(glyph), Some(416));
    let classes = font.gdef().unwrap().glyph_class_def().unwrap().unwrap();
    assert_eq!(classes.get(glyph), 1, "no combining mark, whose width browsers take away");
    let info = font.math().unwrap().math_glyph_info().unwrap();
    let points = info.math_top_accent_attachment().unwrap().unwrap();
    assert_eq!(points.top_accent_attachment()[0].value().to_i16(), 472 - 264);
}

#[test]
fn with_features_glyphs_keep_their_numbers() {
    let whole = Face::Regular.font().unwrap();
    let cut = subset(whole, &set("fi"), &[b"liga"]).unwrap();
    let (whole, font) = (FontRef::new(whole).unwrap(), FontRef::new(&cut).unwrap());
    let glyph = |font: &FontRef<'_>| font.cmap().unwrap().map_codepoint('i').unwrap();
    assert_eq!(glyph(&whole), glyph(&font));
    assert_eq!(whole.maxp().unwrap().num_glyphs(), font.maxp().unwrap().num_glyphs());
    let features = font.gsub().unwrap().feature_list().unwrap();
    assert!(features.feature_records().iter().all(|record| record.feature_tag() == Tag::new(b"liga")));
    assert!(drawn(&cut) > 3, "a ligature besides its letters");
}

#[test]
fn the_same_characters_make_the_same_bytes() {
    let characters = set("∑𝑥=𝛼²′");
    let font = math_font(&characters).unwrap();
    assert_eq!(font, math_font(&characters).unwrap());
    assert!(font.starts_with(b"wOF2"));
    assert!(font.len() < 12_000, "{} bytes", font.len());
}

#[test]
fn letters_are_slanted_and_hyphens_are_signs() {
    let font = subset(whole(), &faces::shown(&set("hΑω-")), &[]).unwrap();
    let font = FontRef::new(&font).unwrap();
    let has = |character: char| font.cmap().unwrap().map_codepoint(character).is_some();
    assert!("hΑω-ℎ𝛢𝜔−√ ".chars().all(has));
    assert!(!has('𝑎'));
}

#[test]
fn what_is_no_font_is_refused() {
    assert!(subset(b"no font", &set("a"), &[]).is_err());
    assert!(subset(&whole()[..5000], &set("a"), &[]).is_err());
    // DejaVu Sans Mono, whose outlines are not CFF.
    assert!(subset(typst_assets::fonts().nth(16).unwrap(), &set("a"), &[]).is_err());
}
