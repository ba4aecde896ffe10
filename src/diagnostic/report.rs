//! The mistakes of a whole run, as they are reported: levelled, sorted, each once.

use super::{Diagnostic, Level, Levels};

/// The mistakes of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Each mistake with its level, which is never [`Level::Off`], in the order of [`Diagnostic::order`].
    pub entries: Vec<(Level, Diagnostic)>,
}

impl Report {
    /// The report of `diagnostics`: those that `levels` turns off are left out, and of equal ones all but one.
    pub fn new(mut diagnostics: Vec<Diagnostic>, levels: &Levels) -> Self {
        diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        diagnostics.dedup();
        let levelled = diagnostics.into_iter().map(|diagnostic| (levels.of(diagnostic.kind), diagnostic));
        Self { entries: levelled.filter(|(level, _)| *level != Level::Off).collect() }
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.entries.iter().filter(|(level, _)| *level == Level::Error).count()
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.entries.len() - self.errors()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Kind, Place};

    #[test]
    fn a_report_is_sorted_and_holds_each_mistake_once() {
        let at = |kind, path, line| {
            let place = Place { line, ..Place::file(path) };
            Diagnostic::new(kind, "m").at(place)
        };
        let mut levels = Levels::default();
        levels.0.insert(Kind::EmptyEssay, Level::Off);
        let report = Report::new(
            vec![
                Diagnostic::new(Kind::Unwritable, "m"),
                at(Kind::BrokenLink, "b.md", 1),
                at(Kind::EmptyEssay, "b.md", 1),
                at(Kind::UnusedFootnote, "a.md", 10),
                at(Kind::BrokenLink, "a.md", 9),
                at(Kind::BrokenLink, "b.md", 1),
            ],
            &levels,
        );
        let expected = vec![
            (Level::Error, at(Kind::BrokenLink, "a.md", 9)),
            (Level::Warn, at(Kind::UnusedFootnote, "a.md", 10)),
            (Level::Error, at(Kind::BrokenLink, "b.md", 1)),
            (Level::Error, Diagnostic::new(Kind::Unwritable, "m")),
        ];
        assert_eq!(report.entries, expected);
        assert_eq!((report.errors(), report.warnings()), (3, 1));
    }

    #[test]
    fn strict_levels_have_no_warnings() {
        let report = Report::new(vec![Diagnostic::new(Kind::UnusedFootnote, "m")], &Levels::default().strict());
        assert_eq!((report.errors(), report.warnings()), (1, 0));
    }

    #[test]
    fn mistakes_of_the_disk_cannot_be_turned_off() {
        let mut levels = Levels::default();
        levels.0.insert(Kind::Unwritable, Level::Off);
        assert_eq!(levels.of(Kind::Unwritable), Level::Error);
    }
}
