//! Icons by the names that Material for MkDocs has for them, `:material-check:`: a letter for those that mean something, nothing for
//! those that only adorn. Attributes right behind them go with them.

use pulldown_cmark::Event;

use super::{attribute_list, texts};
use crate::parse::markdown::document::Located;
use crate::parse::markdown::signs::name;

/// The beginnings of the names.
const SETS: [&str; 6] =
    ["material-", "octicons-", "simple-", "fontawesome-brands-", "fontawesome-regular-", "fontawesome-solid-"];

/// What follows the name of what is drawn, and says how.
const STYLES: [&str; 15] = [
    "12", "16", "24", "all", "bold", "box", "circle", "decagram", "fill", "line", "outline", "thick", "thin",
    "variant", "marked",
];

/// Puts letters in place of the icons in `events` of `text`, or nothing.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    texts::replace_written(text, events, b':', |at| {
        let is_apart = !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == ':');
        let length = name(&text.as_bytes()[at..]).filter(|_| is_apart)?;
        let (set, icon) = drawn(&text[at + 1..at + length - 1])?;
        let list = attribute_list::parse(&text[at + length..]).map_or(0, |(_, list)| list);
        let is_brand = set.ends_with("brands-") || set == "simple-";
        let is_link = text[..at].ends_with('[') && text[at + length + list..].starts_with(']');
        let written = match letter(icon) {
            // A link needs words.
            "" if is_link => icon.replace('-', " "),
            letter if !is_brand => letter.to_owned(),
            _ => String::new(),
        };
        let made = (!written.is_empty()).then(|| (Event::Text(written.into()), at + length..at + length));
        Some((length + list, made.into_iter().collect()))
    })
}

/// The set that the icon `name` is of, and what it shows, however that is drawn.
fn drawn(name: &str) -> Option<(&'static str, &str)> {
    let set = SETS.into_iter().find(|set| name.starts_with(set))?;
    let mut icon = &name[set.len()..];
    while let Some((rest, _)) = icon.rsplit_once('-').filter(|(_, style)| STYLES.contains(style)) {
        icon = rest;
    }
    Some((set, icon))
}

/// The letter for what an icon shows, if without it something would not be said.
fn letter(icon: &str) -> &'static str {
    match icon {
        "check" | "checkbox" | "checkbox-marked" | "square-check" => "✓",
        "close" | "x" | "xmark" | "times" | "cancel" | "no-entry" => "✗",
        "arrow-right" => "→",
        "arrow-left" => "←",
        "arrow-up" => "↑",
        "arrow-down" => "↓",
        "plus" => "+",
        "minus" => "−",
        "alert" | "triangle-exclamation" => "⚠",
        "help" | "question" => "?",
        "star" => "★",
        "thumb-up" | "thumbs-up" | "thumbsup" => "👍",
        "thumb-down" | "thumbs-down" | "thumbsdown" => "👎",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    #[test]
    fn icons_are_letters_or_nothing() {
        let check = |text: &str, expected: &str| {
            let parser = Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_TABLES);
            let mut html = String::new();
            let events = apply(text, parser.into_offset_iter().collect());
            pulldown_cmark::html::push_html(&mut html, events.into_iter().map(|(event, _)| event));
            assert_eq!(html.trim_end(), expected, "of {text:?}");
        };
        check(":material-check: and :octicons-x-16:", "<p>✓ and ✗</p>");
        check(":octicons-arrow-right-24: [a](b)", "<p>→ <a href=\"b\">a</a></p>");
        check("## :material-rocket-launch: Start", "<h2>Start</h2>");
        check("## Start :octicons-heart-fill-16:{: .heart }", "<h2>Start</h2>");
        check("like :fontawesome-brands-github:{ style=\"color: #5A4CE0\" } or", "<p>like or</p>");
        check("a :material-rocket: \"b\" :simple-x:", "<p>a “b”</p>");
        check("[:material-rocket-launch:](a) :material-check-all:", "<p><a href=\"a\">rocket launch</a> ✓</p>");
        check(
            "`:material-check:` \\:material-check: :tada:",
            "<p><code>:material-check:</code> :material-check: :tada:</p>",
        );
    }
}
