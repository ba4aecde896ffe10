//! The glob patterns of `ignore`.

use globset::{Glob, GlobBuilder, GlobMatcher};

/// What is left out of `content/`.
#[derive(Debug)]
pub struct Ignore {
    /// Patterns that are matched with the last part of a path, wherever it is.
    names: Vec<GlobMatcher>,
    /// Patterns that are matched with the whole path from the top of `content/`.
    paths: Vec<GlobMatcher>,
}

/// A pattern as a glob: `*` stays within a folder, `**` does not.
///
/// # Errors
/// A pattern that is no glob, such as `[a`.
pub fn glob(pattern: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(pattern.trim_matches('/')).literal_separator(true).build()
}

impl Ignore {
    /// As `.gitignore` has it: a pattern without a slash in it holds for a name anywhere, one with a slash for a path
    /// from the top. Patterns that are no globs are left out: reading the configuration has reported them.
    pub fn new(patterns: &[String]) -> Self {
        let (paths, names): (Vec<&String>, Vec<&String>) =
            patterns.iter().partition(|pattern| pattern.trim_end_matches('/').contains('/'));
        let matchers = |patterns: Vec<&String>| {
            patterns.into_iter().filter_map(|pattern| glob(pattern).ok()).map(|glob| glob.compile_matcher()).collect()
        };
        Self { names: matchers(names), paths: matchers(paths) }
    }

    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.paths.is_empty()
    }

    /// Whether the file or folder at `path` is left out. What is in a folder that is left out need not be asked for.
    pub fn leaves_out(&self, path: &str) -> bool {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        self.names.iter().any(|glob| glob.is_match(name)) || self.paths.iter().any(|glob| glob.is_match(path))
    }
}

/// The folder in which GitBook has the pictures of a book, and more that is no part of it.
pub const GITBOOK: &str = ".gitbook";

/// Whether a file or folder of this name is nobody's content: hidden, or left over by an editor.
pub fn is_leftover(name: &str) -> bool {
    name.starts_with('.') && name != GITBOOK
        || name.ends_with('~')
        || name.ends_with(".swp")
        || (name.starts_with('#') && name.ends_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_gitignore() {
        let check = |pattern: &str, path: &str, left_out: bool| {
            assert_eq!(Ignore::new(&[pattern.to_owned()]).leaves_out(path), left_out, "{pattern} {path}");
        };
        check("*.psd", "a/b.psd", true);
        check("notes", "a/notes", true);
        check("notes/", "notes", true);
        check("/notes", "a/notes", false);
        check("/notes", "notes", true);
        check("a/*.md", "a/b.md", true);
        check("a/*.md", "a/b/c.md", false);
        check("a/**", "a/b/c.md", true);
        check("[a", "[a", false);
    }

    #[test]
    fn leftovers_of_editors_are_known() {
        assert!([".git", "a.md~", ".#a.md", ".a.md.swp", "#a.md#"].into_iter().all(is_leftover));
        assert!(!["a.md", "a~b.md", "# a.md", ".gitbook"].into_iter().any(is_leftover));
    }
}
