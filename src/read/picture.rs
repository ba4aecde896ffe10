//! How large a picture is, from the beginning of its file.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use html5gum::{Token, Tokenizer};

/// Width and height of a picture in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl PictureSize {
    /// The size of the picture that `bytes` are; see [`size`].
    pub fn of_bytes(bytes: &[u8], extension: &str) -> Option<Self> {
        match extension {
            "svg" => svg_size(&String::from_utf8_lossy(&bytes[..bytes.len().min(SVG_START as usize)])),
            extension if is_raster(extension) => of_raster(imagesize::blob_size(bytes).ok()?),
            _ => None,
        }
    }
}

/// Bytes of an SVG file that are looked through for its first tag.
const SVG_START: u64 = 16 * 1024;

/// Whether a file with this extension, in lower case, may say a picture's size.
pub fn says_size(extension: &str) -> bool {
    matches!(extension, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg")
}

/// The size of the picture in `file`, whose extension in lower case is `extension`: PNG, JPEG, GIF, WebP, AVIF or SVG.
/// `None` for any other file, and for one that does not say.
pub fn size(file: &Path, extension: &str) -> Option<PictureSize> {
    match extension {
        extension if is_raster(extension) => {
            of_raster(imagesize::reader_size(BufReader::new(File::open(file).ok()?)).ok()?)
        }
        "svg" => {
            let mut start = Vec::new();
            File::open(file).ok()?.take(SVG_START).read_to_end(&mut start).ok()?;
            svg_size(&String::from_utf8_lossy(&start))
        }
        _ => None,
    }
}

/// Whether files with this extension are pictures made of pixels.
fn is_raster(extension: &str) -> bool {
    matches!(extension, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif")
}

fn of_raster(size: imagesize::ImageSize) -> Option<PictureSize> {
    Some(PictureSize { width: size.width.try_into().ok()?, height: size.height.try_into().ok()? })
}

/// The size that the first `<svg>` of `text` says: by `width` and `height` in pixels, else by its `viewBox`.
fn svg_size(text: &str) -> Option<PictureSize> {
    let tag = Tokenizer::new(text).find_map(|token| match token {
        Ok(Token::StartTag(tag)) if tag.name.as_slice() == b"svg" => Some(tag),
        _ => None,
    })?;
    let attribute = |name: &[u8]| {
        let (_, value) = tag.attributes.iter().find(|(key, _)| key.as_slice() == name)?;
        std::str::from_utf8(value.as_slice()).ok().map(str::to_owned)
    };
    let pixels = |value: String| value.trim().trim_end_matches("px").parse::<f64>().ok();
    let size = |width: f64, height: f64| {
        let is_size = |length: f64| (0.5..1e6).contains(&length);
        let size = PictureSize { width: width.round() as u32, height: height.round() as u32 };
        if is_size(width) && is_size(height) { Some(size) } else { None }
    };
    let given = attribute(b"width").and_then(pixels).zip(attribute(b"height").and_then(pixels));
    given.and_then(|(width, height)| size(width, height)).or_else(|| {
        let view_box = attribute(b"viewbox")?;
        let numbers: Vec<f64> = view_box
            .split([' ', ','])
            .filter(|part| !part.is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        match numbers[..] {
            [_, _, width, height] => size(width, height),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_svg_says_its_size() {
        let check = |text: &str, expected: Option<(u32, u32)>| {
            let size = svg_size(text).map(|size| (size.width, size.height));
            assert_eq!(size, expected, "in {text}");
        };
        check("<?xml version='1.0'?><!-- <svg width='1'> --><svg width=\"20px\" height=\"10\">", Some((20, 10)));
        check("<svg width='100%' viewBox='0 0 30.4, 15'>", Some((30, 15)));
        check("<svg>", None);
        check("<svg viewBox='0 0 a b'>", None);
    }

    #[test]
    fn a_picture_says_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("p.gif");
        std::fs::write(&file, b"GIF89a\x03\x00\x02\x00\x00\x00\x00").unwrap();
        assert_eq!(size(&file, "gif"), Some(PictureSize { width: 3, height: 2 }));
        assert_eq!(size(&file, "png"), size(&file, "gif"));
        assert_eq!(size(&file, "mp4"), None);
        assert_eq!(size(&folder.path().join("gone.png"), "png"), None);
    }
}
