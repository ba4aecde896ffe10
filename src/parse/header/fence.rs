//! Headers between two lines: `---` for YAML, `+++` for TOML, braces for JSON.

use std::ops::Range;

use super::keys::{known, normalised};
use super::lines::{Line, lines};

/// A language for headers that has its own fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
    /// From `{` to `}`, which are of it.
    Json,
}

/// A fenced header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fenced {
    /// Its language.
    pub language: Language,
    /// What opens it, without the name of a language.
    pub fence: &'static str,
    /// Bytes between the fences; of a header that never ends, as much as is likely to be one.
    pub inner: Range<usize>,
    /// The byte where the body begins.
    pub body: usize,
    /// Bytes of the opening fence.
    pub opening: Range<usize>,
    /// Whether it ends.
    pub end: End,
}

/// Whether a fenced header ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By its closing fence.
    Closed,
    /// It does not.
    Missing,
}

impl Language {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Language::Yaml => "YAML",
            Language::Toml => "TOML",
            Language::Json => "JSON",
        }
    }

    /// The line that opens it.
    fn fence(self) -> &'static str {
        match self {
            Language::Yaml => "---",
            Language::Toml => "+++",
            Language::Json => "{",
        }
    }

    /// The language whose header the line `opening` opens, and the fence: `---`, or `---toml` as Eleventy has it.
    fn opened_by(opening: &str) -> Option<(Self, &'static str)> {
        let languages = [Language::Yaml, Language::Toml, Language::Json];
        let opening = opening.trim_end();
        let named = opening.strip_prefix("---").filter(|name| !name.is_empty());
        match named {
            Some(name) => {
                let is_named = |language: &Language| language.name().eq_ignore_ascii_case(name);
                languages.into_iter().find(is_named).map(|language| (language, "---"))
            }
            None => languages.into_iter().find(|language| opening == language.fence()).map(|it| (it, it.fence())),
        }
    }

    /// Whether `line` closes a header in this language that `fence` opened.
    fn closes(self, fence: &str, line: &str) -> bool {
        let line = line.trim_end();
        match fence {
            "{" => line == "}",
            _ => line == fence || (self == Language::Yaml && line == "..."),
        }
    }
}

/// The fenced header that opens `text`, if one does.
///
/// The first line must be a fence. `---` is a thematic break too, so what follows must look like YAML: a key and a
/// colon, or directly below the fence the beginning of a collection or a key whose colon has no space after it, or at
/// once the closing fence, but no heading before it. Blank lines may stand before a header that has a key directly below the fence, and ends.
///
/// A header of YAML that holds lists may lack its first fence, as in Hexo.
pub fn find(text: &str) -> Option<Fenced> {
    let first = lines(text, 0).find(|line| !line.text.trim().is_empty())?;
    let Some((language, fence)) = Language::opened_by(first.text) else {
        return if first.start == 0 && has_key(first.text) { without_opening(text) } else { None };
    };
    if !begins(text, first.end, language, fence) || (first.start > 0 && !is_certain(text, first.end, language, fence)) {
        return None;
    }
    let opening = first.start..first.start + fence.len();
    if let Some(closing) = lines(text, first.end).find(|line| language.closes(fence, line.text)) {
        let inner = if fence == "{" { first.start..closing.end } else { first.end..closing.start };
        return Some(Fenced { language, fence, inner, body: closing.end, opening, end: End::Closed });
    }
    if fence == "{" {
        return None;
    }
    let likely = |line: &Line<'_>| !line.text.trim().is_empty() && !line.text.starts_with('#');
    let end = lines(text, first.end).find(|line| !likely(line)).map_or(text.len(), |line| line.start);
    Some(Fenced { language, fence, inner: first.end..end, body: end, opening, end: End::Missing })
}

/// The header of YAML that opens `text`, whose first line is a key: it ends with `---`, holds nothing but keys, lists and what is
/// indented below them, one list at least, and a key that is known. Without a list it is one of bare lines.
fn without_opening(text: &str) -> Option<Fenced> {
    let (language, fence) = (Language::Yaml, "---");
    let head = text.split("\n\n").next().unwrap_or_default();
    if !head.contains("\n---") {
        return None;
    }
    let (mut has_list, mut is_known) = (false, false);
    for line in lines(text, 0) {
        if line.text.trim_end() == fence {
            let is_header = has_list && is_known;
            let header =
                Fenced { language, fence, inner: 0..line.start, body: line.end, opening: 0..0, end: End::Closed };
            return is_header.then_some(header);
        }
        if line.text.trim_start().starts_with("- ") {
            has_list = true;
        } else if has_key(line.text) {
            let key = line.text.split(':').next().unwrap_or_default();
            is_known |= !line.text.starts_with(' ') && known(&normalised(key)).is_some();
        } else if !line.text.starts_with(' ') {
            return None;
        }
    }
    None
}

fn begins(text: &str, from: usize, language: Language, fence: &str) -> bool {
    let is_content = |line: &Line<'_>| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#');
    let Some(line) = lines(text, from).find(is_content) else { return false };
    if fence != "{" && language.closes(fence, line.text) {
        return !is_heading(&text[from..line.start]);
    }
    match language {
        Language::Json if fence == "{" => has_key(line.text) && line.text.trim_start().starts_with('"'),
        Language::Json => line.text.starts_with('{'),
        Language::Toml => line.text.contains('=') || line.text.starts_with('['),
        Language::Yaml => {
            let is_collection = line.text.starts_with("- ")
                || line.text.starts_with(['{', '?', '%'])
                || (line.text.starts_with('[') && !line.text.contains("]("));
            has_key(line.text) || (line.start == from && (is_collection || has_tight_key(line.text)))
        }
    }
}

/// Whether `comments` are a heading of Markdown between two lines: one with words, and no key that is out of use.
fn is_heading(comments: &str) -> bool {
    let comment = comments.trim();
    let words = comment.trim_start_matches('#');
    words.starts_with(' ') && !words.contains('\n') && !has_key(words)
}

/// Whether what stands from byte `from` on, below a fence, can be nothing but a header.
fn is_certain(text: &str, from: usize, language: Language, fence: &str) -> bool {
    let is_key = |line: &Line<'_>| language != Language::Yaml || has_key(line.text);
    lines(text, from).next().is_some_and(|line| is_key(&line))
        && lines(text, from).any(|line| language.closes(fence, line.text))
}

/// Whether a line begins with a key of YAML: at most four words and a colon before a space or the line's end.
fn has_key(line: &str) -> bool {
    let Some(at) = line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len)) else { return false };
    let key = line.get(..at).unwrap_or_default().trim_matches(['"', '\'', ' ', '\t']);
    !key.is_empty()
        && key.len() <= 60
        && key.split_whitespace().count() <= 4
        && key.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | ' '))
}

/// Whether a line is `key:value`, which is no key in YAML, but meant as one.
fn has_tight_key(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key.chars().all(|character| character.is_alphanumeric() || character == '_')
            && !value.starts_with('/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the header's text and the body, or nothing.
    fn check(text: &str, expected: Option<(End, &str, &str)>) {
        let found = find(text);
        let shown = found.as_ref().map(|fenced| (fenced.end, &text[fenced.inner.clone()], &text[fenced.body..]));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn fences_are_found() {
        check("---\ntitle: x\n---\nBody", Some((End::Closed, "title: x\n", "Body")));
        check("---\r\ntitle: x\r\n...  \r\nBody", Some((End::Closed, "title: x\r\n", "Body")));
        check("+++\na = 1\n+++", Some((End::Closed, "a = 1\n", "")));
        check("---\n---\n", Some((End::Closed, "", "")));
        check("---\n\n# why\ntitle: x\n---\n", Some((End::Closed, "\n# why\ntitle: x\n", "")));
        check("---\n# title: x\n---\n", Some((End::Closed, "# title: x\n", "")));
        check("---\n#\n---\n", Some((End::Closed, "#\n", "")));
        check("---\ntitle:x\n---\n", Some((End::Closed, "title:x\n", "")));
        check("---\n- a\n---\n", Some((End::Closed, "- a\n", "")));
        check("---toml\na = 1\n---\nBody", Some((End::Closed, "a = 1\n", "Body")));
        check("---json\n{\"a\": 1}\n---\nBody", Some((End::Closed, "{\"a\": 1}\n", "Body")));
        check(
            "{\n  \"a\": {\n    \"b\": 1\n  }\n}\nBody",
            Some((End::Closed, "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", "Body")),
        );
    }

    #[test]
    fn a_header_with_lists_may_lack_its_first_fence() {
        check("title: x\ntags:\n- a\n- b\n---\nBody", Some((End::Closed, "title: x\ntags:\n- a\n- b\n", "Body")));
        check("date: x\ntags:\n  - a\n---\n", Some((End::Closed, "date: x\ntags:\n  - a\n", "")));
        for text in [
            "title: x\ntags: a\n---\n",
            "To buy:\n- milk\n---\n",
            "title: x\ntags:\n- a\n\n---\n",
            "title: x\nmore words\n- a\n---\n",
            "title: x\n- a\n",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_header_without_end_is_told_from_a_thematic_break() {
        check("---\ntitle: x\n\nBody: text\n", Some((End::Missing, "title: x\n", "\nBody: text\n")));
        check("+++\na = 1\n# H\n", Some((End::Missing, "a = 1\n", "# H\n")));
        for text in [
            "---\nOnce upon a time\n",
            "---\n\nOnce upon a time\n\n---\n",
            "---\n# Once upon a time\n---\n",
            "---\n\n## Once\n\n---\n",
            "---\n\n- a list\n\n---\n",
            "---\nhttps://example.org\n\n---\n",
            "---\n[link](a.md): where\n\n---\n",
            "---\nA long sentence with a colon: here\n---\n",
            "---",
            "---js\nx: 1\n---\n",
            "{\n  a: 1\n}\n",
            "{\n  \"a\": 1\n",
            "{{ a: b }}\n}\n",
            "+++\nplus\n",
            "----\ntitle: x\n----\n",
            "\n---\n\ntitle: x\n---\n",
        ] {
            check(text, None);
        }
    }
}
