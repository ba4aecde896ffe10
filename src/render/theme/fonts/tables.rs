//! The small tables: characters, names, widths.

use std::collections::BTreeSet;

use write_fonts::FontBuilder;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::read::types::{GlyphId, GlyphId16};
use write_fonts::read::{FontRef, TableProvider};
use write_fonts::tables::gdef::Gdef;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::Name;

use super::{Accents, FontError, Numbering};

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

/// Adds how many glyphs there are, and how wide each is. An empty glyph has no width.
pub fn add_metrics(
    builder: &mut FontBuilder<'_>,
    font: &FontRef<'_>,
    numbering: &Numbering,
    accents: &Accents,
) -> Result<(), FontError> {
    let whole = font.hmtx()?;
    let accent = |glyph: Option<GlyphId>| accents.get(&glyph?);
    let metric = |glyph: Option<GlyphId>| match glyph {
        _ if let Some(accent) = accent(glyph) => LongMetric { advance: accent.width, side_bearing: 0 },
        Some(glyph) => LongMetric {
            advance: whole.advance(glyph).unwrap_or_default(),
            side_bearing: whole.side_bearing(glyph).unwrap_or_default(),
        },
        None => LongMetric { advance: 0, side_bearing: 0 },
    };
    let metrics: Vec<LongMetric> = numbering.glyphs().map(metric).collect();
    let count = u16::try_from(metrics.len()).map_err(FontError::new)?;
    let mut header: Hhea = font.hhea()?.to_owned_table();
    header.number_of_h_metrics = count;
    let mut profile: Maxp = font.maxp()?.to_owned_table();
    profile.num_glyphs = count;
    builder.add_table(&header)?.add_table(&profile)?.add_table(&Hmtx::new(metrics, Vec::new()))?;
    Ok(())
}

/// Says that no glyph is a combining mark: else browsers take the width of an accent away.
pub fn classes(numbering: &Numbering) -> Result<Gdef, FontError> {
    const BASE: u16 = 1;
    let count = u16::try_from(numbering.glyphs().len()).map_err(FontError::new)?;
    let classes = (0..count).map(|number| (GlyphId16::new(number), BASE));
    Ok(Gdef::new(Some(classes.collect()), None, None, None))
}
