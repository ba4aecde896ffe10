//! The headings of an essay as a tree.

use crate::parse::{Heading, Inline};
use crate::render::context::{ContentsEntry, Markup, Title};

/// Text in both forms, for templates.
pub fn title(inline: &Inline) -> Title {
    Title { html: Markup(inline.html.to_string()), text: inline.text.to_string() }
}

/// The headings that are listed as a tree: each holds those of deeper levels that follow it.
pub fn outline(headings: &[Heading]) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    let mut rest = headings;
    while let [heading, after @ ..] = rest {
        if !heading.is_listed {
            rest = after;
            continue;
        }
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
                .map(|level| {
                    let (id, is_listed) = (level.to_string().into(), *level != 6);
                    Heading { level: *level, id, title: Inline::default(), is_listed }
                })
                .collect();
            assert_eq!(shape(&outline(&headings)), expected);
        };
        check(&[], "");
        check(&[2, 3, 3, 2], "2(3()3())2()");
        check(&[3, 2, 4, 3], "3()2(4()3())");
        check(&[6, 2, 6, 3], "2(3())");
    }
}
