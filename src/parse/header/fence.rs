//! Headers between two lines: `---` for YAML, `+++` for TOML.

use std::ops::Range;

use super::lines::{Line, lines};

/// A language for headers that has its own fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`.
    Toml,
}

/// A fenced header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fenced {
    /// Its language.
    pub language: Language,
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
        }
    }

    /// Its opening fence.
    pub fn fence(self) -> &'static str {
        match self {
            Language::Yaml => "---",
            Language::Toml => "+++",
        }
    }

    fn closes(self, line: &str) -> bool {
        let line = line.trim_end();
        line == self.fence() || (self == Language::Yaml && line == "...")
    }
}

/// The fenced header that opens `text`, if one does.
///
/// The first line must be a fence. `---` is a thematic break too, so what follows must look like YAML: a key and a
/// colon, or directly below the fence the beginning of a collection or a key whose colon has no space after it, or at
/// once the closing fence. Blank lines may stand before a header that has a key directly below the fence, and ends.
pub fn find(text: &str) -> Option<Fenced> {
    let first = lines(text, 0).find(|line| !line.text.trim().is_empty())?;
    let language =
        [Language::Yaml, Language::Toml].into_iter().find(|language| first.text.trim_end() == language.fence())?;
    if !begins(text, first.end, language) || (first.start > 0 && !is_certain(text, first.end, language)) {
        return None;
    }
    let opening = first.start..first.start + language.fence().len();
    if let Some(closing) = lines(text, first.end).find(|line| language.closes(line.text)) {
        let inner = first.end..closing.start;
        return Some(Fenced { language, inner, body: closing.end, opening, end: End::Closed });
    }
    let likely = |line: &Line<'_>| !line.text.trim().is_empty() && !line.text.starts_with('#');
    let end = lines(text, first.end).find(|line| !likely(line)).map_or(text.len(), |line| line.start);
    Some(Fenced { language, inner: first.end..end, body: end, opening, end: End::Missing })
}

fn begins(text: &str, from: usize, language: Language) -> bool {
    let is_content = |line: &Line<'_>| !line.text.trim().is_empty() && !line.text.trim_start().starts_with('#');
    let Some(line) = lines(text, from).find(is_content) else { return false };
    if language.closes(line.text) {
        return true;
    }
    match language {
        Language::Toml => line.text.contains('=') || line.text.starts_with('['),
        Language::Yaml => {
            let is_collection = line.text.starts_with("- ")
                || line.text.starts_with(['{', '?', '%'])
                || (line.text.starts_with('[') && !line.text.contains("]("));
            has_key(line.text) || (line.start == from && (is_collection || has_tight_key(line.text)))
        }
    }
}

/// Whether what stands from byte `from` on, below a fence, can be nothing but a header.
fn is_certain(text: &str, from: usize, language: Language) -> bool {
    let is_key = |line: &Line<'_>| language == Language::Toml || has_key(line.text);
    lines(text, from).next().is_some_and(|line| is_key(&line))
        && lines(text, from).any(|line| language.closes(line.text))
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
        check("---\ntitle:x\n---\n", Some((End::Closed, "title:x\n", "")));
        check("---\n- a\n---\n", Some((End::Closed, "- a\n", "")));
    }

    #[test]
    fn a_header_without_end_is_told_from_a_thematic_break() {
        check("---\ntitle: x\n\nBody: text\n", Some((End::Missing, "title: x\n", "\nBody: text\n")));
        check("+++\na = 1\n# H\n", Some((End::Missing, "a = 1\n", "# H\n")));
        for text in [
            "---\nOnce upon a time\n",
            "---\n\nOnce upon a time\n\n---\n",
            "---\n\n- a list\n\n---\n",
            "---\nhttps://example.org\n\n---\n",
            "---\n[link](a.md): where\n\n---\n",
            "---\nA long sentence with a colon: here\n---\n",
            "---",
            "+++\nplus\n",
            "----\ntitle: x\n----\n",
            "\n---\n\ntitle: x\n---\n",
        ] {
            check(text, None);
        }
    }
}
