//! CommonMark's own examples, through Essai, with every extension switched off.
//!
//! Then GitHub's examples of tables, strikethrough and task lists, with these switched on: they come with pulldown-cmark, as
//! its tests (GitHub Flavored Markdown 0.29, sections 4.10, 5.3 and 6.5).
//!
//! The examples are those of the npm package `commonmark-spec`, fetched when the test runs. Where a feature of Essai
//! applies that no switch turns off, the expected HTML is changed in the same way: see [`as_essai_has_it`].

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use essai::parse::code::Highlighter;
use essai::parse::{Essay, Fill, ParseConfig, parse_one};
use essai::read::{MarkdownSwitches, SitePath, Source};

const VERSION: &str = "0.31.2";

const IN_RAW_HTML: &str = "a reference in raw HTML is resolved, and written percent-encoded";

/// Examples that differ on purpose, each with the reason. Nothing else may differ.
const DIFFERENT: &[(usize, &str)] = &[
    (21, IN_RAW_HTML),
    (31, IN_RAW_HTML),
    (344, IN_RAW_HTML),
    (630, IN_RAW_HTML),
    (631, IN_RAW_HTML),
    (642, IN_RAW_HTML),
    (643, IN_RAW_HTML),
];

#[test]
fn the_examples_of_commonmark_pass() {
    let Some(specification) = specification() else {
        eprintln!("NOT RUN: the examples of CommonMark need npm, to fetch the package commonmark-spec");
        return;
    };
    let examples = examples(&specification);
    assert!(examples.len() > 640, "only {} examples found", examples.len());
    let mut failures = Vec::new();
    for (index, (markdown, html)) in examples.iter().enumerate() {
        let number = index + 1;
        let made = made(markdown, MarkdownSwitches::OFF);
        let expected = as_essai_has_it(html);
        let is_different = DIFFERENT.iter().any(|(different, _)| *different == number);
        if (made == expected) == is_different {
            failures.push(format!("example {number}\n{markdown}\n--- expected\n{expected}\n--- made\n{made}\n"));
        }
    }
    assert!(failures.is_empty(), "{} of {} differ:\n{}", failures.len(), examples.len(), failures.join("\n"));
}

#[test]
fn the_examples_of_github_pass() {
    let suite = package("pulldown-cmark").join("tests/suite");
    let switches = MarkdownSwitches { tables: true, strikethrough: true, task_lists: true, ..MarkdownSwitches::OFF };
    let mut count = 0;
    let mut failures = Vec::new();
    for name in ["gfm_table", "gfm_strikethrough", "gfm_tasklist"] {
        let text = std::fs::read_to_string(suite.join(name).with_extension("rs")).unwrap();
        let literals: Vec<&str> = text.split("r##\"").skip(1).map(|rest| rest.split_once("\"##").unwrap().0).collect();
        for pair in literals.chunks_exact(2) {
            count += 1;
            let (made, expected) = (flat(&made(pair[0], switches)), flat(&as_essai_has_it(pair[1])));
            if made != expected {
                failures.push(format!("{name}\n{}--- expected\n{expected}\n--- made\n{made}\n", pair[0]));
            }
        }
    }
    assert!(count > 10, "only {count} examples found");
    assert!(failures.is_empty(), "{} of {count} differ:\n{}", failures.len(), failures.join("\n"));
}

/// The folder of a package that Essai is built with.
fn package(name: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host];
    let output = Command::new(cargo).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let manifest = packages.iter().find(|package| package["name"] == name).unwrap()["manifest_path"].as_str().unwrap();
    Path::new(manifest).parent().unwrap().to_owned()
}

/// `html` without the line breaks between tags, and without what Essai writes otherwise: how a cell is aligned, that the
/// keyboard reaches a table, what a box of a task list says to a screen reader.
fn flat(html: &str) -> String {
    let mut html = html.to_owned();
    for (written, otherwise) in [
        (" style=\"text-align: left\"", ""),
        (" style=\"text-align: center\"", " class=\"center\""),
        (" style=\"text-align: right\"", " class=\"right\""),
        (" class=\"left\"", ""),
        ("<div class=\"table\" tabindex=\"0\">", ""),
        ("</table></div>", "</table>"),
        ("<input disabled=\"\" type=\"checkbox\" checked=\"\"/>", "<input done>"),
        ("<input disabled=\"\" type=\"checkbox\"/>", "<input to do>"),
        ("<input type=\"checkbox\" disabled checked aria-label=\"done\">", "<input done>"),
        ("<input type=\"checkbox\" disabled aria-label=\"to do\">", "<input to do>"),
        ("\n", ""),
    ] {
        html = html.replace(written, otherwise);
    }
    html.replace("<tbody></tbody>", "")
}

/// The text of the specification; `None` where there is no npm to fetch it.
fn specification() -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("commonmark-spec-{VERSION}"));
    let file: PathBuf = folder.join("package/spec.txt");
    if !file.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        let npm = Command::new("npm")
            .args(["pack", "--silent", &format!("commonmark-spec@{VERSION}")])
            .current_dir(&folder)
            .output()
            .ok()?;
        if !npm.status.success() {
            return None;
        }
        let tar = format!("commonmark-spec-{VERSION}.tgz");
        assert!(Command::new("tar").args(["xzf", &tar]).current_dir(&folder).status().unwrap().success());
    }
    Some(std::fs::read_to_string(file).unwrap())
}

/// The examples: Markdown and the HTML that it makes, in the order of their numbers.
fn examples(specification: &str) -> Vec<(String, String)> {
    let fence = "`".repeat(32);
    specification
        .split(&format!("{fence} example\n"))
        .skip(1)
        .map(|example| {
            let (example, _) = example.split_once(&format!("\n{fence}")).unwrap();
            let (markdown, html) = example.split_once("\n.\n").or(example.split_once("\n.")).unwrap();
            let text = |text: &str| text.replace('→', "\t");
            (text(markdown) + "\n", if html.is_empty() { String::new() } else { text(html) + "\n" })
        })
        .collect()
}

fn made(markdown: &str, switches: MarkdownSwitches) -> String {
    let mut config = ParseConfig { markdown: switches, ..ParseConfig::default() };
    config.math.typeset = false;
    config.code.highlight = false;
    let source = Source::new(SitePath::new("essay.md").unwrap(), format!("---\n---\n{markdown}"));
    html(&parse_one(source, &config, &Highlighter::new()).value).replace("&quot;", "\"").replace(" />", ">")
}

/// The body of `essay`, each reference as the author wrote it.
fn html(essay: &Essay) -> String {
    let mut html = essay.body.html.clone();
    for hole in essay.body.holes.iter().rev() {
        let reference = match hole.fill {
            Fill::Reference(reference) => reference,
            Fill::Size(_) | Fill::Sources { .. } | Fill::Anchor(_) | Fill::AnchorEnd | Fill::Title(_) => continue,
            fill => panic!("{fill:?}"),
        };
        let mut url = String::new();
        pulldown_cmark_escape::escape_href(&mut url, &essay.references[reference].destination).unwrap();
        html.insert_str(hole.at, &url);
    }
    without_ids(&html.replace(" loading=\"lazy\"", "").replace(" decoding=\"async\"", ""))
}

/// Headings have ids.
fn without_ids(html: &str) -> String {
    let mut without = String::new();
    for (index, part) in html.split(" id=\"").enumerate() {
        let is_heading = index > 0 && without.as_bytes().ends_with(b"<h1")
            || (2..=6).any(|level| without.ends_with(&format!("<h{level}")));
        match part.split_once('"').filter(|_| is_heading) {
            Some((_, rest)) => without += rest,
            None if index > 0 => without = without + " id=\"" + part,
            None => without += part,
        }
    }
    without
}

/// What Essai makes of an expected `html`: void elements without a slash, code blocks that the keyboard reaches, a picture
/// alone in its paragraph as a figure, the opening h1 taken out and others one level down.
fn as_essai_has_it(html: &str) -> String {
    let mut html = html.replace(" />", ">").replace("&quot;", "\"").replace("<pre><code", "<pre tabindex=\"0\"><code");
    if html.starts_with("<h1>") {
        html = html.split_once("</h1>\n").unwrap().1.to_owned();
    }
    if html.contains("<h1>") {
        for level in (1..6).rev() {
            html = html.replace(&format!("<h{level}>"), &format!("<h{}>", level + 1));
            html = html.replace(&format!("</h{level}>"), &format!("</h{}>", level + 1));
        }
    }
    let line = |line: &str| match line.strip_prefix("<p>").and_then(|line| line.strip_suffix("</p>")) {
        Some(image) if image.starts_with("<img ") && image.matches('<').count() == 1 => {
            format!("<figure>\n{image}\n</figure>")
        }
        _ => line.to_owned(),
    };
    let lines: Vec<String> = html.lines().map(line).collect();
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
}
