//! What might have been meant by a path at which nothing is.
//!
//! Looking for it costs a few comparisons of numbers for each name of one folder, so a site with a thousand mistakes is
//! still reported at once.

use std::ops::Range;

use rayon::prelude::*;

use super::foreign::Unnumbered;
use crate::diagnostic::suggest;
use crate::read::opening::is_named_by_folder;
use crate::read::way;

/// Everything that can be meant, in two orders.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By folder, then name: what is in a folder stands together.
    entries: Vec<Entry>,
    /// Positions in `entries` by stem in lower case, then path: what has the same name stands together.
    by_stem: Vec<u32>,
    /// Positions in `entries` by address without numbers.
    unnumbered: Unnumbered,
}

/// Something that can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path from the top of `content/`, or of the output for [`EntryKind::Output`]; empty for the top itself.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
    /// The path in lower case.
    lower: String,
    /// The letters of its name in lower case, as bits.
    letters: u64,
    /// Bytes of `path` before its name.
    name_at: usize,
    /// Bytes of `lower` that are its stem.
    lower_stem: Range<usize>,
}

/// What can be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum EntryKind {
    /// An essay of `content/`.
    Essay,
    /// Another file of `content/`.
    File,
    /// A folder of `content/`, and the path of the essay that is its page.
    Folder(Option<String>),
    /// A file of the output that has no like in `content/`.
    Output,
}

impl Entry {
    /// The essay at `path`.
    pub fn essay(path: &str) -> Self {
        Self::new(path, EntryKind::Essay)
    }

    /// The file at `path` of `content/`.
    pub fn file(path: &str) -> Self {
        Self::new(path, EntryKind::File)
    }

    /// The folder at `path`, whose page is the essay at `page`.
    pub fn folder(path: &str, page: Option<String>) -> Self {
        Self::new(path, EntryKind::Folder(page))
    }

    /// The file at `address` of the output.
    pub fn output(address: &str) -> Self {
        Self::new(address, EntryKind::Output)
    }

    fn new(path: &str, kind: EntryKind) -> Self {
        let lower = path.to_lowercase();
        let lower_name = split(&lower).1;
        let lower_name_at = lower.len() - lower_name.len();
        let lower_stem = lower_name_at..lower_name_at + stem(lower_name).len();
        let letters = suggest::letters(lower_name);
        let name_at = path.len() - split(path).1.len();
        Self { path: path.to_owned(), kind, lower, letters, name_at, lower_stem }
    }

    fn folder_and_name(&self) -> (&str, &str) {
        (self.path[..self.name_at].trim_end_matches('/'), &self.path[self.name_at..])
    }

    fn lower_stem(&self) -> &str {
        &self.lower[self.lower_stem.clone()]
    }

    /// Whether a path that ends with `extension` can mean this: a page for a page, a file for a file.
    fn suits(&self, extension: &str) -> bool {
        let wants_page = matches!(extension, "" | "md" | "markdown" | "ipynb" | "html" | "htm");
        match &self.kind {
            EntryKind::Essay => wants_page,
            EntryKind::Folder(page) => wants_page && page.is_some(),
            EntryKind::File | EntryKind::Output => !wants_page || self.lower.ends_with(".html"),
        }
    }
}

impl Index {
    /// An index of `entries`, in whatever order they come.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.par_sort_unstable_by(|a, b| {
            let rank = |entry: &Entry| match entry.kind {
                EntryKind::Essay => 0,
                EntryKind::File => 1,
                EntryKind::Folder(_) => 2,
                EntryKind::Output => 3,
            };
            (a.folder_and_name(), rank(a)).cmp(&(b.folder_and_name(), rank(b)))
        });
        let mut by_stem: Vec<u32> = (0..entries.len() as u32).collect();
        by_stem.par_sort_unstable_by(|a, b| {
            let (left, right) = (&entries[*a as usize], &entries[*b as usize]);
            (left.lower_stem(), a).cmp(&(right.lower_stem(), b))
        });
        let unnumbered = Unnumbered::new(&entries);
        Self { entries, by_stem, unnumbered }
    }

    /// Whether `content/` has the folder at `path`.
    pub fn has_folder(&self, path: &str) -> bool {
        !self.children(path).is_empty()
    }

    /// The essay or folder at `path` once the numbers in the names of files are left out.
    pub fn unnumbered(&self, path: &str) -> Option<&Entry> {
        self.entries.get(self.unnumbered.position(path)?)
    }

    /// The entry at `path` but for upper and lower case; that a page is written `.html` makes no difference.
    pub fn in_any_case(&self, path: &str) -> Option<&Entry> {
        let lower = path.to_lowercase();
        let source = lower.strip_suffix(".html").map(|stem| format!("{stem}.md"));
        let wanted = |entry: &&Entry| entry.lower == lower || Some(&entry.lower) == source.as_ref();
        self.with_stem(stem(split(&lower).1)).find(wanted)
    }

    /// The essay of the same name as `path`, which may lack its extension, in whatever folder: the nearest to `folder`.
    pub fn named(&self, path: &str, folder: &str) -> Option<&Entry> {
        self.moved(path, folder, &extension(split(path).1)).filter(|entry| entry.kind == EntryKind::Essay)
    }

    /// The file of `content/` of the same name as `path`, in whatever folder: the nearest to `folder`.
    pub fn file_named(&self, path: &str, folder: &str) -> Option<&Entry> {
        self.moved(path, folder, &extension(split(path).1)).filter(|entry| entry.kind == EntryKind::File)
    }

    /// The file of `content/` whose name is most like `name`, in whatever folder.
    pub fn file_like(&self, name: &str) -> Option<&Entry> {
        like(&self.entries, name, |entry| entry.kind == EntryKind::File)
    }

    /// What was most likely meant by `path`, seen from `folder`: a like name in the same folder, else the same name in
    /// another, else the end of a way through folders with like names.
    pub fn nearest(&self, path: &str, folder: &str) -> Option<&Entry> {
        let path = path.trim_end_matches('/');
        let (parent, name) = split(path);
        let extension = extension(name);
        self.in_folder(parent, name, &extension)
            .or_else(|| self.moved(path, folder, &extension))
            .or_else(|| self.misspelt(path, &extension))
    }

    /// What was meant by `name`, of what is in `folder`. A page can be written without the extension of its source.
    fn in_folder(&self, folder: &str, name: &str, extension: &str) -> Option<&Entry> {
        let suits = |entry: &Entry| entry.suits(extension);
        let near = self.children(folder);
        self.twin(folder, name, extension).or_else(|| like(near, name, suits)).or_else(|| match extension {
            "" | "html" | "htm" => like(near, &format!("{}.md", stem(name)), suits),
            _ => None,
        })
    }

    /// An entry of `folder` that has the same name but for its extension: `lens.md`, `lens/` for `lens.html`.
    fn twin(&self, folder: &str, name: &str, extension: &str) -> Option<&Entry> {
        let stem = stem(name).to_lowercase();
        self.with_stem(&stem).find(|entry| entry.folder_and_name().0 == folder && entry.suits(extension))
    }

    /// An entry of the same name in another folder, the fewest steps away from `folder`. Names that every folder has,
    /// such as `index.md`, count only where the folder's name is the same too.
    fn moved(&self, path: &str, folder: &str, extension: &str) -> Option<&Entry> {
        let lower = path.to_lowercase();
        let (parent, name) = split(&lower);
        let parent_name = split(parent).1;
        let is_common = is_named_by_folder(stem(name));
        let is_same = |entry: &&Entry| {
            let (entry_parent, entry_name) = split(&entry.lower);
            let same_name =
                entry_name == name || matches!(extension, "" | "md" | "markdown" | "ipynb" | "html" | "htm");
            same_name && (!is_common || split(entry_parent).1 == parent_name) && entry.suits(extension)
        };
        self.with_stem(stem(name))
            .filter(is_same)
            .min_by(|a, b| steps(folder, &a.path).cmp(&steps(folder, &b.path)).then_with(|| a.path.cmp(&b.path)))
    }

    /// The end of the way that `path` describes, each part taken for the most like that there is.
    fn misspelt(&self, path: &str, extension: &str) -> Option<&Entry> {
        let mut here = "";
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return self.in_folder(here, part, extension);
            }
            let is_folder = |entry: &Entry| matches!(entry.kind, EntryKind::Folder(_));
            let exact = self.children(here).iter().find(|entry| entry.folder_and_name().1 == part && is_folder(entry));
            here = &exact.or_else(|| like(self.children(here), part, is_folder))?.path;
        }
        None
    }

    /// What is in `folder`, by name. The top is not in itself.
    fn children(&self, folder: &str) -> &[Entry] {
        let start = self.entries.partition_point(|entry| entry.folder_and_name().0 < folder);
        let end = start + self.entries[start..].partition_point(|entry| entry.folder_and_name().0 == folder);
        // The top itself is the entry with an empty path, which comes first.
        let start = start + usize::from(self.entries.get(start).is_some_and(|entry| entry.path.is_empty()));
        &self.entries[start..end.max(start)]
    }

    /// The entries with this stem, which is in lower case.
    fn with_stem(&self, stem: &str) -> impl Iterator<Item = &Entry> + use<'_> {
        let stem_of = |position: &u32| self.entries[*position as usize].lower_stem();
        let start = self.by_stem.partition_point(|position| stem_of(position) < stem);
        let end = start + self.by_stem[start..].partition_point(|position| stem_of(position) == stem);
        self.by_stem[start..end].iter().map(|position| &self.entries[*position as usize])
    }
}

/// The one of `entries` whose name is most like `name`, of those that suit.
fn like<'e>(entries: &'e [Entry], name: &str, suits: impl Fn(&Entry) -> bool) -> Option<&'e Entry> {
    let wanted = name.to_lowercase();
    let (length, wanted) = (wanted.chars().count(), suggest::letters(&wanted));
    let may_be_meant = |entry: &&Entry| {
        let longest = length.max(entry.folder_and_name().1.len());
        suggest::may_differ_by(suggest::forgiven(longest), entry.letters, wanted) && suits(entry)
    };
    let candidates = || entries.iter().filter(may_be_meant);
    let nearest = suggest::nearest(name, candidates().map(|entry| entry.folder_and_name().1))?;
    candidates().find(|entry| entry.folder_and_name().1 == nearest)
}

/// Folder and name of a path.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A name without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// A name's extension in lower case, `""` if it has none.
fn extension(name: &str) -> String {
    name[stem(name).len()..].trim_start_matches('.').to_lowercase()
}

/// Folders that one goes up and down from `folder` to `path`.
fn steps(folder: &str, path: &str) -> usize {
    let (up, down) = way(folder, path);
    up + down.matches('/').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let essays = ["a/lens.md", "a/light.md", "b/lens.md", "b/c/2023-03-seeing/index.md", "b/c/index.md", "top.md"];
        let files = ["a/img/chart.png", "a/img/chart.svg", "a/lens.png"];
        let folders = ["", "a", "a/img", "b", "b/c"].map(|path| Entry::folder(path, None));
        let seeing = "b/c/2023-03-seeing";
        let mut entries: Vec<Entry> = essays.into_iter().map(Entry::essay).chain(folders).collect();
        entries.extend(files.into_iter().map(Entry::file));
        entries.push(Entry::folder(seeing, Some(format!("{seeing}/index.md"))));
        entries.push(Entry::output("style.css"));
        Index::new(entries)
    }

    #[test]
    fn what_was_meant_is_near() {
        let index = index();
        let check = |path: &str, folder: &str, expected: Option<&str>| {
            assert_eq!(index.nearest(path, folder).map(|entry| entry.path.as_str()), expected, "{path}");
        };
        check("a/lens.html", "a", Some("a/lens.md"));
        check("a/lense.md", "a", Some("a/lens.md"));
        check("a/lens.jpg", "a", Some("a/lens.png"));
        check("lens.md", "", Some("a/lens.md"));
        check("b/c/lens.md", "b/c", Some("b/lens.md"));
        check("a/light.html", "b", Some("a/light.md"));
        check("a/lihgt.html", "a", Some("a/light.md"));
        check("a/lights/", "a", Some("a/light.md"));
        check("a/chart.svg", "a", Some("a/img/chart.svg"));
        check("b/c/2023-03-seing/index.md", "b/c", Some("b/c/2023-03-seeing/index.md"));
        check("2023-03-seeing/index.md", "", Some("b/c/2023-03-seeing/index.md"));
        check("b/c/2023-03-seeing.md", "b/c", Some("b/c/2023-03-seeing"));
        check("other/index.md", "", None);
        check("stile.css", "", Some("style.css"));
        check("zzzzzz.md", "", None);
    }

    #[test]
    fn case_makes_no_difference_when_asked_for() {
        let index = index();
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(index.in_any_case(path).map(|entry| entry.path.as_str()), expected);
        };
        check("A/Lens.md", Some("a/lens.md"));
        check("a/LENS.html", Some("a/lens.md"));
        check("B/c", Some("b/c"));
        check("a/lenses.md", None);
    }
}
