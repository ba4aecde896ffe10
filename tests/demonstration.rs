//! The site in `content/` is built by every build of Essai, and has no mistakes.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use essai::parse::html::{AttributeKind, attributes};
use essai::parse::is_local;
use essai::read::SitePath;

/// Builds the demonstration site with `threads` threads, for the host that `base_url` names, if any.
fn build(threads: &str, base_url: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_essai"));
    command.args(["build", "--strict", "--color", "never", "-r", env!("CARGO_MANIFEST_DIR"), "-o"]).arg(folder.path());
    command.args(base_url.map(|url| ["-u", url]).into_iter().flatten());
    let output = command.env("RAYON_NUM_THREADS", threads).env("SOURCE_DATE_EPOCH", "1798761600").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn builds_are_the_same_bytes_whatever_the_number_of_threads() {
    let (one, four) = (build("1", None), build("4", None));
    let (one, four) = (files(one.path()), files(four.path()));
    assert!(one.len() > 30, "only {} files", one.len());
    let differ: Vec<&String> =
        one.iter().filter(|(path, bytes)| four.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert!(differ.is_empty() && one.len() == four.len(), "{differ:?} differ");
}

#[test]
fn every_reference_of_every_page_leads_to_a_file_and_an_id() {
    let folder = build("2", Some("https://example.org/sub/"));
    let files = files(folder.path());
    let pages: BTreeMap<&str, &str> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<String>> = pages.iter().map(|(path, html)| (*path, ids(html))).collect();
    let mut broken = Vec::new();
    let mut checked = 0;
    // The links of 404.html start from the top of the host, since it is shown at any depth.
    for (path, html) in pages.iter().filter(|(path, _)| **path != "404.html") {
        for attribute in attributes(html).iter().filter(|attribute| attribute.kind != AttributeKind::Id) {
            checked += 1;
            if is_local(&attribute.value) && !leads_somewhere(path, &attribute.value, &files, &ids) {
                broken.push(format!("{path}: {}", attribute.value));
            }
        }
    }
    assert!(checked > 500, "only {checked} references");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn ids(html: &str) -> BTreeSet<String> {
    let ids = attributes(html).into_iter().filter(|attribute| attribute.kind == AttributeKind::Id);
    ids.map(|attribute| attribute.value.into_owned()).collect()
}

/// Whether `url` on the page at `path` leads to one of `files`, and its fragment to an id there.
fn leads_somewhere(
    path: &str,
    url: &str,
    files: &BTreeMap<String, Vec<u8>>,
    ids: &BTreeMap<&str, BTreeSet<String>>,
) -> bool {
    let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let (file, fragment) = url.split_once('#').unwrap_or((url, ""));
    let page = SitePath::new(path).unwrap();
    let target = match file.split('?').next().unwrap() {
        "" => path.to_owned(),
        file => match SitePath::join(page.folder(), &decode(file)) {
            Some(target) => target.as_str().to_owned(),
            None => return false,
        },
    };
    let has_id = || ids.get(target.as_str()).is_none_or(|ids| ids.contains(&decode(fragment)));
    files.contains_key(&target) && (fragment.is_empty() || has_id())
}
