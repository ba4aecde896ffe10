//! Which essays are out.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Found};
use crate::parse::Essay;
use crate::read::Publication;

use super::names::Unpublished;

/// The essays, told apart by whether they are published.
#[derive(Debug)]
pub(super) struct Parted {
    /// Those that are out, by path.
    pub published: Vec<Arc<Essay>>,
    /// Those that wait, by path, each with the reason.
    pub waiting: Vec<(Arc<Essay>, Unpublished)>,
    /// What parsing found in those that are out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parts the essays. What was found in one that waits is nobody's business yet and is dropped.
pub(super) fn part(essays: &[Found<Arc<Essay>>], publication: Publication) -> Parted {
    let mut parted =
        Parted { published: Vec::with_capacity(essays.len()), waiting: Vec::new(), diagnostics: Vec::new() };
    for Found { value: essay, diagnostics } in essays {
        match reason(essay, publication) {
            Some(reason) => parted.waiting.push((Arc::clone(essay), reason)),
            None => {
                parted.published.push(Arc::clone(essay));
                parted.diagnostics.extend(diagnostics.iter().cloned());
            }
        }
    }
    parted
}

/// Why `essay` waits, if it does.
fn reason(essay: &Essay, publication: Publication) -> Option<Unpublished> {
    if essay.header.draft && !publication.drafts {
        return Some(Unpublished::Draft);
    }
    let day = essay.header.date?.day;
    (day > publication.today && !publication.future).then_some(Unpublished::Future(day))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::link::testing::{date, essay, publication, with_header};

    #[test]
    fn drafts_and_the_future_wait_unless_asked_for() {
        let check = |publication: Publication, expected: &[&str]| {
            let essays = vec![
                essay("a.md", ""),
                with_header(essay("b.md", ""), |header| header.draft = true),
                with_header(essay("c.md", ""), |header| header.date = Some(date("2024-06-15"))),
                with_header(essay("d.md", ""), |header| header.date = Some(date("2024-06-16"))),
            ];
            let found = essays.into_iter().map(|value| {
                let diagnostics =
                    vec![Diagnostic::new(crate::diagnostic::Kind::EmptyEssay, value.source.path.as_str())];
                Found { value: Arc::new(value), diagnostics }
            });
            let parted = part(&found.collect::<Vec<_>>(), publication);
            let paths: Vec<&str> = parted.published.iter().map(|essay| essay.source.path.as_str()).collect();
            let reported: Vec<&str> = parted.diagnostics.iter().map(|found| found.message.as_str()).collect();
            assert_eq!((paths.as_slice(), reported.as_slice()), (expected, expected));
        };
        check(publication(), &["a.md", "c.md"]);
        check(Publication { drafts: true, ..publication() }, &["a.md", "b.md", "c.md"]);
        check(Publication { future: true, ..publication() }, &["a.md", "c.md", "d.md"]);
    }
}
