//! Mistakes in notebooks: files that are none, and what stands in their cells.

use super::shell::quoted;
use super::suggest::nearest;
use super::{Diagnostic, Kind, Place};

/// A notebook that is larger than `limit`; both are in bytes.
pub fn too_large(shown: &str, size: u64, limit: u64) -> Diagnostic {
    let message = format!("`{shown}` is {} large; a notebook may have {}", megabytes(size), megabytes(limit));
    Diagnostic::new(Kind::TooLarge, message)
        .at(Place::file(shown))
        .help("clear the largest outputs in Jupyter, or save pictures as files and show them with `![](picture.png)`")
        .help(format!("`jupyter nbconvert --clear-output --inplace {}` clears all", quoted(shown)))
}

/// An output of the cell at `place` that is larger than `limit`; both are in bytes.
pub fn output_too_large(place: Place, size: usize, limit: usize) -> Diagnostic {
    let (size, limit) = (megabytes(size as u64), megabytes(limit as u64));
    Diagnostic::new(Kind::LargeOutput, format!("an output of {size} is left out"))
        .at(place.labelled(format!("an output may have {limit}")))
        .help("let the cell show less, or give it the tag `hide-output`")
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1024 * 1024))
}

/// A file that is no JSON; `place` is where reading it ended, and `reason` why.
pub fn not_json(place: Place, reason: &str) -> Diagnostic {
    let has_conflict = ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| place.excerpt.starts_with(mark));
    let diagnostic = Diagnostic::new(Kind::Notebook, "the notebook is not valid JSON").at(place.labelled(reason));
    if has_conflict {
        diagnostic.help("git left both sides of a merge in it: `git checkout --ours` or `--theirs` takes one")
    } else {
        diagnostic.help("was it edited by hand? open it in Jupyter, or take an earlier version back")
    }
}

/// JSON that is not what Jupyter writes; `place` is where that was noticed, and `reason` why.
pub fn not_a_notebook(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::new(Kind::Notebook, "this is not a notebook as Jupyter writes it")
        .at(place.labelled(reason))
        .help("open it in Jupyter and save it again; if it is none, give it another extension than `.ipynb`")
}

/// A notebook of the format `version`, which is older than 4.
pub fn old_format(shown: &str, version: u64) -> Diagnostic {
    Diagnostic::new(Kind::Notebook, format!("the notebook has the old format {version}; Essai reads format 4"))
        .at(Place::file(shown))
        .help(format!("`jupyter nbconvert --to notebook --nbformat 4 --inplace {}` converts it", quoted(shown)))
}

/// A picture that a cell refers to as one of its attachments, which it has not.
pub fn missing_attachment<'a>(place: Place, name: &str, attachments: impl Iterator<Item = &'a str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::MissingFile, format!("the cell has no attachment `{name}`"))
        .at(place.labelled("nothing is attached by that name"));
    match nearest(name, attachments) {
        Some(name) => diagnostic.help(format!("did you mean `attachment:{name}`?")),
        None => diagnostic.help("paste the picture into the cell again"),
    }
}

/// A picture in an output or an attachment, of the media type `media_type`, that is no valid base64.
pub fn broken_picture(place: Place, media_type: &str) -> Diagnostic {
    Diagnostic::new(Kind::Notebook, format!("a picture (`{media_type}`) cannot be decoded"))
        .at(place.labelled("is left out"))
        .help("run the cell again and save the notebook")
}
