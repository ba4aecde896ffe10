//! Pictures that stand for essays where a link to them is shown: the title, the site's name, author and date.
//!
//! A card is drawn at most once: it stays in `.essai/cards/` of the site's folder, by what stands on it. All of it may be
//! deleted at any time.

#[cfg(feature = "cards")]
mod draw;
#[cfg(feature = "cards")]
mod layout;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::make::Encoded;
use super::memory::{Key, Memory};
use crate::diagnostic::{Found, output};
use crate::parse::Essay;
use crate::parse::language::language;
use crate::read::{Config, PictureFormat, PictureSize, SitePath};

/// The size of a card, which is the shape that every network shows whole.
pub const CARD_SIZE: PictureSize = PictureSize { width: 1200, height: 630 };

/// Changes whenever the same words would yield another picture than before.
const VERSION: u32 = 1;

/// The accent of a card where the configuration sets none that a picture can have.
const ACCENT: &str = "#7a2e1d";

/// The cards of essays, by the path of the essay's source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SocialCards(pub BTreeMap<SitePath, SocialCard>);

/// The card of an essay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialCard {
    /// Where it goes: in `cards/`, with eight digits that change with what stands on it in its name.
    pub address: SitePath,
    /// The file that holds it.
    pub file: PathBuf,
}

/// What stands on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wording {
    site: String,
    title: String,
    /// Author and date.
    byline: String,
    /// The colour of its edge, as SVG writes it.
    accent: String,
}

/// Draws a card for every essay that names no picture and whose title can be written in the fonts that come with Essai:
/// in Latin, Greek, Cyrillic or Hebrew letters.
///
/// `before` is what was made earlier. The answer does not depend on it.
///
/// `root` is the site's folder. If nothing can be kept there, that is a diagnostic and there are no cards.
pub fn cards(
    root: &Path,
    config: &Config,
    essays: &[Found<Arc<Essay>>],
    before: Option<&SocialCards>,
) -> Found<SocialCards> {
    let folder = root.join(".essai").join("cards");
    let memory = match Memory::open(&folder) {
        Ok(memory) => memory,
        Err(error) => {
            return Found { value: SocialCards::default(), diagnostics: vec![output::unwritable(&folder, &error)] };
        }
    };
    let painter = Painter::new();
    let outcomes: Vec<_> = essays
        .par_iter()
        .filter_map(|essay| {
            let essay = &essay.value;
            let wording = wording(essay, config)?;
            let key = wording.key();
            let address = address(&essay.source.path, key)?;
            let known = before.and_then(|before| before.0.get(&essay.source.path));
            let known = known.filter(|known| known.address == address && memory.holds(key, &known.file));
            let card = match known {
                Some(known) => Ok(known.clone()),
                None => file(&memory, key, &wording, &painter).map(|file| SocialCard { address, file }),
            };
            Some((&essay.source.path, key, card))
        })
        .collect();
    memory.sweep(outcomes.iter().map(|(_, key, _)| *key));
    let (mut cards, mut diagnostics) = (BTreeMap::new(), Vec::new());
    for (path, _, card) in outcomes {
        match card {
            Ok(card) => drop(cards.insert(path.clone(), card)),
            Err(error) if diagnostics.is_empty() => diagnostics.push(output::unwritable(&folder, &error)),
            Err(_) => {}
        }
    }
    Found { value: SocialCards(cards), diagnostics }
}

/// The file of the card with `wording`, drawn now if it was not before.
///
/// # Errors
/// Whatever the file system says.
fn file(memory: &Memory, key: Key, wording: &Wording, painter: &Painter) -> std::io::Result<PathBuf> {
    let entries = match memory.recall(key) {
        Some(entries) => entries,
        None => {
            let bytes = painter.draw(wording).ok_or_else(|| std::io::Error::other(UNDRAWN))?;
            memory.keep(key, &[Encoded { width: CARD_SIZE.width, format: PictureFormat::Png, bytes }])?
        }
    };
    let entry = entries.first().ok_or_else(|| std::io::Error::other("the card is gone"))?;
    Ok(memory.file(key, entry))
}

/// Where the card of the essay at `path` goes.
fn address(path: &SitePath, key: Key) -> Option<SitePath> {
    let name = format!("{}-{}.png", path.stem(), key.digits());
    SitePath::join("cards", path.folder()).and_then(|folder| SitePath::join(folder.as_str(), &name))
}

/// What stands on the card of `essay`; `None` if it has a picture of its own or its title cannot be written.
fn wording(essay: &Essay, config: &Config) -> Option<Wording> {
    let title = essay.title.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if essay.header.image.is_some() || !is_writable(&title) {
        return None;
    }
    let authors = &essay.header.authors;
    let authors = if authors.is_empty() { config.author.iter().cloned().collect() } else { authors.clone() };
    let phrases = config.phrases.of(language(&essay.header, &essay.source.path, &config.language));
    let date = essay.header.date.as_ref().map(|date| date.text(phrases));
    let byline = authors.into_iter().chain(date).filter(|part| is_writable(part));
    let accent = config.theme.accent.as_ref().map(|accent| accent.light.clone());
    let is_plain = |accent: &String| accent.starts_with('#') || accent.bytes().all(|byte| byte.is_ascii_alphabetic());
    Some(Wording {
        site: config.title.clone().filter(|site| is_writable(site) && *site != title).unwrap_or_default(),
        byline: byline.collect::<Vec<_>>().join(" · "),
        accent: accent.filter(is_plain).unwrap_or_else(|| ACCENT.to_owned()),
        title,
    })
}

/// Whether the fonts have the letters of `text`, and there are some. Other signs that they lack are left out.
fn is_writable(text: &str) -> bool {
    let has = |letter: char| matches!(letter, '\0'..='\u{52f}' | '\u{590}'..='\u{5ff}' | '\u{1e00}'..='\u{1fff}');
    let mut letters = text.chars().filter(|letter| letter.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(has)
}

impl Wording {
    fn key(&self) -> Key {
        let Self { site, title, byline, accent } = self;
        Key::of_text(&format!("card {VERSION}\0{site}\0{title}\0{byline}\0{accent}"))
    }
}

/// Why there is no card.
const UNDRAWN: &str = match cfg!(feature = "cards") {
    true => "the card cannot be drawn",
    false => "this Essai was built without its feature `cards`",
};

/// What draws cards.
#[cfg(feature = "cards")]
use draw::Painter;

/// Draws nothing: this binary has no fonts.
#[cfg(not(feature = "cards"))]
#[derive(Debug)]
struct Painter;

#[cfg(not(feature = "cards"))]
impl Painter {
    fn new() -> Self {
        Self
    }

    fn draw(&self, _: &Wording) -> Option<Vec<u8>> {
        None
    }
}

#[cfg(all(test, feature = "cards"))]
mod tests;
