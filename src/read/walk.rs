//! Walking a folder of the site: which files are there, and which may not be followed.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::SitePath;
use super::patterns::{GITBOOK, Ignore, is_leftover};
use crate::diagnostic::{Diagnostic, content};

/// A file in a folder of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Its path from the folder.
    pub path: SitePath,
    /// Where it is on disk.
    pub file: PathBuf,
}

/// What was found on a walk.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    /// The files, by path.
    pub files: Vec<FileEntry>,
    /// What cannot be taken.
    pub diagnostics: Vec<Diagnostic>,
    /// Where symbolic links lead, without further links on the way.
    pub links: Vec<PathBuf>,
}

/// A folder of the site that is walked.
#[derive(Debug)]
pub struct Walk<'a> {
    /// The folder on disk.
    pub folder: &'a Path,
    /// The folder as the author names it from the site's root: `content`.
    pub shown: &'a str,
    /// The site's root without symbolic links: nothing outside it, or outside `folder`, is followed.
    pub root: &'a Path,
    /// What is left out.
    pub ignore: &'a Ignore,
    /// Folders without symbolic links that are left out: the output.
    pub without: &'a [PathBuf],
    /// Whether hidden files count.
    pub hidden: Hidden,
}

/// Whether files whose names begin with a dot count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// They are left out, as are the leftovers of editors.
    LeftOut,
    /// They are taken, such as `.well-known`; the leftovers of editors and `.git` are not.
    Taken,
}

impl Walk<'_> {
    /// The files, by path. Symbolic links are followed where they stay inside the site.
    pub fn files(&self) -> Walked {
        let mut files = Vec::new();
        let mut diagnostics = Vec::new();
        let mut links = Vec::new();
        let mut entries = WalkDir::new(self.folder).follow_links(true).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    diagnostics.extend(self.walk_mistake(&error));
                    continue;
                }
            };
            let judged = self.judge(&entry);
            if judged.is_ok() && entry.path_is_symlink() && !self.leaves_out(entry.path()) {
                links.extend(fs::canonicalize(entry.path()));
            }
            match judged {
                Ok(Some(file)) => files.push(file),
                Ok(None) if entry.file_type().is_dir() && !self.enters(&entry) => entries.skip_current_dir(),
                Ok(None) => {}
                Err(diagnostic) => {
                    diagnostics.push(*diagnostic);
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        Walked { files, diagnostics, links }
    }

    /// A file that counts, `None` for a folder or a file that does not, or why it cannot be taken.
    fn judge(&self, entry: &DirEntry) -> Result<Option<FileEntry>, Box<Diagnostic>> {
        if self.leaves_out(entry.path()) {
            return Ok(None);
        }
        let shown = || self.shown(entry.path());
        let Some(path) = self.relative(entry.path()).and_then(Path::to_str).map(slashes) else {
            return Err(Box::new(content::name_not_unicode(&shown())));
        };
        if entry.path_is_symlink() {
            self.check_link(entry.path(), &shown())?;
        }
        if entry.file_type().is_dir() {
            return Ok(None);
        }
        if !entry.file_type().is_file() {
            return Err(Box::new(content::not_a_file(&shown())));
        }
        Ok(SitePath::new(&path).map(|path| FileEntry { path, file: entry.path().to_owned() }))
    }

    fn enters(&self, entry: &DirEntry) -> bool {
        // Most folders cannot be one of these, going by their names.
        let may_be = |folder: &PathBuf| entry.path_is_symlink() || folder.file_name() == Some(entry.file_name());
        let is_without = || {
            self.without.iter().any(may_be)
                && fs::canonicalize(entry.path()).is_ok_and(|folder| self.without.contains(&folder))
        };
        !self.leaves_out(entry.path()) && !is_without()
    }

    /// Whether nobody wants `path`, going by its name alone.
    fn leaves_out(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let nobodys = match self.hidden {
            Hidden::LeftOut => {
                let is_in_gitbook = path.parent().is_some_and(|folder| folder.ends_with(GITBOOK));
                is_leftover(&name) || is_in_gitbook && name != "assets"
            }
            Hidden::Taken => {
                matches!(&*name, ".git" | ".DS_Store" | ".gitkeep")
                    || name.starts_with(".#")
                    || is_leftover(name.trim_start_matches('.'))
            }
        };
        let ignored = || {
            !self.ignore.is_empty()
                && self
                    .relative(path)
                    .and_then(Path::to_str)
                    .is_some_and(|relative| self.ignore.leaves_out(&slashes(relative)))
        };
        nobodys || ignored()
    }

    /// # Errors
    /// A link that leads out of the site or to a folder around itself.
    fn check_link(&self, link: &Path, shown: &str) -> Result<(), Box<Diagnostic>> {
        let target = fs::canonicalize(link).map_err(|error| Box::new(content::unreadable(shown, &error)))?;
        let folder = link.parent().and_then(|folder| fs::canonicalize(folder).ok()).unwrap_or_default();
        if folder.starts_with(&target) {
            return Err(Box::new(content::linked_round(shown)));
        }
        let inside = target.starts_with(self.root)
            || fs::canonicalize(self.folder).is_ok_and(|folder| target.starts_with(folder));
        if inside {
            return Ok(());
        }
        let written = fs::read_link(link).unwrap_or(target);
        Err(Box::new(content::linked_out(shown, &written.to_string_lossy())))
    }

    fn walk_mistake(&self, error: &walkdir::Error) -> Option<Diagnostic> {
        let path = error.path().unwrap_or(self.folder);
        if self.leaves_out(path) {
            return None;
        }
        let shown = self.shown(path);
        if error.loop_ancestor().is_some() {
            return Some(content::linked_round(&shown));
        }
        let reason = error.io_error()?;
        // ELOOP: links that lead to each other and to nothing else.
        if reason.raw_os_error() == Some(40) || reason.kind().to_string().contains("loop") {
            return Some(content::linked_round(&shown));
        }
        match fs::read_link(path) {
            Ok(target) => Some(content::dangling_link(&shown, &target.to_string_lossy())),
            Err(_) => Some(content::unreadable(&shown, reason)),
        }
    }

    fn relative<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(self.folder).ok()
    }

    fn shown(&self, path: &Path) -> String {
        match self.relative(path).map(|relative| slashes(&relative.to_string_lossy())) {
            Some(relative) if !relative.is_empty() => format!("{}/{relative}", self.shown),
            _ => self.shown.to_owned(),
        }
    }
}

fn slashes(path: &str) -> String {
    if std::path::MAIN_SEPARATOR == '/' { path.to_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}
