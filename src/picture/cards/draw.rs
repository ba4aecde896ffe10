//! An SVG becomes a PNG, in the fonts that come with Essai and no others.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use png::{BitDepth, ColorType, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::layout::{Metrics, svg};
use super::{CARD_SIZE, Wording};

/// Positions in [`typst_assets::fonts`] of Libertinus Serif, regular and italic.
const FONTS: [usize; 2] = [0, 2];

/// What draws cards. Threads share it.
pub struct Painter {
    fonts: Arc<Database>,
    regular: &'static [u8],
}

impl fmt::Debug for Painter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Painter").finish_non_exhaustive()
    }
}

impl Painter {
    /// What draws in the fonts of the binary.
    pub fn new() -> Self {
        let mut fonts = Database::new();
        let font = |position: usize| typst_assets::fonts().nth(position).unwrap_or_default();
        for position in FONTS {
            fonts.load_font_source(Source::Binary(Arc::new(font(position))));
        }
        Self { fonts: Arc::new(fonts), regular: font(FONTS[0]) }
    }

    /// The card with `wording` as PNG; the same bytes each time. `None` only if the fonts in the binary are damaged.
    pub fn draw(&self, wording: &Wording) -> Option<Vec<u8>> {
        let svg = svg(wording, &Metrics::of(self.regular).ok()?);
        let options = Options { fontdb: Arc::clone(&self.fonts), ..Options::default() };
        let tree = Tree::from_str(&svg, &options).ok()?;
        let mut picture = Pixmap::new(CARD_SIZE.width, CARD_SIZE.height)?;
        resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
        encode(&picture)
    }
}

/// A picture without transparency as PNG: by a palette, if it has few colours.
fn encode(picture: &Pixmap) -> Option<Vec<u8>> {
    let pixels = picture.pixels();
    let (colour, bytes, palette) = match indexed(pixels) {
        Some((indices, palette)) => (ColorType::Indexed, indices, palette),
        None => (ColorType::Rgb, pixels.iter().flat_map(|pixel| channels(*pixel)).collect(), Vec::new()),
    };
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, picture.width(), picture.height());
    encoder.set_color(colour);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_filter(Filter::NoFilter);
    if !palette.is_empty() {
        encoder.set_palette(palette);
    }
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&bytes)).ok()?;
    Some(png)
}

/// The palette of `pixels` and the position of each in it; `None` if they have more than 256 colours.
fn indexed(pixels: &[PremultipliedColorU8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut positions: HashMap<[u8; 3], u8> = HashMap::new();
    let mut palette = Vec::new();
    let mut indices = Vec::with_capacity(pixels.len());
    let mut last = None;
    for pixel in pixels.iter().map(|pixel| channels(*pixel)) {
        let index = match last.filter(|(colour, _)| *colour == pixel) {
            Some((_, index)) => index,
            None => match positions.get(&pixel) {
                Some(index) => *index,
                None => {
                    let index = u8::try_from(positions.len()).ok()?;
                    positions.insert(pixel, index);
                    palette.extend(pixel);
                    index
                }
            },
        };
        last = Some((pixel, index));
        indices.push(index);
    }
    Some((indices, palette))
}

fn channels(pixel: PremultipliedColorU8) -> [u8; 3] {
    [pixel.red(), pixel.green(), pixel.blue()]
}
