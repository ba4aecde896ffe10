//! Which pictures essays show.

use std::borrow::Cow;
use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::parse::{Essay, Fill};

/// The file names of pictures, however the accents in them are encoded.
#[derive(Debug)]
pub struct Names(HashSet<String>);

impl Names {
    /// Whether the file `name` is one of them.
    pub fn holds(&self, name: &str) -> bool {
        self.0.contains(&*composed(name))
    }
}

/// The file names of the pictures that `essays` show with Markdown's notation. Which file of that name each means is
/// settled when they are linked.
pub fn names<'a>(essays: impl Iterator<Item = &'a Essay>) -> Names {
    let destinations = essays.flat_map(|essay| {
        essay.body.holes.iter().filter_map(|hole| match hole.fill {
            Fill::Sources { reference, .. } => Some(essay.references.get(reference)?.destination.as_str()),
            _ => None,
        })
    });
    Names(destinations.map(|destination| composed(&name(destination)).into_owned()).collect())
}

/// `name` with signs for letters and their accents together (Unicode NFC).
fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) }
}

fn name(destination: &str) -> String {
    let path = destination.split(['?', '#']).next().unwrap_or_default().trim();
    let name = path.rsplit('/').next().unwrap_or_default();
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::parse::code::Highlighter;
    use crate::parse::{ParseConfig, parse_one};
    use crate::read::{SitePath, Source};

    #[test]
    fn a_name_is_the_last_part_without_its_escapes() {
        let check = |destination: &str, expected: &str| assert_eq!(name(destination), expected);
        check("../img/a%20b.png?x/y#z", "a b.png");
        check("a.jpg", "a.jpg");
        check("", "");
    }

    #[test]
    fn accents_may_be_encoded_otherwise_than_in_the_name() {
        let path = SitePath::new("a.md").unwrap();
        let config = ParseConfig::default();
        let essay = parse_one(Source::new(path, "![x](../caf\u{e9}.png)"), &config, &Highlighter::new()).value;
        let names = names(std::iter::once(&essay));
        assert!(names.holds("cafe\u{301}.png") && names.holds("caf\u{e9}.png") && !names.holds("cafe.png"));
    }
}
