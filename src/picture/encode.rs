//! Pixels become the bytes of a file.

use jpeg_encoder::{ColorType, Encoder as JpegEncoder};
use webp::{Encoder as WebpEncoder, WebPConfig};

use super::decode::{Channels, Decoded, Fidelity};
use crate::read::PictureFormat;

/// `picture` as a file of `format`; `quality` is 1 to 100. `None` where the format cannot hold it: a JPEG has no
/// transparency, a WebP at most 16,383 pixels a side; a PNG would be no smaller.
///
/// A WebP of a picture that was exact is exact too, where that takes no more bytes.
pub fn encode(picture: &Decoded, format: PictureFormat, quality: u8) -> Option<Vec<u8>> {
    match format {
        PictureFormat::Webp => {
            let lossy = webp(picture, quality, Fidelity::Lossy)?;
            let exact =
                if picture.fidelity == Fidelity::Exact { webp(picture, quality, Fidelity::Exact) } else { None };
            let smaller = exact.filter(|exact| exact.len() <= lossy.len()).unwrap_or(lossy);
            Some(match &picture.profile {
                Some(profile) => with_profile(&smaller, profile, picture).unwrap_or(smaller),
                None => smaller,
            })
        }
        PictureFormat::Jpeg => jpeg(picture, quality),
        PictureFormat::Png => None,
    }
}

fn webp(picture: &Decoded, quality: u8, fidelity: Fidelity) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    config.lossless = i32::from(fidelity == Fidelity::Exact);
    config.quality = if fidelity == Fidelity::Exact { 75.0 } else { f32::from(quality) };
    // Thin coloured lines stay coloured.
    config.use_sharp_yuv = i32::from(fidelity == Fidelity::Lossy && picture.fidelity == Fidelity::Exact);
    let (width, height) = (picture.size.width, picture.size.height);
    let encoder = match picture.channels {
        Channels::Rgb => WebpEncoder::from_rgb(&picture.pixels, width, height),
        Channels::Rgba => WebpEncoder::from_rgba(&picture.pixels, width, height),
    };
    Some(encoder.encode_advanced(&config).ok()?.to_vec())
}

fn jpeg(picture: &Decoded, quality: u8) -> Option<Vec<u8>> {
    if picture.channels == Channels::Rgba {
        return None;
    }
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    if let Some(profile) = &picture.profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    let (width, height) = (picture.size.width.try_into().ok()?, picture.size.height.try_into().ok()?);
    encoder.encode(&picture.pixels, width, height, ColorType::Rgb).ok()?;
    Some(bytes)
}

/// The WebP file `file` with a colour profile. Source: the WebP container specification, "Extended File Format".
fn with_profile(file: &[u8], profile: &[u8], picture: &Decoded) -> Option<Vec<u8>> {
    const HAS_PROFILE: u8 = 0x20;
    const HAS_ALPHA: u8 = 0x10;
    let mut chunks = file.get(12..)?;
    if chunks.starts_with(b"VP8X") {
        // Its flags are written anew; its payload is ten bytes.
        chunks = chunks.get(18..)?;
    }
    let alpha = if picture.channels == Channels::Rgba { HAS_ALPHA } else { 0 };
    let mut body = b"WEBPVP8X\x0a\0\0\0".to_vec();
    body.extend([HAS_PROFILE | alpha, 0, 0, 0]);
    for side in [picture.size.width, picture.size.height] {
        body.extend(side.checked_sub(1)?.to_le_bytes().get(..3)?);
    }
    body.extend(b"ICCP");
    body.extend(u32::try_from(profile.len()).ok()?.to_le_bytes());
    body.extend(profile);
    body.extend(vec![0; profile.len() % 2]);
    body.extend(chunks);
    let length = u32::try_from(body.len()).ok()?;
    Some([b"RIFF".as_slice(), &length.to_le_bytes(), &body].concat())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::picture::decode::decode;
    use crate::read::PictureSize;

    fn picture(channels: Channels, profile: Option<Vec<u8>>) -> Decoded {
        let bytes = if channels == Channels::Rgb { 3 } else { 4 };
        let pixels = (0..16 * 9 * bytes).map(|byte| (byte * 7 % 251) as u8).collect();
        Decoded { size: PictureSize { width: 16, height: 9 }, pixels, channels, profile, fidelity: Fidelity::Lossy }
    }

    #[test]
    fn a_file_holds_the_picture_and_its_profile() {
        let profile = [&[0; 16], b"RGB ".as_slice(), b"Display P3."].concat();
        for profile in [None, Some(profile)] {
            for channels in [Channels::Rgb, Channels::Rgba] {
                let picture = picture(channels, profile.clone());
                let webp = decode(&encode(&picture, PictureFormat::Webp, 80).unwrap()).unwrap().unwrap();
                assert_eq!((webp.size, webp.channels, &webp.profile), (picture.size, channels, &profile));
                let exact = Decoded { fidelity: Fidelity::Exact, ..picture };
                let webp = webp_exact(&exact);
                assert_eq!((webp.size, webp.channels, &webp.profile), (exact.size, channels, &profile));
            }
            let picture = picture(Channels::Rgb, profile.clone());
            let jpeg = decode(&encode(&picture, PictureFormat::Jpeg, 80).unwrap()).unwrap().unwrap();
            assert_eq!((jpeg.size, &jpeg.profile), (picture.size, &profile));
        }
        assert_eq!(encode(&picture(Channels::Rgba, None), PictureFormat::Jpeg, 80), None);
    }

    fn webp_exact(picture: &Decoded) -> Decoded {
        let file = webp(picture, 80, Fidelity::Exact).unwrap();
        let file = match &picture.profile {
            Some(profile) => with_profile(&file, profile, picture).unwrap(),
            None => file,
        };
        decode(&file).unwrap().unwrap()
    }
}
