//! The fonts that come with Essai, all under free licences.

use std::collections::BTreeSet;

use super::{FontError, subset, woff2};

/// A font that comes with Essai.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// Libertinus Serif.
    Regular,
    /// Libertinus Serif Bold.
    Bold,
    /// Libertinus Serif Italic.
    Italic,
    /// Libertinus Serif Bold Italic.
    BoldItalic,
    /// New Computer Modern Math Book: a little darker than the regular one, as screens want it.
    Math,
}

impl Face {
    /// The whole font as OpenType.
    pub(super) fn font(self) -> Result<&'static [u8], FontError> {
        let position = match self {
            Self::Regular => 0,
            Self::Bold => 1,
            Self::Italic => 2,
            Self::BoldItalic => 3,
            Self::Math => 7,
        };
        typst_assets::fonts().nth(position).ok_or_else(|| FontError::new("the font is not in the binary"))
    }
}

/// Features of text that a style sheet may ask for: what browsers do unasked, old-style and table figures.
const TEXT_FEATURES: [&[u8; 4]; 7] = [b"calt", b"ccmp", b"liga", b"lnum", b"locl", b"onum", b"tnum"];

/// The features of small capitals, which bold text does without.
const SMALL_CAPITALS: [&[u8; 4]; 2] = [b"c2sc", b"smcp"];

/// The text font `face` with `characters`, as WOFF2.
///
/// # Errors
/// Only if the font in the binary is damaged.
pub fn text_font(face: Face, characters: &BTreeSet<char>) -> Result<Vec<u8>, FontError> {
    let mut characters = characters.clone();
    characters.extend([' ', '\u{a0}']);
    let has_small_capitals = matches!(face, Face::Regular | Face::Italic);
    let small_capitals = SMALL_CAPITALS.iter().filter(|_| has_small_capitals);
    let features: Vec<&[u8; 4]> = TEXT_FEATURES.iter().chain(small_capitals).copied().collect();
    woff2(&subset(face.font()?, &characters, &features)?)
}

/// The mathematics font with `characters`, as WOFF2; with what browsers show for them in mathematics, and the sign of
/// roots, which is in no text.
///
/// # Errors
/// Only if the font in the binary is damaged.
pub fn math_font(characters: &BTreeSet<char>) -> Result<Vec<u8>, FontError> {
    woff2(&subset(Face::Math.font()?, &shown(characters), &[])?)
}

/// `characters` and what browsers show for them in mathematics.
pub(super) fn shown(characters: &BTreeSet<char>) -> BTreeSet<char> {
    let shown = characters.iter().flat_map(|character| [*character, in_mathematics(*character)]);
    shown.chain([' ', '\u{a0}', '√']).collect()
}

/// What a browser shows for `character` where it is alone in its `<mi>` or `<mo>`: a letter is slanted, a hyphen a
/// minus sign.
fn in_mathematics(character: char) -> char {
    let from = |start: u32, first: char| char::from_u32(start + character as u32 - first as u32);
    let slanted = match character {
        'h' => Some('ℎ'),
        'A'..='Z' => from(0x1d434, 'A'),
        'a'..='z' => from(0x1d44e, 'a'),
        'Α'..='Ω' => from(0x1d6e2, 'Α'),
        'α'..='ω' => from(0x1d6fc, 'α'),
        'ı' => Some('𝚤'),
        'ȷ' => Some('𝚥'),
        'ϴ' => Some('𝛳'),
        '∇' => Some('𝛻'),
        '∂' => Some('𝜕'),
        'ϵ' => Some('𝜖'),
        'ϑ' => Some('𝜗'),
        'ϰ' => Some('𝜘'),
        'ϕ' => Some('𝜙'),
        'ϱ' => Some('𝜚'),
        'ϖ' => Some('𝜛'),
        '-' => Some('−'),
        _ => None,
    };
    slanted.unwrap_or(character)
}
