//! The third stage: essays become a [`Site`].
//!
//! The only stage that sees more than one essay. It decides which are published, gives each its address, resolves
//! every reference, and derives backlinks, series, keywords and related essays. No HTML is made here.
//!
//! All of it is linear in the size of the site. Hash maps serve to look something up; whatever has an order stands in a
//! vector.

mod address;
mod backlinks;
mod claims;
mod former;
mod keywords;
pub mod names;
mod order;
mod permalink;
mod publish;
mod references;
mod related;
mod report;
mod series;
mod site;
#[cfg(test)]
mod testing;

pub use names::{Miss, Names, Resolved};
pub use report::{Written, WrittenIn, report};
pub use site::{Backlink, CopiedFile, EssayId, FormerId, Keyword, Origin, Part, Redirect, Series, Site, Target};

use crate::diagnostic::{self, Diagnostic, Found};
use crate::parse::Essay;
use crate::read::{Asset, Config, HostFile, Ledger, Publication, SitePath, ThemeFile};

use address::Addressed;
use claims::{Claims, Settled};
use names::{Nameable, Unpublished};
use publish::Parted;
use related::Likeness;
use series::Shelf;

/// What [`link`] is given beside the essays.
#[derive(Debug)]
pub struct Surroundings {
    /// The configuration.
    pub config: Config,
    /// Files of `content/` that are not essays.
    pub assets: Vec<Asset>,
    /// Files of the theme.
    pub theme_files: Vec<ThemeFile>,
    /// What counts as published.
    pub publication: Publication,
    /// Every address and anchor that was published before.
    pub ledger: Ledger,
}

/// Links the essays, which come by path, into a site. The diagnostics are those of the published essays and of links,
/// in the order of [`Diagnostic::order`].
pub fn link(essays: Vec<Found<Essay>>, surroundings: Surroundings) -> Found<Site> {
    let Surroundings { config, assets, theme_files, publication, ledger } = &surroundings;
    let Parted { published: essays, waiting, mut diagnostics } = publish::part(essays, *publication);

    let (mut addressed, found) = address::addresses(&essays, config);
    diagnostics.extend(found);
    let newest = order::newest_first(&essays);
    let front = addressed.iter().position(|essay| essay.address.as_str() == "index.html").map(|id| EssayId(id as u32));
    let is_listed = |id: &EssayId| Some(*id) != front && addressed[id.index()].address.as_str() != "404.html";
    let listed: Vec<EssayId> = newest.iter().copied().filter(is_listed).collect();
    let keywords = keywords::keywords(&essays, &listed);

    let Settled { claims, diagnostics: found } =
        settle(&essays, &mut addressed, &surroundings, generated(config, &essays, &listed, &keywords.keywords));
    diagnostics.extend(found);
    let waiting = address_waiting(waiting, &addressed, &essays, config);
    let names = Names::new(&Nameable {
        config,
        essays: &essays,
        addressed: &addressed,
        waiting: &waiting,
        assets,
        claims: &claims,
    });
    let (targets, found) = references::resolve(&essays, &addressed, &names);
    diagnostics.extend(found);
    let (navigation, found) = references::resolve_navigation(config, &essays, &names);
    diagnostics.extend(found);

    let (series, parts) = series::series(Shelf { config, essays: &essays, targets: &targets, newest: &listed });
    let backlinks = backlinks::backlinks(&essays, &targets, &newest);
    let likeness =
        Likeness { essays: &essays, targets: &targets, backlinks: &backlinks, keywords: &keywords, newest: &listed };
    let related = related::related(likeness);
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    let site = Site {
        files: claims::copied_files(&claims, &essays, assets, theme_files),
        redirects: claims::redirects(&claims),
        former: former::former_ids(&essays, &addressed, ledger),
        addresses: addressed.into_iter().map(|addressed| addressed.address).collect(),
        config: surroundings.config,
        ledger: surroundings.ledger,
        essays,
        targets,
        navigation,
        backlinks,
        related,
        series,
        parts,
        keywords: keywords.keywords,
        keywords_of: keywords.of,
        newest: listed,
        front,
        names,
    };
    Found { value: site, diagnostics }
}

/// Settles who gets which file of the output, essays first.
fn settle(essays: &[Essay], addressed: &mut [Addressed], around: &Surroundings, generated: Vec<SitePath>) -> Settled {
    let mut claims = Claims::new(essays, &around.assets, &around.theme_files);
    claims.essays(addressed);
    claims.files();
    let found = claim_aliases(essays, &around.config, &mut claims);
    claims.leftovers(generated);
    let mut settled = claims.settle();
    settled.diagnostics.extend(found);
    settled
}

/// Claims every former address; returns what is wrong with those that are none.
fn claim_aliases(essays: &[Essay], config: &Config, claims: &mut Claims<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (id, essay) in essays.iter().enumerate() {
        for (position, alias) in essay.header.aliases.iter().enumerate() {
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
    waiting: Vec<(Essay, Unpublished)>,
    addressed: &[Addressed],
    essays: &[Essay],
    config: &Config,
) -> Vec<(Essay, Addressed, Unpublished)> {
    if waiting.is_empty() {
        return Vec::new();
    }
    let opened = essays.iter().zip(addressed).filter(|(_, addressed)| addressed.opens_folder);
    let opened: std::collections::HashSet<&str> = opened.map(|(essay, _)| essay.source.path.folder()).collect();
    let with_address = |(essay, reason): (Essay, Unpublished)| {
        let path = &essay.source.path;
        let opens_folder = address::index_rank(path.name()).is_some() && !opened.contains(path.folder());
        let address = address::address(&essay, opens_folder, config).ok()?;
        Some((essay, Addressed { address, opens_folder }, reason))
    };
    waiting.into_iter().filter_map(with_address).collect()
}

/// The files that Essai makes where nothing else stands. A feed needs a base address, and an essay with a date.
fn generated(config: &Config, essays: &[Essay], listed: &[EssayId], keywords: &[Keyword]) -> Vec<SitePath> {
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
