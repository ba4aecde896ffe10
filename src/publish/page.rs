//! What a reader has of a page: its title, its text, the places that others link to, and its pictures.

use std::collections::HashSet;

use html5gum::{Token, Tokenizer};
use memchr::memmem;
use percent_encoding::percent_decode_str;

use super::manifest::{Page, text_hash};
use crate::parse::is_local;
use crate::read::SitePath;

/// A page and its readable text.
#[derive(Debug)]
pub struct Read {
    /// The page.
    pub page: Page,
    /// Its readable text: a line for each block, white space folded.
    pub text: String,
}

/// Elements whose text nobody reads, or that belong to the site rather than to the page.
const LEFT_OUT: &[&[u8]] = &[b"script", b"style", b"nav", b"template", b"noscript", b"head", b"aside", b"footer"];

/// The headings, which are all that is read of a `header`: dates and reading times are each tool's own.
const HEADINGS: &[&[u8]] = &[b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"];

/// Elements that stand within a line; every other begins a new one.
const INLINE: &[&[u8]] = &[
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"data", b"del", b"dfn", b"em", b"font", b"i", b"img",
    b"ins", b"kbd", b"mark", b"q", b"ruby", b"rt", b"s", b"samp", b"small", b"span", b"strong", b"sub", b"sup",
    b"time", b"tt", b"u", b"var", b"wbr", b"math", b"mi", b"mn", b"mo", b"mrow", b"msub", b"msup", b"mtext",
];

/// What is being read.
struct Reader<'a> {
    address: &'a SitePath,
    /// The element whose text is the page's.
    region: &'static [u8],
    /// How many of those are open.
    inside: usize,
    /// How many elements that are left out are open.
    left_out: usize,
    /// How many headers are open.
    headers: usize,
    /// How many headings are open.
    headings: usize,
    is_title: bool,
    page: Page,
    /// The anchors of `page`.
    anchors: HashSet<String>,
    text: String,
}

/// Reads `html`, which stands at `address`. Its text, anchors and pictures are those of its `main`, else of its
/// `article`s, else of its body; scripts, styles, navigation, footers and what
/// stands aside are left out, and of headers all but the headings.
pub fn read(address: &SitePath, html: &[u8]) -> Read {
    let has = |tag: &[u8]| memmem::find(html, tag).is_some();
    let region: &'static [u8] = match () {
        () if has(b"<main") => b"main",
        () if has(b"<article") => b"article",
        () => b"body",
    };
    let read = read_region(address, html, region);
    // A page without a body's tag still has one.
    if read.text.is_empty() && read.page.anchors.is_empty() { read_region(address, html, b"") } else { read }
}

fn read_region(address: &SitePath, html: &[u8], region: &'static [u8]) -> Read {
    let inside = usize::from(region.is_empty());
    let mut reader = Reader {
        address,
        region,
        inside,
        left_out: 0,
        headers: 0,
        headings: 0,
        is_title: false,
        page: Page::default(),
        anchors: HashSet::new(),
        text: String::new(),
    };
    let html = String::from_utf8_lossy(html);
    for token in Tokenizer::new(html.as_ref()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let attribute =
                    |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
                reader.start(&tag.name, attribute, tag.self_closing);
            }
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.string(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    let Reader { mut page, text, .. } = reader;
    let lines: Vec<String> = text.lines().map(folded).filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    page.title = folded(&page.title);
    page.text = Some(text_hash(&text));
    Read { page, text }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Reader<'_> {
    fn start(&mut self, name: &[u8], attribute: impl Fn(&[u8]) -> Option<String>, self_closing: bool) {
        match name {
            b"title" => self.is_title = self.page.title.is_empty(),
            b"meta" => self.refresh(&attribute),
            name if name == self.region => self.inside += 1,
            b"header" => self.headers += 1,
            name if HEADINGS.contains(&name) => self.headings += 1,
            name if LEFT_OUT.contains(&name) && !self_closing => self.left_out += 1,
            _ => {}
        }
        if self.inside == 0 || self.left_out > 0 {
            return;
        }
        let named = if name == b"a" { attribute(b"name") } else { None };
        for id in [attribute(b"id"), named].into_iter().flatten() {
            // Ids of the theme's own are nobody's to link to.
            if !id.is_empty() && !id.starts_with("page:") && self.anchors.insert(id.clone()) {
                self.page.anchors.push(id);
            }
        }
        if name == b"img"
            && let Some(picture) = attribute(b"src").and_then(|source| local(self.address, &source))
        {
            self.page.pictures.push(picture);
        }
        self.cut(name);
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"title" => self.is_title = false,
            b"header" => self.headers = self.headers.saturating_sub(1),
            name if HEADINGS.contains(&name) => self.headings = self.headings.saturating_sub(1),
            name if LEFT_OUT.contains(&name) => self.left_out = self.left_out.saturating_sub(1),
            name if name == self.region => self.inside = self.inside.saturating_sub(1),
            _ => {}
        }
        self.cut(name);
    }

    /// Ends the line, if `name` is a block.
    fn cut(&mut self, name: &[u8]) {
        if !INLINE.contains(&name) {
            self.text.push('\n');
        }
    }

    fn string(&mut self, text: &str) {
        if self.is_title {
            self.page.title.push_str(text);
        } else if self.inside > 0 && self.left_out == 0 && (self.headers == 0 || self.headings > 0) {
            // Line breaks of the source are no breaks of the text.
            self.text.extend(text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }));
        }
    }

    /// A page that leads to another at once.
    fn refresh(&mut self, attribute: impl Fn(&[u8]) -> Option<String>) {
        if !attribute(b"http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
            return;
        }
        let content = attribute(b"content").unwrap_or_default();
        let Some((_, url)) = content.split_once('=') else { return };
        self.page.redirect = local(self.address, url.trim().trim_matches(['"', '\'']));
    }
}

/// The file of the same site that `url`, written in the page at `address`, leads to.
fn local(address: &SitePath, url: &str) -> Option<SitePath> {
    if !is_local(url) {
        return None;
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let folder = if path.starts_with('/') { "" } else { address.folder() };
    let wants_index = path.is_empty() || path.ends_with('/') || path.ends_with("/..") || path == "..";
    let path = if wants_index { format!("{path}/index.html") } else { path.into_owned() };
    SitePath::join(folder, &path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn check(html: &str, title: &str, anchors: &[&str], text: &str) {
        let read = read(&SitePath::new("a/b.html").unwrap(), html.as_bytes());
        assert_eq!((read.page.title.as_str(), read.text.as_str()), (title, text), "{html}");
        assert_eq!(read.page.anchors, anchors, "{html}");
    }

    #[test]
    fn the_text_is_that_of_the_main_part() {
        check(
            "<html><head><title> On\nseeing </title><style>p{}</style></head><body id=top><header>Site</header><nav>Menu</nav>\
             <main id='page:main'><header><h1 id=one>On  <em>seeing</em></h1>1 min</header><script>let x</script><p>a<b>b</b> c\nd<br>e<footer>f</footer></main>foot",
            "On seeing",
            &["one"],
            "On seeing\nab c d\ne",
        );
        check("<body><article id=x>One</article><article>Two</article>", "", &["x"], "One\nTwo");
        check("<p>x<a name=old></a> &amp; y", "", &["old"], "x & y");
        check("", "", &[], "");
    }

    #[test]
    fn redirects_and_pictures_are_of_the_same_site() {
        let page = |html: &str| read(&SitePath::new("a/b.html").unwrap(), html.as_bytes()).page;
        let check = |url: &str, expected: Option<&str>| {
            let page = page(&format!("<meta http-equiv=Refresh content='0; url={url}'>"));
            assert_eq!(page.redirect.as_ref().map(SitePath::as_str), expected, "{url}");
        };
        check("../c%20d.html#x", Some("c d.html"));
        check("../", Some("index.html"));
        check("/x/", Some("x/index.html"));
        check("https://example.org/", None);
        let pictures = page("<p><img src=x.png><img src='data:,'><img src=/y.png>").pictures;
        assert_eq!(pictures.iter().map(SitePath::as_str).collect::<Vec<_>>(), ["a/x.png", "y.png"]);
    }

    #[test]
    fn only_words_count() {
        assert_eq!(text_hash("a\nb  c"), text_hash(" a b c"));
        assert_ne!(text_hash("ab"), text_hash("a b"));
    }
}
