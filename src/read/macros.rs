//! The author's own commands of TeX, as the configuration and headers have them.

use serde::Serialize;

use super::node::{Node, Value};

/// A command of TeX that an author has defined outside formulas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TexMacro {
    /// Its name, without the backslash.
    pub name: String,
    /// What it stands for, with `#1` for its first argument.
    pub body: String,
    /// How many arguments it has, up to nine, the first counted.
    pub arguments: usize,
    /// What the first argument is where it is left out; `None` if it may not be.
    pub default: Option<String>,
}

/// How a macro is written, for mistakes.
pub const MACRO: &str = "what the command stands for: `\\mathbb{R}`, or `['\\left|#1\\right|', 1]` with its arguments";

impl TexMacro {
    /// The macro that `key` names, with or without a backslash, and `node` says: TeX, or as MathJax has it a list of TeX, the
    /// number of its arguments and what the first of them is by default. `None` if it is neither. `document` is what the spans
    /// are bytes of.
    pub fn read(key: &str, node: &Node, document: &str) -> Option<Self> {
        let name = key.trim();
        let name = name.strip_prefix('\\').unwrap_or(name);
        let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !is_word && name.chars().count() != 1 {
            return None;
        }
        let (body, rest) = match &node.value {
            Value::List(nodes) => nodes.split_first()?,
            _ => (node, &[][..]),
        };
        let body = body.text(document)?.into_owned();
        let text = |node: &Node| node.text(document).map(|text| text.trim().to_owned());
        let count: Option<usize> = match rest.first() {
            Some(count) => Some(text(count)?.parse().ok().filter(|count| *count <= 9)?),
            None => None,
        };
        let default = match rest.get(1) {
            Some(default) => Some(text(default)?),
            None => None,
        };
        let used = (1..=9).rev().find(|number| body.contains(&format!("#{number}"))).unwrap_or(0);
        (rest.len() <= 2).then(|| Self { name: name.to_owned(), body, arguments: count.unwrap_or(used), default })
    }
}
