//! The headings of an essay as a tree.

use crate::parse::{Heading, Inline};
use crate::render::context::{ContentsEntry, Markup, Title};

/// Text in both forms, for templates.
pub fn title(inline: &Inline) -> Title {
    Title { html: Markup(inline.html.to_string()), text: inline.text.to_string() }
}

/// The headings as a tree: each holds those of deeper levels that follow it.
pub fn outline(headings: &[Heading]) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    let mut rest = headings;
    while let [heading, after @ ..] = rest {
        let below = after.iter().position(|next| next.level <= heading.level).unwrap_or(after.len());
        entries.push(ContentsEntry {
            title: title(&heading.title),
            id: heading.id.to_string(),
            entries: outline(&after[..below]),
        });
        rest = &after[below..];
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(entries: &[ContentsEntry]) -> String {
        entries.iter().map(|entry| format!("{}({})", entry.id, shape(&entry.entries))).collect()
    }

    #[test]
    fn headings_nest_by_level() {
        let check = |levels: &[u8], expected: &str| {
            let headings: Vec<Heading> = levels
                .iter()
                .map(|level| Heading { level: *level, id: level.to_string().into(), title: Inline::default() })
                .collect();
            assert_eq!(shape(&outline(&headings)), expected);
        };
        check(&[], "");
        check(&[2, 3, 3, 2], "2(3()3())2()");
        check(&[3, 2, 4, 3], "3()2(4()3())");
    }
}
