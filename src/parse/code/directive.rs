//! Directives of MyST behind backticks: those that are code have options in their first lines, the others are none.

use std::fmt::Write as _;

/// Directives of MyST and its extensions whose inside is no code.
const FOREIGN: &[&str] = &[
    "autoclass",
    "autofunction",
    "automodule",
    "autosummary",
    "bibliography",
    "contents",
    "csv-table",
    "currentmodule",
    "embed",
    "eval-rst",
    "exercise",
    "figure",
    "figure-md",
    "glossary",
    "iframe",
    "image",
    "include",
    "index",
    "list-table",
    "literalinclude",
    "margin",
    "proof",
    "raw",
    "rst-class",
    "rubric",
    "sidebar",
    "solution",
    "subfigure",
    "tab-item",
    "tab-set",
    "table",
    "tableofcontents",
    "theorem",
    "toctree",
    "video",
    "youtube",
];

/// The info string that says what that of a `{code-block}` and the options in the first lines of `text` say, and the rest of the
/// text; `None` where there are no options.
pub fn options<'t>(info: &str, text: &'t str) -> Option<(String, &'t str)> {
    if !info.starts_with("{code") && !info.starts_with("{sourcecode}") {
        return None;
    }
    let mut said = info.to_owned();
    let mut rest = text;
    while let Some((line, after)) = rest.split_once('\n')
        && let Some((name, value)) = line.trim().strip_prefix(':').and_then(|line| line.split_once(':'))
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    {
        let name = if name == "name" { "id" } else { name };
        let value = if value.trim().is_empty() { "true" } else { value.trim() };
        // Writing to a string does not fail.
        let _ = write!(said, " {name}=\"{}\"", value.replace('"', "'"));
        rest = after;
    }
    (rest.len() < text.len()).then_some((said, rest))
}

/// Whether `info` begins with a directive that is no code.
pub fn is_foreign(info: &str) -> bool {
    let name = info.strip_prefix('{').and_then(|info| info.split_once('}')).map_or("", |(name, _)| name);
    FOREIGN.contains(&name) || name.starts_with("prf:")
}

/// The address of what a directive with this `info` shows that is elsewhere: `{youtube} id`, `{video} https://…`.
pub fn elsewhere(info: &str) -> Option<String> {
    let (name, argument) = info.strip_prefix('{')?.split_once('}')?;
    let argument = argument.trim();
    let is_address = ["https://", "http://"].iter().any(|scheme| argument.starts_with(scheme));
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match name {
        "youtube" | "vimeo" | "video" | "iframe" | "embed" if is_address => Some(argument.to_owned()),
        "youtube" if !argument.is_empty() && argument.bytes().all(is_id) => {
            Some(format!("https://www.youtube.com/watch?v={argument}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{elsewhere, is_foreign, options};

    #[test]
    fn options_are_read() {
        let check = |info: &str, text: &str, expected: Option<(&str, &str)>| {
            let found = options(info, text);
            assert_eq!(found.as_ref().map(|(info, code)| (info.as_str(), *code)), expected);
        };
        let info = "{code-block} python linenos=\"true\" emphasize-lines=\"2\" id=\"a\"";
        check("{code-block} python", ":linenos:\n:emphasize-lines: 2\n:name: a\nx\ny\n", Some((info, "x\ny\n")));
        check("{code-block} python", "x\n:linenos:\n", None);
        check("python", ":linenos:\nx\n", None);
        check("{code-cell}", ":Symbol: x\n", None);
    }

    #[test]
    fn directives_are_told_from_languages() {
        assert!(is_foreign("{figure} a.png") && is_foreign("{prf:theorem} T") && is_foreign("{toctree}"));
        assert_eq!(elsewhere("{youtube} a-b").as_deref(), Some("https://www.youtube.com/watch?v=a-b"));
        assert_eq!(elsewhere("{video} https://a.org/b.mp4").as_deref(), Some("https://a.org/b.mp4"));
        assert_eq!(
            [elsewhere("{video} b.mp4"), elsewhere("{note} https://a.org"), elsewhere("python")],
            [None, None, None]
        );
        assert!(!is_foreign("{python}") && !is_foreign("figure") && !is_foreign("{ojs}") && !is_foreign(""));
    }
}
