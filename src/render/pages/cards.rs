//! The essays and keywords as lists show them: made once, shared by all pages.

use std::sync::Arc;

use rayon::prelude::*;

use super::languages::{Languages, language};
use super::outline::title;
use super::site::feed_address;
use crate::link::{EssayId, Keyword, Site};
use crate::render::address::rooted;
use crate::render::context::{EssayCard, KeywordContext, Shared, YearGroup};

/// Words that a reader reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// The essays and keywords as lists show them.
#[derive(Debug)]
pub struct Cards {
    /// By [`EssayId`].
    pub essays: Vec<Shared<EssayCard>>,
    /// By position in [`crate::link::Graph::keywords`].
    pub keywords: Vec<Shared<KeywordContext>>,
    /// The same, before they were made ready for templates.
    keyword_contexts: Vec<KeywordContext>,
    /// The languages of the essays and of the site.
    pub languages: Languages,
    /// The position of each essay in [`crate::link::Graph::newest`], by [`EssayId`]; the front page has none.
    pub positions: Vec<Option<usize>>,
}

impl Cards {
    /// The card of essay `id`.
    pub fn essay(&self, id: EssayId) -> Shared<EssayCard> {
        self.essays[id.index()].clone()
    }

    /// The keywords of essay `id` of `site`, in the author's order.
    pub fn keywords_of(&self, site: &Site, id: EssayId) -> Vec<Shared<KeywordContext>> {
        keywords_of(site, &self.keywords, id)
    }

    /// The cards of `ids`, in their order.
    pub fn list(&self, ids: &[EssayId]) -> Vec<Shared<EssayCard>> {
        ids.iter().map(|id| self.essay(*id)).collect()
    }
}

/// Essays in a list that has a heading for each year, at least: a shorter one is seen at a glance.
const ESSAYS_WITH_YEARS: usize = 8;

/// `ids`, which come newest first, by year; those without a date come last, under a heading of their own.
pub fn years(site: &Site, cards: &Cards, ids: &[EssayId]) -> Vec<YearGroup> {
    let year = |id: &EssayId| site[*id].header.date.as_ref().map(|date| date.day.year());
    let is_long = ids.len() >= ESSAYS_WITH_YEARS && ids.iter().any(|id| year(id) != year(&ids[0]));
    if !is_long {
        let all = YearGroup { heading: None, essays: cards.list(ids) };
        return if ids.is_empty() { Vec::new() } else { vec![all] };
    }
    let undated = &site.config.phrases.of(&site.config.language).undated;
    ids.chunk_by(|a, b| year(a) == year(b))
        .map(|ids| {
            let heading = ids.first().and_then(year).map_or_else(|| undated.to_string(), |year| year.to_string());
            YearGroup { heading: Some(heading), essays: cards.list(ids) }
        })
        .collect()
}

/// The cards of `site`. Those of an earlier site that are the same are taken from `before`, which is that site with its
/// cards; the answer does not depend on it.
pub fn cards(site: &Site, before: Option<(&Site, &Cards)>) -> Cards {
    let keyword_contexts: Vec<_> = site.keywords.iter().map(|keyword| keyword_context(site, keyword)).collect();
    let earlier = Earlier::new(site, &keyword_contexts, before);
    let keywords = match earlier.as_ref().filter(|earlier| earlier.keywords == KeywordsAre::Same) {
        Some(earlier) => earlier.cards.keywords.clone(),
        None => keyword_contexts.iter().map(Shared::new).collect(),
    };
    let same_phrases = before.filter(|(earlier, _)| earlier.config.phrases == site.config.phrases);
    let languages = Languages::of(site, same_phrases.map(|(_, cards)| &cards.languages));
    let mut known = earlier.map(|earlier| earlier.essays(site, &keyword_contexts)).unwrap_or_default();
    known.resize(site.essays.len(), None);
    let ids: Vec<EssayId> = site.ids().collect();
    let card = |(id, known): (EssayId, Option<Shared<EssayCard>>)| {
        known.unwrap_or_else(|| Shared::new(&essay_card(site, id, &languages, keywords_of(site, &keywords, id))))
    };
    let essays = ids.into_par_iter().with_min_len(CARDS_IN_A_ROW).zip(known).map(card).collect();
    let mut positions = vec![None; site.essays.len()];
    for (position, id) in site.newest.iter().enumerate() {
        positions[id.index()] = Some(position);
    }
    Cards { essays, keywords, keyword_contexts, languages, positions }
}

/// Cards that one thread makes in a row, at least.
const CARDS_IN_A_ROW: usize = 64;

/// An earlier site whose cards can be taken: what cards take from the configuration is the same.
struct Earlier<'a> {
    site: &'a Site,
    cards: &'a Cards,
    keywords: KeywordsAre,
}

/// Whether an earlier site has the same keywords.
#[derive(PartialEq, Eq)]
enum KeywordsAre {
    /// The same, in the same order.
    Same,
    /// At least one is not.
    Other,
}

impl<'a> Earlier<'a> {
    fn new(site: &Site, keywords: &[KeywordContext], before: Option<(&'a Site, &'a Cards)>) -> Option<Self> {
        let (earlier, cards) = before?;
        // Essays of other phrases are others: they have been parsed again.
        let from_config = |site: &Site| (site.config.author.clone(), site.config.language.clone());
        if from_config(earlier) != from_config(site) {
            return None;
        }
        let keywords = if cards.keyword_contexts == keywords { KeywordsAre::Same } else { KeywordsAre::Other };
        Some(Self { site: earlier, cards, keywords })
    }

    /// The cards of the essays of `site` that are as they were, by [`EssayId`]. Both sites have their essays by path.
    fn essays(&self, site: &Site, keywords: &[KeywordContext]) -> Vec<Option<Shared<EssayCard>>> {
        let mut earlier = self.site.ids().peekable();
        let card = |id: EssayId| {
            let path = &site[id].source.path;
            while earlier.next_if(|old| self.site[*old].source.path < *path).is_some() {}
            let is_same = |old: &EssayId| Arc::ptr_eq(&self.site.essays[old.index()], &site.essays[id.index()]);
            let old = earlier.next_if(is_same)?;
            self.is_alike(old, site, id, keywords).then(|| self.cards.essay(old))
        };
        site.ids().map(card).collect()
    }

    /// Whether the site makes no difference to the card of an essay that is the same.
    fn is_alike(&self, old: EssayId, site: &Site, id: EssayId, keywords: &[KeywordContext]) -> bool {
        if old == id && Arc::ptr_eq(&self.site.graph, &site.graph) && self.keywords == KeywordsAre::Same {
            return true;
        }
        let (before, now) = (&self.site.keywords_of[old.index()], &site.keywords_of[id.index()]);
        let mut pairs = before.iter().zip(now);
        self.site.address(old) == site.address(id)
            && before.len() == now.len()
            && pairs.all(|(old, new)| self.cards.keyword_contexts[*old] == keywords[*new])
    }
}

/// Those of `keywords` that essay `id` has, in the author's order.
fn keywords_of(site: &Site, keywords: &[Shared<KeywordContext>], id: EssayId) -> Vec<Shared<KeywordContext>> {
    site.keywords_of[id.index()].iter().map(|position| keywords[*position].clone()).collect()
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
fn essay_card(site: &Site, id: EssayId, languages: &Languages, keywords: Vec<Shared<KeywordContext>>) -> EssayCard {
    let essay = &site[id];
    let language = language(site, id);
    EssayCard {
        title: title(&essay.title),
        address: rooted(site.address(id)),
        description: description(site, id),
        date: essay.header.date.as_ref().and_then(|date| languages.date(language, date)),
        updated: essay.header.updated.as_ref().and_then(|date| languages.date(language, date)),
        authors: authors(site, id),
        keywords,
        words: essay.words,
        minutes: minutes(essay.words),
        language: language.to_owned(),
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
