//! Fonts cut down to the characters that a site uses.
//!
//! What is needed is closed over substitutions ([`substitutions`]) and the larger forms of mathematics
//! ([`mathematics`]); the outlines ([`outlines`]) of other glyphs, which are nearly all of a font, go. Where the tables
//! of layout stay, which speak of glyphs in many ways, each glyph keeps its number ([`numbering`]).

mod accents;
mod faces;
mod mathematics;
mod numbering;
mod outlines;
mod substitutions;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ttf2woff2::BrotliQuality;
use write_fonts::FontBuilder;
use write_fonts::read::collections::IntSet;
use write_fonts::read::types::{GlyphId, Tag};
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::tables::cmap::Cmap;

use self::accents::Accent;
pub use self::faces::{Face, math_font, text_font};
use self::numbering::Numbering;

/// How hard to compress, of 11: 3 ms for 200 characters of mathematics. The hardest saves 9 % and takes 240 ms.
const QUALITY: u8 = 5;

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

const CFF: Tag = Tag::new(b"CFF ");

/// Accents that have been moved, by their glyphs in the whole font.
type Accents = BTreeMap<GlyphId, Accent>;

/// The glyphs that are kept.
type Glyphs = IntSet<GlyphId>;

/// Tables that hold as they are, whatever the glyphs.
const KEPT: [&[u8; 4]; 3] = [b"head", b"OS/2", b"post"];

/// Tables of layout that hold as long as glyphs keep their numbers.
const LAYOUT: [&[u8; 4]; 2] = [b"GDEF", b"GPOS"];

/// `font`, an OpenType font with CFF outlines, with what `characters` need under `features`, and no more. Characters
/// that it hasn't are left out. Without features it has no tables of layout, kerning neither. The same arguments yield
/// the same bytes.
///
/// A mathematics font maps primes to their forms for scripts: a prime stands in a script always, and not every browser
/// makes the substitution. Its [`accents`] stand where they are drawn.
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
    let substitutions = substitutions.map(|table| substitutions::keep(&table, features, &mut glyphs)).transpose()?;
    math.as_ref().map(|math| mathematics::close(math, &mut glyphs)).transpose()?;
    let accents = math.as_ref().map(|_| accents::accents(&font, &mapping)).transpose()?.unwrap_or_default();
    let numbering = match features {
        [] => Numbering::dense(&glyphs),
        _ => Numbering::sparse(&glyphs, font.maxp()?.num_glyphs()),
    };

    let mut builder = FontBuilder::new();
    let layout = LAYOUT.iter().filter(|_| !features.is_empty());
    for tag in KEPT.iter().chain(layout).map(|tag| Tag::new(tag)) {
        if let Some(table) = font.table_data(tag) {
            builder.add_raw(tag, table.as_bytes());
        }
    }
    let outlines = font.table_data(CFF).ok_or_else(|| FontError::new("the font has no CFF outlines"))?;
    builder.add_raw(CFF, outlines::keep(outlines.as_bytes(), &numbering, &accents)?);
    tables::add_metrics(&mut builder, &font, &numbering, &accents)?;
    let mapping = mapping.iter().filter_map(|(character, glyph)| Some((*character, numbering.number(*glyph)?)));
    builder.add_table(&Cmap::from_mappings(mapping).map_err(FontError::new)?)?;
    builder.add_table(&tables::names(&font)?)?;
    if let Some(substitutions) = substitutions.flatten() {
        builder.add_table(&substitutions)?;
    }
    if let Some(math) = math {
        builder.add_table(&tables::classes(&numbering)?)?;
        builder.add_table(&mathematics::keep(&math, &numbering, &accents)?)?;
    }
    Ok(builder.build())
}

/// An OpenType font as WOFF2, as browsers take it. The same bytes each time.
///
/// # Errors
/// If it is not an OpenType font.
pub fn woff2(font: &[u8]) -> Result<Vec<u8>, FontError> {
    ttf2woff2::encode(font, BrotliQuality::from(QUALITY)).map_err(FontError::new)
}

#[cfg(test)]
mod tests;
