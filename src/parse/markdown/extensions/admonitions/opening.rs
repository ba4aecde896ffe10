//! The first line of an admonition: what it becomes, and what it is called.

use std::ops::Range;

use super::{directive, statement};
use crate::parse::markdown::extensions::attribute_list::{self, AttributeList};

/// What an admonition becomes, as its first line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The element.
    pub element: Element,
    /// Its id, classes and other attributes.
    pub list: AttributeList,
    /// What stands before its title, as that of a theorem does: "Theorem".
    pub statement: Option<String>,
    /// What stands above its text.
    pub title: Title,
    /// Where its title leads, as bytes of the text: a card is a link.
    pub link: Option<Range<usize>>,
    /// What at the beginning of its text is no text of its.
    pub takes: Takes,
}

/// What an admonition takes of the beginning of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A heading, which is its title (Quarto).
    Heading,
    /// Lines of options (MyST). Where nothing follows them, what the author wrote as a title is the text, below this one.
    Options(Title),
    /// Indented lines of options (pymdownx).
    IndentedOptions,
}

/// The element that an admonition becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Element {
    /// `<aside>`, always to be seen.
    Aside,
    /// `<details>`, which a reader opens.
    Details,
    /// `<details open>`, which a reader closes.
    OpenDetails,
    /// `<div>`: a block with classes, of which Essai knows nothing else.
    Division,
    /// `<blockquote>`, whose title says whom it is of.
    Quotation,
    /// `<figure>`: a picture, whose path is in the first line, and its caption. The attributes are the picture's, but for the id.
    Figure,
    /// `<dd>` of a `<dl>`, whose `<dt>` is its title: a tab.
    Tab(Tab),
}

/// Where a tab stands among those of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Alone.
    Only,
    /// Before the others.
    First,
    /// Between others.
    Middle,
    /// After the others.
    Last,
}

/// What stands above the text of an admonition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// Nothing.
    None,
    /// What the author wrote at these bytes: inline Markdown.
    Written(Range<usize>),
    /// What its kind is called.
    Kind(String),
}

/// Kinds that have the look of an alert, with the name of the alert.
const KINDS: &[(&str, &[&str])] = &[
    (
        "note",
        &[
            "note", "info", "abstract", "summary", "tldr", "seealso", "todo", "example", "quote", "cite", "question",
            "help", "faq",
        ],
    ),
    ("tip", &["tip", "hint", "success", "check", "done"]),
    ("important", &["important"]),
    ("warning", &["warning", "attention"]),
    ("caution", &["caution", "danger", "error", "failure", "fail", "missing", "bug"]),
];

/// The alert that `kind` looks like, if it is one that is known. Upper and lower case are the same.
pub fn alert(kind: &str) -> Option<&'static str> {
    let has = |kinds: &[&str]| kinds.iter().any(|known| kind.eq_ignore_ascii_case(known));
    KINDS.iter().find(|(_, kinds)| has(kinds)).map(|(alert, _)| *alert)
}

/// What `line`, which stands at byte `start`, opens if it is `!!! kind class "title"`, or the same with `???` or `???+`, which
/// can do without a kind. `has_text` says whether indented lines follow: without them a line of several words is prose.
pub fn indented(line: &str, start: usize, has_text: bool) -> Option<Opening> {
    let (mark, element) = [("!!!", Element::Aside), ("???+", Element::OpenDetails), ("???", Element::Details)]
        .into_iter()
        .find(|(mark, _)| line.starts_with(mark))?;
    let rest = line[mark.len()..].trim_end();
    let (names, written) = match rest.split_once('"') {
        Some((names, quoted)) => (names, Some(quoted.strip_suffix('"')?)),
        None => (rest, None),
    };
    if let Some(title) = written
        && names.trim().is_empty()
        && element != Element::Aside
    {
        let end = start + line.trim_end().len() - 1;
        let title = trimmed(title, end - title.len());
        return Some(Opening { element, ..named("details", title, AttributeList::default()) });
    }
    let mut names = names.split_whitespace();
    let kind = names.next()?;
    let others: Vec<&str> = names.collect();
    let is_kind = is_name(kind) && (is_lower(kind) || alert(kind).is_some());
    let is_meant = has_text || written.is_some() || (others.is_empty() && alert(kind).is_some());
    if !is_kind || !is_meant || !others.iter().all(|class| is_name(class)) {
        return None;
    }
    let title = match written {
        Some("") if element == Element::Aside => Title::None,
        None | Some("") => Title::Kind(capitalized(kind)),
        Some(written) => {
            let end = start + mark.len() + rest.len() - "\"".len();
            Title::Written(end - written.len()..end)
        }
    };
    let mut list = AttributeList { classes: classes(kind), ..AttributeList::default() };
    list.classes.extend(others.into_iter().map(str::to_owned));
    Some(Opening { element, list, statement: None, title, link: None, takes: Takes::Nothing })
}

/// What `line`, which stands at byte `start`, opens if it is `:::kind title`, `:::kind[title]`, `::: {.class #id}` or
/// `:::{kind} title`.
pub fn fenced(line: &str, start: usize) -> Option<Opening> {
    let inside = line.strip_prefix(":::")?.trim_start_matches(':').trim_start();
    let start = start + line.len() - inside.len();
    if let Some(opening) = directive::opening(inside, start) {
        return Some(opening);
    }
    // Pandoc lets colons follow too.
    let inside = inside.trim_end_matches(':').trim_end();
    if inside.starts_with('{') {
        return attributed(inside, start);
    }
    let name = &inside[..inside.find(|letter: char| !is_of_name(letter)).unwrap_or(inside.len())];
    let mut rest = &inside[name.len()..];
    let is_kind = is_name(name) && (is_lower(name) || alert(name).is_some() || rest.is_empty());
    if !is_kind || !(rest.is_empty() || rest.starts_with([' ', '\t', '[', '{'])) {
        return None;
    }
    // Where what ends the line begins.
    let place = |end: &str| start + inside.len() - end.len();
    let mut list = AttributeList::default();
    let mut title = None;
    if let Some(label) = rest.strip_prefix('[') {
        let end = label.rfind(']')?;
        title = trimmed(&label[..end], place(label));
        rest = &label[end + 1..];
    }
    let mut given_title = None;
    if let Some((given, len)) = attribute_list::parse(rest) {
        given_title = value_of("title", &given, &rest[..len], place(rest));
        (list, rest) = (given, &rest[len..]);
        list.pairs.retain(|(key, _)| key != "title");
    }
    let title = title.or_else(|| trimmed(rest, place(rest))).or(given_title);
    // HackMD's name of it.
    let name = if name == "spoiler" { "details" } else { name };
    match in_japan(name, rest.trim()) {
        Some(kind) => Some(named(kind, None, list)),
        None => Some(named(name, title, list)),
    }
}

/// The kind of an admonition of Zenn or Qiita that is called `name`, whose kind follows.
fn in_japan(name: &str, rest: &str) -> Option<&'static str> {
    match (name, rest) {
        ("message", "") | ("note", "info") => Some("note"),
        ("note", "warn") => Some("warning"),
        ("message" | "note", "alert") => Some("caution"),
        _ => None,
    }
}

/// Where `text`, which stands at byte `start`, is without the space around it; `None` if it is nothing else.
pub fn trimmed(text: &str, start: usize) -> Option<Range<usize>> {
    let start = start + text.len() - text.trim_start().len();
    Some(start..start + text.trim().len()).filter(|range| !range.is_empty())
}

/// `{.class #id key=value}` behind colons: a callout of Quarto, or a block with classes.
fn attributed(inside: &str, start: usize) -> Option<Opening> {
    let (mut list, len) = attribute_list::parse(inside)?;
    if len < inside.len() {
        return None;
    }
    let title = value_of("title", &list, inside, start);
    let collapse = list.get("collapse").map(str::to_owned);
    let callout = |class: &String| alert(class.strip_prefix("callout-").unwrap_or(class)).is_some();
    let Some(position) = list.classes.iter().position(callout) else {
        let Some((name, class)) = statement::attributed(&list) else { return Some(named("", None, list)) };
        class.into_iter().for_each(|class| drop(list.classes.remove(class)));
        let title = title.or_else(|| value_of("name", &list, inside, start));
        list.pairs.retain(|(key, _)| key != "title" && key != "name");
        let takes = if title.is_none() { Takes::Heading } else { Takes::Nothing };
        return Some(Opening { takes, ..statement::opening(name, title, list) });
    };
    let class = list.classes.remove(position);
    list.pairs.clear();
    let kind = class.strip_prefix("callout-").unwrap_or(&class);
    let takes = if title.is_none() && kind != class { Takes::Heading } else { Takes::Nothing };
    let mut opening = Opening { takes, ..named(kind, title, list) };
    opening.element = match collapse.as_deref() {
        Some("true") => Element::Details,
        Some("false") => Element::OpenDetails,
        _ => opening.element,
    };
    Some(opening)
}

/// Where the value of `key` stands in `list`, which is `written` at byte `start`, if it is not empty.
fn value_of(key: &str, list: &AttributeList, written: &str, start: usize) -> Option<Range<usize>> {
    let value = list.get(key).filter(|value| !value.is_empty())?;
    let key = written.find(&format!("{key}="))? + key.len() + "=".len();
    let at = start + key + written[key..].find(value)?;
    Some(at..at + value.len())
}

/// A block that is called `name`, with a title and attributes.
pub fn named(name: &str, written: Option<Range<usize>>, mut list: AttributeList) -> Opening {
    let (element, classes, title) = if alert(name).is_some() {
        (Element::Aside, classes(name), Title::Kind(capitalized(name)))
    } else if name == "details" {
        (Element::Details, Vec::new(), Title::Kind(capitalized(name)))
    } else {
        let class = Some(name.to_owned()).filter(|name| !name.is_empty());
        (Element::Division, class.into_iter().collect(), Title::None)
    };
    list.classes.splice(0..0, classes);
    for (key, _) in &mut list.pairs {
        let is_html = ["data-", "aria-"].iter().any(|start| key.starts_with(start));
        if !is_html && !["lang", "dir", "role", "title"].contains(&key.as_str()) {
            key.insert_str(0, "data-");
        }
    }
    let title = written.map_or(title, Title::Written);
    Opening { element, list, statement: None, title, link: None, takes: Takes::Nothing }
}

/// A callout of this `kind`, as Obsidian has them: a kind that is not known has the look of a note. `None` if `kind` is no name.
pub fn callout(kind: &str, element: Element) -> Option<Opening> {
    is_name(kind).then(|| Opening {
        element,
        link: None,
        statement: None,
        list: AttributeList { classes: classes(kind), ..AttributeList::default() },
        title: Title::Kind(capitalized(kind)),
        takes: Takes::Nothing,
    })
}

/// The classes of an alert of that kind. The kind itself is one, if it is not what the alert is called: a site's own style
/// may want to tell them apart. The theme has its own `cite`.
pub fn classes(kind: &str) -> Vec<String> {
    let alert = alert(kind).unwrap_or("note");
    let mut classes = vec!["alert".to_owned(), format!("alert-{alert}")];
    let kind = kind.to_ascii_lowercase();
    if kind != alert {
        classes.push(if kind == "cite" { "quote".to_owned() } else { kind });
    }
    classes
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_')
}

/// Whether `name` can be a kind or a class: letters, digits and hyphens, a letter first.
pub fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && name.chars().all(is_of_name)
}

fn is_lower(name: &str) -> bool {
    !name.contains(|letter: char| letter.is_ascii_uppercase())
}

/// `kind` as a title.
pub fn capitalized(kind: &str) -> String {
    let kind = kind.to_ascii_lowercase();
    let (first, rest) = kind.split_at(kind.len().min(1));
    if kind == "seealso" { "See also".to_owned() } else { first.to_ascii_uppercase() + rest }
}
