//! Mistakes in templates, and in what they make.

use super::suggest::nearest;
use super::{Diagnostic, Kind, Place};

/// Why a reference in a template's output leads nowhere.
#[derive(Debug, Clone, Copy)]
pub enum Unresolved<'a> {
    /// Nothing is there.
    Nothing {
        /// The nearest name.
        nearest: Option<&'a str>,
    },
    /// The page is there and has no such id.
    Anchor {
        /// The id.
        anchor: &'a str,
        /// The page; empty for the page that the reference stands in.
        page: &'a str,
        /// The nearest id.
        nearest: Option<&'a str>,
    },
    /// It is there in another case.
    Case {
        /// As it is spelt there.
        right: &'a str,
    },
    /// It leads out of the site.
    Outside,
    /// It leads to an essay that is not published yet.
    Unpublished,
}

/// A template that cannot be parsed. `message` is the engine's; `names` are those that there are, where it is about a name.
pub fn syntax(message: &str, place: Place, names: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::new(Kind::Template, sentence(message)).at(place);
    let wrong = message.split('`').nth(1).filter(|_| message.starts_with("Unknown"));
    match wrong.and_then(|wrong| nearest(wrong, names.iter().copied())) {
        Some(name) => mistake.help(format!("did you mean `{name}`?")),
        None => match wrong.filter(|_| message.starts_with("Unknown template")) {
            Some(wrong) => mistake.help(format!("put one at `templates/{wrong}`")),
            None => mistake,
        },
    }
}

/// A tag that waits for its end where the template ends.
pub fn unclosed(tag: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::Template, format!("nothing closes `{tag}`"))
        .at(place)
        .help(format!("write `{{% end{tag} %}}` where it ends"))
}

/// Whether the engine's `message` says that the template ends too early.
pub fn is_about_the_end(message: &str) -> bool {
    message.starts_with("Unexpected end of input")
}

/// Whether the engine's `message` is about something that is not there, without a name.
pub fn is_about_nothing(message: &str) -> bool {
    let message = message.trim_end_matches('.');
    ["Iteration not possible on type `undefined`", "Iteration not possible on type `none`"].contains(&message)
        || message.starts_with("Tried to render a variable that is undefined")
}

/// Whether the engine's `message` names a field that is not there.
pub fn is_about_a_field(message: &str) -> bool {
    message.starts_with("Field `")
}

/// What a template shows or goes through, `path`, and that is not there.
pub fn nothing(path: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::Template, format!("`{path}` is not there")).at(place).help(where_absent(path))
}

/// What to write for `path` where it may be absent.
fn where_absent(path: &str) -> String {
    format!("where it may be absent, write `{path} or \"\"`, or ask with `{{% if {path} %}}`")
}

/// A template that was parsed and cannot be rendered. `message` is the engine's; where it lists the names that exist,
/// they become help. `path` is what the template says: `essay.extra.mood`.
pub fn rendering(message: &str, path: &str, place: Place) -> Diagnostic {
    for (mark, what) in [(" Available fields: ", "field"), (" Available variables: ", "variable")] {
        let Some((before, names)) = message.split_once(mark) else { continue };
        let wrong = before.split('`').nth(1).unwrap_or_default();
        let there = if what == "field" { "this has" } else { "here are" };
        let mistake = Diagnostic::new(Kind::Template, format!("no {what} `{wrong}` here")).at(place);
        let mistake = match nearest(wrong, names.split(", ")) {
            Some(name) => mistake.help(format!("did you mean `{name}`?")),
            None => mistake.help(where_absent(path)),
        };
        return mistake.help(format!("{there}: {names}"));
    }
    if let Some(wrong) = message.strip_prefix("Field `").and_then(|rest| rest.split('`').next()) {
        return Diagnostic::new(Kind::Template, format!("no field `{wrong}` here")).at(place).help(where_absent(path));
    }
    Diagnostic::new(Kind::Template, sentence(message)).at(place)
}

/// A template that another one extends and that is not there.
pub fn missing_parent(current: Place, parent: &str, names: &[&str]) -> Diagnostic {
    let mistake = Diagnostic::new(Kind::Template, format!("no template `{parent}` to extend")).at(current);
    match nearest(parent, names.iter().copied()) {
        Some(name) => mistake.help(format!("did you mean `{name}`?")),
        None => mistake.help(format!("there are: {}", names.join(", "))),
    }
}

/// Templates that extend or include each other in a circle.
pub fn circle(place: Place, chain: &[String]) -> Diagnostic {
    Diagnostic::new(Kind::Template, format!("a circle of templates: {}", chain.join(" → "))).at(place)
}

/// Whatever else the engine says about a template.
pub fn other(message: &str, place: Option<Place>) -> Diagnostic {
    let mistake = Diagnostic::new(Kind::Template, sentence(message));
    match place {
        Some(place) => mistake.at(place),
        None => mistake,
    }
}

/// A template that a page needs and the theme does not have.
pub fn absent(name: &str) -> Diagnostic {
    Diagnostic::new(Kind::Template, format!("no template `{name}`")).help(format!("put one at `templates/{name}`"))
}

/// A page that made Essai itself stumble.
pub fn stumbled(page: &str) -> Diagnostic {
    Diagnostic::new(Kind::Internal, format!("Essai stumbled over the page `{page}`"))
        .help("this is a mistake in Essai: please report it, with the essay if you can")
}

/// A link in a template that leads nowhere.
pub fn broken_link(
    destination: &str,
    unresolved: Unresolved<'_>,
    page: &str,
    template: &str,
    place: Option<Place>,
) -> Diagnostic {
    reference(Kind::BrokenLink, "no page or file at", destination, unresolved, made(page, template, place))
}

/// A picture, style or other file that a template uses and that is not there.
pub fn missing_file(
    destination: &str,
    unresolved: Unresolved<'_>,
    page: &str,
    template: &str,
    place: Option<Place>,
) -> Diagnostic {
    reference(Kind::MissingFile, "no file at", destination, unresolved, made(page, template, place))
}

/// An id that a template gives to an element although the page has it already.
pub fn repeated_id(id: &str, page: &str, template: &str, place: Option<Place>) -> Diagnostic {
    made(page, template, place)
        .place(Kind::DuplicateId, format!("a template uses the id `{id}`, which the page has already"))
        .help(format!("headings of essays have ids too: `page:{id}` cannot be one of them"))
}

/// Where a mistake of a page's theme is shown.
enum Made<'a> {
    /// In the template that holds the literal: the same for every page.
    Here(Place),
    /// The template computes it: the page is named.
    Somewhere(&'a str, &'a str),
}

/// Where a mistake is shown that `place`, if it is known, holds literally.
fn made<'a>(page: &'a str, template: &'a str, place: Option<Place>) -> Made<'a> {
    place.map_or(Made::Somewhere(page, template), Made::Here)
}

impl Made<'_> {
    /// The mistake at this place.
    fn place(self, kind: Kind, message: String) -> Diagnostic {
        match self {
            Made::Here(place) => Diagnostic::new(kind, message).at(place),
            Made::Somewhere(page, template) => Diagnostic::new(kind, format!("{message}, in the page `{page}`"))
                .help(format!("the template `{template}`, or one that it extends or includes, writes it")),
        }
    }
}

/// The mistake that `destination` leads nowhere.
fn reference(kind: Kind, nothing: &str, destination: &str, unresolved: Unresolved<'_>, made: Made<'_>) -> Diagnostic {
    match unresolved {
        Unresolved::Nothing { nearest } => {
            let mistake = made.place(kind, format!("{nothing} `{destination}`"));
            match nearest {
                _ if !destination.starts_with('/') => mistake.help(format!(
                    "a relative link is relative to each page that the template makes: begin with `/{}` to start \
                     from the top of the site",
                    destination.trim_start_matches("../")
                )),
                Some(name) => mistake.help(format!("did you mean `{name}`?")),
                None => mistake,
            }
        }
        Unresolved::Anchor { anchor, page, nearest } => {
            // The page itself is not named: the same mistake on ten thousand pages is one.
            let page = if page.is_empty() { "the page".to_owned() } else { format!("`{page}`") };
            let mistake = made.place(Kind::MissingAnchor, format!("no id `{anchor}` in {page}"));
            match nearest {
                Some(name) => mistake.help(format!("did you mean `#{name}`?")),
                None => mistake,
            }
        }
        Unresolved::Case { right } => made
            .place(Kind::WrongCase, format!("`{destination}` is spelt `{right}`"))
            .help("some hosts tell upper case from lower case"),
        Unresolved::Outside => made.place(Kind::OutsideContent, format!("`{destination}` leads out of the site")),
        Unresolved::Unpublished => made.place(Kind::LinkToUnpublished, format!("`{destination}` is not published yet")),
    }
}

/// A message of the engine as we write them: without a full stop, in lower case but for names.
fn sentence(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut letters = message.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => "the template cannot be used".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_field_lists_those_that_exist() {
        let place = Place::file("templates/essay.html");
        let mistake = rendering("Field `titel` is not defined. Available fields: date, title", "essay.titel", place);
        assert_eq!(mistake.message, "no field `titel` here");
        assert_eq!(mistake.help[..2], ["did you mean `title`?", "this has: date, title"]);
    }

    #[test]
    fn a_computed_mistake_names_the_page() {
        let mistake = broken_link("/x.html", Unresolved::Outside, "a.html", "essay.html", None);
        assert_eq!(mistake.message, "`/x.html` leads out of the site, in the page `a.html`");
    }
}
