//! Other programs: the author's editor and browser.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::diagnostic::Place;

/// The author's editor.
#[derive(Debug)]
pub struct Editor {
    /// Program and arguments, in which `{file}`, `{line}` and `{column}` stand for a place.
    words: Vec<String>,
    /// The site's folder.
    root: PathBuf,
}

impl Editor {
    /// The editor that `command` calls: words, of which those with spaces are in quotes. No shell sees them. Where no
    /// word names a file, it comes last.
    ///
    /// # Errors
    /// A command without a word, or with a quote that never ends.
    pub fn new(command: &str, root: &Path) -> Result<Self, String> {
        let mut words = words(command).ok_or_else(|| format!("the editor `{command}` has a quote that never ends"))?;
        if words.is_empty() {
            return Err("the editor has no name".to_owned());
        }
        if !words.iter().any(|word| word.contains("{file}")) {
            words.push("{file}".to_owned());
        }
        Ok(Self { words, root: root.to_owned() })
    }

    /// Opens the file that `place` is in, if it is one of the site's.
    ///
    /// # Errors
    /// Whatever the system says, or that there is no such file.
    pub fn open(&self, place: &Place) -> io::Result<()> {
        let file = std::path::absolute(self.root.join(&place.path))?;
        if !file.is_file() {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        let words = self.words.iter().map(|word| {
            let word = word.replace("{line}", &place.line.to_string()).replace("{column}", &place.column.to_string());
            word.replace("{file}", &file.to_string_lossy())
        });
        let words: Vec<String> = words.collect();
        start(Command::new(&words[0]).args(&words[1..]))
    }
}

/// Opens `url` in the author's browser.
///
/// # Errors
/// Whatever the system says.
pub fn open_browser(url: &str) -> io::Result<()> {
    let mut command = match std::env::consts::OS {
        "macos" => Command::new("open"),
        "windows" => {
            let mut command = Command::new("rundll32");
            command.arg("url.dll,FileProtocolHandler");
            command
        }
        _ => Command::new("xdg-open"),
    };
    start(command.arg(url))
}

/// Starts a program that goes on by itself.
fn start(command: &mut Command) -> io::Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // So that it does not stay behind as a zombie.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// The words of `command`; `None` if a quote never ends.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in command.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => word.get_or_insert_default().push(letter),
            None if matches!(letter, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if letter.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_words() {
        let check = |command: &str, expected: Option<&[&str]>| {
            assert_eq!(
                words(command).as_deref(),
                expected.map(|words| words.iter().map(ToString::to_string).collect::<Vec<_>>()).as_deref()
            );
        };
        check("code -g {file}:{line}", Some(&["code", "-g", "{file}:{line}"]));
        check(" '/My Editor/x'  \"a b\"c ''", Some(&["/My Editor/x", "a bc", ""]));
        check("code 'x", None);
        check(" ", Some(&[]));
    }
}
