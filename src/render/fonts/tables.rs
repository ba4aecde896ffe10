//! The small tables: characters, names, widths.

use std::collections::BTreeSet;

use write_fonts::from_obj::ToOwnedTable;
use write_fonts::read::types::GlyphId;
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::tables::name::Name;

use super::{FontError, Glyphs, table};

/// Names that say who made the font, and under which licence.
const NAMES: [u16; 8] = [0, 1, 2, 4, 5, 6, 13, 14];

/// The glyphs of those `characters` that the font has, in order.
pub fn mapping(font: &FontRef<'_>, characters: &BTreeSet<char>) -> Result<Vec<(char, GlyphId)>, FontError> {
    let cmap = font.cmap()?;
    let glyph = |character: &char| Some((*character, cmap.map_codepoint(*character)?));
    Ok(characters.iter().filter_map(glyph).collect())
}

/// The names that stay.
pub fn names(font: &FontRef<'_>) -> Result<Name, FontError> {
    const WINDOWS: u16 = 3;
    let mut names: Name = font.name()?.to_owned_table();
    names.name_record.retain(|name| name.platform_id == WINDOWS && NAMES.contains(&name.name_id.to_u16()));
    Ok(names)
}

/// The widths of glyphs, those of emptied ones as zero, which compresses better.
pub fn metrics(font: &FontRef<'_>, glyphs: &Glyphs) -> Result<Vec<u8>, FontError> {
    let mut metrics = table(font, b"hmtx")?.to_vec();
    let long = usize::from(font.hhea()?.number_of_h_metrics());
    let (advances, bearings) = metrics.split_at_mut_checked(4 * long).ok_or_else(|| FontError::new("short hmtx"))?;
    // The last advance is that of all glyphs after it.
    let kept = |glyph: usize| glyph + 1 == long || glyphs.contains(GlyphId::from(glyph as u32));
    let advances = advances.chunks_exact_mut(4).enumerate().filter(|(glyph, _)| !kept(*glyph));
    advances.for_each(|(_, metric)| metric.fill(0));
    let bearings = bearings.chunks_exact_mut(2).enumerate().filter(|(glyph, _)| !kept(long + glyph));
    bearings.for_each(|(_, bearing)| bearing.fill(0));
    Ok(metrics)
}
