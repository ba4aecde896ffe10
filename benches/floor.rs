//! The floor below which no generator can go: read every essay, parse it, print one bare page each.
//!
//! `cargo bench --bench floor -- CONTENT OUTPUT`; `benches/sites.py` measures Essai against it.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

fn main() -> io::Result<()> {
    let paths: Vec<PathBuf> =
        env::args_os().skip(1).map(PathBuf::from).filter(|path| path != Path::new("--bench")).collect();
    let [content, output] = &paths[..] else {
        println!("floor: not run; it takes a folder of essays and a folder to write to");
        return Ok(());
    };
    let entries: Vec<walkdir::DirEntry> = walkdir::WalkDir::new(content).into_iter().filter_map(Result::ok).collect();
    for folder in entries.iter().filter(|entry| entry.file_type().is_dir()) {
        fs::create_dir_all(output.join(relative(folder.path(), content)))?;
    }
    entries.par_iter().filter(|entry| entry.file_type().is_file()).try_for_each(|file| {
        let to = output.join(relative(file.path(), content));
        if file.path().extension().is_none_or(|extension| extension != "md") {
            return fs::copy(file.path(), to).map(|_| ());
        }
        let text = fs::read_to_string(file.path())?;
        let body = text.split_once("\n\n").map_or(text.as_str(), |(_, body)| body);
        let mut page = String::with_capacity(text.len() * 3 / 2);
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        html::push_html(&mut page, Parser::new_ext(body, options));
        fs::write(to.with_extension("html"), page)
    })
}

fn relative<'a>(path: &'a Path, folder: &Path) -> &'a Path {
    path.strip_prefix(folder).unwrap_or(path)
}
