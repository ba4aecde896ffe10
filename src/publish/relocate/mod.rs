//! What moving essays and their pictures means for the sources: which stretches of which files change, and to what.

mod by_name;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use by_name::Names;

use super::is_cited;
use crate::link::{EssayId, Site, Target};
use crate::parse::{Role, templated};
use crate::read::opening::index_rank;
use crate::read::{Addresses, SitePath, joined, spelt_in};

/// What in a path would end a destination or change its meaning, in Markdown, in an attribute or in a header.
const NOT_IN_DESTINATION: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'`')
    .add(b'|');

/// What other generators' authors write before a path from the top.
const PREFIXES: [&str; 7] = ["@", "{filename}", "{static}", "{attach}", "|filename|", "|static|", "|attach|"];

/// Where files of `content/` go, by where they are.
pub type Moves = BTreeMap<SitePath, SitePath>;

/// A stretch of a text, and what is put in its place.
pub type Edit = (Range<usize>, String);

/// What changes in the texts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mending {
    /// By essay, as it is before the move: links that change, by place.
    pub essays: BTreeMap<SitePath, Vec<Edit>>,
    /// Links of the navigation that change, in the configuration, by place.
    pub configuration: Vec<Edit>,
}

/// The moves of the essay at `old` to `new`: itself, and the pictures below its folder that no other essay uses.
pub fn moves_of_essay(site: &Site, id: EssayId, new: &SitePath) -> Moves {
    let old = &site[id].source.path;
    let mut moves = Moves::from([(old.clone(), new.clone())]);
    if old.folder() == new.folder() {
        return moves;
    }
    let used = |id: EssayId| {
        let files = site.targets[id.index()].iter().filter_map(|target| match target {
            Target::File { address, .. } if !site.is_generated(address) => Some(address),
            _ => None,
        });
        files.collect::<BTreeSet<_>>()
    };
    let by_others: BTreeSet<&SitePath> = site.ids().filter(|other| *other != id).flat_map(used).collect();
    for picture in used(id) {
        let below = match old.folder() {
            "" => Some(picture.as_str()),
            folder => picture.as_str().strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
        };
        // What others may cite stays where it is: a file leaves no redirect.
        let moves_along = !by_others.contains(picture) && !is_cited(picture);
        if let Some(to) = below.filter(|_| moves_along).and_then(|below| SitePath::join(new.folder(), below)) {
            moves.insert(picture.clone(), to);
        }
    }
    moves
}

/// What `moves` change in the texts of `site`: every link to what moves, and every relative link in it.
pub fn mend(site: &Site, moves: &Moves) -> Mending {
    let mut mending = Mending::default();
    let names = Names::new(site, moves);
    for id in site.ids() {
        let essay = &site[id];
        // The text of a notebook is not that of its file.
        if is_notebook(&essay.source.path) {
            continue;
        }
        let here = Here { old: &essay.source.path, new: moves.get(&essay.source.path).unwrap_or(&essay.source.path) };
        let mut edits: Vec<Edit> = Vec::new();
        for (reference, target) in essay.references.iter().zip(&site.targets[id.index()]) {
            let written = (reference.role, reference.destination.as_str());
            if let Some(new) = mended((site, moves, &names), here, written, target) {
                edits.push((reference.span.clone(), new));
            }
        }
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        // Several links may share one definition.
        edits.dedup();
        if !edits.is_empty() {
            mending.essays.insert(essay.source.path.clone(), edits);
        }
    }
    if let Some(top) = SitePath::new("index.md") {
        let here = Here { old: &top, new: &top };
        for (link, target) in site.config.navigation.iter().zip(&site.navigation) {
            mending.configuration.extend(
                mended((site, moves, &names), here, (Role::Link, &link.link), target)
                    .map(|new| (link.span.clone(), new)),
            );
        }
    }
    mending.configuration.sort_by_key(|(span, _)| span.start);
    mending
}

/// Whether the essay at `path` is a notebook, in which nothing can be mended.
pub fn is_notebook(path: &SitePath) -> bool {
    path.extension() == "ipynb"
}

/// The essay that a link stands in, before and after.
#[derive(Debug, Clone, Copy)]
struct Here<'a> {
    old: &'a SitePath,
    new: &'a SitePath,
}

/// `destination`, which stands in `here` and leads to `target`, as it has to be after the moves; `None` if it stays.
fn mended(
    (site, moves, names): (&Site, &Moves, &Names),
    here: Here<'_>,
    (role, destination): (Role, &str),
    target: &Target,
) -> Option<String> {
    let destination = destination.trim();
    let there = match target {
        // By a label, which moves along.
        Target::Essay { suffix, .. } if suffix.strip_prefix('#') == Some(destination.trim_start_matches('#')) => {
            return None;
        }
        Target::Essay { id, .. } => &site[*id].source.path,
        Target::File { address, .. } => address,
        Target::SamePage(_) | Target::AsWritten => return None,
    };
    let now = moves.get(there).unwrap_or(there);
    if matches!(role, Role::Name | Role::NamedResource) {
        return names.mended(here, (role, destination), (there, now));
    }
    if now == there && here.old.folder() == here.new.folder() {
        return None;
    }
    let template = templated(destination);
    if template.is_some_and(|template| template.is_by_name) && now == there {
        return None;
    }
    let (path, suffix) = match template {
        Some(template) => (template.path, template.suffix),
        None => destination.split_at(destination.find(['?', '#']).unwrap_or(destination.len())),
    };
    let prefix = PREFIXES.iter().find(|prefix| path.starts_with(**prefix) && path[prefix.len()..].starts_with('/'));
    let prefix = prefix.copied().unwrap_or_default();
    let path = &path[prefix.len()..];
    let is_rooted = path.starts_with('/');
    if is_rooted && now == there {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    // A link to a folder stays one where the page still opens it.
    let named = joined(if is_rooted { "" } else { here.old.folder() }, &decoded);
    let is_folder = named.is_some_and(|path| path == there.folder()) && matches!(target, Target::Essay { .. });
    let (goal, tail) = match SitePath::new(now.folder()) {
        Some(folder) if is_folder && index_rank(now.name()).is_some() => (folder, "/"),
        _ => (now.clone(), ""),
    };
    // A page that Essai makes has an address alone, which is not always seen from the essay's folder.
    let is_made = matches!(target, Target::File { address, .. } if site.is_generated(address));
    let from_top = is_rooted || (is_made && site.config.addresses == Addresses::Folders);
    let spelt = if from_top { format!("/{goal}") } else { spelt_in(here.new.folder(), goal.as_str()) };
    let spelt = utf8_percent_encode(&spelt, NOT_IN_DESTINATION);
    let tail = if is_folder && !decoded.ends_with('/') { "" } else { tail };
    let mended = format!("{prefix}{spelt}{tail}{suffix}");
    (mended != destination).then_some(mended)
}

/// `text` with `edits`, which come by place and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len() + edits.len() * 16);
    let mut from = 0;
    for (span, new) in edits.iter().filter(|(span, _)| text.get(span.clone()).is_some()) {
        if span.start < from {
            continue;
        }
        edited.push_str(&text[from..span.start]);
        edited.push_str(new);
        from = span.end;
    }
    edited.push_str(&text[from..]);
    edited
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::diagnostic::{Found, Kind};
    use crate::link::{Surroundings, link};
    use crate::parse::{Memory, ParseConfig, parse};
    use crate::picture::{Pictures, SocialCards};
    use crate::read::{Asset, Config, Publication, Source};
    use std::sync::Arc;

    fn site(essays: &[(&str, &str)], assets: &[&str], addresses: Addresses) -> Site {
        let source = |(path, text): &(&str, &str)| Arc::new(Source::new(SitePath::new(path).unwrap(), *text));
        let config = Config { addresses, ..Config::default() };
        let essays: Vec<Arc<Source>> = essays.iter().map(source).collect();
        let parsed = parse(essays, &ParseConfig::of(&config), Memory::Kept(None));
        let asset = |path: &&str| Asset {
            path: SitePath::new(path).unwrap(),
            file: std::path::Path::new(path).into(),
            size: None,
        };
        let publication = Publication { today: "2026-01-01".parse().unwrap(), drafts: true, future: true };
        let assets = Arc::new(assets.iter().map(asset).collect());
        let ledger = Arc::default();
        let Found { value, diagnostics } = link(
            &parsed.essays,
            Surroundings {
                config,
                assets,
                pictures: Pictures::default(),
                cards: SocialCards::default(),
                theme_files: Vec::new(),
                publication,
                ledger,
            },
            None,
        );
        assert!(diagnostics.iter().all(|found| found.kind == Kind::EmptyEssay), "{diagnostics:?}");
        value
    }

    /// Moves `old` to `new`; what every essay's text is afterwards.
    fn check(essays: &[(&str, &str)], assets: &[&str], old: &str, new: &str, expected: &[&str]) {
        let site = site(essays, assets, Addresses::Mirror);
        let id = site.essay_at(&SitePath::new(old).unwrap()).unwrap();
        let moves = moves_of_essay(&site, id, &SitePath::new(new).unwrap());
        let mending = mend(&site, &moves);
        let mut found: Vec<String> = moves.iter().map(|(old, new)| format!("{old} > {new}")).collect();
        for (path, edits) in &mending.essays {
            let id = site.essay_at(path).unwrap();
            found.push(format!("{path}: {}", apply(&site[id].source.text, edits)));
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn an_essay_moves_with_its_pictures_and_links_follow() {
        check(
            &[
                ("a/b.md", "![x](img/x.png) ![y](y.png) [c](c.md#s) [r](/a/c.md) [doc](d.pdf)"),
                ("a/c.md", "## S\n\n[b](b.md \"t\") [b](<b.md#top>) ![y](y.png) <a href='b.html'>b</a>"),
                ("index.md", "[b][1] [k][1]\n\n[1]: a/b.md?q"),
            ],
            &["a/img/x.png", "a/y.png", "a/d.pdf"],
            "a/b.md",
            "n e/b.md",
            &[
                "a/b.md > n e/b.md",
                "a/img/x.png > n e/img/x.png",
                "a/b.md: ![x](img/x.png) ![y](../a/y.png) [c](../a/c.md#s) [r](/a/c.md) [doc](../a/d.pdf)",
                "a/c.md: ## S\n\n[b](../n%20e/b.md \"t\") [b](<../n%20e/b.md#top>) ![y](y.png) <a href='../n%20e/b.md'>b</a>",
                "index.md: [b][1] [k][1]\n\n[1]: n%20e/b.md?q",
            ],
        );
    }

    #[test]
    fn links_by_label_stay() {
        check(
            &[("a/eye.md", "(iris)=\n## I"), ("b.md", "[i](#iris) [](iris) [](a/eye.md#iris)")],
            &[],
            "a/eye.md",
            "c/eye.md",
            &["a/eye.md > c/eye.md", "b.md: [i](#iris) [](iris) [](c/eye.md#iris)"],
        );
    }

    #[test]
    fn links_by_name_follow() {
        check(
            &[
                (
                    "a/lens.md",
                    "[[eye#I|e]] [[Eye]] [[b/eye]] [[/b/eye]] [[iris]] [[b/iris]] ![[x.png|9]] ![[a/x.png]] [[The eye]] [[Eyes]]",
                ),
                ("b/eye.md", "---\naliases: [The eye, Eyes]\n---\n## I\n\n[[#I]] [[lens]] [[a/lens]] [[none]]"),
                ("b/iris.md", "# Iris"),
            ],
            &["a/x.png"],
            "b/eye.md",
            "a/retina.md",
            &[
                "b/eye.md > a/retina.md",
                "a/lens.md: [[retina#I|e]] [[retina]] [[/a/retina]] [[/a/retina]] [[iris]] [[b/iris]] ![[x.png|9]] ![[a/x.png]] [[The eye]] [[Eyes]]",
                "b/eye.md: ---\naliases: [The eye, Eyes]\n---\n## I\n\n[[#I]] [[lens]] [[/a/lens]] [[none]]",
            ],
        );
        // A name that another essay has is no longer enough.
        check(
            &[("a/lens.md", "[[eye]] [[c/lens]]"), ("b/eye.md", "# B"), ("c/lens.md", "[[/a/lens]] [[lens]]")],
            &[],
            "b/eye.md",
            "c/d/lens.md",
            &["b/eye.md > c/d/lens.md", "a/lens.md: [[/c/d/lens]] [[c/lens]]"],
        );
    }

    #[test]
    fn links_to_folders_stay_links_to_folders() {
        check(
            &[("a/index.md", "A"), ("c.md", "[a](a/) [a](/a) [a](a/index.md)")],
            &[],
            "a/index.md",
            "b/index.md",
            &["a/index.md > b/index.md", "c.md: [a](b/) [a](/b) [a](b/index.md)"],
        );
        check(
            &[("a/index.md", "A"), ("c.md", "[a](a/)")],
            &[],
            "a/index.md",
            "b/x.md",
            &["a/index.md > b/x.md", "c.md: [a](b/x.md)"],
        );
    }
}
