//! A site as it was read, kept so that reading it again costs only what changed.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::patterns::{Ignore, is_leftover};
use super::stamp::Stamp;
use super::walk::{FileEntry, Hidden, Walk, Walked};
use super::{
    Asset, Backing, Config, Ledger, Request, SitePath, Source, Sources, Theme, ThemeBytes, ThemeFile, essays,
    no_content, picture, read_config, read_ledger, text, theme,
};
use crate::diagnostic::{Diagnostic, Found, Kind, Lines};

/// A site as it was read.
#[derive(Debug, Clone)]
pub struct Reading {
    config: Found<Config>,
    /// The essays, by path.
    essays: Vec<Arc<ReadEssay>>,
    /// The other files of `content/`, by path.
    assets: Arc<Vec<Asset>>,
    /// `stamps[n]` is that of `assets[n]`, if it can be trusted.
    stamps: Arc<Vec<Option<Stamp>>>,
    theme: Found<Theme>,
    ledger: Found<Arc<Ledger>>,
    /// What walking through `content/` has found.
    mistakes: Vec<Diagnostic>,
    /// Where symbolic links lead.
    links: Vec<PathBuf>,
}

/// What is known to have changed since a site was read.
#[derive(Debug, Clone, Copy)]
pub enum Changed<'a> {
    /// Nothing is known: every file is looked at.
    Unknown,
    /// At most the files and folders at these paths, which begin with [`Request::root`].
    Paths(&'a [PathBuf]),
}

/// How much of a site's essays was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// There is none.
    Nothing,
    /// All but what could not be read.
    Part,
    /// All of them.
    Whole,
}

/// An essay's file as it was read.
#[derive(Debug)]
struct ReadEssay {
    file: PathBuf,
    stamp: Option<Stamp>,
    source: Arc<Source>,
    diagnostic: Option<Diagnostic>,
}

impl Reading {
    /// Reads the site at `request.root`.
    pub fn new(request: &Request) -> Self {
        Self::whole(request, None)
    }

    /// Reads the site again, of which at most what `changed` says has changed. The answer is the same as that of
    /// [`Reading::new`].
    pub fn again(&self, request: &Request, changed: Changed<'_>) -> Self {
        let Changed::Paths(paths) = changed else { return Self::whole(request, Some(self)) };
        let mut reading = self.clone();
        for path in paths {
            match self.role(request, path) {
                FileRole::Nobodys => {}
                FileRole::Essay(position) => {
                    let source = &self.essays[position].source;
                    let entry = FileEntry { path: source.path.clone(), file: path.clone() };
                    reading.essays[position] = Arc::new(read_essay(entry));
                }
                FileRole::Asset(position) => {
                    let asset = &self.assets[position];
                    let entry = FileEntry { path: asset.path.clone(), file: path.clone() };
                    let (asset, stamp) = read_asset(entry);
                    if asset != self.assets[position] {
                        Arc::make_mut(&mut reading.assets)[position] = asset;
                    }
                    Arc::make_mut(&mut reading.stamps)[position] = stamp;
                }
                FileRole::Unknown => return Self::whole(request, Some(self)),
            }
        }
        reading
    }

    /// Everything that was read, with what was found wrong.
    pub fn sources(&self, request: &Request) -> Found<Sources> {
        let mut diagnostics = self.config.diagnostics.clone();
        diagnostics.extend(self.mistakes.iter().cloned());
        diagnostics.extend(self.essays.iter().filter_map(|essay| essay.diagnostic.clone()));
        diagnostics.extend(self.theme.diagnostics.iter().chain(&self.ledger.diagnostics).cloned());
        let sources = Sources {
            config: self.config.value.clone(),
            essays: self.essays.iter().map(|essay| Arc::clone(&essay.source)).collect(),
            assets: Arc::clone(&self.assets),
            theme: self.theme.value.clone(),
            publication: request.publication,
            ledger: Arc::clone(&self.ledger.value),
        };
        Found { value: sources, diagnostics }
    }

    /// Whether the site may be another if the file or folder at `path` has changed: not for the leftovers of editors.
    pub fn concerns(&self, request: &Request, path: &Path) -> bool {
        !matches!(self.role(request, path), FileRole::Nobodys)
    }

    /// A hash of everything that was read for `request`, and of `program`, which says what makes a site of it: where it is the
    /// same, so is the site. `None` where that cannot be told: something was wrong, or a file changed so lately that it may
    /// change again and look the same.
    pub fn fingerprint(&self, request: &Request, program: &str) -> Option<u128> {
        let Found { value: sources, diagnostics } = self.sources(request);
        if !diagnostics.is_empty() {
            return None;
        }
        let Sources { config, essays, assets, theme, publication, ledger } = sources;
        let mut hash = Xxh3::new();
        let mut add = |part: &[u8]| {
            hash.update(&part.len().to_le_bytes());
            hash.update(part);
        };
        add(format!("{program} {:?} {config:?} {publication:?} {ledger:?}", request.output).as_bytes());
        for template in &theme.templates {
            add(template.name.as_bytes());
            add(template.text.as_bytes());
        }
        for file in &theme.files {
            // What is built in is the program's.
            if let ThemeBytes::Disk(disk) = &file.bytes {
                add(format!("{} {:?}", file.path, Stamp::new(&fs::metadata(disk))?).as_bytes());
            }
        }
        for source in &essays {
            add(source.path.as_str().as_bytes());
            add(source.text.as_bytes());
        }
        for (asset, stamp) in assets.iter().zip(self.stamps.iter()) {
            add(format!("{} {:?}", asset.path, (*stamp)?).as_bytes());
        }
        Some(hash.digest128())
    }

    /// How much of the essays was read.
    pub fn coverage(&self) -> Coverage {
        let is_unread = |mistake: &Diagnostic| mistake.kind == Kind::Unreadable;
        if self.essays.is_empty() {
            Coverage::Nothing
        } else if self.mistakes.iter().any(is_unread) || self.essays.iter().any(|essay| essay.source.is_damaged) {
            Coverage::Part
        } else {
            Coverage::Whole
        }
    }

    /// How many files of `content/` were read.
    pub fn files(&self) -> usize {
        self.essays.len() + self.assets.len()
    }

    /// Where symbolic links of the site lead: what changes there changes the site.
    pub fn links(&self) -> &[PathBuf] {
        &self.links
    }

    /// Walks through the whole site. What has the same stamp as in `before` is not read again.
    fn whole(request: &Request, before: Option<&Reading>) -> Self {
        let config = read_config(request);
        let mut mistakes = Vec::new();
        if !request.root.join("content").is_dir() {
            mistakes.push(no_content(&request.root));
        }
        let Walked { files, diagnostics, mut links } =
            walk(request, "content", &Ignore::new(&config.value.ignore), Hidden::LeftOut);
        mistakes.extend(diagnostics);
        let (essays, assets) = essays::divided(files);
        let known = Known(before);
        let essays = essays.into_par_iter().map(|entry| known.essay(entry)).collect();
        let assets: Vec<(Asset, Option<Stamp>)> = assets.into_par_iter().map(|entry| known.asset(entry)).collect();
        let (assets, stamps) = assets.into_iter().unzip();

        let everything = Ignore::new(&[]);
        let templates = walk(request, "templates", &everything, Hidden::LeftOut);
        let theme_files = walk(request, "static", &everything, Hidden::Taken);
        mistakes.extend(templates.diagnostics.into_iter().chain(theme_files.diagnostics));
        links.extend(templates.links.into_iter().chain(theme_files.links));
        let mut theme = theme::theme(templates.files, theme_files.files);
        let has_search = config.value.search;
        let is_of_search =
            |file: &ThemeFile| file.path.as_str() == "search.js" && matches!(file.bytes, ThemeBytes::BuiltIn(_));
        theme.value.files.retain(|file| has_search || !is_of_search(file));
        let Found { value, diagnostics } = read_ledger(&request.root);
        let ledger = Found { value: Arc::new(value), diagnostics };
        let (assets, stamps) = (Arc::new(assets), Arc::new(stamps));
        Self { config, essays, assets, stamps, theme, ledger, mistakes, links }
    }

    /// What the file at `path` is, as far as that can be told without looking at any other.
    fn role(&self, request: &Request, path: &Path) -> FileRole {
        let metadata = fs::symlink_metadata(path);
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let Some(in_content) = path.strip_prefix(request.root.join("content")).ok().and_then(site_path) else {
            return FileRole::Unknown;
        };
        let is_file = metadata.as_ref().is_ok_and(Metadata::is_file);
        if let Ok(position) = self.essays.binary_search_by(|essay| essay.source.path.cmp(&in_content)) {
            let is_same = is_file && self.essays[position].file == path;
            return if is_same { FileRole::Essay(position) } else { FileRole::Unknown };
        }
        if let Ok(position) = self.assets.binary_search_by(|asset| asset.path.cmp(&in_content)) {
            let is_same = is_file && *self.assets[position].file == *path;
            return if is_same { FileRole::Asset(position) } else { FileRole::Unknown };
        }
        match metadata {
            Ok(metadata) if metadata.is_file() && is_leftover(&name) => FileRole::Nobodys,
            Err(_) if !self.has_folder(&in_content) => FileRole::Nobodys,
            _ => FileRole::Unknown,
        }
    }

    /// Whether anything that was read is in the folder at `path`, or was found wrong there.
    fn has_folder(&self, path: &SitePath) -> bool {
        let folder = format!("{path}/");
        let essay = self.essays.partition_point(|essay| essay.source.path.as_str() < folder.as_str());
        let asset = self.assets.partition_point(|asset| asset.path.as_str() < folder.as_str());
        let is_inside = |path: Option<&SitePath>| path.is_some_and(|path| path.as_str().starts_with(&folder));
        is_inside(self.essays.get(essay).map(|essay| &essay.source.path))
            || is_inside(self.assets.get(asset).map(|asset| &asset.path))
            || !self.mistakes.is_empty()
    }
}

/// What a file is to a site that was read.
enum FileRole {
    /// No part of it, then and now.
    Nobodys,
    /// The essay at this position, then and now.
    Essay(usize),
    /// The asset at this position, then and now.
    Asset(usize),
    /// Anything else.
    Unknown,
}

/// The path inside the site that `relative` spells, if it is one.
fn site_path(relative: &Path) -> Option<SitePath> {
    let text = relative.to_str()?;
    let slashed = if std::path::MAIN_SEPARATOR == '/' { text.to_owned() } else { text.replace('\\', "/") };
    SitePath::new(&slashed)
}

/// The files of the folder `name` of the site.
fn walk(request: &Request, name: &'static str, ignore: &Ignore, hidden: Hidden) -> Walked {
    let folder = request.root.join(name);
    if !folder.is_dir() {
        return Walked::default();
    }
    let root = fs::canonicalize(&request.root).unwrap_or_else(|_| request.root.clone());
    let without: Vec<PathBuf> = fs::canonicalize(&request.output).into_iter().collect();
    Walk { folder: &folder, shown: name, root: &root, ignore, without: &without, hidden }.files()
}

/// What is known of files from an earlier reading.
struct Known<'a>(Option<&'a Reading>);

impl Known<'_> {
    fn essay(&self, entry: FileEntry) -> Arc<ReadEssay> {
        let essays = self.0.map_or(&[][..], |before| &before.essays);
        let known = essays.binary_search_by(|essay| essay.source.path.cmp(&entry.path)).ok().map(|at| &essays[at]);
        match known.filter(|essay| essay.stamp.is_some() && essay.file == entry.file) {
            Some(essay) if Stamp::new(&fs::metadata(&entry.file)) == essay.stamp => Arc::clone(essay),
            _ => Arc::new(read_essay(entry)),
        }
    }

    fn asset(&self, entry: FileEntry) -> (Asset, Option<Stamp>) {
        let assets = self.0.map_or(&[][..], |before| &before.assets);
        let known = assets.binary_search_by(|asset| asset.path.cmp(&entry.path)).ok();
        let known = known.zip(self.0).map(|(at, before)| (&before.assets[at], before.stamps[at]));
        match known.filter(|(asset, stamp)| stamp.is_some() && *asset.file == *entry.file) {
            Some((asset, stamp)) if Stamp::new(&fs::metadata(&entry.file)) == stamp => (asset.clone(), stamp),
            _ => read_asset(entry),
        }
    }
}

fn read_essay(FileEntry { path, file }: FileEntry) -> ReadEssay {
    let shown: Arc<str> = Arc::from(format!("content/{path}"));
    let (text, diagnostic, metadata) = text::read_with_metadata(&file, &shown);
    let stamp = Stamp::new(&metadata);
    let source = Arc::new(Source {
        path,
        shown,
        text,
        is_damaged: diagnostic.is_some(),
        cells: Vec::new(),
        backing: Some(Backing::new(&file)),
        lines: Lines::default(),
    });
    ReadEssay { file, stamp, source, diagnostic }
}

fn read_asset(FileEntry { path, file }: FileEntry) -> (Asset, Option<Stamp>) {
    let extension = path.extension();
    let (stamp, size) = match picture::is_picture(&extension).then(|| File::open(&file)) {
        Some(Ok(opened)) => (Stamp::new(&opened.metadata()), picture::size(opened, &extension)),
        Some(Err(_)) => (None, None),
        None => (Stamp::new(&fs::metadata(&file)), None),
    };
    (Asset { path, file: file.into(), size }, stamp)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::read::Publication;

    fn request(root: &Path) -> Request {
        let publication = Publication { today: jiff::civil::date(2023, 3, 14), drafts: false, future: false };
        let output = root.join("public");
        Request { root: root.to_owned(), config: None, output, base_url: None, publication }
    }

    #[test]
    fn every_input_counts_in_the_fingerprint() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        let of = |request: &Request, program: &str| Reading::new(request).fingerprint(request, program);
        let request = request(root.path());
        write("content/a.md", "a");
        let mut seen = vec![of(&request, "1").unwrap()];
        assert_eq!(of(&request, "1"), Some(seen[0]));
        let mut check = |fingerprint: Option<u128>| {
            let fingerprint = fingerprint.unwrap();
            assert!(!seen.contains(&fingerprint));
            seen.push(fingerprint);
        };
        check(of(&request, "2"));
        check(of(&Request { base_url: Some("https://example.org/".to_owned()), ..request.clone() }, "1"));
        check(of(&Request { output: root.path().join("site"), ..request.clone() }, "1"));
        let publication = Publication { drafts: true, ..request.publication };
        check(of(&Request { publication, ..request.clone() }, "1"));
        for (name, text) in [
            ("content/a.md", "b"),
            ("content/b.md", ""),
            ("templates/essay.html", "c"),
            ("essai.yaml", "title: d"),
            ("essai.ledger", "essai ledger 1\na.html A\n"),
        ] {
            write(name, text);
            check(of(&request, "1"));
        }
    }

    #[test]
    fn what_may_change_unseen_has_no_fingerprint() {
        let root = tempfile::tempdir().unwrap();
        let request = request(root.path());
        let fingerprint = || Reading::new(&request).fingerprint(&request, "1");
        fs::create_dir(root.path().join("content")).unwrap();
        assert!(fingerprint().is_some());
        let young = root.path().join("content/new.png");
        fs::write(&young, "").unwrap();
        assert_eq!(fingerprint(), None, "a file that is younger than two seconds");
        fs::remove_file(young).unwrap();
        fs::write(root.path().join("content/a.md"), b"\xff").unwrap();
        assert_eq!(fingerprint(), None, "an essay that is no text");
    }
}
