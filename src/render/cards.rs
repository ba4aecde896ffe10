//! The essays and keywords as lists show them: made once, shared by all pages.

use super::address::rooted;
use super::context::{EssayCard, KeywordContext, Shared, YearGroup};
use super::dates::date;
use super::outline::title;
use super::site::feed_address;
use crate::link::{EssayId, Keyword, Site};

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// The essays and keywords as lists show them.
#[derive(Debug)]
pub struct Cards {
    /// By [`EssayId`].
    pub essays: Vec<Shared<EssayCard>>,
    /// By position in [`Site::keywords`].
    pub keywords: Vec<Shared<KeywordContext>>,
    /// The keywords of each essay, by [`EssayId`], in the author's order.
    pub keywords_of: Vec<Vec<Shared<KeywordContext>>>,
    /// The position of each essay in [`Site::newest`], by [`EssayId`]; the front page has none.
    pub positions: Vec<Option<usize>>,
}

impl Cards {
    /// The card of essay `id`.
    pub fn essay(&self, id: EssayId) -> Shared<EssayCard> {
        self.essays[id.index()].clone()
    }

    /// The cards of `ids`, in their order.
    pub fn list(&self, ids: &[EssayId]) -> Vec<Shared<EssayCard>> {
        ids.iter().map(|id| self.essay(*id)).collect()
    }
}

/// Essays in a list that has a heading for each year, at least: a shorter one is seen at a glance.
const ESSAYS_WITH_YEARS: usize = 8;

/// `ids`, which come newest first, by year; those without a date come under "Undated".
pub fn years(site: &Site, cards: &Cards, ids: &[EssayId]) -> Vec<YearGroup> {
    let year = |id: &EssayId| site[*id].header.date.as_ref().map(|date| date.day.year());
    let is_long = ids.len() >= ESSAYS_WITH_YEARS && ids.iter().any(|id| year(id) != year(&ids[0]));
    if !is_long {
        let all = YearGroup { heading: None, essays: cards.list(ids) };
        return if ids.is_empty() { Vec::new() } else { vec![all] };
    }
    ids.chunk_by(|a, b| year(a) == year(b))
        .map(|ids| {
            let heading = ids.first().and_then(year).map_or_else(|| "Undated".to_owned(), |year| year.to_string());
            YearGroup { heading: Some(heading), essays: cards.list(ids) }
        })
        .collect()
}

/// The cards of `site`.
pub fn cards(site: &Site) -> Cards {
    let keywords: Vec<_> = site.keywords.iter().map(|keyword| Shared::new(&keyword_context(site, keyword))).collect();
    let shared = |positions: &Vec<usize>| positions.iter().map(|position| keywords[*position].clone()).collect();
    let keywords_of: Vec<Vec<Shared<KeywordContext>>> = site.keywords_of.iter().map(shared).collect();
    let essays = site.ids().map(|id| Shared::new(&essay_card(site, id, keywords_of[id.index()].clone()))).collect();
    let mut positions = vec![None; site.essays.len()];
    for (position, id) in site.newest.iter().enumerate() {
        positions[id.index()] = Some(position);
    }
    Cards { essays, keywords, keywords_of, positions }
}

/// A keyword for templates.
fn keyword_context(site: &Site, keyword: &Keyword) -> KeywordContext {
    KeywordContext {
        name: keyword.name.clone(),
        address: rooted(&keyword.address),
        feed: feed_address(site, &keyword.feed),
        count: keyword.essays.len(),
    }
}

/// An essay as lists show it.
fn essay_card(site: &Site, id: EssayId, keywords: Vec<Shared<KeywordContext>>) -> EssayCard {
    let essay = &site[id];
    EssayCard {
        title: title(&essay.title),
        address: rooted(site.address(id)),
        description: description(site, id),
        date: essay.header.date.as_ref().map(date),
        updated: essay.header.updated.as_ref().map(date),
        authors: authors(site, id),
        keywords,
        words: essay.words,
        minutes: minutes(essay.words),
        language: language(site, id),
    }
}

/// The description of essay `id`: the header's, else the beginning of its text; may be empty.
pub fn description(site: &Site, id: EssayId) -> String {
    let essay = &site[id];
    essay.header.description.clone().unwrap_or_else(|| essay.excerpt.clone())
}

/// Minutes that it takes to read `words` words at 230 a minute, rounded up; an empty essay takes none.
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE)
}

/// Who wrote essay `id`: the site's author, if it names nobody.
pub fn authors(site: &Site, id: EssayId) -> Vec<String> {
    let authors = &site[id].header.authors;
    if authors.is_empty() { site.config.author.iter().cloned().collect() } else { authors.clone() }
}

/// The language of essay `id`: the site's, if it names none.
pub fn language(site: &Site, id: EssayId) -> String {
    site[id].header.language.clone().unwrap_or_else(|| site.config.language.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_time_is_rounded_up() {
        let check = |words, expected| assert_eq!(minutes(words), expected);
        check(0, 0);
        check(1, 1);
        check(230, 1);
        check(231, 2);
    }
}
