//! Mistakes in the headers of essays.

use super::{Diagnostic, Kind, Place};

/// A header that cannot be read. `dialect` is `YAML` or `TOML`; `place` is labelled with the parser's reason.
pub fn syntax(dialect: &str, place: Place) -> Diagnostic {
    let unquoted = dialect == "YAML" && place.label.starts_with("mapping values");
    let suggestion = unquoted.then(|| quoted(&place.excerpt)).flatten();
    let diagnostic = Diagnostic::new(Kind::HeaderSyntax, format!("the header is not valid {dialect}")).at(place);
    match suggestion {
        Some(line) => diagnostic.help(format!("put a value that holds a colon in quotation marks: `{line}`")),
        None => diagnostic,
    }
}

/// `title: "a: b"` of the line `title: a: b`.
fn quoted(line: &str) -> Option<String> {
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    if value.contains(['"', '\\']) {
        return (!value.contains('\'')).then(|| format!("{key}: '{value}'"));
    }
    Some(format!("{key}: \"{value}\""))
}

/// A header whose top is a list or a text.
pub fn not_keys(place: Place, description: &str) -> Diagnostic {
    Diagnostic::new(Kind::HeaderSyntax, "the header does not consist of keys and values")
        .at(place.labelled(format!("this is {description}")))
        .help("write `title: On seeing`, one key a line, with a space after the colon")
}

/// A key that is given twice, perhaps in different spellings.
pub fn repeated_key(key: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(Kind::HeaderSyntax, format!("the header gives `{key}` twice"))
        .at(place.labelled("and again here"))
        .and(first.labelled(format!("`{key}` is given here")))
}

/// A header that begins with `fence`, which is `---` or `+++`, and never ends.
pub fn unclosed(fence: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::UnclosedHeader, "the header never ends")
        .at(place.labelled("the header begins here"))
        .help(format!("put a line `{fence}` after the header"))
}

/// A key that is nearly one that Essai knows.
pub fn unknown_key(key: &str, meant: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::UnknownKey, format!("unknown key `{key}` in the header"))
        .at(place.labelled("Essai does not know this key"))
        .help(format!("did you mean `{meant}`?"))
}

/// A value that does not fit its key. `expected` fits after "expected": "a date, such as `2023-03-14`".
pub fn bad_value(key: &str, expected: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::BadValue, format!("`{key}` does not fit")).at(place.labelled(format!("expected {expected}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_put_between_quotes_is_the_same_there() {
        assert_eq!(quoted("title: Notes: on").as_deref(), Some("title: \"Notes: on\""));
        assert_eq!(quoted("title: Notes: \"on\"").as_deref(), Some("title: 'Notes: \"on\"'"));
        assert_eq!(quoted(r"title: Paths: C:\new").as_deref(), Some(r"title: 'Paths: C:\new'"));
        assert_eq!(quoted(r"title: Don't: C:\new"), None);
    }
}
