//! Where in the output each essay goes.

pub(super) mod claims;
mod permalink;

use std::collections::HashMap;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use crate::diagnostic::{self, Diagnostic};
use crate::parse::{AddressRule, Essay, Located};
use crate::read::opening::{index_rank, page_stem};
use crate::read::{Addresses, Config, SitePath};

/// Where an essay goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Addressed {
    /// Its file.
    pub address: SitePath,
    /// Whether it is the page of its folder: a link to the folder leads to it.
    pub opens_folder: bool,
}

/// The address of each of `essays`, which come by path, as path, header and configuration have it. Clashes are not
/// looked for. A header's address that cannot be one is reported, and the essay goes where it would go without.
pub(super) fn addresses(essays: &[Arc<Essay>], config: &Config) -> (Vec<Addressed>, Vec<Diagnostic>) {
    let mut openers: HashMap<&str, (u8, usize)> = HashMap::new();
    for (position, essay) in essays.iter().enumerate() {
        if let Some(rank) = index_rank(essay.source.path.name()) {
            let opener = openers.entry(essay.source.path.folder()).or_insert((rank, position));
            *opener = (*opener).min((rank, position));
        }
    }
    let mut diagnostics = Vec::new();
    let addressed = essays.iter().enumerate().map(|(position, essay)| {
        let opens_folder = openers.get(essay.source.path.folder()).is_some_and(|opener| opener.1 == position);
        let address = address(essay, opens_folder, config).unwrap_or_else(|diagnostic| {
            diagnostics.push(*diagnostic);
            by_path(&essay.source.path, opens_folder, config.addresses)
        });
        Addressed { address, opens_folder }
    });
    (addressed.collect(), diagnostics)
}

/// The address of one essay.
///
/// # Errors
/// The header's address is none.
pub(super) fn address(essay: &Essay, opens_folder: bool, config: &Config) -> Result<SitePath, Box<Diagnostic>> {
    let path = &essay.source.path;
    let Some(Located { value: rule, span }) = &essay.header.address else {
        return Ok(by_path(path, opens_folder, config.addresses));
    };
    let (written, address) = match rule {
        AddressRule::Slug(written) | AddressRule::Url(written) | AddressRule::Permalink(written)
            if written.contains("{{") || written.contains("{%") =>
        {
            (written, Err("holds a template of another tool, which is not run".to_owned()))
        }
        AddressRule::Slug(slug) => (slug, by_slug(path, opens_folder, slug, config.addresses)),
        AddressRule::Url(url) => {
            (url, permalink::fill_url(url, essay, opens_folder).and_then(|url| by_url(&url, config)))
        }
        AddressRule::Permalink(permalink) => {
            (permalink, permalink::fill(permalink, essay, opens_folder).and_then(|url| by_url(&url, config)))
        }
    };
    address.map_err(|reason| {
        let place = essay.source.place(span.clone());
        Box::new(diagnostic::link::bad_address(place, written, &reason))
    })
}

/// `a/b.md` is `a/b.html` or `a/b/index.html`; the page of a folder is its `index.html` either way. `404.md` at the top
/// stays `404.html`, where hosts look for it.
fn by_path(path: &SitePath, opens_folder: bool, addresses: Addresses) -> SitePath {
    let stem = page_stem(path.stem());
    let name = match addresses {
        _ if opens_folder => "index.html".to_owned(),
        Addresses::Folders if path.as_str() != "404.md" => format!("{stem}/index.html"),
        _ => format!("{stem}.html"),
    };
    // A name that consists of dots could lead up; its file then keeps it.
    SitePath::join(path.folder(), &name).unwrap_or_else(|| path.clone())
}

/// A slug stands for the last part of the address: of a page of a folder, where essays have folders, that is the folder.
fn by_slug(path: &SitePath, opens_folder: bool, slug: &str, addresses: Addresses) -> Result<SitePath, String> {
    let slug = slug.trim().trim_matches('/');
    if slug.is_empty() {
        return Ok(by_path(path, opens_folder, addresses));
    }
    let folder = match (opens_folder, addresses) {
        (true, Addresses::Folders) if path.folder().is_empty() => return Ok(by_path(path, opens_folder, addresses)),
        (true, Addresses::Folders) => path.folder().rsplit_once('/').map_or("", |(parent, _)| parent),
        _ => path.folder(),
    };
    let name = match addresses {
        Addresses::Mirror => format!("{slug}.html"),
        Addresses::Folders => format!("{slug}/index.html"),
    };
    SitePath::join(folder, &name).ok_or_else(|| "leads out of the site".to_owned())
}

/// The file that stands at `url`, a path from the top of the site with or without a slash before it: `a/` is
/// `a/index.html`, `a.html` and `a.xml` are themselves, and `a` follows the configuration's rule.
///
/// # Errors
/// Why it is no address, as a predicate: "leads out of the site".
pub(super) fn by_url(url: &str, config: &Config) -> Result<SitePath, String> {
    let url = url.trim();
    let url = config.base_url.as_deref().and_then(|base| url.strip_prefix(base)).unwrap_or(url);
    if url.contains("://") || url.starts_with("//") {
        return Err("is of another site".to_owned());
    }
    if url.contains(['?', '#']) {
        return Err("holds `?` or `#`, which no file's address can".to_owned());
    }
    let url = percent_decode_str(url).decode_utf8().unwrap_or(url.into());
    let name = url.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let file = match (name, extension.as_str(), config.addresses) {
        ("" | "." | "..", ..) => format!("{url}/index.html"),
        (_, "html" | "htm" | "xml", _) => url.into_owned(),
        (_, _, Addresses::Mirror) => format!("{url}.html"),
        (_, _, Addresses::Folders) => format!("{url}/index.html"),
    };
    SitePath::new(&file).ok_or_else(|| "leads out of the site".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::link::testing::{dated, essay, shown, with_header};

    fn config(addresses: Addresses) -> Config {
        Config { addresses, base_url: Some("https://example.org/essays/".to_owned()), ..Config::default() }
    }

    fn check_paths(mode: Addresses, paths: &[&str], expected: &[&str]) {
        let essays: Vec<Arc<Essay>> = paths.iter().map(|path| essay(path, "").into()).collect();
        let (addressed, diagnostics) = addresses(&essays, &config(mode));
        let found: Vec<&str> = addressed.iter().map(|addressed| addressed.address.as_str()).collect();
        assert_eq!((found.as_slice(), diagnostics.len()), (expected, 0));
    }

    #[test]
    fn addresses_mirror_paths() {
        check_paths(
            Addresses::Mirror,
            &["a/README.md", "a/b.md", "a/index.md", "b/ReadMe.markdown", "c/_index.md", "c/readme.md", "v1.2.md"],
            &[
                "a/README.html",
                "a/b.html",
                "a/index.html",
                "b/index.html",
                "c/index.html",
                "c/readme.html",
                "v1.2.html",
            ],
        );
    }

    #[test]
    fn a_page_may_name_itself() {
        let paths = ["a/b.html.md", "a/index.html.markdown", "c/.html.md"];
        check_paths(Addresses::Mirror, &paths, &["a/b.html", "a/index.html", "c/.html.html"]);
        check_paths(Addresses::Folders, &paths, &["a/b/index.html", "a/index.html", "c/.html/index.html"]);
    }

    #[test]
    fn addresses_can_be_folders() {
        check_paths(
            Addresses::Folders,
            &["...md", "404.md", "a/README.md", "a/b.md", "a/index.md", "index.md"],
            &["...md", "404.html", "a/README/index.html", "a/b/index.html", "a/index.html", "index.html"],
        );
    }

    fn check_rule(mode: Addresses, path: &str, rule: AddressRule, expected: &str) {
        let mut essay = with_header(dated(essay(path, "x"), "2023-03-04"), |header| {
            header.address = Some(Located { value: rule, span: 0..1 });
        });
        essay.title.text = "X y".into();
        let (addressed, diagnostics) = addresses(&[essay.into()], &config(mode));
        assert_eq!((addressed[0].address.as_str(), shown(&diagnostics)), (expected, String::new()));
    }

    #[test]
    fn a_slug_replaces_the_last_part() {
        let check = |mode, path, expected| check_rule(mode, path, AddressRule::Slug("x".to_owned()), expected);
        check(Addresses::Mirror, "a/b.md", "a/x.html");
        check(Addresses::Mirror, "a/b/index.md", "a/b/x.html");
        check(Addresses::Folders, "a/b.md", "a/x/index.html");
        check(Addresses::Folders, "a/b/index.md", "a/x/index.html");
        check(Addresses::Folders, "index.md", "index.html");
    }

    #[test]
    fn a_url_is_the_whole_address() {
        let check = |mode, url: &str, expected| check_rule(mode, "a/b.md", AddressRule::Url(url.to_owned()), expected);
        check(Addresses::Mirror, "/x/y/", "x/y/index.html");
        check(Addresses::Mirror, "x/y", "x/y.html");
        check(Addresses::Folders, "x/y", "x/y/index.html");
        check(Addresses::Folders, "x/y.htm", "x/y.htm");
        check(Addresses::Mirror, "caf%C3%A9.html", "café.html");
        check(Addresses::Mirror, "https://example.org/essays/x.html", "x.html");
    }

    #[test]
    fn a_permalink_is_filled() {
        let check = |permalink: &str, expected| {
            check_rule(
                Addresses::Mirror,
                "_posts/2023-03-04-On-Seeing.md",
                AddressRule::Permalink(permalink.to_owned()),
                expected,
            );
        };
        check("pretty", "2023/03/04/On-Seeing/index.html");
        check("date", "2023/03/04/On-Seeing.html");
        check("none", "On-Seeing.html");
        check("/:categories/:year-:month/:slug/", "2023-03/on-seeing/index.html");
    }

    #[test]
    fn a_url_with_placeholders_is_filled() {
        let check = |url: &str, expected| {
            let rule = AddressRule::Url(url.to_owned());
            check_rule(Addresses::Mirror, "posts/a/2023-03-04-on.md", rule, expected);
        };
        check("/:year/:month/:title/", "2023/03/x-y/index.html");
        check("/:section/:sections/:contentbasename.html", "posts/posts/a/2023-03-04-on.html");
        check("/:slugorfilename/", "2023-03-04-on/index.html");
        check("/a:b/", "a:b/index.html");
    }

    #[test]
    fn an_address_that_is_none_is_reported() {
        let check = |rule: AddressRule, expected: &str| {
            let essay = with_header(essay("a/b.md", "url: here\n"), |header| {
                header.address = Some(Located { value: rule, span: 5..9 });
            });
            let (addressed, diagnostics) = addresses(&[essay.into()], &config(Addresses::Mirror));
            assert_eq!(addressed[0].address.as_str(), "a/b.html");
            let help = "  = write a path from the top of the site, such as `/essays/seeing.html`\n";
            let place = "  content/a/b.md:1:6 `here` not an address in this site\n";
            assert_eq!(shown(&diagnostics), format!("bad-value: {expected}\n{place}{help}"));
        };
        check(AddressRule::Url("../../x".to_owned()), "the address `../../x` leads out of the site");
        check(AddressRule::Slug("../../x".to_owned()), "the address `../../x` leads out of the site");
        check(AddressRule::Url("http://x.org/y".to_owned()), "the address `http://x.org/y` is of another site");
        check(AddressRule::Url("/x#y".to_owned()), "the address `/x#y` holds `?` or `#`, which no file's address can");
        check(
            AddressRule::Permalink("/:year/".to_owned()),
            "the address `/:year/` needs a date, and the essay has none",
        );
        check(
            AddressRule::Permalink("/:yaer/".to_owned()),
            "the address `/:yaer/` has the unknown placeholder `:yaer`",
        );
        let template = "holds a template of another tool, which is not run";
        check(AddressRule::Url("/{{ a }}/".to_owned()), &format!("the address `/{{{{ a }}}}/` {template}"));
        check(AddressRule::Slug("{% b %}".to_owned()), &format!("the address `{{% b %}}` {template}"));
        check(AddressRule::Permalink("{{ a }}/:b".to_owned()), &format!("the address `{{{{ a }}}}/:b` {template}"));
    }
}
