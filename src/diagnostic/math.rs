//! Mistakes in formulas. Each function is given the place without a label.

use super::{Diagnostic, Kind, Place};

/// A formula that cannot be set; `message` and `help` are the typesetter's.
pub fn formula(place: Place, message: &str, help: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::Math, message).at(place);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Formulas whose backslashes are escaped for Markdown, though neither the header nor the configuration says so.
pub fn looks_escaped(place: Place) -> Diagnostic {
    Diagnostic::new(Kind::EscapedMath, "this mathematics looks escaped for Markdown")
        .at(place.labelled("read as TeX, as it stands"))
        .help("if `\\\\!` is meant to be `\\!` here, write `math: {escapes: markdown}` in essai.yaml, or in the essay's header")
}
