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
    /// The classes in formulas that are named after their declarations.
    pub classes: BTreeSet<String>,
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
    let Used { characters, classes } = used(&with_mathematics);
    let characters = if is_cut { characters } else { BTreeSet::new() };
    let letters: String = characters.iter().collect();
    // Another version may cut otherwise.
    let version = if is_cut { env!("CARGO_PKG_VERSION") } else { "" };
    let named = classes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let hash = xxh3_64(format!("{version} {own} {letters} {named}{}", math::STYLE).as_bytes());
    let address = |extension: &str| SitePath::new(&format!("fonts/math-{:08x}.{extension}", hash as u32));
    let font = address("woff2").filter(|_| is_cut).map(|address| Cut { address, characters });
    Some(Mathematics { style: address("css")?, font, classes })
}

/// What formulas use.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Used {
    /// The characters that they show.
    characters: BTreeSet<char>,
    /// Their classes that are named after their declarations.
    classes: BTreeSet<String>,
}

/// What all formulas in the titles and texts use.
fn used(essays: &[&Essay]) -> Used {
    essays.par_iter().map(|essay| of_essay(essay)).reduce(Used::default, |mut all, found| {
        all.characters.extend(found.characters);
        all.classes.extend(found.classes);
        all
    })
}

/// What the formulas of one essay use.
pub(super) fn of_essay(essay: &Essay) -> Used {
    let mut found = Used::default();
    if !essay.has_mathematics {
        return found;
    }
    add_used(&essay.body.html, &mut found);
    add_used(&essay.title.html, &mut found);
    if let Some(heading) = &essay.heading {
        add_used(&heading.title.html, &mut found);
    }
    found
}

/// Adds what the formulas of `html` use.
fn add_used(html: &str, found: &mut Used) {
    let (open, close) = (memchr::memmem::Finder::new("<math"), memchr::memmem::Finder::new("</math>"));
    let mut rest = html;
    while let Some(start) = open.find(rest.as_bytes()) {
        let end = close.find(&rest.as_bytes()[start..]).map_or(rest.len(), |length| start + length);
        let formula = &rest[start..end];
        add_text(formula, &mut found.characters);
        let is_in_class = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        for (at, _) in formula.match_indices(math::OWN) {
            let class = &formula[at..];
            found.classes.insert(class[..class.find(|next| !is_in_class(next)).unwrap_or(class.len())].to_owned());
        }
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
            let mut found = Used::default();
            add_used(html, &mut found);
            assert_eq!(found.characters.into_iter().collect::<String>(), expected);
        };
        check("a b", "");
        check("a <math><mi>b</mi></math> c", "b");
        check("<math class=\"d\"><mi>&lt;&#x2212;</mi><mo>c</mo></math><math>\n<mi>ℝ</mi>", "<cℝ−");
        check(
            "<math><semantics><mi>b</mi><annotation encoding=\"x\">\\TeX</annotation><mi>z</mi></semantics></math>",
            "bz",
        );
    }

    #[test]
    fn classes_that_hold_their_rule_are_found() {
        let mut found = Used::default();
        let html = "m-own-a <math><mspace class=\"m-half m-own-left--1_5em\"/></math>";
        add_used(html, &mut found);
        assert_eq!(found.classes.into_iter().collect::<Vec<_>>(), ["m-own-left--1_5em"]);
    }
}
