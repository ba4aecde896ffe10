//! Finding changes by looking, where the system does not tell of them.
//!
//! The watcher that `notify` has for this compares whole seconds, and so misses the second of two quick saves.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::watch::Told;

/// How often files are looked at.
const INTERVAL: Duration = Duration::from_millis(500);

/// By what a file is known to be unchanged: its length and its time; `None` for a folder.
type Look = Option<(u64, Option<SystemTime>)>;

/// Looks at `paths`, folders with all that is in them, twice a second, and tells what has changed, until nobody listens.
pub fn poll(paths: Vec<PathBuf>, told: Sender<Told>) {
    let mut before = look(&paths);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(INTERVAL);
            let now = look(&paths);
            let changed = differences(&before, &now);
            if !changed.is_empty() && told.send(Told::Changed(changed)).is_err() {
                return;
            }
            before = now;
        }
    });
}

fn look(paths: &[PathBuf]) -> BTreeMap<PathBuf, Look> {
    let entries = paths.iter().flat_map(|path| WalkDir::new(path).follow_links(true)).flatten();
    let file = |metadata: Metadata| metadata.is_file().then(|| (metadata.len(), metadata.modified().ok()));
    entries.filter_map(|entry| Some((entry.path().to_owned(), file(entry.metadata().ok()?)))).collect()
}

/// The paths that are in one of the two only, or look different.
fn differences(before: &BTreeMap<PathBuf, Look>, now: &BTreeMap<PathBuf, Look>) -> Vec<PathBuf> {
    let new = now.iter().filter(|(path, look)| before.get(*path) != Some(look));
    let gone = before.iter().filter(|(path, _)| !now.contains_key(*path));
    new.chain(gone).map(|(path, _)| path.clone()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_new_changed_or_gone_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["same", "changed", "gone"] {
            std::fs::write(at(name), "x").unwrap();
        }
        let paths = [folder.path().to_owned(), at("nowhere")];
        let before = look(&paths);
        std::fs::write(at("changed"), "xy").unwrap();
        std::fs::remove_file(at("gone")).unwrap();
        std::fs::create_dir(at("new")).unwrap();
        assert_eq!(differences(&before, &look(&paths)), [at("changed"), at("new"), at("gone")]);
    }
}
