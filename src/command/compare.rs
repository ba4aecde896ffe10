//! `essai compare`: proves that nothing of another site is lost in this one.

use std::path::Path;

use crate::publish::{Collected, Collector, compare, folder};
use crate::read::SitePath;

use super::build::{self, Ending, Purpose};
use super::console::Console;
use super::console::comparison;
use super::settings::Settings;
use super::{Exit, wrong_call};

/// Compares the site as it is now with the one in `folder`, and prints what differs.
///
/// # Errors
/// A folder that is not there.
pub fn run(settings: &Settings, folder: &Path, console: &Console) -> Result<Exit, clap::Error> {
    if !folder.is_dir() {
        return Err(wrong_call(format!("there is no folder at `{}`", folder.display())));
    }
    let old = match folder::scan(folder) {
        Ok(old) => old,
        Err(diagnostic) => {
            console.failure(diagnostic);
            return Ok(Exit::Problem);
        }
    };
    let collector = Collector::keeping(old.clone());
    let built = build::build(settings, console, Purpose { ending: Ending::Check, collector: Some(&collector) });
    let Collected { manifest: new, texts } = collector.end();
    let found = compare(&old, &new);
    let both = |address: &SitePath| texts.get(address).map(|new| (folder::text(folder, address), new.clone()));
    let of = format!("compared with {}", folder.display());
    comparison::print(console, &of, &found, both);
    Ok(if built.errors > 0 || found.losses() > 0 { Exit::Problem } else { Exit::Done })
}
