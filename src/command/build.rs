//! `essai build` and `essai check`: the stages, in a row.

use std::collections::HashSet;
use std::mem;

use rayon::iter::{IndexedParallelIterator, ParallelIterator};

use crate::diagnostic::{Diagnostic, Found, Level, Levels, Report, output};
use crate::link::Site;
use crate::publish::Collector;
use crate::read::{Coverage, Reading, Request, SitePath};
use crate::render::{self, Output};
use crate::write::{self, Leftovers, OnError, Written, memory};

use super::Exit;
use super::compile::{Compiled, Memory, link};
use super::console::Console;
use super::console::meter::Meter;
use super::console::progress::Progress;
use super::console::summary::{Summary, outcome};
use super::console::timings::Timings;
use super::settings::{Settings, TimingsTable};

/// What a build comes to in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The site is written.
    Write,
    /// Mistakes are reported, and nothing is written.
    Check,
}

/// What a build is for.
#[derive(Debug, Clone, Copy)]
pub struct Purpose<'a> {
    /// What it comes to in the end.
    pub ending: Ending,
    /// Takes note of every file that is made, if anybody wants to know.
    pub collector: Option<&'a Collector>,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// The site.
    pub site: Site,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// What was done to the output folder, if anything was.
    pub written: Option<Written>,
}

/// Builds the site, prints what was found and what was made.
pub fn run(settings: &Settings, console: &Console, ending: Ending) -> Exit {
    let request = &settings.request;
    let mut timings = Timings::start();
    let reading = read(request, console);
    let note = request.root.join(".essai").join("build");
    let inputs = match ending {
        Ending::Write => program().and_then(|program| reading.fingerprint(request, &program)),
        Ending::Check => None,
    };
    if let Some((outcome, unchanged)) = inputs.and_then(|inputs| memory::recall(&note, &request.output, inputs)) {
        timings.end("read", reading.files(), "file");
        let report = Report::new(Vec::new(), &Levels::default());
        let summary = Summary { outcome, report: &report, timings: &timings, folder: &request.output };
        conclude(settings, console, &summary, ending, Some(&Written { unchanged, ..Written::default() }));
        return Exit::Done;
    }
    let built = build_from(settings, reading, console, Purpose { ending, collector: None }, timings);
    if let (Some(inputs), 0, 0, Some(written)) = (inputs, built.errors, built.warnings, &built.written)
        && !written.is_part
    {
        memory::keep(&note, &request.output, inputs, outcome(&built.site));
    }
    let exit = if built.errors > 0 { Exit::Problem } else { Exit::Done };
    // The program ends: the system takes a whole site back sooner than it is taken apart.
    mem::forget(built);
    exit
}

/// Builds the site for `purpose`, prints what was found and what was made.
pub fn build(settings: &Settings, console: &Console, purpose: Purpose<'_>) -> Built {
    let timings = Timings::start();
    build_from(settings, read(&settings.request, console), console, purpose, timings)
}

fn read(request: &Request, console: &Console) -> Reading {
    let progress = Progress::start(console);
    progress.stage("reading");
    Reading::new(request)
}

/// Which program this is: another version, or one that was compiled anew, may make another site of the same input.
fn program() -> Option<String> {
    let metadata = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    Some(format!("{} {} {:?}", env!("CARGO_PKG_VERSION"), metadata.len(), metadata.modified().ok()?))
}

/// Builds the site that was read, for `purpose`.
fn build_from(
    settings: &Settings,
    reading: Reading,
    console: &Console,
    purpose: Purpose<'_>,
    mut timings: Timings,
) -> Built {
    let progress = Progress::start(console);
    let coverage = reading.coverage();
    let Found { value: linked, mut diagnostics } =
        link(&settings.request, reading, Memory::None, |stage| progress.stage(stage), &mut timings);
    progress.stage("indexing");
    // Before there are templates: the memory that both need is not needed at once.
    let search = render::search(&linked.site);
    timings.end("search", search.len(), "file");
    let Found { value: compiled, diagnostics: found } = linked.with_templates(None, &mut timings);
    diagnostics.extend(found);
    let site = &compiled.site;
    let levels = settings.strictness.apply(&site.config.levels);
    let broken = diagnostics.iter().any(|diagnostic| levels.of(diagnostic.kind) == Level::Error);
    // With an error the site is still rendered, for the mistakes in templates, and then dropped.
    let stops = broken && settings.on_error == OnError::Stop;
    let writes = purpose.ending == Ending::Write && !stops;
    let emptied = (writes && coverage == Coverage::Nothing).then(|| emptied(&settings.request, site)).flatten();
    let ending = if writes && emptied.is_none() { Ending::Write } else { Ending::Check };
    diagnostics.extend(emptied);
    let made = Purpose { ending, ..purpose };
    progress.stage("rendering");
    let unread = unread(site);
    let is_whole = coverage == Coverage::Whole && unread.is_empty();
    let leftovers = if broken && !is_whole { Leftovers::Kept(&unread) } else { Leftovers::Removed };
    let found = finish(settings, (&compiled, search), &levels, made, leftovers, &progress, &mut timings);
    drop(progress);
    diagnostics.extend(found.diagnostics);
    let report = Report::new(diagnostics, &levels);
    console.report(&report);
    let summary =
        Summary { outcome: outcome(site), report: &report, timings: &timings, folder: &settings.request.output };
    conclude(settings, console, &summary, purpose.ending, found.value.as_ref());
    let (errors, warnings) = (report.errors(), report.warnings());
    let Compiled { site, templates, .. } = compiled;
    mem::forget(templates);
    Built { site, errors, warnings, written: found.value }
}

/// That `site`, which has no essay, would take the place of one that has: rather a disk is missing than all of them.
fn emptied(request: &Request, site: &Site) -> Option<Diagnostic> {
    let pages = write::pages_to_go(&request.output, &render::addresses(site));
    (pages > 0).then(|| output::emptied(&request.output, pages))
}

/// The addresses of essays that could not be read.
fn unread(site: &Site) -> HashSet<SitePath> {
    site.ids().filter(|id| site[*id].source.is_damaged).map(|id| site.address(id).clone()).collect()
}

/// Prints the last lines of a build: how long it took, if that was asked, and what it came to.
fn conclude(settings: &Settings, console: &Console, summary: &Summary<'_>, ending: Ending, written: Option<&Written>) {
    if settings.timings == TimingsTable::Printed {
        console.remark(&summary.timings.table());
    }
    match ending {
        Ending::Write => summary.of_build(written, console),
        Ending::Check => summary.of_check(console),
    }
}

/// The stages from the site to the disk, which run side by side.
fn finish(
    settings: &Settings,
    (Compiled { site, templates, .. }, search): (&Compiled, Vec<Output>),
    levels: &Levels,
    Purpose { ending, collector }: Purpose<'_>,
    leftovers: Leftovers<'_>,
    progress: &Progress,
    timings: &mut Timings,
) -> Found<Option<Written>> {
    let meter = Meter::default();
    let outputs = render::render(site, templates, search);
    let files = outputs.len();
    let noted = outputs.inspect(|output| collector.iter().for_each(|collector| collector.note(output)));
    let outputs = meter.watch(progress.count(noted));
    let found = match ending {
        Ending::Write => write::write(&settings.request.output, outputs, levels, settings.on_error, leftovers),
        Ending::Check => Found { value: None, diagnostics: write::check(outputs) },
    };
    let (rendering, both) = (meter.making(), timings.lap());
    timings.add("render", rendering, files, "file");
    if let Some(written) = &found.value {
        timings.add("write", both.saturating_sub(rendering), written.written.len() + written.removed.len(), "change");
    }
    found
}
