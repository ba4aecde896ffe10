//! The text of an essay as HTML, its holes filled.

use std::fmt::Write as _;

use super::address::{UrlStyle, push_text, push_url};
use super::context::ContentsEntry;
use super::outline::outline;
use crate::link::{EssayId, Site, Target};
use crate::parse::Fill;

/// Whether the body of essay `id` has a hole for `fill`.
pub fn holds(site: &Site, id: EssayId, fill: Fill) -> bool {
    site[id].body.holes.iter().any(|hole| hole.fill == fill)
}

/// The text of essay `id`, its URLs written in `style`, with `list` where it wants the list of all essays.
pub fn fill(site: &Site, id: EssayId, style: UrlStyle<'_>, list: &str) -> String {
    let essay = &site[id];
    let body = &essay.body;
    let mut html = String::with_capacity(body.html.len() + body.holes.len() * 40 + list.len());
    let mut from = 0;
    for hole in &body.holes {
        html.push_str(&body.html[from..hole.at]);
        from = hole.at;
        match hole.fill {
            Fill::Reference(position) => {
                let url = site.targets[id.index()]
                    .get(position)
                    .and_then(|target| style.target(site, site.address(id), target))
                    .or_else(|| essay.references.get(position).map(|reference| reference.destination.clone()));
                push_url(&mut html, &url.unwrap_or_default());
            }
            // The pictures' sizes are not known yet.
            Fill::EquationNumber(position) => {
                let number = site.targets[id.index()].get(position).and_then(|target| site.equation_number(target));
                push_text(&mut html, number.unwrap_or("??"));
            }
            Fill::Size(position) => push_size(&mut html, site, site.targets[id.index()].get(position)),
            Fill::Contents => push_contents(&mut html, &outline(&essay.headings)),
            Fill::Essays => html.push_str(list),
        }
    }
    html.push_str(&body.html[from..]);
    html
}

/// Writes the width and height of the picture that `target` is, where they are known.
fn push_size(html: &mut String, site: &Site, target: Option<&Target>) {
    let Some(Target::File { address, .. }) = target else { return };
    if let Some(size) = site.picture_size(address) {
        // Writing to a string does not fail.
        let _ = write!(html, " width=\"{}\" height=\"{}\"", size.width, size.height);
    }
}

/// Writes a table of contents; nothing if there are no headings.
fn push_contents(html: &mut String, entries: &[ContentsEntry]) {
    if entries.is_empty() {
        return;
    }
    html.push_str("<nav class=\"contents\" aria-label=\"Contents\">\n");
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
