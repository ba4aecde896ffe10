//! Which files are essays.

use std::collections::HashSet;

use super::SitePath;
use super::walk::FileEntry;

/// Extensions of Markdown, as GitHub knows them, and of MDX.
const MARKDOWN: &[&str] = &["md", "markdown", "mdown", "mdwn", "mdx", "mkd", "mkdn", "mkdown"];

/// Extensions of Markdown whose code another tool runs: R Markdown and Quarto.
const COMPUTED: &[&str] = &["qmd", "rmd"];

const NOTEBOOK: &str = "ipynb";

/// Whether files with `extension`, in lower case, are essays.
pub fn is_essay(extension: &str) -> bool {
    extension == NOTEBOOK || is_markdown(extension)
}

/// Whether files with `extension`, in lower case, are Markdown.
pub fn is_markdown(extension: &str) -> bool {
    MARKDOWN.contains(&extension) || COMPUTED.contains(&extension)
}

/// The essays of `files`, and the others. What a tool has made of `a.Rmd`, `a.md`, is the essay; `a.Rmd` is then copied.
pub fn divided(files: Vec<FileEntry>) -> (Vec<FileEntry>, Vec<FileEntry>) {
    let (mut essays, mut others): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|entry| is_essay(&entry.path.extension()));
    let is_computed = |entry: &FileEntry| COMPUTED.contains(&entry.path.extension().as_str());
    if essays.iter().any(is_computed) {
        let made: HashSet<String> =
            essays.iter().filter(|entry| !is_computed(entry)).map(|entry| without_extension(&entry.path)).collect();
        let sources =
            essays.extract_if(.., |entry| is_computed(entry) && made.contains(&without_extension(&entry.path)));
        others.extend(sources);
        others.sort_by(|a, b| a.path.cmp(&b.path));
    }
    (essays, others)
}

/// `a/b` of `a/b.md`.
fn without_extension(path: &SitePath) -> String {
    let path = path.as_str();
    path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tool_has_made_is_the_essay() {
        let check = |files: &[&str], expected: &[&str]| {
            let entry = |path: &&str| FileEntry { path: SitePath::new(path).unwrap(), file: path.into() };
            let (essays, others) = divided(files.iter().map(entry).collect());
            let paths = |files: &[FileEntry]| files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>();
            assert_eq!(paths(&essays), expected);
            assert!(paths(&others).is_sorted());
            assert_eq!(essays.len() + others.len(), files.len());
        };
        check(
            &["a.MD", "a.png", "b.mkd", "c.mdx", "d.ipynb", "md", "x.md.txt"],
            &["a.MD", "b.mkd", "c.mdx", "d.ipynb"],
        );
        check(&["a.Rmd", "b.qmd", "c/a.md"], &["a.Rmd", "b.qmd", "c/a.md"]);
        check(&["a.Rmd", "a.md", "a.png", "b.ipynb", "b.qmd"], &["a.md", "b.ipynb"]);
    }
}
