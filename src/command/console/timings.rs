//! How long each stage took.

use std::time::{Duration, Instant};

use crate::diagnostic::count::count;

/// The times of a build, as it goes.
#[derive(Debug)]
pub struct Timings {
    started: Instant,
    last: Instant,
    rows: Vec<Row>,
}

/// A stage that is over.
#[derive(Debug)]
struct Row {
    stage: &'static str,
    took: Duration,
    /// What it worked on: `23 essays`.
    amount: String,
}

impl Timings {
    /// The times of a build that begins now.
    pub fn start() -> Self {
        let now = Instant::now();
        Self { started: now, last: now, rows: Vec::new() }
    }

    /// Time since the last stage ended.
    pub fn lap(&self) -> Duration {
        self.last.elapsed()
    }

    /// Time since the build began.
    pub fn total(&self) -> Duration {
        self.started.elapsed()
    }

    /// The stage that ended just now worked on `amount` things, each a `thing`.
    pub fn end(&mut self, stage: &'static str, amount: usize, thing: &str) {
        self.add(stage, self.lap(), amount, thing);
    }

    /// A stage that took `took`, beside others.
    pub fn add(&mut self, stage: &'static str, took: Duration, amount: usize, thing: &str) {
        self.rows.push(Row { stage, took, amount: count(amount, thing) });
        self.last = Instant::now();
    }

    /// The times as a table: a line a stage, milliseconds, and what it worked on.
    pub fn table(&self) -> String {
        let line = |stage: &str, took: Duration, amount: &str| {
            format!("{stage:>10} {:>10.1} ms  {amount}", took.as_secs_f64() * 1000.0).trim_end().to_owned() + "\n"
        };
        let rows: String = self.rows.iter().map(|row| line(row.stage, row.took, &row.amount)).collect();
        rows + &line("total", self.total(), "")
    }

    /// The times for programs: milliseconds by stage, and of all of them as `total`.
    pub fn json(&self) -> serde_json::Value {
        let rows = self.rows.iter().map(|row| (row.stage, row.took)).chain([("total", self.total())]);
        rows.map(|(stage, took)| (stage.to_owned(), (took.as_secs_f64() * 1e6).round() / 1e3)).collect()
    }
}
