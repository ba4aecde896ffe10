//! The bytes of a picture become pixels.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, Limits};

use super::Flaw;
use crate::read::PictureSize;

/// The most pixels that a picture may have: a file of a few kilobytes can claim billions.
pub const MOST_PIXELS: u64 = 100_000_000;

/// The most bytes that decoding one picture may take.
const MOST_BYTES: u64 = 1 << 30;

/// A picture as pixels, upright.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Width and height.
    pub size: PictureSize,
    /// Rows from the top, each from the left; three bytes a pixel, or four with transparency.
    pub pixels: Vec<u8>,
    /// What the bytes of a pixel are.
    pub channels: Channels,
    /// The ICC profile that says which colours the bytes mean, where it is not sRGB.
    pub profile: Option<Vec<u8>>,
    /// Whether the file held every pixel exactly as it was.
    pub fidelity: Fidelity,
}

/// What the bytes of a pixel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channels {
    /// Red, green and blue.
    Rgb,
    /// Red, green, blue and opacity.
    Rgba,
}

/// What a file format does to the pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fidelity {
    /// It keeps them: a drawing, a screenshot.
    Exact,
    /// It smooths them: a photograph.
    Lossy,
}

/// Whether a picture of `size` is not even tried.
pub fn is_too_large(size: PictureSize) -> bool {
    u64::from(size.width) * u64::from(size.height) > MOST_PIXELS
}

/// Decodes a PNG, JPEG or WebP file and turns it as its EXIF data say. `None` for any other format and for a picture
/// that moves.
///
/// # Errors
/// Bytes that are damaged or cut off, or more pixels than [`MOST_PIXELS`].
pub fn decode(bytes: &[u8]) -> Result<Option<Decoded>, Flaw> {
    let reader = Cursor::new(bytes);
    let broken = |error: ImageError| Flaw::Broken(reason(&error));
    match image::guess_format(bytes) {
        Ok(ImageFormat::Png) => {
            let decoder = PngDecoder::with_limits(reader, limits()).map_err(broken)?;
            if decoder.is_apng().map_err(broken)? {
                return Ok(None);
            }
            pixels(decoder, Fidelity::Exact).map(Some)
        }
        Ok(ImageFormat::Jpeg) if !is_whole_jpeg(bytes) => Err(Flaw::Broken("the file ends too early".to_owned())),
        Ok(ImageFormat::Jpeg) => pixels(JpegDecoder::new(reader).map_err(broken)?, Fidelity::Lossy).map(Some),
        Ok(ImageFormat::WebP) => {
            let decoder = WebPDecoder::new(reader).map_err(broken)?;
            if decoder.has_animation() {
                return Ok(None);
            }
            let is_exact = memchr::memmem::find(&bytes[..bytes.len().min(4096)], b"VP8L").is_some();
            pixels(decoder, if is_exact { Fidelity::Exact } else { Fidelity::Lossy }).map(Some)
        }
        Ok(_) => Ok(None),
        Err(_) => Err(Flaw::Broken("the file holds no picture".to_owned())),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    limits
}

fn reason(error: &ImageError) -> String {
    match error {
        ImageError::IoError(_) => "the file ends too early".to_owned(),
        ImageError::Limits(_) => "it would take too much memory".to_owned(),
        ImageError::Unsupported(_) => "it is of a kind that Essai cannot read".to_owned(),
        _ => "the file is damaged".to_owned(),
    }
}

/// Whether the last scan of a JPEG file has an end. The decoder does not mind: it would fill up with grey.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    let end = memchr::memmem::rfind(bytes, b"\xff\xd9");
    end.is_some() && end > memchr::memmem::rfind(bytes, b"\xff\xda")
}

fn pixels(mut decoder: impl ImageDecoder, fidelity: Fidelity) -> Result<Decoded, Flaw> {
    let (width, height) = decoder.dimensions();
    let size = PictureSize { width, height };
    if is_too_large(size) {
        return Err(Flaw::TooLarge(size));
    }
    let broken = |error: ImageError| Flaw::Broken(reason(&error));
    decoder.set_limits(limits()).map_err(broken)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default().filter(|profile| is_needed(profile));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    picture.apply_orientation(orientation);
    let size = PictureSize { width: picture.width(), height: picture.height() };
    if picture.color().has_alpha() {
        let picture = picture.into_rgba8();
        if picture.pixels().any(|pixel| pixel.0[3] != u8::MAX) {
            let pixels = picture.into_raw();
            return Ok(Decoded { size, pixels, channels: Channels::Rgba, profile, fidelity });
        }
        let pixels = DynamicImage::ImageRgba8(picture).into_rgb8().into_raw();
        return Ok(Decoded { size, pixels, channels: Channels::Rgb, profile, fidelity });
    }
    let pixels = picture.into_rgb8().into_raw();
    Ok(Decoded { size, pixels, channels: Channels::Rgb, profile, fidelity })
}

/// Whether a colour profile must go with the pixels: one for red, green and blue that is not what browsers take for
/// granted. Source: ICC.1:2022, 7.2.6, for the place of the colour space.
fn is_needed(profile: &[u8]) -> bool {
    let utf_16: Vec<u8> = b"sRGB".iter().flat_map(|letter| [0, *letter]).collect();
    let says = |name: &[u8]| memchr::memmem::find(profile, name).is_some();
    profile.get(16..20) == Some(b"RGB ") && !says(b"sRGB") && !says(&utf_16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_without_an_end_is_not_whole() {
        let check = |bytes: &[u8], expected: bool| assert_eq!(is_whole_jpeg(bytes), expected);
        check(b"\xff\xd8\xff\xe1..\xff\xda..\xff\xd9..\xff\xda....\xff\xd9", true);
        check(b"\xff\xd8\xff\xe1..\xff\xda..\xff\xd9..\xff\xda....\xff\xd9 trailer", true);
        check(b"\xff\xd8\xff\xe1..\xff\xda..\xff\xd9..\xff\xda....", false);
        check(b"\xff\xd8", false);
    }

    #[test]
    fn a_profile_is_kept_where_it_says_something() {
        let check = |space: &[u8; 4], name: &[u8], expected: bool| {
            let profile = [&[0; 16], space.as_slice(), &[0; 20], name].concat();
            assert_eq!(is_needed(&profile), expected);
        };
        check(b"RGB ", b"Display P3", true);
        check(b"RGB ", b"sRGB IEC61966-2.1", false);
        check(b"RGB ", b"\0s\0R\0G\0B", false);
        check(b"GRAY", b"Dot Gain 20%", false);
        assert!(!is_needed(b""));
    }
}
