//! Mistakes that show only when all essays are seen at once: links, addresses, aliases.
//!
//! Each function is given the place without a label, and words both. A `written` path is as the author wrote it,
//! without query and fragment; a `nearest` one is what could stand in its stead.

use super::{Diagnostic, Kind, Place};

/// A link to an essay that is not there; `path` is the one looked for, from the top of `content/`.
pub fn no_essay(place: Place, written: &str, path: &str, nearest: Option<&str>) -> Diagnostic {
    missing((Kind::BrokenLink, "no essay at"), written, place, path, nearest)
}

/// A link to anything else that is not there; `path` is the one looked for, from the top of `content/`.
pub fn nothing(place: Place, written: &str, path: &str, nearest: Option<&str>) -> Diagnostic {
    missing((Kind::BrokenLink, "nothing at"), written, place, path, nearest)
}

/// A picture or other file that an essay shows and that is not there; `path` is from the top of `content/`.
pub fn no_file(place: Place, written: &str, path: &str, nearest: Option<&str>) -> Diagnostic {
    missing((Kind::MissingFile, "no file at"), written, place, path, nearest)
}

fn missing((kind, what): (Kind, &str), written: &str, place: Place, path: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("{what} `{written}`");
    if path.contains("{{") || path.contains("{%") {
        return Diagnostic::new(kind, message)
            .at(place.labelled("a template of another tool"))
            .help("templates are not run in essays: write where it leads");
    }
    let diagnostic = Diagnostic::new(kind, message).at(place.labelled(format!("nothing at content/{path}")));
    match of_the_web(written) {
        Some(scheme) => diagnostic.help(format!("to lead out of the site, write `{scheme}{written}`")),
        None => did_you_mean(diagnostic, nearest),
    }
}

/// What `written` lacks if it is meant as an address of mail or of the web.
fn of_the_web(written: &str) -> Option<&'static str> {
    let (name, host) = written.split_once('@').unwrap_or((written, ""));
    let is_mail = !name.is_empty() && !name.contains('/') && host.contains('.') && !host.contains(['/', '@']);
    if is_mail { Some("mailto:") } else { written.starts_with("www.").then_some("https://") }
}

/// A link to nothing: `[text]()`.
pub fn no_destination(place: Place) -> Diagnostic {
    Diagnostic::new(Kind::BrokenLink, "a link without a destination")
        .at(place.labelled("it leads nowhere"))
        .help("write where it leads, or take the brackets away")
}

/// A picture without a file: `![text]()`.
pub fn no_file_named(place: Place) -> Diagnostic {
    Diagnostic::new(Kind::MissingFile, "a picture or file without a path")
        .at(place.labelled("it shows nothing"))
        .help("write the path of the file, relative to the essay")
}

/// A link to a heading or other id that its page does not have; `page` as the author names it.
pub fn no_anchor(place: Place, anchor: &str, page: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::MissingAnchor, format!("no heading or id `{anchor}` in `{page}`"))
        .at(place.labelled("no such heading or id"));
    did_you_mean(diagnostic, nearest)
}

/// A link that is right but for upper and lower case.
pub fn wrong_case(place: Place, written: &str, right: &str) -> Diagnostic {
    Diagnostic::new(Kind::WrongCase, format!("`{written}` is spelt `{right}`"))
        .at(place.labelled("upper and lower case differ"))
        .help(format!("write `{right}`: many hosts tell upper from lower case"))
}

/// A link that leads out of `content/`.
pub fn leads_out(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(Kind::OutsideContent, format!("`{written}` leads out of content/"))
        .at(place.labelled("above the top of content/"))
        .help("only what is in content/ is part of the site: move the file there, or link to its address on the web")
        .help("if it is there where the site is published, write `levels: {outside-content: warn}` in essai.yaml")
}

/// A published essay's link to a draft.
pub fn draft(place: Place, written: &str) -> Diagnostic {
    Diagnostic::new(Kind::LinkToUnpublished, format!("`{written}` is a draft"))
        .at(place.labelled("not part of the site yet"))
        .help("publish the draft, or take the link away until then; `--drafts` builds drafts too")
}

/// A published essay's link to one that is dated after the day of the build; `day` is its date.
pub fn not_yet(place: Place, written: &str, day: &str) -> Diagnostic {
    Diagnostic::new(Kind::LinkToUnpublished, format!("`{written}` is dated {day}, in the future"))
        .at(place.labelled("not part of the site yet"))
        .help("take the link away until then; `--future` builds essays of the future too")
}

/// Two sources for one file of the output; `place` and `first` are where they come from.
pub fn address_clash(place: Place, first: Place, address: &str) -> Diagnostic {
    let message = format!("{} and {} both become `{address}`", first.path, place.path);
    Diagnostic::new(Kind::AddressClash, message)
        .at(place.labelled(format!("becomes `{address}`")))
        .and(first.labelled(format!("becomes `{address}` too")))
        .help("rename one of the two, or set another `url` in an essay's header")
}

/// One source's file is another's folder: `a.html` and `a.html/b.png`. The address is that of the file.
pub fn folder_clash(place: Place, within: Place, address: &str) -> Diagnostic {
    let message = format!("`{address}` would be a file and a folder");
    Diagnostic::new(Kind::AddressClash, message)
        .at(place.labelled(format!("becomes the file `{address}`")))
        .and(within.labelled(format!("is in the folder `{address}`")))
        .help("rename one of the two")
}

/// Two addresses that differ only by case.
pub fn case_clash(place: Place, first: Place, address: &str, other: &str) -> Diagnostic {
    Diagnostic::new(Kind::CaseClash, format!("`{address}` and `{other}` differ only by upper and lower case"))
        .at(place.labelled(format!("becomes `{address}`")))
        .and(first.labelled(format!("becomes `{other}`")))
        .help("rename one of the two: on some machines and hosts they are one file")
}

/// A former address at which something else stands.
pub fn alias_clash(place: Place, first: Place, alias: &str, address: &str) -> Diagnostic {
    Diagnostic::new(Kind::AddressClash, format!("the alias `{alias}` is the address of {}", first.path))
        .at(place.labelled(format!("would redirect from `{address}`")))
        .and(first.labelled(format!("becomes `{address}`")))
        .help("take the alias away: something else is there now")
}

/// An address or alias in a header that cannot be one; `reason` follows "`…`": "leaves the site".
pub fn bad_address(place: Place, written: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Kind::BadValue, format!("the address `{written}` {reason}"))
        .at(place.labelled("not an address in this site"))
        .help("write a path from the top of the site, such as `/essays/seeing.html`")
}

fn did_you_mean(diagnostic: Diagnostic, nearest: Option<&str>) -> Diagnostic {
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic,
    }
}

/// A picture that cannot be decoded, for `reason`, and so has no variants.
pub fn broken_picture(place: Place, path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(Kind::BrokenPicture, format!("`{path}` cannot be read as a picture"))
        .at(place.labelled(reason))
        .help("the page shows the file as it is; save it anew with the program that made it")
}

/// A picture of `width` × `height` pixels, which are more than the `most` that are decoded.
pub fn too_large_picture(place: Place, path: &str, width: u32, height: u32, most: u64) -> Diagnostic {
    Diagnostic::new(Kind::BrokenPicture, format!("`{path}` is too large for variants: {width} × {height} pixels"))
        .at(place.labelled(format!("more than {} million pixels", most / 1_000_000)))
        .help("the page shows the file as it is; make it smaller")
}
