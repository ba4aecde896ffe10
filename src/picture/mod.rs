//! Between parsing and linking: the pictures that essays show get narrower [`Variant`]s, and essays without a picture get
//! [`SocialCard`]s, if the configuration asks for them.
//!
//! A picture is decoded, scaled and encoded at most once: what came of it stays in `.essai/images/` of the site's
//! folder, by its content and the settings. All of it may be deleted at any time.

mod cards;
mod decode;
mod encode;
mod make;
mod memory;
mod scale;
mod shown;
mod stamps;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::diagnostic::{Found, output};
use crate::parse::Essay;
use crate::read::{Asset, ImagesConfig, PictureSize, SitePath};

pub use cards::{CARD_SIZE, SocialCard, SocialCards, cards};
pub use decode::MOST_PIXELS;
use memory::{Entry, Key, Memory};
use stamps::{Stamp, Stamps};

/// Pixels of the pictures that are decoded at the same time, so that memory is bounded: at four bytes each.
const PIXELS_AT_ONCE: u64 = 200_000_000;

/// The pictures that essays show, by path, with what was made of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pictures(pub BTreeMap<SitePath, Result<Vec<Variant>, Flaw>>);

/// A narrower copy of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its width in pixels.
    pub width: u32,
    /// Where it goes: beside the picture, with its width and eight digits that change with its bytes in its name.
    pub address: SitePath,
    /// The file that holds its bytes.
    pub file: PathBuf,
}

/// Why nothing can be made of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It cannot be decoded, for this reason.
    Broken(String),
    /// It has more pixels than [`MOST_PIXELS`].
    TooLarge(PictureSize),
}

/// Makes the variants of every asset that an essay shows with Markdown's `![…](…)`, widths ascending. Pictures that move
/// have none, nor has a picture that is narrower than all widths asked for.
///
/// `before` is what was made earlier. The answer does not depend on it: the files that it names are not compared again
/// with what is known of them.
///
/// `root` is the site's folder. If nothing can be kept there, that is a diagnostic and there are no variants.
pub fn pictures(
    root: &Path,
    config: &ImagesConfig,
    assets: &[Asset],
    essays: &[Found<Arc<Essay>>],
    before: Option<&Pictures>,
) -> Found<Pictures> {
    let names = shown::names(essays.iter().map(|essay| &*essay.value));
    let is_raster = |asset: &&Asset| matches!(asset.path.extension().as_str(), "png" | "jpg" | "jpeg" | "webp");
    let wanted: Vec<&Asset> = assets.iter().filter(is_raster).filter(|asset| names.holds(asset.path.name())).collect();
    if wanted.is_empty() {
        return Pictures::default().into();
    }
    let folder = root.join(".essai").join("images");
    let memory = match Memory::open(&folder) {
        Ok(memory) => memory,
        Err(error) => {
            return Found { value: Pictures::default(), diagnostics: vec![output::unwritable(&folder, &error)] };
        }
    };
    let stamps = Stamps::read(&folder);
    let mut made: Vec<Outcome> = Vec::with_capacity(wanted.len());
    for batch in batches(&wanted) {
        made.par_extend(batch.par_iter().map(|asset| {
            let known = before.and_then(|before| before.0.get(&asset.path)?.as_deref().ok()).unwrap_or_default();
            one(asset, config, &Remembered { memory: &memory, stamps: &stamps, known })
        }));
    }
    let kept: Vec<(SitePath, Stamp)> =
        wanted.iter().zip(&made).filter_map(|(asset, outcome)| Some((asset.path.clone(), outcome.stamp?))).collect();
    stamps.replace(&folder, kept);
    memory.sweep(made.iter().filter_map(|outcome| outcome.key));
    let diagnostics =
        made.iter().find_map(|outcome| outcome.unkept.as_ref()).map(|error| output::unwritable(&folder, error));
    let results = wanted.iter().zip(made).map(|(asset, outcome)| (asset.path.clone(), outcome.result));
    Found { value: Pictures(results.collect()), diagnostics: diagnostics.into_iter().collect() }
}

/// What came of one picture.
struct Outcome {
    result: Result<Vec<Variant>, Flaw>,
    /// What it is remembered by.
    key: Option<Key>,
    /// By what its content is known next time without being read.
    stamp: Option<Stamp>,
    /// Why it could not be kept.
    unkept: Option<std::io::Error>,
}

/// `assets` in runs whose pictures fit into memory together; one that alone does not is a run of its own.
fn batches<'a, 'b>(assets: &'b [&'a Asset]) -> Vec<&'b [&'a Asset]> {
    let pixels = |asset: &Asset| asset.size.map_or(0, |size| u64::from(size.width) * u64::from(size.height));
    let (mut batches, mut from, mut sum) = (Vec::new(), 0, 0);
    for (position, asset) in assets.iter().enumerate() {
        let more = pixels(asset).min(MOST_PIXELS);
        if sum + more > PIXELS_AT_ONCE && position > from {
            batches.push(&assets[from..position]);
            (from, sum) = (position, 0);
        }
        sum += more;
    }
    batches.push(&assets[from..]);
    batches
}

/// What may be known of a picture.
struct Remembered<'a> {
    memory: &'a Memory,
    stamps: &'a Stamps,
    /// The variants that were made earlier, of whatever content and settings.
    known: &'a [Variant],
}

fn one(asset: &Asset, config: &ImagesConfig, remembered: &Remembered<'_>) -> Outcome {
    let Remembered { memory, stamps, known } = remembered;
    let outcome = |result| Outcome { result, key: None, stamp: None, unkept: None };
    if let Some(size) = asset.size.filter(|size| decode::is_too_large(*size)) {
        return outcome(Err(Flaw::TooLarge(size)));
    }
    let (content, bytes, stamp) = match content(asset, stamps) {
        Ok(known) => known,
        Err(error) => return outcome(Err(Flaw::Broken(error.to_string()))),
    };
    let key = Key::new(content, config);
    let outcome = |result, unkept| Outcome { result, key: Some(key), stamp, unkept };
    if !known.is_empty() && known.iter().all(|variant| memory.holds(key, &variant.file)) {
        return outcome(Ok(known.to_vec()), None);
    }
    if let Some(entries) = memory.recall(key) {
        return outcome(Ok(variants(asset, key, memory, &entries)), None);
    }
    let bytes = match bytes.map_or_else(|| fs::read(&asset.file), Ok) {
        Ok(bytes) => bytes,
        Err(error) => return outcome(Err(Flaw::Broken(error.to_string())), None),
    };
    match make::make(&bytes, config) {
        Err(flaw) => outcome(Err(flaw), None),
        Ok(encoded) => match memory.keep(key, &encoded) {
            Ok(entries) => outcome(Ok(variants(asset, key, memory, &entries)), None),
            Err(error) => outcome(Ok(Vec::new()), Some(error)),
        },
    }
}

/// The hash of the content of `asset`, its bytes where they had to be read for it, and the stamp to know it by.
type Content = (u128, Option<Vec<u8>>, Option<Stamp>);

fn content(asset: &Asset, stamps: &Stamps) -> std::io::Result<Content> {
    let metadata = fs::metadata(&asset.file)?;
    let modified = metadata.modified()?;
    if let Some(content) = stamps.content(&asset.path, metadata.len(), modified) {
        return Ok((content, None, Some(Stamp { content, length: metadata.len(), modified })));
    }
    let bytes = fs::read(&asset.file)?;
    let content = xxhash_rust::xxh3::xxh3_128(&bytes);
    let stamp = Stamp { content, length: bytes.len() as u64, modified };
    Ok((content, Some(bytes), stamp.is_settled(SystemTime::now()).then_some(stamp)))
}

fn variants(asset: &Asset, key: Key, memory: &Memory, entries: &[Entry]) -> Vec<Variant> {
    let variant = |entry: &Entry| {
        let name = format!("{}-{}-{}.{}", asset.path.stem(), entry.width, key.digits(), entry.format.extension());
        let address = SitePath::join(asset.path.folder(), &name)?;
        Some(Variant { width: entry.width, address, file: memory.file(key, entry) })
    };
    entries.iter().filter_map(variant).collect()
}

#[cfg(test)]
mod tests;
