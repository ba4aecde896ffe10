//! An essay for its own page.

use super::cards::{Cards, authors, minutes};
use super::citation::citation;
use super::former::anchors;
use super::languages::language;
use super::outline::{outline, title};
use crate::link::names::is_external;
use crate::link::{Backlink, EssayId, FormerId, Site, Target};
use crate::parse::{Essay, Fill, Role};
use crate::render::address::{UrlStyle, canonical, rooted};
use crate::render::context::{
    BacklinkContext, EssayCard, EssayContext, HeadingContext, ImageSize, Markup, SeriesContext, SeriesPart, Shared,
};

/// Parts of a series that a page lists: of more, those around its own, so that a series of a thousand essays does not
/// make a thousand pages with a thousand links each.
const LISTED_PARTS: usize = 40;

/// Essay `id` for its page, with its text as `content`.
pub fn essay_context(site: &Site, cards: &Cards, id: EssayId, content: Markup) -> EssayContext {
    let essay = &site[id];
    let (newer, older) = neighbours(site, cards, id);
    let (previous, next) = steps(site, cards, id);
    let language = language(site, id);
    EssayContext {
        title: title(&essay.title),
        heading: heading(essay, &site.former[id.index()]),
        content,
        description: essay.header.description.clone(),
        date: essay.header.date.as_ref().and_then(|date| cards.languages.date(language, date)),
        updated: essay.header.updated.as_ref().and_then(|date| cards.languages.date(language, date)),
        authors: authors(site, id),
        keywords: cards.keywords_of(site, id),
        image: image(site, id, UrlStyle::Rooted("/")),
        language: language.to_owned(),
        words: essay.words,
        minutes: minutes(essay.words),
        contents: outline(&essay.headings),
        toc: shows_contents(essay),
        series: series(site, cards, id),
        backlinks: backlinks(site, cards, id),
        related: cards.list(&site.related[id.index()]),
        previous: previous.map(|id| cards.essay(id)),
        next: next.map(|id| cards.essay(id)),
        citation: citation(site, id),
        newer,
        older,
        extra: Shared::new(&essay.header.extra),
        path: essay.source.path.to_string(),
        address: rooted(site.address(id)),
        url: site.config.base_url.as_deref().map(|base_url| canonical(base_url, site.address(id))),
    }
}

/// The heading of an essay's page: its own, else its title.
fn heading(essay: &Essay, former: &[FormerId]) -> HeadingContext {
    let (inline, id) = match &essay.heading {
        Some(heading) => (&heading.title, Some(heading.id.to_string())),
        None => (&essay.title, None),
    };
    let former = id.as_deref().map(|id| anchors(former, id)).unwrap_or_default();
    HeadingContext { html: Markup(former + &inline.html), text: inline.text.to_string(), id }
}

/// Whether to show the contents beside the text: as the header says, else if it is long and does not show them itself.
fn shows_contents(essay: &Essay) -> bool {
    let shown = essay.body.holes.iter().any(|hole| hole.fill == Fill::Contents);
    essay.header.toc.unwrap_or(!shown && essay.words >= 1000 && essay.headings.len() >= 3)
}

/// The picture that stands for essay `id` where a link to it is shown: its own, else its card.
pub fn image_or_card(site: &Site, id: EssayId, style: UrlStyle<'_>) -> Option<String> {
    image(site, id, style).or_else(|| site.card(id).map(|address| style.url(address)))
}

/// The picture that stands for essay `id`, if it has one that is there.
pub fn image(site: &Site, id: EssayId, style: UrlStyle<'_>) -> Option<String> {
    let essay = &site[id];
    match essay.references.iter().position(|reference| reference.role == Role::HeaderImage) {
        Some(position) => style.target(site, site.address(id), site.targets[id.index()].get(position)?),
        None => essay.header.image.as_ref().map(|image| image.value.clone()).filter(|image| is_external(image)),
    }
}

/// The essays just newer and just older than `id` in the list of all.
fn neighbours(site: &Site, cards: &Cards, id: EssayId) -> (Option<Shared<EssayCard>>, Option<Shared<EssayCard>>) {
    let Some(position) = cards.positions[id.index()] else { return (None, None) };
    let card = |position: usize| site.newest.get(position).map(|id| cards.essay(*id));
    (position.checked_sub(1).and_then(card), card(position + 1))
}

/// The essays before and after `id`: in its series, else the next older and the next newer one.
pub fn steps(site: &Site, cards: &Cards, id: EssayId) -> (Option<EssayId>, Option<EssayId>) {
    if let Some(part) = site.parts[id.index()] {
        let essays = &site.series[part.series].essays;
        let essay = |position: usize| essays.get(position).copied();
        return (part.position.checked_sub(1).and_then(essay), essay(part.position + 1));
    }
    let Some(position) = cards.positions[id.index()] else { return (None, None) };
    let essay = |position: usize| site.newest.get(position).copied();
    (essay(position + 1), position.checked_sub(1).and_then(essay))
}

/// The size of the picture that stands for essay `id`, if it is known.
pub fn image_size(site: &Site, id: EssayId) -> Option<ImageSize> {
    let own = site[id].references.iter().position(|reference| reference.role == Role::HeaderImage);
    let address = match own.and_then(|position| site.targets[id.index()].get(position)) {
        Some(Target::File { address, .. }) => address,
        Some(_) => return None,
        None => site.card(id)?,
    };
    site.picture_size(address).map(|size| ImageSize { width: size.width, height: size.height })
}

/// The links to essay `id`.
fn backlinks(site: &Site, cards: &Cards, id: EssayId) -> Vec<BacklinkContext> {
    let context = |Backlink { from, reference }: &Backlink| {
        let sentence = site[*from].references.get(*reference).map(|reference| reference.sentence.clone());
        BacklinkContext { essay: cards.essay(*from), sentence: sentence.unwrap_or_default() }
    };
    site.backlinks[id.index()].iter().map(context).collect()
}

/// The place of essay `id` in its series.
fn series(site: &Site, cards: &Cards, id: EssayId) -> Option<SeriesContext> {
    let part = site.parts[id.index()]?;
    let series = &site.series[part.series];
    let total = series.essays.len();
    let listed = |position: usize| SeriesPart {
        number: position + 1,
        essay: cards.essay(series.essays[position]),
        current: position == part.position,
    };
    let first = part.position.saturating_sub(LISTED_PARTS / 2).min(total.saturating_sub(LISTED_PARTS));
    Some(SeriesContext {
        name: series.name.clone(),
        part: part.position + 1,
        total,
        previous: part.position.checked_sub(1).map(listed),
        next: Some(part.position + 1).filter(|next| *next < total).map(listed),
        parts: (first..total.min(first + LISTED_PARTS)).map(listed).collect(),
    })
}
