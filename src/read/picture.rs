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
            .split(|sign: char| sign == ',' || sign.is_ascii_whitespace())
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
