//! YAML as a [`Node`].

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{DefaultMessageFormatter, Error, MessageFormatter, Options, Spanned};

use super::node::{Entry, Node, SyntaxMistake, Value};

/// Reads one YAML document. An empty one is [`Value::Null`]. `yes`, `no`, `on` and `off` are text.
///
/// # Errors
/// Text that is not YAML, a key given twice, more than one document, or a document so deep or so full of aliases that
/// nobody wrote it by hand; none of these takes long.
pub fn parse_yaml(document: &str) -> Result<Node, SyntaxMistake> {
    let (node, repeated) = parse_repeating_yaml(document)?;
    repeated.into_iter().next().map_or(Ok(node), Err)
}

/// The same, but of keys that are given twice the first is taken, and the others are the mistakes.
///
/// # Errors
/// As [`parse_yaml`].
pub fn parse_repeating_yaml(document: &str) -> Result<(Node, Vec<SyntaxMistake>), SyntaxMistake> {
    match serde_yaml::from_str_with_options::<Spanned<Value>>(document, options()) {
        Ok(spanned) => {
            let mut node = Node::from(spanned);
            widen(&mut node, document);
            let mut mistakes = Vec::new();
            take_repeated(&mut node, &mut mistakes);
            Ok((node, mistakes))
        }
        Err(Error::Eof { .. }) => Ok((Node { value: Value::Null, span: 0..0 }, Vec::new())),
        Err(error) => Err(mistake(document, &error)),
    }
}

/// Nothing that a person writes comes near these limits.
fn options() -> Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: 40,
            max_events: 200_000,
            max_nodes: 100_000,
            max_documents: 2,
            max_aliases: 1_000,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: 20_000,
            max_replay_stack_depth: 16,
        },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

/// The parser places a collection at its first character. One in brackets is widened to its closing bracket, if that is
/// on the same line, and any other keeps its beginning.
fn widen(node: &mut Node, document: &str) {
    let last = match &mut node.value {
        Value::List(nodes) => {
            nodes.iter_mut().for_each(|node| widen(node, document));
            nodes.last().map(|node| node.span.end)
        }
        Value::Map(entries) => {
            entries.iter_mut().for_each(|entry| widen(&mut entry.node, document));
            entries.last().map(|entry| entry.node.span.end.max(entry.key_span.end))
        }
        _ => return,
    };
    let start = node.span.start;
    let closing = match document.as_bytes().get(start) {
        Some(b'[') => ']',
        Some(b'{') => '}',
        _ => return,
    };
    // An alias as the last value has its end elsewhere.
    let from = last.unwrap_or(start).max(start + 1);
    let line_end = document.get(start..).and_then(|rest| rest.find('\n')).map_or(document.len(), |at| start + at);
    if let Some(at) = document.get(from..line_end).and_then(|rest| rest.find(closing)) {
        node.span = start..from + at + 1;
    }
}

fn mistake(document: &str, error: &Error) -> SyntaxMistake {
    let span = error.location().map_or(0..0, |location| {
        let span = location.span();
        match (span.byte_offset(), span.byte_len()) {
            (Some(start), length) => range(start, length.unwrap_or(0)),
            _ => byte_at(document, location.line(), location.column()),
        }
    });
    let start = span.start.min(document.len());
    SyntaxMistake { reason: reason(error), span: start..span.end.clamp(start, document.len()), earlier: None }
}

/// The parser's own words, where they speak to an author and not to a programmer.
fn reason(error: &Error) -> String {
    match error.without_snippet() {
        Error::MultipleDocuments { .. } => "a second document begins here".to_owned(),
        Error::NullIntoString { .. } => "a key cannot be empty".to_owned(),
        error => {
            let message = DefaultMessageFormatter.format_message(error);
            let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
            // Limits are reported in several ways, some of them wrapped in others.
            if ["limit exceeded", "budget"].iter().any(|word| line.contains(word)) {
                return "this is nested too deeply, or repeats itself too often".to_owned();
            }
            line.replace("in this context", "here").escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"")
        }
    }
}

/// Takes keys out of `node` that its map, or one in it, has already.
fn take_repeated(node: &mut Node, mistakes: &mut Vec<SyntaxMistake>) {
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().for_each(|node| take_repeated(node, mistakes)),
        Value::Map(entries) => {
            let mut seen: HashMap<&str, &Range<usize>> = HashMap::new();
            let mut repeated = Vec::new();
            for (number, entry) in entries.iter().enumerate() {
                let Some(earlier) = seen.get(entry.key.as_str()) else {
                    seen.insert(&entry.key, &entry.key_span);
                    continue;
                };
                repeated.push(number);
                mistakes.push(SyntaxMistake {
                    reason: format!("`{}` is given twice", entry.key),
                    span: entry.key_span.clone(),
                    earlier: Some((*earlier).clone()),
                });
            }
            let mut number = 0..;
            entries.retain(|_| number.next().is_none_or(|number| repeated.binary_search(&number).is_err()));
            entries.iter_mut().for_each(|entry| take_repeated(&mut entry.node, mistakes));
        }
        _ => {}
    }
}

/// The byte of a line and column, both counted from 1, the latter in characters.
fn byte_at(document: &str, line: u64, column: u64) -> Range<usize> {
    let mut start = 0;
    for text in document.split_inclusive('\n').take(line.saturating_sub(1) as usize) {
        start += text.len();
    }
    let rest = document.get(start..).unwrap_or_default();
    let at = start + rest.char_indices().nth(column.saturating_sub(1) as usize).map_or(0, |(at, _)| at);
    at..at
}

fn range(start: u64, length: u64) -> Range<usize> {
    start as usize..(start + length) as usize
}

impl From<Spanned<Value>> for Node {
    fn from(spanned: Spanned<Value>) -> Self {
        Self { span: span_of(&spanned), value: spanned.value }
    }
}

/// Where a value is written: for an alias, where its anchor is.
fn span_of<T>(spanned: &Spanned<T>) -> Range<usize> {
    let span = spanned.defined.span();
    range(span.byte_offset().unwrap_or(0), span.byte_len().unwrap_or(0))
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(serde_json::Number::from_f64(value).map_or_else(|| Value::Text(value.to_string()), Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Value, E> {
        Ok(Value::Text(String::from_utf8_lossy(value).into_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(spanned) = sequence.next_element::<Spanned<Value>>()? {
            nodes.push(Node::from(spanned));
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            let key_span = span_of(&key);
            entries.push(Entry { key: key.value, key_span, node: Node::from(map.next_value::<Spanned<Value>>()?) });
        }
        Ok(Value::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(document: &str, expected: &str) {
        let shown = match parse_yaml(document) {
            Ok(node) => show(document, &node),
            Err(mistake) => format!("{} at {:?}", mistake.reason, mistake.span),
        };
        assert_eq!(shown, expected, "{document:?}");
    }

    /// Every scalar as it is written, which shows that spans are right.
    fn show(document: &str, node: &Node) -> String {
        match &node.value {
            Value::List(nodes) => {
                format!("[{}]", nodes.iter().map(|node| show(document, node)).collect::<Vec<_>>().join(", "))
            }
            Value::Map(entries) => entries
                .iter()
                .map(|entry| format!("{}={}", &document[entry.key_span.clone()], show(document, &entry.node)))
                .collect::<Vec<_>>()
                .join(" "),
            value => format!("{value:?}:{}", &document[node.span.clone()]),
        }
    }

    #[test]
    fn values_know_where_they_stand() {
        check("a: 1\nb: yes\n", "a=Number(Number(1)):1 b=Text(\"yes\"):yes");
        check(
            "ü: \"ß\\\"\"\r\nc: [x, 'y z']\r\n",
            "ü=Text(\"ß\\\"\"):\"ß\\\"\" c=[Text(\"x\"):x, Text(\"y z\"):'y z']",
        );
        check("d: 2023-03-14 # day\n", "d=Text(\"2023-03-14\"):2023-03-14");
        check("a: &x 7\nb: *x\n", "a=Number(Number(7)):7 b=Number(Number(7)):7");
        check("a: !expr x\n", "a=Text(\"x\"):x");
        check("b: .inf\n", "b=Text(\".inf\"):.inf");
        check(
            "a: &x {b: 1}\nc: {<<: *x, d: 2}\n",
            "a=b=Number(Number(1)):1 c=d=Number(Number(2)):2 b=Number(Number(1)):1",
        );
        check("# nothing\n", "Null:");
        check("", "Null:");
    }

    #[test]
    fn collections_in_brackets_reach_to_their_end() {
        let check = |document: &str, written: &str| {
            let Value::Map(entries) = parse_yaml(document).unwrap().value else { unreachable!() };
            assert_eq!(&document[entries[0].node.span.clone()], written);
        };
        check("a: [b, {c: d}] # e\n", "[b, {c: d}]");
        check("a: {b: [c], d: }\n", "{b: [c], d: }");
        check("a: []\n", "[]");
        check("a: [b,\n c]\n", "[");
        check("a:\n - b\n", "");
    }

    #[test]
    fn mistakes_have_a_place() {
        check("a: b: c\n", "mapping values are not allowed here at 4..4");
        check("a: 1\nb:\n  c: 1\n  c: 2\n", "`c` is given twice at 17..18");
        check("a: 1\n---\nb: 2\n", "a second document begins here at 9..9");
        check("~: x\n", "a key cannot be empty at 0..1");
        check("a: *x\n", "alias references unknown anchor at 3..3");
    }

    #[test]
    fn bombs_are_refused_quickly() {
        let start = std::time::Instant::now();
        let deep = format!("a: {}", "[".repeat(100_000));
        assert_eq!(parse_yaml(&deep).unwrap_err().reason, "this is nested too deeply, or repeats itself too often");
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..10 {
            bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(","));
        }
        let mistake = parse_yaml(&bomb).unwrap_err();
        assert_eq!(mistake.reason, "this is nested too deeply, or repeats itself too often");
        assert!(start.elapsed().as_secs() < 5);
    }
}
