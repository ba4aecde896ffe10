//! Milliseconds that the variants of a photograph take, cold and remembered: `cargo bench --bench images [FILE…]`.
//!
//! Without files it takes a picture of 2000 × 1500 pixels that it makes itself: hills with some grain.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use essai::parse::{Memory, ParseConfig, parse};
use essai::picture::pictures;
use essai::read::{Asset, ImagesConfig, SitePath, Source, picture_size};

const WIDTHS: [u32; 3] = [480, 960, 1920];

fn main() {
    let mut files: Vec<PathBuf> =
        std::env::args().skip(1).filter(|it| !it.starts_with('-')).map(PathBuf::from).collect();
    let folder = tempfile::tempdir().unwrap();
    if files.is_empty() {
        files = vec![folder.path().join("hills.jpg"), folder.path().join("hills.png")];
        fs::write(&files[0], jpeg(2000, 1500)).unwrap();
        fs::write(&files[1], png(2000, 1500)).unwrap();
    }
    for file in &files {
        let extension = file.extension().unwrap().to_string_lossy().to_ascii_lowercase();
        let name = file.file_name().unwrap().to_string_lossy().replace(' ', "_");
        let size = picture_size(fs::File::open(file).unwrap(), &extension).unwrap();
        let asset = Asset { path: SitePath::new(&name).unwrap(), file: file.as_path().into(), size: Some(size) };
        println!("{name}: {} × {}, {} bytes", size.width, size.height, fs::metadata(file).unwrap().len());
        let root = tempfile::tempdir().unwrap();
        for run in ["cold", "again", "settled", "remembered"] {
            if run == "settled" {
                // A file's time is trusted only when it is some seconds old.
                std::thread::sleep(Duration::from_millis(2200));
            }
            let (took, bytes) = run_once(root.path(), &asset);
            println!("  {run:10} {:8.2} ms, variants of {bytes:?} bytes", took.as_secs_f64() * 1000.0);
        }
    }
}

fn run_once(root: &Path, asset: &Asset) -> (Duration, Vec<u64>) {
    let config = ImagesConfig { widths: WIDTHS.to_vec(), ..ImagesConfig::default() };
    let source = Source::new(SitePath::new("a.md").unwrap(), format!("![x](<{}>)", asset.path));
    let essays = parse(vec![source.into()], &ParseConfig::default(), Memory::Kept(None));
    let began = Instant::now();
    let found = pictures(root, &config, std::slice::from_ref(asset), &essays.essays, None);
    let took = began.elapsed();
    let variants = found.value.0.into_values().next().unwrap().unwrap();
    (took, variants.iter().map(|variant| fs::metadata(&variant.file).unwrap().len()).collect())
}

/// Hills with some grain: rows of red, green and blue.
fn hills(width: u32, height: u32) -> Vec<u8> {
    let mut state = 1u32;
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
            let hill = (x * 9.0).sin() * 0.1 + (x * 31.0).sin() * 0.03 + 0.5;
            let light =
                if y > hill { 0.3 + 0.4 * (y - hill) + 0.1 * (x * 200.0).sin() * (y * 170.0).sin() } else { 0.9 - y };
            let grain = (state >> 24) as f32 / 16.0;
            pixels.extend([light * 200.0, light * 220.0, (1.0 - light) * 180.0].map(|value| (value + grain) as u8));
        }
    }
    pixels
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.encode(&hills(width.into(), height.into()), width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

fn png(width: u32, height: u32) -> Vec<u8> {
    use image::ImageEncoder;
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(&hills(width, height), width, height, image::ExtendedColorType::Rgb8).unwrap();
    bytes
}
