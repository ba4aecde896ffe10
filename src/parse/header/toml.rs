//! TOML as a [`Node`].

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::read::node::{Entry, Node, SyntaxMistake, Value};

/// Reads a TOML document.
///
/// # Errors
/// Text that is not TOML, a key given twice, or brackets nested deeper than anyone writes.
pub fn parse_toml(document: &str) -> Result<Node, SyntaxMistake> {
    match DeTable::parse(document) {
        Ok(table) => Ok(Node { span: table.span(), value: map(table.get_ref()) }),
        Err(error) => {
            let Range { start, end } = error.span().unwrap_or(0..0);
            let reason = error.message().lines().next().unwrap_or_default().to_owned();
            Err(SyntaxMistake { reason, span: start.min(document.len())..end.min(document.len()), earlier: None })
        }
    }
}

fn map(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry { key: key.get_ref().to_string(), key_span: key.span(), node: node(value) })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Map(entries)
}

fn node(spanned: &Spanned<DeValue<'_>>) -> Node {
    let value = match spanned.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::Text(integer.as_str().to_owned()), |number| Value::Number(number.into())),
        DeValue::Float(float) => float
            .as_str()
            .parse()
            .ok()
            .and_then(serde_json::Number::from_f64)
            .map_or_else(|| Value::Text(float.as_str().to_owned()), Value::Number),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(array) => Value::List(array.iter().map(node).collect()),
        DeValue::Table(table) => map(table),
    };
    Node { value, span: spanned.span() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let document = "title = \"x\"\ndate = 2023-03-14T10:00:00Z\na = 1_000\n[extra]\nb = [true, 1.5]\n";
        let Value::Map(entries) = parse_toml(document).unwrap().value else { panic!("no map") };
        let shown: Vec<String> = entries
            .iter()
            .map(|entry| format!("{}={} {}", entry.key, entry.node.to_json(), &document[entry.node.span.clone()]))
            .collect();
        assert_eq!(
            shown[..3],
            ["title=\"x\" \"x\"", "date=\"2023-03-14T10:00:00Z\" 2023-03-14T10:00:00Z", "a=1000 1_000"]
        );
        assert_eq!(entries[3].node.to_json().to_string(), "{\"b\":[true,1.5]}");
    }

    #[test]
    fn mistakes_have_a_place() {
        let check = |document: &str, at: usize| assert_eq!(parse_toml(document).unwrap_err().span.start, at);
        check("a = 1\nb = \n", 10);
        check("a = 1\na = 2\n", 6);
        assert!(parse_toml(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
