//! The theme: what is part of the binary, with the user's files of the same name in its place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::text::read_text;
use super::walk::FileEntry;
use super::{SitePath, Template, Theme, ThemeBytes, ThemeFile};
use crate::diagnostic::{Diagnostic, Found};

const TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
const FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Every file of the built-in theme, by its path from a site's folder: `templates/essay.html`, `static/essai.css`.
pub fn built_in_theme() -> Vec<(String, &'static [u8])> {
    let folders = [("static", &FILES), ("templates", &TEMPLATES)];
    let mut files: Vec<(String, &'static [u8])> = folders
        .iter()
        .flat_map(|(name, folder)| {
            built_in(folder).into_iter().map(move |(path, bytes)| (format!("{name}/{path}"), bytes))
        })
        .collect();
    files.sort();
    files
}

/// The theme, given the user's files in `templates/` and in `static/`. A script of the built-in theme that no template
/// names is not part of it.
pub fn theme(templates: Vec<FileEntry>, files: Vec<FileEntry>) -> Found<Theme> {
    let mut templates_by_name: BTreeMap<String, Template> = BTreeMap::new();
    for (name, bytes) in built_in(&TEMPLATES) {
        // A test holds that every built-in template is text.
        let text = Cow::Borrowed(std::str::from_utf8(bytes).unwrap_or_default());
        let shown = format!("{name} (built in)");
        templates_by_name.insert(name.clone(), Template { name, shown, text });
    }
    let read: Vec<(Template, Option<Diagnostic>)> = templates.into_par_iter().map(read_template).collect();
    let mut diagnostics = Vec::new();
    for (template, diagnostic) in read {
        diagnostics.extend(diagnostic);
        templates_by_name.insert(template.name.clone(), template);
    }
    let mut files_by_path: BTreeMap<SitePath, ThemeBytes> = BTreeMap::new();
    for (name, bytes) in built_in(&FILES) {
        let is_named = || templates_by_name.values().any(|template| template.text.contains(&name));
        if !name.ends_with(".js") || is_named() {
            files_by_path.extend(SitePath::new(&name).map(|path| (path, ThemeBytes::BuiltIn(bytes))));
        }
    }
    for FileEntry { path, file } in files {
        // A copy that nobody has changed is the built-in file.
        let is_copy = match files_by_path.get(&path) {
            Some(ThemeBytes::BuiltIn(bytes)) => fs::read(&file).is_ok_and(|copy| copy == *bytes),
            _ => false,
        };
        if !is_copy {
            files_by_path.insert(path, ThemeBytes::Disk(file));
        }
    }
    let theme = Theme {
        templates: templates_by_name.into_values().collect(),
        files: files_by_path.into_iter().map(|(path, bytes)| ThemeFile { path, bytes }).collect(),
    };
    Found { value: theme, diagnostics }
}

fn read_template(entry: FileEntry) -> (Template, Option<Diagnostic>) {
    let name = entry.path.to_string();
    let shown = format!("templates/{name}");
    let (text, diagnostic) = read_text(&entry.file, &shown);
    (Template { name, shown, text: Cow::Owned(text) }, diagnostic)
}

/// The files of an embedded folder by their paths in it, hidden ones aside.
fn built_in(folder: &Dir<'static>) -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if !file.path().file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            files.push((name, file.contents()));
        }
    }
    folder.dirs().for_each(|inner| files.extend(built_in(inner)));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_templates_are_text() {
        for (name, bytes) in built_in(&TEMPLATES) {
            assert!(std::str::from_utf8(bytes).is_ok(), "{name}");
        }
    }
}
