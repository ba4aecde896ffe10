//! What [`link`](super::link) yields: the whole site, every reference resolved.

use std::ops::{Deref, Index};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::parse::Essay;
use crate::read::{Config, Ledger, PictureSize, SitePath};

use super::Surroundings;
use super::mathematics::Mathematics;
use super::names::{self, Names, Resolved};

/// The site: vectors in a fixed order, each essay named by its position.
///
/// It is its [`Graph`] too: `site.targets` is that of the graph. The two are apart so that a site whose essays have other
/// words but the same links shares the graph of an earlier one.
#[derive(Debug)]
pub struct Site {
    /// The configuration.
    pub config: Config,
    /// The published essays, by path.
    pub essays: Vec<Arc<Essay>>,
    /// What follows from the essays' headers, anchors and links.
    pub graph: Arc<Graph>,
    /// `former[id]` are the ids of headings of essay `id` that were published and since reworded; each still leads to
    /// the heading that took its place.
    pub former: Vec<Vec<FormerId>>,
    /// Every address and anchor that was published before.
    pub ledger: Arc<Ledger>,
}

impl Deref for Site {
    type Target = Graph;

    fn deref(&self) -> &Graph {
        &self.graph
    }
}

/// How the essays of a site belong together.
#[derive(Debug)]
pub struct Graph {
    /// `addresses[id]` is the file of the output that holds essay `id`.
    pub addresses: Vec<SitePath>,
    /// `targets[id][n]` is where `essays[id].references[n]` leads.
    pub targets: Vec<Vec<Target>>,
    /// `navigation[n]` is where `config.navigation[n].link` leads.
    pub navigation: Vec<Target>,
    /// What mathematics needs, if an essay has some.
    pub mathematics: Option<Mathematics>,
    /// The font of mathematics, where the configuration names a file.
    pub math_font: Option<Target>,
    /// `backlinks[id]` are the essays that link to `id`, newest first, each once, never itself.
    pub backlinks: Vec<Vec<Backlink>>,
    /// `related[id]` are the essays most like `id` by rare shared keywords and links, most alike first, at most five;
    /// never itself, nor a part of its own series.
    pub related: Vec<Vec<EssayId>>,
    /// The series, by name.
    pub series: Vec<Series>,
    /// `parts[id]` is the place of essay `id` in its series, if it is in one.
    pub parts: Vec<Option<Part>>,
    /// `versions[id]` are the essays that are essay `id` in some language, itself among them, by path; none if there is only
    /// itself.
    pub versions: Vec<Vec<EssayId>>,
    /// The keywords, by name without regard to case.
    pub keywords: Vec<Keyword>,
    /// `keywords_of[id]` are the keywords of essay `id` in its own order, each once, as positions in `keywords`; a page
    /// that is not among `newest` has none.
    pub keywords_of: Vec<Vec<usize>>,
    /// The essays of lists and feeds: newest first, undated last by path; neither the front page nor the
    /// author's own `404.html` is among them.
    pub newest: Vec<EssayId>,
    /// The author's own front page, if there is one at `index.html`.
    pub front: Option<EssayId>,
    /// Former addresses, by address.
    pub redirects: Vec<Redirect>,
    /// Files that are copied from disk, from an essay or from the binary, by address.
    pub files: Vec<CopiedFile>,
    /// Everything that a reference can name.
    pub names: Names,
    /// The essays that wait, by path.
    pub(super) waiting: Vec<Arc<Essay>>,
    /// What the graph was made from beside the essays.
    pub around: Surroundings,
    /// The mistakes that were found in making it.
    pub(super) mistakes: Vec<Diagnostic>,
}

/// The position of an essay in [`Site::essays`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EssayId(pub u32);

impl EssayId {
    /// The position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Index<EssayId> for Site {
    type Output = Essay;

    fn index(&self, id: EssayId) -> &Essay {
        &self.essays[id.index()]
    }
}

impl Site {
    /// The number of the equation that `target` is, if it is a numbered one.
    pub fn equation_number(&self, target: &Target) -> Option<&str> {
        let Target::Essay { id, suffix } = target else { return None };
        let (_, fragment) = suffix.split_once('#')?;
        let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        let equations = &self[*id].equations;
        let equation = equations.get(equations.partition_point(|equation| *equation.id < *fragment))?;
        (equation.id == fragment).then_some(equation.number.as_str())
    }

    /// The file that is copied to `address`, if there is one.
    pub fn file(&self, address: &SitePath) -> Option<&CopiedFile> {
        let position = self.files.binary_search_by(|file| file.address.cmp(address)).ok()?;
        self.files.get(position)
    }

    /// The width and height of the picture at `address`, if there is one that says them.
    pub fn picture_size(&self, address: &SitePath) -> Option<PictureSize> {
        self.file(address)?.size
    }

    /// The card of essay `id`, if one was drawn.
    pub fn card(&self, id: EssayId) -> Option<&SitePath> {
        self.around.cards.0.get(&self[id].source.path).map(|card| &card.address)
    }

    /// Every essay's id, in order.
    pub fn ids(&self) -> impl Iterator<Item = EssayId> + use<> {
        (0..self.essays.len() as u32).map(EssayId)
    }

    /// The essay whose file in `content/` is at `path`, if it is published.
    pub fn essay_at(&self, path: &SitePath) -> Option<EssayId> {
        let position = self.essays.binary_search_by(|essay| essay.source.path.cmp(path)).ok()?;
        Some(EssayId(position as u32))
    }

    /// The file of the output that holds essay `id`.
    pub fn address(&self, id: EssayId) -> &SitePath {
        &self.addresses[id.index()]
    }

    /// Where `destination`, written in `origin`, leads.
    ///
    /// # Errors
    /// Why it leads nowhere, with what might have been meant.
    pub fn resolve(&self, origin: names::Origin<'_>, destination: &str) -> Resolved {
        self.names.resolve(&self.essays, origin, destination)
    }

    /// The file of the output that `path`, from the top, leads to where it is spelt as the file is; `None` where that takes
    /// [`Site::resolve`].
    pub fn file_at(&self, path: &str) -> Option<&SitePath> {
        self.names.file_at(&self.addresses, path)
    }

    /// Whether Essai itself makes the file at `address`. These are, where no essay, asset, alias or file of the theme
    /// stands there: `index.html`, `404.html`, `robots.txt`, each keyword's page, `keywords/index.html` if there are
    /// keywords; with a base address `sitemap.xml` and, of essays of which one has a date, `feed.xml` and each keyword's
    /// feed.
    pub fn is_generated(&self, address: &SitePath) -> bool {
        self.names.is_generated(address)
    }
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another essay; `suffix` is the query and fragment as written, such as `#focus`, or empty.
    Essay {
        /// Which.
        id: EssayId,
        /// Query and fragment.
        suffix: String,
    },
    /// A file of the output that is not an essay: an asset, a keyword's page, the feed.
    File {
        /// Where it is in the output.
        address: SitePath,
        /// Query and fragment.
        suffix: String,
    },
    /// A place in the same page; the text is as written, such as `#focus`.
    SamePage(String),
    /// It leads nowhere, or out of the site, and stays as it was written.
    AsWritten,
}

/// A link from another essay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlink {
    /// The essay that links.
    pub from: EssayId,
    /// Its first link: the position among its references.
    pub reference: usize,
}

/// Essays that are read in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name: the header's, else the title of its opening essay.
    pub name: String,
    /// Its essays in reading order, at least two.
    pub essays: Vec<EssayId>,
}

/// The place of an essay in a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Position in [`Graph::series`].
    pub series: usize,
    /// Position in [`Series::essays`], from 0.
    pub position: usize,
}

/// A keyword and its essays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword {
    /// As the first essay by path spells it.
    pub name: String,
    /// Its page.
    pub address: SitePath,
    /// Its feed.
    pub feed: SitePath,
    /// Its essays, newest first.
    pub essays: Vec<EssayId>,
}

/// A former address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file of the output that stands at the former address.
    pub from: SitePath,
    /// Where it leads.
    pub to: EssayId,
}

/// An id that a heading had before it was reworded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerId {
    /// The former id.
    pub id: String,
    /// The id of the heading that it stands beside.
    pub beside: String,
}

/// A file that is copied.
#[derive(Debug, Clone)]
pub struct CopiedFile {
    /// Where it goes.
    pub address: SitePath,
    /// Where it comes from.
    pub origin: Origin,
    /// Its width and height, if it is a picture that says them.
    pub size: Option<PictureSize>,
    /// If it is a picture that has variants, the files of which a browser may take one, widths ascending.
    pub candidates: Vec<Candidate>,
}

/// A file that shows the same as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is in the output.
    pub address: SitePath,
    /// Its width in pixels.
    pub width: u32,
}

/// Where a copied file comes from.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A file on disk.
    Disk(Arc<Path>),
    /// The file at this position of those that were made of an essay.
    Made {
        /// The essay.
        essay: EssayId,
        /// Position in [`Essay::made_files`].
        position: usize,
    },
    /// The theme in the binary.
    BuiltIn(&'static [u8]),
}
