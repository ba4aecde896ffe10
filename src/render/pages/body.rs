//! The text of an essay as HTML, its holes filled.

use std::fmt::Write as _;
use std::num::NonZeroU32;

use super::languages::language;
use super::outline::outline;
use crate::link::{EssayId, Site, Target};
use crate::parse::{Body, Essay, Fill, Named, named};
use crate::read::Phrases;
use crate::render::address::{UrlStyle, push_text, push_url};
use crate::render::context::ContentsEntry;

/// Whether the body of essay `id` has a hole for `fill`.
pub fn holds(site: &Site, id: EssayId, fill: Fill) -> bool {
    site[id].body.holes.iter().any(|hole| hole.fill == fill)
}

/// What is put into a text besides what its author has written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trimmings {
    /// Notes in the margin, and links from headings to themselves: for pages that have the theme's style.
    Theme,
    /// Nothing: for feeds, and pages of another style.
    None,
}

/// The text of essay `id`, its URLs written in `style`, with `list` where it wants the list of all essays.
pub fn fill(site: &Site, id: EssayId, style: UrlStyle<'_>, trimmings: Trimmings, list: &str) -> String {
    let body = &site[id].body;
    let mut html = String::with_capacity(body.html.len() + body.holes.len() * 64 + list.len());
    Filler { site, id, style, trimmings, list }.push(&mut html, body);
    html
}

/// What the holes of an essay are filled with.
#[derive(Debug, Clone, Copy)]
struct Filler<'a> {
    site: &'a Site,
    id: EssayId,
    style: UrlStyle<'a>,
    trimmings: Trimmings,
    list: &'a str,
}

impl Filler<'_> {
    /// Writes `body`, its holes filled.
    fn push(self, html: &mut String, body: &Body) {
        let mut from = 0;
        for hole in &body.holes {
            html.push_str(&body.html[from..hole.at]);
            from = hole.at;
            self.fill(html, hole.fill);
        }
        html.push_str(&body.html[from..]);
    }

    fn fill(self, html: &mut String, fill: Fill) {
        let is_trimmed = self.trimmings == Trimmings::Theme;
        let parts = self.site.config.theme.parts;
        let essay = &self.site[self.id];
        let target = |position: usize| self.site.targets[self.id.index()].get(position);
        match fill {
            Fill::Reference(position) => {
                let url = target(position)
                    .and_then(|target| self.style.target(self.site, self.site.address(self.id), target))
                    .or_else(|| essay.references.get(position).map(|reference| reference.destination.clone()));
                push_url(html, &url.unwrap_or_default());
            }
            Fill::Named(position) | Fill::NamedEnd(position) => {
                let url = target(position).and_then(|to| self.style.target(self.site, self.site.address(self.id), to));
                let written =
                    || essay.references.get(position).map_or("", |reference| before_words(&reference.destination));
                match (fill, url) {
                    (Fill::Named(_), Some(url)) => {
                        html.push_str("<a href=\"");
                        push_url(html, &url);
                        html.push_str("\">");
                    }
                    (Fill::Named(_), None) => push_text(html, written()),
                    (_, Some(_)) => html.push_str("</a>"),
                    (_, None) => html.push_str("]]"),
                }
            }
            Fill::Title(position) => match target(position) {
                Some(Target::Essay { id, suffix }) => push_title(html, &self.site[*id], suffix),
                Some(Target::SamePage(suffix)) => push_title(html, essay, suffix),
                _ => push_text(html, essay.references.get(position).map_or("", |reference| &reference.destination)),
            },
            Fill::EquationNumber(position) => {
                let number = target(position).and_then(|target| self.site.equation_number(target));
                push_text(html, number.unwrap_or("??"));
            }
            Fill::Size(position) => push_size(html, self.site, target(position)),
            Fill::Sources { reference, pixels } => {
                push_sources(html, self.site, self.style, target(reference), pixels);
            }
            Fill::Sidenote(position) if is_trimmed && parts.sidenotes => self.push_sidenote(html, position),
            Fill::Anchor(position) if is_trimmed && parts.anchors => {
                html.push_str("<a class=\"anchor\" href=\"#");
                push_text(html, essay.headings.get(position).map_or("", |heading| &heading.id));
                html.push_str("\">");
            }
            Fill::AnchorEnd if is_trimmed && parts.anchors => html.push_str("</a>"),
            Fill::Sidenote(_) | Fill::Anchor(_) | Fill::AnchorEnd => {}
            Fill::Contents => {
                let phrases = self.site.config.phrases.of(language(self.site, self.id));
                push_contents(html, &outline(&essay.headings), phrases);
            }
            Fill::Essays => html.push_str(self.list),
        }
    }

    /// Writes note `position` for the margin. It is hidden but where the style shows it, and always from a screen reader,
    /// which finds the note at the end.
    fn push_sidenote(self, html: &mut String, position: usize) {
        let sidenotes = &self.site[self.id].sidenotes;
        let Some(sidenote) = sidenotes.get(position).filter(|sidenote| !sidenote.html.is_empty()) else { return };
        // Writing to a string does not fail.
        let _ = write!(html, "<span class=\"sidenote\" aria-hidden=\"true\"><sup>{}</sup> ", position + 1);
        self.push(html, sidenote);
        html.push_str("</span>");
    }
}

/// What stands before the words of a link by name, which is written so: `[[` or `[[lens|`.
fn before_words(written: &str) -> &str {
    let Named { opening, bar, .. } = named(written);
    if bar.is_empty() { opening } else { written }
}

/// Writes the title of what `suffix` names in `essay`: of a label or a heading, else of all of it.
fn push_title(html: &mut String, essay: &Essay, suffix: &str) {
    let id = suffix.split_once('#').map_or("", |(_, id)| id);
    let label = essay.labels.iter().find(|label| label.id == id).map(|label| &*label.title);
    let heading = || essay.headings.iter().find(|heading| &*heading.id == id).map(|heading| &*heading.title.html);
    match label {
        Some(title) => push_text(html, title),
        None => html.push_str(heading().unwrap_or(&essay.title.html)),
    }
}

/// Writes the width and height of the picture that `target` is, where they are known.
fn push_size(html: &mut String, site: &Site, target: Option<&Target>) {
    let Some(Target::File { address, .. }) = target else { return };
    if let Some(size) = site.picture_size(address) {
        // Writing to a string does not fail.
        let _ = write!(html, " width=\"{}\" height=\"{}\"", size.width, size.height);
    }
}

/// Writes the files of which a browser may take one instead of the picture that `target` is, if there are any, and how
/// wide it is shown: at the width in `pixels` that its author gives it, else as the configuration has it.
fn push_sources(
    html: &mut String,
    site: &Site,
    style: UrlStyle<'_>,
    target: Option<&Target>,
    pixels: Option<NonZeroU32>,
) {
    let Some(Target::File { address, .. }) = target else { return };
    let candidates = site.file(address).map_or(&[][..], |file| &file.candidates);
    for (position, candidate) in candidates.iter().enumerate() {
        html.push_str(if position == 0 { " srcset=\"" } else { ", " });
        // A comma would end the URL.
        push_url(html, &style.url(&candidate.address).replace(',', "%2C"));
        let _ = write!(html, " {}w", candidate.width);
    }
    if !candidates.is_empty() {
        html.push_str("\" sizes=\"");
        match pixels {
            Some(pixels) => drop(write!(html, "{pixels}px")),
            None => push_text(html, &site.config.images.sizes),
        }
        html.push('"');
    }
}

/// Writes a table of contents; nothing if there are no headings.
fn push_contents(html: &mut String, entries: &[ContentsEntry], phrases: &Phrases) {
    if entries.is_empty() {
        return;
    }
    html.push_str("<nav class=\"contents\" aria-label=\"");
    push_text(html, &phrases.contents);
    html.push_str("\">\n");
    push_entries(html, entries);
    html.push_str("</nav>\n");
}

/// Writes headings as a list, those below them as lists inside it.
fn push_entries(html: &mut String, entries: &[ContentsEntry]) {
    html.push_str("<ul>\n");
    for entry in entries {
        html.push_str("<li><a href=\"#");
        push_text(html, &entry.id);
        html.push_str("\">");
        html.push_str(&entry.title.html.0);
        html.push_str("</a>");
        if !entry.entries.is_empty() {
            html.push('\n');
            push_entries(html, &entry.entries);
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}
