//! What a build is asked to do: the command line, with its defaults filled in.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::cli::{Building, Common, Sourcing};
use crate::diagnostic::Levels;
use crate::read::{Publication, Request};
use crate::write::OnError;

use super::wrong_call;

/// What `build` and `check` are asked to do.
#[derive(Debug)]
pub struct Settings {
    /// What is read. Its `output` is where the site goes.
    pub request: Request,
    /// What warnings are.
    pub strictness: Strictness,
    /// What happens in spite of errors.
    pub on_error: OnError,
    /// Whether times are printed.
    pub timings: TimingsTable,
}

/// What warnings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Warnings are warnings.
    Lenient,
    /// Warnings are errors (`--strict`).
    Strict,
}

impl Strictness {
    /// `levels`, as they are in force.
    pub fn apply(self, levels: &Levels) -> Levels {
        match self {
            Strictness::Lenient => levels.clone(),
            Strictness::Strict => levels.strict(),
        }
    }
}

/// Whether times are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimingsTable {
    /// Yes (`--timings`).
    Printed,
    /// No.
    Hidden,
}

impl Settings {
    /// The settings that the command line means.
    ///
    /// # Errors
    /// A site's folder or a configuration that is not there.
    pub fn new(common: &Common, building: Building, today: Date) -> Result<Self, clap::Error> {
        Ok(Self {
            request: request(common, building.sourcing, today)?,
            strictness: if building.strict { Strictness::Strict } else { Strictness::Lenient },
            on_error: if building.keep_going { OnError::KeepGoing } else { OnError::Stop },
            timings: if building.timings { TimingsTable::Printed } else { TimingsTable::Hidden },
        })
    }
}

/// What the command line asks to be read. Paths given there are seen from the current folder, the defaults from the
/// site's.
///
/// # Errors
/// A site's folder or a configuration that is not there.
pub fn request(common: &Common, sourcing: Sourcing, today: Date) -> Result<Request, clap::Error> {
    let root = root(common)?;
    if let Some(config) = sourcing.config.as_deref().filter(|config| !config.is_file()) {
        return Err(wrong_call(format!("there is no configuration at `{}`", config.display())));
    }
    let Sourcing { config, output_dir, base_url, drafts, future } = sourcing;
    let output = output_dir.unwrap_or_else(|| inside(&root, "public"));
    let publication = Publication { today, drafts, future };
    Ok(Request { root, config, output, base_url, publication })
}

/// The site's folder.
///
/// # Errors
/// It is not there.
pub fn root(common: &Common) -> Result<PathBuf, clap::Error> {
    if common.root.is_dir() {
        return Ok(common.root.clone());
    }
    Err(wrong_call(format!("there is no folder at `{}`", common.root.display())))
}

/// `name` in `folder`, without a needless `./` before it.
pub fn inside(folder: &Path, name: &str) -> PathBuf {
    if folder == Path::new(".") { PathBuf::from(name) } else { folder.join(name) }
}
