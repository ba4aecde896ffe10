//! Tiny essays for the tests of this room, made without the parser.
#![allow(clippy::unwrap_used)]

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Found};
use crate::link::{EssayId, Site, Surroundings, link};
use crate::parse::{Body, Date, Essay, Header, Inline, Precision, Reference, Role};
use crate::picture::Pictures;
use crate::read::{Asset, Config, Publication, SitePath, Source, ThemeFile};

/// An essay at `path` whose text is `text`. Its references are the `](destination)`s of the text, resources after `![`,
/// each with its line as the sentence; its anchors are the `{#id}`s. Its title is its path.
pub(in crate::link) fn essay(path: &str, text: &str) -> Essay {
    let path = SitePath::new(path).unwrap();
    Essay {
        header: Header::default(),
        title: Inline::new(path.to_string(), path.to_string()),
        heading: None,
        body: Body::default(),
        headings: Vec::new(),
        has_widths: false,
        sidenotes: Vec::new(),
        labels: Vec::new(),
        equations: Vec::new(),
        has_mathematics: false,
        code_classes: Default::default(),
        code_starts: Default::default(),
        anchors: between(text, "{#", '}').into_iter().map(|(_, anchor)| anchor.into()).collect(),
        references: references(text),
        excerpt: String::new(),
        words: 0,
        made_files: Vec::new(),
        source: Arc::new(Source::new(path, text)),
    }
}

fn references(text: &str) -> Vec<Reference> {
    let reference = |(span, destination): (Range<usize>, &str)| {
        let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let opening = text[..span.start].rfind('[').unwrap();
        let role = if text[..opening].ends_with('!') { Role::Resource } else { Role::Link };
        let sentence = if role == Role::Link { text[line..].lines().next().unwrap() } else { "" };
        Reference { role, destination: destination.to_owned(), span, sentence: sentence.to_owned() }
    };
    between(text, "](", ')').into_iter().map(reference).collect()
}

fn between<'a>(text: &'a str, open: &str, close: char) -> Vec<(Range<usize>, &'a str)> {
    let spans = text.match_indices(open).map(|(at, _)| {
        let start = at + open.len();
        start..start + text[start..].find(close).unwrap()
    });
    spans.map(|span| (span.clone(), &text[span])).collect()
}

/// The essay with its header changed.
pub(in crate::link) fn with_header(mut essay: Essay, change: impl FnOnce(&mut Header)) -> Essay {
    change(&mut essay.header);
    essay
}

/// The essay with these keywords, separated by commas.
pub(in crate::link) fn with_keywords(essay: Essay, keywords: &str) -> Essay {
    with_header(essay, |header| header.keywords = keywords.split(", ").map(str::to_owned).collect())
}

/// The essay with this date.
pub(in crate::link) fn dated(essay: Essay, day: &str) -> Essay {
    with_header(essay, |header| header.date = Some(date(day)))
}

/// A date known to the day.
pub(in crate::link) fn date(day: &str) -> Date {
    let day: jiff::civil::Date = day.parse().unwrap();
    let moment = jiff::tz::TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap();
    Date { moment, day, precision: Precision::Day }
}

/// A build on the 15th of June 2024 without drafts and future.
pub(in crate::link) fn publication() -> Publication {
    Publication { today: "2024-06-15".parse().unwrap(), drafts: false, future: false }
}

/// No assets, no theme.
pub(in crate::link) fn surroundings(config: Config) -> Surroundings {
    Surroundings {
        config,
        assets: Arc::default(),
        pictures: Pictures::default(),
        cards: Default::default(),
        theme_files: Vec::<ThemeFile>::new(),
        publication: publication(),
        ledger: Arc::default(),
    }
}

/// Assets at these paths.
pub(in crate::link) fn assets(paths: &[&str]) -> Arc<Vec<Asset>> {
    let asset =
        |path: &&str| Asset { path: SitePath::new(path).unwrap(), file: std::path::Path::new(path).into(), size: None };
    Arc::new(paths.iter().map(asset).collect())
}

/// The essays linked, with default configuration.
pub(in crate::link) fn linked(essays: Vec<Essay>) -> Found<Site> {
    linked_in(essays, surroundings(Config::default()))
}

/// The essays linked, in these surroundings; they are put in order first.
pub(in crate::link) fn linked_in(mut essays: Vec<Essay>, surroundings: Surroundings) -> Found<Site> {
    essays.sort_by(|a, b| a.source.path.cmp(&b.source.path));
    let found = |essay| Found::from(Arc::new(essay));
    link(&essays.into_iter().map(found).collect::<Vec<_>>(), surroundings, None)
}

/// The essay at `path`.
pub(in crate::link) fn id(site: &Site, path: &str) -> EssayId {
    site.ids().find(|id| site[*id].source.path.as_str() == path).unwrap()
}

/// The paths of these essays.
pub(in crate::link) fn paths(site: &Site, ids: &[EssayId]) -> Vec<String> {
    ids.iter().map(|id| site[*id].source.path.to_string()).collect()
}

/// Mistakes as text: `name: message`, place, what is marked, label, related places, help; each on its line.
pub(in crate::link) fn shown(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text += &format!("{}: {}\n", diagnostic.kind.name(), diagnostic.message);
        for place in diagnostic.place.iter().chain(&diagnostic.related) {
            let marked = &place.excerpt[place.marked.clone()];
            text += &format!("  {}:{}:{} `{marked}` {}\n", place.path, place.line, place.column, place.label);
        }
        for help in &diagnostic.help {
            text += &format!("  = {help}\n");
        }
    }
    text
}
