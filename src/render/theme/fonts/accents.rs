//! Accents that a font draws to the left of where they stand, as combining marks want it.
//!
//! Browsers centre an accent over its base by its width, and these have none. So they are moved, and get a width, as
//! New Computer Modern Math has done it for some.

use write_fonts::read::ps::cff::CffFontRef;
use write_fonts::read::ps::charstring::{CommandSink, ControlBoundsSink};
use write_fonts::read::types::{F2Dot14, Fixed, GlyphId};
use write_fonts::read::{FontRef, TableProvider};

use super::{Accents, CFF, FontError};

/// Combining marks that MathML has as accents: lines, arrows, three and four dots.
const ACCENTS: [char; 6] = ['\u{305}', '\u{332}', '\u{20d6}', '\u{20d7}', '\u{20db}', '\u{20dc}'];

/// An accent that has been moved, in units of the font.
#[derive(Debug)]
pub struct Accent {
    /// Its outline as a charstring.
    pub outline: Vec<u8>,
    /// How far it has been moved to the right.
    pub shift: i16,
    /// Its width.
    pub width: u16,
}

/// Moves those accents of `mapping` that have no width.
pub fn accents(font: &FontRef<'_>, mapping: &[(char, GlyphId)]) -> Result<Accents, FontError> {
    let table = font.table_data(CFF).ok_or_else(|| FontError::new("the font has no CFF outlines"))?;
    let cff = CffFontRef::new_cff(table.as_bytes(), 0, None).map_err(FontError::new)?;
    let no_axes: &[F2Dot14] = &[];
    let subfont = cff.subfont(0, no_axes).map_err(FontError::new)?;
    let metrics = font.hmtx()?;
    let mut accents = Accents::new();
    let marks = mapping.iter().filter(|(character, glyph)| {
        ACCENTS.contains(character) && metrics.advance(*glyph).is_some_and(|advance| advance == 0)
    });
    for (_, glyph) in marks {
        let mut bounds = ControlBoundsSink::new();
        cff.evaluate_charstring(&subfont, *glyph, no_axes, &mut bounds).map_err(FontError::new)?;
        let Some(bounds) = bounds.bounding_box() else { continue };
        let shift = -whole(bounds.x_min)?;
        let mut outline = Outline { shift, charstring: Vec::new(), at: (0, 0), error: None };
        cff.evaluate_charstring(&subfont, *glyph, no_axes, &mut outline).map_err(FontError::new)?;
        let width = u16::try_from(whole(bounds.x_max)? + shift).map_err(FontError::new)?;
        accents.insert(*glyph, Accent { outline: outline.finished()?, shift, width });
    }
    Ok(accents)
}

/// A coordinate in units of the font.
fn whole(coordinate: Fixed) -> Result<i16, FontError> {
    i16::try_from(coordinate.to_i32()).map_err(FontError::new)
}

/// Writes an outline as a charstring, moved.
struct Outline {
    shift: i16,
    charstring: Vec<u8>,
    /// The point that the next one is relative to.
    at: (i16, i16),
    error: Option<FontError>,
}

impl Outline {
    const MOVE: u8 = 21;
    const LINE: u8 = 5;
    const CURVE: u8 = 8;
    const END: u8 = 14;

    /// Adds an operator, which goes through `points`.
    fn add(&mut self, operator: u8, points: &[(Fixed, Fixed)]) {
        for (x, y) in points {
            let (x, y) = match (whole(*x), whole(*y)) {
                (Ok(x), Ok(y)) => (x.saturating_add(self.shift), y),
                (Err(error), _) | (_, Err(error)) => {
                    self.error = Some(error);
                    return;
                }
            };
            for distance in [x.saturating_sub(self.at.0), y.saturating_sub(self.at.1)] {
                self.charstring.push(28);
                self.charstring.extend(distance.to_be_bytes());
            }
            self.at = (x, y);
        }
        self.charstring.push(operator);
    }

    fn finished(mut self) -> Result<Vec<u8>, FontError> {
        self.charstring.push(Self::END);
        self.error.map_or(Ok(self.charstring), Err)
    }
}

impl CommandSink for Outline {
    fn move_to(&mut self, x: Fixed, y: Fixed) {
        self.add(Self::MOVE, &[(x, y)]);
    }

    fn line_to(&mut self, x: Fixed, y: Fixed) {
        self.add(Self::LINE, &[(x, y)]);
    }

    fn curve_to(&mut self, cx0: Fixed, cy0: Fixed, cx1: Fixed, cy1: Fixed, x: Fixed, y: Fixed) {
        self.add(Self::CURVE, &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {}
}
