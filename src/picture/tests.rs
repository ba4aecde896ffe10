#![allow(clippy::unwrap_used)]

use super::*;
use crate::parse;
use crate::read::{PictureFormat, Source};
use image::ImageEncoder;

/// A site whose one essay shows each of `pictures`.
struct Site {
    root: tempfile::TempDir,
    names: Vec<&'static str>,
}

impl Site {
    fn new(pictures: &[(&'static str, Vec<u8>)]) -> Self {
        let root = tempfile::tempdir().unwrap();
        for (name, bytes) in pictures {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        Self { root, names: pictures.iter().map(|(name, _)| *name).collect() }
    }

    /// What is made, which must not depend on what was made before.
    fn pictures(&self, config: &ImagesConfig) -> Pictures {
        let made = self.pictures_after(config, None);
        assert_eq!(self.pictures_after(config, Some(&made)), made);
        made
    }

    fn pictures_after(&self, config: &ImagesConfig, before: Option<&Pictures>) -> Pictures {
        let asset = |name: &&str| {
            let (path, file) = (SitePath::new(name).unwrap(), self.root.path().join(name));
            let opened = std::fs::File::open(&file).unwrap();
            Asset { size: crate::read::picture_size(opened, &path.extension()), path, file: file.into() }
        };
        let assets: Vec<Asset> = self.names.iter().map(asset).collect();
        let source = Source::new(
            SitePath::new("a.md").unwrap(),
            self.names.iter().map(|name| format!("![x]({name})\n\n")).collect::<String>(),
        );
        let essays = parse::parse(vec![source.into()], &parse::ParseConfig::default(), parse::Memory::Kept(None));
        let found = pictures(self.root.path(), config, &assets, &essays.essays, before);
        assert_eq!(found.diagnostics, []);
        found.value
    }
}

fn widths(widths: &[u32]) -> ImagesConfig {
    ImagesConfig { widths: widths.to_vec(), ..ImagesConfig::default() }
}

/// Pixels that no format can say in few bytes.
fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..width * height * 3).map(|_| next()).collect()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(&noise(width, height), width, height, image::ExtendedColorType::Rgb8).unwrap();
    bytes
}

fn jpeg(width: u16, height: u16, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", &[orientation, 0, 0, 0][..], &[0; 4]].concat();
    encoder.add_exif_metadata(&tiff).unwrap();
    let pixels = noise(width.into(), height.into());
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// A PNG file that claims to be as large as no memory.
fn bomb() -> Vec<u8> {
    let mut bytes = png(1, 1);
    let side = 60_000u32.to_be_bytes();
    bytes[16..20].copy_from_slice(&side);
    bytes[20..24].copy_from_slice(&side);
    bytes
}

fn made<'a>(pictures: &'a Pictures, name: &str) -> &'a Result<Vec<Variant>, Flaw> {
    &pictures.0[&SitePath::new(name).unwrap()]
}

#[test]
fn variants_are_narrower_named_by_content_and_remembered() {
    let site = Site::new(&[("img/a b.png", png(100, 40)), ("b.webp", png(20, 10))]);
    // The second name is not in the essay, for its space must be escaped there: nothing is made of it.
    let first = site.pictures(&widths(&[20, 50, 100]));
    assert!(!first.0.contains_key(&SitePath::new("img/a b.png").unwrap()));
    assert_eq!(made(&first, "b.webp"), &Ok(Vec::new()));

    let site = Site::new(&[("img/a.png", png(100, 40))]);
    let first = site.pictures(&widths(&[20, 50, 100]));
    let variants = made(&first, "img/a.png").as_ref().unwrap();
    assert_eq!(variants.iter().map(|variant| variant.width).collect::<Vec<_>>(), [20, 50]);
    for variant in variants {
        let name = variant.address.as_str();
        assert!(name.starts_with(&format!("img/a-{}-", variant.width)) && name.ends_with(".webp"), "{name}");
        let decoded = decode::decode(&fs::read(&variant.file).unwrap()).unwrap().unwrap();
        assert_eq!(decoded.size, PictureSize { width: variant.width, height: variant.width * 2 / 5 });
    }
    let bytes = |variants: &[Variant]| variants.iter().map(|it| fs::read(&it.file).unwrap()).collect::<Vec<_>>();
    let before = bytes(variants);
    let time = || fs::metadata(&variants[0].file).unwrap().modified().unwrap();
    let made_at = time();
    assert_eq!(site.pictures(&widths(&[20, 50, 100])), first);
    assert_eq!(time(), made_at, "it was made again");

    fs::write(&variants[1].file, b"RIFF").unwrap();
    assert_eq!(site.pictures(&widths(&[20, 50, 100])), first);
    assert_eq!(bytes(variants), before, "a damaged file stayed");
    fs::remove_dir_all(site.root.path().join(".essai")).unwrap();
    assert_eq!(site.pictures(&widths(&[20, 50, 100])), first);
    assert_eq!(bytes(variants), before, "the same picture was made otherwise");

    fs::write(site.root.path().join("img/a.png"), png(100, 41)).unwrap();
    let changed = site.pictures_after(&widths(&[20, 50, 100]), Some(&first));
    assert_ne!(changed, first, "a picture changed and its variants' names did not");
    assert_eq!(changed, site.pictures(&widths(&[20, 50, 100])));
}

#[test]
fn a_photograph_on_its_side_is_turned() {
    let site = Site::new(&[("a.jpg", jpeg(64, 32, 6)), ("b.jpg", jpeg(64, 32, 1))]);
    let config = ImagesConfig { formats: vec![PictureFormat::Jpeg], ..widths(&[16, 32, 48]) };
    let pictures = site.pictures(&config);
    let sizes = |name: &str| {
        let variants = made(&pictures, name).as_ref().unwrap();
        let size = |it: &Variant| decode::decode(&fs::read(&it.file).unwrap()).unwrap().unwrap().size;
        variants.iter().map(size).map(|size| (size.width, size.height)).collect::<Vec<_>>()
    };
    assert_eq!(sizes("a.jpg"), [(16, 32)]);
    assert_eq!(sizes("b.jpg"), [(16, 8), (32, 16), (48, 24)]);
}

#[test]
fn what_cannot_be_scaled_is_flawed_or_left_alone() {
    let check = |bytes: Vec<u8>, expected: Result<usize, Flaw>| {
        let site = Site::new(&[("a.png", bytes)]);
        let pictures = site.pictures(&widths(&[16]));
        assert_eq!(made(&pictures, "a.png").clone().map(|variants| variants.len()), expected);
    };
    let broken = |reason: &str| Err(Flaw::Broken(reason.to_owned()));
    let (png, jpeg) = (png(64, 64), jpeg(64, 64, 1));
    check(png[..png.len() / 2].to_vec(), broken("the file ends too early"));
    check(jpeg[..jpeg.len() / 2].to_vec(), broken("the file ends too early"));
    check(b"nothing".to_vec(), broken("the file holds no picture"));
    check(Vec::new(), broken("the file holds no picture"));
    check(bomb(), Err(Flaw::TooLarge(PictureSize { width: 60_000, height: 60_000 })));
    check(b"GIF89a\x40\0\x40\0\0\0\0;".to_vec(), Ok(0));
    check(png, Ok(1));
}

#[test]
fn pictures_are_decoded_in_batches_that_fit_into_memory() {
    let asset = |side: u32| Asset {
        path: SitePath::new("a.png").unwrap(),
        file: Path::new("").into(),
        size: Some(PictureSize { width: side, height: side }),
    };
    let assets: Vec<Asset> = [9000, 9000, 9000, 60_000, 9000, 10].map(asset).into();
    let assets: Vec<&Asset> = assets.iter().collect();
    assert_eq!(batches(&assets).iter().map(|batch| batch.len()).collect::<Vec<_>>(), [2, 2, 2]);
}
