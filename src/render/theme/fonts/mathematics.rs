//! What a mathematics font says of its glyphs: the forms that stretch, and where scripts and accents go.

use write_fonts::OffsetMarker;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::read::ReadError;
use write_fonts::read::tables::math::{self as read, MathVariants};
use write_fonts::read::types::{GlyphId, GlyphId16};
use write_fonts::tables::layout::CoverageTable;
use write_fonts::tables::math::{Math, MathGlyphConstruction, MathGlyphInfo};

use super::{Accents, FontError, Glyphs, Numbering};

/// Adds to `glyphs` their larger forms, and the parts that these can be put together of.
pub fn close(table: &read::Math<'_>, glyphs: &mut Glyphs) -> Result<(), FontError> {
    let variants = table.math_variants()?;
    loop {
        let before = glyphs.len();
        let stretched = stretched(&variants, glyphs)?;
        glyphs.union(&stretched);
        if glyphs.len() == before {
            return Ok(());
        }
    }
}

/// The larger forms of `glyphs` and their parts.
fn stretched(variants: &MathVariants<'_>, glyphs: &Glyphs) -> Result<Glyphs, ReadError> {
    let mut stretched = Glyphs::empty();
    let vertical = (variants.vert_glyph_coverage().transpose()?, variants.vert_glyph_constructions());
    let horizontal = (variants.horiz_glyph_coverage().transpose()?, variants.horiz_glyph_constructions());
    for (coverage, constructions) in [vertical, horizontal] {
        let Some(coverage) = coverage else { continue };
        let covered = coverage.iter().enumerate().filter(|(_, glyph)| glyphs.contains(*glyph));
        for (position, _) in covered {
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

/// The table without what it says of other glyphs than those of `numbering`, which is closed.
pub fn keep(table: &read::Math<'_>, numbering: &Numbering, accents: &Accents) -> Result<Math, FontError> {
    let mut kept: Math = table.to_owned_table();
    if let Some(table) = kept.math_glyph_info.math_top_accent_attachment.as_mut() {
        for (glyph, point) in table.top_accent_coverage.iter().zip(&mut table.top_accent_attachment) {
            let shift = accents.get(&glyph).map_or(0, |accent| accent.shift);
            point.value = point.value.to_i16().saturating_add(shift).into();
        }
    }
    let variants = &mut *kept.math_variants;
    let vertical = &mut variants.vert_glyph_constructions;
    variants.vert_glyph_coverage = constructions(variants.vert_glyph_coverage.take(), vertical, numbering)?.into();
    let horizontal = &mut variants.horiz_glyph_constructions;
    variants.horiz_glyph_coverage = constructions(variants.horiz_glyph_coverage.take(), horizontal, numbering)?.into();
    glyph_info(&mut kept.math_glyph_info, numbering)?;
    Ok(kept)
}

/// Leaves those of `constructions` whose glyph is kept, and answers these glyphs.
fn constructions(
    coverage: Option<Box<CoverageTable>>,
    constructions: &mut Vec<OffsetMarker<MathGlyphConstruction>>,
    numbering: &Numbering,
) -> Result<Option<CoverageTable>, FontError> {
    let pruned = coverage.map(|coverage| prune(&coverage, std::mem::take(constructions), numbering)).transpose()?;
    let Some((coverage, mut kept)) = pruned.flatten() else { return Ok(None) };
    for construction in &mut kept {
        for variant in &mut construction.math_glyph_variant_records {
            variant.variant_glyph = number(variant.variant_glyph.into(), numbering)?;
        }
        for part in construction.glyph_assembly.iter_mut().flat_map(|assembly| &mut assembly.part_records) {
            part.glyph_id = number(part.glyph_id.into(), numbering)?;
        }
    }
    *constructions = kept;
    Ok(Some(coverage))
}

/// Leaves what is said of kept glyphs.
fn glyph_info(info: &mut MathGlyphInfo, numbering: &Numbering) -> Result<(), FontError> {
    if let Some(mut table) = info.math_italics_correction_info.take()
        && let Some(kept) = prune(&table.coverage, std::mem::take(&mut table.italics_correction), numbering)?
    {
        (*table.coverage, table.italics_correction) = kept;
        info.math_italics_correction_info.set(*table);
    }
    if let Some(mut table) = info.math_top_accent_attachment.take()
        && let Some(kept) =
            prune(&table.top_accent_coverage, std::mem::take(&mut table.top_accent_attachment), numbering)?
    {
        (*table.top_accent_coverage, table.top_accent_attachment) = kept;
        info.math_top_accent_attachment.set(*table);
    }
    if let Some(mut table) = info.math_kern_info.take()
        && let Some(kept) =
            prune(&table.math_kern_coverage, std::mem::take(&mut table.math_kern_info_records), numbering)?
    {
        (*table.math_kern_coverage, table.math_kern_info_records) = kept;
        info.math_kern_info.set(*table);
    }
    if let Some(coverage) = info.extended_shape_coverage.take() {
        let nothing = coverage.iter().map(|_| ()).collect();
        info.extended_shape_coverage = prune(&coverage, nothing, numbering)?.map(|(coverage, _)| coverage).into();
    }
    Ok(())
}

/// What is kept of a coverage, with the records that are in its order.
type Pruned<T> = Option<(CoverageTable, Vec<T>)>;

/// Those of `coverage` that are kept, with their `records`; `None` if there are none.
fn prune<T>(coverage: &CoverageTable, records: Vec<T>, numbering: &Numbering) -> Result<Pruned<T>, FontError> {
    let mut covered = Vec::new();
    let mut kept = Vec::new();
    for (glyph, record) in coverage.iter().zip(records) {
        if numbering.number(glyph).is_some() {
            covered.push(number(glyph, numbering)?);
            kept.push(record);
        }
    }
    Ok((!covered.is_empty()).then(|| (covered.into(), kept)))
}

/// The number of `glyph`, as this table writes it.
fn number(glyph: GlyphId, numbering: &Numbering) -> Result<GlyphId16, FontError> {
    let number = numbering.number(glyph).ok_or_else(|| FontError::new("a form that stretches is missing"))?;
    GlyphId16::try_from(number).map_err(FontError::new)
}
