//! `essai ledger update` and `essai retire`: the account of what was published.

use std::fs;
use std::io;
use std::path::Path;

use percent_encoding::percent_decode_str;
use serde_json::json;

use crate::diagnostic::{Report, output, suggest};
use crate::link::Site;
use crate::publish::ledger;
use crate::read::ledger::LEDGER;
use crate::read::{Ledger, SitePath, read_ledger};

use super::build::{self, Ending, Purpose};
use super::console::Console;
use super::settings::{Settings, inside};
use super::summary::count;
use super::{Exit, wrong_call};

/// Adds what the site has now to the ledger, which is made if there is none.
pub fn update(settings: &Settings, console: &Console) -> Exit {
    let built = build::build(settings, console, Purpose { ending: Ending::Check, collector: None });
    if built.errors > 0 { Exit::Problem } else { write_updated(&settings.request.root, &built.site, console) }
}

/// Writes the ledger of the site at `root` as it is once `site` is published, and says what is new in it.
pub fn write_updated(root: &Path, site: &Site, console: &Console) -> Exit {
    let updated = ledger::updated(site);
    let anchors = |ledger: &Ledger| ledger.addresses.values().map(|published| published.anchors.len()).sum::<usize>();
    let more = (
        updated.addresses.len() - site.ledger.addresses.len(),
        anchors(&updated).saturating_sub(anchors(&site.ledger)),
    );
    if let Err(exit) = write(root, &updated, console) {
        return exit;
    }
    let addresses =
        if more.0 == 1 { "1 new address".to_owned() } else { format!("{} new addresses", count(more.0, "")) };
    console.text(&format!("{LEDGER}: {addresses}, {}", count(more.1, "new anchor")));
    console.json(&json!({ "type": "ledger", "addresses": more.0, "anchors": more.1 }));
    Exit::Done
}

/// Lets `address`, with an anchor after `#` or without, go.
///
/// # Errors
/// An address that the ledger does not have.
pub fn retire(root: &Path, address: &str, console: &Console) -> Result<Exit, clap::Error> {
    let found = read_ledger(root);
    if !found.diagnostics.is_empty() {
        console.report(&Report::new(found.diagnostics, &Default::default()));
        return Ok(Exit::Problem);
    }
    let mut ledger = found.value;
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

/// Writes `ledger` in one step, so that it is always whole.
fn write(root: &Path, ledger: &Ledger, console: &Console) -> Result<(), Exit> {
    let text = ledger.written();
    if ledger.is_kept && text == ledger.text {
        return Ok(());
    }
    let file = inside(root, LEDGER);
    let whole = || -> io::Result<()> {
        let staged = tempfile::Builder::new().prefix(".essai-ledger").tempfile_in(root)?;
        fs::write(staged.path(), &text)?;
        // Such files are made for their owner alone; a ledger is as open as its neighbours.
        let mode = fs::metadata(root.join("content")).map(|content| content.permissions());
        set_open(staged.path(), mode.ok());
        staged.persist(&file).map_err(|error| error.error)?;
        Ok(())
    };
    whole().map_err(|error| {
        console.failure(output::unwritable(&file, &error));
        Exit::Problem
    })
}

/// Lets everybody read `file` who may read a folder with `permissions`.
#[cfg(unix)]
fn set_open(file: &Path, permissions: Option<fs::Permissions>) {
    use std::os::unix::fs::PermissionsExt;
    let mode = permissions.map_or(0o644, |permissions| permissions.mode() & 0o666);
    let _ = fs::set_permissions(file, fs::Permissions::from_mode(mode));
}

/// Elsewhere files inherit who may read them.
#[cfg(not(unix))]
fn set_open(_file: &Path, _permissions: Option<fs::Permissions>) {}
