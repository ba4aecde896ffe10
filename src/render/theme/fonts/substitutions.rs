//! Substitutions: which glyphs they can yield, and the table without those that no one asks for.

use write_fonts::from_obj::ToOwnedTable;
use write_fonts::read::collections::IntSet;
use write_fonts::read::tables::gsub::{self as read, AlternateSubst, SubstitutionSubtables};
use write_fonts::read::types::{GlyphId, Tag};
use write_fonts::tables::gsub::{Gsub, SubstitutionLookup};
use write_fonts::tables::layout::{LangSys, ScriptList};

use super::{FontError, Glyphs};

/// The primes, forwards and backwards, one to four.
const PRIMES: [char; 7] = ['′', '″', '‴', '⁗', '‵', '‶', '‷'];

/// Adds to `glyphs` what `features` can make of them, and answers the table with these features alone; `None` if it
/// would have none.
pub fn keep(table: &read::Gsub<'_>, features: &[&[u8; 4]], glyphs: &mut Glyphs) -> Result<Option<Gsub>, FontError> {
    let lookups = lookups(table, features)?;
    if lookups.is_empty() {
        return Ok(None);
    }
    table.closure_glyphs(&lookups, glyphs)?;
    // With those that a contextual substitution calls.
    let mut reachable = lookups;
    table.closure_lookups(glyphs, &mut reachable)?;

    let mut kept: Gsub = table.to_owned_table();
    let number = |position: usize| u16::try_from(position).map_err(FontError::new);
    if let Some(list) = kept.lookup_list.as_mut() {
        for (position, lookup) in list.lookups.iter_mut().enumerate() {
            if !reachable.contains(number(position)?) {
                *lookup = SubstitutionLookup::default().into();
            }
        }
    }
    let mut places = Vec::new();
    if let Some(list) = kept.feature_list.as_mut() {
        let mut next = 0;
        for record in &list.feature_records {
            let is_kept = is_one_of(record.feature_tag, features);
            places.push(is_kept.then_some(next));
            next += u16::from(is_kept);
        }
        list.feature_records.retain(|record| is_one_of(record.feature_tag, features));
    }
    if let Some(scripts) = kept.script_list.as_mut() {
        renumber(scripts, &places);
    }
    Ok(Some(kept))
}

fn is_one_of(tag: Tag, features: &[&[u8; 4]]) -> bool {
    features.iter().any(|feature| Tag::new(feature) == tag)
}

/// The lookups that `features` name themselves.
fn lookups(table: &read::Gsub<'_>, features: &[&[u8; 4]]) -> Result<IntSet<u16>, FontError> {
    let tags: IntSet<Tag> = features.iter().map(|feature| Tag::new(feature)).collect();
    let features = table.collect_features(&IntSet::all(), &IntSet::all(), &tags)?;
    Ok(table.collect_lookups(&features)?)
}

/// Gives features their new numbers: `places[old]`, `None` for one that is gone.
fn renumber(scripts: &mut ScriptList, places: &[Option<u16>]) {
    let place = |feature: &u16| places.get(usize::from(*feature)).copied().flatten();
    let renumber = |language: &mut LangSys| {
        language.required_feature_index = place(&language.required_feature_index).unwrap_or(u16::MAX);
        language.feature_indices = language.feature_indices.iter().filter_map(place).collect();
    };
    for record in &mut scripts.script_records {
        record.script.default_lang_sys.as_mut().into_iter().for_each(renumber);
        record.script.lang_sys_records.iter_mut().for_each(|record| renumber(&mut record.lang_sys));
    }
}

/// Maps primes to their forms for scripts.
pub fn set_primes(mapping: &mut [(char, GlyphId)], table: &read::Gsub<'_>) -> Result<(), FontError> {
    for (_, glyph) in mapping.iter_mut().filter(|(character, _)| PRIMES.contains(character)) {
        *glyph = in_script(*glyph, table)?.unwrap_or(*glyph);
    }
    Ok(())
}

/// The form of `glyph` for scripts of the first level.
fn in_script(glyph: GlyphId, table: &read::Gsub<'_>) -> Result<Option<GlyphId>, FontError> {
    let list = table.lookup_list()?;
    for lookup in lookups(table, &[b"ssty"])?.iter() {
        let SubstitutionSubtables::Alternate(subtables) = list.lookups().get(usize::from(lookup))?.subtables()? else {
            continue;
        };
        for subtable in subtables.iter() {
            let AlternateSubst::Format1(subtable) = subtable? else { continue };
            if let Some(position) = subtable.coverage()?.get(glyph) {
                let alternates = subtable.alternate_sets().get(position as usize)?;
                return Ok(alternates.alternate_glyph_ids().first().map(|glyph| glyph.get().into()));
            }
        }
    }
    Ok(None)
}
