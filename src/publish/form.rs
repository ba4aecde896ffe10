//! A manifest as text: JSON, sorted, a line for each address.

use serde::Deserialize;

use super::manifest::{Entity, Manifest};
use crate::diagnostic::{Diagnostic, publication};
use crate::read::SitePath;

/// The name of the manifest, at the top of what is online.
pub const STORED: &str = ".essai-manifest";

/// The version that is written.
const VERSION: u64 = 1;

/// A manifest as it is stored.
#[derive(Debug, Deserialize)]
struct Stored {
    #[serde(flatten)]
    manifest: Manifest,
    /// How many files there are, which shows where the end is missing.
    count: usize,
}

/// What is read first.
#[derive(Debug, Deserialize)]
struct Version {
    essai_manifest: u64,
}

/// `manifest` as text.
pub fn written(manifest: &Manifest) -> String {
    let mut text = format!("{{\"essai_manifest\": {VERSION}, \"count\": {}, \"files\": {{\n", manifest.files.len());
    for (position, (address, entity)) in manifest.files.iter().enumerate() {
        let line = |value: &Entity| serde_json::to_string(value).unwrap_or_default();
        let address = serde_json::Value::from(address.as_str());
        let comma = if position + 1 < manifest.files.len() { "," } else { "" };
        text.push_str(&format!("{address}: {}{comma}\n", line(entity)));
    }
    text.push_str("}}\n");
    text
}

/// The manifest that `text` spells. `shown` says where it is from, for mistakes.
///
/// # Errors
/// Text that is damaged, of a newer form, or holds a merge conflict.
pub fn parse(text: &str, shown: &str) -> Result<Manifest, Diagnostic> {
    if text.lines().any(|line| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ")) {
        return Err(publication::manifest_conflict(shown));
    }
    let damaged = |error: serde_json::Error| publication::manifest_damaged(shown, &error.to_string());
    let Version { essai_manifest: version } = serde_json::from_str(text).map_err(damaged)?;
    if version > VERSION {
        return Err(publication::manifest_newer(shown, version));
    }
    let Stored { manifest, count } = serde_json::from_str(text).map_err(damaged)?;
    if count != manifest.files.len() {
        return Err(publication::manifest_damaged(shown, "files are missing in it"));
    }
    // An address that leads out of the site is nobody's.
    match manifest.files.keys().find(|address| SitePath::new(address.as_str()).as_ref() != Some(address)) {
        Some(address) => Err(publication::manifest_damaged(shown, &format!("`{address}` is no address"))),
        None => Ok(manifest),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::publish::manifest::entity;

    fn sample() -> Manifest {
        let file = |path: &str, bytes: &[u8]| {
            let address = SitePath::new(path).unwrap();
            let entity = entity(&address, bytes).0;
            (address, entity)
        };
        let files = [
            file("a \"b\".html", b"<title>T</title><main id=x>y<img src=z.png></main>"),
            file("feed.xml", b"<feed><entry><id>1</id></entry></feed>"),
            file("z.png", b"z"),
        ];
        Manifest { files: files.into_iter().collect() }
    }

    #[test]
    fn a_manifest_is_read_back() {
        assert_eq!(parse(&written(&sample()), "x").unwrap(), sample());
        assert_eq!(parse(&written(&Manifest::default()), "x").unwrap(), Manifest::default());
    }

    #[test]
    fn damage_is_told_apart() {
        let check = |text: &str, message: &str| assert_eq!(parse(text, "`x`").unwrap_err().message, message);
        let text = written(&sample());
        check(
            &text.replace("manifest\": 1", "manifest\": 2"),
            "`x` was published by a newer Essai, whose manifest has version 2",
        );
        check(&format!("<<<<<<< HEAD\n{text}"), "the manifest of `x` holds a merge conflict");
        check(&text.replace("\"count\": 3", "\"count\": 4"), "the manifest of `x` is damaged: files are missing in it");
        check(&text.replace("z.png\": ", "../z.png\": "), "the manifest of `x` is damaged: `../z.png` is no address");
        assert!(parse(&text[..text.len() / 2], "x").unwrap_err().message.starts_with("the manifest of x is damaged"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}", cut in 0usize..400) {
            let _ = parse(&text, "x");
            let whole = written(&sample());
            let _ = parse(whole.get(..cut).unwrap_or(&whole), "x");
        }
    }
}
