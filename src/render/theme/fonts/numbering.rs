//! The numbers of glyphs in the cut font.

use std::collections::BTreeMap;

use write_fonts::read::types::GlyphId;

use super::Glyphs;

/// Which glyphs the cut font has, and under which numbers.
#[derive(Debug)]
pub struct Numbering {
    /// Glyph `n` is `glyphs[n]` of the whole font; `None` is an empty one.
    glyphs: Vec<Option<GlyphId>>,
    /// The number of each glyph that is kept.
    numbers: BTreeMap<GlyphId, GlyphId>,
}

impl Numbering {
    /// The kept glyphs alone, in their order.
    pub fn dense(kept: &Glyphs) -> Self {
        Self::of(kept.iter().map(Some).collect())
    }

    /// All `count` glyphs under their numbers, those that are not kept empty.
    pub fn sparse(kept: &Glyphs, count: u16) -> Self {
        Self::of((0..count).map(GlyphId::from).map(|glyph| kept.contains(glyph).then_some(glyph)).collect())
    }

    fn of(glyphs: Vec<Option<GlyphId>>) -> Self {
        let numbered = glyphs.iter().enumerate().filter_map(|(number, glyph)| Some(((*glyph)?, number as u32)));
        let numbers = numbered.map(|(glyph, number)| (glyph, GlyphId::new(number))).collect();
        Self { glyphs, numbers }
    }

    /// The glyphs of the whole font in order of their numbers, `None` for an empty one.
    pub fn glyphs(&self) -> impl ExactSizeIterator<Item = Option<GlyphId>> {
        self.glyphs.iter().copied()
    }

    /// The number of a glyph of the whole font; `None` if it is not kept.
    pub fn number(&self, glyph: impl Into<GlyphId>) -> Option<GlyphId> {
        self.numbers.get(&glyph.into()).copied()
    }
}
