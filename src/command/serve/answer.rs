//! Answering requests.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Extract};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::services::ServeFile;
use xxhash_rust::xxh3::xxh3_128;

use super::address::{Asked, asked};
use super::snapshot::{File, Holds, Snapshot};
use super::state::State;
use super::{Shared, events, headers};

/// The script that shows changes.
const SCRIPT: &str = include_str!("reload.js");

/// Answers requests on `listener` for ever.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route("/_essai/reload.js", get(script))
        .route("/_essai/events", get(events::events))
        .route("/_essai/open", post(open))
        .fallback(file)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), strict))
        .with_state(shared);
    // It only ends with the program.
    let _ = axum::serve(listener, router).await;
}

/// Answers only those who ask for this host, and says what a strict host says.
async fn strict(Extract(shared): Extract<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = if headers::names_this_host(request.headers(), &shared.host) {
        next.run(request).await
    } else {
        let message =
            "This server only answers requests for its own address. To use another name, say `--host NAME`.\n";
        (StatusCode::FORBIDDEN, message).into_response()
    };
    headers::strict(response.headers_mut(), &shared.csp);
    response
}

async fn script() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT)
}

/// Opens the place of the n-th mistake in the author's editor; the body is `n`.
async fn open(Extract(shared): Extract<Arc<Shared>>, asking: HeaderMap, body: String) -> StatusCode {
    let Some(editor) = &shared.editor else { return StatusCode::NOT_FOUND };
    // A page of another site can send a form here, but not with a header of its own, nor hide where it comes from.
    if !headers::comes_from_here(&asking, &shared.host) || !asking.contains_key("x-essai") {
        return StatusCode::FORBIDDEN;
    }
    let report = Arc::clone(&shared.states.borrow().report);
    let entry = body.trim().parse::<usize>().ok().and_then(|position| report.entries.get(position));
    match entry.and_then(|(_, diagnostic)| diagnostic.place.as_ref()).map(|place| editor.open(place)) {
        Some(Ok(())) => StatusCode::NO_CONTENT,
        Some(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR,
        None => StatusCode::NOT_FOUND,
    }
}

/// A file of the site.
async fn file(Extract(shared): Extract<Arc<Shared>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let state = Arc::clone(&shared.states.borrow());
    let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    match asked(&state.snapshot, &shared.base_path, request.uri.path()) {
        Asked::Folder(path) => redirect(&format!("{path}{query}")),
        Asked::Top if shared.base_path != "/" => redirect(&shared.base_path),
        Asked::Top | Asked::Nothing => absent(&state, &request).await,
        Asked::File(position) => {
            let file = made(&state.snapshot, move |snapshot| Some(Arc::clone(snapshot.file(position)))).await;
            answered(&state, &request, file).await
        }
        Asked::Search(address) => {
            let file = made(&state.snapshot, move |snapshot| snapshot.search(&address)).await;
            answered(&state, &request, file).await
        }
    }
}

/// The answer that holds `file`, or the site's page for what is not there.
async fn answered(state: &State, request: &Parts, file: Option<Arc<File>>) -> Response {
    match file.as_deref().map(|file| &file.holds) {
        Some(Holds::Bytes { bytes, hash }) => {
            in_memory(state, request, &page_address(request.uri.path()), bytes, *hash)
        }
        Some(Holds::Disk(path)) => on_disk(state, request, path).await,
        None => absent(state, request).await,
    }
}

/// The address by whose extension a file is known: a folder shows its `index.html`.
fn page_address(path: &str) -> String {
    if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// Leads to `location`, this time.
fn redirect(location: &str) -> Response {
    match HeaderValue::from_str(location) {
        Ok(location) => (StatusCode::FOUND, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of `snapshot`, made on a thread that may take its time.
async fn made<F>(snapshot: &Arc<Snapshot>, file: F) -> Option<Arc<File>>
where
    F: FnOnce(&Snapshot) -> Option<Arc<File>> + Send + 'static,
{
    let snapshot = Arc::clone(snapshot);
    tokio::task::spawn_blocking(move || file(&snapshot)).await.ok().flatten()
}

/// The answer that holds `bytes`, or says that the browser has them.
fn in_memory(state: &State, request: &Parts, address: &str, bytes: &Bytes, hash: u128) -> Response {
    let content_type = headers::content_type(address);
    let is_page = content_type.as_bytes().starts_with(b"text/html");
    let for_reader = is_page && headers::is_for_reader(&request.headers, request.uri.query());
    let etag = if for_reader { format!("\"{hash:032x}-{}\"", state.version) } else { format!("\"{hash:032x}\"") };
    let status = if headers::has(&request.headers, &etag) { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let body = match status {
        StatusCode::NOT_MODIFIED => Body::empty(),
        _ if for_reader => Body::from(with_script(bytes, state.version, hash)),
        _ => Body::from(bytes.clone()),
    };
    let vary = "Accept, Sec-Fetch-Dest";
    let mut response = (status, [(header::CONTENT_TYPE, content_type)], body).into_response();
    let added = response.headers_mut();
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        added.insert(header::ETAG, etag);
    }
    if is_page {
        added.insert(header::VARY, HeaderValue::from_static(vary));
    }
    response
}

/// The page with the script that shows changes, just before its body ends.
fn with_script(bytes: &Bytes, version: u64, hash: u128) -> Vec<u8> {
    let tag = format!(
        "<script src=\"/_essai/reload.js\" data-version=\"{version}\" data-hash=\"{hash:032x}\" defer></script>"
    );
    let end = memchr::memmem::rfind(bytes, b"</body>").unwrap_or(bytes.len());
    [&bytes[..end], tag.as_bytes(), &bytes[end..]].concat()
}

/// The answer that holds what is in the file at `path`, or the part of it that was asked for.
async fn on_disk(state: &State, request: &Parts, path: &Path) -> Response {
    let is_page = matches!(path.extension().and_then(|extension| extension.to_str()), Some("html" | "htm"));
    if is_page && headers::is_for_reader(&request.headers, request.uri.query()) {
        let path = path.to_owned();
        if let Ok(Ok(bytes)) = tokio::task::spawn_blocking(move || std::fs::read(path)).await {
            let hash = xxh3_128(&bytes);
            return in_memory(state, request, "index.html", &bytes.into(), hash);
        }
    }
    let again = Request::from_parts(request.clone(), Body::empty());
    let Ok(response) = ServeFile::new(path).oneshot(again).await;
    if response.status() == StatusCode::NOT_FOUND {
        return absent(state, request).await;
    }
    let mut response = response.map(Body::new);
    response.headers_mut().insert(header::CONTENT_TYPE, headers::content_type(&path.to_string_lossy()));
    response
}

/// The site's page for what is not there.
async fn absent(state: &State, request: &Parts) -> Response {
    let snapshot = &state.snapshot;
    let made = made(snapshot, |snapshot| snapshot.position("404.html").map(|at| Arc::clone(snapshot.file(at)))).await;
    let Some(file) = made else { return (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response() };
    let (bytes, hash) = match &file.holds {
        Holds::Bytes { bytes, hash } => (bytes.clone(), *hash),
        Holds::Disk(path) => {
            let bytes = tokio::fs::read(path).await.unwrap_or_default();
            let hash = xxh3_128(&bytes);
            (bytes.into(), hash)
        }
    };
    let mut response = in_memory(state, request, "404.html", &bytes, hash);
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
