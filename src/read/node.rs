//! A YAML or TOML document as a tree in which every key and value knows where it stands.
//!
//! The configuration and the headers of essays are read from this tree by hand rather than into structs: that way all
//! their mistakes are found at once, each at its own place.

use std::borrow::Cow;
use std::ops::Range;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Bytes of the document that hold the value, quotation marks included.
    pub span: Range<usize>,
}

/// A value of YAML or TOML. A date is text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(serde_json::Number),
    /// Anything else that is not a collection, escapes undone.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the author's order.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as written.
    pub key: String,
    /// Bytes of the document that hold the key, quotation marks included.
    pub key_span: Range<usize>,
    /// Its value.
    pub node: Node,
}

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxMistake {
    /// The reason, without a full stop.
    pub reason: String,
    /// Bytes of the document where it was noticed; may be empty.
    pub span: Range<usize>,
    /// Of a key that is given twice, where it is given first.
    pub earlier: Option<Range<usize>>,
}

impl Node {
    /// The value as the author typed it, if it is no collection and not nothing: `1_000` and `yes` stay what they are.
    /// `document` is what the spans are bytes of.
    pub fn text<'a>(&'a self, document: &'a str) -> Option<Cow<'a, str>> {
        match &self.value {
            Value::Text(text) => Some(Cow::Borrowed(text)),
            Value::Bool(_) | Value::Number(_) => Some(Cow::Borrowed(document.get(self.span.clone())?)),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// What kind of value it is, in words that fit after "this is".
    pub fn description(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "`true` or `false`",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }

    /// Bytes of `document` that hold the value without quotation marks around it.
    pub fn inner_span(&self, document: &str) -> Range<usize> {
        let written = document.get(self.span.clone()).unwrap_or_default();
        let quoted = ['"', '\'']
            .iter()
            .any(|quote| written.len() >= 2 && written.starts_with(*quote) && written.ends_with(*quote));
        if quoted { self.span.start + 1..self.span.end - 1 } else { self.span.clone() }
    }

    /// The same value, `by` bytes further on: for a document that is part of a longer one.
    #[must_use]
    pub fn moved(mut self, by: usize) -> Self {
        self.span = self.span.start + by..self.span.end + by;
        self.value = match self.value {
            Value::List(nodes) => Value::List(nodes.into_iter().map(|node| node.moved(by)).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|entry| Entry {
                        key: entry.key,
                        key_span: entry.key_span.start + by..entry.key_span.end + by,
                        node: entry.node.moved(by),
                    })
                    .collect(),
            ),
            value => value,
        };
        self
    }

    /// The value for templates.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.clone().into(),
            Value::Text(text) => text.clone().into(),
            Value::List(nodes) => nodes.iter().map(Node::to_json).collect(),
            Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), entry.node.to_json())).collect(),
        }
    }
}
