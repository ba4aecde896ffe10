//! The theme's templates: parsed once, and rendered with their mistakes as diagnostics.

pub mod around;
mod explain;
mod filters;
mod reports;

use std::collections::BTreeSet;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Diagnostic, Found, Place, template};
use crate::link::Site;
use crate::read::{Template, Theme};
use crate::render::pages::cards::{Cards, cards};
use crate::render::pages::site::global;
use crate::render::theme::built_in::BuiltIn;
use around::{Around, Pieces};
use reports::{Report, reports};

/// The theme's templates, parsed once for all pages, with what the whole site shares.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    /// The templates as they were read, in which mistakes are shown.
    pub(super) sources: Vec<Template>,
    /// What is wrong with them.
    mistakes: Vec<Diagnostic>,
    /// Templates that cannot be used, which has been reported.
    broken: BTreeSet<String>,
    /// The essays and keywords as lists show them.
    pub(super) cards: Cards,
    /// The styles and scripts that Essai makes.
    pub(super) built_in: BuiltIn,
    /// Destinations of the navigation that lead nowhere, which has been reported.
    pub(super) reported: Vec<String>,
}

/// Parses the templates of `theme` and gives them what the whole site shares. Every broken template is reported; pages
/// that need one come out empty.
///
/// `before` is an earlier site with its templates. The answer does not depend on it: it is only there sooner, since what
/// is the same is taken from there.
pub fn templates(theme: &Theme, site: &Site, before: Option<(&Site, &Templates)>) -> Found<Templates> {
    let Found { value: (mut tera, broken), diagnostics } = match before {
        Some((_, before)) if before.sources == theme.templates => {
            Found { value: (before.tera.clone(), before.broken.clone()), diagnostics: before.mistakes.clone() }
        }
        _ => parse(&theme.templates),
    };
    let cards = cards(site, before.map(|(site, templates)| (site, &templates.cards)));
    let built_in = BuiltIn::new(site, &theme.templates, before.map(|(_, before)| &before.built_in));
    let (global, reported) = global(site, &cards, &built_in);
    *tera.global_context() = context(&global);
    let (sources, mistakes) = (theme.templates.clone(), diagnostics.clone());
    Found { value: Templates { tera, sources, mistakes, broken, cards, built_in, reported }, diagnostics }
}

/// What a template is given, as the engine wants it.
fn context(given: &impl Serialize) -> Context {
    // The contract's types always serialise to a map with names as keys.
    Context::from_serialize(given).unwrap_or_default()
}

impl Templates {
    /// Whether the files that go out under names of their own are the same as those of `other`.
    pub fn make_same_files(&self, other: &Templates) -> bool {
        self.built_in == other.built_in
    }

    /// Whether they were parsed from the same text as `other`.
    pub fn have_same_sources(&self, other: &Templates) -> bool {
        self.sources == other.sources
    }

    /// What the template `name` makes of `given`; empty if it cannot be rendered.
    pub(super) fn render(&self, name: &str, given: &impl Serialize) -> Found<String> {
        let Found { value, diagnostics } = self.render_around(name, given, "");
        Found { value: value.before, diagnostics }
    }

    /// What the template `name` makes of `given` around `text`, which is part of that; empty if it cannot be rendered.
    pub(super) fn render_around(&self, name: &str, given: &impl Serialize, text: &str) -> Found<Around> {
        if self.broken.contains(name) {
            return Found::from(Around::default());
        }
        let mut pieces = Pieces::new(text);
        match self.tera.render_to(name, &context(given), &mut pieces).and_then(|()| pieces.page()) {
            Ok(around) => Found::from(around),
            Err(error) => Found { value: Around::default(), diagnostics: vec![self.mistake(&error, name, given)] },
        }
    }

    /// A failure to render the template `name` with what it was given, in our words.
    fn mistake(&self, error: &tera::Error, name: &str, given: &impl Serialize) -> Diagnostic {
        match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                let (name, span) = (report.filename(), report.span().range.clone());
                let text = source(&self.sources, name).map_or("", |source| &source.text);
                let path = explain::path(text, span.clone());
                let written = text.get(path.clone()).unwrap_or_default();
                if !template::is_about_nothing(report.message()) {
                    return template::rendering(report.message(), written, place(&self.sources, name, span));
                }
                // The engine says which names there are only where it shows something.
                let asked = self.tera.render_str(&format!("{{{{ {written} }}}}"), &context(given), false);
                match asked.as_ref().err().map(tera::Error::kind) {
                    Some(ErrorKind::RenderingError(asked)) if template::is_about_a_field(asked.message()) => {
                        let part = asked.span().range.start.saturating_sub("{{ ".len());
                        let span = path.start + part..path.start + part + asked.span().range.len();
                        template::rendering(asked.message(), written, place(&self.sources, name, span))
                    }
                    _ => template::nothing(written, place(&self.sources, name, path)),
                }
            }
            ErrorKind::TemplateNotFound(name) => template::absent(name),
            other => template::other(&other.to_string(), Some(file(&self.sources, name))),
        }
    }
}

/// Parses `sources`, leaving out those that are broken and those that need a broken one.
fn parse(sources: &[Template]) -> Found<(Tera, BTreeSet<String>)> {
    let mut broken = BTreeSet::new();
    let mut diagnostics = Vec::new();
    loop {
        let mut tera = Tera::default();
        filters::register(&mut tera);
        let whole = sources.iter().filter(|source| !broken.contains(&source.name));
        let Err(error) = tera.add_raw_templates(whole.map(|source| (&source.name, &source.text))) else {
            return Found { value: (tera, broken), diagnostics };
        };
        let before = broken.len();
        blame(sources, &error, &mut broken, &mut diagnostics);
        if broken.len() == before {
            // The engine has not said which: none can be used.
            diagnostics.push(template::other(&error.to_string(), None));
            broken.extend(sources.iter().map(|source| source.name.clone()));
        }
    }
}

/// Adds to `broken` the templates that `error` is about. Those that only need a broken one are not reported.
fn blame(sources: &[Template], error: &tera::Error, broken: &mut BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let place = place(sources, report.filename(), report.span().range.clone());
            let text = source(sources, report.filename()).map_or("", |source| &source.text);
            let unclosed = explain::unclosed(text).filter(|_| template::is_about_the_end(report.message()));
            diagnostics.push(match unclosed {
                Some((tag, span)) => template::unclosed(tag, self::place(sources, report.filename(), span)),
                None => template::syntax(report.message(), place, &[]),
            });
            broken.insert(report.filename().to_owned());
        }
        ErrorKind::MissingParent { current, parent } => {
            if !broken.contains(parent) {
                let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
                let place = literal(sources, current, parent);
                diagnostics.push(template::missing_parent(place, parent, &names));
            }
            broken.insert(current.clone());
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            diagnostics.push(template::circle(file(sources, tpl), chain));
            broken.insert(tpl.clone());
            broken.extend(chain.iter().cloned());
        }
        ErrorKind::Msg(message) => {
            let already_broken = !broken.is_empty();
            for Report { message, template: name, line, column, width } in reports(message) {
                let needs_broken = name_in(&message).is_some_and(|needed| broken.contains(needed))
                    || (already_broken && message.starts_with("Unknown component"));
                if !needs_broken {
                    let place = line_place(sources, &name, line, column, width);
                    let names: Vec<&str> = match message.starts_with("Unknown filter") {
                        true => filters::NAMES.to_vec(),
                        false => sources.iter().map(|source| source.name.as_str()).collect(),
                    };
                    diagnostics.push(template::syntax(&message, place, &names));
                }
                broken.insert(name);
            }
        }
        _ => {}
    }
}

/// The name in backquotes in a message.
fn name_in(message: &str) -> Option<&str> {
    message.split('`').nth(1)
}

/// The template `name` as its author names it.
fn source<'a>(sources: &'a [Template], name: &str) -> Option<&'a Template> {
    sources.iter().find(|source| source.name == name)
}

/// The place of `span` in the template `name`.
fn place(sources: &[Template], name: &str, span: std::ops::Range<usize>) -> Place {
    source(sources, name).map_or_else(|| Place::file(name), |source| Place::new(&source.shown, &source.text, span, ""))
}

/// The place that names only the template's file.
fn file(sources: &[Template], name: &str) -> Place {
    Place::file(source(sources, name).map_or(name, |source| &source.shown))
}

/// The place where the template `name` first says `text`.
fn literal(sources: &[Template], name: &str, text: &str) -> Place {
    match source(sources, name).and_then(|source| source.text.find(text)) {
        Some(at) => place(sources, name, at..at + text.len()),
        None => file(sources, name),
    }
}

/// The place of `width` characters in the template `name`; line from 1, column from 0.
fn line_place(sources: &[Template], name: &str, line: usize, column: usize, width: usize) -> Place {
    let Some(source) = source(sources, name) else { return Place::file(name) };
    let start: usize = source.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &source.text[start..];
    let byte = |characters: usize| rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at);
    place(sources, name, start + byte(column)..start + byte(column + width))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sources(templates: &[(&str, &str)]) -> Vec<Template> {
        templates
            .iter()
            .map(|(name, text)| Template {
                name: (*name).to_owned(),
                shown: format!("templates/{name}"),
                text: (*text).to_owned().into(),
            })
            .collect()
    }

    /// Checks that `templates` have exactly these mistakes: path, line, column and the beginning of the message.
    fn check(templates: &[(&str, &str)], expected: &[&str]) {
        let found: Vec<String> = parse(&sources(templates))
            .diagnostics
            .iter()
            .map(|mistake| {
                let place = mistake.place.as_ref().unwrap();
                format!("{}:{}:{} {}", place.path, place.line, place.column, mistake.message)
            })
            .collect();
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.starts_with(expected), "{found}");
        }
    }

    #[test]
    fn every_broken_template_is_reported() {
        check(
            &[("a.html", "\n{% if %}"), ("b.html", "{{ x"), ("c.html", "fine")],
            &["templates/a.html:2:", "templates/b.html:1:"],
        );
    }

    #[test]
    fn a_template_that_needs_a_broken_one_is_not_reported() {
        check(
            &[
                ("base.html", "{{ ) }}"),
                ("child.html", "{% extends \"base.html\" %}"),
                ("page.html", "{% include \"child.html\" %}"),
            ],
            &["templates/base.html:1:4 "],
        );
    }

    #[test]
    fn unknown_names_are_reported_where_they_stand() {
        check(
            &[("a.html", "é\né{{ 1 | shout }}"), ("b.html", "{% include \"nowhere.html\" %}")],
            &["templates/a.html:2:9 unknown filter `shout`", "templates/b.html:1:12 unknown template `nowhere.html`"],
        );
        check(
            &[("a.html", "{% extends \"bass.html\" %}")],
            &["templates/a.html:1:13 no template `bass.html` to extend"],
        );
        check(
            &[("a.html", "{% extends \"b.html\" %}"), ("b.html", "{% extends \"a.html\" %}")],
            &["templates/a.html:1:1 a circle of templates"],
        );
    }
}
