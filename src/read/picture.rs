//! How large a picture is, from the beginning of its file.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};

use html5gum::{Token, Tokenizer};
use image::metadata::Orientation;

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

/// Bytes of any other picture that are read first.
const START: u64 = 4096;

/// Whether files with this extension, which is in lower case, are pictures whose size is known: PNG, JPEG, GIF, WebP, AVIF
/// and SVG.
pub fn is_picture(extension: &str) -> bool {
    extension == "svg" || is_raster(extension)
}

/// The size of the picture in `opened`, whose extension in lower case is `extension`. `None` for a file that is no picture,
/// and for one that does not say.
pub fn size(mut opened: File, extension: &str) -> Option<PictureSize> {
    match extension {
        extension if is_raster(extension) => {
            let mut start = Vec::with_capacity(START as usize);
            opened.by_ref().take(START).read_to_end(&mut start).ok()?;
            // Most say their size in the first bytes. What is in the boxes of AVIF may come later.
            let early = imagesize::blob_size(&start).ok().filter(|_| extension != "avif");
            let size = match early {
                Some(size) => size,
                None => {
                    opened.rewind().ok()?;
                    imagesize::reader_size(BufReader::new(&mut opened)).ok()?
                }
            };
            let size = of_raster(size)?;
            let mut lies_on_its_side = || match is_turned(&mut Cursor::new(&start)) {
                Ok(turned) => turned,
                Err(_) => is_turned(&mut BufReader::new(&mut opened)).unwrap_or(false),
            };
            let turned = matches!(extension, "jpg" | "jpeg") && lies_on_its_side();
            Some(if turned { PictureSize { width: size.height, height: size.width } } else { size })
        }
        "svg" => {
            let mut start = Vec::new();
            opened.take(SVG_START).read_to_end(&mut start).ok()?;
            svg_size(&String::from_utf8_lossy(&start))
        }
        _ => None,
    }
}

/// Whether the EXIF data of a JPEG file lay it on its side, as browsers then show it. Source: ITU-T T.81, annex B, for
/// the segments.
fn is_turned(file: &mut (impl Read + Seek)) -> std::io::Result<bool> {
    const APP1: u8 = 0xe1;
    file.seek(SeekFrom::Start(2))?;
    loop {
        let mut head = [0; 4];
        file.read_exact(&mut head)?;
        let [0xff, marker @ 0xc0..=0xfe, high, low] = head else { return Ok(false) };
        let length = u16::from_be_bytes([high, low]).saturating_sub(2);
        let mut start = [0; 6];
        if marker != APP1 || length < 6 {
            // What holds the picture itself comes after all of these.
            if matches!(marker, 0xc0..=0xcf | 0xda) {
                return Ok(false);
            }
            file.seek(SeekFrom::Current(i64::from(length)))?;
            continue;
        }
        file.read_exact(&mut start)?;
        let mut rest = vec![0; usize::from(length) - start.len()];
        file.read_exact(&mut rest)?;
        if start == *b"Exif\0\0" {
            use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
            let orientation = Orientation::from_exif_chunk(&rest);
            return Ok(matches!(orientation, Some(Rotate90 | Rotate90FlipH | Rotate270 | Rotate270FlipH)));
        }
    }
}

/// Whether files with this extension are pictures made of pixels.
fn is_raster(extension: &str) -> bool {
    matches!(extension, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif")
}

fn of_raster(size: imagesize::ImageSize) -> Option<PictureSize> {
    Some(PictureSize { width: size.width.try_into().ok()?, height: size.height.try_into().ok()? })
}

/// The size that the first `<svg>` of `text` says: by `width` and `height` where they are lengths, else by its `viewBox`; with one
/// length, the other is as in that.
fn svg_size(text: &str) -> Option<PictureSize> {
    let tag = Tokenizer::new(text).find_map(|token| match token {
        Ok(Token::StartTag(tag)) if tag.name.as_slice() == b"svg" => Some(tag),
        _ => None,
    })?;
    let attribute = |name: &[u8]| {
        let (_, value) = tag.attributes.iter().find(|(key, _)| key.as_slice() == name)?;
        std::str::from_utf8(value.as_slice()).ok()
    };
    let given = (attribute(b"width").and_then(pixels), attribute(b"height").and_then(pixels));
    let size = match (given, attribute(b"viewbox").and_then(view_box)) {
        ((Some(width), Some(height)), _) => (width, height),
        ((Some(width), None), Some(whole)) => (width, width * whole.1 / whole.0),
        ((None, Some(height)), Some(whole)) => (height * whole.0 / whole.1, height),
        ((None, None), Some(whole)) => whole,
        (_, None) => return None,
    };
    let is_size = |length: f64| (0.5..1e6).contains(&length);
    (is_size(size.0) && is_size(size.1))
        .then(|| PictureSize { width: size.0.round() as u32, height: size.1.round() as u32 })
}

/// The units of CSS that are the same everywhere, in pixels.
const UNITS: [(&str, f64); 7] = [
    ("px", 1.0),
    ("pt", 96.0 / 72.0),
    ("pc", 16.0),
    ("in", 96.0),
    ("cm", 96.0 / 2.54),
    ("mm", 96.0 / 25.4),
    ("q", 96.0 / 101.6),
];

/// The pixels of a length, such as `30`, `30px` or `2cm`; `None` for one that is relative to something, such as `100%`.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim().to_ascii_lowercase();
    let (number, unit) = UNITS
        .into_iter()
        .find_map(|(name, pixels)| Some((length.strip_suffix(name)?, pixels)))
        .unwrap_or((&length, 1.0));
    number.trim_end().parse().ok().map(|number: f64| number * unit)
}

/// Width and height of a `viewBox`.
fn view_box(value: &str) -> Option<(f64, f64)> {
    let parts = value.split(|sign: char| sign == ',' || sign.is_ascii_whitespace()).filter(|part| !part.is_empty());
    let numbers: Vec<f64> = parts.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] => Some((width, height)),
        _ => None,
    }
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
        check("<svg width='460.8pt' height=\"345.6pt\" viewBox='0 0 460.8 345.6'>", Some((614, 461)));
        check("<svg width='2in' height='2.54 cm'>", Some((192, 96)));
        check("<svg width='210MM' height='297mm' viewBox='0 0 210 297'>", Some((794, 1123)));
        check("<svg width='20' viewBox='0 0 10 5'>", Some((20, 10)));
        check("<svg height='20' viewBox='0 0 10 5'>", Some((40, 20)));
        check("<svg width='2em' height='1em' viewBox='0 0 10 5'>", Some((10, 5)));
        check("<svg width='20' viewBox='0 0 0 5'>", None);
        check("<svg width='20'>", None);
        check("<svg>", None);
        check("<svg viewBox='0 0 a b'>", None);
        check("<svg viewBox='0 0\n100\t50'>", Some((100, 50)));
    }

    #[test]
    fn a_picture_says_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("p.gif");
        std::fs::write(&file, b"GIF89a\x03\x00\x02\x00\x00\x00\x00").unwrap();
        let size = |extension: &str| size(File::open(&file).unwrap(), extension);
        assert_eq!(size("gif"), Some(PictureSize { width: 3, height: 2 }));
        assert_eq!(size("png"), size("gif"));
        assert_eq!(size("mp4"), None);
    }

    /// A JPEG file without its picture, whose EXIF data have `orientation`.
    fn jpeg(orientation: u8) -> Vec<u8> {
        let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0][..], &[0; 4]].concat();
        let length = (8 + tiff.len() as u16).to_be_bytes();
        let frame = b"\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0";
        let jfif = b"\xff\xe0\0\x04ab";
        [b"\xff\xd8".as_slice(), jfif, b"\xff\xe1", &length, b"Exif\0\0", &tiff, frame].concat()
    }

    #[test]
    fn a_photograph_on_its_side_is_as_browsers_show_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("p.jpg");
        for (orientation, expected) in [(1, (3, 2)), (2, (3, 2)), (6, (2, 3)), (8, (2, 3)), (99, (3, 2))] {
            std::fs::write(&file, jpeg(orientation)).unwrap();
            let size = size(File::open(&file).unwrap(), "jpg").map(|size| (size.width, size.height));
            assert_eq!(size, Some(expected), "orientation {orientation}");
        }
        assert!(!is_turned(&mut std::io::Cursor::new(&jpeg(1)[..9])).unwrap_or(false));
    }
}
