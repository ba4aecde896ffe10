//! The places in an essay, and the ids that other tools give to its headings.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::destination::{Destination, decoded};
use super::{MANY_ANCHORS, Miss, Names, Origin};
use crate::diagnostic::suggest;
use crate::link::{EssayId, Target};
use crate::parse::Essay;

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
    ) -> Result<String, Miss> {
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
        let has = |anchor: &str| match self.many_anchors.get(&id) {
            Some(anchors) if essay.anchors.len() > MANY_ANCHORS => anchors.contains(anchor),
            _ => essay.anchors.iter().any(|known| **known == *anchor),
        };
        let heading = essay.heading.as_ref().map(|heading| &*heading.id);
        if heading == Some(&anchor) || has(&anchor) || has(fragment) {
            return as_written();
        }
        if let Some(id) = of_other_tools(essay, &anchor) {
            let query = destination.suffix.split('#').next().unwrap_or_default();
            return Ok(format!("{query}#{id}"));
        }
        let page = if destination.path.is_empty() { essay.source.path.name() } else { destination.path };
        let anchors = essay.anchors.iter().map(|anchor| &**anchor).chain(heading);
        let nearest = suggest::nearest(&anchor, anchors).map(str::to_owned);
        Err(Miss::Anchor { anchor: anchor.into_owned(), page: page.to_owned(), nearest })
    }

    /// The place of the only label `id` of the site: MyST lets an essay name one of another without saying which.
    pub(super) fn labelled(&self, id: &str) -> Option<Target> {
        let essay = (*self.labels.get(id)?)?;
        Some(Target::Essay { id: essay, suffix: format!("#{id}") })
    }
}

/// The id of the heading of `essay` that is called `anchor` by Python-Markdown (`_1` for a second one, hyphens once, no
/// accents), by Pandoc or kramdown (nothing before the first letter), by what makes a hyphen of a dot or an underscore (VuePress,
/// GitBook, Blackfriday), or by Hexo and Jupyter (capitals and punctuation stay). `None` if there is none, or more than one.
fn of_other_tools<'a>(essay: &'a Essay, anchor: &str) -> Option<&'a str> {
    called(essay, anchor).or_else(|| called(essay, &anchor.to_lowercase()))
}

fn called<'a>(essay: &'a Essay, anchor: &str) -> Option<&'a str> {
    let ids = || essay.heading.iter().chain(&essay.headings).map(|heading| &*heading.id);
    let only = |name: fn(&str) -> String, wanted: &str| {
        let mut found = ids().filter(|id| name(id) == wanted);
        found.next().filter(|_| found.next().is_none())
    };
    let wanted = plain(anchor);
    let own = || if wanted.is_empty() { None } else { only(plain, &wanted).or_else(|| only(from_letter, &wanted)) };
    own().or_else(|| Some(unhyphened(anchor)).filter(|wanted| !wanted.is_empty()).and_then(|it| only(unhyphened, &it)))
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
    use super::of_other_tools;
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
        essay.headings =
            ids.iter().map(|id| Heading { level: 2, id: (*id).into(), title: Inline::default() }).collect();
        let check =
            |anchor: &str, expected: Option<&str>| assert_eq!(of_other_tools(&essay, anchor), expected, "{anchor}");
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
        essay.headings =
            ids.iter().map(|id| Heading { level: 2, id: (*id).into(), title: Inline::default() }).collect();
        assert_eq!(of_other_tools(&essay, "1.-Linear-State-Space-Model:-Car-Tracking"), Some(ids[0]));
        assert_eq!(of_other_tools(&essay, "What's-new?"), Some(ids[1]));
        assert_eq!(of_other_tools(&essay, "What-is-new?"), None);
    }
}
