//! `` `#!python print(x)` ``: code in a sentence that names its language, as pymdownx has it.

use pulldown_cmark::{CowStr, Event};

use crate::parse::markdown::document::Located;

/// Takes the name of a language off the code in `events`.
pub fn apply(mut events: Vec<Located<'_>>) -> Vec<Located<'_>> {
    for (event, _) in &mut events {
        if let Event::Code(code) = event
            && let Some(rest) = without_language(code)
        {
            *code = CowStr::from(rest.to_owned());
        }
    }
    events
}

/// What follows the language that `code` names; `None` for `#!/bin/sh`, and where nothing follows.
fn without_language(code: &str) -> Option<&str> {
    let (language, rest) = code.strip_prefix("#!")?.split_once(' ')?;
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '_' | '.');
    let is_name = language.starts_with(|letter: char| letter.is_ascii_alphabetic()) && language.chars().all(is_part);
    Some(rest.trim_start()).filter(|rest| is_name && !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::without_language;

    #[test]
    fn a_language_is_a_name_before_code() {
        let check = |code: &str, expected: Option<&str>| assert_eq!(without_language(code), expected, "{code}");
        check("#!c++ a  b", Some("a  b"));
        check("#!/bin/sh x", None);
        check("#!python", None);
        check("#!python ", None);
        check("#! python x", None);
        check("a #!python x", None);
    }
}
