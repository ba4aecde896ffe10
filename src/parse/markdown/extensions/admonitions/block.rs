//! `/// note | Title` (the blocks of pymdownx), closed by as many slashes, and the indented lines of options that may follow.

use std::ops::Range;

use super::attribute_list::{self, AttributeList};
use super::opening::{self, Element, Opening, Tab, Takes, Title};

/// Blocks that are no alerts.
const KNOWN: &[&str] = &["admonition", "details", "tab", "html", "caption", "figure-caption", "table-caption"];

/// The name of the block that `line` begins, and what follows it.
fn split(line: &str) -> Option<(&str, &str)> {
    let inside = line.strip_prefix("///")?.trim_start_matches('/');
    let (name, title) = inside.split_once('|').unwrap_or((inside, ""));
    let is_known = |name| KNOWN.contains(&name) || opening::alert(name).is_some();
    (inside.starts_with(' ') && is_known(name.trim())).then_some((name.trim(), title))
}

/// What `line`, which stands at byte `start`, opens if it is a block that is known.
pub fn opening(line: &str, start: usize) -> Option<Opening> {
    let (name, rest) = split(line)?;
    let title = opening::trimmed(rest, start + line.len() - rest.len());
    let opening = match name {
        "tab" => {
            let (element, list, title) = (Element::Tab(Tab::Only), AttributeList::default(), Title::Written(title?));
            Opening { element, list, title, statement: None, link: None, takes: Takes::Nothing }
        }
        "admonition" => Opening {
            title: title.map_or(Title::None, Title::Written),
            ..opening::named("note", None, AttributeList::default())
        },
        "html" => opening::named("", None, selected(rest.trim())?),
        // What the caption is of stands above it, and how it is numbered behind the bar.
        "caption" | "figure-caption" | "table-caption" => opening::named("caption", None, AttributeList::default()),
        _ => opening::named(name, title, AttributeList::default()),
    };
    Some(Opening { takes: Takes::IndentedOptions, ..opening })
}

/// The id and classes of a block of HTML, `div.class#id`. Any other element than a division is none that Markdown can stand in
/// everywhere.
fn selected(selector: &str) -> Option<AttributeList> {
    let names = selector.strip_prefix("div")?;
    if names.is_empty() {
        return Some(AttributeList::default());
    }
    let apart = names.replace('.', " .").replace('#', " #");
    let (list, length) = attribute_list::parse(&format!("{{{apart}}}"))?;
    (length == apart.len() + 2).then_some(list)
}

/// Whether `line` begins a tab, which goes on with the group before it.
pub fn goes_on(line: &str) -> bool {
    split(line).is_some_and(|(name, _)| name == "tab")
}

/// Takes the options that `lines` of `text` begin with into `opening`; returns how many lines are theirs.
pub fn take_options(text: &str, lines: &[Range<usize>], opening: &mut Opening) -> usize {
    let option = |line: &Range<usize>| {
        let written = &text[line.clone()];
        let is_indented = written.starts_with("    ") || written.starts_with('\t');
        written.trim().split_once(':').filter(|(key, _)| is_indented && opening::is_name(key))
    };
    let options: Vec<_> = lines.iter().map_while(option).collect();
    for (key, value) in &options {
        match (*key, value.trim()) {
            ("type", kind) if opening::alert(kind).is_some() => opening.list.classes = opening::classes(kind),
            ("open", value) if value.eq_ignore_ascii_case("true") => opening.element = Element::OpenDetails,
            _ => {}
        }
    }
    options.len()
}
