//! Who gets which file of the output: each file has one source.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Place};
use crate::parse::Essay;
use crate::read::{Asset, SitePath, ThemeBytes, ThemeFile};

use super::address::Addressed;
use super::site::{CopiedFile, EssayId, Origin, Redirect};

/// What a file of the output is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claimant {
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
pub(super) struct Claims<'a> {
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
pub(super) struct Settled {
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

    /// Reports addresses that differ only by case. Of two such, at least one has a letter in upper case, so the many
    /// that have none need not be remembered a second time.
    fn check_case(&mut self) {
        let mut cased: HashMap<String, SitePath> = HashMap::new();
        let mut clashes = Vec::new();
        for (address, claimant) in &self.order {
            let lower = address.as_str().to_lowercase();
            if lower == address.as_str() {
                continue;
            }
            let other = cased.get(&lower).map_or(lower.as_str(), SitePath::as_str);
            if let Some(first) = self.taken.get(other) {
                let (place, first) = (self.place(*claimant), self.place(*first));
                clashes.push(diagnostic::link::case_clash(place, first, address.as_str(), other));
            }
            cased.entry(lower).or_insert_with(|| address.clone());
        }
        self.diagnostics.extend(clashes);
    }
}

/// The files that are copied or were made of essays, by address.
pub(super) fn copied_files(
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
pub(super) fn redirects(claims: &[(SitePath, Claimant)]) -> Vec<Redirect> {
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::link::testing::{assets, dated, essay, linked_in, shown, surroundings, with_header};
    use crate::link::{Site, Surroundings};
    use crate::parse::{AddressRule, Located, MadeFile};
    use crate::read::{Config, PictureSize};

    fn theme_file(path: &str, bytes: ThemeBytes) -> ThemeFile {
        ThemeFile { path: SitePath::new(path).unwrap(), bytes }
    }

    fn with_url(text: &str) -> impl FnOnce(Essay) -> Essay {
        let value = Located { value: AddressRule::Url(text.to_owned()), span: 5..5 + text.len() };
        |essay| with_header(essay, |header| header.address = Some(value))
    }

    fn with_alias(essay: Essay, alias: &str) -> Essay {
        let start = essay.source.text.find(alias).unwrap();
        let alias = Located { value: alias.to_owned(), span: start..start + alias.len() };
        with_header(essay, |header| header.aliases.push(alias))
    }

    fn check(essays: Vec<Essay>, surroundings: Surroundings, expected: &str) -> Site {
        let found = linked_in(essays, surroundings);
        assert_eq!(shown(&found.diagnostics), expected);
        found.value
    }

    #[test]
    fn two_sources_for_one_file_are_reported_at_the_header_that_says_so() {
        let site = check(
            vec![with_url("/b.html")(essay("a.md", "url: /b.html\n")), essay("b.md", "")],
            surroundings(Config::default()),
            "address-clash: content/b.md and content/a.md both become `b.html`
  content/a.md:1:6 `/b.html` becomes `b.html`
  content/b.md:1:1 `` becomes `b.html` too
  = rename one of the two, or set another `url` in an essay's header
",
        );
        assert_eq!(site.addresses.iter().map(SitePath::as_str).collect::<Vec<_>>(), ["b.html", "b-1.html"]);
    }

    #[test]
    fn files_clash_but_the_built_in_theme_gives_way() {
        let user = theme_file("a.html", ThemeBytes::Disk("static/a.html".into()));
        let built_in = |path| theme_file(path, ThemeBytes::BuiltIn(b"built in"));
        let site = check(
            vec![essay("a.md", "")],
            Surroundings {
                assets: assets(&["a.html", "style.css"]),
                theme_files: vec![user, built_in("style.css"), built_in("other.css")],
                ..surroundings(Config::default())
            },
            "address-clash: content/a.md and content/a.html both become `a.html`
  content/a.html:1:1 `` becomes `a.html`
  content/a.md:1:1 `` becomes `a.html` too
  = rename one of the two, or set another `url` in an essay's header
address-clash: content/a.md and static/a.html both become `a.html`
  static/a.html:1:1 `` becomes `a.html`
  content/a.md:1:1 `` becomes `a.html` too
  = rename one of the two, or set another `url` in an essay's header
",
        );
        let files: Vec<String> = site.files.iter().map(|file| format!("{} {:?}", file.address, file.origin)).collect();
        let bytes = format!("other.css BuiltIn({:?})", b"built in");
        assert_eq!(files, [bytes.as_str(), "style.css Disk(\"style.css\")"]);
    }

    #[test]
    fn what_is_made_of_an_essay_has_an_address_of_its_own() {
        let made = |name: &str| MadeFile {
            path: SitePath::new(name).unwrap(),
            bytes: Vec::new(),
            size: Some(PictureSize { width: 3, height: 2 }),
            span: 0..1,
        };
        let mut walk = essay("a/walk.ipynb", "x");
        walk.made_files = vec![made("a/walk_files/1.png"), made("a/walk_files/2.png")];
        let site = check(
            vec![walk, essay("b.md", "![x](a/walk_files/1.png) ![x](a/walk_files/3.png)")],
            Surroundings { assets: assets(&["a/walk_files/2.png"]), ..surroundings(Config::default()) },
            "address-clash: content/a/walk.ipynb and content/a/walk_files/2.png both become `a/walk_files/2.png`
  content/a/walk_files/2.png:1:1 `` becomes `a/walk_files/2.png`
  content/a/walk.ipynb:1:1 `x` becomes `a/walk_files/2.png` too
  = rename one of the two, or set another `url` in an essay's header
missing-file: no file at `a/walk_files/3.png`
  content/b.md:1:31 `a/walk_files/3.png` nothing at content/a/walk_files/3.png
  = did you mean `a/walk_files/1.png`?
",
        );
        let files: Vec<String> = site.files.iter().map(|file| format!("{} {:?}", file.address, file.origin)).collect();
        let origin = |position: usize| format!("Made {{ essay: EssayId(0), position: {position} }}");
        let expected = [0, 1].map(|position| format!("a/walk_files/{}.png {}", position + 1, origin(position)));
        assert_eq!(files, expected);
        assert_eq!(site.picture_size(&site.files[0].address), site.essays[0].made_files[0].size);
    }

    #[test]
    fn addresses_that_are_one_on_some_machines_are_reported() {
        check(
            vec![essay("Lens.md", ""), essay("lens.md", ""), essay("glass.md", "")],
            Surroundings { assets: assets(&["glass.html/x.png"]), ..surroundings(Config::default()) },
            "case-clash: `Lens.html` and `lens.html` differ only by upper and lower case
  content/Lens.md:1:1 `` becomes `Lens.html`
  content/lens.md:1:1 `` becomes `lens.html`
  = rename one of the two: on some machines and hosts they are one file
address-clash: `glass.html` would be a file and a folder
  content/glass.md:1:1 `` becomes the file `glass.html`
  content/glass.html/x.png:1:1 `` is in the folder `glass.html`
  = rename one of the two
",
        );
    }

    #[test]
    fn aliases_become_redirects() {
        let former = with_alias(with_alias(essay("a.md", "/old/a/ b.html ../x a.html"), "/old/a/"), "b.html");
        let site = check(
            vec![with_alias(with_alias(with_alias(former, "../x"), "a.html"), "/old/a/"), essay("b.md", "")],
            surroundings(Config::default()),
            "address-clash: the alias `b.html` is the address of content/b.md
  content/a.md:1:9 `b.html` would redirect from `b.html`
  content/b.md:1:1 `` becomes `b.html`
  = take the alias away: something else is there now
bad-value: the address `../x` leads out of the site
  content/a.md:1:16 `../x` not an address in this site
  = write a path from the top of the site, such as `/essays/seeing.html`
",
        );
        let redirects: Vec<(&str, EssayId)> = site.redirects.iter().map(|to| (to.from.as_str(), to.to)).collect();
        assert_eq!(redirects, [("old/a/index.html", EssayId(0))]);
    }

    #[test]
    fn an_authors_page_is_not_generated() {
        let generated = |config: Config, essays: Vec<Essay>| {
            let site = check(essays, Surroundings { assets: assets(&["robots.txt"]), ..surroundings(config) }, "");
            let addresses = ["404.html", "feed.xml", "index.html", "keywords/index.html", "robots.txt", "sitemap.xml"];
            addresses.map(|address| site.is_generated(&SitePath::new(address).unwrap()))
        };
        let own = || vec![essay("404.md", ""), essay("index.md", "")];
        let with_base = || Config { base_url: Some("https://example.org/".to_owned()), ..Config::default() };
        assert_eq!(generated(Config::default(), own()), [false; 6]);
        assert_eq!(generated(with_base(), own()), [false, false, false, false, false, true]);
        let essays = vec![dated(essay("a.md", ""), "2024-01-01")];
        assert_eq!(generated(with_base(), essays), [true, true, true, false, false, true]);
    }
}
