//! The look of a site: what `theme` in `essai.yaml` sets.

use serde::Serialize;

use super::NavigationLink;

/// The look of a site. What is not set is as the theme's style has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ThemeConfig {
    /// The colour of links.
    pub accent: Option<Accent>,
    /// The fonts.
    pub fonts: FontsConfig,
    /// The width of the text, as a CSS length: `34rem`.
    pub width: Option<String>,
    /// Which parts pages have.
    pub parts: Parts,
    /// Markdown at the foot of each page.
    pub footer: Option<String>,
    /// Where else the author is, at the foot of each page.
    pub social: Vec<NavigationLink>,
    /// Whether a picture is drawn for each essay without one, which stands for it where a link to it is shown.
    pub cards: bool,
}

/// The colour of links, as CSS writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Accent {
    /// On light paper.
    pub light: String,
    /// On dark; a lighter shade of the other where it is not set.
    pub dark: Option<String>,
}

/// Fonts, each as CSS writes a list of families.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FontsConfig {
    /// The face that the site brings and sets its text in, unless `text` says otherwise.
    pub face: Option<BookFace>,
    /// Of the text.
    pub text: Option<String>,
    /// Of headings; that of the text where it is not set.
    pub heading: Option<String>,
    /// Of captions, dates and the like.
    pub sans: Option<String>,
    /// Of code.
    pub code: Option<String>,
}

/// A face that comes with Essai.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BookFace {
    /// Libertinus Serif.
    Libertinus,
}

/// Parts of pages, each a switch. All are on by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// The table of contents of a long essay.
    pub contents: bool,
    /// How long it takes to read an essay.
    pub reading_time: bool,
    /// The keywords of an essay.
    pub keywords: bool,
    /// Links to the essays before and after.
    pub neighbours: bool,
    /// The list of the parts of a series.
    pub series: bool,
    /// The essays that link to one.
    pub backlinks: bool,
    /// Essays like one.
    pub related: bool,
    /// How to cite an essay.
    pub citation: bool,
    /// Links from headings to themselves.
    pub anchors: bool,
    /// Short notes in the margin, too.
    pub sidenotes: bool,
    /// What a link leads to, for a pointer that rests on it.
    pub previews: bool,
    /// The switch between light and dark.
    pub switch: bool,
}

impl Parts {
    /// Every switch by its name in `essai.yaml`.
    pub fn by_name(&mut self) -> [(&'static str, &mut bool); 12] {
        [
            ("contents", &mut self.contents),
            ("reading_time", &mut self.reading_time),
            ("keywords", &mut self.keywords),
            ("neighbours", &mut self.neighbours),
            ("series", &mut self.series),
            ("backlinks", &mut self.backlinks),
            ("related", &mut self.related),
            ("citation", &mut self.citation),
            ("anchors", &mut self.anchors),
            ("sidenotes", &mut self.sidenotes),
            ("previews", &mut self.previews),
            ("switch", &mut self.switch),
        ]
    }
}

impl Default for Parts {
    /// Every switch on.
    fn default() -> Self {
        Self {
            contents: true,
            reading_time: true,
            keywords: true,
            neighbours: true,
            series: true,
            backlinks: true,
            related: true,
            citation: true,
            anchors: true,
            sidenotes: true,
            previews: true,
            switch: true,
        }
    }
}
