//! Mistakes of the output folder and of the disk.

use std::io;
use std::path::Path;

use super::count::count;
use super::{Diagnostic, Kind};

/// The output folder holds files and none of them is Essai's.
pub fn foreign_folder(folder: &Path, stranger: &str) -> Diagnostic {
    let folder = folder.display();
    Diagnostic::new(Kind::ForeignOutput, format!("`{folder}` holds files that Essai did not make"))
        .help(format!("one of them is `{stranger}`; nothing was touched"))
        .help("name an empty or a new folder with `--output-dir`, or empty this one yourself")
}

/// There is no essay any more, and the output folder holds `pages` of an earlier build.
pub fn emptied(folder: &Path, pages: usize) -> Diagnostic {
    let (folder, pages) = (folder.display(), count(pages, "page"));
    Diagnostic::new(
        Kind::ForeignOutput,
        format!("`content/` holds no essay, and `{folder}` holds {pages} of an earlier build"),
    )
    .help("bring the essays back, or the disk that they are on; nothing was touched")
    .help(format!("if the site is to be empty, remove `{folder}` yourself and build again"))
}

/// The output folder is a file.
pub fn not_a_folder(folder: &Path) -> Diagnostic {
    Diagnostic::new(Kind::ForeignOutput, format!("`{}` is not a folder", folder.display()))
        .help("name another folder with `--output-dir`, or move the file away")
}

/// A file that Essai did not make, with other bytes, is where a file of the site goes.
pub fn foreign_file(file: &Path) -> Diagnostic {
    Diagnostic::new(
        Kind::ForeignOutput,
        format!("`{}` is in the way of the site, and Essai did not make it", file.display()),
    )
    .help("move it away, or into `content/` if it belongs to the site")
}

/// A folder in the output is a symbolic link, so that what is written there would land elsewhere.
pub fn linked_folder(folder: &Path) -> Diagnostic {
    Diagnostic::new(
        Kind::ForeignOutput,
        format!("`{}` is a symbolic link, and Essai does not write through it", folder.display()),
    )
    .help("remove the link; Essai makes the folder itself")
}

/// A file of the site has the name of one that Essai keeps in the output for itself.
pub fn reserved_address(address: &str) -> Diagnostic {
    Diagnostic::new(
        Kind::ForeignOutput,
        format!("a file cannot be called `{address}`: Essai keeps its own notes there"),
    )
    .help("give the file another name, or leave it out with `ignore` in `essai.yaml`")
}

/// A file of the site is also a folder of the site.
pub fn file_and_folder(address: &str, inside: &str) -> Diagnostic {
    Diagnostic::new(Kind::AddressClash, format!("`{address}` cannot be both a file and the folder of `{inside}`"))
        .help("give one of the two another name")
}

/// Another build is writing into the same folder, or a deployment sends what is there.
pub fn busy(folder: &Path) -> Diagnostic {
    Diagnostic::new(Kind::Unwritable, format!("another build or deployment holds `{}`", folder.display()))
        .help("wait until it is done, or name another folder with `--output-dir`")
}

/// `path` cannot be written (or removed, or read to be compared).
pub fn unwritable(path: &Path, cause: &io::Error) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Kind::Unwritable, format!("cannot write `{}`: {}", path.display(), plain_words(cause)));
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => diagnostic.help("make room and build again"),
        io::ErrorKind::PermissionDenied => diagnostic.help("check who owns it, and its permissions"),
        _ => diagnostic,
    }
}

/// Standard output takes no more of what a command says.
pub fn unwritable_output(cause: &io::Error) -> Diagnostic {
    Diagnostic::new(Kind::Unwritable, format!("cannot write to standard output: {}", plain_words(cause)))
}

/// The file at `from` cannot be copied to `to`.
pub fn uncopied(from: &Path, to: &Path, cause: &io::Error) -> Diagnostic {
    let cause = plain_words(cause);
    Diagnostic::new(Kind::Unwritable, format!("cannot copy `{}` to `{}`: {cause}", from.display(), to.display()))
}

/// A failure of the file system in plain words, for the end of a sentence: "the disk is full".
pub fn plain_words(cause: &io::Error) -> String {
    let words = match cause.kind() {
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "your quota of the disk is used up",
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only",
        io::ErrorKind::PermissionDenied => "you have no permission to do that",
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::InvalidFilename => "the name is too long, or not one that the file system takes",
        io::ErrorKind::NotADirectory => "a part of its path is not a folder",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::FileTooLarge => "the file is too large for the file system",
        _ => {
            let text = cause.to_string();
            return text.split(" (os error").next().unwrap_or(&text).to_lowercase();
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_in_plain_words() {
        let check = |code: i32, words: &str| assert_eq!(plain_words(&io::Error::from_raw_os_error(code)), words);
        if cfg!(target_os = "linux") {
            check(28, "the disk is full");
            check(30, "the file system is read-only");
            check(5, "input/output error");
        }
        assert_eq!(plain_words(&io::Error::other("Odd")), "odd");
    }
}
