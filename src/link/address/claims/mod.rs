//! Who gets which file of the output: each file has one source.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Place};
use crate::parse::Essay;
use crate::read::{Asset, SitePath, ThemeBytes, ThemeFile};

use super::Addressed;
use crate::link::site::{CopiedFile, EssayId, Origin, Redirect};

/// What a file of the output is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::link) enum Claimant {
    /// An essay.
    Essay(EssayId),
    /// The file at this position of those that were made of an essay.
    Made(EssayId, usize),
    /// The file at this position of the assets.
    Asset(usize),
    /// The file at this position of the theme's.
    Theme(usize),
    /// A redirect to an essay, from the n-th of its aliases.
    Alias(EssayId, usize),
    /// Essai makes it.
    Generated,
}

/// The files of the output that are spoken for, and what clashed on the way.
///
/// Essays come first, then what was made of them, then assets, then the user's theme, then aliases; a second claim to a file is a mistake. The
/// built-in theme and generated files only take what is left, silently.
#[derive(Debug)]
pub(in crate::link) struct Claims<'a> {
    essays: &'a [Arc<Essay>],
    assets: &'a [Asset],
    theme_files: &'a [ThemeFile],
    taken: HashMap<String, Claimant>,
    /// Every claim that succeeded, in order.
    order: Vec<(SitePath, Claimant)>,
    diagnostics: Vec<Diagnostic>,
}

/// Claims that are settled.
#[derive(Debug)]
pub(in crate::link) struct Settled {
    /// Every file of the output and what it is made from, by rank of the claimant.
    pub claims: Vec<(SitePath, Claimant)>,
    /// What clashed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Claims<'a> {
    /// No claims yet.
    pub fn new(essays: &'a [Arc<Essay>], assets: &'a [Asset], theme_files: &'a [ThemeFile]) -> Self {
        let taken = HashMap::with_capacity(essays.len() + assets.len());
        Self { essays, assets, theme_files, taken, order: Vec::new(), diagnostics: Vec::new() }
    }

    /// Claims the addresses of all essays. One that comes too late gets a number, so that no essay is lost.
    pub fn essays(&mut self, addressed: &mut [Addressed]) {
        // By wanted address, the last number that was given.
        let mut numbers: HashMap<SitePath, usize> = HashMap::new();
        for (position, Addressed { address, .. }) in addressed.iter_mut().enumerate() {
            let claimant = Claimant::Essay(EssayId(position as u32));
            let wanted = address.clone();
            let Err(first) = self.claim(&wanted, claimant) else { continue };
            self.report(&wanted, claimant, first);
            let last = numbers.entry(wanted.clone()).or_default();
            while self.claim(address, claimant).is_err() {
                (*last, *address) = (*last + 1, numbered(&wanted, *last + 1));
            }
        }
    }

    /// Claims the addresses of what was made of essays, of the assets and of the user's part of the theme.
    pub fn files(&mut self) {
        let (essays, assets, theme_files) = (self.essays, self.assets, self.theme_files);
        let made = essays.iter().enumerate().flat_map(|(id, essay)| {
            let claimant = move |position| Claimant::Made(EssayId(id as u32), position);
            essay.made_files.iter().enumerate().map(move |(position, made)| (&made.path, claimant(position)))
        });
        let users = theme_files.iter().enumerate().filter(|(_, file)| matches!(file.bytes, ThemeBytes::Disk(_)));
        let users = users.map(|(position, file)| (&file.path, Claimant::Theme(position)));
        let assets = assets.iter().enumerate().map(|(position, asset)| (&asset.path, Claimant::Asset(position)));
        for (address, claimant) in made.chain(assets).chain(users) {
            if let Err(first) = self.claim(address, claimant) {
                self.report(address, claimant, first);
            }
        }
    }

    /// Claims the former address `from` for the `position`-th alias of `essay`.
    pub fn alias(&mut self, from: &SitePath, essay: EssayId, position: usize) {
        let claimant = Claimant::Alias(essay, position);
        let Err(first) = self.claim(from, claimant) else { return };
        // What leads to the essay anyway is no mistake.
        if !matches!(first, Claimant::Essay(owner) | Claimant::Alias(owner, _) if owner == essay) {
            let written = &self.essays[essay.index()].header.aliases[position].value;
            let (place, first) = (self.place(claimant), self.place(first));
            self.diagnostics.push(diagnostic::link::alias_clash(place, first, written, from.as_str()));
        }
    }

    /// Gives the built-in theme and then `generated` files what is left.
    pub fn leftovers(&mut self, generated: impl IntoIterator<Item = SitePath>) {
        for (position, file) in self.theme_files.iter().enumerate() {
            if matches!(file.bytes, ThemeBytes::BuiltIn(_)) {
                let _ = self.claim(&file.path, Claimant::Theme(position));
            }
        }
        for address in generated {
            let _ = self.claim(&address, Claimant::Generated);
        }
    }

    /// The claims, and what is wrong with them as a whole.
    pub fn settle(mut self) -> Settled {
        self.check_folders();
        self.check_case();
        Settled { claims: self.order, diagnostics: self.diagnostics }
    }

    fn claim(&mut self, address: &SitePath, claimant: Claimant) -> Result<(), Claimant> {
        if let Some(first) = self.taken.get(address.as_str()) {
            return Err(*first);
        }
        self.taken.insert(address.to_string(), claimant);
        self.order.push((address.clone(), claimant));
        Ok(())
    }

    /// Reports that `second` wanted what `first` has: at whichever set its address in its header, else at `second`.
    fn report(&mut self, address: &SitePath, second: Claimant, first: Claimant) {
        let swapped = self.is_by_header(first) && !self.is_by_header(second);
        let (place, other) = if swapped { (first, second) } else { (second, first) };
        let diagnostic = diagnostic::link::address_clash(self.place(place), self.place(other), address.as_str());
        self.diagnostics.push(diagnostic);
    }

    fn is_by_header(&self, claimant: Claimant) -> bool {
        matches!(claimant, Claimant::Essay(id) if self.essays[id.index()].header.address.is_some())
    }

    /// Where `claimant` comes from: the address in its header, if it has one, else its file.
    fn place(&self, claimant: Claimant) -> Place {
        let essay_place = |id: EssayId, span: Option<&std::ops::Range<usize>>| {
            let source = &self.essays[id.index()].source;
            match span {
                Some(span) => source.place(span.clone()),
                None => Place::file(&source.shown),
            }
        };
        match claimant {
            Claimant::Essay(id) => {
                essay_place(id, self.essays[id.index()].header.address.as_ref().map(|address| &address.span))
            }
            Claimant::Made(id, n) => essay_place(id, Some(&self.essays[id.index()].made_files[n].span)),
            Claimant::Alias(id, n) => essay_place(id, Some(&self.essays[id.index()].header.aliases[n].span)),
            Claimant::Asset(position) => Place::file(&format!("content/{}", self.assets[position].path)),
            Claimant::Theme(position) => Place::file(&format!("static/{}", self.theme_files[position].path)),
            Claimant::Generated => Place::file("a page that Essai makes"),
        }
    }

    /// Reports each file whose address is another's folder.
    fn check_folders(&mut self) {
        let mut folders: HashSet<&str> = HashSet::new();
        let mut clashes = Vec::new();
        for (address, claimant) in &self.order {
            let mut folder = address.folder();
            while !folder.is_empty() && folders.insert(folder) {
                if let Some(file) = self.taken.get(folder) {
                    clashes.push(diagnostic::link::folder_clash(self.place(*file), self.place(*claimant), folder));
                }
                folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
            }
        }
        self.diagnostics.extend(clashes);
    }

    /// Reports addresses that differ only by case, but for those from which one essay redirects: as one file they lead to
    /// it too. Of two such, at least one has a letter in upper case, so the many that have none need not be remembered a
    /// second time.
    fn check_case(&mut self) {
        let mut cased: HashMap<String, SitePath> = HashMap::new();
        let mut clashes = Vec::new();
        for (address, claimant) in &self.order {
            let lower = address.as_str().to_lowercase();
            if lower == address.as_str() {
                continue;
            }
            let other = cased.get(&lower).map_or(lower.as_str(), SitePath::as_str);
            let first = self.taken.get(other).filter(|first| !lead_alike(**first, *claimant));
            if let Some(first) = first {
                let (place, first) = (self.place(*claimant), self.place(*first));
                clashes.push(diagnostic::link::case_clash(place, first, address.as_str(), other));
            }
            cased.entry(lower).or_insert_with(|| address.clone());
        }
        self.diagnostics.extend(clashes);
    }
}

/// Whether both are redirects to one essay.
fn lead_alike(one: Claimant, other: Claimant) -> bool {
    matches!((one, other), (Claimant::Alias(one, _), Claimant::Alias(other, _)) if one == other)
}

/// The files that are copied or were made of essays, by address.
pub(in crate::link) fn copied_files(
    claims: &[(SitePath, Claimant)],
    essays: &[Arc<Essay>],
    assets: &[Asset],
    theme_files: &[ThemeFile],
) -> Vec<CopiedFile> {
    let copied = claims.iter().filter_map(|(address, claimant)| {
        let (origin, size) = match *claimant {
            Claimant::Made(essay, position) => {
                (Origin::Made { essay, position }, essays[essay.index()].made_files[position].size)
            }
            Claimant::Asset(position) => (Origin::Disk(Arc::clone(&assets[position].file)), assets[position].size),
            Claimant::Theme(position) => match &theme_files[position].bytes {
                ThemeBytes::BuiltIn(bytes) => (Origin::BuiltIn(bytes), None),
                ThemeBytes::Disk(file) => (Origin::Disk(file.as_path().into()), None),
            },
            _ => return None,
        };
        Some(CopiedFile { address: address.clone(), origin, size, candidates: Vec::new() })
    });
    let mut files: Vec<CopiedFile> = copied.collect();
    files.sort_by(|a, b| a.address.cmp(&b.address));
    files
}

/// The redirects, by former address.
pub(in crate::link) fn redirects(claims: &[(SitePath, Claimant)]) -> Vec<Redirect> {
    let redirects = claims.iter().filter_map(|(address, claimant)| match *claimant {
        Claimant::Alias(to, _) => Some(Redirect { from: address.clone(), to }),
        _ => None,
    });
    let mut redirects: Vec<Redirect> = redirects.collect();
    redirects.sort_by(|a, b| a.from.cmp(&b.from));
    redirects
}

/// `a/b.html` with a number: `a/b-1.html`.
fn numbered(address: &SitePath, number: usize) -> SitePath {
    let name = match address.name().rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{number}.{extension}"),
        None => format!("{}-{number}", address.name()),
    };
    SitePath::join(address.folder(), &name).unwrap_or_else(|| address.clone())
}

#[cfg(test)]
mod tests;
