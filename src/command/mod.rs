//! The commands: thin, they only put stages in a row.

mod build;
mod compare;
pub mod compile;
pub mod console;
mod deploy;
mod file;
mod init;
mod ledger;
mod man;
mod mv;
mod new;
mod serve;
mod settings;
mod theme;

use std::time::SystemTime;

use clap::CommandFactory;
use clap::error::ErrorKind;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::{Arguments, Command, Common, Comparing, LedgerCommand, ThemeCommand};
use crate::diagnostic::show::visible;

use build::Ending;
use console::Console;
use settings::Settings;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All was done.
    Done,
    /// There is a problem in the content, or the disk would not take the site.
    Problem,
    /// The command line asked for what cannot be.
    WrongCall,
}

impl Exit {
    /// The exit code: 0, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Problem => 1,
            Exit::WrongCall => 2,
        }
    }
}

/// Runs the command that `arguments` name.
///
/// # Errors
/// A call that cannot be meant, such as a site's folder that is not there; the error says so when it is printed.
pub fn run(arguments: Arguments) -> Result<Exit, clap::Error> {
    let Arguments { common, command } = arguments;
    let console = Console::new(&common);
    one(&common, command, &console).map(|exit| console.end(exit))
}

/// Runs `command`.
///
/// # Errors
/// A call that cannot be meant.
fn one(common: &Common, command: Command, console: &Console) -> Result<Exit, clap::Error> {
    match command {
        Command::Build(building) => Ok(build::run(&Settings::new(common, building, today()?)?, console, Ending::Write)),
        Command::Check(building) => Ok(build::run(&Settings::new(common, building, today()?)?, console, Ending::Check)),
        Command::Serve(serving) => serve::run(common, serving, today()?, console),
        Command::New { title } => new::run(&settings::root(common)?, &title, today()?, console),
        Command::Init(initialising) => init::run(common, &initialising, console),
        Command::Mv(moving) => mv::run(common, &moving, today()?, console),
        Command::Deploy(deploying) => deploy::run(common, deploying, today()?, console),
        Command::Retire { address } => ledger::retire(&settings::root(common)?, &address, console),
        Command::Ledger { command: LedgerCommand::Update(building) } => {
            Ok(ledger::update(&Settings::new(common, building, today()?)?, console))
        }
        Command::Compare(Comparing { folder, building }) => {
            compare::run(&Settings::new(common, building, today()?)?, &folder, console)
        }
        Command::Theme(ThemeCommand::List) => Ok(theme::list(&settings::root(common)?, console)),
        Command::Theme(ThemeCommand::Eject { file }) => theme::eject(&settings::root(common)?, &file, console),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "essai", &mut script);
            console.raw(&script);
            Ok(Exit::Done)
        }
        Command::Man => {
            console.raw(&man::page());
            Ok(Exit::Done)
        }
    }
}

/// The error of a call that cannot be meant. What can be typed is not said after it: the flags are right.
fn wrong_call(message: impl std::fmt::Display) -> clap::Error {
    let message = format!("{}\n", visible(&message.to_string()));
    clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(&Arguments::command())
}

/// The day of the build in UTC: that of `SOURCE_DATE_EPOCH`, in seconds since 1970, if it is set.
fn today() -> Result<Date, clap::Error> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) if !seconds.is_empty() => {
            let parsed = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            parsed
                .ok_or_else(|| wrong_call(format!("SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds")))?
        }
        _ => Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH),
    };
    Ok(TimeZone::UTC.to_datetime(now).date())
}
