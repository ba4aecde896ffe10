//! How files of a site are served from a store: their type, how long they may be kept, and how they are packed.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::publish::is_hashed;
use crate::read::SitePath;
use crate::render::Turn;

/// What a store says of a file when it serves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    /// Its type.
    pub content_type: String,
    /// How long it may be kept without asking.
    pub cache_control: &'static str,
    /// How it is packed.
    pub content_encoding: Option<&'static str>,
    /// Where it leads, if it is a former address.
    pub redirect: Option<String>,
}

impl Headers {
    /// The headers of the file at `address`.
    pub fn of(address: &SitePath) -> Self {
        let guessed = mime_guess::from_path(address.as_str()).first_or_octet_stream();
        let is_text = guessed.type_() == "text" || matches!(guessed.subtype().as_str(), "xml" | "json" | "javascript");
        let content_type = match address.extension().as_str() {
            "xml" if address.as_str() != "sitemap.xml" => "application/atom+xml; charset=utf-8".to_owned(),
            _ if is_text => format!("{}; charset=utf-8", guessed.essence_str()),
            _ => guessed.essence_str().to_owned(),
        };
        Self { content_type, cache_control: cache_control(address), content_encoding: None, redirect: None }
    }

    /// Those that every store knows, by name.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let mut pairs = vec![("Content-Type", self.content_type.as_str()), ("Cache-Control", self.cache_control)];
        pairs.extend(self.content_encoding.map(|encoding| ("Content-Encoding", encoding)));
        pairs
    }
}

/// How long the file at `address` may be kept: for ever if its name holds a hash of it, an hour if it is no page, else a
/// minute.
fn cache_control(address: &SitePath) -> &'static str {
    match Turn::of(address) {
        Turn::Asset if is_hashed(address) => "public, max-age=31536000, immutable",
        Turn::Asset => "public, max-age=3600",
        Turn::Page | Turn::List => "public, max-age=60, must-revalidate",
    }
}

/// `bytes` packed with gzip, if what is at `address` gets smaller by it.
pub fn packed(address: &SitePath, bytes: &[u8]) -> Option<Vec<u8>> {
    const TEXT: &[&str] = &["html", "htm", "css", "js", "mjs", "json", "svg", "xml", "txt", "md", "wasm", "csv"];
    if !TEXT.contains(&address.extension().as_str()) {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|packed| packed.len() < bytes.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn files_are_served_as_what_they_are() {
        let check = |path: &str, content_type: &str, cache_control: &str| {
            let headers = Headers::of(&SitePath::new(path).unwrap());
            assert_eq!((headers.content_type.as_str(), headers.cache_control), (content_type, cache_control));
        };
        check("a.html", "text/html; charset=utf-8", "public, max-age=60, must-revalidate");
        check("feed.xml", "application/atom+xml; charset=utf-8", "public, max-age=60, must-revalidate");
        check("x.svg", "image/svg+xml", "public, max-age=3600");
        check("essai.css", "text/css; charset=utf-8", "public, max-age=3600");
        check("math-0a1b2c3d.woff2", "font/woff2", "public, max-age=31536000, immutable");
        check("facade-20240101.png", "image/png", "public, max-age=3600");
        check("x", "application/octet-stream", "public, max-age=3600");
    }

    #[test]
    fn only_text_is_packed() {
        let check = |path: &str, bytes: &[u8]| packed(&SitePath::new(path).unwrap(), bytes).is_some();
        assert!(check("a.html", &[b'a'; 1000]));
        assert!(!check("a.html", b"a"));
        assert!(!check("a.png", &[b'a'; 1000]));
    }
}
