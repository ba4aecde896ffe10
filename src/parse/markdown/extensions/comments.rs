//! `% what readers do not see`, a line of its own in MyST: only in essays that have something else of MyST, since elsewhere it is text.

use std::borrow::Cow;

use super::admonitions::directive;
use super::fence;
use crate::parse::code;

/// The longest name of a directive with its braces, in bytes.
const LONGEST: usize = 40;

/// `text` with blanks in place of comments outside blocks of code: as long as `text`.
pub fn hidden(text: Cow<'_, str>) -> Cow<'_, str> {
    let may_begin = |at: usize| at == 0 || matches!(text.as_bytes()[at - 1], b'\n' | b' ');
    if !memchr::memchr_iter(b'%', text.as_bytes()).any(may_begin) || !is_of_myst(&text) {
        return text;
    }
    let mut hidden = String::with_capacity(text.len());
    let mut fence = None;
    // What stands between the fences of a directive is no code, so it has comments as well.
    let mut directives: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let (run, rest) = content.split_at(content.len() - content.trim_start_matches('`').len());
        if fence.is_none() && rest.is_empty() && directives.last().is_some_and(|open| run.starts_with(open)) {
            directives.pop();
        } else if fence.is_none() && run.len() >= 3 && directive::begins(rest) {
            directives.push(run);
        } else {
            fence = fence::after(line, fence);
        }
        if fence.is_none() && is_comment(line) {
            hidden.extend(line.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte as char } else { ' ' }));
        } else {
            hidden.push_str(line);
        }
    }
    Cow::Owned(hidden)
}

fn is_comment(line: &str) -> bool {
    let content = line.trim_start_matches(' ');
    let rest = content.strip_prefix('%').filter(|_| line.len() - content.len() <= 3);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether there is a directive or a role of MyST in `text`.
fn is_of_myst(text: &str) -> bool {
    let opens = |at: usize| {
        let is_behind = ["```", ":::"].iter().any(|fence| text[..at].ends_with(fence));
        let directive = || text[at..text.floor_char_boundary(at + LONGEST)].lines().next().unwrap_or_default();
        is_behind && (directive::begins(directive()) || code::directive::is_foreign(directive()))
    };
    let has_role =
        || ["{ref}`", "{doc}`"].iter().any(|role| memchr::memmem::find(text.as_bytes(), role.as_bytes()).is_some());
    memchr::memchr_iter(b'{', text.as_bytes()).any(opens) || has_role()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_hidden_where_there_is_myst() {
        let check = |text: &str, expected: &str| {
            let hidden = hidden(text.into());
            assert_eq!(hidden.len(), text.len());
            let lines: Vec<_> = hidden.lines().map(str::trim_end).collect();
            assert_eq!(lines.join("\n"), expected);
        };
        check("% é\na {ref}`b`\n  %\n%c\n    % d\n", "\na {ref}`b`\n\n%c\n    % d");
        check("```{note}\na\n```\n% b\n50\n% of\n", "```{note}\na\n```\n\n50\n");
        check("::::{include} a\n::::\n```tex\n% b\n```\n", "::::{include} a\n::::\n```tex\n% b\n```");
        check(
            "````{tip}\n% b\n```{note}\n% c\n```\n```\n% d\n```\n````\n% e",
            "````{tip}\n\n```{note}\n\n```\n```\n% d\n```\n````\n",
        );
        check("% a\n```{r}\n```\n{x}`y`", "% a\n```{r}\n```\n{x}`y`");
    }
}
