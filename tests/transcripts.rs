//! Terminal transcripts: each file of `tests/transcripts` is what a person types, and what the terminal answers.
//!
//! A line that begins with `$ ` is run by the shell in a folder of the transcript's own; what follows, up to the next,
//! is what it prints on either stream, and `[2]` at the end is its exit code, unless that is 0. Times are written `N`,
//! and what a style or a script is named by, which is what it holds, `HASH`.
//!
//! `UPDATE_EXPECT=1 cargo test --test transcripts` writes what comes out; a person reads the difference.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn the_terminal_answers_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 4, "the transcripts are gone");
    let mut failures = String::new();
    for file in files {
        let expected = fs::read_to_string(&file).unwrap();
        if expected.contains("git init") && !has_git() {
            // Past the test runner, which keeps to itself what a test prints.
            let _ = writeln!(
                std::io::stderr(),
                "NOT RUN: {}, since there is no git",
                file.file_name().unwrap().to_string_lossy()
            );
            continue;
        }
        let printed = replay(&expected);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&file, printed).unwrap();
        } else if printed != expected {
            let name = file.file_name().unwrap().to_string_lossy();
            failures += &format!("{name}:\n--- expected\n{expected}\n--- printed\n{printed}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn has_git() -> bool {
    Command::new("git").arg("--version").output().is_ok()
}

/// The transcript with what its commands print today.
fn replay(transcript: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_essai")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut printed = String::new();
    for command in transcript.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", &path)
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        printed +=
            &format!("$ {command}\n{}", without_hashes(&without_times(&String::from_utf8(output.stdout).unwrap())));
        match output.status.code() {
            Some(0) => {}
            Some(code) => printed += &format!("[{code}]\n"),
            None => printed += "[killed]\n",
        }
        printed.push('\n');
    }
    printed
}

/// `text` with `N` for every number before or after milliseconds.
fn without_times(text: &str) -> String {
    text.split_inclusive('\n').map(without_times_in_line).collect()
}

/// `text` with `HASH` for what styles and scripts of the theme are named by.
fn without_hashes(text: &str) -> String {
    let mut parts = text.split('-');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_hash = part.bytes().take(8).all(|byte| byte.is_ascii_hexdigit());
        let rest = part.get(8..).filter(|rest| is_hash && (rest.starts_with(".css") || rest.starts_with(".js")));
        whole += &rest.map_or_else(|| format!("-{part}"), |rest| format!("-HASH{rest}"));
    }
    whole
}

fn without_times_in_line(line: &str) -> String {
    if let Some(start) = line.find("\"milliseconds\":") {
        let end = line[start..].find('}').map_or(line.len(), |at| start + at + 1);
        return format!("{}\"milliseconds\":N{}", &line[..start], &line[end..]);
    }
    let Some((before, after)) = line.split_once(" ms") else { return line.to_owned() };
    let number = before.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    format!("{} N ms{after}", number.trim_end())
}
