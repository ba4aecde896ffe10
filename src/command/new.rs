//! `essai new`: an essay in a dated folder of its own.

use std::io;
use std::path::Path;

use jiff::civil::Date;
use serde_json::json;

use crate::diagnostic::output;

use super::console::Console;
use super::file::put_new;
use super::settings::inside;
use super::{Exit, wrong_call};

/// Makes an essay called `title` in the site at `root`, dated `today`, and prints its path.
///
/// # Errors
/// A title without a word, or an essay that is already there.
pub fn run(root: &Path, title: &str, today: Date, console: &Console) -> Result<Exit, clap::Error> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(wrong_call("an essay needs a title"));
    }
    let folder = inside(root, "content").join(format!("{today}-{}", folder_name(&title)));
    let file = folder.join("article.md");
    match put_new(&file, opening(&title, today).as_bytes()) {
        Ok(()) => {
            let path = file.display().to_string();
            console.text(&path);
            console.json(&json!({ "type": "new", "path": path }));
            Ok(Exit::Done)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && file.exists() => {
            Err(wrong_call(format!("there already is an essay at `{}`", file.display())))
        }
        Err(error) => {
            console.failure(output::unwritable(&file, &error));
            Ok(Exit::Problem)
        }
    }
}

/// The first lines of an essay.
fn opening(title: &str, today: Date) -> String {
    format!("title: {title}\nkeywords:\ndate: {today}\n\n# {title}\n\n")
}

/// Characters of a folder's name at most: what file systems take, with room for the date.
const LONGEST_NAME: usize = 60;

/// The name that a title gives a folder: its words in lower case, joined by hyphens, as many as fit.
fn folder_name(title: &str) -> String {
    let lower = title.to_lowercase().replace(['\'', '’'], "");
    let mut name = String::new();
    for word in lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let length = name.chars().count() + word.chars().count() + 1;
        if !name.is_empty() && length > LONGEST_NAME {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.extend(word.chars().take(LONGEST_NAME));
    }
    if name.is_empty() { "essay".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_folders() {
        let check = |title: &str, expected: &str| assert_eq!(folder_name(title), expected);
        check("A Title", "a-title");
        check("  What's *new*? -- C++ & Größe", "whats-new-c-größe");
        check("見ること", "見ること");
        check("???", "essay");
        check("../../etc/passwd", "etc-passwd");
        check(&"word ".repeat(40), "word-word-word-word-word-word-word-word-word-word-word-word");
        assert_eq!(folder_name(&"x".repeat(500)).len(), LONGEST_NAME);
    }
}
