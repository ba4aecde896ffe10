//! `essai serve`: the site in a browser, and every change as it is saved.
//!
//! One thread watches and builds ([`builder`]); the server's threads answer ([`answer`], [`events`]). Between them stands
//! one value, the [`State`](state::State), which is swapped whole: a request sees the site before a change or after it.

mod address;
mod answer;
mod builder;
mod editor;
mod events;
mod headers;
mod poll;
mod snapshot;
mod state;
mod watch;

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch as channel;

use crate::cli::{Common, Serving};
use crate::diagnostic::output;

use super::console::Console;
use super::console::summary::{findings, holdings, outcome, spoken};
use super::console::timings::Timings;
use super::{Exit, settings, wrong_call};
use builder::Builder;
use editor::Editor;
use state::OpenPages;
use watch::{Batch, Means, Watch};

/// The port, where none is asked for.
const PORT: u16 = 8000;

/// When nothing has changed for so long, all files are looked at for their mistakes.
const IDLE: Duration = Duration::from_millis(150);

/// What the server's threads share.
pub(super) struct Shared {
    states: channel::Receiver<Arc<state::State>>,
    open: Arc<OpenPages>,
    /// The path that the site stands at, with a slash at both ends.
    base_path: String,
    /// The host that was asked for.
    host: String,
    editor: Option<Editor>,
    /// The `Content-Security-Policy`; empty for none.
    csp: String,
}

/// Serves the site until the program is ended.
///
/// # Errors
/// A folder that is not there, or an address that cannot be listened on.
pub fn run(common: &Common, serving: Serving, today: Date, console: &Console) -> Result<Exit, clap::Error> {
    let Serving { sourcing, host, port, open, base_path, editor, poll, csp } = serving;
    let request = settings::request(common, sourcing, today)?;
    let editor = editor.map(|command| Editor::new(&command, &request.root)).transpose().map_err(wrong_call)?;
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return Ok(failed(console, "no threads to serve with", &error)),
    };
    let listener = runtime.block_on(listen(&host, port)).map_err(|error| {
        wrong_call(format!("cannot listen on {host}:{}: {}", port.unwrap_or(PORT), output::plain_words(&error)))
    })?;
    let mut watch = watch(&request, poll, console)?;

    let mut timings = Timings::start();
    let mut read = SystemTime::now();
    let (snapshot, diagnostics) = builder::begin(&request, &mut timings);
    let state = builder::first_state(&snapshot, &diagnostics);
    console.report(&state.report);
    let found = findings(&state.report).unwrap_or_else(|| "no problems".to_owned());
    console.text(&format!("{}: {found}, in {}", holdings(outcome(&snapshot.compiled.site)), spoken(timings.total())));
    let (states, receiver) = channel::channel(Arc::new(state));
    let url = url(&listener, &host, &base_path);
    let pages = Arc::new(OpenPages::default());
    let shared = Shared { states: receiver, open: Arc::clone(&pages), base_path, host, editor, csp };
    runtime.spawn(answer::serve(listener, Arc::new(shared)));
    console.text(&format!("Serving {url} until Ctrl-C"));
    console.json(&json!({ "type": "serving", "url": url, "milliseconds": timings.json() }));
    if open && let Err(error) = editor::open_browser(&url) {
        console.remark(&format!("no browser could be opened: {error}\n"));
    }

    let mut builder = Builder::new(&request, console, (snapshot, diagnostics), pages, states);
    loop {
        let missed = watch.follow(builder.compiled().reading().map_or(&[], |reading| reading.links()), read);
        if !missed.is_empty() {
            read = SystemTime::now();
            builder.build(Batch::Paths(missed));
            continue;
        }
        let patience = builder.is_checking().then_some(IDLE);
        match watch.next(patience) {
            Some(batch) => {
                read = SystemTime::now();
                builder.build(batch);
            }
            None if patience.is_none() => return Ok(Exit::Done),
            None => {
                while builder.is_checking() && !watch.has_news() {
                    builder.check();
                }
            }
        }
    }
}

/// Watches the site, by polling where that is asked for or the system refuses.
fn watch(request: &crate::read::Request, poll: bool, console: &Console) -> Result<Watch, clap::Error> {
    let refused = |error: notify::Error| wrong_call(format!("cannot watch the site's folder: {error}"));
    if poll {
        return Watch::new(request, Means::Polling).map_err(refused);
    }
    Watch::new(request, Means::Events).or_else(|error| {
        console.remark(&format!("the system does not tell of changes ({error}); looking for them twice a second\n"));
        Watch::new(request, Means::Polling).map_err(refused)
    })
}

/// Listens on the port that is asked for, else on the first that is free from 8000 on.
async fn listen(host: &str, port: Option<u16>) -> io::Result<TcpListener> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let Some(port) = port else {
        let mut last = PORT;
        loop {
            match TcpListener::bind((host, last)).await {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse && last < PORT + 100 => last += 1,
                result => return result,
            }
        }
    };
    TcpListener::bind((host, port)).await
}

/// The URL to type.
fn url(listener: &TcpListener, host: &str, base_path: &str) -> String {
    let port = listener.local_addr().map_or(PORT, |address| address.port());
    let host = match host {
        "0.0.0.0" | "::" | "[::]" => "localhost".to_owned(),
        host if host.contains(':') && !host.starts_with('[') => format!("[{host}]"),
        host => host.to_owned(),
    };
    format!("http://{host}:{port}{base_path}")
}

fn failed(console: &Console, what: &str, error: &io::Error) -> Exit {
    console.remark(&format!("{what}: {error}\n"));
    Exit::Problem
}
