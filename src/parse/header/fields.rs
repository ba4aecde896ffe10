//! Keys and values of any dialect become a [`Header`].

use std::ops::Range;

use super::date::{impossible, is_post_of_jekyll, parse_date};
use super::keys::{Key, known, near_miss, normalised};
use super::values::{Lists, collect_names, parts, truth};
use crate::diagnostic::{Diagnostic, Place, header as mistakes};
use crate::parse::{AddressRule, Date, Header, Located};
use crate::read::Source;
use crate::read::node::{Entry, Node, Value};

/// What Quarto and Eleventy write for the day of the build or of a change, which is no date of the essay's.
const MOVING: [&str; 7] =
    ["today", "now", "last-modified", "last modified", "created", "git last modified", "git created"];

/// What stands in a value that another tool fills in: code of R, and of templates.
const FILLED_IN: [&str; 4] = ["`r ", "{{", "{%", "<%"];

const DATE: &str = "a date, such as `2023-03-14`";
const TRUTH: &str = "`true` or `false`";

/// Reads `entries`, whose spans are bytes of `source`, and notes what does not fit.
pub fn read_entries(source: &Source, entries: &[Entry], lists: Lists) -> (Header, Vec<Diagnostic>) {
    let mut fields = Fields { source, lists, header: Header::default(), diagnostics: Vec::new() };
    let names: Vec<String> = entries.iter().map(|entry| normalised(&entry.key)).collect();
    let mut ours: Vec<(usize, Key, &Entry)> = Vec::new();
    for (position, (entry, name)) in entries.iter().zip(&names).enumerate() {
        let first = names.iter().position(|other| other == name).unwrap_or(position);
        let known = known(name);
        let is_list = matches!(known, Some((_, Key::Keywords | Key::Author | Key::Aliases)));
        match known {
            _ if first < position && !is_list => fields.repeated(entry, &entries[first]),
            Some((rank, key)) => ours.push((rank, key, entry)),
            None => fields.other(name, entry),
        }
    }
    ours.sort_by_key(|(rank, ..)| *rank);
    for (_, key, entry) in ours {
        if entry.node.value != Value::Null && entry.node.value != Value::Text(String::new()) {
            fields.set(key, entry);
        }
    }
    (fields.header, fields.diagnostics)
}

/// What is read of a header so far.
pub(super) struct Fields<'a> {
    pub source: &'a Source,
    lists: Lists,
    pub header: Header,
    diagnostics: Vec<Diagnostic>,
}

impl Fields<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        self.source.place(span)
    }

    pub fn bad(&mut self, entry: &Entry, node: &Node, expected: &str) {
        let place = self.place(node.span.clone());
        self.diagnostics.push(mistakes::bad_value(&entry.key, expected, place));
    }

    fn repeated(&mut self, entry: &Entry, first: &Entry) {
        let (again, first_place) = (self.place(entry.key_span.clone()), self.place(first.key_span.clone()));
        self.diagnostics.push(mistakes::repeated_key(&entry.key, again, first_place));
    }

    /// A key that Essai does not know: templates get it.
    fn other(&mut self, name: &str, entry: &Entry) {
        if let Some(meant) = near_miss(name) {
            let place = self.place(entry.key_span.clone());
            self.diagnostics.push(mistakes::unknown_key(&entry.key, meant, place));
        }
        self.header.extra.entry(name.to_owned()).or_insert_with(|| entry.node.to_json());
    }

    fn set(&mut self, key: Key, entry: &Entry) {
        match key {
            Key::Title => set(self.line(entry), &mut self.header.title),
            Key::Description => set(self.line(entry), &mut self.header.description),
            Key::Series => set(self.first_line(entry), &mut self.header.series),
            Key::Language => set(self.line(entry), &mut self.header.language),
            Key::Image => set(self.image(entry), &mut self.header.image),
            Key::Date => self.dates(entry),
            Key::Updated => set(self.date(entry), &mut self.header.updated),
            Key::Order => set(self.number(entry), &mut self.header.order),
            Key::Position => set(self.finite(entry), &mut self.header.order),
            Key::Toc => set(self.toc(entry), &mut self.header.toc),
            Key::Draft => {
                let draft = self.truth(entry).unwrap_or(false);
                self.header.draft |= draft;
            }
            Key::Published => self.published(entry),
            Key::Status => {
                let status = self.line(entry).unwrap_or_default();
                self.header.draft |= status.eq_ignore_ascii_case("draft");
            }
            Key::Keywords => {
                let keywords = self.names(entry);
                self.keywords(keywords);
            }
            Key::Author => {
                let authors = self.texts(entry, &[",", ";", " and "]);
                add(&mut self.header.authors, authors);
            }
            Key::Aliases => self.aliases(entry),
            Key::Url => self.address(entry, AddressRule::Url),
            Key::Permalink => self.permalink(entry),
            Key::Slug => self.address(entry, AddressRule::Slug),
            Key::Math => self.math(entry),
            Key::MathEscapes => set(self.escapes(entry), &mut self.header.escapes),
            Key::Taxonomies => self.taxonomies(entry),
            Key::Extra => self.extra(entry),
        }
    }

    /// The value as one line of text; a list of one text is that text.
    fn line(&mut self, entry: &Entry) -> Option<String> {
        let node = match &entry.node.value {
            Value::List(nodes) if nodes.len() == 1 => nodes.first()?,
            _ => &entry.node,
        };
        let text = node.text(&self.source.text).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        if text.is_none() {
            self.bad(entry, node, &format!("text, but this is {}", node.description()));
        }
        text.filter(|text| !text.is_empty())
    }

    /// The value as one line of text: of a list, its first. Hugo's essays may be in several series.
    fn first_line(&mut self, entry: &Entry) -> Option<String> {
        match &entry.node.value {
            Value::List(nodes) => {
                let first = nodes.first()?.clone();
                self.line(&Entry { node: first, ..entry.clone() })
            }
            _ => self.line(entry),
        }
    }

    /// A date, or a map of several (Material for MkDocs); of those that are not known nothing is said.
    fn dates(&mut self, entry: &Entry) {
        let Value::Map(entries) = &entry.node.value else {
            set(self.date(entry), &mut self.header.date);
            return;
        };
        for entry in entries {
            match normalised(&entry.key).as_str() {
                "created" => set(self.date(entry), &mut self.header.date),
                "updated" => set(self.date(entry), &mut self.header.updated),
                _ => {}
            }
        }
    }

    fn date(&mut self, entry: &Entry) -> Option<Date> {
        let text = entry.node.text(&self.source.text).unwrap_or_default();
        let date = parse_date(&text);
        let is_filled_in = FILLED_IN.iter().any(|sign| text.contains(sign));
        if date.is_none() && !is_filled_in && !MOVING.contains(&text.trim().to_lowercase().as_str()) {
            self.bad(entry, &entry.node, impossible(&text).unwrap_or(DATE));
        }
        date
    }

    fn truth(&mut self, entry: &Entry) -> Option<bool> {
        let truth = entry.node.text(&self.source.text).and_then(|text| truth(&text));
        if truth.is_none() {
            self.bad(entry, &entry.node, TRUTH);
        }
        truth
    }

    /// A map or a list has the settings of a table of contents, which is then wanted (Quarto); a number how deep it goes.
    fn toc(&mut self, entry: &Entry) -> Option<bool> {
        if matches!(entry.node.value, Value::Map(_) | Value::List(_)) {
            return Some(true);
        }
        self.finite(entry).map(|depth| depth > 0.0).or_else(|| self.truth(entry))
    }

    fn published(&mut self, entry: &Entry) {
        let text = entry.node.text(&self.source.text).unwrap_or_default();
        match (truth(&text), parse_date(&text)) {
            (Some(published), _) => self.header.draft |= !published,
            (None, Some(date)) => set(Some(date), &mut self.header.date),
            (None, None) => self.bad(entry, &entry.node, TRUTH),
        }
    }

    fn number(&mut self, entry: &Entry) -> Option<f64> {
        let number = self.finite(entry);
        if number.is_none() {
            self.bad(entry, &entry.node, "a number");
        }
        number
    }

    fn finite(&self, entry: &Entry) -> Option<f64> {
        entry.node.text(&self.source.text)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// The path of a picture: text, the first of a list, or a map's `image`, `src`, `path` or `url`.
    fn image(&mut self, entry: &Entry) -> Option<Located<String>> {
        let node = match &entry.node.value {
            Value::List(nodes) => nodes.first()?,
            Value::Map(inner) => {
                let named = |name: &&str| inner.iter().find(|entry| normalised(&entry.key) == **name);
                &["image", "src", "path", "url"].iter().find_map(named)?.node
            }
            Value::Bool(false) => return None,
            _ => &entry.node,
        };
        let located = self.located(node);
        if located.is_none() && node.value != Value::Null {
            self.bad(entry, node, "the path of a picture");
        }
        located.filter(|image| !image.value.is_empty())
    }

    fn located(&self, node: &Node) -> Option<Located<String>> {
        let Value::Text(text) = &node.value else { return None };
        Some(Located { value: text.trim().to_owned(), span: node.inner_span(&self.source.text) })
    }

    fn aliases(&mut self, entry: &Entry) {
        let text = &self.source.text;
        let aliases: Vec<Located<String>> = match &entry.node.value {
            Value::Text(_) if self.lists == Lists::Bare => parts(text, entry.node.span.clone(), &[",", "\n"]),
            Value::List(nodes) => {
                if let Some(wrong) = nodes.iter().find(|node| !matches!(node.value, Value::Text(_))) {
                    self.bad(entry, wrong, "a former address");
                }
                nodes.iter().filter_map(|node| self.located(node)).collect()
            }
            Value::Text(_) => self.located(&entry.node).into_iter().collect(),
            _ => {
                self.bad(entry, &entry.node, "a list of former addresses");
                Vec::new()
            }
        };
        self.header.aliases.extend(aliases.into_iter().filter(|alias| !alias.value.is_empty()));
    }

    /// The first address wins: the whole one before the last part. One of another site is no address of the essay.
    fn address(&mut self, entry: &Entry, rule: fn(String) -> AddressRule) {
        let Some(value) = entry.node.text(&self.source.text).map(|text| text.trim().to_owned()) else {
            return self.bad(entry, &entry.node, "an address");
        };
        if value.contains("://") {
            self.header.extra.entry(normalised(&entry.key)).or_insert_with(|| value.into());
            return;
        }
        let span = entry.node.inner_span(&self.source.text);
        set(Some(Located { value: rule(value), span }), &mut self.header.address);
    }

    /// Eleventy writes no page where it is `false`.
    fn permalink(&mut self, entry: &Entry) {
        match entry.node.value {
            Value::Bool(has_page) => self.header.draft |= !has_page,
            _ => self.address(entry, AddressRule::Permalink),
        }
    }

    /// Keywords as they are listed: in lists within lists, or in groups, or with more than their names. In posts of Jekyll spaces
    /// divide them.
    fn names(&mut self, entry: &Entry) -> Vec<String> {
        let mut names = Vec::new();
        match &entry.node.value {
            Value::List(_) | Value::Map(_) => collect_names(&entry.node, &self.source.text, &mut names),
            Value::Text(text)
                if !text.contains(',')
                    && self.lists == Lists::OfTheirOwn
                    && is_post_of_jekyll(&self.source.path)
                    && ["tags", "categories"].contains(&entry.key.as_str()) =>
            {
                names.extend(text.split_whitespace().map(str::to_owned));
            }
            _ => names = self.texts(entry, &[","]),
        }
        names
    }

    /// The texts of a list, or of a text that separators divide.
    fn texts(&mut self, entry: &Entry, separators: &[&str]) -> Vec<String> {
        let node = &entry.node;
        let text = match &node.value {
            Value::List(nodes) => return nodes.iter().filter_map(|node| self.item(entry, node)).collect(),
            Value::Map(_) => return self.item(entry, node).into_iter().collect(),
            _ => node.text(&self.source.text).unwrap_or_default(),
        };
        // A continuation line of the bare dialect is an item of its own where nothing else separates.
        let mut separators = separators.to_vec();
        let written = self.source.text.get(node.span.clone()).unwrap_or_default();
        let text = if self.lists == Lists::Bare && !written.contains(',') {
            separators.push("\n");
            written
        } else {
            &text
        };
        parts(text, 0..text.len(), &separators).into_iter().map(|part| part.value).collect()
    }

    /// One text of a list; of a map, which is how Quarto writes an author, its name.
    fn item(&mut self, entry: &Entry, node: &Node) -> Option<String> {
        if let Value::Map(inner) = &node.value
            && let Some(name) = inner.iter().find(|entry| normalised(&entry.key) == "name")
        {
            // Quarto's name may have parts again.
            let node = match &name.node.value {
                Value::Map(parts) => &parts.iter().find(|entry| normalised(&entry.key) == "literal")?.node,
                _ => &name.node,
            };
            return self.item(entry, node);
        }
        let text = node.text(&self.source.text).map(|text| text.trim().to_owned());
        if text.is_none() {
            self.bad(entry, node, &format!("text, but this is {}", node.description()));
        }
        text
    }

    fn keywords(&mut self, keywords: Vec<String>) {
        let is_marked = |keyword: &str| keyword.starts_with('#');
        let parts = |keyword: &str| match is_marked(keyword) {
            true => keyword.split(" #").map(str::to_owned).collect(),
            false => vec![keyword.to_owned()],
        };
        for keyword in keywords.iter().flat_map(|keyword| parts(keyword)) {
            // In quotes they may have the sign that marks them in a text (Obsidian).
            let keyword = keyword.trim_start_matches('#').trim().to_owned();
            let known = |other: &String| other.to_lowercase() == keyword.to_lowercase();
            if !keyword.is_empty() && !self.header.keywords.iter().any(known) {
                self.header.keywords.push(keyword);
            }
        }
    }

    fn taxonomies(&mut self, entry: &Entry) {
        let Value::Map(inner) = &entry.node.value else {
            return self.bad(entry, &entry.node, "a table of keywords, such as `tags`");
        };
        let mut rest = serde_json::Map::new();
        for inner_entry in inner {
            match known(&normalised(&inner_entry.key)) {
                Some((_, Key::Keywords)) => {
                    let keywords = self.names(inner_entry);
                    self.keywords(keywords);
                }
                _ => {
                    rest.insert(inner_entry.key.clone(), inner_entry.node.to_json());
                }
            }
        }
        if !rest.is_empty() {
            self.header.extra.insert("taxonomies".to_owned(), rest.into());
        }
    }

    /// Zola's `[extra]` and Hugo's `params`: their keys stand beside the other keys for templates.
    fn extra(&mut self, entry: &Entry) {
        match &entry.node.value {
            Value::Map(inner) => {
                for entry in inner {
                    self.header.extra.entry(normalised(&entry.key)).or_insert_with(|| entry.node.to_json());
                }
            }
            _ => {
                self.header.extra.entry(normalised(&entry.key)).or_insert_with(|| entry.node.to_json());
            }
        }
    }
}

/// Sets what is not set yet.
pub(super) fn set<T>(value: Option<T>, slot: &mut Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn add(list: &mut Vec<String>, texts: Vec<String>) {
    for text in texts {
        if !text.is_empty() && !list.contains(&text) {
            list.push(text);
        }
    }
}
