//! `essai theme`: the files of the theme, and copies of them to change.

use std::io;
use std::path::Path;

use serde_json::json;

use crate::diagnostic::{output, suggest};
use crate::read::built_in_theme;

use super::console::Console;
use super::file::put_new;
use super::settings::inside;
use super::{Exit, wrong_call};

/// Prints the theme's files, and which of them the site at `root` has its own of.
pub fn list(root: &Path, console: &Console) -> Exit {
    for (path, _) in built_in_theme() {
        let is_own = inside(root, &path).is_file();
        console.text(&if is_own { format!("{path} (yours)") } else { path.clone() });
        console.json(&json!({ "type": "theme-file", "path": path, "own": is_own }));
    }
    Exit::Done
}

/// Copies the theme's file that is called `name` into the site at `root`, where it takes the place of the theme's, and
/// prints its path.
///
/// # Errors
/// There is no such file, or the site has its own.
pub fn eject(root: &Path, name: &str, console: &Console) -> Result<Exit, clap::Error> {
    let files = built_in_theme();
    let is_meant = |path: &str| path == name || path.split_once('/').is_some_and(|(_, rest)| rest == name);
    let Some((path, bytes)) = files.iter().find(|(path, _)| is_meant(path)) else {
        return Err(wrong_call(no_such_file(name, files.iter().map(|(path, _)| path.as_str()))));
    };
    let file = inside(root, path);
    let shown = file.display().to_string();
    match put_new(&file, bytes) {
        Ok(()) => {
            console.text(&shown);
            console.json(&json!({ "type": "eject", "path": shown }));
            Ok(Exit::Done)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(wrong_call(format!("there already is a file at `{shown}`; delete it to begin anew")))
        }
        Err(error) => {
            console.failure(output::unwritable(&file, &error));
            Ok(Exit::Problem)
        }
    }
}

/// That the theme has no file `name`, with the nearest of `paths`.
fn no_such_file<'a>(name: &str, paths: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = paths.map(|path| path.split_once('/').map_or(path, |(_, name)| name)).collect();
    let bare = name.rsplit('/').next().unwrap_or(name);
    match suggest::nearest(bare, names.iter().copied()) {
        Some(meant) => format!("the theme has no file `{name}`; did you mean `{meant}`?"),
        None => format!("the theme has no file `{name}`; `essai theme list` names them"),
    }
}
