//! The formulas of an essay, hidden from Markdown and set.

use std::borrow::Cow;
use std::ops::Range;

use super::document::options;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::math as mistake;
use crate::parse::Equation;
use crate::parse::layout::Layout;
use crate::parse::math::{self, Formula, Kind, Label, Labels, Macros, Masked, Piece};
use crate::read::{MarkdownSwitches, MathConfig, Source, TexEscapes, TexMacro};

/// The formulas of a text.
#[derive(Debug)]
pub struct Formulas<'t> {
    masked: Masked<'t>,
    set: Vec<Formula>,
    /// The labels of equations.
    labels: Labels,
    /// The mistakes in them; their spans are bytes of the text.
    mistakes: Vec<math::MathError>,
}

/// A reference in the text to an equation of another essay: `\eqref{other.md#eqn:loss}`.
#[derive(Debug)]
pub struct FarReference<'f> {
    /// `other.md#eqn:loss`.
    pub destination: &'f str,
    /// Bytes of the text that hold it.
    pub span: Range<usize>,
    /// Whether the number stands in parentheses.
    pub in_parentheses: bool,
}

/// The commands of TeX that hold at the start of a text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Defined<'s> {
    /// The site's, and the essay's own.
    pub macros: [&'s [TexMacro]; 2],
    /// What the header says for the preamble of LaTeX: text, or a list of it.
    pub preamble: Option<&'s serde_json::Value>,
}

fn read_preamble(preamble: &serde_json::Value, macros: &mut Macros) {
    match preamble {
        serde_json::Value::String(tex) => macros.read_all(tex),
        serde_json::Value::Array(parts) => parts.iter().for_each(|part| read_preamble(part, macros)),
        serde_json::Value::Object(parts) => parts.values().for_each(|part| read_preamble(part, macros)),
        _ => {}
    }
}

/// Finds the formulas of `text`, which is read in the parts of `layout`, and hides them.
pub fn mask<'t>(text: &'t str, switches: MarkdownSwitches, config: MathConfig, layout: &Layout) -> Masked<'t> {
    if config.typeset {
        math::mask_parts(text, options(switches), config.escapes, layout)
    } else {
        Masked { text: Cow::Borrowed(text), formulas: Vec::new(), unclosed: Vec::new() }
    }
}

impl<'t> Formulas<'t> {
    /// Finds and sets the formulas of `text`, which is read in the parts of `layout`, with the commands of `defined`.
    pub fn of(
        text: &'t str,
        switches: MarkdownSwitches,
        config: MathConfig,
        defined: Defined<'_>,
        layout: &Layout,
    ) -> Self {
        let masked = mask(text, switches, config, layout);
        let mut macros = Macros::default();
        if !masked.formulas.is_empty() {
            defined.macros.into_iter().flatten().for_each(|defined| macros.add(defined));
            defined.preamble.into_iter().for_each(|preamble| read_preamble(preamble, &mut macros));
        }
        let mathematics = math::typeset(&masked.formulas, &macros);
        let mut mistakes = mathematics.errors;
        mistakes.retain(|mistake| masked.formulas.get(mistake.formula).is_none_or(|formula| far(formula).is_none()));
        mistakes.extend(masked.unclosed.iter().cloned());
        Self { set: mathematics.formulas, labels: mathematics.labels, mistakes, masked }
    }

    /// The text with the formulas hidden, as long as it was.
    pub fn text(&self) -> &str {
        &self.masked.text
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether there is a mistake in one.
    pub fn have_mistakes(&self) -> bool {
        !self.mistakes.is_empty()
    }

    /// The text and the formulas of `range`, in order.
    pub fn pieces(&self, range: Range<usize>) -> Vec<Piece<'_>> {
        self.masked.pieces(range)
    }

    /// Formula `number` as HTML.
    pub fn html(&self, number: usize) -> &str {
        &self.set[number].html
    }

    /// Formula `number` as plain text: its signs, if they stand in a row, else its TeX without delimiters; of a reference the
    /// number, or else the label.
    pub fn plain(&self, number: usize) -> Cow<'_, str> {
        let (formula, tex) = (&self.masked.formulas[number], self.masked.formulas[number].tex.text.trim());
        let number_of = |name: &str| self.labels.named(name)?.number.as_deref();
        let referred = || number_of(tex).unwrap_or(tex.rsplit('#').next().unwrap_or(tex));
        match formula.kind {
            Kind::Reference => referred().into(),
            Kind::EquationReference => format!("({})", referred()).into(),
            _ if self.html(number).is_empty() => "".into(),
            _ => self.set[number].row_of_signs().map_or(Cow::Borrowed(tex), Cow::Owned),
        }
    }

    /// Whether formula `number` stands in the text and may be wider than a narrow page.
    pub fn is_wide(&self, number: usize) -> bool {
        self.set[number].is_wide()
    }

    /// Bytes of the text that formula `number` stands in.
    pub fn range(&self, number: usize) -> Range<usize> {
        self.masked.formulas[number].range.clone()
    }

    /// The formula that begins at byte `at` of the text.
    pub fn at(&self, at: usize) -> Option<usize> {
        self.masked.formula_at(at)
    }

    /// The formula that is all of `block`, bytes of the text, but for white space; if there is one, and it is displayed.
    pub fn displayed(&self, block: Range<usize>) -> Option<usize> {
        let text = self.text().get(block.clone())?;
        let start = block.start + text.len() - text.trim_start().len();
        let number = self.masked.formula_at(start)?;
        let is_displayed = self.set[number].display == math::Display::Block;
        let is_all = self.text().get(self.range(number).end..block.end).is_none_or(|rest| rest.trim().is_empty());
        if is_displayed && is_all { Some(number) } else { None }
    }

    /// The equation of another essay that formula `number` refers to, if it is such a reference.
    pub fn far_reference(&self, number: usize) -> Option<FarReference<'_>> {
        far(&self.masked.formulas[number])
    }

    /// The labels of formula `number`.
    pub fn labels_of(&self, number: usize) -> &[Label] {
        self.labels.of(number)
    }

    /// The equations that others can refer to, by id.
    pub fn equations(&self) -> Vec<Equation> {
        let equation = |label: &Label| Some(Equation { id: label.id.clone(), number: label.number.clone()? });
        let mut equations: Vec<Equation> = self.labels.all().iter().filter_map(equation).collect();
        equations.sort_by(|a, b| a.id.cmp(&b.id));
        equations
    }

    /// What is wrong with the formulas, which stand in `source` from byte `offset` on.
    pub fn diagnostics(&self, source: &Source, offset: usize, config: MathConfig) -> Vec<Diagnostic> {
        let place = |span: &Range<usize>| source.place(span.start + offset..span.end + offset);
        let mut diagnostics: Vec<Diagnostic> = self
            .mistakes
            .iter()
            .map(|mistake| mistake::formula(place(&mistake.span), &mistake.message, mistake.help.as_deref()))
            .collect();
        if config.escapes == TexEscapes::None {
            let escaped = self.masked.formulas.iter().find(|formula| math::looks_escaped(&formula.tex.text));
            diagnostics.extend(escaped.map(|formula| mistake::looks_escaped(place(&formula.range))));
        }
        diagnostics
    }
}

fn far<'f>(formula: &'f math::Source<'_>) -> Option<FarReference<'f>> {
    let in_parentheses = match formula.kind {
        Kind::Reference => false,
        Kind::EquationReference => true,
        _ => return None,
    };
    let destination = formula.tex.text.trim();
    if !destination.contains('#') {
        return None;
    }
    let span = formula.tex.source(0..formula.tex.text.len());
    Some(FarReference { destination, span, in_parentheses })
}
