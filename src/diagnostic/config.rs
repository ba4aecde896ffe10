//! Mistakes in `essai.yaml` and in settings of the command line.

use std::io;

use super::{Diagnostic, Kind, Place};

/// The configuration file that the command line names cannot be read.
pub fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        _ => error.to_string(),
    };
    Diagnostic::new(Kind::ConfigSyntax, format!("cannot read the configuration `{shown}`: {reason}"))
        .at(Place::file(shown))
}

/// The configuration is not YAML; `place` is labelled with the parser's reason.
pub fn syntax(place: Place) -> Diagnostic {
    Diagnostic::new(Kind::ConfigSyntax, "the configuration is not valid YAML").at(place)
}

/// A value of the wrong type or form. `expected` fits after "expected": "a list of paths".
pub fn bad_value(key: &str, expected: &str, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::ConfigSyntax, format!("`{key}` does not fit"))
        .at(place.labelled(format!("expected {expected}")))
}

/// A key that the configuration does not have. `meant` is the nearest that it has; `known` are all, in order.
pub fn unknown_setting(key: &str, meant: Option<&str>, known: &[&str], place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::UnknownSetting, format!("unknown setting `{key}`"))
        .at(place.labelled("Essai does not know this setting"));
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help(format!("the settings here are {}", listed(known))),
    }
}

/// `levels` names a kind of diagnostic that does not exist.
pub fn unknown_kind(name: &str, meant: Option<&str>, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::UnknownSetting, format!("unknown diagnostic `{name}`"))
        .at(place.labelled("no diagnostic has this name"));
    match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("each diagnostic shows its name in brackets, such as `error[broken-link]`"),
    }
}

/// A pattern of `ignore` that is no glob; `reason` is the glob parser's.
pub fn bad_glob(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new(Kind::ConfigSyntax, "a pattern of `ignore` cannot be read")
        .at(place.labelled(reason))
        .help("`*.psd` is every such file, `notes/**` everything in a folder")
}

/// "`a`, `b` and `c`".
fn listed(names: &[&str]) -> String {
    let mut text = String::new();
    for (position, name) in names.iter().enumerate() {
        match position {
            0 => {}
            _ if position + 1 == names.len() => text.push_str(" and "),
            _ => text.push_str(", "),
        }
        text.push_str(&format!("`{name}`"));
    }
    text
}
