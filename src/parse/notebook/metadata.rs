//! What a notebook and its cells say of themselves.

use serde_json::{Map, Value};

use super::format::Cell;

/// Keys of a notebook's metadata that are those of a header too; all others are other tools'.
const HEADER_KEYS: &[&str] = &["title", "authors", "author", "keywords", "tags", "date", "description"];

/// The key of a notebook's metadata that holds more of a header, for Essai alone.
const OURS: &str = "essai";

/// The header that the metadata of a notebook holds, as YAML between fences; `None` where it holds none.
pub fn header(metadata: &Map<String, Value>) -> Option<String> {
    let ours = metadata.get(OURS).and_then(Value::as_object);
    let theirs = metadata.iter().filter(|(key, _)| {
        HEADER_KEYS.contains(&key.as_str()) && !ours.is_some_and(|ours| ours.contains_key(key.as_str()))
    });
    // JSON is YAML; one key a line is how a header looks.
    let lines: Vec<String> = ours
        .into_iter()
        .flatten()
        .chain(theirs)
        .map(|(key, value)| format!("{}: {value}\n", Value::from(key.as_str())))
        .collect();
    (!lines.is_empty()).then(|| format!("---\n{}---\n", lines.concat()))
}

/// The language of a notebook's code cells: its kernel's, else Python.
pub fn language(metadata: &Map<String, Value>) -> String {
    let text = |table: &str, key: &str| metadata.get(table)?.get(key)?.as_str().map(str::to_lowercase);
    let language = text("language_info", "name").or_else(|| text("kernelspec", "language"));
    let is_name = |name: &String| !name.is_empty() && !name.contains(|letter: char| " \t\n`,{}".contains(letter));
    match language.filter(is_name) {
        Some(name) if name.starts_with("ipython") => "python".to_owned(),
        Some(name) => name,
        None => "python".to_owned(),
    }
}

/// The languages of cells that begin with a magic such as `%%bash`.
const MAGICS: &[(&str, &str)] = &[
    ("bash", "bash"),
    ("sh", "bash"),
    ("script", "bash"),
    ("html", "html"),
    ("svg", "xml"),
    ("markdown", "markdown"),
    ("latex", "latex"),
    ("javascript", "javascript"),
    ("js", "javascript"),
    ("ruby", "ruby"),
    ("perl", "perl"),
    ("sql", "sql"),
    ("r", "r"),
    ("julia", "julia"),
    ("cython", "cython"),
];

/// The language that the first line of `code` sets for the cell.
pub fn magic_language(code: &str) -> Option<&'static str> {
    let name = code.trim_start().strip_prefix("%%")?.split_whitespace().next()?;
    MAGICS.iter().find(|(magic, _)| name.eq_ignore_ascii_case(magic)).map(|(_, language)| *language)
}

/// Which parts of a cell a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// Whether its code is there, and how.
    pub input: Input,
    /// Whether its outputs are there.
    pub outputs: Outputs,
}

/// Whether a cell's code is in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// It is.
    Shown,
    /// It is, and a reader opens it.
    Collapsed,
    /// It is not.
    Hidden,
}

/// Whether a cell's outputs are in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outputs {
    /// They are.
    Shown,
    /// They are not.
    Hidden,
}

/// The parts of `cell` that its tags leave; `None` if nothing.
pub fn parts(cell: &Cell) -> Option<Parts> {
    let tags = cell.metadata.get("tags").and_then(Value::as_array);
    let tags: Vec<String> = tags
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|tag| tag.trim().to_lowercase().replace('_', "-"))
        .collect();
    let has = |names: &[&str]| tags.iter().any(|tag| names.contains(&tag.as_str()));
    if has(&["hide", "hide-cell", "remove", "remove-cell"]) {
        return None;
    }
    let input = match () {
        () if has(&["hide-input", "remove-input"]) => Input::Hidden,
        () if has(&["collapse", "collapse-input"]) => Input::Collapsed,
        () => Input::Shown,
    };
    let outputs = match () {
        () if has(&["hide-output", "hide-outputs", "remove-output", "remove-outputs"]) => Outputs::Hidden,
        () => Outputs::Shown,
    };
    Some(Parts { input, outputs })
}

/// What a raw cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawFormat {
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// For another tool, such as LaTeX.
    Other,
}

/// The format of a raw cell.
pub fn raw_format(cell: &Cell) -> RawFormat {
    let format = ["format", "raw_mimetype"].iter().find_map(|key| cell.metadata.get(*key)?.as_str());
    match format {
        Some("text/html") => RawFormat::Html,
        Some("text/markdown" | "text/x-markdown") => RawFormat::Markdown,
        _ => RawFormat::Other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn the_header_is_in_the_metadata() {
        let check = |metadata: Value, expected: Option<&str>| {
            assert_eq!(header(metadata.as_object().unwrap()).as_deref(), expected, "{metadata}");
        };
        check(json!({"kernelspec": {"name": "x"}}), None);
        check(
            json!({"title": "A: \"b\"", "tags": ["x"], "kernelspec": {}}),
            Some("---\n\"tags\": [\"x\"]\n\"title\": \"A: \\\"b\\\"\"\n---\n"),
        );
        check(
            json!({"essai": {"title": "Ours", "draft": true}, "title": "Theirs"}),
            Some("---\n\"draft\": true\n\"title\": \"Ours\"\n---\n"),
        );
    }

    #[test]
    fn the_language_is_the_kernels() {
        let check = |metadata: Value, expected: &str| assert_eq!(language(metadata.as_object().unwrap()), expected);
        check(json!({}), "python");
        check(json!({"language_info": {"name": "R"}}), "r");
        check(json!({"kernelspec": {"language": "julia"}}), "julia");
        check(json!({"language_info": {"name": "Wolfram Language"}}), "python");
        assert_eq!(magic_language("%%bash -e\nls"), Some("bash"));
        assert_eq!(magic_language("%%time\nx"), None);
        assert_eq!(magic_language("%matplotlib inline"), None);
    }

    #[test]
    fn tags_hide_parts() {
        let check = |tags: Value, expected: Option<(Input, Outputs)>| {
            let cell = serde_json::from_value(json!({"cell_type": "code", "metadata": {"tags": tags}})).unwrap();
            assert_eq!(parts(&cell).map(|parts| (parts.input, parts.outputs)), expected);
        };
        check(json!(null), Some((Input::Shown, Outputs::Shown)));
        check(json!(["remove_cell"]), None);
        check(json!(["hide-input", "x"]), Some((Input::Hidden, Outputs::Shown)));
        check(json!(["collapse", "hide_output"]), Some((Input::Collapsed, Outputs::Hidden)));
    }
}
