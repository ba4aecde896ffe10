//! `!!! note "Title"` (Python-Markdown), `??? note` (pymdownx), `:::note` (Docusaurus, VuePress), `::: {.callout-note}`
//! (Quarto, Pandoc), `:::{note}` and ```` ```{note} ```` (MyST), `/// note` and tabs, `=== "Title"` (pymdownx): found in the
//! text before Markdown sees it, since what stands inside is read on its own.

mod block;
mod containers;
pub mod directive;
mod finder;
mod opening;
mod pictured;
mod statement;
mod structure;
mod tabs;
mod tagged;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::attribute_list;
use crate::parse::is_local;
use crate::parse::layout::{DEEPEST, Layout};
use crate::parse::markdown::signs::Signs;
use finder::Finder;
pub use opening::{Element, Opening, Tab, Title, callout};

/// Times that a text is looked through, at most, each time without those admonitions that Markdown did not see at their place.
const TRIES: usize = 4;

/// The admonitions of a text.
#[derive(Debug, Default)]
pub struct Admonitions {
    /// In order of place.
    pub found: Vec<Admonition>,
    /// How the text is read because of them.
    pub layout: Layout,
}

/// An admonition in a text.
#[derive(Debug)]
pub struct Admonition {
    /// What it becomes.
    pub opening: Opening,
    /// Bytes of its first line, without the space around.
    pub line: Range<usize>,
    /// Bytes of all of it.
    pub whole: Range<usize>,
    /// Whether the author closed it, or it needs no closing. One that is not goes on to the end of what it stands in.
    pub is_closed: bool,
    /// The part of the layout that is its title, if the author wrote one.
    pub title: Option<usize>,
    /// The part of the layout that is its text.
    pub inner: usize,
}

impl Admonitions {
    /// Finds the admonitions of `text`, which is otherwise read with `options`. It has these `signs`.
    pub fn find(text: &str, signs: Signs, options: Options) -> Self {
        let may_hold =
            signs.brace && (has_directive(text) || tagged::may_hold(text)) || signs.opening && has_opening(text);
        if !may_hold {
            return Self::default();
        }
        let mut refused = BTreeSet::new();
        for _ in 0..TRIES {
            let found = Finder::find(text, options, &refused);
            let unseen = unseen(text, &found, options);
            if unseen.is_empty() {
                return found;
            }
            refused.extend(unseen);
        }
        Self::default()
    }

    /// The admonition whose first line begins at byte `start` of the text.
    pub fn at(&self, start: usize) -> Option<&Admonition> {
        let index = self.found.binary_search_by_key(&start, |admonition| admonition.line.start).ok()?;
        self.found.get(index)
    }
}

/// The picture that `figure`, which stands at byte `start`, shows: its destination, and where that is written.
pub fn picture(figure: &str, start: usize) -> Option<(Cow<'_, str>, Range<usize>)> {
    if !figure.starts_with('{') {
        let path = directive::picture(figure.lines().next()?, 0)?;
        return Some((figure.get(path.clone())?.into(), start + path.start..start + path.end));
    }
    let found = pictured::picture(figure)?;
    let path = figure.get(found.path.clone())?;
    let is_whole = !found.is_rooted || path.starts_with('/') || !is_local(path);
    let destination = if is_whole { path.into() } else { format!("/{path}").into() };
    Some((destination, start + found.path.start..start + found.path.end))
}

/// Whether there can be an admonition in `text`.
fn may_hold(text: &str) -> bool {
    has_opening(text) || has_directive(text) || tagged::may_hold(text)
}

/// Whether a word of `text` begins as an admonition or a tab does.
fn has_opening(text: &str) -> bool {
    let places = |mark: &'static str| memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes());
    let begins = |at: usize| !text[..at].ends_with(|letter: char| !letter.is_whitespace() && letter != '>');
    let is_tab = |at: usize| begins(at) && tabs::may_begin(&text[at..]);
    ["!!!", "???", ":::", "///"].into_iter().any(|mark| places(mark).any(begins)) || places("===").any(is_tab)
}

/// Whether there is a fence in `text` with the name of an admonition.
fn has_directive(text: &str) -> bool {
    memchr::memchr_iter(b'{', text.as_bytes()).any(|at| {
        let is_fence = text[..at].ends_with("```") || text[..at].ends_with("~~~");
        is_fence && directive::begins(&text[at..])
    })
}

/// Where those of `found` begin that Markdown does not see at their place in `text`: they would be lost.
fn unseen(text: &str, found: &Admonitions, options: Options) -> Vec<usize> {
    let mut unseen = Vec::new();
    for part in found.layout.parts(text) {
        let mut marks = part.marks;
        for (event, range) in Parser::new_ext(&part.text.text, options).into_offset_iter() {
            if event == Event::Start(Tag::HtmlBlock) {
                marks.remove(&range.start);
            }
        }
        unseen.extend(marks.values().filter_map(|number| Some(found.found.get(*number)?.line.start)));
    }
    unseen
}

/// The lines of `text` with their breaks, as bytes of it.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some(start..*end)
    })
}
