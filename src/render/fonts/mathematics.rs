//! What a mathematics font says of its glyphs: the forms that stretch, and where scripts and accents go.

use write_fonts::OffsetMarker;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::read::ReadError;
use write_fonts::read::tables::math::{self as read, MathVariants};
use write_fonts::read::types::GlyphId;
use write_fonts::tables::layout::CoverageTable;
use write_fonts::tables::math::{Math, MathGlyphConstruction, MathGlyphInfo};

use super::{FontError, Glyphs};

/// Adds to `glyphs` the forms that stretch of those in it, and answers the table without what it says of other glyphs.
pub fn keep(table: &read::Math<'_>, glyphs: &mut Glyphs) -> Result<Math, FontError> {
    let stretched = stretched(&table.math_variants()?, glyphs)?;
    let mut kept: Math = table.to_owned_table();
    // Forms that stretch don't stretch further, so they have no constructions of their own.
    let variants = &mut *kept.math_variants;
    let vertical = &mut variants.vert_glyph_constructions;
    variants.vert_glyph_coverage = constructions(variants.vert_glyph_coverage.take(), vertical, glyphs).into();
    let horizontal = &mut variants.horiz_glyph_constructions;
    variants.horiz_glyph_coverage = constructions(variants.horiz_glyph_coverage.take(), horizontal, glyphs).into();
    glyphs.union(&stretched);
    glyph_info(&mut kept.math_glyph_info, glyphs);
    Ok(kept)
}

/// The larger forms of `glyphs`, and the parts that they can be put together of.
fn stretched(variants: &MathVariants<'_>, glyphs: &Glyphs) -> Result<Glyphs, ReadError> {
    let mut stretched = Glyphs::empty();
    let vertical = (variants.vert_glyph_coverage().transpose()?, variants.vert_glyph_constructions());
    let horizontal = (variants.horiz_glyph_coverage().transpose()?, variants.horiz_glyph_constructions());
    for (coverage, constructions) in [vertical, horizontal] {
        let Some(coverage) = coverage else { continue };
        for (position, glyph) in coverage.iter().enumerate() {
            if !glyphs.contains(GlyphId::from(glyph)) {
                continue;
            }
            let construction = constructions.get(position)?;
            let variants = construction.math_glyph_variant_records();
            stretched.extend(variants.iter().map(|variant| GlyphId::from(variant.variant_glyph())));
            if let Some(assembly) = construction.glyph_assembly().transpose()? {
                stretched.extend(assembly.part_records().iter().map(|part| GlyphId::from(part.glyph_id())));
            }
        }
    }
    Ok(stretched)
}

/// Leaves those of `constructions` whose glyph is in `glyphs`, and answers these glyphs.
fn constructions(
    coverage: Option<Box<CoverageTable>>,
    constructions: &mut Vec<OffsetMarker<MathGlyphConstruction>>,
    glyphs: &Glyphs,
) -> Option<CoverageTable> {
    let (coverage, kept) = prune(&*coverage?, std::mem::take(constructions), glyphs)?;
    *constructions = kept;
    Some(coverage)
}

/// Leaves what is said of `glyphs`.
fn glyph_info(info: &mut MathGlyphInfo, glyphs: &Glyphs) {
    if let Some(mut table) = info.math_italics_correction_info.take()
        && let Some(kept) = prune(&table.coverage, std::mem::take(&mut table.italics_correction), glyphs)
    {
        (*table.coverage, table.italics_correction) = kept;
        info.math_italics_correction_info.set(*table);
    }
    if let Some(mut table) = info.math_top_accent_attachment.take()
        && let Some(kept) = prune(&table.top_accent_coverage, std::mem::take(&mut table.top_accent_attachment), glyphs)
    {
        (*table.top_accent_coverage, table.top_accent_attachment) = kept;
        info.math_top_accent_attachment.set(*table);
    }
    if let Some(mut table) = info.math_kern_info.take()
        && let Some(kept) = prune(&table.math_kern_coverage, std::mem::take(&mut table.math_kern_info_records), glyphs)
    {
        (*table.math_kern_coverage, table.math_kern_info_records) = kept;
        info.math_kern_info.set(*table);
    }
    if let Some(coverage) = info.extended_shape_coverage.take() {
        let nothing = coverage.iter().map(|_| ()).collect();
        info.extended_shape_coverage = prune(&coverage, nothing, glyphs).map(|(coverage, _)| coverage).into();
    }
}

/// Those of `coverage` that are in `glyphs`, with their `records`, which are in its order; `None` if there are none.
fn prune<T>(coverage: &CoverageTable, records: Vec<T>, glyphs: &Glyphs) -> Option<(CoverageTable, Vec<T>)> {
    let pairs = coverage.iter().zip(records).filter(|(glyph, _)| glyphs.contains(*glyph));
    let (covered, records): (Vec<GlyphId>, Vec<T>) = pairs.unzip();
    (!covered.is_empty()).then(|| (covered.into_iter().collect(), records))
}
