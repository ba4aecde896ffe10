//! Fonts cut down to the characters that a site uses.
//!
//! A glyph keeps its number: the outlines of those that are not needed become empty, so that what the other tables say
//! of glyphs stays true. What is needed is closed over substitutions ([`substitutions`]) and the taller and wider forms
//! of mathematics ([`mathematics`]). The outlines ([`outlines`]) are nearly all of a font; emptied ones compress to
//! nothing.

mod faces;
mod mathematics;
mod outlines;
mod substitutions;
mod tables;

use std::collections::BTreeSet;
use std::fmt;

use ttf2woff2::BrotliQuality;
use write_fonts::FontBuilder;
use write_fonts::read::collections::IntSet;
use write_fonts::read::types::{GlyphId, Tag};
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::tables::math::Math;
use write_fonts::tables::{cmap, gsub, name};

pub use self::faces::{Face, math_font, text_font};

/// How hard to compress, of 11: a level more takes twice the time and saves 3 %.
const QUALITY: u8 = 10;

/// Why a font cannot be cut down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontError {
    /// What is wrong with it.
    message: String,
}

impl FontError {
    fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string() }
    }
}

impl fmt::Display for FontError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for FontError {}

impl From<write_fonts::read::ReadError> for FontError {
    fn from(error: write_fonts::read::ReadError) -> Self {
        Self::new(error)
    }
}

impl From<write_fonts::BuilderError> for FontError {
    fn from(error: write_fonts::BuilderError) -> Self {
        Self::new(error)
    }
}

/// The glyphs that are kept.
type Glyphs = IntSet<GlyphId>;

/// Tables that hold as they are.
const KEPT: [&[u8; 4]; 8] = [b"head", b"hhea", b"maxp", b"OS/2", b"post", b"GDEF", b"GPOS", b"BASE"];

/// `font`, an OpenType font with CFF outlines, with the outlines that `characters` need under `features`, and no
/// others. Characters that it hasn't are left out. The same arguments yield the same bytes.
///
/// A mathematics font maps primes to their forms for scripts: a prime stands in a script always, and not every browser
/// makes the substitution.
///
/// # Errors
/// If `font` cannot be read, or is of a kind that none of the built-in fonts is: `glyf` outlines, CID-keyed.
pub fn subset(font: &[u8], characters: &BTreeSet<char>, features: &[&[u8; 4]]) -> Result<Vec<u8>, FontError> {
    let font = FontRef::new(font)?;
    let substitutions = font.gsub().ok();
    let math = font.math().ok();
    let mut mapping = tables::mapping(&font, characters)?;
    if let (Some(_), Some(substitutions)) = (&math, &substitutions) {
        substitutions::set_primes(&mut mapping, substitutions)?;
    }
    let mut glyphs: Glyphs = mapping.iter().map(|(_, glyph)| *glyph).collect();
    glyphs.insert(GlyphId::NOTDEF);
    let kept = substitutions.map(|table| substitutions::keep(&table, features, &mut glyphs)).transpose()?.flatten();
    let math = math.map(|math| mathematics::keep(&math, &mut glyphs)).transpose()?;

    let mut builder = FontBuilder::new();
    for tag in KEPT.map(Tag::new) {
        if let Some(table) = font.table_data(tag) {
            builder.add_raw(tag, table.as_bytes());
        }
    }
    builder.add_raw(Tag::new(b"CFF "), outlines::keep(table(&font, b"CFF ")?, &glyphs)?);
    builder.add_raw(Tag::new(b"hmtx"), tables::metrics(&font, &glyphs)?);
    builder.add_table::<cmap::Cmap>(&cmap::Cmap::from_mappings(mapping).map_err(FontError::new)?)?;
    builder.add_table::<name::Name>(&tables::names(&font)?)?;
    if let Some(kept) = kept {
        builder.add_table::<gsub::Gsub>(&kept)?;
    }
    if let Some(math) = math {
        builder.add_table::<Math>(&math)?;
    }
    Ok(builder.build())
}

/// The bytes of the table `tag`.
fn table<'a>(font: &FontRef<'a>, tag: &[u8; 4]) -> Result<&'a [u8], FontError> {
    let absent = || FontError::new(format_args!("no table {}", Tag::new(tag)));
    font.table_data(Tag::new(tag)).map(|table| table.as_bytes()).ok_or_else(absent)
}

/// An OpenType font as WOFF2, as browsers take it. The same bytes each time.
///
/// # Errors
/// If it is not an OpenType font.
pub fn woff2(font: &[u8]) -> Result<Vec<u8>, FontError> {
    ttf2woff2::encode(font, BrotliQuality::from(QUALITY)).map_err(FontError::new)
}
