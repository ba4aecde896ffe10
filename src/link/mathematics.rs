//! What the mathematics of a site needs beside its pages: a style and a font.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::parse::{Essay, math};
use crate::read::{Config, MathFont, SitePath};

/// The files that pages with mathematics need. Their addresses change with what they hold, so that they can be kept
/// for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mathematics {
    /// The style.
    pub style: SitePath,
    /// The font; `None` if it is the reader's or a file of the site.
    pub font: Option<Cut>,
}

impl Mathematics {
    /// Where its files go.
    pub fn addresses(&self) -> impl Iterator<Item = &SitePath> {
        std::iter::once(&self.style).chain(self.font.as_ref().map(|font| &font.address))
    }
}

/// A font that comes with Essai, cut down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Where it goes, in the folder of the style.
    pub address: SitePath,
    /// The characters of all formulas.
    pub characters: BTreeSet<char>,
}

/// What the mathematics of `essays` needs; `None` if there is none.
pub(super) fn mathematics(essays: &[Arc<Essay>], config: &Config) -> Option<Mathematics> {
    let with_mathematics: Vec<&Essay> = essays.iter().map(Arc::as_ref).filter(|essay| essay.has_mathematics).collect();
    if with_mathematics.is_empty() {
        return None;
    }
    let own = match &config.math_font {
        MathFont::File { link, .. } => link.as_str(),
        MathFont::BuiltIn | MathFont::Reader => "",
    };
    let is_cut = config.math_font == MathFont::BuiltIn && cfg!(feature = "fonts");
    let characters = if is_cut { characters(&with_mathematics) } else { BTreeSet::new() };
    let letters: String = characters.iter().collect();
    // Another version may cut otherwise.
    let version = if is_cut { env!("CARGO_PKG_VERSION") } else { "" };
    let hash = xxh3_64(format!("{version} {own} {letters} {}", math::STYLE).as_bytes());
    let address = |extension: &str| SitePath::new(&format!("fonts/math-{:08x}.{extension}", hash as u32));
    let font = address("woff2").filter(|_| is_cut).map(|address| Cut { address, characters });
    Some(Mathematics { style: address("css")?, font })
}

/// The characters of all formulas in the text and the opening heading.
fn characters(essays: &[&Essay]) -> BTreeSet<char> {
    essays.par_iter().map(|essay| of_essay(essay)).reduce(BTreeSet::new, |mut all, found| {
        all.extend(found);
        all
    })
}

/// The characters of the formulas of one essay.
pub(super) fn of_essay(essay: &Essay) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    if !essay.has_mathematics {
        return found;
    }
    add_characters(&essay.body.html, &mut found);
    if let Some(heading) = &essay.heading {
        add_characters(&heading.title.html, &mut found);
    }
    found
}

/// Adds the characters that the formulas of `html` show.
fn add_characters(html: &str, found: &mut BTreeSet<char>) {
    let (open, close) = (memchr::memmem::Finder::new("<math"), memchr::memmem::Finder::new("</math>"));
    let mut rest = html;
    while let Some(start) = open.find(rest.as_bytes()) {
        let end = close.find(&rest.as_bytes()[start..]).map_or(rest.len(), |length| start + length);
        add_text(&rest[start..end], found);
        rest = &rest[end..];
    }
}

/// Adds the characters of the text of `html`, without its annotations.
fn add_text(html: &str, found: &mut BTreeSet<char>) {
    let mut is_shown = true;
    let mut callback = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => is_shown &= !name.starts_with(b"annotation"),
            CallbackEvent::EndTag { name, .. } => is_shown |= name.starts_with(b"annotation"),
            CallbackEvent::String { value } if is_shown => {
                found.extend(String::from_utf8_lossy(value).chars().filter(|character| !character.is_control()));
            }
            _ => {}
        }
        None
    };
    for token in Tokenizer::new_with_emitter(html, CallbackEmitter::<_, Infallible, ()>::new(&mut callback)) {
        let Ok(_) = token;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_characters_of_formulas_are_those_that_show() {
        let check = |html: &str, expected: &str| {
            let mut found = BTreeSet::new();
            add_characters(html, &mut found);
            assert_eq!(found.into_iter().collect::<String>(), expected);
        };
        check("a b", "");
        check("a <math><mi>b</mi></math> c", "b");
        check("<math class=\"d\"><mi>&lt;&#x2212;</mi><mo>c</mo></math><math>\n<mi>ℝ</mi>", "<cℝ−");
        check(
            "<math><semantics><mi>b</mi><annotation encoding=\"x\">\\TeX</annotation><mi>z</mi></semantics></math>",
            "bz",
        );
    }
}
