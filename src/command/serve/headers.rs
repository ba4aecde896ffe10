//! The headers of requests and answers.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};

/// Whether a request names a host that this server is. A page of another site can make its own name stand for this
/// machine (DNS rebinding), but not change what the browser says that it asked for.
pub fn names_this_host(headers: &HeaderMap, asked_for: &str) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    is_this_host(host, asked_for)
}

/// Whether a request comes from a page of this server.
pub fn comes_from_here(headers: &HeaderMap, asked_for: &str) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let is_same = origin.and_then(|origin| origin.strip_prefix("http://")) == host;
    is_same && names_this_host(headers, asked_for)
}

fn is_this_host(host: &str, asked_for: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let asked_for = asked_for.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let is_address = bare.parse::<IpAddr>().is_ok();
    // Where all of a machine's addresses were asked for, each is right; a name is not.
    let is_any = asked_for.parse::<IpAddr>().is_ok_and(|address| address.is_unspecified());
    matches!(bare.as_str(), "localhost" | "127.0.0.1" | "::1") || bare == asked_for || (is_any && is_address)
}

/// Whether the answer is for a reader's eyes, so that the script that shows changes belongs in it.
pub fn is_for_reader(headers: &HeaderMap, query: Option<&str>) -> bool {
    if query.is_some_and(|query| query.split('&').any(|part| part == "raw")) {
        return false;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-dest") {
        Some(destination) => matches!(destination, "document" | "iframe"),
        None => text("accept").is_some_and(|accept| accept.contains("text/html")),
    }
}

/// Whether the browser has the version `etag` already.
pub fn has(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    known.split(',').any(|known| matches!(known.trim(), "*") || known.trim().trim_start_matches("W/") == etag)
}

/// The type of the file at `address`, by its extension.
pub fn content_type(address: &str) -> HeaderValue {
    let mime = mime_guess::from_path(address).first_or_octet_stream();
    let essence = mime.essence_str();
    let is_text = mime.type_() == mime_guess::mime::TEXT
        || essence.ends_with("xml")
        || essence.ends_with("json")
        || essence.ends_with("javascript");
    let text = if is_text { format!("{essence}; charset=utf-8") } else { essence.to_owned() };
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// What a strict host says with every answer, whatever it holds.
pub fn strict(headers: &mut HeaderMap, csp: &str) {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(csp)
        && !csp.is_empty()
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_host_is_answered() {
        let check = |host: &str, asked_for: &str, expected: bool| {
            assert_eq!(is_this_host(host, asked_for), expected, "{host} {asked_for}");
        };
        check("localhost:8000", "127.0.0.1", true);
        check("LOCALHOST", "127.0.0.1", true);
        check("127.0.0.1:8000", "127.0.0.1", true);
        check("[::1]:8000", "127.0.0.1", true);
        check("evil.example:8000", "127.0.0.1", false);
        check("localhost.evil.example", "127.0.0.1", false);
        check("127.0.0.1.evil.example:8000", "127.0.0.1", false);
        check("192.168.0.5:8000", "127.0.0.1", false);
        check("192.168.0.5:8000", "0.0.0.0", true);
        check("evil.example:8000", "0.0.0.0", false);
        check("mine.local:8000", "mine.local", true);
        check("", "127.0.0.1", false);
    }

    #[test]
    fn types_are_those_of_hosts() {
        let check = |address: &str, expected: &str| assert_eq!(content_type(address), expected);
        check("a/index.html", "text/html; charset=utf-8");
        check("essai.css", "text/css; charset=utf-8");
        check("feed.xml", "text/xml; charset=utf-8");
        check("icon.svg", "image/svg+xml; charset=utf-8");
        check("film.webm", "video/webm");
        check("font.woff2", "font/woff2");
        check("x.js", "text/javascript; charset=utf-8");
        check("CNAME", "application/octet-stream");
    }
}
