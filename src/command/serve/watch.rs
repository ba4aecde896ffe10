//! What changes on disk, as it changes.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::read::{LEDGER, Request};

use super::poll::poll;

/// A change is taken up when nothing else has changed for so long: editors save in several steps.
const QUIET: Duration = Duration::from_millis(6);

/// A change is taken up after so long even if others go on.
const PATIENCE: Duration = Duration::from_millis(200);

/// How far the time of a file may lag behind the clock.
const TICK: Duration = Duration::from_millis(5);

/// The folders of a site that hold what it is made from.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// How changes are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The system tells of them.
    Events,
    /// Files are looked at again and again.
    Polling,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// These files and folders, as [`Request::root`] names them.
    Paths(Vec<PathBuf>),
    /// Something: the system has lost count.
    Unknown,
}

/// Watches a site's folder.
pub struct Watch {
    /// What tells of changes; `None` where files are looked at.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<Told>,
    /// What was received and not yet given.
    waiting: Option<Told>,
    /// The site's folder as the command line names it.
    root: PathBuf,
    /// The same without symbolic links, as events name it.
    real_root: PathBuf,
    config: PathBuf,
    /// What is watched outside of the site's own folders.
    links: BTreeSet<PathBuf>,
}

/// What the system told.
pub enum Told {
    /// These have changed.
    Changed(Vec<PathBuf>),
    /// More than could be told.
    LostCount,
}

impl Watch {
    /// Watches the site that `request` names.
    ///
    /// # Errors
    /// What the system says: that too much is watched already, mostly. Polling has no such limit.
    pub fn new(request: &Request, means: Means) -> notify::Result<Self> {
        let (told, events) = mpsc::channel();
        let real_root = std::fs::canonicalize(&request.root)?;
        let file = request.config.clone().unwrap_or_else(|| request.root.join("essai.yaml"));
        // It need not be there yet, and may be a symbolic link: its folder is what is named without them.
        let name = file.file_name().unwrap_or_default();
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let config = std::fs::canonicalize(folder)?.join(name);
        let folders = FOLDERS.map(|name| real_root.join(name));
        let watcher = match means {
            Means::Polling => {
                let files = [config.clone(), real_root.join(LEDGER)];
                poll(folders.into_iter().chain(files).collect(), told);
                None
            }
            Means::Events => {
                let mut watcher =
                    RecommendedWatcher::new(handler(told), Config::default().with_follow_symlinks(false))?;
                watcher.watch(&real_root, RecursiveMode::NonRecursive)?;
                if let Some(folder) = config.parent().filter(|folder| *folder != real_root && folder.is_dir()) {
                    watcher.watch(folder, RecursiveMode::NonRecursive)?;
                }
                for folder in folders.iter().filter(|folder| folder.is_dir()) {
                    watcher.watch(folder, RecursiveMode::Recursive)?;
                }
                Some(watcher)
            }
        };
        let root = request.root.clone();
        let linked = std::fs::canonicalize(&config).ok().filter(|linked| *linked != config);
        let mut watch = Self { watcher, events, waiting: None, root, real_root, config, links: BTreeSet::new() };
        watch.follow(linked.as_slice(), SystemTime::now());
        Ok(watch)
    }

    /// Watches what symbolic links lead to. Returns what has changed there since `read`, when nobody watched it yet.
    pub fn follow(&mut self, links: &[PathBuf], read: SystemTime) -> Vec<PathBuf> {
        let mut missed = Vec::new();
        for link in links {
            let (target, mode) = match link.parent() {
                Some(folder) if !link.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (link.as_path(), RecursiveMode::Recursive),
            };
            let is_watched = FOLDERS.iter().any(|name| target.starts_with(self.real_root.join(name)));
            let is_new = !is_watched && target != self.real_root && self.links.insert(target.to_owned());
            if let Some(watcher) = self.watcher.as_mut().filter(|_| is_new) {
                // What cannot be watched is seen when something else changes.
                let _ = watcher.watch(target, mode);
                missed.extend(changed_since(read, link));
            }
        }
        missed
    }

    /// The next changes, all that come in a burst; `None` if there are none for `patience`, or ever, if that is `None`.
    pub fn next(&mut self, patience: Option<Duration>) -> Option<Batch> {
        loop {
            let first = match (self.waiting.take(), patience) {
                (Some(told), _) => told,
                (None, Some(patience)) => self.events.recv_timeout(patience).ok()?,
                (None, None) => self.events.recv().ok()?,
            };
            match self.burst(first) {
                Batch::Paths(paths) if paths.is_empty() => {}
                batch => return Some(batch),
            }
        }
    }

    /// `first` and all that comes soon after it.
    fn burst(&mut self, first: Told) -> Batch {
        let began = Instant::now();
        let mut paths = BTreeSet::new();
        let mut told = Ok(first);
        loop {
            match told {
                Ok(Told::Changed(changed)) => paths.extend(changed.iter().filter_map(|path| self.own(path))),
                Ok(Told::LostCount) => return Batch::Unknown,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
            let wait = if began.elapsed() > PATIENCE { Duration::ZERO } else { QUIET };
            told = self.events.recv_timeout(wait);
        }
        self.watch_again(&paths);
        Batch::Paths(paths.into_iter().collect())
    }

    /// Whether something has changed that [`Watch::next`] will give at once.
    pub fn has_news(&mut self) -> bool {
        if self.waiting.is_none() {
            self.waiting = self.events.try_recv().ok();
        }
        self.waiting.is_some()
    }

    /// The path of a change as the site names it; `None` if the site is not made from it.
    fn own(&self, path: &Path) -> Option<PathBuf> {
        let is_named = path == self.config || self.links.iter().any(|link| path.starts_with(link));
        let Ok(relative) = path.strip_prefix(&self.real_root) else { return is_named.then(|| path.to_owned()) };
        let is_inside = relative == Path::new(LEDGER) || FOLDERS.iter().any(|name| relative.starts_with(name));
        (is_named || is_inside).then(|| self.root.join(relative))
    }

    /// Watches the site's folders that have come back.
    fn watch_again(&mut self, changed: &BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        for name in FOLDERS {
            let folder = self.real_root.join(name);
            if changed.contains(&self.root.join(name)) && folder.is_dir() {
                let _ = watcher.unwatch(&folder);
                let _ = watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

/// The files of `path`, itself or what is in it, that have been written since `moment`.
fn changed_since(moment: SystemTime, path: &Path) -> Vec<PathBuf> {
    let is_new =
        |metadata: Metadata| metadata.is_file() && metadata.modified().is_ok_and(|written| written + TICK >= moment);
    let files = WalkDir::new(path).into_iter().flatten();
    files.filter(|entry| entry.metadata().is_ok_and(is_new)).map(walkdir::DirEntry::into_path).collect()
}

/// Sends on what matters of the system's events.
fn handler(told: Sender<Told>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let message = match event {
            Ok(event) if event.need_rescan() => Told::LostCount,
            Ok(Event { kind, paths, .. }) => match kind {
                // Reading the site makes such events too.
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => Told::Changed(paths),
                EventKind::Access(_) => return,
                _ => Told::Changed(paths),
            },
            Err(_) => Told::LostCount,
        };
        // When the receiver is gone, the program ends.
        let _ = told.send(message);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read::Publication;

    #[test]
    fn changes_are_named_as_the_site_names_its_files() {
        let place = tempfile::tempdir().unwrap();
        let real_root = place.path().canonicalize().unwrap().join("site");
        std::fs::create_dir_all(real_root.join("content")).unwrap();
        let root = real_root.join("content").join("..");
        let own = |config: Option<PathBuf>, path: &Path| {
            let publication = Publication { today: "2026-01-01".parse().unwrap(), drafts: false, future: false };
            let (root, output) = (root.clone(), root.join("public"));
            let request = Request { root, config, output, base_url: None, publication };
            Watch::new(&request, Means::Polling).unwrap().own(path)
        };
        for name in ["content/a.md", "essai.yaml", "essai.ledger", "static/x.css"] {
            assert_eq!(own(None, &real_root.join(name)), Some(root.join(name)), "{name}");
        }
        for name in ["public/a.html", "README.md", "contents"] {
            assert_eq!(own(None, &real_root.join(name)), None, "{name}");
        }
        let elsewhere = real_root.parent().unwrap().join("mine.yaml");
        assert_eq!(own(Some(elsewhere.clone()), &elsewhere), Some(elsewhere.clone()));
        assert_eq!(own(Some(elsewhere), &real_root.join("essai.yaml")), None);
    }
}
