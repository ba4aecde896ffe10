//! Where authors want the table of contents.

use super::extensions::shortcodes;

/// Whether the paragraph `written` says so, as Python-Markdown (`[TOC]`), Typora (`[toc]`), CSDN (`@[TOC](Contents)`), VuePress, GitLab,
/// Wikis and themes of Jekyll have it.
pub fn is_paragraph(written: &str) -> bool {
    let written = written.trim();
    let of_csdn = || {
        let rest = written.strip_prefix("@[TOC]").or(written.strip_prefix("@[toc]"));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('(') && rest.find(')') == Some(rest.len() - 1))
    };
    matches!(written, "[TOC]" | "[toc]" | "[[TOC]]" | "[[toc]]" | "[[_TOC_]]")
        || of_csdn()
        || shortcodes::is_contents(written)
}

/// Whether the list `written` does, as kramdown has it: one item, and `{:toc}` below.
pub fn is_list(written: &str) -> bool {
    // A rule above the head of a table may follow, which Markdown does not see.
    let mut lines = written.trim().lines().take_while(|line| !line.trim().is_empty());
    let (Some(_), Some(mark), None) = (lines.next(), lines.next(), lines.next()) else { return false };
    let mark = mark.trim().strip_prefix("{:").and_then(|mark| mark.strip_suffix('}'));
    mark.is_some_and(|mark| mark.split_whitespace().next() == Some("toc"))
}
