//! What a code cell says of itself at its top, as Quarto has it: `#| echo: false`.

use serde_json::Value;

use super::metadata::{Input, Outputs, Parts};
use crate::read::parse_yaml;

/// The options of a code cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// `include: false`: the cell is not in the page.
    is_left_out: bool,
    /// `echo` and `code-fold`: how its code is in the page, if they say so.
    input: Option<Input>,
    /// `output`: whether its outputs are in the page, if it says so.
    outputs: Option<Outputs>,
    /// `label`: the id of what it shows.
    pub label: Option<String>,
    /// `fig-cap` or `tbl-cap`: what stands under its outputs, as Markdown.
    pub caption: Option<String>,
    /// `fig-alt`: what its picture shows, in words.
    pub alternative: Option<String>,
}

/// What the comment that is an option begins with, in the languages of kernels.
const MARKS: [&str; 3] = ["#|", "//|", "--|"];

impl Options {
    /// The options that `code` begins with, and the code after them. What is no YAML is code.
    pub fn split(code: &str) -> (Self, &str) {
        let code = code.trim_start_matches(['\n', '\r']);
        let Some(mark) = MARKS.into_iter().find(|mark| code.starts_with(mark)) else { return (Self::default(), code) };
        let mut yaml = String::new();
        let mut length = 0;
        for line in code.split_inclusive('\n') {
            let Some(option) = line.strip_prefix(mark) else { break };
            yaml.push_str(option.strip_prefix(' ').unwrap_or(option));
            length += line.len();
        }
        match parse_yaml(&yaml).map(|node| node.to_json()) {
            Ok(Value::Object(map)) => (Self::of(&map), &code[length..]),
            _ => (Self::default(), code),
        }
    }

    fn of(map: &serde_json::Map<String, Value>) -> Self {
        let is = |key: &str, expected: bool| map.get(key).and_then(Value::as_bool) == Some(expected);
        let text = |key: &str| {
            let text = map.get(key)?.as_str()?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let input = match () {
            () if is("echo", false) => Some(Input::Hidden),
            () if is("code-fold", true) => Some(Input::Collapsed),
            () if is("echo", true) => Some(Input::Shown),
            () => None,
        };
        let outputs = match () {
            () if is("output", false) || map.get("results").and_then(Value::as_str) == Some("hide") => {
                Some(Outputs::Hidden)
            }
            () if is("output", true) => Some(Outputs::Shown),
            () => None,
        };
        Self {
            is_left_out: is("include", false),
            input,
            outputs,
            label: text("label").filter(|label| !label.contains(char::is_whitespace)),
            caption: text("fig-cap").or_else(|| text("tbl-cap")),
            alternative: text("fig-alt"),
        }
    }

    /// The parts of a cell of which its tags leave `parts`; `None` if nothing.
    pub fn parts(&self, parts: Parts) -> Option<Parts> {
        let parts = Parts { input: self.input.unwrap_or(parts.input), outputs: self.outputs.unwrap_or(parts.outputs) };
        (!self.is_left_out).then_some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_stand_before_the_code() {
        let check = |code: &str, expected: Options, rest: &str| {
            assert_eq!(Options::split(code), (expected, rest), "{code}");
        };
        check("x", Options::default(), "x");
        check("# | x\ny", Options::default(), "# | x\ny");
        check(
            "#| label: fig-a\n#| fig-cap: \"A *walk*: home\"\n#| fig-alt: A line\nx\n#| y",
            Options {
                label: Some("fig-a".to_owned()),
                caption: Some("A *walk*: home".to_owned()),
                alternative: Some("A line".to_owned()),
                ..Options::default()
            },
            "x\n#| y",
        );
        check("#| echo: false", Options { input: Some(Input::Hidden), ..Options::default() }, "");
        check("//| code-fold: true\nx", Options { input: Some(Input::Collapsed), ..Options::default() }, "x");
        check("#| output: false\nx", Options { outputs: Some(Outputs::Hidden), ..Options::default() }, "x");
        check("#| include: false\nx", Options { is_left_out: true, ..Options::default() }, "x");
        check(
            "#| tbl-cap: >\n#|   Two\n#|   lines\nx",
            Options { caption: Some("Two lines".to_owned()), ..Options::default() },
            "x",
        );
        check("#| \"\n#| x: [\ny", Options::default(), "#| \"\n#| x: [\ny");
    }

    #[test]
    fn options_go_before_tags() {
        let tags = Parts { input: Input::Hidden, outputs: Outputs::Hidden };
        let check = |code: &str, expected: Option<Parts>| {
            assert_eq!(Options::split(code).0.parts(tags), expected, "{code}");
        };
        check("x", Some(tags));
        check("#| echo: true", Some(Parts { input: Input::Shown, ..tags }));
        check("#| include: false", None);
    }
}
