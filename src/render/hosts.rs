//! Files by which hosts are told about redirects, addresses that are gone, and headers.

use std::fmt::Write as _;

use serde_json::json;

use super::address::{base_path, canonical};
use super::pages::site::stands;
use super::theme::built_in::BuiltIn;
use crate::link::{Mathematics, Site};
use crate::read::ledger::Standing;
use crate::read::{Host, HostFile, SitePath};

/// What pages may load (`Content-Security-Policy`): scripts of the site alone, styles in the page too; pictures, films,
/// sound and frames, which an author may show, from anywhere that is safe; forms may go there.
pub const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; \
                          media-src 'self' https: data:; font-src 'self' data:; frame-src 'self' https:; \
                          object-src 'none'; base-uri 'self'; form-action 'self' https:; frame-ancestors 'self'";

/// Headers of every file.
const HEADERS: &[(&str, &str)] = &[
    ("Content-Security-Policy", POLICY),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// How long browsers and proxies may keep pages without asking: not at all. They ask, and mostly nothing is sent.
const CACHED: &str = "public, max-age=0, must-revalidate";

/// How long they may keep a file whose address says what it holds.
const KEPT: &str = "public, max-age=31536000, immutable";

/// The text of `file`. `built_in` are the styles and scripts that Essai makes.
pub fn text(site: &Site, built_in: &BuiltIn, file: HostFile) -> String {
    match file {
        HostFile::Redirects(host) => redirects(site, host),
        HostFile::Headers => headers(base(site), &kept(site, built_in)),
        HostFile::Vercel => vercel(site, &kept(site, built_in)),
        HostFile::Nginx => nginx(site, &kept(site, built_in)),
        HostFile::Apache => apache(site, &kept(site, built_in)),
    }
}

/// The paths on the host of the styles, scripts and fonts whose address says what they hold.
fn kept(site: &Site, built_in: &BuiltIn) -> Vec<String> {
    let mathematics = site.mathematics.iter().flat_map(Mathematics::addresses);
    built_in.addresses().chain(mathematics).map(|address| format!("{}{}", base(site), address.encoded())).collect()
}

/// The path of the site on its host, with a slash at the end.
fn base(site: &Site) -> &str {
    base_path(site.config.base_url.as_deref())
}

/// The paths on the host by which browsers ask for the page at `address`: of an index page `/essays/a/`, too.
fn asked(site: &Site, address: &SitePath) -> Vec<String> {
    let mut paths = vec![canonical(base(site), address), format!("{}{}", base(site), address.encoded())];
    paths.dedup();
    paths
}

/// Every former address and where it leads, both as a browser asks for them; those of index pages in both spellings.
fn pairs(site: &Site) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for redirect in &site.redirects {
        let to = canonical(base(site), site.address(redirect.to));
        pairs.extend(asked(site, &redirect.from).into_iter().map(|from| (from, to.clone())));
    }
    pairs
}

/// The addresses that the author has let go and that nothing stands at, as a browser asks for them.
fn gone(site: &Site) -> Vec<String> {
    let retired = site.ledger.addresses.iter().filter(|(_, published)| published.standing == Standing::Retired);
    let gone = retired.filter(|(address, _)| !stands(site, address));
    gone.flat_map(|(address, _)| asked(site, address)).collect()
}

fn redirects(site: &Site, host: Host) -> String {
    // Netlify lets a page win over a redirect unless told otherwise.
    let status = if host == Host::Netlify { "301!" } else { "301" };
    pairs(site).into_iter().map(|(from, to)| format!("{from} {to} {status}\n")).collect()
}

/// `_headers`. That pages are not kept without asking is how these hosts are anyway; said here, it would hold beside what
/// is said of a file.
fn headers(base: &str, kept: &[String]) -> String {
    let mut text = format!("{base}*\n");
    for (name, value) in HEADERS {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for path in kept {
        let _ = writeln!(text, "{path}\n  Cache-Control: {KEPT}");
    }
    text
}

fn vercel(site: &Site, kept: &[String]) -> String {
    let redirects: Vec<_> = pairs(site)
        .into_iter()
        .map(|(from, to)| json!({ "source": literal(&from), "destination": to, "permanent": true }))
        .collect();
    let headers: Vec<_> = HEADERS
        .iter()
        .chain(&[("Cache-Control", CACHED)])
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect();
    let source = format!("{}(.*)", literal(base(site)));
    let mut rules = vec![json!({ "source": source, "headers": headers })];
    let forever = json!([{ "key": "Cache-Control", "value": KEPT }]);
    rules.extend(kept.iter().map(|path| json!({ "source": literal(path), "headers": forever })));
    let whole = json!({ "redirects": redirects, "headers": rules });
    format!("{whole:#}\n")
}

/// `path` as a pattern of Vercel's that matches it alone.
fn literal(path: &str) -> String {
    let mut pattern = String::new();
    for letter in path.chars() {
        if "()[]{}:*+?!\\".contains(letter) {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

fn nginx(site: &Site, kept: &[String]) -> String {
    let mut text = "# Include this file in the `server` block: include /var/www/site/essai.nginx.conf;\n".to_owned();
    for (from, to) in pairs(site) {
        let _ = writeln!(text, "location = {} {{ return 301 {}; }}", quoted(&decoded(&from)), quoted(&to));
    }
    for address in gone(site) {
        let _ = writeln!(text, "location = {} {{ return 410; }}", quoted(&decoded(&address)));
    }
    for (name, value) in HEADERS {
        let _ = writeln!(text, "add_header {name} {} always;", quoted(value));
    }
    let _ = writeln!(text, "set $essai_cached {};", quoted(CACHED));
    for path in kept {
        let _ = writeln!(text, "if ($uri = {}) {{ set $essai_cached {}; }}", quoted(&decoded(path)), quoted(KEPT));
    }
    text.push_str("add_header Cache-Control $essai_cached always;\n");
    let _ = writeln!(text, "error_page 404 {}404.html;", base(site));
    let _ = writeln!(text, "location = {}.essai-manifest {{ return 404; }}", base(site));
    text
}

fn apache(site: &Site, kept: &[String]) -> String {
    let mut text = String::new();
    for (from, to) in pairs(site) {
        let _ = writeln!(text, "RedirectMatch 301 ^{}$ {}", pattern(&decoded(&from)), quoted(&to));
    }
    for address in gone(site) {
        let _ = writeln!(text, "RedirectMatch 410 ^{}$", pattern(&decoded(&address)));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in HEADERS {
        let _ = writeln!(text, "Header always set {name} {}", quoted(value));
    }
    let _ = writeln!(text, "Header always set Cache-Control {}", quoted(CACHED));
    for path in kept {
        let name = decoded(path.rsplit('/').next().unwrap_or_default());
        let _ = writeln!(text, "<Files {}>\nHeader always set Cache-Control {}\n</Files>", quoted(&name), quoted(KEPT));
    }
    text.push_str("</IfModule>\n");
    let _ = writeln!(text, "ErrorDocument 404 {}404.html", base(site));
    text
}

/// `path` without percent-encoding, as these hosts compare it.
fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// `text` between quotes, as nginx and Apache read it; a line break cannot be part of it.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ");
    format!("\"{}\"", text.replace('$', "%24"))
}

/// `path` as a regular expression that matches it alone.
fn pattern(path: &str) -> String {
    let mut pattern = String::new();
    for letter in path.chars() {
        match letter {
            ' ' => pattern.push_str("\\x20"),
            letter if letter.is_alphanumeric() || "/-_~".contains(letter) => pattern.push(letter),
            letter => {
                pattern.push('\\');
                pattern.push(letter);
            }
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::read::{Config, Ledger};
    use crate::render::testing::site;

    #[test]
    fn names_are_quoted() {
        assert_eq!(quoted("a\"$b"), "\"a\\\"%24b\"");
        assert_eq!(pattern("/a b.html"), "/a\\x20b\\.html");
        assert_eq!(literal("/a(1):b.html"), "/a\\(1\\)\\:b.html");
    }

    #[test]
    fn a_folder_that_is_gone_is_so_with_and_without_its_page() {
        let mut site = site(Vec::new(), Config::default());
        site.ledger =
            Arc::new(Ledger::parse("essai ledger 1\na/index.html retired\nb.html retired\n".to_owned()).value);
        assert_eq!(gone(&site), ["/a/", "/a/index.html", "/b.html"]);
    }

    #[test]
    fn headers_are_of_the_whole_site() {
        let text = headers("/essays/", &["/essays/a-0123abcd.css".to_owned()]);
        assert!(text.starts_with("/essays/*\n  Content-Security-Policy: default-src 'self'; "));
        assert!(text.ends_with("\n/essays/a-0123abcd.css\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
}
