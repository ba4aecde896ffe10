//! An essay as its own page shows it.

use serde::Serialize;

use super::{DateContext, EssayCard, KeywordContext, Markup, Shared, Title};

/// An essay on its own page.
#[derive(Debug, Serialize)]
pub struct EssayContext {
    /// Its title.
    pub title: Title,
    /// The heading of its page.
    pub heading: HeadingContext,
    /// Its text as HTML, without the heading.
    pub content: Markup,
    /// The header's description, if it has one.
    pub description: Option<String>,
    /// When it was published.
    pub date: Option<Shared<DateContext>>,
    /// When it last changed.
    pub updated: Option<Shared<DateContext>>,
    /// Who wrote it; the site's author if it names nobody.
    pub authors: Vec<String>,
    /// Its keywords, in the author's order.
    pub keywords: Vec<Shared<KeywordContext>>,
    /// The address of the picture that stands for it.
    pub image: Option<String>,
    /// Its language.
    pub language: String,
    /// Words of its text, code not counted.
    pub words: usize,
    /// Minutes that it takes to read, at 230 words a minute, rounded up.
    pub minutes: usize,
    /// Its headings, those of deeper levels inside those above them.
    pub contents: Vec<ContentsEntry>,
    /// Whether to show `contents` beside the text: the header's `toc`; else, if the text has three sections and a
    /// thousand words and no `[TOC]` of its own.
    pub toc: bool,
    /// Its place in its series, if it is part of one.
    pub series: Option<SeriesContext>,
    /// The links to it from other essays, newest first.
    pub backlinks: Vec<BacklinkContext>,
    /// Essays like it, most alike first, at most five.
    pub related: Vec<Shared<EssayCard>>,
    /// The essay before it: in its series, else the next older one; none for the first part of a series.
    pub previous: Option<Shared<EssayCard>>,
    /// The essay after it: in its series, else the next newer one; none for the last part of a series.
    pub next: Option<Shared<EssayCard>>,
    /// How to cite it, in BibTeX: from its header. There only if it has an author and a date.
    pub citation: Option<String>,
    /// The next newer essay of the site.
    pub newer: Option<Shared<EssayCard>>,
    /// The next older essay of the site.
    pub older: Option<Shared<EssayCard>>,
    /// Every other key of its header.
    pub extra: Shared<serde_json::Map<String, serde_json::Value>>,
    /// Its file: `a/b.md`, from the top of `content/`.
    pub path: String,
    /// Its address.
    pub address: String,
    /// Its canonical URL, if the site has a base address.
    pub url: Option<String>,
}

/// The heading of an essay's page.
#[derive(Debug, Serialize)]
pub struct HeadingContext {
    /// As HTML.
    pub html: Markup,
    /// As plain text.
    pub text: String,
    /// The id that links lead to; none where the essay has no heading of its own and the title stands in.
    pub id: Option<String>,
}

/// A heading and those below it.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsEntry {
    /// Its text.
    pub title: Title,
    /// Its id.
    pub id: String,
    /// The headings below it.
    pub entries: Vec<ContentsEntry>,
}

/// The place of an essay in its series.
#[derive(Debug, Serialize)]
pub struct SeriesContext {
    /// The series's name.
    pub name: String,
    /// Which part this is, from 1.
    pub part: usize,
    /// How many parts there are.
    pub total: usize,
    /// The part before.
    pub previous: Option<SeriesPart>,
    /// The part after.
    pub next: Option<SeriesPart>,
    /// The parts in order; of a series longer than 40, the 40 around this one.
    pub parts: Vec<SeriesPart>,
}

/// A part of a series.
#[derive(Debug, Serialize)]
pub struct SeriesPart {
    /// Its place, from 1.
    pub number: usize,
    /// The essay.
    pub essay: Shared<EssayCard>,
    /// Whether it is the essay of this page.
    pub current: bool,
}

/// A link from another essay.
#[derive(Debug, Serialize)]
pub struct BacklinkContext {
    /// The essay that links.
    pub essay: Shared<EssayCard>,
    /// The sentence that links, as plain text; may be empty.
    pub sentence: String,
}
