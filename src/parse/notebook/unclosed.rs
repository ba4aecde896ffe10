//! What a cell of Markdown leaves open, and what closes it, so that it does not swallow the cells after it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::parse::{ParseConfig, markdown};

/// A block of HTML that only its own end ends (CommonMark 0.31, section 4.6), and that end.
const HTML_BLOCKS: &[(&str, &str)] = &[
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("<!--", "-->"),
    ("<?", "?>"),
    ("<![cdata[", "]]>"),
    ("<!", ">"),
];

/// The line that closes the last block of `markdown`, if nothing but the end of the text does.
pub fn closer(markdown: &str, config: &ParseConfig) -> Option<String> {
    if !markdown.contains(['`', '~', '<']) {
        return None;
    }
    let markdown = &markdown::seen(markdown, config.markdown, config.math);
    // A block that is left open swallows what comes after it, even a blank line and a line of HTML.
    let probe = format!("{markdown}\n\n<hr>\n");
    let end = markdown.len() + 2;
    let swallows = |range: &std::ops::Range<usize>| range.start < end && range.end > end;
    let mut open = None;
    for (event, range) in Parser::new_ext(&probe, Options::empty()).into_offset_iter() {
        let is_block = matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)) | Tag::HtmlBlock));
        if is_block && swallows(&range) {
            open = Some(range.start);
        }
    }
    let opening = probe[open?..].trim_start();
    let fence: String = opening.chars().take_while(|letter| opening.starts_with(*letter)).collect();
    if fence.starts_with(['`', '~']) {
        return Some(fence);
    }
    let lower = opening.get(..opening.floor_char_boundary(12)).unwrap_or(opening).to_ascii_lowercase();
    HTML_BLOCKS.iter().find(|(start, _)| lower.starts_with(start)).map(|(_, end)| (*end).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_closed() {
        let check = |markdown: &str, expected: Option<&str>| {
            assert_eq!(closer(markdown, &ParseConfig::default()).as_deref(), expected, "{markdown}");
        };
        check("text `code`", None);
        check("```\ncode\n```", None);
        check("~~~~ py\ncode\n~~~", Some("~~~~"));
        check("```\ncode", Some("```"));
        check("- a\n\n  ```\n  code", None);
        check("<div>\ntext", None);
        check("<!-- a\n\nb", Some("-->"));
        check("<Pre>\na\n\nb", Some("</pre>"));
        check("<pre>\na</pre>", None);
        check("<!-- a --> b", None);
        check("$$\n<!--\n$$", None);
        check("<!--\n*[a]: -->", Some("-->"));
    }
}
