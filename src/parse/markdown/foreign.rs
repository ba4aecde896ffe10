//! Markup of other tools that Essai does not know, or not where it stands: it comes out as text, which its author should hear of.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::document::Document;
use super::signs::{Signs, name};

/// What begins a line that takes a file in (pymdownx).
const SNIPPET: &str = "--8<--";

/// The longest tag of a template, in bytes.
const LONGEST: usize = 1000;

/// Tags of Liquid, Nunjucks and Jinja, which may stand alone.
const TAGS: [&str; 20] = [
    "assign",
    "block",
    "call",
    "capture",
    "case",
    "comment",
    "cycle",
    "extends",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "include",
    "include_relative",
    "macro",
    "render",
    "set",
    "tablerow",
    "unless",
];

/// What of `document` is another tool's, in order of place: of each line the first, as bytes of the file. It has these
/// `signs`.
pub fn markup(document: &Document<'_>, signs: Signs) -> Vec<Range<usize>> {
    let has_snippet = memchr::memmem::find(document.text.as_bytes(), SNIPPET.as_bytes()).is_some();
    let mut found = if signs.opening || has_snippet { lines(document) } else { Vec::new() };
    if signs.brace || signs.name || signs.comment {
        found.extend(tags(document));
        found.extend(comments(document));
        found.sort_by_key(|range| range.start);
        let text = &document.source.text;
        found.dedup_by(|next, first| !text.get(first.start..next.start).is_some_and(|between| between.contains('\n')));
    }
    found
}

/// The tags, shortcodes and variables of templates and the icons in `document` that are shown as text, and the lines of its code
/// that mdBook would have replaced by a file.
fn tags(document: &Document<'_>) -> Vec<Range<usize>> {
    let (text, offset) = (document.text, document.offset);
    let raw = raw(document.source.text.get(offset..).unwrap_or_default());
    let mut found = Vec::new();
    let mut is_code = false;
    let mut is_template = false;
    for (event, range) in &document.events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => (is_code, is_template) = (true, is_of_templates(kind)),
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_) => {
                let (start, end) = (range.start - offset, range.end - offset);
                let bytes = text.as_bytes().get(start..end).unwrap_or_default();
                for at in memchr::memchr2_iter(b'{', b':', bytes).map(|at| start + at) {
                    let is_meant = || text[..at].ends_with(['{', '\\']) || raw.iter().any(|raw| raw.contains(&at));
                    let length = match is_code {
                        true if is_template => None,
                        true => inclusion(text, at),
                        false => tag(&text[at..]).or_else(|| icon(&text[at..])),
                    };
                    if let Some(length) = length.filter(|_| !is_meant()) {
                        let first = text[at..at + length].lines().next().unwrap_or_default();
                        found.push(offset + at..offset + at + first.trim_end().len());
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The first line of each comment of Obsidian in `document`, which stands between two `%%`.
fn comments(document: &Document<'_>) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut is_code = false;
    for (event, range) in &document.events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(_) if !is_code => {
                let text = document.source.text.get(range.clone()).unwrap_or_default();
                marks.extend(memchr::memmem::find_iter(text.as_bytes(), "%%").map(|at| range.start + at));
            }
            _ => {}
        }
    }
    let text = &document.source.text;
    let opens = |at: usize| text[..at].is_empty() || text[..at].ends_with(char::is_whitespace);
    let pairs = marks.chunks_exact(2).map(|pair| pair[0]..pair[1] + "%%".len()).filter(|pair| opens(pair.start));
    pairs.map(|pair| pair.start..pair.start + text[pair].lines().next().unwrap_or_default().trim_end().len()).collect()
}

/// What of `text` Liquid would leave as it is.
fn raw(text: &str) -> Vec<Range<usize>> {
    let ends = memchr::memmem::find_iter(text.as_bytes(), "endraw");
    let mut start = 0;
    ends.map(|end| std::mem::replace(&mut start, end)..end)
        .filter_map(|range| {
            Some(range.start + text[range.clone()].find("raw %}").or(text[range.clone()].find("raw -%}"))?..range.end)
        })
        .collect()
}

/// Whether a block of code of this `kind` shows templates, or how another tool's Markdown is written.
fn is_of_templates(kind: &CodeBlockKind<'_>) -> bool {
    let CodeBlockKind::Fenced(info) = kind else { return false };
    let language = info.split([' ', ',', '{', '\t']).next().unwrap_or_default();
    matches!(language, "handlebars" | "hbs" | "mustache" | "html" | "markdown" | "md" | "text")
}

/// The length of the line of code at byte `at` of `text` by which mdBook takes a file in.
fn inclusion(text: &str, at: usize) -> Option<usize> {
    let line = text[at..].lines().next()?.trim_end();
    let is_name = ["{{#include ", "{{#rustdoc_include ", "{{#playground "].iter().any(|name| line.starts_with(name));
    let is_alone = text[..at].trim_end_matches([' ', '\t']).ends_with('\n')
        && line.find('}') == Some(line.len().saturating_sub(2));
    (is_name && is_alone).then_some(line.len())
}

/// The length of the icon of Material for MkDocs that `text` begins with: `:material-check:`.
fn icon(text: &str) -> Option<usize> {
    let is_icon = [":material-", ":octicons-", ":fontawesome-", ":simple-"].iter().any(|set| text.starts_with(set));
    name(text.as_bytes()).filter(|_| is_icon)
}

/// The length of the tag, shortcode or variable that `text` begins with.
fn tag(text: &str) -> Option<usize> {
    let (open, close) = [("{{<", ">}}"), ("{{%", "%}}"), ("{{#", "}}"), ("{{", "}}"), ("{%", "%}")]
        .into_iter()
        .find(|(open, _)| text.starts_with(open))?;
    let rest = &text[open.len()..text.floor_char_boundary(LONGEST)];
    let inside = &rest[..rest.find(close)?];
    let is_word = |word: &str| word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_tag = match open {
        "{{" => {
            // One word in braces may be meant as it is.
            let inside = inside.trim();
            let is_name = is_word(inside.trim_start_matches(['.', '$', '"', '\'']));
            is_name && !inside.contains(['{', '}']) && (inside.contains(['.', '|']) || is_call(inside))
        }
        "{%" => {
            let written = inside.trim_matches(['-', '+', ' ', '\t', '\n']).trim_start_matches('/');
            let (name, arguments) = written.split_once([' ', '\t', '\n', '(']).unwrap_or((written, ""));
            let is_end = inside.contains('/') || name.len() > "end".len() && name.starts_with("end");
            let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            // One word alone may be meant as it is.
            TAGS.contains(&name) || is_word(name) && name.bytes().all(is_name) && (is_end || !arguments.is_empty())
        }
        _ => is_word(inside.trim_start_matches([' ', '/', '\t', '\n'])),
    };
    (is_tag && !inside.contains("\n\n")).then_some(open.len() + inside.len() + close.len())
}

/// Whether `inside` is a call of a shortcode as Zola has it: `youtube(id="x")`.
fn is_call(inside: &str) -> bool {
    let name = inside.strip_suffix(')').and_then(|inside| inside.split_once('(')).map_or("", |(name, _)| name.trim());
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The lines of `document` outside code and raw HTML that begin, and did not become, an admonition or a tab as
/// Python-Markdown (`!!! note`), Docusaurus (`:::note`), Quarto (`::: {.callout-note}`) and pymdownx (`??? note`,
/// `/// note | Title`, `=== "Tab"`, `--8<-- "file"`) write them: the bytes of each in the file, without the space around.
fn lines(document: &Document<'_>) -> Vec<Range<usize>> {
    let text = document.text;
    let is_opaque = |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock));
    let opaque: Vec<_> = document.events.iter().filter(|(event, _)| is_opaque(event)).map(|(_, range)| range).collect();
    let mut found = Vec::new();
    let mut start = document.offset;
    for line in text.split_inclusive('\n') {
        let inside = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if begins(inside) && document.admonition(at).is_none() && !opaque.iter().any(|range| range.contains(&at)) {
            found.push(at..at + inside.len());
        }
        start += line.len();
    }
    found
}

/// Whether `line` begins a block of another tool.
fn begins(line: &str) -> bool {
    let is_name = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_lowercase());
    if let Some(rest) = line.strip_prefix("!!! ").or(line.strip_prefix("??? ")).or(line.strip_prefix("???+ ")) {
        // A kind, perhaps further classes, and a title in quotes: prose has capitals or a sign somewhere.
        let before_title = rest.split('"').next().unwrap_or_default();
        let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        return is_name(rest.trim_start())
            && before_title.split_whitespace().count() <= 3
            && before_title.split_whitespace().all(is_plain);
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let name = rest.trim_start_matches(':').trim_start();
        return is_name(name) || name.starts_with('{');
    }
    if let Some((name, _)) = line.strip_prefix("/// ").and_then(|rest| rest.split_once('|')) {
        return is_name(name) && !name.trim_end().contains(' ');
    }
    if let Some(rest) = line.strip_prefix(SNIPPET) {
        return rest.is_empty() || rest.starts_with(" \"");
    }
    line.strip_prefix("=== ").is_some_and(|rest| rest.starts_with('"'))
}
