//! Building the site again when something changed, and telling the server.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;
use serde_json::json;
use tokio::sync::watch::Sender;

use crate::command::compile::{Compiled, Memory, compile};
use crate::command::console::Console;
use crate::command::console::summary::{findings, holdings, outcome, spoken};
use crate::command::console::timings::Timings;
use crate::diagnostic::{Diagnostic, Found, Report};
use crate::read::{Changed, Reading, Request};

use super::snapshot::Snapshot;
use super::state::{OpenPages, State};
use super::watch::Batch;

/// Files that are checked in a row before the next change is looked for.
const FILES_IN_A_ROW: usize = 64;

/// Builds the site again and again.
pub struct Builder<'a> {
    request: &'a Request,
    console: &'a Console,
    open: Arc<OpenPages>,
    states: Sender<Arc<State>>,
    /// The site as it is on disk.
    latest: Arc<Snapshot>,
    /// The last site of which every file was checked and none has an error.
    checked: Option<Arc<Snapshot>>,
    /// What is wrong with `latest`, as far as is known.
    diagnostics: Vec<Diagnostic>,
    /// How many files of `latest` have been looked at for their mistakes.
    looked_at: usize,
    /// What was last printed.
    printed: Report,
}

/// The first state: the site as it is on disk, with what was found in it.
pub fn begin(request: &Request, timings: &mut Timings) -> (Arc<Snapshot>, Vec<Diagnostic>) {
    let Found { value, diagnostics } = compile(request, Reading::new(request), Memory::Kept(None), |_| {}, timings);
    (Arc::new(Snapshot::new(value, None)), diagnostics)
}

/// The state that shows `snapshot` first.
pub fn first_state(snapshot: &Arc<Snapshot>, diagnostics: &[Diagnostic]) -> State {
    let report = Report::new(diagnostics.to_vec(), &snapshot.compiled.site.config.levels);
    State { version: 1, snapshot: Arc::clone(snapshot), report: Arc::new(report), changed_files: Arc::default() }
}

impl<'a> Builder<'a> {
    /// The builder that goes on from `latest`, which is shown already.
    pub fn new(
        request: &'a Request,
        console: &'a Console,
        (latest, diagnostics): (Arc<Snapshot>, Vec<Diagnostic>),
        open: Arc<OpenPages>,
        states: Sender<Arc<State>>,
    ) -> Self {
        let printed = (*states.borrow().report).clone();
        Self { request, console, open, states, latest, checked: None, diagnostics, looked_at: 0, printed }
    }

    /// The site as it is on disk.
    pub fn compiled(&self) -> &Compiled {
        &self.latest.compiled
    }

    /// Whether files are left to be looked at for their mistakes.
    pub fn is_checking(&self) -> bool {
        self.looked_at < self.latest.len()
    }

    /// Builds what `batch` says has changed, and shows it if it has no errors.
    pub fn build(&mut self, batch: Batch) {
        let began = Instant::now();
        let batch = match batch {
            Batch::Unknown => Batch::Unknown,
            Batch::Paths(paths) => {
                let reading = self.latest.compiled.reading();
                let concerns = |path: &PathBuf| reading.is_none_or(|reading| reading.concerns(self.request, path));
                Batch::Paths(paths.into_iter().filter(concerns).collect())
            }
        };
        if batch == Batch::Paths(Vec::new()) {
            return;
        }
        let changed = match &batch {
            Batch::Paths(paths) => Changed::Paths(paths),
            Batch::Unknown => Changed::Unknown,
        };
        let before = Arc::clone(&self.latest);
        let reading = match before.compiled.reading() {
            Some(reading) => reading.again(self.request, changed),
            None => Reading::new(self.request),
        };
        let memory = Memory::Kept(Some(&before.compiled));
        let found = compile(self.request, reading, memory, |_| {}, &mut Timings::start());
        self.latest = Arc::new(Snapshot::new(found.value, Some(&before)));
        self.diagnostics = found.diagnostics;
        self.looked_at = 0;
        self.look_at_open_pages(&before);
        let files = match &batch {
            Batch::Paths(paths) => paths.iter().flat_map(|path| self.copies(&before, path)).collect(),
            Batch::Unknown => Vec::new(),
        };
        let report = self.report();
        self.show(&report, &files);
        self.say(&batch, &report, began);
    }

    /// Looks at some more files for their mistakes.
    pub fn check(&mut self) {
        let end = (self.looked_at + FILES_IN_A_ROW).min(self.latest.len());
        let latest = &self.latest;
        let found: Vec<Diagnostic> =
            (self.looked_at..end).into_par_iter().flat_map_iter(|position| latest.diagnostics(position)).collect();
        self.diagnostics.extend(found);
        self.looked_at = end;
        if self.is_checking() {
            return;
        }
        let report = self.report();
        if report.errors() == 0 {
            self.checked = Some(Arc::clone(&self.latest));
        }
        if report != *self.states.borrow().report {
            self.show(&report, &[]);
            self.print(&report);
        }
    }

    /// The pages that a reader sees now are made at once, with their mistakes; so is one of each kind, where templates
    /// have changed.
    fn look_at_open_pages(&mut self, before: &Snapshot) {
        let mut positions: Vec<usize> =
            self.open.addresses().iter().filter_map(|address| self.latest.position(address)).collect();
        if !self.latest.compiled.templates.have_same_sources(&before.compiled.templates) {
            positions.extend(self.latest.samples());
        }
        for position in positions {
            self.diagnostics.extend(self.latest.file(position).diagnostics.iter().cloned());
        }
    }

    /// The addresses of the files that are or were copied from `path`.
    fn copies(&self, before: &Snapshot, path: &Path) -> Vec<String> {
        let in_content = |folder: &str| path.strip_prefix(self.request.root.join(folder)).ok().and_then(Path::to_str);
        let address = in_content("content").or_else(|| in_content("static"));
        let is_file = |snapshot: &Snapshot| {
            address.is_some_and(|address| {
                let files = &snapshot.compiled.site.files;
                files.binary_search_by(|file| file.address.as_str().cmp(address)).is_ok()
            })
        };
        if is_file(&self.latest) || is_file(before) {
            return address.map(str::to_owned).into_iter().collect();
        }
        // It may be what a symbolic link leads to.
        let is_linked = path.strip_prefix(self.request.root.join("content")).is_err();
        let copied = self.latest.compiled.site.files.iter().filter(|_| is_linked);
        let same_name =
            copied.filter(|file| Some(file.address.name()) == path.file_name().and_then(|name| name.to_str()));
        same_name.map(|file| file.address.to_string()).collect()
    }

    fn report(&self) -> Report {
        Report::new(self.diagnostics.clone(), &self.latest.compiled.site.config.levels)
    }

    /// Shows the latest site, or with errors the last good one, and `report` over it.
    fn show(&self, report: &Report, files: &[String]) {
        let shown = Arc::clone(&self.states.borrow());
        let version = shown.version + 1;
        let snapshot = match (report.errors(), &self.checked) {
            (0, _) => Arc::clone(&self.latest),
            (_, Some(checked)) if Arc::ptr_eq(&shown.snapshot, &self.latest) => Arc::clone(checked),
            (_, _) => Arc::clone(&shown.snapshot),
        };
        let mut changed_files: BTreeMap<String, u64> = (*shown.changed_files).clone();
        changed_files.extend(files.iter().map(|file| (file.clone(), version)));
        let (report, changed_files) = (Arc::new(report.clone()), Arc::new(changed_files));
        self.states.send_replace(Arc::new(State { version, snapshot, report, changed_files }));
    }

    /// Says what changed and how long it took, and what is wrong if that is news.
    fn say(&mut self, batch: &Batch, report: &Report, began: Instant) {
        let what = match batch {
            Batch::Unknown => "the site".to_owned(),
            Batch::Paths(paths) => named(self.request, paths),
        };
        let took = began.elapsed();
        match report.errors() {
            0 => self.console.text(&format!("{what}: shown after {}", spoken(took))),
            _ => self.console.text(&format!("{what}: not shown, the last pages without errors stay")),
        }
        self.console.json(&json!({
            "type": "built",
            "version": self.states.borrow().version,
            "errors": report.errors(),
            "warnings": report.warnings(),
            "milliseconds": took.as_secs_f64() * 1000.0,
        }));
        self.print(report);
    }

    /// Prints `report` if it is not what was printed last.
    fn print(&mut self, report: &Report) {
        if *report == self.printed {
            return;
        }
        self.console.report(report);
        let found = findings(report).unwrap_or_else(|| "no problems".to_owned());
        self.console.text(&format!("{}: {found}", holdings(outcome(&self.latest.compiled.site))));
        self.printed = report.clone();
    }
}

/// The files at `paths` as their author names them: of many, how many there are.
fn named(request: &Request, paths: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.strip_prefix(&request.root).unwrap_or(path).display().to_string();
    match paths {
        [] => "nothing".to_owned(),
        [one] => name(one),
        [one, another] => format!("{} and {}", name(one), name(another)),
        [one, rest @ ..] => format!("{} and {} more", name(one), rest.len()),
    }
}
