//! What a comparison found, for people and for programs.

use serde_json::{Value, json};

use crate::diagnostic::count::count;
use crate::publish::{Comparison, wording};
use crate::read::SitePath;

use super::Console;

/// Prints `comparison` with what it is of; `texts` yields the old and the new text of a page.
pub fn print(
    console: &Console,
    of: &str,
    comparison: &Comparison,
    texts: impl Fn(&SitePath) -> Option<(String, String)>,
) {
    // Comparing texts word by word takes its time: it is done once, for those who read it.
    if console.is_read_by_programs() {
        console.json(&for_programs(comparison, texts));
        return;
    }
    let text = wording::text(comparison, texts);
    if !text.is_empty() {
        console.text(text.trim_end_matches('\n'));
    }
    console.text(&format!("{of}: {}", summed(comparison)));
}

/// `comparison` for programs. `differences` are those of the text of each page of which `texts` yields both, by address.
fn for_programs(comparison: &Comparison, texts: impl Fn(&SitePath) -> Option<(String, String)>) -> Value {
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
    line
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
    let losses = [
        (lost.len(), "lost address"),
        (lost_anchors.len(), "lost anchor"),
        (missing_pictures.len(), "missing picture"),
    ];
    parts.extend(losses.into_iter().filter(|(amount, _)| *amount > 0).map(|(amount, thing)| count(amount, thing)));
    if parts.is_empty() { "nothing differs".to_owned() } else { parts.join(", ") }
}
