//! What is online is known, compared with what will be, and never lost.
//!
//! One idea: a [`Manifest`] says what a site is, and [`compare()`](compare::compare) sets two of them side by side.
//! The ledger's losses, the proof of a migration and the review before a deployment are all that comparison;
//! `ship` then puts online what it found to be new. Nothing here is a stage: the commands use it beside them.

pub mod alias;
pub mod compare;
pub mod feed;
pub mod folder;
pub mod form;
pub mod leaving;
pub mod ledger;
pub mod manifest;
pub mod page;
pub mod relocate;
pub mod ship;

mod successor;
pub mod wording;

pub use compare::{Comparison, compare};
pub use manifest::{Collected, Collector, Manifest};

use crate::read::SitePath;

/// Whether others link to what stands at `address`, or subscribe to it: pages, feeds, documents. Pictures, styles,
/// scripts and fonts belong to pages, and what programs look for by its name is nobody's to cite.
pub fn is_cited(address: &SitePath) -> bool {
    const PARTS: &[&str] = &[
        "css",
        "js",
        "mjs",
        "map",
        "wasm",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "ico",
        "webmanifest",
        "json",
        "nginx",
        "conf",
    ];
    let extension = address.extension();
    let name = address.as_str();
    let is_for_programs =
        matches!(name, "404.html" | "search.html" | "robots.txt" | "sitemap.xml" | "CNAME" | "_redirects" | "_headers");
    let is_hidden = name.split('/').any(|part| part.starts_with('.'));
    !is_for_programs && !is_hidden && !is_picture(address) && !PARTS.contains(&extension.as_str())
}

/// Whether a part of the name is a hash: eight or more hexadecimal digits, of which one is a digit and one a letter.
pub fn is_hashed(address: &SitePath) -> bool {
    address.name().split(['.', '-', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_lowercase())
    })
}

/// Whether a picture stands at `address`.
pub fn is_picture(address: &SitePath) -> bool {
    const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "heic"];
    PICTURES.contains(&address.extension().as_str())
}
