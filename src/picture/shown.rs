//! Which pictures essays show.

use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use crate::parse::{Essay, Fill};

/// The file names of the pictures that `essays` show with Markdown's notation. Which file of that name each means is
/// settled when they are linked.
pub fn names<'a>(essays: impl Iterator<Item = &'a Essay>) -> HashSet<String> {
    let destinations = essays.flat_map(|essay| {
        essay.body.holes.iter().filter_map(|hole| match hole.fill {
            Fill::Sources { reference, .. } => Some(essay.references.get(reference)?.destination.as_str()),
            _ => None,
        })
    });
    destinations.map(name).collect()
}

fn name(destination: &str) -> String {
    let path = destination.split(['?', '#']).next().unwrap_or_default().trim();
    let name = path.rsplit('/').next().unwrap_or_default();
    percent_decode_str(name).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_last_part_without_its_escapes() {
        let check = |destination: &str, expected: &str| assert_eq!(name(destination), expected);
        check("../img/a%20b.png?x/y#z", "a b.png");
        check("a.jpg", "a.jpg");
        check("", "");
    }
}
