//! What a comparison found, for people and for programs.

use serde_json::{Value, json};

use crate::publish::{Comparison, wording};
use crate::read::SitePath;

use super::console::Console;
use super::summary::count;

/// Prints `comparison` with what it is of; `texts` yields the old and the new text of a page.
pub fn print(
    console: &Console,
    of: &str,
    comparison: &Comparison,
    texts: impl Fn(&SitePath) -> Option<(String, String)>,
) {
    let text = wording::text(comparison, &texts);
    if !text.is_empty() {
        console.text(text.trim_end_matches('\n'));
    }
    console.text(&format!("{of}: {}", summed(comparison)));
    let differences: serde_json::Map<String, Value> = comparison
        .changed
        .iter()
        .filter_map(|changed| texts(&changed.address).map(|texts| (changed.address.to_string(), texts)))
        .map(|(address, (old, new))| (address, json!(wording::difference(&old, &new))))
        .collect();
    let mut line = json!(comparison);
    line["type"] = json!("comparison");
    line["losses"] = json!(comparison.losses());
    line["differences"] = Value::Object(differences);
    console.json(&line);
}

/// `3 new, 1 changed, 2 lost addresses`.
fn summed(comparison: &Comparison) -> String {
    let Comparison { added, changed, moved, removed, lost, lost_anchors, missing_pictures, repeated } = comparison;
    let counted = [
        (added.len(), "new"),
        (changed.len(), "changed"),
        (moved.len(), "moved"),
        (removed.len(), "removed"),
        (repeated.len(), "again in a feed"),
    ];
    let mut parts: Vec<String> = counted
        .into_iter()
        .filter(|(amount, _)| *amount > 0)
        .map(|(amount, what)| format!("{} {what}", count(amount, "")))
        .collect();
    for (amount, thing, things) in [
        (lost.len(), "lost address", "lost addresses"),
        (lost_anchors.len(), "lost anchor", "lost anchors"),
        (missing_pictures.len(), "missing picture", "missing pictures"),
    ] {
        match amount {
            0 => {}
            1 => parts.push(format!("1 {thing}")),
            _ => parts.push(format!("{} {things}", count(amount, ""))),
        }
    }
    if parts.is_empty() { "nothing differs".to_owned() } else { parts.join(", ") }
}
