//! Every reference of the essays and of the configuration, resolved.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::parse::{Essay, Role};
use crate::read::{Config, MathFont, SitePath};

use super::names::{Names, Origin};
use super::report::{Written, WrittenIn, report};
use super::site::Target;
use crate::link::address::Addressed;

/// Essays that one thread resolves in a row; fewer are not worth handing over.
const ESSAYS_IN_A_ROW: usize = 64;

/// Where every reference of every essay leads: `targets[id][n]` is that of `essays[id].references[n]`.
pub(super) fn resolve(
    essays: &[Arc<Essay>],
    addressed: &[Addressed],
    names: &Names,
) -> (Vec<Vec<Target>>, Vec<Diagnostic>) {
    let resolved: Vec<(Vec<Target>, Vec<Diagnostic>)> = essays
        .par_iter()
        .zip(addressed)
        .with_min_len(ESSAYS_IN_A_ROW)
        .map(|(essay, addressed)| resolve_essay(essay, &addressed.address, essays, names))
        .collect();
    let mut diagnostics = Vec::new();
    let targets = resolved.into_iter().map(|(targets, found)| {
        diagnostics.extend(found);
        targets
    });
    (targets.collect(), diagnostics)
}

fn resolve_essay(
    essay: &Essay,
    page: &SitePath,
    essays: &[Arc<Essay>],
    names: &Names,
) -> (Vec<Target>, Vec<Diagnostic>) {
    let origin = Origin { folder: Some(essay.source.path.folder()), page };
    let mut diagnostics = Vec::new();
    let targets = essay.references.iter().map(|reference| {
        let resolved = match reference.role {
            Role::Name => Ok(names.resolve_name(essays, origin, &reference.destination).unwrap_or(Target::AsWritten)),
            Role::NamedResource => names.resolve_file_name(essays, origin, &reference.destination),
            Role::Link | Role::Resource | Role::HeaderImage => names.resolve(essays, origin, &reference.destination),
        };
        resolved.unwrap_or_else(|miss| {
            let written = Written {
                file: WrittenIn::Essay(&essay.source),
                span: reference.span.clone(),
                destination: &reference.destination,
                role: reference.role,
            };
            diagnostics.push(report(&miss, &written));
            Target::AsWritten
        })
    });
    (targets.collect(), diagnostics)
}

/// Where the links of the navigation lead, seen from the top of the site, in order.
pub(super) fn resolve_navigation(
    config: &Config,
    essays: &[Arc<Essay>],
    names: &Names,
) -> (Vec<Target>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let targets = config.navigation.iter().map(|link| {
        let (target, found) = resolve_setting((&link.link, &link.span), Role::Link, config, essays, names);
        diagnostics.extend(found);
        target
    });
    (targets.collect(), diagnostics)
}

/// The font of mathematics, where the configuration names a file.
pub(super) fn resolve_math_font(
    config: &Config,
    essays: &[Arc<Essay>],
    names: &Names,
) -> (Option<Target>, Option<Diagnostic>) {
    let MathFont::File { link, span } = &config.math_font else { return (None, None) };
    let (target, found) = resolve_setting((link, span), Role::Resource, config, essays, names);
    (Some(target), found)
}

/// Where a destination of the configuration leads, seen from the top of the site.
fn resolve_setting(
    (destination, span): (&str, &Range<usize>),
    role: Role,
    config: &Config,
    essays: &[Arc<Essay>],
    names: &Names,
) -> (Target, Option<Diagnostic>) {
    let Some(page) = SitePath::new("index.html") else { return (Target::AsWritten, None) };
    match names.resolve(essays, Origin { folder: Some(""), page: &page }, destination) {
        Ok(target) => (target, None),
        Err(miss) => {
            let file = WrittenIn::Configuration(config);
            (Target::AsWritten, Some(report(&miss, &Written { file, span: span.clone(), destination, role })))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::link::Surroundings;
    use crate::link::testing::{assets, date, essay, linked_in, shown, surroundings, with_header};
    use crate::parse::Essay;
    use crate::read::{Config, NavigationLink};

    /// The site that the essay `a/b.md` with text `text` is linked in.
    fn surrounding_essays(text: &str) -> Vec<Essay> {
        vec![
            essay("a/b.md", text),
            essay("a/lenses.md", "{#focusing} {#light}"),
            essay("c/Mirror.md", ""),
            essay("c/glass.md", ""),
            essay("c/two words.md", ""),
            with_header(essay("a/draft.md", ""), |header| header.draft = true),
            with_header(essay("a/later.md", ""), |header| header.date = Some(date("2024-12-24"))),
        ]
    }

    fn check(text: &str, expected: &str) {
        let surroundings = Surroundings { assets: assets(&["a/img/x.png"]), ..surroundings(Config::default()) };
        assert_eq!(shown(&linked_in(surrounding_essays(text), surroundings).diagnostics), expected);
    }

    #[test]
    fn links_that_lead_somewhere_are_no_mistakes() {
        check(
            "[](lenses.md#light) [](/c/glass.md?x) [](../c/two%20words.md) ![](img/x.png) [](lenses.html#focusing) [](#top)",
            "",
        );
    }

    #[test]
    fn a_link_that_leads_nowhere_is_marked_without_its_anchor() {
        check(
            "See\n[the lens](lens.md#focus) for",
            "broken-link: no essay at `lens.md`
  content/a/b.md:2:12 `lens.md` nothing at content/a/lens.md
  = did you mean `lenses.md`?
",
        );
        check(
            "[x](glass.md) [x](../c/two%20word.md)",
            "broken-link: no essay at `glass.md`
  content/a/b.md:1:5 `glass.md` nothing at content/a/glass.md
  = did you mean `../c/glass.md`?
broken-link: no essay at `../c/two%20word.md`
  content/a/b.md:1:19 `../c/two%20word.md` nothing at content/c/two word.md
  = did you mean `../c/two%20words.md`?
",
        );
        check(
            "[x](nowhere/)",
            "broken-link: nothing at `nowhere/`
  content/a/b.md:1:5 `nowhere/` nothing at content/a/nowhere/
",
        );
        check(
            "[x](@/a/lense.md) [x]({filename}/d/lenses.md)",
            "broken-link: no essay at `@/a/lense.md`
  content/a/b.md:1:5 `@/a/lense.md` nothing at content/a/lense.md
  = did you mean `@/a/lenses.md`?
broken-link: no essay at `{filename}/d/lenses.md`
  content/a/b.md:1:23 `{filename}/d/lenses.md` nothing at content/d/lenses.md
  = did you mean `{filename}/a/lenses.md`?
",
        );
    }

    #[test]
    fn a_link_without_a_destination_is_reported() {
        check(
            "[x]( ) ![x]()",
            "broken-link: a link without a destination
  content/a/b.md:1:5 ` ` it leads nowhere
  = write where it leads, or take the brackets away
missing-file: a picture or file without a path
  content/a/b.md:1:13 `` it shows nothing
  = write the path of the file, relative to the essay
",
        );
    }

    #[test]
    fn a_missing_anchor_is_marked_alone() {
        check(
            "[x](lenses.md#focus) [x](#there)",
            "missing-anchor: no heading or id `focus` in `lenses.md`
  content/a/b.md:1:15 `focus` no such heading or id
missing-anchor: no heading or id `there` in `b.md`
  content/a/b.md:1:27 `there` no such heading or id
",
        );
        check(
            "[x](lenses.md#focussing)",
            "missing-anchor: no heading or id `focussing` in `lenses.md`
  content/a/b.md:1:15 `focussing` no such heading or id
  = did you mean `focusing`?
",
        );
    }

    #[test]
    fn a_missing_picture_is_a_missing_file() {
        check(
            "![x](img/y.png) ![x](lenses.png)",
            "missing-file: no file at `img/y.png`
  content/a/b.md:1:6 `img/y.png` nothing at content/a/img/y.png
  = did you mean `img/x.png`?
missing-file: no file at `lenses.png`
  content/a/b.md:1:22 `lenses.png` nothing at content/a/lenses.png
",
        );
    }

    #[test]
    fn what_lacks_its_scheme_is_told_which() {
        check(
            "[x](a@example.org) [x](www.example.org/b.md)",
            "broken-link: nothing at `a@example.org`
  content/a/b.md:1:5 `a@example.org` nothing at content/a/a@example.org
  = to lead out of the site, write `mailto:a@example.org`
broken-link: no essay at `www.example.org/b.md`
  content/a/b.md:1:24 `www.example.org/b.md` nothing at content/a/www.example.org/b.md
  = to lead out of the site, write `https://www.example.org/b.md`
",
        );
    }

    #[test]
    fn letter_case_counts() {
        check(
            "[x](../c/mirror.md#x) [x](/C/mirror.html)",
            "wrong-case: `../c/mirror.md` is spelt `../c/Mirror.md`
  content/a/b.md:1:5 `../c/mirror.md` upper and lower case differ
  = write `../c/Mirror.md`: many hosts tell upper from lower case
wrong-case: `/C/mirror.html` is spelt `/c/Mirror.html`
  content/a/b.md:1:27 `/C/mirror.html` upper and lower case differ
  = write `/c/Mirror.html`: many hosts tell upper from lower case
",
        );
    }

    #[test]
    fn a_way_out_of_the_content_is_closed() {
        check(
            "[x](../../README.md)",
            "outside-content: `../../README.md` leads out of content/
  content/a/b.md:1:5 `../../README.md` above the top of content/
  = only what is in content/ is part of the site: move the file there, or link to its address on the web
  = if it is there where the site is published, write `levels: {outside-content: warn}` in essai.yaml
",
        );
    }

    #[test]
    fn a_template_that_says_nothing_is_not_run() {
        check(
            "[x]({{ page.url }}) ![x]({{ page.image }})",
            "broken-link: nothing at `{{ page.url }}`
  content/a/b.md:1:5 `{{ page.url }}` a template of another tool
  = templates are not run in essays: write where it leads
missing-file: no file at `{{ page.image }}`
  content/a/b.md:1:26 `{{ page.image }}` a template of another tool
  = templates are not run in essays: write where it leads
",
        );
    }

    #[test]
    fn links_to_what_waits_are_reported() {
        check(
            "[x](draft.md#x) [x](later.html)",
            "link-to-unpublished: `draft.md` is a draft
  content/a/b.md:1:5 `draft.md` not part of the site yet
  = publish the draft, or take the link away until then; `--drafts` builds drafts too
link-to-unpublished: `later.html` is dated 2024-12-24, in the future
  content/a/b.md:1:21 `later.html` not part of the site yet
  = take the link away until then; `--future` builds essays of the future too
",
        );
    }

    #[test]
    fn the_navigation_is_checked_too() {
        let text = "navigation:\n- About: abuot.md\n";
        let link = |link: &str, span| NavigationLink { title: String::new(), link: link.to_owned(), span };
        let config = Config {
            text: text.to_owned(),
            navigation: vec![link("abuot.md", 21..29), link("https://example.org/", 0..0), link("keywords/", 0..0)],
            ..Config::default()
        };
        let about = with_header(essay("about.md", ""), |header| header.keywords = vec!["x".to_owned()]);
        let found = linked_in(vec![about], surroundings(config));
        assert_eq!(
            shown(&found.diagnostics),
            "broken-link: no essay at `abuot.md`
  essai.yaml:2:10 `abuot.md` nothing at content/abuot.md
  = did you mean `about.md`?
"
        );
    }
}
