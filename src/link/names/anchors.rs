//! The places in an essay, and the ids that other tools give to its headings.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

use super::destination::{Destination, decoded};
use super::explain::Lost;
use super::{Names, Origin};
use crate::diagnostic::suggest::Known;
use crate::link::{EssayId, Target};
use crate::parse::Essay;
use crate::parse::slug::slug;

/// The start of the ids that the theme's own HTML has, which no essay knows of.
const THEME_ID: &str = "page:";

impl Names {
    /// Query and fragment of `destination`, if essay `id` has the place that they name. The top of a page is always there; a
    /// heading may go by the id that another tool gives it.
    pub(super) fn suffix(
        &self,
        essays: &[Arc<Essay>],
        id: EssayId,
        destination: Destination<'_>,
        origin: Origin<'_>,
    ) -> Result<String, Lost> {
        let as_written = || Ok(destination.suffix.to_owned());
        let fragment = destination.fragment();
        let is_of_theme = origin.folder.is_none() && fragment.starts_with(THEME_ID);
        if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || is_of_theme {
            return as_written();
        }
        let essay = &essays[id.index()];
        if essay.source.is_damaged {
            return as_written();
        }
        let anchor = decoded(fragment);
        let many = self.many_anchors.get(&id);
        let has = |anchor: &str| match many {
            Some(anchors) => anchors.all.contains(anchor),
            None => anchors(essay).any(|known| **known == *anchor),
        };
        if has(&anchor) || has(fragment) {
            return as_written();
        }
        // Obsidian marks the names of blocks.
        let block = anchor.strip_prefix('^').map(slug).filter(|block| has(block));
        let ours =
            block.or_else(|| self.with_places(id, essay, |places| places.of_other_tools(&anchor).map(str::to_owned)));
        let query = destination.suffix.split('#').next().unwrap_or_default();
        ours.map(|ours| format!("{query}#{ours}")).ok_or(Lost::Anchor(id))
    }

    /// What `ask` finds in `essay`, which is `id`.
    pub(super) fn with_places<T>(&self, id: EssayId, essay: &Essay, ask: impl FnOnce(&Places) -> T) -> T {
        match self.many_anchors.get(&id).and_then(|_| self.index().places(id)) {
            Some(places) => ask(places),
            None => ask(&Places::new(&Anchors::of(essay))),
        }
    }

    /// The place of the only label `id` of the site: MyST lets an essay name one of another without saying which.
    pub(super) fn labelled(&self, id: &str) -> Option<Target> {
        let essay = (*self.labels.get(id)?)?;
        Some(Target::Essay { id: essay, suffix: format!("#{id}") })
    }
}

/// The anchors of `essay`, that of the heading which opens it among them.
fn anchors(essay: &Essay) -> impl Iterator<Item = &Arc<str>> {
    essay.anchors.iter().chain(essay.heading.iter().map(|heading| &heading.id))
}

/// The anchors of an essay, to be looked up.
#[derive(Debug)]
pub(super) struct Anchors {
    all: HashSet<Arc<str>>,
    /// Those of headings, in the order of the text.
    headings: Vec<Arc<str>>,
}

impl Anchors {
    /// Those of `essay`.
    pub fn of(essay: &Essay) -> Self {
        let headings = essay.heading.iter().chain(&essay.headings).map(|heading| Arc::clone(&heading.id)).collect();
        Self { all: anchors(essay).cloned().collect(), headings }
    }
}

/// The anchors of an essay by what may be written for them.
#[derive(Debug)]
pub(super) struct Places {
    known: Known<Arc<str>>,
    /// The headings by their ids as other tools make them, in the order in which these count; `None` for what several would have.
    of_other_tools: [HashMap<String, Option<Arc<str>>>; 3],
}

/// What makes the ids of other tools of ours: see [`Places::of_other_tools`].
const OTHER_TOOLS: [fn(&str) -> String; 3] = [plain, from_letter, unhyphened];

impl Places {
    /// The places at `anchors`.
    pub fn new(anchors: &Anchors) -> Self {
        let of_other_tools = OTHER_TOOLS.map(|name| {
            let mut ids: HashMap<String, Option<Arc<str>>> = HashMap::new();
            for id in &anchors.headings {
                ids.entry(name(id)).and_modify(|known| *known = None).or_insert_with(|| Some(Arc::clone(id)));
            }
            ids
        });
        Self { known: Known::new(anchors.all.iter().cloned()), of_other_tools }
    }

    /// The anchor that is most like `anchor`, if one is alike enough to be meant.
    pub fn nearest(&self, anchor: &str) -> Option<&str> {
        self.known.nearest(anchor).map(|nearest| &**nearest)
    }

    /// The id of the heading that is called `anchor` by Python-Markdown (`_1` for a second one, hyphens once, no accents), by
    /// Pandoc or kramdown (nothing before the first letter), by what makes a hyphen of a dot or an underscore (VuePress, GitBook,
    /// Blackfriday), or by Hexo and Jupyter (capitals and punctuation stay). `None` if there is none, or more than one.
    fn of_other_tools(&self, anchor: &str) -> Option<&str> {
        self.called(anchor).or_else(|| self.called(&anchor.to_lowercase()))
    }

    fn called(&self, anchor: &str) -> Option<&str> {
        let (plain, unhyphened) = (plain(anchor), unhyphened(anchor));
        let wanted = [&plain, &plain, &unhyphened];
        let mut ids = self.of_other_tools.iter().zip(wanted).filter(|(_, wanted)| !wanted.is_empty());
        ids.find_map(|(ids, wanted)| ids.get(wanted)?.as_deref())
    }
}

/// `id` as Python-Markdown would have it.
fn plain(id: &str) -> String {
    let (start, number) = match id.rsplit_once('_') {
        Some((start, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            (start, number)
        }
        _ => (id, ""),
    };
    let mut plain = String::with_capacity(id.len());
    for letter in start.nfkd().chain("-".chars()).chain(number.chars()) {
        match letter {
            '-' if plain.is_empty() || plain.ends_with('-') => {}
            '-' | '_' => plain.push(letter),
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

/// The same from its first letter on.
fn from_letter(id: &str) -> String {
    plain(id.trim_start_matches(|letter: char| !letter.is_alphabetic()))
}

/// The letters and digits of `id`.
fn unhyphened(id: &str) -> String {
    id.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Anchors, Places};
    use crate::link::testing::essay;
    use crate::parse::{Heading, Inline};

    #[test]
    fn headings_are_found_by_the_ids_of_other_tools() {
        let mut essay = essay("a.md", "");
        let ids = [
            "configassets_paths",
            "é1",
            "sub--and-superscripts",
            "émigré-naïve",
            "note",
            "note-1",
            "-launch",
            "2-results",
            "a--b",
            "a-b",
            "lorem",
        ];
        essay.headings = ids
            .iter()
            .map(|id| Heading { level: 2, id: (*id).into(), title: Inline::default(), is_listed: true })
            .collect();
        let places = Places::new(&Anchors::of(&essay));
        let check =
            |anchor: &str, expected: Option<&str>| assert_eq!(places.of_other_tools(anchor), expected, "{anchor}");
        check("sub-and-superscripts", Some("sub--and-superscripts"));
        check("emigre-naive", Some("émigré-naïve"));
        check("note_1", Some("note-1"));
        check("launch", Some("-launch"));
        check("results", Some("2-results"));
        check("config-assets-paths", Some("configassets_paths"));
        check("_2-results", Some("2-results"));
        check("é-1", Some("é1"));
        check("a---b", None);
        check("1-results", None);
        check("Lorem", Some("lorem"));
        check("Config.Assets", None);
        check("", None);
        check("😀", None);
    }

    #[test]
    fn headings_of_notebooks_are_found_by_the_ids_of_jupyter() {
        let mut essay = essay("a.ipynb", "");
        let ids = ["1-linear-state-space-model-car-tracking", "whats-new"];
        essay.headings = ids
            .iter()
            .map(|id| Heading { level: 2, id: (*id).into(), title: Inline::default(), is_listed: true })
            .collect();
        let places = Places::new(&Anchors::of(&essay));
        assert_eq!(places.of_other_tools("1.-Linear-State-Space-Model:-Car-Tracking"), Some(ids[0]));
        assert_eq!(places.of_other_tools("What's-new?"), Some(ids[1]));
        assert_eq!(places.of_other_tools("What-is-new?"), None);
    }
}
