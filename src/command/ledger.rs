//! `essai ledger update` and `essai retire`: the account of what was published.

use std::fs::File;
use std::path::Path;

use percent_encoding::percent_decode_str;
use serde_json::json;

use crate::diagnostic::count::count;
use crate::diagnostic::{Found, Report, output, suggest};
use crate::link::Site;
use crate::publish::ledger;
use crate::read::ledger::LEDGER;
use crate::read::{Ledger, SitePath, read_ledger};

use super::build::{self, Ending, Purpose};
use super::console::Console;
use super::settings::{Settings, inside};
use super::{Exit, file, wrong_call};

/// Adds what the site has now to the ledger, which is made if there is none.
pub fn update(settings: &Settings, console: &Console) -> Exit {
    let built = build::build(settings, console, Purpose { ending: Ending::Check, collector: None });
    if built.errors > 0 { Exit::Problem } else { write_updated(&settings.request.root, &built.site, console) }
}

/// Writes the ledger of the site at `root` as it is once `site` is published, and says what is new in it. It is read again:
/// since the site was built, somebody may have written to it.
pub fn write_updated(root: &Path, site: &Site, console: &Console) -> Exit {
    let _held = hold(root);
    let Ok(before) = read_whole(root, console) else { return Exit::Problem };
    let updated = ledger::updated(before.clone(), site);
    let anchors = |ledger: &Ledger| ledger.addresses.values().map(|published| published.anchors.len()).sum::<usize>();
    let more = (updated.addresses.len() - before.addresses.len(), anchors(&updated).saturating_sub(anchors(&before)));
    if let Err(exit) = write(root, &updated, console) {
        return exit;
    }
    console.text(&format!("{LEDGER}: {}, {}", count(more.0, "new address"), count(more.1, "new anchor")));
    console.json(&json!({ "type": "ledger", "addresses": more.0, "anchors": more.1 }));
    Exit::Done
}

/// Lets `address`, with an anchor after `#` or without, go.
///
/// # Errors
/// An address that the ledger does not have.
pub fn retire(root: &Path, address: &str, console: &Console) -> Result<Exit, clap::Error> {
    let _held = hold(root);
    let Ok(mut ledger) = read_whole(root, console) else { return Ok(Exit::Problem) };
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (address, None),
    };
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let anchor = anchor.map(decoded);
    let retired = SitePath::new(&decoded(&path)).filter(|path| ledger::retire(&mut ledger, path, anchor.as_deref()));
    let Some(path) = retired else {
        let addresses = ledger.addresses.keys().map(SitePath::as_str);
        let meant = suggest::nearest(path.trim_start_matches('/'), addresses.clone());
        let meant = meant.filter(|_| anchor.is_none()).map(|meant| format!("; did you mean `{meant}`?"));
        return Err(wrong_call(format!("{LEDGER} has no `{address}`{}", meant.unwrap_or_default())));
    };
    if let Err(exit) = write(root, &ledger, console) {
        return Ok(exit);
    }
    let shown = anchor.map_or_else(|| path.to_string(), |anchor| format!("{path}#{anchor}"));
    console.text(&format!("{LEDGER}: `{shown}` may go"));
    console.json(&json!({ "type": "retire", "address": shown }));
    Ok(Exit::Done)
}

/// Holds off others who write the ledger of the site at `root`, where the system can lock a folder.
fn hold(root: &Path) -> Option<File> {
    let folder = File::open(root.join("content")).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// The ledger of the site at `root`.
///
/// # Errors
/// Anything that could not be read, whatever the configuration makes of that: it would be gone once the ledger is written.
fn read_whole(root: &Path, console: &Console) -> Result<Ledger, Exit> {
    let Found { value, diagnostics } = read_ledger(root);
    if diagnostics.is_empty() {
        return Ok(value);
    }
    console.report(&Report::new(diagnostics, &Default::default()));
    Err(Exit::Problem)
}

/// Writes `ledger` in one step, so that it is always whole.
fn write(root: &Path, ledger: &Ledger, console: &Console) -> Result<(), Exit> {
    let text = ledger.written();
    if ledger.is_kept && text == ledger.text {
        return Ok(());
    }
    let path = inside(root, LEDGER);
    file::put(&path, &text).map_err(|error| {
        console.failure(output::unwritable(&path, &error));
        Exit::Problem
    })
}
