//! The stages from the disk to the site, in a row: the one path that every command takes.

use crate::diagnostic::Found;
use crate::link::{self, Site, Surroundings};
use crate::parse::{self, Parsed};
use crate::picture::{self, Pictures, SocialCards};
use crate::publish;
use crate::read::{Reading, Request, Sources};
use crate::render::{self, Templates};

use super::timings::Timings;

/// A site and what renders it, with what is remembered for the next time.
#[derive(Debug)]
pub struct Compiled {
    /// The site.
    pub site: Site,
    /// What renders it.
    pub templates: Templates,
    reading: Reading,
    parsed: Parsed,
}

impl Compiled {
    /// The site as it was read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }
}

/// Compiles the site that was read for `request`.
///
/// `before` is what was compiled earlier. The answer does not depend on it: each stage takes from it what it would answer
/// again. `begins` is told the name of each stage that begins.
pub fn compile(
    request: &Request,
    reading: Reading,
    before: Option<&Compiled>,
    begins: impl Fn(&'static str),
    timings: &mut Timings,
) -> Found<Compiled> {
    let Found { value: sources, mut diagnostics } = reading.sources(request);
    let Sources { config, essays, assets, mut theme, publication, ledger } = sources;
    timings.end("read", reading.files(), "file");

    begins("parsing");
    let parsed = parse::parse(&essays, &config, before.map(|before| &before.parsed));
    timings.end("parse", essays.len(), "essay");

    let pictures = if config.images.widths.is_empty() {
        Pictures::default()
    } else {
        begins("scaling pictures");
        let before = before.map(|before| &before.site.graph.around.pictures);
        let found = picture::pictures(&request.root, &config.images, &assets, &parsed.essays, before);
        timings.end("pictures", found.value.0.len(), "picture");
        diagnostics.extend(found.diagnostics);
        found.value
    };

    let cards = if config.theme.cards && config.base_url.is_some() {
        begins("drawing cards");
        let before = before.map(|before| &before.site.graph.around.cards);
        let found = picture::cards(&request.root, &config, &parsed.essays, before);
        timings.end("cards", found.value.0.len(), "card");
        diagnostics.extend(found.diagnostics);
        found.value
    } else {
        SocialCards::default()
    };

    begins("linking");
    let theme_files = std::mem::take(&mut theme.files);
    let surroundings = Surroundings { config, assets, pictures, cards, theme_files, publication, ledger };
    let linked = link::link(&parsed.essays, surroundings, before.map(|before| &before.site));
    let site = linked.value;
    diagnostics.extend(linked.diagnostics);
    timings.end("link", site.targets.iter().map(Vec::len).sum(), "reference");

    diagnostics.extend(publish::ledger::losses(&site));
    let templates = render::templates(&theme, &site, before.map(|before| (&before.site, &before.templates)));
    diagnostics.extend(templates.diagnostics);
    timings.end("templates", theme.templates.len(), "template");
    Found { value: Compiled { site, templates: templates.value, reading, parsed }, diagnostics }
}
