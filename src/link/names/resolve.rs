//! Where a destination leads.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::parse::Essay;
use crate::read::{SitePath, joined};

use super::destination::{Destination, is_external, names_folder};
use super::explain::Lost;
use super::foreign::{below_top, in_collection};
use super::{Named, Names, Origin, Resolved, Target};

/// What is at a path: a name, and the file of the output where that is not an essay.
struct Hit {
    named: Named,
    path: String,
}

impl Names {
    /// Where `destination`, written in `origin`, leads. `essays` are those of the same site.
    ///
    /// A path is first one of `content/`, then an address of the output. A place in an essay must be there; places in
    /// other files are not looked for. A destination of another site stays as written.
    ///
    /// # Errors
    /// Why it leads nowhere, with what might have been meant.
    pub fn resolve(&self, essays: &[Arc<Essay>], origin: Origin<'_>, destination: &str) -> Resolved {
        self.target(essays, origin, destination).map_err(|lost| self.explain(essays, origin, destination, lost))
    }

    /// The same; what might have been meant is not asked.
    pub(super) fn target(&self, essays: &[Arc<Essay>], origin: Origin<'_>, destination: &str) -> Result<Target, Lost> {
        let written = destination.trim();
        if written.is_empty() {
            return Err(Lost::Empty);
        }
        if is_external(written) {
            return Ok(Target::AsWritten);
        }
        let destination = Destination::new(written);
        if destination.path.is_empty() && destination.prefix.is_empty() {
            let Some(Named::Essay(id)) = self.addresses.get(origin.page.as_str()).filter(|_| origin.folder.is_some())
            else {
                return Ok(Target::SamePage(written.to_owned()));
            };
            let suffix = self.suffix(essays, *id, destination, origin).map(Target::SamePage);
            return suffix.or_else(|lost| self.labelled(destination.fragment()).ok_or(lost));
        }
        let path = destination.decoded_path();
        let hit = self.find(origin, &path).or_else(|| {
            // A file whose name holds what looks like percent-encoding.
            destination.path.contains('%').then(|| self.find(origin, destination.path)).flatten()
        });
        let hit = hit.or_else(|| self.find_composed(origin, &path));
        let hit = hit.or_else(|| self.find_as_folder(origin, &path));
        let hit = hit.or_else(|| self.find_foreign(origin, &path));
        let hit = hit.or_else(|| destination.is_by_name.then(|| self.find_named(origin, &path)).flatten());
        let hit = hit.or_else(|| self.find(origin, &destination.made_by_pelican()?));
        let suffix = destination.suffix.to_owned();
        match hit {
            Some(Hit { named: Named::Essay(id), .. }) => {
                Ok(Target::Essay { id, suffix: self.suffix(essays, id, destination, origin)? })
            }
            Some(Hit { named: Named::Unpublished(reason), .. }) => Err(Lost::Unpublished(reason)),
            Some(Hit { path, .. }) => {
                let known = self.addresses.get_key_value(path.as_str()).map(|(address, _)| address.clone());
                match known.or_else(|| SitePath::new(&path)) {
                    Some(address) => Ok(Target::File { address, suffix }),
                    None => Err(Lost::Outside),
                }
            }
            None => self.labelled(&path).ok_or(Lost::Nothing),
        }
    }

    /// Whether something stands at `address`, or an essay or file has this path in `content/`.
    pub fn has(&self, address: &SitePath) -> bool {
        let path = address.as_str();
        self.content.contains_key(path) || self.folders.contains_key(path) || self.addresses.contains_key(path)
    }

    /// What is at `path`, which is decoded.
    fn find(&self, origin: Origin<'_>, path: &str) -> Option<Hit> {
        let wants_folder = names_folder(path);
        let in_content = |path: String| self.in_content(path, wants_folder);
        let in_output = |path: String| self.in_output(path, wants_folder);
        let Some(path) = path.strip_prefix('/') else {
            let hit = origin.folder.and_then(|folder| in_content(joined(folder, path)?).ok());
            return hit.or_else(|| in_output(joined(origin.page.folder(), path)?));
        };
        let from_top = |path: &str| match in_content(joined("", path)?) {
            Ok(hit) => Some(hit),
            Err(path) => in_output(path),
        };
        from_top(path).or_else(|| {
            let rest = path.strip_prefix(self.base.as_str()).filter(|_| !self.base.is_empty())?;
            let is_whole_part = rest.is_empty() || rest.starts_with('/');
            is_whole_part.then(|| from_top(rest)).flatten()
        })
    }

    /// What is at `path` if letters with accents count as the same however they are encoded: one file system has them
    /// composed, another taken apart, and authors do not see which.
    fn find_composed(&self, origin: Origin<'_>, path: &str) -> Option<Hit> {
        if path.is_ascii() {
            return None;
        }
        let composed: String = path.nfc().collect();
        self.find(origin, &composed).or_else(|| {
            let folder = if path.starts_with('/') { "" } else { origin.folder? };
            let wanted: String = joined(folder, &composed)?.nfc().collect();
            self.in_content(self.decomposed.get(&wanted)?.clone(), names_folder(path)).ok()
        })
    }

    /// What is at `path` where every page is a folder, or has one of its name for its pictures, as Hexo has it: then it begins in the
    /// page's own. What it names as a folder may be beside the essay as well, whose page is elsewhere.
    fn find_as_folder(&self, origin: Origin<'_>, path: &str) -> Option<Hit> {
        let folder = origin.folder.filter(|_| !path.starts_with('/'))?;
        let own = || {
            let page = origin.page.as_str().strip_suffix(".html").filter(|page| !page.ends_with("index"))?;
            self.in_output(joined(page, path)?, names_folder(path))
        };
        let beside = || self.in_content(joined(folder, path.strip_suffix('/')?)? + ".md", false).ok();
        own().or_else(beside)
    }

    /// What other tools have at `path`: below a folder that stands for `content/`, where that has none of this name, below a
    /// collection of Jekyll, at the path of a file without the numbers in it, or at that of an essay without its ending, whatever
    /// its address is. MkDocs and GitHub follow `lens.md/` as well.
    fn find_foreign(&self, origin: Origin<'_>, path: &str) -> Option<Hit> {
        let path = path.strip_suffix('/').filter(|file| file.ends_with(".md")).unwrap_or(path);
        let has_folder = |folder: &str| self.index().has_folder(folder);
        let collected = in_collection(path).filter(|(folder, _)| has_folder(folder)).map(|(_, below)| below);
        let below_top = below_top(path).filter(|(top, _)| !has_folder(top)).map(|(_, rest)| format!("/{rest}"));
        let below = below_top.as_deref().unwrap_or(path);
        [collected.as_deref().unwrap_or(below), below].into_iter().find_map(|path| {
            self.find(origin, path).or_else(|| {
                let folder = if path.starts_with('/') { "" } else { origin.folder? };
                let path = joined(folder, path)?;
                let entry = self.index().unnumbered(&path).map(|entry| entry.path.clone());
                self.in_content(entry.unwrap_or(path + ".md"), false).ok()
            })
        })
    }

    /// The essay with the name that `path` ends in, wherever it is; the nearest, if there are several.
    fn find_named(&self, origin: Origin<'_>, path: &str) -> Option<Hit> {
        let entry = self.index().named(path, origin.folder.unwrap_or_default())?;
        self.in_content(entry.path.clone(), false).ok()
    }

    /// What is at `path` of `content/`; else `path` again.
    fn in_content(&self, path: String, wants_folder: bool) -> Result<Hit, String> {
        let file = if wants_folder { None } else { self.content.get(path.as_str()) };
        match file.or_else(|| self.folders.get(&path)) {
            Some(named) => Ok(Hit { named: *named, path }),
            None => Err(path),
        }
    }

    /// What is at `path` of the output. A page may be named without its `.html`, as most hosts have it, and as a folder, as
    /// other tools do.
    fn in_output(&self, path: String, wants_folder: bool) -> Option<Hit> {
        let at = |path: String| Some(Hit { named: *self.addresses.get(path.as_str())?, path });
        if !wants_folder && let Some(named) = self.addresses.get(path.as_str()) {
            return Some(Hit { named: *named, path });
        }
        if path.is_empty() {
            return at("index.html".to_owned());
        }
        let page = format!("{path}.html");
        at(path + "/index.html").or_else(|| at(page))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::link::report::{Written, WrittenIn, report};
    use crate::link::testing::{assets, essay, linked_in, surroundings, with_keywords};
    use crate::link::{EssayId, Site, Surroundings};
    use crate::parse::Role;
    use crate::read::{Addresses, Config};

    fn site(addresses: Addresses) -> Site {
        let essays = vec![
            essay("a/b.md", "{#x}"),
            essay("a/index.md", ""),
            essay("c/README.md", &(0..40).map(|number| format!("{{#h{number}}}")).collect::<String>()),
            with_keywords(essay("d/100%25.md", ""), "light"),
            essay("é.md", "{#ü}"),
            essay("e/01-top/02-low.md", "{#x}"),
            essay("_g/h/i.md", ""),
        ];
        let config =
            Config { addresses, base_url: Some("https://example.org/my/site/".to_owned()), ..Config::default() };
        let assets = assets(&["a/x.png", "film/index.html", "caf\u{e9}.png", "cafe\u{301}/u\u{308}.png"]);
        linked_in(essays, Surroundings { assets, ..surroundings(config) }).value
    }

    /// What `destination` leads to from `a/b.md`, or from a template of its page where `folder` is `None`.
    fn target(site: &Site, folder: Option<&str>, destination: &str) -> String {
        let origin = Origin { folder, page: site.address(EssayId(1)) };
        match site.resolve(origin, destination) {
            Ok(Target::Essay { id, suffix }) => format!("{} {suffix}", site[id].source.path),
            Ok(Target::File { address, suffix }) => format!("{address} {suffix}"),
            Ok(Target::SamePage(text)) => format!("same {text}"),
            Ok(Target::AsWritten) => "as written".to_owned(),
            Err(miss) => format!("{miss:?}"),
        }
    }

    #[test]
    fn destinations_lead_to_content_and_then_to_addresses() {
        let mirror = site(Addresses::Mirror);
        let check = |destination: &str, expected: &str| {
            assert_eq!(target(&mirror, Some("a"), destination).trim_end(), expected, "{destination}");
        };
        check("b.md#x", "a/b.md #x");
        check(" ./b.md?q#x ", "a/b.md ?q#x");
        check("../a", "a/index.md");
        check("./", "a/index.md");
        check("../c/#h39", "c/README.md #h39");
        check("/c/index.html", "c/README.md");
        check("../d/100%2525.md", "d/100%25.md");
        check("../d/100%25.md", "d/100%25.md");
        check("../%C3%A9.md#%C3%BC", "é.md #%C3%BC");
        check("../cafe\u{301}.png", "caf\u{e9}.png");
        check("../caf\u{e9}/\u{fc}.png", "cafe\u{301}/u\u{308}.png");
        check("/caf%C3%A9/u\u{308}.png", "cafe\u{301}/u\u{308}.png");
        check("../%ff.md", "Nothing { path: \"%ff.md\", nearest: None }");
        check("x.png#anything", "a/x.png #anything");
        check("../film/", "film/index.html");
        check("../keywords/light.html", "keywords/light.html");
        check("../keywords", "keywords/index.html");
        check("/my/site/a/b.html", "a/b.md");
        check("/my/site", "index.html");
        check("/my/sites/a/b.html", "Nothing { path: \"my/sites/a/b.html\", nearest: Some(\"/a/b.md\") }");
        check("/a/b#x", "a/b.md #x");
        check("../a/b", "a/b.md");
        check("b", "a/b.md");
        check("..", "index.html");
        check("#x", "same #x");
        check("?q", "same ?q");
        check("#:~:text=x", "same #:~:text=x");
        check("/a/b/#x", "a/b.md #x");
        check("b/", "a/b.md");
        check("../keywords/light/", "keywords/light.html");
        check("../b/", "a/b.md");
        check("../x.png", "a/x.png");
        check("../b.html#x", "a/b.md #x");
        check("../../c/", "c/README.md");
        check("/a/c/", "Nothing { path: \"a/c/\", nearest: Some(\"/a/b.md\") }");
        check("mailto:a@b.c", "as written");
        check("@/c/README.md", "c/README.md");
        check("{static}x.png", "a/x.png");
        check("b.md/", "a/b.md");
        check("/a/b.md/#x", "a/b.md #x");
        check("/g/h/i/", "_g/h/i.md");
        check("{{ '/g/h/i.html' | relative_url }}", "_g/h/i.md");
        check("/g/h/j/", "Nothing { path: \"g/h/j/\", nearest: Some(\"/_g/h/i.md\") }");
        check("/docs/c/README.md", "c/README.md");
        check("/docs/", "index.html");
        check("/docs/e/top/low#x", "e/01-top/02-low.md #x");
        check("../e/top/low.html", "e/01-top/02-low.md");
        check("../c/README", "c/README.md");
        check("/docs/c/README#h39", "c/README.md #h39");
        check("/e/top/03-low", "Nothing { path: \"e/top/03-low\", nearest: None }");
        check("/a/docs/b.md", "Nothing { path: \"a/docs/b.md\", nearest: Some(\"/a/b.md\") }");
        check("{{ site.baseurl }}/a/b.html#x", "a/b.md #x");
        check("{{ '/a/x.png' | relative_url }}", "a/x.png");
        check("{% post_url b %}", "a/b.md");
        check("{{< ref \"docs/c/README.md\" >}}", "c/README.md");
        check("{% post_url z %}", "Nothing { path: \"a/z\", nearest: Some(\"b.md\") }");
    }

    #[test]
    fn in_folders_both_the_path_and_the_address_lead_there() {
        let folders = site(Addresses::Folders);
        let check = |destination: &str, expected: &str| {
            assert_eq!(target(&folders, Some("a"), destination).trim_end(), expected, "{destination}");
        };
        check("../c/README.md", "c/README.md");
        check("../../c/", "c/README.md");
        check("/a/b/", "a/b.md");
        check("../../../c/", "Outside");
        check("x.png", "a/x.png");
    }

    #[test]
    fn templates_have_addresses_and_ids_of_their_own() {
        let mirror = site(Addresses::Mirror);
        let check = |destination: &str, expected: &str| {
            assert_eq!(target(&mirror, None, destination).trim_end(), expected, "{destination}");
        };
        check("#page:main", "same #page:main");
        check("#anything", "same #anything");
        check("/a/b.html#page:main", "a/b.md #page:main");
        check("/%C3%A9.html", "é.md");
        check("/stlye.css", "Nothing { path: \"stlye.css\", nearest: None }");
        check("b.html", "a/b.md");
    }

    #[test]
    fn what_is_spelt_as_a_file_is_found_without_taking_it_apart() {
        for site in [site(Addresses::Mirror), site(Addresses::Folders)] {
            let origin = Origin { folder: None, page: site.address(EssayId(1)) };
            let find = |path: &str| {
                let found = site.file_at(path)?;
                let resolved = match site.resolve(origin, &format!("/{path}")).unwrap() {
                    Target::Essay { id, .. } => site.address(id).clone(),
                    Target::File { address, .. } => address,
                    other => panic!("{other:?}"),
                };
                assert_eq!(*found, resolved, "{path}");
                Some(found)
            };
            for path in ["a/b.md", "a/x.png", "film/index.html", "keywords/light.html", "a/index.html"] {
                assert!(find(path).is_some(), "{path}");
            }
            for path in ["a/b.html", "a/b/index.html", "c/README.md", "c/index.html", "\u{e9}.html", "index.html"] {
                find(path);
            }
            for path in ["", "a", "a/b", "keywords", "A/x.png", "my/site/a/x.png"] {
                assert_eq!(find(path), None, "{path}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_destination_has_an_answer(destination in "[a-cé./#?%@{}\\\\ 0-9:~]{0,24}", start in 0usize..30, length in 0usize..30) {
            let site = site(Addresses::Folders);
            let origin = Origin { folder: Some("a"), page: site.address(EssayId(1)) };
            if let Err(miss) = site.resolve(origin, &destination) {
                for text in [destination.as_str(), "ééé"] {
                    let (span, destination) = (start..start + length, destination.as_str());
                    let config = Config { text: text.to_owned(), ..Config::default() };
                    for span in [span, 0..text.len()] {
                        let file = WrittenIn::Configuration(&config);
                        report(&miss, &Written { file, span, destination, role: Role::Link });
                    }
                }
            }
        }
    }
}
