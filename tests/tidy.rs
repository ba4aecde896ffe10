//! The law of the house: who may import whom, what a pure stage may not touch, how long a file may be.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

/// Every file of `src`, by its path from there.
fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources: Vec<(String, String)> = walkdir::WalkDir::new(&src)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(&src).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    sources.sort();
    assert!(sources.len() > 30, "the sources are gone");
    sources
}

fn is_test(path: &str) -> bool {
    ["/tests.rs", "/tests/mod.rs", "/testing.rs"].iter().any(|end| path.ends_with(end))
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The rooms in the order of the pipeline, each with those that it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("read", &["diagnostic"]),
    ("parse", &["diagnostic", "read"]),
    ("picture", &["diagnostic", "read", "parse"]),
    ("link", &["diagnostic", "read", "parse", "picture"]),
    ("render", &["diagnostic", "read", "parse", "link"]),
    ("disk", &[]),
    ("write", &["diagnostic", "read", "render", "disk"]),
    ("publish", &["diagnostic", "read", "parse", "link", "render", "disk"]),
];

#[test]
fn imports_run_one_way() {
    let mut failures = Vec::new();
    for (path, text) in sources() {
        let Some((room, allowed)) = ROOMS.iter().find(|(room, _)| path.starts_with(&format!("{room}/"))) else {
            continue;
        };
        for (number, line) in code(&text).lines().enumerate() {
            // Rooms that are imported together would not be seen here, nor what is forbidden below.
            if line.contains("use crate::{") || line.contains("use std::{") {
                failures.push(format!("src/{path}, code line {}: one line for each", number + 1));
            }
            let rooms = [
                "diagnostic",
                "disk",
                "read",
                "parse",
                "picture",
                "link",
                "render",
                "write",
                "publish",
                "command",
                "cli",
            ];
            for other in rooms {
                if other != *room && !allowed.contains(&other) && line.contains(&format!("crate::{other}")) {
                    failures.push(format!("src/{path}, code line {}: {room} may not import {other}", number + 1));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What one file may use all the same; ARCHITECTURE.md says why.
const EXCEPTED: &[(&str, &str)] = &[("parse/code/engine.rs", "Mutex"), ("link/names/mod.rs", "OnceLock")];

#[test]
fn pure_stages_touch_nothing_outside() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "thread_local!",
        "static mut",
        "OnceLock",
        "LazyLock",
        "RefCell",
        "Mutex",
        "RwLock",
        "std::io::stdin",
    ];
    let mut failures = Vec::new();
    for (path, text) in sources() {
        let is_pure = ["parse/", "link/", "render/"].iter().any(|room| path.starts_with(room)) && !is_test(&path);
        let is_excepted = |word: &str| EXCEPTED.contains(&(path.as_str(), word));
        for word in forbidden.iter().filter(|word| is_pure && code(&text).contains(**word) && !is_excepted(word)) {
            failures.push(format!("src/{path} uses {word}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A thread of rayon's that waits for others takes up their work meanwhile. What many threads ask for and the first one makes must
/// therefore not be made by several: the first would come to wait for itself.
#[test]
fn what_threads_wait_for_is_made_by_one() {
    for (path, text) in sources().iter().filter(|(path, _)| path.starts_with("link/names/")) {
        assert!(!code(text).contains("rayon"), "src/{path} works with several threads");
    }
}

#[test]
fn files_fit_in_the_head() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(path, text)| !is_test(path) && text.lines().count() > 400)
        .map(|(path, text)| format!("src/{path}: {} lines", text.lines().count()))
        .collect();
    assert!(
        long.is_empty(),
        "files of more than 400 lines, where is the narrow interface to cut at?\n{}",
        long.join("\n")
    );
}

#[test]
fn only_main_ends_the_process() {
    for (path, text) in sources() {
        assert!(path == "main.rs" || !code(&text).contains("process::exit"), "src/{path} ends the process");
    }
}

#[test]
fn every_field_of_the_templates_contract_is_documented() {
    let contract = sources().into_iter().filter(|(path, _)| path.starts_with("render/context/"));
    let mut fields = 0;
    for (path, context) in contract {
        let mut previous = "";
        for line in context.lines() {
            if line.starts_with("    pub ") && line.ends_with(',') {
                let is_documented = previous.trim_start().starts_with("///") || previous.trim_start().starts_with("#[");
                assert!(is_documented, "no documentation in src/{path}: {line}");
                fields += 1;
            }
            previous = line;
        }
    }
    assert!(fields > 50, "the contract is gone");
}
