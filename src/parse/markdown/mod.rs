//! The body of an essay: Markdown to HTML with holes, in one walk over pulldown-cmark's events.

mod block_text;
mod blocks;
mod captions;
mod destination;
mod document;
mod extensions;
mod figures;
mod footnotes;
mod formulas;
mod headings;
mod ids;
mod inline;
mod pictures;
mod spans;
#[cfg(test)]
mod tests;
mod writer;

use std::ops::Range;

use super::{Body, Equation, Heading, Inline, Reference};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::markdown as mistake;
use crate::read::{MarkdownSwitches, MathConfig, Source};
use document::Document;
use extensions::abbreviations::Abbreviations;
use formulas::Formulas;
use writer::Writer;

/// What the Markdown of an essay yields; the fields are those of [`Essay`](super::Essay).
#[derive(Debug)]
pub struct Rendered {
    pub body: Body,
    pub heading: Option<Heading>,
    pub headings: Vec<Heading>,
    pub anchors: Vec<String>,
    pub equations: Vec<Equation>,
    pub has_mathematics: bool,
    pub references: Vec<Reference>,
    pub excerpt: String,
    pub words: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders the Markdown of `source` that stands in `body`.
pub fn render(source: &Source, body: Range<usize>, switches: MarkdownSwitches, math: MathConfig) -> Rendered {
    let (text, abbreviations) = match switches.abbreviations {
        true => Abbreviations::take(&source.text[body.clone()]),
        false => (source.text[body.clone()].into(), Abbreviations::default()),
    };
    let formulas = Formulas::of(&text, switches, math);
    let document = Document::new(source, &formulas, body.start, switches);
    let plan = headings::plan(&document);
    let mut rendered = Writer::new(&document, &plan, &abbreviations).run();
    for (label, span) in &document.undefined {
        let defined = document.definitions.keys().map(String::as_str);
        rendered.diagnostics.push(mistake::undefined_label(source.place(span.clone()), label, defined));
    }
    if source.text[body.clone()].trim().is_empty() && !source.is_damaged {
        rendered.diagnostics.push(mistake::empty_essay(&source.shown));
    }
    rendered.diagnostics.extend(formulas.diagnostics(source, body.start, math));
    rendered.equations = formulas.equations();
    rendered.has_mathematics = !formulas.is_empty();
    let mut headings = plan.planned.into_iter().map(|planned| planned.heading);
    rendered.heading = if plan.opens { headings.next() } else { None };
    rendered.headings = headings.collect();
    rendered
}

/// A title that is written in a header: inline Markdown.
pub fn title(markdown: &str) -> Inline {
    inline::of_markdown(markdown)
}

/// Plain text as a title.
pub fn plain(text: &str) -> Inline {
    inline::plain(text)
}
