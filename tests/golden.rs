//! Golden sites: each folder of `tests/golden` is a site, what it builds to, and what Essai says about it.
//!
//! `site/` is built, with the plain theme of `_theme/` laid under it, so that a change of the real theme touches no
//! case. `public/` is what must come out, every byte of it, no file missing and none more; a case without `public/` must
//! write nothing. `diagnostics.txt` is all that is said; a case without it must be silent. `arguments.txt` holds
//! arguments for the command, one a line.
//!
//! `UPDATE_EXPECT=1 cargo test --test golden` writes what comes out; a person reads the difference.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn golden_sites_build_to_what_is_expected() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<PathBuf> = fs::read_dir(&golden).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| case.join("site").is_dir());
    cases.sort();
    assert!(cases.len() > 20, "the cases are gone: {} found", cases.len());
    let failures: Vec<String> = cases.iter().filter_map(|case| check(&golden.join("_theme"), case).err()).collect();
    assert!(failures.is_empty(), "{} of {} cases differ:\n\n{}", failures.len(), cases.len(), failures.join("\n"));
}

fn check(theme: &Path, case: &Path) -> Result<(), String> {
    let name = case.file_name().unwrap().to_string_lossy().into_owned();
    let folder = tempfile::tempdir().unwrap();
    copy(theme, folder.path());
    copy(&case.join("site"), folder.path());
    let arguments = fs::read_to_string(case.join("arguments.txt")).unwrap_or_default();
    let output = Command::new(env!("CARGO_BIN_EXE_essai"))
        .args(["build", "--color", "never"])
        .args(arguments.lines())
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .env_remove("ESSAI_ROOT")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let mut made = files(&folder.path().join("public"));
    made.remove(".essai");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        update(case, &made, &said);
        return Ok(());
    }
    let expected = files(&case.join("public"));
    let mut differences = String::new();
    for path in expected.keys().chain(made.keys()).collect::<std::collections::BTreeSet<_>>() {
        match (expected.get(path), made.get(path)) {
            (Some(_), None) => differences += &format!("  {path}: was not made\n"),
            (None, Some(_)) => differences += &format!("  {path}: is not expected\n"),
            (Some(expected), Some(made)) if expected != made => {
                let (expected, made) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(made));
                differences += &format!("  {path}:\n--- expected\n{expected}\n--- made\n{made}\n");
            }
            _ => {}
        }
    }
    let expected = fs::read_to_string(case.join("diagnostics.txt")).unwrap_or_default();
    if said != expected {
        differences += &format!("  diagnostics:\n--- expected\n{expected}\n--- said\n{said}\n");
    }
    if differences.is_empty() { Ok(()) } else { Err(format!("{name}:\n{differences}")) }
}

/// Every file below `folder` by its path; none if there is no such folder.
fn files(folder: &Path) -> Files {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

fn update(case: &Path, made: &Files, said: &str) {
    let _ = fs::remove_dir_all(case.join("public"));
    for (path, bytes) in made {
        let to = case.join("public").join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    if said.is_empty() {
        let _ = fs::remove_file(case.join("diagnostics.txt"));
    } else {
        fs::write(case.join("diagnostics.txt"), said).unwrap();
    }
}
