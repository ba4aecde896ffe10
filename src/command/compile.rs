//! The stages from the disk to the site, in a row: the one path that every command takes.

use crate::diagnostic::Found;
use crate::link::{Site, Surroundings};
use crate::parse::{self, Parsed};
use crate::picture::{self, Pictures, SocialCards};
use crate::publish;
use crate::read::{Reading, Request, Sources, Theme};
use crate::render::{self, Templates};

use super::console::timings::Timings;

/// A site and what renders it, with what is remembered for the next time.
#[derive(Debug)]
pub struct Compiled {
    /// The site.
    pub site: Site,
    /// What renders it.
    pub templates: Templates,
    /// What it was made of, if there is a next time.
    kept: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    reading: Reading,
    parsed: Parsed,
}

impl Compiled {
    /// The site as it was read, if that was kept.
    pub fn reading(&self) -> Option<&Reading> {
        self.kept.as_ref().map(|kept| &kept.reading)
    }
}

/// Whether the site is compiled again.
#[derive(Debug, Clone, Copy)]
pub enum Memory<'a> {
    /// It is not: what is no longer needed is let go on the way.
    None,
    /// It is. This is what was compiled earlier: each stage takes from it what it would answer again.
    Kept(Option<&'a Compiled>),
}

impl<'a> Memory<'a> {
    /// What was compiled earlier.
    fn before(self) -> Option<&'a Compiled> {
        match self {
            Memory::None => None,
            Memory::Kept(before) => before,
        }
    }
}

/// A site, before there is what renders it.
#[derive(Debug)]
pub struct Linked {
    /// The site.
    pub site: Site,
    theme: Theme,
    kept: Option<Kept>,
}

/// Compiles the site that was read for `request`. The answer does not depend on `memory`. `begins` is told the name of each
/// stage that begins.
pub fn compile(
    request: &Request,
    reading: Reading,
    memory: Memory<'_>,
    begins: impl Fn(&'static str),
    timings: &mut Timings,
) -> Found<Compiled> {
    let Found { value: linked, mut diagnostics } = link(request, reading, memory, begins, timings);
    let Found { value, diagnostics: found } = linked.with_templates(memory.before(), timings);
    diagnostics.extend(found);
    Found { value, diagnostics }
}

/// The first part of [`compile`]: up to a site whose references are resolved.
pub fn link(
    request: &Request,
    reading: Reading,
    memory: Memory<'_>,
    begins: impl Fn(&'static str),
    timings: &mut Timings,
) -> Found<Linked> {
    let Found { value: sources, mut diagnostics } = reading.sources(request);
    let Sources { config, essays, assets, mut theme, publication, ledger } = sources;
    timings.end("read", reading.files(), "file");
    let before = memory.before();
    let reading = Some(reading).filter(|_| matches!(memory, Memory::Kept(_)));

    begins("parsing");
    let parsed_before = before.and_then(|before| before.kept.as_ref()).map(|kept| &kept.parsed);
    let parsed_before = match memory {
        Memory::None => parse::Memory::None,
        Memory::Kept(_) => parse::Memory::Kept(parsed_before),
    };
    let parsed = parse::parse(essays, &parse::ParseConfig::of(&config), parsed_before);
    timings.end("parse", parsed.essays.len(), "essay");

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
    let linked = crate::link::link(&parsed.essays, surroundings, before.map(|before| &before.site));
    let site = linked.value;
    diagnostics.extend(linked.diagnostics);
    timings.end("link", site.targets.iter().map(Vec::len).sum(), "reference");

    diagnostics.extend(publish::ledger::losses(&site));
    let kept = reading.map(|reading| Kept { reading, parsed });
    Found { value: Linked { site, theme, kept }, diagnostics }
}

impl Linked {
    /// The last part of [`compile`]: what renders the site.
    pub fn with_templates(self, before: Option<&Compiled>, timings: &mut Timings) -> Found<Compiled> {
        let Self { site, theme, kept } = self;
        let before = before.map(|before| (&before.site, &before.templates));
        let Found { value: templates, diagnostics } = render::templates(&theme, &site, before);
        timings.end("templates", theme.templates.len(), "template");
        Found { value: Compiled { site, templates, kept }, diagnostics }
    }
}
