//! What changes on disk, as it changes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::read::Request;

/// A change is taken up when nothing else has changed for so long: editors save in several steps.
const QUIET: Duration = Duration::from_millis(6);

/// A change is taken up after so long even if others go on.
const PATIENCE: Duration = Duration::from_millis(200);

/// How often files are looked at where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(500);

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
    watcher: Box<dyn Watcher>,
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
enum Told {
    Changed(Vec<PathBuf>),
    LostCount,
}

impl Watch {
    /// Watches the site that `request` names.
    ///
    /// # Errors
    /// What the system says: that too much is watched already, mostly. Polling has no such limit.
    pub fn new(request: &Request, means: Means) -> notify::Result<Self> {
        let (told, events) = mpsc::channel();
        let config = Config::default().with_poll_interval(POLL).with_follow_symlinks(false);
        let watcher: Box<dyn Watcher> = match means {
            Means::Events => Box::new(RecommendedWatcher::new(handler(told), config)?),
            Means::Polling => Box::new(PollWatcher::new(handler(told), config)?),
        };
        let real_root = std::fs::canonicalize(&request.root)?;
        let file = request.config.clone().unwrap_or_else(|| request.root.join("essai.yaml"));
        let config = std::fs::canonicalize(&file).unwrap_or(file);
        let root = request.root.clone();
        let mut watch = Self { watcher, events, waiting: None, root, real_root, config, links: BTreeSet::new() };
        watch.watcher.watch(&watch.real_root.clone(), RecursiveMode::NonRecursive)?;
        if let Some(folder) = watch.config.parent().map(Path::to_owned).filter(|folder| *folder != watch.real_root) {
            watch.watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        for folder in FOLDERS.map(|name| watch.real_root.join(name)) {
            if folder.is_dir() {
                watch.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(watch)
    }

    /// Watches what symbolic links lead to.
    pub fn follow(&mut self, links: &[PathBuf]) {
        for link in links {
            let (target, mode) = match link.parent() {
                Some(folder) if !link.is_dir() => (folder, RecursiveMode::NonRecursive),
                _ => (link.as_path(), RecursiveMode::Recursive),
            };
            let is_watched = FOLDERS.iter().any(|name| target.starts_with(self.real_root.join(name)));
            if !is_watched && target != self.real_root && self.links.insert(target.to_owned()) {
                // What cannot be watched is seen when something else changes.
                let _ = self.watcher.watch(target, mode);
            }
        }
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
        if path == self.config {
            return Some(path.to_owned());
        }
        let Ok(relative) = path.strip_prefix(&self.real_root) else {
            return self.links.iter().any(|link| path.starts_with(link)).then(|| path.to_owned());
        };
        let is_made_from = FOLDERS.iter().any(|name| relative.starts_with(name))
            || self.links.iter().any(|link| path.starts_with(link));
        is_made_from.then(|| self.root.join(relative))
    }

    /// Watches the site's folders that have come back.
    fn watch_again(&mut self, changed: &BTreeSet<PathBuf>) {
        for name in FOLDERS {
            let folder = self.real_root.join(name);
            if changed.contains(&self.root.join(name)) && folder.is_dir() {
                let _ = self.watcher.unwatch(&folder);
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
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
