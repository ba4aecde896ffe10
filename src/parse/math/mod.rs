//! Mathematics: TeX in a Markdown text becomes MathML Core, numbered and labelled as amsmath does it.
//!
//! Two steps. [`mask()`] finds the formulas of a text and hides them, so that Markdown never sees TeX; [`typeset`] sets
//! all formulas of an essay at once, since equations are counted across it, a reference may come before its label, and
//! a macro holds from its definition on.
//!
//! The markup needs these rules of a style sheet; [`STYLE`] is their text.
//! - `math[display="block"]` scrolls in its own box;
//! - cells have the padding that MathML Core says, and none at the edges (Firefox has its own);
//! - what is crossed out or boxed has its strokes drawn where the browser doesn't know `menclose`;
//! - text doesn't wrap and has the text's fonts.

mod error;
mod escapes;
mod find;
mod finish;
mod labels;
mod limits;
mod lines;
mod mapped;
mod mask;
mod names;
mod problem;
mod rewrite;
mod styles;

pub use error::MathError;
pub use escapes::{Escapes, looks_escaped};
pub use labels::{Label, Labels};
pub use mapped::{Mapped, Mapping};
pub(in crate::parse) use mask::mask_parts;
pub use mask::{HIDDEN, Masked, Piece, mask};
pub use rewrite::Display;
pub use rewrite::macros::Macros;
pub use styles::{OWN, rule};

use std::ops::Range;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use self::rewrite::{Rewritten, rewrite};

/// The rules that a theme needs for the markup of [`typeset`], as CSS.
pub const STYLE: &str = include_str!("style.css");

/// What a formula is in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `$…$` or `\(…\)`.
    Inline,
    /// `$$…$$` or `\[…\]`.
    Display,
    /// `\begin{equation}…\end{equation}` and its kin, without other delimiters.
    Environment,
    /// A fence of the language `math`.
    Fence,
    /// `\ref{…}` in the text, outside a formula.
    Reference,
    /// `\eqref{…}` in the text, outside a formula: its number stands in parentheses.
    EquationReference,
}

impl Kind {
    /// How it is set.
    pub fn display(self) -> Display {
        match self {
            Self::Inline | Self::Reference | Self::EquationReference => Display::Inline,
            Self::Display | Self::Environment | Self::Fence => Display::Block,
        }
    }
}

/// A formula as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// What it is.
    pub kind: Kind,
    /// Bytes of the text that it stands in, delimiters included.
    pub range: Range<usize>,
    /// Its TeX, which knows what bytes of the text it comes from; the label if it is a reference.
    pub tex: Mapped<'a>,
}

/// The formulas of an essay as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mathematics {
    /// The formulas, in the order in which they were given, one for each. What cannot be set is shown as its TeX.
    pub formulas: Vec<Formula>,
    /// The labels of equations.
    pub labels: Labels,
    /// The mistakes, in order of the formulas.
    pub errors: Vec<MathError>,
}

/// A formula as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// One `<math>` element with its TeX as annotation, one `<a>` for a reference, or one `<code>` for what cannot be
    /// set. It may stand wherever text may. Nothing for a formula of nothing but definitions, which is taken for a block.
    pub html: String,
    /// How it is set. A formula that is alone in its paragraph and a [`Display::Block`] needs no paragraph.
    pub display: Display,
}

impl Formula {
    /// Whether it stands in the text and may be wider than a narrow page.
    pub fn is_wide(&self) -> bool {
        self.display == Display::Inline && finish::signs(&self.html) > NARROW
    }

    /// What it shows as plain text, if that needs no more than one row of single signs.
    pub fn row_of_signs(&self) -> Option<String> {
        finish::row_of_signs(&self.html)
    }
}

/// Signs that a formula in the text may have and fit a narrow page, about.
const NARROW: usize = 28;

/// What the first pass knows of a formula.
enum Prepared {
    Formula(Box<Rewritten>),
    Reference,
    Broken,
}

/// Sets the formulas of an essay, which are `sources` in order of place. `macros` are those that hold at its start. A
/// formula with a mistake is shown as its TeX and keeps its number, so that the others have theirs.
pub fn typeset(sources: &[Source<'_>], macros: &Macros) -> Mathematics {
    let mut mathematics = Mathematics::default();
    if sources.is_empty() {
        return mathematics;
    }
    let mut macros = macros.clone();
    let mut counter = 0;
    let mut prepared = Vec::with_capacity(sources.len());
    for (number, source) in sources.iter().enumerate() {
        let formula = prepare(source, &mut macros, &mut counter).unwrap_or_else(|error| {
            mathematics.errors.push(error.of(number, source));
            Prepared::Broken
        });
        if let Prepared::Formula(rewritten) = &formula {
            label(number, source, rewritten, &mut mathematics);
        }
        prepared.push(formula);
    }
    let labels = &mathematics.labels;
    let mut typesetter = Typesetter { labels, macros, converter: converter(), errors: Vec::new() };
    let formulas = sources.iter().zip(&prepared).enumerate();
    mathematics.formulas =
        formulas.map(|(number, (source, formula))| typesetter.set(number, source, formula)).collect();
    mathematics.errors.append(&mut typesetter.errors);
    mathematics.errors.sort_by_key(|error| (error.formula, error.span.start));
    mathematics
}

/// The first pass: what the typesetter will read.
fn prepare(source: &Source<'_>, macros: &mut Macros, counter: &mut usize) -> Result<Prepared, MathError> {
    if matches!(source.kind, Kind::Reference | Kind::EquationReference) {
        return Ok(Prepared::Reference);
    }
    limits::check(&source.tex.text)?;
    let rewritten = rewrite(&source.tex.text, source.kind.display(), macros, counter)?;
    limits::check(&rewritten.tex.text).map_err(|error| error.back(&rewritten.tex))?;
    Ok(Prepared::Formula(Box::new(rewritten)))
}

/// Notes the labels of a formula.
fn label(number: usize, source: &Source<'_>, rewritten: &Rewritten, mathematics: &mut Mathematics) {
    for row in &rewritten.rows {
        let Some((name, span)) = &row.label else { continue };
        if mathematics.labels.named(name).is_some() {
            mathematics.errors.push(problem::duplicate_label(span.clone(), name).of(number, source));
            continue;
        }
        mathematics.labels.add(Label {
            name: name.clone(),
            id: name.split_whitespace().collect::<Vec<_>>().join("-"),
            number: row.tag.as_ref().map(finish::plain),
            formula: number,
            span: source.tex.source(span.clone()),
        });
    }
}

fn converter() -> Option<LatexToMathML> {
    let config = MathCoreConfig { annotation: true, allow_unreliable_rendering: true, ..MathCoreConfig::default() };
    LatexToMathML::new(config).ok()
}

/// The second pass.
struct Typesetter<'l> {
    labels: &'l Labels,
    macros: Macros,
    converter: Option<LatexToMathML>,
    errors: Vec<MathError>,
}

impl Typesetter<'_> {
    fn set(&mut self, number: usize, source: &Source<'_>, formula: &Prepared) -> Formula {
        let mut display = source.kind.display();
        let html = match formula {
            Prepared::Formula(rewritten) if rewritten.shows_nothing() => {
                display = Display::Block;
                String::new()
            }
            Prepared::Reference => {
                let tex = &source.tex.text;
                let in_parentheses = source.kind == Kind::EquationReference;
                self.link(number, source, tex.trim(), 0..tex.len(), in_parentheses)
            }
            Prepared::Formula(rewritten) => self.formula(number, source, rewritten).unwrap_or_else(|error| {
                self.errors.push(error.of(number, source));
                finish::raw(&source.tex.text)
            }),
            Prepared::Broken => finish::raw(&source.tex.text),
        };
        Formula { html, display }
    }

    fn formula(&mut self, number: usize, source: &Source<'_>, rewritten: &Rewritten) -> Result<String, MathError> {
        let tex = &rewritten.tex.text;
        let mathml = self.convert(tex, source.kind.display()).map_err(|error| error.back(&rewritten.tex))?;
        let rows = rewritten.rows.iter().map(|row| {
            let id = row.label.as_ref().and_then(|(name, span)| {
                let label = self.labels.named(name)?;
                let is_first = label.formula == number && label.span == source.tex.source(span.clone());
                is_first.then_some(label.id.as_str())
            });
            finish::number(row.tag.as_ref(), id, |tag| self.tag(tag))
        });
        let rows: Vec<_> = rows.collect();
        let links: Vec<_> = rewritten
            .references
            .iter()
            .map(|found| self.link(number, source, &found.label, found.span.clone(), found.in_parentheses))
            .collect();
        Ok(finish::finish(&mathml, &source.tex.text, &rows, &links, &rewritten.elements))
    }

    fn convert(&self, tex: &str, display: Display) -> Result<String, MathError> {
        let display = match display {
            Display::Inline => MathDisplay::Inline,
            Display::Block => MathDisplay::Block,
        };
        let converter = self.converter.as_ref().ok_or_else(|| problem::no_typesetter(0..tex.len()))?;
        match converter.convert_with_local_state(tex, display) {
            Ok(converted) => Ok(converted.mathml),
            Err(found) => Err(problem::of_typesetter(tex, &found, &self.macros.names().collect::<Vec<_>>())),
        }
    }

    /// A tag that is more than plain text, as MathML without `<math>`; `None` if it cannot be set.
    fn tag(&self, tex: &str) -> Option<String> {
        let text = format!(r"\text{{{tex}}}");
        limits::check(&text).ok()?;
        let rewritten = rewrite(&text, Display::Inline, &mut self.macros.clone(), &mut 0).ok()?;
        let mathml = self.convert(&rewritten.tex.text, Display::Inline).ok()?;
        finish::content(&mathml).map(str::to_owned)
    }

    /// A link to the equation with the label `name`, which stands at `span` of the formula.
    fn link(
        &mut self,
        number: usize,
        source: &Source<'_>,
        name: &str,
        span: Range<usize>,
        in_parentheses: bool,
    ) -> String {
        let label = self.labels.named(name);
        let error = match label {
            None => Some(problem::unknown_label(span, name, self.labels.names())),
            Some(label) if label.number.is_none() => Some(problem::unnumbered_label(span, name)),
            Some(_) => None,
        };
        self.errors.extend(error.map(|error| error.of(number, source)));
        finish::link(label, in_parentheses)
    }
}

#[cfg(test)]
mod tests;
