//! `essai build` and `essai check`: the stages, in a row.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};

use crate::diagnostic::{Found, Level, Levels, Report};
use crate::link::Site;
use crate::publish::Collector;
use crate::render;
use crate::write::{self, OnError, Written};

use super::Exit;
use super::compile::{Compiled, compile};
use super::console::Console;
use super::meter::Meter;
use super::progress::Progress;
use super::settings::{Settings, TimingsTable};
use super::summary::Summary;
use super::timings::Timings;

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
}

/// Builds the site, prints what was found and what was made.
pub fn run(settings: &Settings, console: &Console, ending: Ending) -> Exit {
    let built = build(settings, console, Purpose { ending, collector: None });
    if built.errors > 0 { Exit::Problem } else { Exit::Done }
}

/// Builds the site for `purpose`, prints what was found and what was made.
pub fn build(settings: &Settings, console: &Console, purpose: Purpose<'_>) -> Built {
    let mut timings = Timings::start();
    let progress = Progress::start(console);
    let Found { value: compiled, mut diagnostics } =
        compile(&settings.request, None, |stage| progress.stage(stage), &mut timings);
    let site = &compiled.site;
    let levels = settings.strictness.apply(&site.config.levels);
    let broken = diagnostics.iter().any(|diagnostic| levels.of(diagnostic.kind) == Level::Error);
    // With an error the site is still rendered, for the mistakes in templates, and then dropped.
    let stops = broken && settings.on_error == OnError::Stop;
    let made = Purpose { ending: if stops { Ending::Check } else { purpose.ending }, ..purpose };
    progress.stage("rendering");
    let found = finish(settings, &compiled, &levels, made, &progress, &mut timings);
    drop(progress);
    diagnostics.extend(found.diagnostics);
    let report = Report::new(diagnostics, &levels);
    console.report(&report);
    if settings.timings == TimingsTable::Printed {
        console.remark(&timings.table());
    }
    let summary = Summary { site, report: &report, timings: &timings, folder: &settings.request.output };
    match purpose.ending {
        Ending::Write => summary.of_build(found.value.as_ref(), console),
        Ending::Check => summary.of_check(console),
    }
    Built { errors: report.errors(), site: compiled.site }
}

/// The stages from the site to the disk, which run side by side.
fn finish(
    settings: &Settings,
    Compiled { site, templates, .. }: &Compiled,
    levels: &Levels,
    Purpose { ending, collector }: Purpose<'_>,
    progress: &Progress,
    timings: &mut Timings,
) -> Found<Option<Written>> {
    let meter = Meter::default();
    let outputs = render::render(site, templates);
    let files = outputs.len();
    let noted = outputs.inspect(|output| collector.iter().for_each(|collector| collector.note(output)));
    let outputs = meter.watch(progress.count(noted));
    let found = match ending {
        Ending::Write => write::write(&settings.request.output, outputs, levels, settings.on_error),
        Ending::Check => Found { value: None, diagnostics: write::check(outputs) },
    };
    let (rendering, both) = (meter.making(), timings.lap());
    timings.add("render", rendering, files, "file");
    if let Some(written) = &found.value {
        timings.add("write", both.saturating_sub(rendering), written.written.len() + written.removed.len(), "change");
    }
    found
}
