//! What the whole site shares, for templates.

use super::address::rooted;
use super::cards::Cards;
use super::context::{Global, NavigationEntry, SeriesEntry, SiteContext};
use crate::link::names::Origin;
use crate::link::{Site, Target};
use crate::read::SitePath;

/// The site's name: the configuration's, else the front page's title, else "Essays".
pub fn site_title(site: &Site) -> String {
    let front = site.front.map(|id| site[id].title.text.clone());
    site.config.title.clone().or(front).unwrap_or_else(|| "Essays".to_owned())
}

/// What every template sees, and the destinations of the navigation that lead nowhere.
pub fn global(site: &Site, cards: &Cards) -> (Global, Vec<String>) {
    let (navigation, reported) = navigation(site);
    let series = site.series.iter().filter_map(|series| {
        let first = series.essays.first()?;
        Some(SeriesEntry {
            name: series.name.clone(),
            address: rooted(site.address(*first)),
            count: series.essays.len(),
        })
    });
    let context = SiteContext {
        title: site_title(site),
        description: site.config.description.clone(),
        base_url: site.config.base_url.clone(),
        author: site.config.author.clone(),
        language: site.config.language.clone(),
        address: "/index.html".to_owned(),
        navigation,
        essays: cards.list(&site.newest),
        keywords: cards.keywords.clone(),
        keyword_index: (!site.keywords.is_empty()).then(|| "/keywords/index.html".to_owned()),
        series: series.collect(),
        feed: SitePath::new("feed.xml").and_then(|address| feed_address(site, &address)),
        generator: concat!("Essai ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    (Global { site: context }, reported)
}

/// The links of the navigation, and the destinations that lead nowhere: those stay as they were written.
fn navigation(site: &Site) -> (Vec<NavigationEntry>, Vec<String>) {
    let mut reported = Vec::new();
    let mut entries = Vec::new();
    for (link, target) in site.config.navigation.iter().zip(&site.navigation) {
        let address = match target {
            Target::Essay { id, suffix } => rooted(site.address(*id)) + suffix,
            Target::File { address, suffix } => rooted(address) + suffix,
            Target::SamePage(suffix) => format!("/index.html{suffix}"),
            Target::AsWritten => {
                reported.push(link.link.clone());
                link.link.clone()
            }
        };
        entries.push(NavigationEntry { title: link.title.clone(), address });
    }
    (entries, reported)
}

/// Whether something stands at `address`, whoever made it.
pub fn stands(site: &Site, address: &SitePath) -> bool {
    site.resolve(Origin { folder: None, page: address }, &rooted(address)).is_ok()
}

/// The address of a feed, if there is one.
pub fn feed_address(site: &Site, address: &SitePath) -> Option<String> {
    stands(site, address).then(|| rooted(address))
}
