//! Telling an open page what changed, by server-sent events.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Query, State as Extract};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch::Receiver;

use super::Shared;
use super::address::address;
use super::snapshot::Holds;
use super::state::{OpenPage, State, shown};

/// What a page says of itself when it asks for events.
#[derive(Debug, Deserialize)]
pub struct Asking {
    /// Its path, as in its URL.
    page: String,
    /// The version of the site that it is of.
    version: u64,
    /// The hash of its bytes.
    hash: String,
}

/// An open page, and what it has been told.
struct Told {
    states: Receiver<Arc<State>>,
    page: Option<OpenPage>,
    version: u64,
    /// The hash of its bytes when it was loaded.
    hash: String,
    /// The report that it shows, as JSON.
    report: Option<Value>,
    can_open: bool,
}

/// The events of the page that is asking, for as long as it is open: each is an object with
///
/// - `reload`: whether the page has changed;
/// - `files`: the addresses of the copied files that have changed;
/// - `mistakes`: what is wrong with the site, if that has changed;
/// - `editor`: whether mistakes can be opened in an editor.
pub async fn events(
    Extract(shared): Extract<Arc<Shared>>,
    Query(asking): Query<Asking>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = address(&shared.base_path, &asking.page).map(|address| shared.open.open(&address));
    let mut states = shared.states.clone();
    states.mark_changed();
    let told = Told {
        states,
        page,
        version: asking.version,
        hash: asking.hash,
        report: None,
        can_open: shared.editor.is_some(),
    };
    let events = stream::unfold(told, |mut told| async move {
        loop {
            told.states.changed().await.ok()?;
            if let Some(event) = told.next().await {
                return Some((Ok(Event::default().data(event.to_string())), told));
            }
        }
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

impl Told {
    /// What the page is to be told of the state that has come; `None` if it is nothing.
    async fn next(&mut self) -> Option<Value> {
        let state = Arc::clone(&self.states.borrow_and_update());
        let reload = self.has_changed(&state).await;
        let since = std::mem::replace(&mut self.version, state.version);
        let changed = state.changed_files.iter().filter(|(_, version)| **version > since);
        let files: Vec<&String> = changed.map(|(file, _)| file).collect();
        let report = serde_json::to_value(shown(&state.report)).unwrap_or_default();
        let is_news = self.report.as_ref() != Some(&report);
        let mistakes = is_news.then(|| report.clone());
        self.report = Some(report);
        let is_something = reload || is_news || !files.is_empty();
        is_something.then(|| {
            json!({
                "reload": reload,
                "files": files,
                "mistakes": mistakes,
                "editor": self.can_open,
            })
        })
    }

    /// Whether the page is another than the one that was loaded. A page that is gone shows what stands in its place.
    async fn has_changed(&self, state: &Arc<State>) -> bool {
        let Some(page) = &self.page else { return false };
        let snapshot = Arc::clone(&state.snapshot);
        let Some(position) = snapshot.position(page.address()).or_else(|| snapshot.position("404.html")) else {
            return false;
        };
        let made = tokio::task::spawn_blocking(move || Arc::clone(snapshot.file(position))).await;
        match made.as_deref().map(|file| &file.holds) {
            Ok(Holds::Bytes { hash, .. }) => format!("{hash:032x}") != self.hash,
            // A copied page is known by its file.
            Ok(Holds::Disk(_)) => {
                state.changed_files.get(page.address()).is_some_and(|version| *version > self.version)
            }
            Err(_) => false,
        }
    }
}
