//! A build that remembers is a build that does not: a site is edited at random, and after every step all that is made
//! and all that is said is compared with a build from nothing.
//!
//! `ESSAI_STEPS=5000 ESSAI_SEED=7 cargo test --test incremental` takes another walk.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use essai::command::compile::{Compiled, Memory, compile};
use essai::command::console::timings::Timings;
use essai::diagnostic::{Found, Levels, Report};
use essai::read::{Changed, Publication, Reading, Request};
use essai::render::{self, Content};
use serde_json::json;

/// Steps that are taken where `ESSAI_STEPS` says nothing.
const STEPS: usize = 300;

/// What a build makes and says.
#[derive(PartialEq)]
struct Built {
    files: BTreeMap<String, Vec<u8>>,
    report: Report,
}

#[test]
fn remembering_changes_nothing() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let steps = number("ESSAI_STEPS").unwrap_or(STEPS as u64);
    let folder = tempfile::tempdir().unwrap();
    let mut walk = Walk { root: folder.path().to_owned(), random: Random(number("ESSAI_SEED").unwrap_or(1)) };
    walk.begin();
    let request = request(folder.path());
    let mut compiled = from_nothing(&request, Memory::Kept(None)).0;
    let mut hits = 0;
    for step in 0..steps {
        let (did, paths) = walk.step();
        // Now and then nothing is known of what changed, as when events were lost.
        let changed = if walk.random.below(8) == 0 { Changed::Unknown } else { Changed::Paths(&paths) };
        let reading = compiled.reading().unwrap().again(&request, changed);
        let memory = Memory::Kept(Some(&compiled));
        let found = compile(&request, reading, memory, |_| {}, &mut Timings::start());
        hits += usize::from(std::sync::Arc::ptr_eq(&found.value.site.graph, &compiled.site.graph));
        let (remembered, again) = built(found);
        let (_, clean) = from_nothing(&request, Memory::None);
        compare(&again, &clean, &format!("step {step}: {did}"), &walk.root);
        compiled = remembered;
    }
    assert!(hits * 10 > steps as usize, "hardly anything was remembered: {hits} of {steps}");
    assert!(hits * 10 < 9 * steps as usize, "hardly any step changed a link: {hits} of {steps}");
}

fn request(root: &Path) -> Request {
    let today = "2024-06-15".parse().unwrap();
    let publication = Publication { today, drafts: false, future: false };
    Request { root: root.to_owned(), config: None, output: root.join("public"), base_url: None, publication }
}

fn from_nothing(request: &Request, memory: Memory<'_>) -> (Compiled, Built) {
    built(compile(request, Reading::new(request), memory, |_| {}, &mut Timings::start()))
}

fn built(found: Found<Compiled>) -> (Compiled, Built) {
    let Found { value: compiled, mut diagnostics } = found;
    let mut files = BTreeMap::new();
    for output in render::search(&compiled.site) {
        let Content::Bytes(bytes) = output.content else { panic!("{} is copied", output.address) };
        files.insert(output.address.to_string(), bytes);
    }
    for task in render::plan(&compiled.site, &compiled.templates) {
        let output = render::one(&compiled.site, &compiled.templates, &task);
        diagnostics.extend(output.diagnostics);
        let bytes = match output.value.content {
            Content::Bytes(bytes) => bytes,
            Content::BuiltIn(bytes) => bytes.to_vec(),
            Content::Copy(file) => file.to_string_lossy().into_owned().into_bytes(),
        };
        files.insert(output.value.address.to_string(), bytes);
    }
    (compiled, Built { files, report: Report::new(diagnostics, &Levels::default()) })
}

fn compare(again: &Built, clean: &Built, step: &str, root: &Path) {
    if again == clean {
        return;
    }
    let kept = std::env::temp_dir().join("essai-incremental");
    let _ = fs::remove_dir_all(&kept);
    let _ = fs::rename(root, &kept);
    for address in again.files.keys().chain(clean.files.keys()) {
        let text = |built: &Built| built.files.get(address).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(text(again), text(clean), "after {step}, {address} differs; the site is in {}", kept.display());
    }
    assert_eq!(again.report, clean.report, "after {step}; the site is in {}", kept.display());
}

/// Numbers that look random (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// A site that is edited at random.
struct Walk {
    root: PathBuf,
    random: Random,
}

const NAMES: &[&str] = &[
    "a.md",
    "b.md",
    "s/a.md",
    "s/b.md",
    "s/c.md",
    "s/index.md",
    "t/x.md",
    "t/x.fr.md",
    "t/A.md",
    "index.md",
    "n.ipynb",
    "s/m.ipynb",
];
const PICTURES: &[&str] = &["p.svg", "s/q.svg", "t/r.svg", "n.png", "s/w.png", "t/style.css", "s/x.txt"];
const LINKS: &[&str] = &[
    "a.md",
    "n.ipynb#one",
    "/a.md",
    "s/b.md",
    "../t/x.md#h",
    "b.md#one",
    "b.md#two_words",
    "/s/",
    "p.svg",
    "nowhere.md",
    "/t/a.html",
];
const KEYWORDS: &[&str] = &["light", "glass", "Light", "walks", "maps, light", "", "music, glass, walks"];
const HEADS: &[&str] = &["One", "Two words", "Zwei", "H {#h}", "One *more*"];
const WORDS: &[&str] = &[
    "seeing",
    "is",
    "*believing*",
    "a `lens`",
    "[^1]",
    "<b>bold</b>",
    "<b id=\"two-words\">x</b>",
    "[label]",
    "\"quotes\"",
    "$x^2$",
    "$\\nope$",
];
const TEMPLATES: &[(&str, &[&str])] = &[
    ("essay.html", &["{{ page.title }}|{{ essay.content }}", "{{ essay.contents | length }} {{ page.nothing }}"]),
    ("essays.html", &["{% for e in essays %}{{ e.title.text }} {{ e.words }}{% endfor %}", "{% for %}"]),
    ("keyword.html", &["{% for e in essays %}<a href=\"{{ e.address }}\">x</a>{% endfor %}", "<a href=\"/no.md\">"]),
    ("base.html", &["<p>{{ site.essays | length }}</p>{% block main %}{% endblock main %}", "{% block"]),
];
const CONFIGS: &[&str] = &[
    "title: Notes\n",
    "title: Notes\nbase_url: https://example.org/x/\nauthor: A\n",
    "addresses: folders\nlanguage: de\n",
    "markdown:\n  smart_punctuation: false\n  footnotes: false\n",
    "ignore: [t]\nnavigation: [a.md, s/b.md]\n",
    "navigation:\n  - nowhere.md\ntitel: x\n",
    "levels:\n  broken-link: warn\nfeed:\n  entries: 2\nbase_url: https://example.org/\n",
    "images: {widths: [16, 24]}\n",
    "images: {widths: [16], formats: jpeg}\ntitle: Notes\n",
    "hosts: [netlify, nginx, vercel, apache]\nbase_url: https://example.org/x/\n",
    "base_url: http://localhost/\ntheme: {cards: true, fonts: libertinus}\n",
    "phrases: {en: {related: Alike, date: \"{year}, {month} {day}\"}, fr: {back: Retour}}\n",
    "language: fr-CA\nphrases: {fr: {back: Texte, may: Mai}, de: {undated: Irgendwann}}\n",
    "title: [\n",
];
const LEDGERS: &[&str] = &[
    "essai ledger 1\n",
    "essai ledger 1\na.html A\n  #one\n  #first > one\ns/a.html\n  #three-words\ngone.html retired\n",
    "essai ledger 1\nt/x.html X\n  #eins\n  #zwei\n  @eq:1\nlost.html Seeing\n",
    "essai ledger 1\na.html\n<<<<<<< HEAD\n",
];

impl Walk {
    fn begin(&mut self) {
        for name in ["a.md", "s/a.md", "s/b.md", "t/x.md", "index.md"] {
            self.essay(name);
        }
        self.picture("p.svg");
        self.picture("n.png");
        self.put("essai.yaml", CONFIGS[8]);
    }

    /// Changes one thing, or a few; says what it was, and which paths a watcher would name.
    fn step(&mut self) -> (String, Vec<PathBuf>) {
        let mut paths = Vec::new();
        let mut did = Vec::new();
        let changes = if self.random.below(6) == 0 { 3 } else { 1 };
        for _ in 0..changes {
            did.push(self.change(&mut paths));
        }
        (did.join(", "), paths)
    }

    fn change(&mut self, paths: &mut Vec<PathBuf>) -> String {
        let (name, other) = (self.random.of(NAMES), self.random.of(NAMES));
        let essay = format!("content/{name}");
        let mut touched = |path: &str| paths.push(self.root.join(path));
        match self.random.below(21) {
            0..8 => {
                touched(&essay);
                self.edit(name);
                format!("edit {name}")
            }
            8..11 => {
                touched(&essay);
                self.essay(name);
                format!("write {name}")
            }
            11 => {
                touched(&essay);
                let _ = fs::remove_file(self.root.join(&essay));
                format!("remove {name}")
            }
            12 => {
                touched(&essay);
                touched(&format!("content/{other}"));
                self.put(&format!("content/{other}.new"), "");
                let _ = fs::remove_file(self.root.join(format!("content/{other}.new")));
                let _ = fs::rename(self.root.join(&essay), self.root.join(format!("content/{other}")));
                format!("rename {name} to {other}")
            }
            13 => {
                let folder = ["s", "t", "u"][self.random.below(3)];
                let to = ["s", "t", "u", "s/t"][self.random.below(4)];
                touched(&format!("content/{folder}"));
                touched(&format!("content/{to}"));
                let _ = fs::rename(self.root.join("content").join(folder), self.root.join("content").join(to));
                format!("move {folder} to {to}")
            }
            14..16 => {
                let picture = self.random.of(PICTURES);
                touched(&format!("content/{picture}"));
                if self.random.below(3) == 0 {
                    let _ = fs::remove_file(self.root.join("content").join(picture));
                } else {
                    self.picture(picture);
                }
                format!("picture {picture}")
            }
            16..18 => {
                let (name, texts) = TEMPLATES[self.random.below(TEMPLATES.len())];
                let path = format!("templates/{name}");
                touched(&path);
                match self.random.below(texts.len() + 2) {
                    choice if choice < texts.len() => self.put(&path, texts[choice]),
                    _ => drop(fs::remove_file(self.root.join(&path))),
                }
                format!("template {name}")
            }
            18 => {
                touched("essai.yaml");
                let config = self.random.of(CONFIGS);
                self.put("essai.yaml", config);
                format!("configure {config:?}")
            }
            19 => {
                touched("essai.ledger");
                let ledger = self.random.of(LEDGERS);
                self.put("essai.ledger", ledger);
                format!("ledger {ledger:?}")
            }
            _ => {
                touched("static/style.css");
                touched(&format!("content/.{}.swp", name.replace('/', "-")));
                self.put("static/style.css", "p {}");
                self.put(&format!("content/.{}.swp", name.replace('/', "-")), "x");
                "a style and a swap file".to_owned()
            }
        }
    }

    /// Writes a whole new essay at `name`.
    fn essay(&mut self, name: &str) {
        if name.ends_with(".ipynb") {
            return self.notebook(name);
        }
        let mut text = String::new();
        let random = &mut self.random;
        if random.below(4) > 0 {
            text += &format!("title: {} {}\n", random.of(WORDS), random.below(9));
            text += &format!("keywords: {}\n", random.of(KEYWORDS));
            text +=
                &format!("date: {}\n", random.of(&["2020-01-01", "2021-05-05", "2030-01-01", "2020-01-01", "soon"]));
            text += random.of(&[
                "",
                "",
                "",
                "draft: true\n",
                "series: Walks\n",
                "url: /a.html\n",
                "url: /u/:title.html\n",
                "aliases: [/old.html]\n",
            ]);
            text += "\n";
        }
        text += random.of(&["", "# Heading\n\n", "# One\n\n"]);
        for _ in 0..random.below(4) {
            text += &format!("## {}\n\n", random.of(HEADS));
            for _ in 0..random.below(6) {
                text += &format!("{} ", random.of(WORDS));
            }
            text += &format!(
                "\n\nSee [it]({}) and ![p]({}).\n\n",
                random.of(LINKS),
                random.of(&["p.svg", "s/q.svg", "n.png", "w.png"])
            );
        }
        text += random.of(&["", "[^1]: A note.\n", "<!-- essays -->\n", "[TOC]\n", "```rust\nfn x() {}\n```\n"]);
        self.put(&format!("content/{name}"), &text);
    }

    /// Writes a whole new notebook at `name`.
    fn notebook(&mut self, name: &str) {
        let random = &mut self.random;
        let text = format!("# {}\n\n[x]({}) {}", random.of(HEADS), random.of(LINKS), random.of(WORDS));
        let picture = random.of(&["iVBORw0KGgo=", "R0lGODlhAwACAAAAAAA=", "!"]);
        let output = json!({ "output_type": "display_data", "metadata": {}, "data": { "image/gif": picture } });
        let outputs = if random.below(2) == 0 { vec![output] } else { Vec::new() };
        let code = format!("x = {}", random.below(9));
        let cells = json!([
            { "cell_type": "markdown", "metadata": {}, "source": text },
            { "cell_type": "code", "metadata": {}, "source": code, "execution_count": 1, "outputs": outputs },
        ]);
        let notebook = json!({ "nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells });
        let text = if random.below(8) == 0 { "{".to_owned() } else { notebook.to_string() };
        self.put(&format!("content/{name}"), &text);
    }

    /// Changes the words of the essay at `name`, if it is there: mostly not what others see of it.
    fn edit(&mut self, name: &str) {
        let file = self.root.join("content").join(name);
        let Ok(text) = fs::read_to_string(&file) else { return };
        let line = match self.random.below(5) {
            4 if text.starts_with("title: ") => {
                let (_, rest) = text.split_once('\n').unwrap();
                let title = self.random.of(WORDS);
                fs::write(file, format!("title: {title} again\n{rest}")).unwrap();
                return;
            }
            0 => format!("\n## {}\n", self.random.of(HEADS)),
            1 => format!("\nAlso [there]({}).\n", self.random.of(LINKS)),
            _ => format!("\nMore {} {}.\n", self.random.of(WORDS), self.random.below(100)),
        };
        let at = if self.random.below(2) == 0 { text.len() } else { text.find("\n\n").map_or(text.len(), |at| at + 1) };
        fs::write(file, format!("{}{line}{}", &text[..at], &text[at..])).unwrap();
    }

    fn picture(&mut self, name: &str) {
        let width = 10 + self.random.below(3);
        if name.ends_with(".png") {
            let noise = (0..32 * 8 * 3).map(|_| self.random.below(256) as u8).collect();
            let picture = image::RgbImage::from_vec(32, 8, noise).unwrap();
            let mut bytes = std::io::Cursor::new(Vec::new());
            picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
            // Now and then it is cut off.
            let bytes = bytes.into_inner();
            let end = if self.random.below(4) == 0 { bytes.len() / 2 } else { bytes.len() };
            return self.put(&format!("content/{name}"), &bytes[..end]);
        }
        self.put(&format!("content/{name}"), format!("<svg width=\"{width}\" height=\"10\"></svg>"));
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.root.join(path);
        // Where a folder has been moved to the place of a file, the file stays away.
        let _ = fs::create_dir_all(file.parent().unwrap()).and_then(|()| fs::write(&file, text));
    }
}
