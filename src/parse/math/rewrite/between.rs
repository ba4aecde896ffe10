//! `\intertext`: text between the rows of an aligned equation.

use std::ops::Range;

use super::reader::Argument;
use super::{Element, Level, MathError, Origin, Rewriter};

impl Rewriter<'_> {
    /// `\intertext`, whose argument is `given`: a row of its own, if a row begins here and may.
    pub(super) fn text_between(&mut self, text: &str, given: &Argument, origin: &Origin) -> Result<usize, MathError> {
        if !self.is_at_row() {
            return self.text("text", text, given, origin);
        }
        let span: Range<usize> = origin.span(given.inner.clone());
        let opening = self.opening(Element::Row);
        self.put(&opening, span.start..span.start);
        self.text("text", text, given, origin)?;
        self.put("}", span.end..span.end);
        self.put(r"\\ ", span.end..span.end);
        self.start_cell();
        Ok(given.end)
    }

    /// Whether nothing stands yet in a row of an aligned equation.
    fn is_at_row(&self) -> bool {
        let Some(Level::Environment(open)) = self.levels.last() else { return false };
        let is_aligned = ["{align", "{gather"].iter().any(|begin| open.environment.begin.contains(begin));
        let before = self.out.text().get(open.start..).unwrap_or_default().trim_end();
        is_aligned && (before == open.environment.begin || before.ends_with(r"\\"))
    }
}
