//! The body of an essay: Markdown to HTML with holes, in one walk over pulldown-cmark's events.
//!
//! `document` is all that is read before anything is written: the events of a text and its parts, with `extensions` applied, and
//! what was left unresolved; `formulas` have been hidden from it. `headings` plans ids and levels. Then `writer` walks, once.
//! `inline` renders what stands in a line on its own, as titles need it. `foreign`, `hashes`, `undefined` and `unlinked` look for what
//! comes out as text and was meant otherwise.

mod contents;
mod document;
mod extensions;
mod foreign;
mod formulas;
mod hashes;
mod headings;
mod inline;
mod medium;
mod modules;
mod repeated;
mod signs;
#[cfg(test)]
mod tests;
mod undefined;
mod unlinked;
mod writer;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::code::{ClassSet, Highlighter};
use super::layout::Layout;
use super::{Body, Equation, Heading, Inline, Reference};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::markdown as mistake;
use crate::parse::Label;
use crate::parse::notebook::Inserts;
use crate::parse::templated as filled_in;
use crate::read::{MarkdownSwitches, MathConfig, Phrases, Source};
use document::Document;
use extensions::abbreviations::Abbreviations;
use extensions::admonitions::Admonitions;
use extensions::{
    bars, comments, definitions, emphasis, inline_notes, jsx, markers, raw_formats, rules, shortcodes, sizes,
};
pub use formulas::Defined;
use formulas::Formulas;
use signs::Signs;
use writer::Writer;

/// What the Markdown of an essay yields; the fields are those of [`Essay`](super::Essay).
#[derive(Debug)]
pub struct Rendered {
    pub body: Body,
    pub heading: Option<Heading>,
    pub headings: Vec<Heading>,
    pub sidenotes: Vec<Body>,
    pub anchors: Vec<Arc<str>>,
    pub labels: Vec<Label>,
    pub equations: Vec<Equation>,
    pub has_mathematics: bool,
    pub code_classes: ClassSet,
    pub code_starts: BTreeSet<usize>,
    pub references: Vec<Reference>,
    pub excerpt: String,
    pub words: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// What decides how Markdown is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'s> {
    /// What is said beside the author's words.
    pub phrases: &'s Phrases,
    /// Which extensions are understood.
    pub switches: MarkdownSwitches,
    /// How mathematics is.
    pub math: MathConfig,
    /// The commands of TeX that hold at its start.
    pub defined: Defined<'s>,
    /// What highlights code; without one it stays in one colour.
    pub highlighter: Option<&'s Highlighter>,
    /// What a notebook puts in where its marks stand.
    pub inserts: &'s Inserts,
    /// The title in the header.
    pub title: Option<&'s str>,
    /// Whether the essay comes from Jekyll, as far as anything says so.
    pub is_jekyll: bool,
}

/// Renders the Markdown of `source` that stands in `body`.
pub fn render(source: &Source, body: Range<usize>, settings: &Settings<'_>) -> Rendered {
    let Settings { switches, math, defined, .. } = *settings;
    let (text, abbreviations) = match switches.abbreviations {
        true => Abbreviations::take(&source.text[body.clone()]),
        false => (source.text[body.clone()].into(), Abbreviations::default()),
    };
    let text = jsx::as_html(text);
    let signs = Signs { jekyll: settings.is_jekyll, ..Signs::of(&text) };
    let text = match signs.brace {
        true => {
            let text = markers::left_out(raw_formats::replaced(shortcodes::as_fences(text)));
            filled_in::hidden(comments::hidden(text), document::options(switches))
        }
        false => text,
    };
    let text = if switches.tables { rules::replaced(text) } else { text };
    let text = sizes::hidden(text, document::options(switches));
    let admonitions = match switches.admonitions {
        true => Admonitions::find(&text, signs, document::options(switches)),
        false => Admonitions::default(),
    };
    let formulas = Formulas::of(&text, switches, math, defined, &admonitions.layout);
    let mut parts = admonitions.layout.parts(formulas.text());
    for part in &mut parts {
        if switches.footnotes && signs.note {
            inline_notes::hide(part);
        }
        emphasis::hide(part);
        bars::hide(part, document::options(switches));
        definitions::hide(part, document::options(switches));
    }
    let document = Document::new(source, &formulas, (&admonitions, &parts), body.start, (switches, signs));
    let plan = headings::plan(&document, settings.title);
    let written = Writer::new(&document, &plan, &abbreviations, settings).run();
    let mut diagnostics = written.diagnostics;
    diagnostics.extend(undefined::diagnostics(&document));
    for admonition in admonitions.found.iter().filter(|admonition| !admonition.is_closed) {
        let line = admonition.line.start + body.start..admonition.line.end + body.start;
        diagnostics.push(mistake::unclosed_block(source.place(line.clone()), &source.text[line]));
    }
    let filled = plan.filled_by_title(settings.title).map(|events| document.events[events.start].1.clone());
    let mut foreign = foreign::markup(&document, signs);
    foreign.retain(|found| filled.as_ref().is_none_or(|filled| !filled.contains(&found.start)));
    if let [first, others @ ..] = &foreign[..] {
        let (place, line) = (source.place(first.clone()), &source.text[first.clone()]);
        diagnostics.push(mistake::foreign_markup(place, line, others.len()));
    }
    diagnostics.extend(unlinked::diagnostics(&document));
    diagnostics.extend(hashes::diagnostic(&document));
    if source.text[body.clone()].trim().is_empty() && !source.is_damaged {
        diagnostics.push(mistake::empty_essay(&source.shown));
    }
    diagnostics.extend(formulas.diagnostics(source, body.start, math));
    let mut headings = plan.planned.into_iter().map(|planned| planned.heading);
    let mut heading = if plan.opens { headings.next() } else { None };
    if let (Some(heading), Some(_), Some(written)) = (&mut heading, &filled, settings.title) {
        heading.title = title(written, settings).0;
    }
    let mut headings: Vec<Heading> = headings.collect();
    // What was collected in place has the room of what it was collected from.
    headings.shrink_to_fit();
    Rendered {
        body: written.body,
        heading,
        headings,
        sidenotes: written.sidenotes,
        anchors: written.anchors,
        labels: document.labels,
        equations: formulas.equations(),
        has_mathematics: !formulas.is_empty(),
        code_classes: written.code_classes,
        code_starts: written.code_starts,
        references: written.references,
        excerpt: written.excerpt,
        words: written.words,
        diagnostics,
    }
}

/// What Markdown sees of `text`: formulas and abbreviations are hidden from it. As long as `text`.
pub fn seen(text: &str, switches: MarkdownSwitches, math: MathConfig) -> String {
    let text = if switches.abbreviations { Abbreviations::take(text).0 } else { text.into() };
    formulas::mask(&text, switches, math, &Layout::default()).text.into_owned()
}

/// A title that is written in a header, as inline Markdown, and whether there is a formula in it. One with a mistake in a formula
/// is shown as it is written: its header says no place for it.
pub fn title(written: &str, settings: &Settings<'_>) -> (Inline, bool) {
    let of = |math: MathConfig| Formulas::of(written, settings.switches, math, settings.defined, &Layout::default());
    let mut formulas = of(settings.math);
    if formulas.have_mistakes() {
        formulas = of(MathConfig { typeset: false, ..settings.math });
    }
    (inline::of_markdown(written, &formulas, settings.switches), !formulas.is_empty())
}

/// A description that is written in a header as inline Markdown, without its markup.
pub fn description(written: &str, settings: &Settings<'_>) -> String {
    if memchr::memchr3(b'*', b'_', b'`', written.as_bytes()).is_none()
        && !written.contains(['$', '\\', '[', '<', '&', '~', '\'', '"'])
        && !["--", "..."].iter().any(|signs| written.contains(signs))
    {
        return written.to_owned();
    }
    title(written, settings).0.text.to_string()
}

/// Plain text as a title.
pub fn plain(text: &str) -> Inline {
    inline::plain(text)
}
