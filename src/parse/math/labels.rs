//! The labels of equations.

use std::collections::BTreeMap;
use std::ops::Range;

/// The label of an equation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As its author wrote it: `eqn:loss`.
    pub name: String,
    /// The id of the equation, unescaped: the name, with hyphens for white space.
    pub id: String,
    /// What is printed beside the equation, without parentheses; `None` if nothing is.
    pub number: Option<String>,
    /// The number of the formula that it is in.
    pub formula: usize,
    /// Bytes of the text that hold the name.
    pub span: Range<usize>,
}

/// The labels of a text, in order of place, each name once. An essay may have thousands, and as many references to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    all: Vec<Label>,
    /// Positions in `all`, by name.
    positions: BTreeMap<String, usize>,
}

impl Labels {
    /// Adds `label`, which stands behind all the others and whose name none of them has.
    pub(super) fn add(&mut self, label: Label) {
        self.positions.insert(label.name.clone(), self.all.len());
        self.all.push(label);
    }

    /// All of them.
    pub fn all(&self) -> &[Label] {
        &self.all
    }

    /// The one that is called `name`.
    pub fn named(&self, name: &str) -> Option<&Label> {
        self.all.get(*self.positions.get(name)?)
    }

    /// Those in formula `number`.
    pub fn of(&self, number: usize) -> &[Label] {
        let start = self.all.partition_point(|label| label.formula < number);
        let end = start + self.all[start..].partition_point(|label| label.formula == number);
        &self.all[start..end]
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.positions.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, Labels};

    #[test]
    fn labels_are_found_by_name_and_by_formula() {
        let mut labels = Labels::default();
        for (name, formula) in [("z", 1), ("b", 1), ("a", 4)] {
            labels.add(Label { name: name.to_owned(), id: String::new(), number: None, formula, span: 0..0 });
        }
        let names = |labels: &[Label]| labels.iter().map(|label| label.name.clone()).collect::<String>();
        assert_eq!([0, 1, 2, 4, 5].map(|formula| names(labels.of(formula))), ["", "zb", "", "a", ""]);
        assert_eq!(labels.named("b").map(|label| label.formula), Some(1));
        assert_eq!((labels.named("c"), labels.names().collect::<String>().as_str()), (None, "abz"));
    }
}
