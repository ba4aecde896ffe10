//! Mistakes about files: those that cannot be read, or are not what their name says.

use std::io;

use super::shell::quoted;
use super::{Diagnostic, Kind, Place};

/// There is no `content/` in `root`, the site's folder as the author named it.
pub fn no_content(root: &str) -> Diagnostic {
    let message = match root {
        "" | "." => "there is no folder `content` here".to_owned(),
        root => format!("there is no folder `content` in `{root}`"),
    };
    Diagnostic::new(Kind::Unreadable, message)
        .help("Essai reads the essays in `content/`; put an essay there, such as `content/first.md`")
        .help("`essai init DIR` makes a small site to begin with; `--root DIR` names a site elsewhere")
}

/// A file or folder that the system does not let us read.
pub fn unreadable(shown: &str, error: &io::Error) -> Diagnostic {
    let reason = match error.kind() {
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        _ => error.to_string(),
    };
    let diagnostic =
        Diagnostic::new(Kind::Unreadable, format!("cannot read `{shown}`: {reason}")).at(Place::file(shown));
    match error.kind() {
        io::ErrorKind::PermissionDenied => diagnostic.help(format!("`chmod u+r {}` lets you read it", quoted(shown))),
        _ => diagnostic,
    }
}

/// A symbolic link whose target does not exist.
pub fn dangling_link(shown: &str, target: &str) -> Diagnostic {
    Diagnostic::new(Kind::Unreadable, format!("`{shown}` is a symbolic link to `{target}`, which is not there"))
        .at(Place::file(shown))
        .help("mend the link or remove it; `ignore` in `essai.yaml` leaves files out")
}

/// Something that is neither a file nor a folder, such as a pipe.
pub fn not_a_file(shown: &str) -> Diagnostic {
    Diagnostic::new(Kind::Unreadable, format!("`{shown}` is neither a file nor a folder"))
        .at(Place::file(shown))
        .help("remove it, or leave it out with `ignore` in `essai.yaml`")
}

/// A name that is not Unicode, and so cannot be an address. `shown` has a replacement character for each wrong byte.
pub fn name_not_unicode(shown: &str) -> Diagnostic {
    Diagnostic::new(Kind::Unreadable, format!("the name of `{shown}` is not Unicode"))
        .at(Place::file(shown))
        .help("rename it: it could have no address on the web")
}

/// A symbolic link that leads out of the site's folder.
pub fn linked_out(shown: &str, target: &str) -> Diagnostic {
    Diagnostic::new(Kind::LinkedOut, format!("`{shown}` is a symbolic link out of the site, to `{target}`"))
        .at(Place::file(shown))
        .help("copy what it leads to into `content/`, so that the site is whole wherever it is built")
}

/// A symbolic link to a folder that holds the link itself.
pub fn linked_round(shown: &str) -> Diagnostic {
    Diagnostic::new(Kind::LinkedOut, format!("`{shown}` is a symbolic link to a folder that it lies in"))
        .at(Place::file(shown))
        .help("remove the link: following it would never end")
}

/// A text file that is larger than `limit`; both are in bytes.
pub fn too_large(shown: &str, size: u64, limit: u64) -> Diagnostic {
    let megabytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
    let message = format!("`{shown}` is {} MB large; a text may have {} MB", megabytes(size), megabytes(limit));
    Diagnostic::new(Kind::TooLarge, message)
        .at(Place::file(shown))
        .help("split it into several essays; if it is no essay, give it another extension than `.md`")
}

/// A text file in another encoding than UTF-8. `byte` counts from 0; `looks_like` names the likely encoding.
pub fn not_utf8(place: Place, byte: usize, looks_like: &str) -> Diagnostic {
    let shown = place.path.clone();
    let diagnostic = Diagnostic::new(Kind::NotText, format!("`{shown}` is not UTF-8: it looks like {looks_like}"));
    let diagnostic = diagnostic.at(place.labelled(format!("byte {byte} of the file")));
    match encoding_name(looks_like) {
        Some(name) => {
            let shown = quoted(&shown);
            diagnostic.help(format!("save it as UTF-8 in your editor, or `iconv -f {name} -t UTF-8 {shown}`"))
        }
        None => diagnostic.help("save it as UTF-8 in your editor"),
    }
}

/// The name by which `iconv` knows an encoding.
fn encoding_name(looks_like: &str) -> Option<&'static str> {
    ["UTF-16LE", "UTF-16BE", "UTF-32LE", "WINDOWS-1252", "ISO-8859-1"]
        .into_iter()
        .find(|name| looks_like.to_ascii_uppercase().starts_with(name))
}

/// A text with a NUL character in it. `byte` counts from 0.
pub fn nul(place: Place, byte: usize) -> Diagnostic {
    let shown = place.path.clone();
    Diagnostic::new(Kind::NotText, format!("`{shown}` holds a NUL character, which no text does"))
        .at(place.labelled(format!("byte {byte} of the file")))
        .help("delete the character; if the file is no text, give it another extension than `.md`")
}
