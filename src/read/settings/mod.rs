//! `essai.yaml` becomes a [`Config`]. Every mistake is found at once, each at its own place; what is right is kept.

use std::fs;
use std::ops::Range;
use std::path::Path;

use super::node::{Entry, Node, Value};
use super::{Addresses, Config, MACRO, MathFont, NavigationLink, Request, TexEscapes, TexMacro, parse_yaml, patterns};
use crate::diagnostic::{Diagnostic, Found, Kind, Level, Lines, Place, config as mistakes, suggest};

/// The name of the configuration in the site's folder.
pub(super) const FILE_NAME: &str = "essai.yaml";

/// Reads the configuration that `request` names, or `essai.yaml` if there is one, and lays the command line over it.
pub fn read_config(request: &Request) -> Found<Config> {
    let shown = request.config.as_ref().map_or_else(|| FILE_NAME.to_owned(), |file| file.display().to_string());
    let mut found = match read_text(&request.config_file()) {
        Ok(text) => parse_config(&shown, text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && request.config.is_none() => {
            Config::default().into()
        }
        Err(error) => Found { value: Config::default(), diagnostics: vec![mistakes::unreadable(&shown, &error)] },
    };
    if request.base_url.is_some() {
        found.value.base_url.clone_from(&request.base_url);
    }
    found
}

fn read_text(file: &Path) -> std::io::Result<String> {
    let text = fs::read_to_string(file)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads `text`, the whole of the configuration file `shown`.
pub fn parse_config(shown: &str, text: String) -> Found<Config> {
    let mut reader = Reader { shown, text: &text, lines: Lines::default(), diagnostics: Vec::new() };
    let mut config = Config::default();
    match parse_yaml(&text) {
        Ok(Node { value: Value::Null, .. }) => {}
        Ok(node) => reader.whole(&node, &mut config),
        Err(mistake) => {
            let mut diagnostic = mistakes::syntax(reader.place(mistake.span.clone()).labelled(mistake.reason.as_str()));
            if let Some(earlier) = mistake.earlier {
                diagnostic = diagnostic.and(reader.place(earlier).labelled("it is first given here"));
            }
            reader.diagnostics.push(diagnostic);
        }
    }
    let diagnostics = reader.diagnostics;
    config.shown = shown.to_owned();
    config.text = text;
    Found { value: config, diagnostics }
}

/// `text` as the base address of a site: `http` or `https`, a host, and one slash at the end, which is added where it is missing.
///
/// # Errors
/// Why it is none.
pub fn base_url(text: &str) -> Result<String, &'static str> {
    let url = text.trim();
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    match rest {
        None => Err("it must begin with `https://` or `http://`"),
        Some(rest) if rest.is_empty() || rest.starts_with(['/', '?', '#', ':']) => Err("it names no host"),
        Some(rest) if rest.contains(['?', '#']) => Err("it must not hold `?` or `#`"),
        Some(rest) if rest.contains(char::is_whitespace) => Err("it must not hold spaces"),
        Some(rest) if rest.contains(['"', '<', '>', '\\']) => Err("it must not hold `\"`, `<`, `>` or `\\`"),
        Some(_) => Ok(format!("{}/", url.trim_end_matches('/'))),
    }
}

const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "author",
    "language",
    "phrases",
    "navigation",
    "ignore",
    "addresses",
    "markdown",
    "math",
    "code",
    "images",
    "feed",
    "hosts",
    "deploy",
    "theme",
    "search",
    "levels",
];
/// Other tools' names of settings that Essai has too; they are not accepted, but answered.
const FOREIGN_KEYS: &[(&str, &str)] = &[
    ("url", "base_url"),
    ("baseurl", "base_url"),
    ("site_url", "base_url"),
    ("lang", "language"),
    ("default_language", "language"),
    ("menu", "navigation"),
    ("nav", "navigation"),
    ("exclude", "ignore"),
    ("authors", "author"),
    ("name", "title"),
];

/// What the mistakes need to know of the file, and the mistakes so far.
struct Reader<'a> {
    shown: &'a str,
    text: &'a str,
    lines: Lines,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        self.lines.place(self.shown, self.text, span)
    }

    fn bad(&mut self, key: &str, expected: &str, node: &Node) {
        let place = self.place(node.span.clone());
        self.diagnostics.push(mistakes::bad_value(key, expected, place));
    }

    fn unknown(&mut self, entry: &Entry, known: &[&str]) {
        let foreign = FOREIGN_KEYS
            .iter()
            .find(|(foreign, meant)| *foreign == entry.key.to_lowercase() && known.contains(meant))
            .map(|(_, meant)| *meant);
        let meant = foreign.or_else(|| suggest::nearest(&entry.key, known.iter().copied()));
        let place = self.place(entry.key_span.clone());
        self.diagnostics.push(mistakes::unknown_setting(&entry.key, meant, known, place));
    }

    /// The entries of a map; nothing is an empty map.
    fn map<'n>(&mut self, key: &str, node: &'n Node) -> &'n [Entry] {
        match &node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            _ => {
                self.bad(key, "keys and values", node);
                &[]
            }
        }
    }

    fn whole(&mut self, node: &Node, config: &mut Config) {
        for entry in self.map("essai.yaml", node) {
            let Entry { key, node, .. } = entry;
            match key.as_str() {
                "title" => config.title = self.text(key, node),
                "description" => config.description = self.text(key, node),
                "author" => config.author = self.text(key, node),
                "base_url" => config.base_url = self.base_url(key, node),
                "language" => config.language = self.text(key, node).unwrap_or_else(|| "en".to_owned()),
                "phrases" => config.phrases = self.phrases(key, node),
                "navigation" => config.navigation = self.navigation(key, node),
                "ignore" => config.ignore = self.ignore(key, node),
                "addresses" => config.addresses = self.addresses(key, node),
                "markdown" => self.switches(key, node, &mut config.markdown.by_name()),
                "math" => self.math(key, node, config),
                "code" => self.switches(key, node, &mut [("highlight", &mut config.code.highlight)]),
                "images" => self.images(key, node, config),
                "feed" => self.feed(key, node, config),
                "hosts" => config.hosts = self.hosts(key, node),
                "deploy" => config.deploy = self.deploy(key, node),
                "theme" => config.theme = self.theme(key, node),
                "search" => self.switch(key, node, &mut config.search),
                "levels" => self.levels(key, node, config),
                _ => self.unknown(entry, KEYS),
            }
        }
    }

    fn math(&mut self, key: &str, node: &Node, config: &mut Config) {
        for entry in self.map(key, node) {
            let value = entry.node.text(self.text).unwrap_or_default();
            match entry.key.as_str() {
                "typeset" => self.switch(&entry.key, &entry.node, &mut config.math.typeset),
                "escapes" => match TexEscapes::named(&value) {
                    Some(escapes) => config.math.escapes = escapes,
                    None => self.bad(&entry.key, "`none` or `markdown`", &entry.node),
                },
                "font" => match value.trim() {
                    "built-in" => config.math_font = MathFont::BuiltIn,
                    "reader" => config.math_font = MathFont::Reader,
                    "" => self.bad(&entry.key, "`built-in`, `reader` or the path of a font", &entry.node),
                    link => {
                        let span = entry.node.inner_span(self.text);
                        config.math_font = MathFont::File { link: link.to_owned(), span };
                    }
                },
                "macros" => self.macros(&entry.key, &entry.node, &mut config.macros),
                _ => self.unknown(entry, &["typeset", "escapes", "font", "macros"]),
            }
        }
    }

    fn macros(&mut self, key: &str, node: &Node, macros: &mut Vec<TexMacro>) {
        for entry in self.map(key, node) {
            match TexMacro::read(&entry.key, &entry.node, self.text) {
                Some(defined) => macros.push(defined),
                None => self.bad(&entry.key, MACRO, &entry.node),
            }
        }
    }

    fn text(&mut self, key: &str, node: &Node) -> Option<String> {
        let text = node.text(self.text).map(|text| text.trim().to_owned());
        if text.is_none() && node.value != Value::Null {
            self.bad(key, "text", node);
        }
        text.filter(|text| !text.is_empty())
    }

    fn base_url(&mut self, key: &str, node: &Node) -> Option<String> {
        let address = base_url(&self.text(key, node)?);
        if address.is_err() {
            self.bad(key, "a whole address, such as `https://example.org/essays/`", node);
        }
        address.ok()
    }

    /// The values of a list; one value stands for a list of it.
    fn list<'n>(&mut self, node: &'n Node) -> &'n [Node] {
        match &node.value {
            Value::List(nodes) => nodes,
            Value::Null => &[],
            _ => std::slice::from_ref(node),
        }
    }

    fn navigation(&mut self, key: &str, node: &Node) -> Vec<NavigationLink> {
        if matches!(node.value, Value::Map(_)) {
            self.bad(key, "a list, such as `- {title: About, link: about.md}`", node);
            return Vec::new();
        }
        self.list(node).iter().filter_map(|node| self.navigation_link(key, node)).collect()
    }

    fn navigation_link(&mut self, key: &str, node: &Node) -> Option<NavigationLink> {
        let Value::Map(entries) = &node.value else {
            let link = self.text(key, node)?;
            return Some(NavigationLink { title: String::new(), link, span: node.inner_span(self.text) });
        };
        let mut title = String::new();
        let mut link = None;
        for entry in entries {
            match entry.key.as_str() {
                "title" => title = self.text("title", &entry.node).unwrap_or_default(),
                "link" => {
                    let span = entry.node.inner_span(self.text);
                    link = self.text("link", &entry.node).map(|link| (link, span));
                }
                _ => self.unknown(entry, &["title", "link"]),
            }
        }
        if link.is_none() {
            self.bad(key, "a `link` here, such as `link: about.md`", node);
        }
        link.map(|(link, span)| NavigationLink { title, link, span })
    }

    fn ignore(&mut self, key: &str, node: &Node) -> Vec<String> {
        let mut ignore = Vec::new();
        for node in self.list(node) {
            let Some(pattern) = self.text(key, node) else { continue };
            match patterns::glob(&pattern) {
                Ok(_) => ignore.push(pattern),
                Err(error) => {
                    let place = self.place(node.inner_span(self.text));
                    self.diagnostics.push(mistakes::bad_glob(place, &error.kind().to_string()));
                }
            }
        }
        ignore
    }

    fn addresses(&mut self, key: &str, node: &Node) -> Addresses {
        match node.text(self.text).as_deref() {
            Some("mirror") => Addresses::Mirror,
            Some("folders") => Addresses::Folders,
            _ => {
                self.bad(key, "`mirror` (`a/b.html`) or `folders` (`a/b/index.html`)", node);
                Addresses::default()
            }
        }
    }

    /// Reads a map of switches, each of which has a name.
    fn switches(&mut self, key: &str, node: &Node, switches: &mut [(&'static str, &mut bool)]) {
        for entry in self.map(key, node) {
            match switches.iter_mut().find(|(name, _)| *name == entry.key) {
                Some((_, switch)) => self.switch(&entry.key, &entry.node, switch),
                None => self.unknown(entry, &switches.iter().map(|(name, _)| *name).collect::<Vec<_>>()),
            }
        }
    }

    fn switch(&mut self, key: &str, node: &Node, switch: &mut bool) {
        match node.value {
            Value::Bool(on) => *switch = on,
            _ => self.bad(key, "`true` or `false`", node),
        }
    }

    fn feed(&mut self, key: &str, node: &Node, config: &mut Config) {
        for entry in self.map(key, node) {
            let entries = match &entry.node.value {
                _ if entry.key != "entries" => {
                    self.unknown(entry, &["entries"]);
                    continue;
                }
                Value::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
                _ => None,
            };
            match entries {
                Some(entries) => config.feed.entries = entries,
                None => self.bad(&entry.key, "a whole number", &entry.node),
            }
        }
    }

    fn levels(&mut self, key: &str, node: &Node, config: &mut Config) {
        for entry in self.map(key, node) {
            let level = match entry.node.text(self.text).as_deref() {
                Some("error") => Level::Error,
                Some("warn") => Level::Warn,
                Some("off" | "false") => Level::Off,
                _ => {
                    self.bad(&entry.key, "`error`, `warn` or `off`", &entry.node);
                    continue;
                }
            };
            match Kind::ALL.iter().find(|kind| kind.name() == entry.key) {
                Some(kind) => {
                    config.levels.0.insert(*kind, level);
                }
                None => {
                    let names: Vec<String> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                    let meant = suggest::nearest(&entry.key, names.iter().map(String::as_str));
                    let place = self.place(entry.key_span.clone());
                    self.diagnostics.push(mistakes::unknown_kind(&entry.key, meant, place));
                }
            }
        }
    }
}

mod deploy;
mod images;
mod phrases;
mod theme;

#[cfg(test)]
mod tests;
