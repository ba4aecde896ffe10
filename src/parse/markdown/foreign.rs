//! Markup of other tools that Essai does not know: it comes out as text, which its author should hear of.

use std::ops::Range;

/// The lines of `text` outside code that begin an admonition or a tab as Python-Markdown (`!!! note`, `??? note`,
/// `=== "Tab"`), Docusaurus (`:::note`) and Quarto (`::: {.callout-note}`) write them: the bytes of each, without the space
/// around.
pub fn lines(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !["!!! ", "???", ":::", "=== "]
        .iter()
        .any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    {
        return found;
    }
    let mut is_code = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let inside = line.trim();
        is_code ^= inside.starts_with("```") || inside.starts_with("~~~");
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !is_code && indent < 4 && begins(inside) {
            found.push(start + indent..start + indent + inside.len());
        }
        start += line.len();
    }
    found
}

/// Whether `line` begins a block of another tool.
fn begins(line: &str) -> bool {
    let is_name = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_lowercase());
    if let Some(rest) = line.strip_prefix("!!! ").or(line.strip_prefix("??? ")).or(line.strip_prefix("???+ ")) {
        // A kind, perhaps further classes, and a title in quotes: prose has capitals or a sign somewhere.
        let before_title = rest.split('"').next().unwrap_or_default();
        let is_plain = |word: &str| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        return is_name(rest.trim_start())
            && before_title
                .split_whitespace()
                .take(4)
                .enumerate()
                .all(|(position, word)| position < 3 && is_plain(word));
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let name = rest.trim_start_matches(':').trim_start();
        return is_name(name) || name.starts_with('{');
    }
    line.strip_prefix("=== ").is_some_and(|rest| rest.starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_other_tools_are_seen() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = lines(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("!!! note\n    Text.\n", &["!!! note"]);
        check("a\n\n??? warning \"Title here\"\n    b\n", &["??? warning \"Title here\""]);
        check("???+ tip inline\n    b\n", &["???+ tip inline"]);
        check("=== \"Tab\"\n\n    b\n", &["=== \"Tab\""]);
        check(":::note\ntext\n:::\n", &[":::note"]);
        check("::: {.callout-tip}\ntext\n:::\n\n:::: columns\n", &["::: {.callout-tip}", ":::: columns"]);
        check("```\n!!! note\n```\n\n    !!! note\n", &[]);
        check("!!! Oh\n\nWhat??? Really!!! yes\n\n:::\n\nTitle\n===\n\n!!! what is this?\n", &[]);
    }
}
