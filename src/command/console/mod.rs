//! What a command says: to people or to programs, loudly or quietly.

pub mod comparison;
pub mod meter;
pub mod progress;
pub mod summary;
pub mod timings;

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;

use anstream::{AutoStream, ColorChoice};

use crate::cli::{Color, Common, MessageFormat};
use crate::diagnostic::{Diagnostic, Level, Levels, Report, output, show};

use super::Exit;

/// Where words go. For people, diagnostics go to standard error and what was asked for to standard output; for
/// programs everything is a line of JSON on standard output. A reader who goes away is not an error; a full disk is.
#[derive(Debug)]
pub struct Console {
    format: MessageFormat,
    loudness: Loudness,
    color: ColorChoice,
    /// Why standard output took no more, if it did not.
    refused: OnceLock<io::Error>,
}

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Loudness {
    Quiet,
    Usual,
    Verbose,
}

impl Console {
    /// The console that the command line asks for.
    pub fn new(common: &Common) -> Self {
        let loudness = match (common.quiet, common.verbose) {
            (true, _) => Loudness::Quiet,
            (_, true) => Loudness::Verbose,
            _ => Loudness::Usual,
        };
        let color = match common.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { format: common.message_format, loudness, color, refused: OnceLock::new() }
    }

    /// Whether a person watches, so that progress may be shown.
    pub fn is_watched(&self) -> bool {
        self.format == MessageFormat::Human && self.loudness > Loudness::Quiet && io::stderr().is_terminal()
    }

    /// Prints the report's entries; if quiet, only the errors.
    pub fn report(&self, report: &Report) {
        let loud = |level: Level| level == Level::Error || self.loudness > Loudness::Quiet;
        let entries = report.entries.iter().filter(|(level, _)| loud(*level));
        match self.format {
            MessageFormat::Human => {
                let mut text = String::new();
                for (level, diagnostic) in entries {
                    text.push_str(&show::human(diagnostic, *level));
                    text.push('\n');
                }
                self.error(&text);
            }
            MessageFormat::Json => {
                let lines: String = entries.map(|(level, diagnostic)| show::json(diagnostic, *level)).collect();
                self.output(&lines);
            }
        }
    }

    /// Prints the one mistake that ends a command.
    pub fn failure(&self, diagnostic: Diagnostic) {
        self.report(&Report::new(vec![diagnostic], &Levels::default()));
    }

    /// Prints lines that a command was asked for, or that say what it did, if people read. Unless quiet. They may name files and
    /// titles of somebody else: the terminal is shown what it would obey.
    pub fn text(&self, lines: &str) {
        if self.format == MessageFormat::Human && self.loudness > Loudness::Quiet {
            let lines: String = lines.split('\n').map(|line| show::visible(line) + "\n").collect();
            self.output(&lines);
        }
    }

    /// Prints the same for programs, if they read. Unless quiet.
    pub fn json(&self, line: &serde_json::Value) {
        if self.is_read_by_programs() {
            self.output(&format!("{line}\n"));
        }
    }

    /// Prints a remark for people to standard error, unless quiet.
    pub fn remark(&self, text: &str) {
        if self.format == MessageFormat::Human && self.loudness > Loudness::Quiet {
            self.error(text);
        }
    }

    /// Prints a remark for people who want to know everything.
    pub fn detail(&self, text: impl FnOnce() -> String) {
        if self.loudness == Loudness::Verbose {
            self.remark(&text());
        }
    }

    /// Whether what [`json`](Self::json) is given is printed.
    pub fn is_read_by_programs(&self) -> bool {
        self.format == MessageFormat::Json && self.loudness > Loudness::Quiet
    }

    /// Writes `bytes` to standard output as they are.
    pub fn raw(&self, bytes: &[u8]) {
        self.print(&mut io::stdout().lock(), bytes);
    }

    /// How a command ends that would end with `exit`: where standard output took less than was said, that is a problem.
    pub fn end(&self, exit: Exit) -> Exit {
        let Some(error) = self.refused.get() else { return exit };
        self.error(&show::human(&output::unwritable_output(error), Level::Error));
        if exit == Exit::Done { Exit::Problem } else { exit }
    }

    fn output(&self, text: &str) {
        self.print(&mut AutoStream::new(io::stdout().lock(), self.color), text.as_bytes());
    }

    fn print(&self, stdout: &mut impl Write, bytes: &[u8]) {
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => drop(self.refused.set(error)),
            _ => {}
        }
    }

    fn error(&self, text: &str) {
        let _ = AutoStream::new(io::stderr().lock(), self.color).write_all(text.as_bytes());
    }
}
