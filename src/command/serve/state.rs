//! What the builder tells the server, and what the server tells the builder.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Level, Report, show};
use serde::Serialize;

use super::snapshot::Snapshot;

/// What is shown at one moment. It is swapped whole.
#[derive(Debug)]
pub struct State {
    /// Counts the states, from 1.
    pub version: u64,
    /// The site that is shown: the last one without errors.
    pub snapshot: Arc<Snapshot>,
    /// What is wrong with the site as it is on disk.
    pub report: Arc<Report>,
    /// The version at which each copied file last changed, by address.
    pub changed_files: Arc<BTreeMap<String, u64>>,
}

/// The pages that are open in browsers, each as often as it is open.
#[derive(Debug, Default)]
pub struct OpenPages(Mutex<BTreeMap<String, usize>>);

/// A page that is open in a browser, until this is dropped.
#[derive(Debug)]
pub struct OpenPage {
    pages: Arc<OpenPages>,
    address: String,
}

impl OpenPages {
    /// The page at `address` is open now.
    pub fn open(self: &Arc<Self>, address: &str) -> OpenPage {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(address.to_owned()).or_default() += 1;
        OpenPage { pages: Arc::clone(self), address: address.to_owned() }
    }

    /// The addresses of the pages that are open.
    pub fn addresses(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }
}

impl OpenPage {
    /// Where the page is.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        let mut pages = self.pages.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = pages.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                pages.remove(&self.address);
            }
        }
    }
}

/// A mistake as a page shows it.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    /// `error` or `warning`.
    level: &'static str,
    /// What is wrong, in one line.
    message: &'a str,
    /// Where, such as `content/a.md:7:5`; `None` for a mistake that has no place.
    place: Option<String>,
    /// The same as the terminal shows, without colours.
    text: String,
}

/// The mistakes of `report` as a page shows them, in order.
pub fn shown(report: &Report) -> Vec<Shown<'_>> {
    let entries = report.entries.iter().map(|(level, diagnostic)| Shown {
        level: if *level == Level::Error { "error" } else { "warning" },
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map(|place| format!("{}:{}:{}", place.path, place.line, place.column)),
        text: anstream::adapter::strip_str(&show::human(diagnostic, *level)).to_string(),
    });
    entries.collect()
}
