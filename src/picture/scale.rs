//! Pixels become fewer.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};

use super::decode::{Channels, Decoded};
use crate::read::PictureSize;

/// The size of a picture of `size` at `width`, its shape kept as far as whole pixels can; at least one high.
pub fn size_at(size: PictureSize, width: u32) -> PictureSize {
    let whole = u64::from(size.width.max(1));
    let height = (u64::from(size.height) * u64::from(width) + whole / 2) / whole;
    PictureSize { width, height: u32::try_from(height).unwrap_or(u32::MAX).max(1) }
}

/// `picture` at `width` (Lanczos), or `None` for a size that cannot be.
pub fn scale(picture: &Decoded, width: u32) -> Option<Decoded> {
    let size = size_at(picture.size, width);
    let pixel = match picture.channels {
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba => PixelType::U8x4,
    };
    let from = ImageRef::new(picture.size.width, picture.size.height, &picture.pixels, pixel).ok()?;
    let mut to = Image::new(size.width, size.height, pixel);
    Resizer::new().resize(&from, &mut to, None).ok()?;
    Some(Decoded { size, pixels: to.into_vec(), profile: picture.profile.clone(), ..*picture })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scaled_picture_keeps_its_shape() {
        let check = |width, height, at, expected| {
            assert_eq!(size_at(PictureSize { width, height }, at).height, expected);
        };
        check(1000, 10, 480, 5);
        check(3000, 2000, 960, 640);
        check(10_000, 1, 480, 1);
        check(0, 0, 480, 1);
    }
}
