//! The former address of an essay that moves, in its header.

use std::ops::Range;

use super::relocate::apply;
use crate::parse::{HeaderDialect, header_place, is_of_aliases};

/// `text`, an essay's, with the former address `alias` in its header, in the header's dialect. `known` are the spans of
/// the aliases that it has.
pub fn with_alias(text: &str, alias: &str, known: &[Range<usize>]) -> String {
    let break_of = |at: usize| if text[..at].ends_with("\r\n") || text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some((dialect, inner)) = header_place(text) else {
        let line_break = break_of(0);
        return format!("aliases: {alias}{line_break}{line_break}{text}");
    };
    let line_break = break_of(inner.end);
    if let Some(last) = known.last() {
        return beside(text, alias, last, dialect);
    }
    if let Some(value) = empty_aliases(text, inner.clone()) {
        let is_quoted = matches!(dialect, HeaderDialect::Toml | HeaderDialect::Json);
        let new = if is_quoted { format!(" [\"{alias}\"]") } else { format!(" {alias}") };
        return apply(text, &[(value, new)]);
    }
    let (at, line) = match dialect {
        HeaderDialect::Bare | HeaderDialect::Yaml => (inner.end, format!("aliases: {alias}")),
        // Before the first table, which everything below it belongs to.
        HeaderDialect::Toml => (inner.start, format!("aliases = [\"{alias}\"]")),
        HeaderDialect::Json => (inner.start + 1, format!("\"aliases\": [\"{alias}\"],")),
        HeaderDialect::Comment => (inner.end, format!(".. aliases: {alias}")),
    };
    let needs_break = at > 0 && !text[..at].ends_with('\n');
    let line = if needs_break { format!("{line_break}{line}") } else { format!("{line}{line_break}") };
    apply(text, &[(at..at, line)])
}

/// Where in the header at `inner` of `text` a list of aliases with nothing in it stands, behind the sign that follows its key.
fn empty_aliases(text: &str, inner: Range<usize>) -> Option<Range<usize>> {
    let mut start = inner.start;
    text[inner].split_inclusive('\n').find_map(|line| {
        let at = start;
        start += line.len();
        let (key, value) = line.trim_end().trim_end_matches(',').split_once([':', '='])?;
        let is_empty = matches!(value.replace(' ', "").as_str(), "" | "[]");
        let is_key = is_of_aliases(key.trim().trim_start_matches(".. ").trim_matches('"'));
        (is_empty && is_key).then(|| at + key.len() + 1..at + key.len() + 1 + value.len())
    })
}

/// `text` with `alias` beside the ones that are there, of which `last` is the last.
fn beside(text: &str, alias: &str, last: &Range<usize>, dialect: HeaderDialect) -> String {
    let quote = text[last.end..].chars().next().filter(|letter| matches!(letter, '"' | '\''));
    let end = last.end + quote.map_or(0, char::len_utf8);
    let start = last.start - quote.map_or(0, char::len_utf8);
    let quote = quote.map(String::from).unwrap_or_default();
    let item = format!("{quote}{alias}{quote}");
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line_start..start];
    let edit = match dialect {
        HeaderDialect::Yaml if before.trim_start().starts_with("- ") => {
            let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
            (end..end, format!("{line_break}{before}{item}"))
        }
        // One alias that stands without brackets becomes the first of a list.
        HeaderDialect::Yaml | HeaderDialect::Toml | HeaderDialect::Json if before.trim_end().ends_with([':', '=']) => {
            (start..end, format!("[{}, {item}]", &text[start..end]))
        }
        _ => (end..end, format!(", {item}")),
    };
    apply(text, &[edit])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::parse::code::Highlighter;
    use crate::parse::{Located, ParseConfig, parse_one};
    use crate::read::{SitePath, Source};

    fn aliases(text: &str) -> Vec<Located<String>> {
        let source = Source::new(SitePath::new("a.md").unwrap(), text);
        parse_one(source, &ParseConfig::default(), &Highlighter::new()).value.header.aliases
    }

    #[test]
    fn an_alias_is_added_in_the_dialect_of_the_header() {
        let check = |text: &str, expected: &str| {
            let known: Vec<_> = aliases(text).into_iter().map(|alias| alias.span).collect();
            let with = with_alias(text, "/o.html", &known);
            assert_eq!(with, expected);
            assert_eq!(aliases(&with).last().unwrap().value, "/o.html", "{with}");
        };
        check("Text", "aliases: /o.html\n\nText");
        check("title: A\n\nText", "title: A\naliases: /o.html\n\nText");
        check("title: A\r\n\r\nText", "title: A\r\naliases: /o.html\r\n\r\nText");
        check("title: A", "title: A\naliases: /o.html");
        check("aliases: /x\ntitle: A\n\nT", "aliases: /x, /o.html\ntitle: A\n\nT");
        check("---\ntitle: A\n---\nText", "---\ntitle: A\naliases: /o.html\n---\nText");
        check("---\naliases: /x\n---\nText", "---\naliases: [/x, /o.html]\n---\nText");
        check("---\naliases: [\"/x\"]\n---\nText", "---\naliases: [\"/x\", \"/o.html\"]\n---\nText");
        check("---\naliases:\n  - /x\n  - /y\n---\nT", "---\naliases:\n  - /x\n  - /y\n  - /o.html\n---\nT");
        check(
            "+++\ntitle = \"A\"\n[extra]\nx = 1\n+++\nT",
            "+++\naliases = [\"/o.html\"]\ntitle = \"A\"\n[extra]\nx = 1\n+++\nT",
        );
        check("aliases:\ntitle: A\n\nT", "aliases: /o.html\ntitle: A\n\nT");
        check("---\nalias: [ ]\ntitle: A\n---\nT", "---\nalias: /o.html\ntitle: A\n---\nT");
        check("{\n\"title\": \"A\"\n}\nT", "{\n\"aliases\": [\"/o.html\"],\n\"title\": \"A\"\n}\nT");
        check("<!--\n.. title: A\n-->\nT", "<!--\n.. title: A\n.. aliases: /o.html\n-->\nT");
        check("{\n\"aliases\": [],\n\"title\": \"A\"\n}\nT", "{\n\"aliases\": [\"/o.html\"],\n\"title\": \"A\"\n}\nT");
        check(
            "{\n\"tags\": [\"a\"], \"aliases\": \"/x\"\n}\nT",
            "{\n\"tags\": [\"a\"], \"aliases\": [\"/x\", \"/o.html\"]\n}\nT",
        );
        check("+++\naliases = \"/x\" # [1]\n+++\nT", "+++\naliases = [\"/x\", \"/o.html\"] # [1]\n+++\nT");
        check("+++\naliases = []\n+++\nT", "+++\naliases = [\"/o.html\"]\n+++\nT");
        check("+++\naliases = [\"/x\"]\n+++\nT", "+++\naliases = [\"/x\", \"/o.html\"]\n+++\nT");
    }
}
