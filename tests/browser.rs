//! Essai in a real browser, run by Node with playwright-core in Chromium: `tests/browser/preview.mjs` edits a site that
//! `essai serve` shows, `tests/browser/theme.mjs` reads pages of the default theme.
//!
//! Where Node, npm or Chromium is missing they say NOT RUN and pass; with `ESSAI_BROWSER=1` they fail then.

// The macros would write to where the harness hides it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::explicit_write)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

#[test]
fn a_reader_sees_what_is_written() {
    check("preview.mjs");
}

#[test]
fn readers_find_the_theme_whole() {
    check("theme.mjs");
}

/// Runs the tests of `script`, or says why not.
fn check(script: &str) {
    if let Err(missing) = run(script) {
        assert!(std::env::var_os("ESSAI_BROWSER").is_none(), "{missing}");
        writeln!(std::io::stderr(), "NOT RUN: tests/browser/{script}: {missing}").unwrap();
    }
}

/// Where the tests are, with what they need from npm.
static FOLDER: LazyLock<Result<PathBuf, String>> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    fs::create_dir_all(&folder).unwrap();
    for name in ["package.json", "package-lock.json", "preview.mjs", "theme.mjs"] {
        fs::copy(source.join(name), folder.join(name)).unwrap();
    }
    if !folder.join("node_modules/playwright-core").is_dir() {
        let installed =
            Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--silent"]).current_dir(&folder).status();
        if !installed.map_err(|error| format!("there is no npm: {error}"))?.success() {
            return Err("npm could not install playwright-core".to_owned());
        }
    }
    Ok(folder)
});

/// Runs the tests of `script`.
///
/// # Errors
/// What is missing for that.
fn run(script: &str) -> Result<(), String> {
    let chromium = std::env::var("ESSAI_CHROMIUM").ok().map(PathBuf::from).into_iter();
    let chromium =
        chromium.chain(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from));
    let chromium =
        chromium.into_iter().find(|file| file.is_file()).ok_or("there is no Chromium; ESSAI_CHROMIUM names one")?;
    let folder = FOLDER.as_ref()?;
    let tested = Command::new("node")
        .arg(script)
        .args([Path::new(env!("CARGO_BIN_EXE_essai")), &chromium])
        .current_dir(folder)
        .env_remove("ESSAI_ROOT")
        .output()
        .map_err(|error| format!("there is no Node: {error}"))?;
    let said = String::from_utf8_lossy(&tested.stdout) + String::from_utf8_lossy(&tested.stderr);
    assert!(tested.status.success(), "{said}");
    Ok(())
}
