//! Megabytes of code highlighted a second, by language, cold: `cargo bench --bench highlight [FOLDER]`.
//!
//! Takes the files of this repository, or of the folder given, in blocks of forty lines as essays have them.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use essai::parse::code::{Highlighter, code};

const LANGUAGES: [&str; 16] =
    ["c", "cpp", "css", "go", "h", "html", "js", "json", "md", "pl", "py", "rs", "sh", "toml", "ts", "yml"];

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder = folder.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").to_owned());
    let mut blocks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let hidden = |name: &str| name.starts_with('.') || name == "target";
    let walk = walkdir::WalkDir::new(folder).into_iter();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !hidden(&entry.file_name().to_string_lossy())) {
        let path = entry.unwrap().into_path();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if LANGUAGES.contains(&extension.as_str())
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            blocks.entry(extension).or_default().extend(lines.chunks(40).map(<[&str]>::concat));
        }
    }
    let began = Instant::now();
    let highlighter = Highlighter::new();
    println!("start {:.2?}", began.elapsed());
    let (mut all_bytes, mut all_time) = (0, Duration::ZERO);
    for (language, blocks) in blocks {
        let began = Instant::now();
        let html: usize = blocks.iter().map(|text| code(&highlighter, &language, text).html.len()).sum();
        let (time, bytes) = (began.elapsed(), blocks.iter().map(String::len).sum::<usize>());
        show(&language, bytes, time);
        println!("  {:.2} bytes of HTML a byte", html as f64 / bytes as f64);
        all_bytes += bytes;
        all_time += time;
    }
    show("all", all_bytes, all_time);
    println!();
}

fn show(name: &str, bytes: usize, time: Duration) {
    print!("{name:5} {bytes:9} bytes {:6.2} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
}
