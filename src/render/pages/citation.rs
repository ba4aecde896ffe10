//! How to cite an essay.

use std::fmt::Write as _;

use super::cards::authors;
use super::site::site_title;
use crate::link::{EssayId, Site};
use crate::parse::Precision;
use crate::render::address::canonical;

/// Essay `id` in BibTeX, if it has an author and a date: what a reader needs to cite it.
pub fn citation(site: &Site, id: EssayId) -> Option<String> {
    let essay = &site[id];
    let authors = authors(site, id);
    let date = essay.header.date.as_ref()?;
    let last_name = authors.first()?.split_whitespace().last().unwrap_or_default();
    let word = essay.title.text.split(|letter: char| !letter.is_alphanumeric()).find(|word| word.len() > 3);
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let key = format!("{}{}{}", letters(last_name), date.day.year(), letters(word.unwrap_or_default()));
    let mut bibtex = format!("@misc{{{key},\n");
    let mut field = |name: &str, value: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(bibtex, "  {name} = {{{value}}},");
    };
    field("author", &authors.iter().map(|author| escaped(author)).collect::<Vec<_>>().join(" and "));
    field("title", &format!("{{{}}}", escaped(&essay.title.text)));
    field("howpublished", &escaped(&site_title(site)));
    field("year", &date.day.year().to_string());
    if date.precision > Precision::Year {
        field("month", &date.day.month().to_string());
    }
    if let Some(base_url) = &site.config.base_url {
        field("url", &canonical(base_url, site.address(id)));
    }
    bibtex.push('}');
    Some(bibtex)
}

/// `text` with what TeX would take for itself escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', letter]),
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tex_is_escaped() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("On C# & {x}", "On C\\# \\& \\{x\\}");
        check("a\\b~c^d", "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d");
    }
}
