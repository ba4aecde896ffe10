//! `essai serve` in a real browser: `tests/browser/preview.mjs`, run by Node with playwright-core in Chromium.
//!
//! Where Node, npm or Chromium is missing it says NOT RUN and passes; with `ESSAI_BROWSER=1` it fails then.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn a_reader_sees_what_is_written() {
    if let Err(missing) = run() {
        assert!(std::env::var_os("ESSAI_BROWSER").is_none(), "{missing}");
        eprintln!("NOT RUN: the tests in a browser: {missing}");
    }
}

/// Runs the tests.
///
/// # Errors
/// What is missing for that.
fn run() -> Result<(), String> {
    let chromium = std::env::var("ESSAI_CHROMIUM").ok().map(PathBuf::from).into_iter();
    let chromium =
        chromium.chain(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from));
    let chromium =
        chromium.into_iter().find(|file| file.is_file()).ok_or("there is no Chromium; ESSAI_CHROMIUM names one")?;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder).unwrap();
    for name in ["package.json", "package-lock.json", "preview.mjs"] {
        fs::copy(source.join(name), folder.join(name)).unwrap();
    }
    if !folder.join("node_modules/playwright-core").is_dir() {
        let installed =
            Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&folder).status();
        if !installed.map_err(|error| format!("there is no npm: {error}"))?.success() {
            return Err("npm could not install playwright-core".to_owned());
        }
    }
    let tested = Command::new("node")
        .arg("preview.mjs")
        .args([Path::new(env!("CARGO_BIN_EXE_essai")), &chromium])
        .current_dir(&folder)
        .env_remove("ESSAI_ROOT")
        .output()
        .map_err(|error| format!("there is no Node: {error}"))?;
    let said = String::from_utf8_lossy(&tested.stdout) + String::from_utf8_lossy(&tested.stderr);
    assert!(tested.status.success(), "{said}");
    Ok(())
}
