//! `{note}`, `{admonition} Title`, `{dropdown} Title`, `{tab-item} Title` and `{figure} picture.png` behind colons or backticks, as MyST writes
//! them, and the lines of options that may follow. `{tabs}` and `{group-tab} Title` are of sphinx-tabs, `{tab} Title` of sphinx-inline-tabs.

use std::ops::Range;

use super::opening::{self, Element, Opening, Tab, Takes, Title};
use super::statement;

/// Whether `text` begins with the braces of a directive that becomes an admonition.
pub fn begins(text: &str) -> bool {
    split(text).is_some()
}

/// The name of the directive that `text` begins with, and what follows its braces.
fn split(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    let is_known = match name {
        "admonition" | "dropdown" | "topic" | "sidebar" | "tab-set" | "tabs" => true,
        // Those of sphinx-design.
        "grid" | "grid-item" | "grid-item-card" | "card" => true,
        "figure" | "image" | "tab-item" | "tab" | "group-tab" => !rest.trim().is_empty(),
        "exercise-end" | "solution-end" => rest.trim().is_empty(),
        _ => opening::alert(name).is_some() || statement::directive(name).is_some(),
    };
    (is_known && (rest.is_empty() || rest.starts_with(char::is_whitespace))).then_some((name, rest))
}

/// What `written`, which stands at byte `start`, opens if it is such a directive with its title.
pub fn opening(written: &str, start: usize) -> Option<Opening> {
    let (name, rest) = split(written)?;
    let title = opening::trimmed(rest, start + written.len() - rest.len());
    let mut opening = match name {
        "dropdown" => opening::named("details", title, Default::default()),
        "admonition" | "topic" | "sidebar" | "grid-item-card" | "card" => Opening {
            title: title.map_or(Title::None, Title::Written),
            ..opening::named("note", None, Default::default())
        },
        "tab-item" | "tab" | "group-tab" => Opening {
            element: Element::Tab(Tab::Only),
            title: title.map_or(Title::None, Title::Written),
            ..opening::named("", None, Default::default())
        },
        "tab-set" | "tabs" | "grid" | "grid-item" => opening::named("", None, Default::default()),
        "exercise-end" | "solution-end" => opening::named("", None, Default::default()),
        // What follows is not its title, but the label of the exercise.
        "solution" | "solution-start" => statement::opening("solution", None, Default::default()),
        "figure" | "image" => Opening { element: Element::Figure, ..opening::named("", None, Default::default()) },
        _ => match statement::directive(name).filter(|_| opening::alert(name).is_none()) {
            Some(statement) => statement::opening(statement, title, Default::default()),
            None => opening::named(name, title, Default::default()),
        },
    };
    opening.takes = Takes::Options(match opening::alert(name) {
        Some(_) => opening::named(name, None, Default::default()).title,
        None => Title::None,
    });
    Some(opening)
}

/// Whether `line` begins a tab, which goes on with the group before it.
pub fn goes_on(line: &str) -> bool {
    split(line.trim_start_matches(['`', '~', ':']))
        .is_some_and(|(name, _)| matches!(name, "tab-item" | "tab" | "group-tab"))
}

/// The picture that `line`, the first of a figure that stands at byte `start`, names: where its path stands.
pub fn picture(line: &str, start: usize) -> Option<Range<usize>> {
    let (before, path) = line.split_once('}')?;
    opening::trimmed(path, start + before.len() + 1)
}

/// Takes the options that `lines` of `text` begin with into `opening`; returns how many lines are theirs.
pub fn take_options(text: &str, lines: &[Range<usize>], opening: &mut Opening) -> usize {
    let written = |line: &Range<usize>| text[line.clone()].trim();
    let rule = |line: &Range<usize>| written(line) == "---";
    if let Some(end) = lines.iter().skip(1).position(rule).filter(|_| lines.first().is_some_and(rule)) {
        for line in &lines[1..end + 1] {
            if let Some((key, value)) = written(line).split_once(':') {
                take(key, (value.trim(), line.start + place(&text[line.clone()], key)), opening);
            }
        }
        return end + 2;
    }
    let mut count = 0;
    for line in lines {
        let Some((key, value)) = written(line).strip_prefix(':').and_then(|line| line.split_once(':')) else { break };
        if !opening::is_name(key) {
            break;
        }
        take(key, (value.trim(), line.start + place(&text[line.clone()], key)), opening);
        count += 1;
    }
    count
}

/// Where in `line` the value of `key` begins.
fn place(line: &str, key: &str) -> usize {
    let behind = line.find(key).map_or(0, |at| at + key.len() + ":".len());
    line.len() - line[behind..].trim_start().len()
}

/// Takes the option `key`, whose value stands at byte `start`.
fn take(key: &str, (value, start): (&str, usize), opening: &mut Opening) {
    let is_figure = opening.element == Element::Figure;
    match key {
        "class" if is_figure => opening
            .list
            .classes
            .extend(value.split([' ', ',']).filter(|class| opening::is_name(class)).map(str::to_owned)),
        "class" => value.split([' ', ',']).for_each(|class| take_class(class, opening)),
        "name" | "label" => opening.list.id = Some(value.to_owned()).filter(|id| !id.is_empty() && !id.contains(' ')),
        "alt" | "width" | "height" if is_figure => {
            let value = if key == "alt" { value } else { value.strip_suffix("px").unwrap_or(value) };
            opening.list.pairs.push((key.to_owned(), value.to_owned()));
        }
        _ if is_figure => {}
        "link" => opening.link = Some(start..start + value.len()).filter(|_| !value.is_empty()),
        // A label, which leads elsewhere than a path.
        "link-type" if matches!(value, "ref" | "any") => opening.link = None,
        "open" if value == "false" => opening.element = Element::Details,
        "open" => opening.element = Element::OpenDetails,
        _ => {}
    }
}

/// `dropdown` says that readers open it, the name of a kind that it looks like one of those.
fn take_class(class: &str, opening: &mut Opening) {
    if matches!(class, "dropdown" | "toggle") {
        opening.element = match opening.element {
            Element::OpenDetails => Element::OpenDetails,
            _ => Element::Details,
        };
    } else if opening::alert(class).is_some() {
        opening.list.classes = opening::classes(class);
    } else if opening::is_name(class) {
        opening.list.classes.push(class.to_owned());
    }
}
