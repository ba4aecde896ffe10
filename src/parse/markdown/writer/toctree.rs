//! `{toctree}`, by which Sphinx and MyST put the documents of a book in order: a list of links, each with the title of its essay.
//! Source: Sphinx, "Directives", section on the TOC tree.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};
use pulldown_cmark_escape::escape_html_body_text;

use super::Writer;

/// What a tree says, as bytes of the file.
#[derive(Debug, Default)]
struct Tree {
    caption: Option<Range<usize>>,
    is_numbered: bool,
    entries: Vec<Entry>,
}

/// A document of a tree.
#[derive(Debug)]
struct Entry {
    /// Its title in the tree, where that is not its own.
    title: Option<Range<usize>>,
    /// Where it is.
    target: Range<usize>,
}

impl Writer<'_, '_> {
    /// Writes the tree in the fence at `at`, if there is one that names its documents one by one; returns the event after it.
    pub(super) fn toctree(&mut self, at: usize) -> Option<usize> {
        let document = self.document;
        let (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) = &document.events[at] else { return None };
        if info.trim_end() != "{toctree}" {
            return None;
        }
        let after = document.after(at);
        let parts = document.events[at + 1..after - 1].iter().map(|(_, range)| range.clone());
        let text = &document.source.text;
        let tree = tree(text, parts)?;
        if let Some(caption) = tree.caption {
            self.block("<p><strong>");
            // Writing to a string does not fail, here and below.
            let _ = escape_html_body_text(&mut self.out.html, &text[caption]);
            self.out.html.push_str("</strong></p>");
        }
        let name = if tree.is_numbered { "ol" } else { "ul" };
        self.block(&format!("<{name}>"));
        for entry in tree.entries {
            self.out.html.push_str("\n<li>");
            self.open_link_to(entry.target.clone());
            match entry.title {
                None => self.title_of(entry.target),
                Some(title) => {
                    let _ = escape_html_body_text(&mut self.out.html, &text[title]);
                }
            }
            self.out.html.push_str("</a></li>");
        }
        self.block(&format!("</{name}>\n"));
        Some(after)
    }
}

/// The tree in the lines at `parts` of `text`; `None` where it names none, or patterns.
fn tree(text: &str, parts: impl Iterator<Item = Range<usize>>) -> Option<Tree> {
    let mut tree = Tree::default();
    let mut is_glob = false;
    let (mut lines, mut is_option) = (0usize, false);
    for part in parts {
        let mut end = part.start;
        for line in text.get(part)?.split_inclusive('\n') {
            let start = end + (line.len() - line.trim_start().len());
            end += line.len();
            let line = line.trim();
            let range = start..start + line.len();
            lines += 1;
            // Options stand between two lines of dashes, or in lines of their own.
            if line == "---" && (is_option || lines == 1) {
                is_option = lines == 1;
                continue;
            }
            let option = if is_option { Some(line) } else { line.strip_prefix(':') };
            match option.map(|option| option.split_once(':').unwrap_or((option, ""))) {
                Some(("caption", value)) => tree.caption = Some(range.end - value.trim_start().len()..range.end),
                Some(("numbered", _)) => tree.is_numbered = true,
                Some(("glob", _)) => is_glob = true,
                Some(_) => {}
                // The essay itself, perhaps with a title.
                None if line.is_empty() || line == "self" || line.ends_with("<self>") => {}
                None => tree.entries.push(entry(line, range)),
            }
        }
    }
    is_glob &= tree.entries.iter().any(|entry| text[entry.target.clone()].contains(['*', '?']));
    (!is_glob && !tree.entries.is_empty()).then_some(tree)
}

/// The entry that `line` is, which stands at `range`: `intro` or `The beginning <intro>`.
fn entry(line: &str, range: Range<usize>) -> Entry {
    let titled = line.strip_suffix('>').and_then(|line| line.rsplit_once('<'));
    let Some((title, target)) = titled.filter(|(title, _)| !title.trim().is_empty()) else {
        return Entry { title: None, target: range };
    };
    let end = range.end - ">".len();
    Entry { title: Some(range.start..range.start + title.trim_end().len()), target: end - target.len()..end }
}
