//! A picture becomes the files of its variants.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::Flaw;
use super::decode::{Decoded, decode};
use super::encode::encode;
use super::scale::scale;
use crate::read::{ImagesConfig, PictureFormat};

/// A variant as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Width in pixels.
    pub width: u32,
    /// What the bytes are.
    pub format: PictureFormat,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The variants of the picture that `bytes` hold, widths ascending. One that would be no narrower than the picture, or
/// would take no fewer bytes, is left out.
///
/// # Errors
/// A picture that cannot be decoded.
pub fn make(bytes: &[u8], config: &ImagesConfig) -> Result<Vec<Encoded>, Flaw> {
    // Decoders are given whatever authors have: one that stumbles must not take the build with it.
    let made = catch_unwind(AssertUnwindSafe(|| {
        let Some(picture) = decode(bytes)? else { return Ok(Vec::new()) };
        let narrower: Vec<u32> = config.widths.iter().copied().filter(|width| *width < picture.size.width).collect();
        let variants: Vec<Option<Encoded>> =
            narrower.into_par_iter().map(|width| variant(&picture, width, config)).collect();
        Ok(variants.into_iter().flatten().filter(|variant| variant.bytes.len() < bytes.len()).collect())
    }));
    made.unwrap_or_else(|_| Err(Flaw::Broken("the file is damaged".to_owned())))
}

/// The variant of `picture` at `width`, in the first of the formats that can hold it.
fn variant(picture: &Decoded, width: u32, config: &ImagesConfig) -> Option<Encoded> {
    let scaled = scale(picture, width)?;
    config
        .formats
        .iter()
        .find_map(|format| Some(Encoded { width, format: *format, bytes: encode(&scaled, *format, config.quality)? }))
}
