//! What might have been meant by a path at which nothing is.
//!
//! Names stand in orders in which a few have to be looked at for each mistake, so a site with thousands of them is still reported
//! at once.

use std::ops::Range;

use hashbrown::HashMap;

use super::anchors::{Anchors, Places};
use super::foreign::Unnumbered;
use super::namesakes::Namesakes;
use crate::diagnostic::suggest;
use crate::link::EssayId;
use crate::read::essays::is_essay;
use crate::read::opening::is_named_by_folder;
use crate::read::way;

/// Everything that can be meant, in several orders.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// By folder, then name in lower case: what is in a folder stands together.
    entries: Vec<Entry>,
    /// Positions in `entries` by what they are called in lower case, then path: what has the same name stands together.
    by_stem: Vec<u32>,
    /// The files of `content/` by name in lower case, and their positions in `entries`.
    files: Vec<(String, u32)>,
    /// The places in essays that have many.
    places: HashMap<EssayId, Places>,
    /// Positions in `entries` by address without numbers.
    unnumbered: Unnumbered,
    /// Positions in `entries` of what is called as many are.
    namesakes: Namesakes,
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
    /// Bytes of `path` before its name.
    name_at: usize,
    /// Bytes of `lower` before its name.
    lower_name_at: usize,
    /// Bytes of `lower` that it is called by: its stem, and the name of its folder before that where the stem is one that every
    /// folder has, such as `index`.
    called: Range<usize>,
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
        let lower_name_at = lower.len() - split(&lower).1.len();
        let called = called(&lower);
        let name_at = path.len() - split(path).1.len();
        Self { path: path.to_owned(), kind, lower, name_at, lower_name_at, called }
    }

    fn folder_and_name(&self) -> (&str, &str) {
        (self.path[..self.name_at].trim_end_matches('/'), &self.path[self.name_at..])
    }

    /// Its path in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// Its name in lower case.
    pub fn lower_name(&self) -> &str {
        &self.lower[self.lower_name_at..]
    }

    /// What it is called in lower case: its stem, and the name of its folder before that where every folder has such a one.
    pub fn called(&self) -> &str {
        &self.lower[self.called.clone()]
    }

    /// Whether a path that ends with `extension` can mean this: a page for a page, a file for a file.
    pub fn suits(&self, extension: &str) -> bool {
        let wants_page = is_of_page(extension);
        match &self.kind {
            EntryKind::Essay => wants_page,
            EntryKind::Folder(page) => wants_page && page.is_some(),
            EntryKind::File | EntryKind::Output => !wants_page || self.lower.ends_with(".html"),
        }
    }
}

impl Index {
    /// An index of `entries`, in whatever order they come, and of the anchors of essays that have many.
    pub fn new(mut entries: Vec<Entry>, anchors: &HashMap<EssayId, Anchors>) -> Self {
        entries.sort_unstable_by(|a, b| {
            let rank = |entry: &Entry| match entry.kind {
                EntryKind::Essay => 0,
                EntryKind::File => 1,
                EntryKind::Folder(_) => 2,
                EntryKind::Output => 3,
            };
            fn key(entry: &Entry) -> (&str, &str, &str) {
                let (folder, name) = entry.folder_and_name();
                (folder, entry.lower_name(), name)
            }
            key(a).cmp(&key(b)).then_with(|| rank(a).cmp(&rank(b)))
        });
        let mut by_stem: Vec<u32> = (0..entries.len() as u32).collect();
        by_stem.sort_unstable_by(|a, b| {
            let (left, right) = (&entries[*a as usize], &entries[*b as usize]);
            (left.called(), a).cmp(&(right.called(), b))
        });
        let files = (0..).zip(&entries).filter(|(_, entry)| entry.kind == EntryKind::File);
        let mut files: Vec<(String, u32)> =
            files.map(|(position, entry)| (entry.lower_name().to_owned(), position)).collect();
        files.sort_unstable();
        let unnumbered = Unnumbered::new(&entries);
        let namesakes = Namesakes::new(&entries, &by_stem);
        let places = anchors.iter().map(|(id, anchors)| (*id, Places::new(anchors))).collect();
        Self { entries, by_stem, files, places, unnumbered, namesakes }
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
        if let Some(alike) = self.namesakes.called(&lower[called(&lower)]) {
            let found = [Some(&lower), source.as_ref()].into_iter().flatten().filter_map(|path| alike.at(path));
            return found.min().map(|position| &self.entries[position]);
        }
        let wanted = |entry: &&Entry| entry.lower == lower || Some(&entry.lower) == source.as_ref();
        self.all_called(&lower).find(wanted)
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
        let (_, position) = suggest::nearest_of(&self.files, name, |(lower, _)| lower, |_| true)?;
        self.entries.get(*position as usize)
    }

    /// The places in essay `id`, if it has many.
    pub fn places(&self, id: EssayId) -> Option<&Places> {
        self.places.get(&id)
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
        let path = format!("{folder}/{name}").to_lowercase();
        let called = self.called(&path);
        let start = called.partition_point(|position| self.entries[*position as usize].folder_and_name().0 < folder);
        let here = called[start..].iter().map(|position| &self.entries[*position as usize]);
        here.take_while(|entry| entry.folder_and_name().0 == folder).find(|entry| entry.suits(extension))
    }

    /// An entry of the same name in another folder, the fewest steps away from `folder`. Names that every folder has,
    /// such as `index.md`, count only where the folder's name is the same too.
    fn moved(&self, path: &str, folder: &str, extension: &str) -> Option<&Entry> {
        let lower = path.to_lowercase();
        let name = split(&lower).1;
        let is_page = is_of_page(extension);
        if let Some(alike) = self.namesakes.called(&lower[called(&lower)]) {
            let entries = &self.entries;
            let found = if is_page { alike.page(entries, folder) } else { alike.file(entries, folder, name) };
            return found.map(|position| &entries[position]);
        }
        let is_same = |entry: &&Entry| (is_page || entry.lower_name() == name) && entry.suits(extension);
        self.all_called(&lower)
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
            let (children, lower) = (self.children(here), part.to_lowercase());
            let same = &children[children.partition_point(|entry| *entry.lower_name() < *lower)..];
            let mut same = same.iter().take_while(|entry| entry.lower_name() == lower);
            let exact = same.find(|entry| entry.folder_and_name().1 == part && is_folder(entry));
            here = &exact.or_else(|| like(children, part, is_folder))?.path;
        }
        None
    }

    /// What is in `folder`, by name in lower case. The top is not in itself.
    fn children(&self, folder: &str) -> &[Entry] {
        let start = self.entries.partition_point(|entry| entry.folder_and_name().0 < folder);
        let end = start + self.entries[start..].partition_point(|entry| entry.folder_and_name().0 == folder);
        // The top itself is the entry with an empty path, which comes first.
        let start = start + usize::from(self.entries.get(start).is_some_and(|entry| entry.path.is_empty()));
        &self.entries[start..end.max(start)]
    }

    /// The entries that are called as `path` is, which is in lower case.
    fn all_called(&self, path: &str) -> impl Iterator<Item = &Entry> + use<'_> {
        self.called(path).iter().map(|position| &self.entries[*position as usize])
    }

    /// Their positions, by folder.
    fn called(&self, path: &str) -> &[u32] {
        let name = &path[called(path)];
        let name_of = |position: &u32| self.entries[*position as usize].called();
        let start = self.by_stem.partition_point(|position| name_of(position) < name);
        let end = start + self.by_stem[start..].partition_point(|position| name_of(position) == name);
        &self.by_stem[start..end]
    }
}

/// The one of `entries`, which are by name, whose name is most like `name`, of those that suit.
fn like<'e>(entries: &'e [Entry], name: &str, suits: impl Fn(&Entry) -> bool) -> Option<&'e Entry> {
    suggest::nearest_of(entries, name, Entry::lower_name, suits)
}

/// Bytes of `path`, in lower case, that it is called by: see [`Entry::called`].
fn called(path: &str) -> Range<usize> {
    let (folder, name) = split(path);
    let name_at = path.len() - name.len();
    let stem = stem(name);
    let start = if is_named_by_folder(stem) { folder.len() - split(folder).1.len() } else { name_at };
    start..name_at + stem.len()
}

/// Whether a path that ends with `extension` is that of a page.
fn is_of_page(extension: &str) -> bool {
    matches!(extension, "" | "html" | "htm") || is_essay(extension)
}

/// Folder and name of a path.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// A name without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// A name's extension in lower case, `""` if it has none.
pub(super) fn extension(name: &str) -> String {
    name[stem(name).len()..].trim_start_matches('.').to_lowercase()
}

/// Folders that one goes up and down from `folder` to `path`.
pub(super) fn steps(folder: &str, path: &str) -> usize {
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
        Index::new(entries, &HashMap::new())
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
