//! Whether essays that were changed are linked as they were.

use std::sync::Arc;

use crate::parse::{AddressRule, Essay, Header, Located, Reference};

use super::mathematics;
use super::names::Unpublished;
use super::variants;
use super::{Site, Surroundings};

/// Whether the graph of `before` is that of `essays` too: of each essay, all that linking looks at is the same.
pub(super) fn is_same(
    before: &Site,
    essays: &[Arc<Essay>],
    waiting: &[(Arc<Essay>, Unpublished)],
    around: &Surroundings,
) -> bool {
    let is_same_essay = |old: &Arc<Essay>, new: &Arc<Essay>| Arc::ptr_eq(old, new) || is_linked_alike(before, old, new);
    essays.len() == before.essays.len()
        && waiting.len() == before.graph.waiting.len()
        && *around == before.graph.around
        && before.essays.iter().zip(essays).all(|(old, new)| is_same_essay(old, new))
        && before.graph.waiting.iter().zip(waiting).all(|(old, (new, _))| is_same_essay(old, new))
}

/// Whether linking sees no difference between two essays. Text and spans matter only where a mistake shows them.
fn is_linked_alike(before: &Site, old: &Essay, new: &Essay) -> bool {
    let heading = |essay: &Essay| essay.heading.as_ref().map(|heading| heading.id.clone());
    old.source.path == new.source.path
        && old.source.is_damaged == new.source.is_damaged
        && relevant(&old.header) == relevant(&new.header)
        && (old.title == new.title || !(may_name_series(before, old) || is_addressed_by_title(old)))
        && heading(old) == heading(new)
        && old.anchors == new.anchors
        && old.headings.iter().map(|heading| &heading.id).eq(new.headings.iter().map(|heading| &heading.id))
        && old.labels == new.labels
        && old.made_files.len() == new.made_files.len()
        && old.made_files.iter().zip(&new.made_files).all(|(old, new)| old.path == new.path && old.size == new.size)
        && old.references.len() == new.references.len()
        && old.references.iter().zip(&new.references).all(|(old, new)| is_same_reference(old, new))
        && variants::shown(old).eq(variants::shown(new))
        && old.has_mathematics == new.has_mathematics
        && mathematics::of_essay(old) == mathematics::of_essay(new)
        && !is_mentioned(before, old)
}

/// `header` without what linking never looks at.
fn relevant(header: &Header) -> Header {
    let Header { title, description, authors, language, toc, extra, .. } = Header::default();
    Header { title, description, authors, language, toc, extra, ..header.clone() }
}

/// Whether the title of `essay` stands in its address. Nothing else that linking finds depends on titles but the names of series.
fn is_addressed_by_title(essay: &Essay) -> bool {
    matches!(&essay.header.address, Some(Located { value: AddressRule::Url(url), .. }) if url.contains(":title"))
}

/// Whether the title of `essay` may be the name of a series.
fn may_name_series(before: &Site, essay: &Essay) -> bool {
    let path = &essay.source.path;
    let is_part = before.essay_at(path).is_some_and(|id| before.graph.parts[id.index()].is_some());
    is_part || path.as_str() == "SUMMARY.md"
}

/// Whether two references are the same, wherever they stand.
fn is_same_reference(old: &Reference, new: &Reference) -> bool {
    old.role == new.role && old.destination == new.destination && old.sentence == new.sentence
}

/// Whether a mistake that linking found shows a place in `essay`.
fn is_mentioned(before: &Site, essay: &Essay) -> bool {
    let shown = &*essay.source.shown;
    before.graph.mistakes.iter().any(|mistake| {
        let mut places = mistake.place.iter().chain(&mistake.related);
        places.any(|place| place.path.starts_with(shown))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Found;
    use crate::link::link;
    use crate::link::testing::{essay, surroundings};
    use crate::parse::{Heading, Inline};
    use crate::read::Config;

    /// Where an essay of this header address and title goes, linked after one of the title "old".
    fn address(url: Option<&str>, title: &str) -> String {
        let titled = |title: &str| {
            let mut essay = essay("a.md", "");
            essay.title = Inline::new(title.to_owned(), title.to_owned());
            essay.header.address = url.map(|url| Located { value: AddressRule::Url(url.to_owned()), span: 0..0 });
            [Found::from(Arc::new(essay))]
        };
        let before = link(&titled("old"), surroundings(Config::default()), None).value;
        let now = link(&titled(title), surroundings(Config::default()), Some(&before)).value;
        now.addresses[0].to_string()
    }

    #[test]
    fn a_link_by_the_id_of_another_tool_needs_a_heading() {
        let linked = |headings: &[&str], before: Option<&Site>| {
            let mut essay = essay("a.md", "{#a-b} [x](#a_b)");
            let heading = |id: &&str| Heading { level: 2, id: (*id).into(), title: Inline::default(), is_listed: true };
            essay.headings = headings.iter().map(heading).collect();
            link(&[Found::from(Arc::new(essay))], surroundings(Config::default()), before)
        };
        let before = linked(&["a-b"], None);
        assert_eq!((before.diagnostics.len(), linked(&[], Some(&before.value)).diagnostics.len()), (0, 1));
    }

    #[test]
    fn an_address_follows_the_title_that_stands_in_it() {
        assert_eq!(address(None, "new"), "a.html");
        assert_eq!(address(Some("/u/:title.html"), "new"), "u/new.html");
    }
}
