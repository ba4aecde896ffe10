//! Formulas typeset a second, from the Markdown on: `cargo bench --bench formulas`.
//!
//! Takes the formulas of `tests/mathematics/`, in essays of fifty displayed ones each, and the same essays without them.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use essai::parse::code::Highlighter;
use essai::parse::{ParseConfig, parse_one};
use essai::read::{SitePath, Source};

/// How often everything is done.
const TIMES: usize = 20;

fn main() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mathematics/formulas.txt");
    let text = std::fs::read_to_string(file).unwrap();
    let formulas: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    let essays = |formula: fn(&str) -> String| -> Vec<Source> {
        let essay = |formulas: &[&str]| formulas.iter().map(|tex| formula(tex)).collect::<String>();
        formulas.chunks(50).map(|formulas| source(essay(formulas))).collect()
    };
    let with = time(&essays(|tex| format!("A formula:\n\n$$\n{tex}\n$$\n\n")));
    let without = time(&essays(|tex| format!("A formula:\n\n{}\n\n", "x".repeat(tex.len()))));
    let count = formulas.len() * TIMES;
    let a_second = count as f64 / with.saturating_sub(without).as_secs_f64();
    println!("{count} formulas in {with:.2?}, without them {without:.2?}: {a_second:.0} formulas a second");
}

fn source(text: String) -> Source {
    let path = SitePath::new("essay.md").unwrap();
    Source::new(path, text)
}

fn time(sources: &[Source]) -> Duration {
    let (config, highlighter) = (ParseConfig::default(), Highlighter::new());
    let began = Instant::now();
    for source in sources.iter().cycle().take(sources.len() * TIMES) {
        std::hint::black_box(parse_one(source.clone(), &config, &highlighter));
    }
    began.elapsed()
}
