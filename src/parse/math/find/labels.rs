//! How MyST and Quarto label equations and refer to them: `{math}`, `{eq}`, `$$ … $$ {#eq-loss}`, `@eq-loss`.

use std::ops::Range;

use super::super::Kind;
use super::{MathSpan, Scanner};

/// The roles of MyST that are mathematics.
pub(super) const ROLES: [(&str, Kind); 2] = [("{math}", Kind::Inline), ("{eq}", Kind::EquationReference)];

impl Scanner<'_> {
    /// Takes the backticks here with the role before them, if it is one of mathematics.
    pub(super) fn role(&mut self) -> Option<()> {
        let before = &self.text[self.line.content..self.at];
        let (name, kind) = ROLES.into_iter().find(|(name, _)| before.ends_with(name))?;
        let is_of_reference = self.found.formulas.last().is_some_and(|last| last.range.end > self.at - name.len());
        if is_of_reference {
            return None;
        }
        let end = self.code_span_end(self.at)?;
        let (start, run) =
            (self.at - name.len(), self.text[self.at..].bytes().take_while(|byte| *byte == b'`').count());
        self.push(start..end, self.at + run..end - run, kind);
        Some(())
    }

    /// Gives the displayed formula that was found last, and ends here, the label that follows: `{#eq-loss}` or `(eq:loss)`.
    pub(super) fn label(&mut self) {
        let rest = self.text[self.at..].split('\n').next().unwrap_or_default().trim_end();
        let written = rest.trim_start();
        let quarto = written.strip_prefix("{#eq-").and_then(|rest| rest.split_once('}')).map(|(label, after)| {
            let attributes = label.find(char::is_whitespace).unwrap_or(label.len());
            ("{#".len(), "eq-".len() + attributes, written.len() - after.len())
        });
        let myst = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).filter(|label| is_label(label));
        let Some((before, length, whole)) = quarto.or(myst.map(|label| (1, label.len(), written.len()))) else {
            return;
        };
        let start = self.at + rest.len() - written.len();
        if let Some(found) = self.found.formulas.last_mut() {
            found.label = Some(start + before..start + before + length);
            found.range.end = start + whole;
            self.at = start + whole;
        }
    }
}

/// Whether `name` is the label of an equation, and no remark in parentheses.
fn is_label(name: &str) -> bool {
    let is_of_label = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(is_of_label)
        && name.contains(|letter: char| !letter.is_ascii_alphabetic())
}

/// The options that a directive of MyST begins with, of which its label is kept: where its TeX begins, and the label.
pub(super) fn options(text: &str, inner: &Range<usize>) -> (usize, Option<Range<usize>>) {
    let (mut at, mut label) = (inner.start, None);
    for line in text[inner.clone()].split_inclusive('\n') {
        let option = line.trim_start_matches([' ', '\t', '>']).strip_prefix(':').and_then(|line| line.split_once(':'));
        let Some((name, value)) = option else { break };
        let start = at + line.len() - value.trim_start().len();
        if matches!(name, "label" | "name") && !value.trim().is_empty() {
            label = Some(start..start + value.trim().len());
        }
        at += line.len();
    }
    (at, label)
}

/// Adds the references of Quarto, `@eq-loss`, where a formula of `text` has such a label.
pub(super) fn references(text: &str, formulas: &mut Vec<MathSpan>) {
    let is_quartos = |span: &MathSpan| span.label.as_ref().is_some_and(|label| text[label.clone()].starts_with("eq-"));
    if !formulas.iter().any(is_quartos) {
        return;
    }
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), b"@eq-") {
        let is_of_label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let inner = at + 1..at + 1 + text.as_bytes()[at + 1..].iter().take_while(|byte| is_of_label(byte)).count();
        let before = text[..at].trim_end_matches('-');
        let in_brackets = before.ends_with('[') && text[inner.end..].starts_with(']');
        let range = if in_brackets { before.len() - 1..inner.end + 1 } else { at..inner.end };
        let next = formulas.partition_point(|span| span.range.end <= range.start);
        let is_free = formulas.get(next).is_none_or(|span| span.range.start >= range.end);
        if is_free && !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '\\') {
            found.push(MathSpan::new(range, inner, Kind::EquationReference));
        }
    }
    formulas.append(&mut found);
    formulas.sort_by_key(|span| span.range.start);
}
