//! `essai build` and `essai check`: the stages, in a row.

use rayon::iter::IndexedParallelIterator;

use crate::diagnostic::{Found, Level, Levels, Report};
use crate::link::Site;
use crate::render::{self, Templates};
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

/// Builds the site, prints what was found and what was made.
pub fn run(settings: &Settings, console: &Console, ending: Ending) -> Exit {
    let mut timings = Timings::start();
    let progress = Progress::start(console);
    let Found { value: compiled, mut diagnostics } =
        compile(&settings.request, None, |stage| progress.stage(stage), &mut timings);
    let Compiled { site, templates, .. } = &compiled;
    let levels = settings.strictness.apply(&site.config.levels);
    let broken = diagnostics.iter().any(|diagnostic| levels.of(diagnostic.kind) == Level::Error);
    // With an error the site is still rendered, for the mistakes in templates, and then dropped.
    let made = if broken && settings.on_error == OnError::Stop { Ending::Check } else { ending };
    progress.stage("rendering");
    let found = finish(settings, site, templates, &levels, made, &progress, &mut timings);
    drop(progress);
    diagnostics.extend(found.diagnostics);
    let report = Report::new(diagnostics, &levels);
    console.report(&report);
    if settings.timings == TimingsTable::Printed {
        console.remark(&timings.table());
    }
    let summary = Summary { site, report: &report, timings: &timings, folder: &settings.request.output };
    match ending {
        Ending::Write => summary.of_build(found.value.as_ref(), console),
        Ending::Check => summary.of_check(console),
    }
    if report.errors() > 0 { Exit::Problem } else { Exit::Done }
}

/// The stages from the site to the disk, which run side by side.
fn finish(
    settings: &Settings,
    site: &Site,
    templates: &Templates,
    levels: &Levels,
    ending: Ending,
    progress: &Progress,
    timings: &mut Timings,
) -> Found<Option<Written>> {
    let meter = Meter::default();
    let outputs = render::render(site, templates);
    let files = outputs.len();
    let outputs = meter.watch(progress.count(outputs));
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
