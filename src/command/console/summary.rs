//! The last lines of a build: what was made, and what was found.

use std::path::Path;
use std::time::Duration;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE as ERROR, DEFAULT_WARNING_STYLE as WARNING};
use serde_json::{Value, json};

use crate::diagnostic::Report;
use crate::diagnostic::count::{count, grouped};
use crate::diagnostic::show::visible;
use crate::link::Site;
use crate::write::Written;
use crate::write::memory::Outcome;

use super::Console;
use super::timings::Timings;

/// `took` as a person says it: `41 ms`, `2.3 s`.
pub fn spoken(took: Duration) -> String {
    match took.as_millis() {
        milliseconds @ 0..1000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}

/// What `site` holds.
pub fn outcome(site: &Site) -> Outcome {
    Outcome { essays: site.essays.len(), series: site.series.len(), keywords: site.keywords.len() }
}

/// What a site holds, in words: `23 essays, 2 series, 31 keywords`.
pub fn holdings(outcome: Outcome) -> String {
    let (essays, series) = (count(outcome.essays, "essay"), count(outcome.series, "series"));
    format!("{essays}, {series}, {}", count(outcome.keywords, "keyword"))
}

/// What was found: `3 errors and 1 warning`; `None` if nothing was.
pub fn findings(report: &Report) -> Option<String> {
    let errors = count(report.errors(), "error");
    let warnings = count(report.warnings(), "warning");
    match (report.errors(), report.warnings()) {
        (0, 0) => None,
        (0, _) => Some(warnings),
        (_, 0) => Some(errors),
        _ => Some(format!("{errors} and {warnings}")),
    }
}

/// What the last lines of a build or a check speak of.
#[derive(Debug)]
pub struct Summary<'a> {
    /// What the site holds.
    pub outcome: Outcome,
    /// What was found.
    pub report: &'a Report,
    /// How long it took.
    pub timings: &'a Timings,
    /// Where the site goes.
    pub folder: &'a Path,
}

impl Summary<'_> {
    /// Prints what `build` did: `23 essays, 2 series, 31 keywords → public, 12 written, 1 removed, in 41 ms`.
    /// `written` is `None` where nothing was written.
    pub fn of_build(&self, written: Option<&Written>, console: &Console) {
        let took = self.timings.total();
        let Some(written) = written else {
            self.print_findings("; nothing was written", console);
            self.tell_programs(None, console);
            return;
        };
        for (done, paths) in [("written", &written.written), ("removed", &written.removed)] {
            for path in paths {
                console.detail(|| format!("{done} {}\n", visible(path.as_str())));
            }
        }
        if written.is_part {
            let (new, gone) = (count(written.written.len(), "file"), grouped(written.removed.len()));
            self.print_findings(&format!("; {new} written, {gone} removed, the rest by the next build"), console);
            self.tell_programs(Some(written), console);
            return;
        }
        self.print_findings("; the site was written all the same", console);
        let folder = self.folder.display();
        let (new, gone) = (grouped(written.written.len()), grouped(written.removed.len()));
        let done = format!("{new} written, {gone} removed, in {}", spoken(took));
        console.text(&format!("{} → {folder}, {done}", holdings(self.outcome)));
        self.tell_programs(Some(written), console);
    }

    /// Prints what `check` found: `23 essays, 2 series, 31 keywords: no problems, in 41 ms`.
    pub fn of_check(&self, console: &Console) {
        if self.report.errors() > 0 {
            self.print_findings("", console);
        } else {
            let found = findings(self.report).unwrap_or_else(|| "no problems".to_owned());
            console.text(&format!("{}: {found}, in {}", holdings(self.outcome), spoken(self.timings.total())));
        }
        self.tell_programs(None, console);
    }

    /// Prints how many mistakes there are, if any; after errors, `consequence`.
    fn print_findings(&self, consequence: &str, console: &Console) {
        let Some(found) = findings(self.report) else { return };
        if self.report.errors() > 0 {
            console.remark(&format!("{ERROR}error{ERROR:#}: {found}{consequence}\n"));
        } else {
            console.remark(&format!("{WARNING}warning{WARNING:#}: {found}\n"));
        }
    }

    /// Prints the summary for programs, if they read it: it names every file.
    fn tell_programs(&self, written: Option<&Written>, console: &Console) {
        if console.is_read_by_programs() {
            console.json(&self.for_programs(written));
        }
    }

    /// The summary for programs. `output`, `written`, `removed` and `unchanged` are `null` where nothing was written;
    /// `part` is whether the next build has to do the rest; `milliseconds` are those of the whole run and of each stage.
    fn for_programs(&self, written: Option<&Written>) -> Value {
        json!({
            "type": "summary",
            "essays": self.outcome.essays,
            "series": self.outcome.series,
            "keywords": self.outcome.keywords,
            "errors": self.report.errors(),
            "warnings": self.report.warnings(),
            "output": written.map(|_| self.folder.display().to_string()),
            "written": written.map(|written| &written.written),
            "removed": written.map(|written| &written.removed),
            "unchanged": written.map(|written| written.unchanged),
            "part": written.is_some_and(|written| written.is_part),
            "milliseconds": self.timings.json(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spoken() {
        assert_eq!(spoken(Duration::from_micros(41_900)), "41 ms");
        assert_eq!(spoken(Duration::from_millis(2345)), "2.3 s");
    }
}
