//! `essai init`: a small site to begin with.

mod host;

use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

use crate::cli::{Common, HostingService, Initialising};
use crate::diagnostic::{output, shell};

use super::console::Console;
use super::file;
use super::{Exit, settings, wrong_call};
use host::Standing;

/// The files of the small site, with where each goes.
const FILES: &[(&str, &str)] = &[
    (".gitignore", include_str!("start/gitignore")),
    ("content/a-first-essay/article.md", include_str!("start/article.md")),
    ("content/a-first-essay/path.svg", include_str!("start/path.svg")),
    ("content/index.md", include_str!("start/index.md")),
    ("essai.yaml", include_str!("start/essai.yaml")),
];

/// Makes a small site and writes the settings of a host, whichever `initialising` asks for.
///
/// # Errors
/// A folder that holds anything but a git repository.
pub fn run(common: &Common, initialising: &Initialising, console: &Console) -> Result<Exit, clap::Error> {
    let root = match &initialising.dir {
        Some(folder) => {
            if let exit @ Exit::Problem = make(folder, console)? {
                return Ok(exit);
            }
            folder.clone()
        }
        None => settings::root(common)?,
    };
    Ok(initialising.host.map_or(Exit::Done, |host| settle(&root, host, console)))
}

/// Writes the settings of `host` into the site at `root`, and prints what was written and what to do next.
fn settle(root: &Path, host: HostingService, console: &Console) -> Exit {
    let settled = match host::settle(root, host) {
        Ok(settled) => settled,
        Err((file, error)) => {
            console.failure(output::unwritable(&file, &error));
            return Exit::Problem;
        }
    };
    for (file, standing) in &settled.files {
        console.text(&match standing {
            Standing::Written => format!("written  {file}"),
            Standing::Extended => format!("extended {file}"),
            Standing::Kept => format!("kept     {file}, which was there"),
        });
    }
    if let Some(lines) = settled.to_add {
        console.text(&format!("add to essai.yaml:\n{}", lines.trim_end()));
    }
    console.text(settled.next);
    let files: Vec<&String> = settled.files.iter().map(|(file, _)| file).collect();
    console.json(&json!({ "type": "host", "files": files, "add": settled.to_add, "next": settled.next }));
    Exit::Done
}

/// Makes a small site in `folder`, and prints what to do next.
///
/// # Errors
/// A folder that holds anything but a git repository.
fn make(folder: &Path, console: &Console) -> Result<Exit, clap::Error> {
    let shown = folder.display().to_string();
    match is_free(folder) {
        Ok(true) => {}
        Ok(false) => return Err(wrong_call(format!("`{shown}` is not empty; name a new folder"))),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(wrong_call(format!("`{shown}` is a file; name a new folder")));
        }
        Err(error) => {
            console.failure(output::unwritable(folder, &error));
            return Ok(Exit::Problem);
        }
    }
    for (name, text) in FILES {
        let path = folder.join(name);
        if let Err(error) = file::put_new(&path, text.as_bytes()) {
            console.failure(output::unwritable(&path, &error));
            return Ok(Exit::Problem);
        }
    }
    let root = if folder == Path::new(".") { String::new() } else { format!(" -r {}", shell::word(&shown)) };
    console.text(&format!(
        "A site is in `{shown}`. Next:\n  essai{root} build              build it into `public`\n  \
         essai{root} new \"On seeing\"    begin an essay"
    ));
    let files: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    console.json(&json!({ "type": "init", "path": folder.display().to_string(), "files": files }));
    Ok(Exit::Done)
}

/// Whether a site can be made in `folder`: it is not there, or holds nothing but a git repository.
fn is_free(folder: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    for entry in entries {
        if entry?.file_name() != ".git" {
            return Ok(false);
        }
    }
    Ok(true)
}
