//! The file format of Jupyter, as far as a page needs it (nbformat 4).

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Place, notebook as mistake};
use crate::read::Source;

/// A notebook.
#[derive(Debug, Default, Deserialize)]
pub struct Notebook {
    /// The format's version; those from 4 on have `cells`.
    #[serde(default)]
    nbformat: Option<u64>,
    /// The cells of formats before 4.
    #[serde(default)]
    worksheets: Option<de::IgnoredAny>,
    /// What is said of the whole.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Map<String, Value>,
    /// The cells, in order.
    #[serde(default)]
    cells: Option<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Deserialize)]
pub struct Cell {
    /// `markdown`, `code` or `raw`.
    pub cell_type: String,
    /// Its text.
    #[serde(default)]
    pub source: Text,
    /// What is said of it, such as its tags.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Map<String, Value>,
    /// What running it gave.
    #[serde(default, deserialize_with = "or_default")]
    pub outputs: Vec<Output>,
    /// Files that are part of it, by name; each in one or more media types.
    #[serde(default, deserialize_with = "or_default")]
    pub attachments: BTreeMap<String, BTreeMap<String, Text>>,
}

/// An output of a cell. Which fields it has depends on its type.
#[derive(Debug, Deserialize)]
pub struct Output {
    /// `stream`, `display_data`, `execute_result` or `error`.
    pub output_type: String,
    /// Of a stream, `stdout` or `stderr`.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// Of a stream, what was printed.
    #[serde(default)]
    pub text: Text,
    /// Of a result, its value in one or more media types.
    #[serde(default, deserialize_with = "or_default")]
    pub data: Map<String, Value>,
    /// What is said of the result, by media type.
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Map<String, Value>,
    /// Of an error, its name.
    #[serde(default, deserialize_with = "or_default")]
    pub ename: String,
    /// Of an error, its message.
    #[serde(default, deserialize_with = "or_default")]
    pub evalue: String,
    /// Of an error, where it came from, with ANSI colours.
    #[serde(default, deserialize_with = "or_default")]
    pub traceback: Vec<String>,
}

/// A text, which is written as one string or as a list of lines with their line breaks.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Strings;

        impl<'de> Visitor<'de> for Strings {
            type Value = Text;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string or a list of strings")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }

            fn visit_string<E: de::Error>(self, text: String) -> Result<Text, E> {
                Ok(Text(text))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Text, E> {
                Ok(Text::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut lines: A) -> Result<Text, A::Error> {
                let mut text = String::new();
                while let Some(line) = lines.next_element::<String>()? {
                    text.push_str(&line);
                }
                Ok(Text(text))
            }
        }

        deserializer.deserialize_any(Strings)
    }
}

/// The value, or the default for `null`.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl Notebook {
    /// Reads the notebook that the text of `source` is. A file without a byte, as Jupyter makes of a new one, has no
    /// cells.
    ///
    /// # Errors
    /// Text that is no JSON, JSON that is no notebook, and formats before 4.
    pub fn read(source: &Source) -> Result<Self, Diagnostic> {
        if source.text.trim().is_empty() {
            return Ok(Self::default());
        }
        if source.text.trim_start().starts_with('[') {
            return Err(mistake::not_a_notebook(source.place(0..1), "it is a list"));
        }
        let notebook: Notebook = serde_json::from_str(&source.text).map_err(|error| unreadable(source, &error))?;
        let version = notebook.nbformat.unwrap_or(4);
        if version < 4 || notebook.worksheets.is_some() {
            return Err(mistake::old_format(&source.shown, version.min(3)));
        }
        if notebook.cells.is_none() {
            return Err(mistake::not_a_notebook(Place::file(&source.shown), "it has no `cells`"));
        }
        Ok(notebook)
    }

    /// The cells, in order.
    pub fn cells(&self) -> &[Cell] {
        self.cells.as_deref().unwrap_or_default()
    }
}

fn unreadable(source: &Source, error: &serde_json::Error) -> Diagnostic {
    let text = &source.text;
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = text.floor_char_boundary((line_start + error.column().saturating_sub(1)).min(text.len()));
    let len = text[at..].chars().next().filter(|letter| *letter != '\n').map_or(0, char::len_utf8);
    let place = source.place(at..at + len);
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
    match error.classify() {
        serde_json::error::Category::Data => mistake::not_a_notebook(place, reason),
        _ => mistake::not_json(place, reason),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read::SitePath;

    /// `expected` is what the cells hold, or the mistake: its place, message and label.
    fn check(text: &str, expected: &str) {
        let path = SitePath::new("a.ipynb").unwrap();
        let source = Source::new(path, text);
        let read = match Notebook::read(&source) {
            Ok(notebook) => notebook.cells().iter().map(|cell| format!("[{}]", cell.source.0)).collect(),
            Err(diagnostic) => {
                let place = diagnostic.place.unwrap();
                format!("{}:{} {}: {}", place.line, place.column, diagnostic.message, place.label)
            }
        };
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn a_text_is_a_string_or_lines() {
        check(r#"{"cells": [{"cell_type": "raw", "source": "a\nb"}]}"#, "[a\nb]");
        check(r#"{"cells": [{"cell_type": "raw", "source": ["a\n", "b"]}]}"#, "[a\nb]");
        check(r#"{"cells": [{"cell_type": "raw", "outputs": null, "attachments": null}, {"cell_type": "x"}]}"#, "[][]");
        check("", "");
    }

    #[test]
    fn what_is_no_notebook_is_told_where() {
        check("{\n \"cells\": [}", "2:12 the notebook is not valid JSON: expected value");
        check("{\"cells\": [", "1:11 the notebook is not valid JSON: EOF while parsing a list");
        check("<<<<<<< HEAD\n{}", "1:1 the notebook is not valid JSON: expected value");
        check(
            "{\"cells\": [1]}",
            "1:12 this is not a notebook as Jupyter writes it: invalid type: integer `1`, expected struct Cell",
        );
        check("{}", "1:1 this is not a notebook as Jupyter writes it: it has no `cells`");
        check("{\"nbformat\": 3, \"worksheets\": []}", "1:1 the notebook has the old format 3; Essai reads format 4: ");
        check("[1]", "1:1 this is not a notebook as Jupyter writes it: it is a list");
    }
}
