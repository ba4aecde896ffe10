//! The third stage: essays become a [`Site`].
//!
//! The only stage that sees more than one essay. It decides which are published, gives each its address, resolves
//! every reference, and derives backlinks, series, keywords and related essays. No HTML is made here.
//!
//! All of it is linear in the number of essays. Hash maps serve to look something up; whatever has an order stands in a
//! vector.

mod address;
mod again;
mod backlinks;
mod former;
mod keywords;
mod mathematics;
pub mod names;
mod order;
mod published;
mod references;
mod related;
mod report;
mod series;
mod site;
#[cfg(test)]
mod testing;
mod variants;
mod versions;

use std::sync::Arc;

pub use mathematics::{Cut, Mathematics};
pub use names::{Miss, Names};
pub use site::{
    Backlink, Candidate, CopiedFile, EssayId, FormerId, Graph, Keyword, Origin, Part, Redirect, Series, Site, Target,
};

use crate::diagnostic::{self, Diagnostic, Found};
use crate::parse::Essay;
use crate::picture::{Pictures, SocialCards};
use crate::read::opening::index_rank;
use crate::read::{Asset, Config, HostFile, Ledger, Publication, SitePath, ThemeFile};

use address::Addressed;
use address::claims::{self, Claims, Settled};
use names::{Nameable, Unpublished};
use published::Parted;
use related::Likeness;
use series::Shelf;

/// What [`link`] is given beside the essays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The configuration.
    pub config: Config,
    /// Files of `content/` that are not essays.
    pub assets: Arc<Vec<Asset>>,
    /// What was made of the pictures among them.
    pub pictures: Pictures,
    /// The cards of essays without a picture.
    pub cards: SocialCards,
    /// Files of the theme.
    pub theme_files: Vec<ThemeFile>,
    /// What counts as published.
    pub publication: Publication,
    /// Every address and anchor that was published before.
    pub ledger: Arc<Ledger>,
}

/// Links the essays, which come by path, into a site. The diagnostics are those of the published essays and of links,
/// in the order of [`Diagnostic::order`].
///
/// `before` is a site that was linked earlier. The answer does not depend on it: it is only there sooner, where the
/// essays of both have the same links.
pub fn link(essays: &[Found<Arc<Essay>>], surroundings: Surroundings, before: Option<&Site>) -> Found<Site> {
    let Parted { published: essays, waiting, mut diagnostics } = published::part(essays, surroundings.publication);
    let config = surroundings.config.clone();
    let ledger = Arc::clone(&surroundings.ledger);
    let graph = match before.filter(|before| again::is_same(before, &essays, &waiting, &surroundings)) {
        Some(before) => Arc::clone(&before.graph),
        None => Arc::new(graph(&essays, waiting, surroundings)),
    };
    diagnostics.extend(graph.mistakes.iter().cloned());
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let former = former::former_ids(&essays, &graph.addresses, &ledger);
    Found { value: Site { config, essays, graph, ledger, former }, diagnostics }
}

/// How the published `essays` belong together.
fn graph(essays: &[Arc<Essay>], waiting: Vec<(Arc<Essay>, Unpublished)>, around: Surroundings) -> Graph {
    let Surroundings { config, assets, pictures, theme_files, .. } = &around;
    let (mut addressed, mut mistakes) = address::addresses(essays, config);
    let newest = order::newest_first(essays);
    let front = addressed.iter().position(|essay| essay.address.as_str() == "index.html").map(|id| EssayId(id as u32));
    let is_listed = |id: &EssayId| Some(*id) != front && addressed[id.index()].address.as_str() != "404.html";
    let listed: Vec<EssayId> = newest.iter().copied().filter(is_listed).collect();
    let keywords = keywords::keywords(essays, &listed);

    let mathematics = mathematics::mathematics(essays, config);
    let mut generated = generated(config, essays, &listed, &keywords.keywords);
    generated.extend(mathematics.iter().flat_map(Mathematics::addresses).cloned());
    generated.extend(search_page(theme_files));
    let Settled { claims, diagnostics: found } = settle(essays, &mut addressed, &around, generated);
    mistakes.extend(found);
    let waits = waiting.iter().map(|(essay, _)| Arc::clone(essay)).collect();
    let waiting = address_waiting(waiting, &addressed, essays, config);
    let nameable = Nameable { config, essays, addressed: &addressed, waiting: &waiting, assets, claims: &claims };
    let names = Names::new(&nameable);
    let (targets, found) = references::resolve(essays, &addressed, &names);
    mistakes.extend(found);
    let (navigation, found) = references::resolve_navigation(config, essays, &names);
    mistakes.extend(found);
    let (math_font, found) = references::resolve_math_font(config, essays, &names);
    mistakes.extend(found);

    let (series, parts) = series::series(Shelf { config, essays, targets: &targets, newest: &listed });
    let backlinks = backlinks::backlinks(essays, &targets, &newest);
    let likeness = Likeness { essays, targets: &targets, backlinks: &backlinks, keywords: &keywords, newest: &listed };
    let related = related::related(likeness, &parts);
    let shown = variants::Shown { essays, targets: &targets, pictures, widths: &config.images.widths };
    let (files, found) = variants::with_variants(claims::copied_files(&claims, essays, assets, theme_files), shown);
    let files = variants::with_cards(files, essays, &around.cards);
    mistakes.extend(found);
    Graph {
        files,
        redirects: claims::redirects(&claims),
        addresses: addressed.into_iter().map(|addressed| addressed.address).collect(),
        targets,
        navigation,
        mathematics,
        math_font,
        backlinks,
        related,
        series,
        parts,
        versions: versions::versions(essays),
        keywords: keywords.keywords,
        keywords_of: keywords.of,
        newest: listed,
        front,
        names,
        waiting: waits,
        around,
        mistakes,
    }
}

/// Settles who gets which file of the output, essays first.
fn settle(
    essays: &[Arc<Essay>],
    addressed: &mut [Addressed],
    around: &Surroundings,
    generated: Vec<SitePath>,
) -> Settled {
    let mut claims = Claims::new(essays, &around.assets, &around.theme_files);
    claims.essays(addressed);
    claims.files();
    let found = claim_aliases(essays, &around.config, &mut claims);
    claims.leftovers(generated);
    let mut settled = claims.settle();
    settled.diagnostics.extend(found);
    settled
}

/// Claims every former address; returns what is wrong with those that are none. Several words without a slash are another name
/// of the essay (Obsidian) and no address.
fn claim_aliases(essays: &[Arc<Essay>], config: &Config, claims: &mut Claims<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (id, essay) in essays.iter().enumerate() {
        for (position, alias) in essay.header.aliases.iter().enumerate() {
            if alias.value.trim().contains(' ') && !alias.value.contains(['/', '.']) {
                continue;
            }
            match address::by_url(&alias.value, config) {
                Ok(from) => claims.alias(&from, EssayId(id as u32), position),
                Err(reason) => {
                    let place = essay.source.place(alias.span.clone());
                    diagnostics.push(diagnostic::link::bad_address(place, &alias.value, &reason));
                }
            }
        }
    }
    diagnostics
}

/// Where the essays that wait would go, so that links to their addresses are known too. One opens its folder where no
/// published essay does.
fn address_waiting(
    waiting: Vec<(Arc<Essay>, Unpublished)>,
    addressed: &[Addressed],
    essays: &[Arc<Essay>],
    config: &Config,
) -> Vec<(Arc<Essay>, Addressed, Unpublished)> {
    if waiting.is_empty() {
        return Vec::new();
    }
    let opened = essays.iter().zip(addressed).filter(|(_, addressed)| addressed.opens_folder);
    let opened: std::collections::HashSet<&str> = opened.map(|(essay, _)| essay.source.path.folder()).collect();
    let with_address = |(essay, reason): (Arc<Essay>, Unpublished)| {
        let path = &essay.source.path;
        let opens_folder = index_rank(path.name()).is_some() && !opened.contains(path.folder());
        let address = address::address(&essay, opens_folder, config).ok()?;
        Some((essay, Addressed { address, opens_folder }, reason))
    };
    waiting.into_iter().filter_map(with_address).collect()
}

/// The page on which readers search, if the theme has the script for it.
fn search_page(theme_files: &[ThemeFile]) -> Option<SitePath> {
    let has_search = theme_files.iter().any(|file| file.path.as_str() == "search.js");
    SitePath::new("search.html").filter(|_| has_search)
}

/// The files that Essai makes where nothing else stands. A feed needs a base address, and an essay with a date.
fn generated(config: &Config, essays: &[Arc<Essay>], listed: &[EssayId], keywords: &[Keyword]) -> Vec<SitePath> {
    let is_dated = |id: &EssayId| {
        let header = &essays[id.index()].header;
        header.date.is_some() || header.updated.is_some()
    };
    let has_feed = |ids: &[EssayId]| config.base_url.is_some() && ids.iter().any(is_dated);
    let feed = |keyword: &Keyword| has_feed(&keyword.essays).then(|| keyword.feed.clone());
    let mut addresses: Vec<SitePath> =
        keywords.iter().flat_map(|keyword| [Some(keyword.address.clone()), feed(keyword)]).flatten().collect();
    let sitemap = config.base_url.as_ref().map(|_| "sitemap.xml");
    let feed = has_feed(listed).then_some("feed.xml");
    let index = (!keywords.is_empty()).then_some("keywords/index.html");
    let fixed = ["index.html", "robots.txt", "404.html"].into_iter().chain(feed).chain(sitemap).chain(index);
    let hosts = HostFile::of(&config.hosts).into_iter().map(HostFile::name);
    addresses.extend(fixed.chain(hosts).filter_map(SitePath::new));
    addresses
}
