//! A small site to publish, and running Essai on it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site in a folder of its own.
pub struct Site {
    pub folder: TempDir,
}

impl Site {
    /// A site of `essays` essays, each with a picture, whose configuration is `config`.
    pub fn new(essays: usize, config: &str) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        site.put("essai.yaml", config);
        site.put("content/index.md", "title: Essays\n\n<!-- essays -->\n");
        for number in 0..essays {
            site.essay(number, "Text.");
        }
        site
    }

    /// Writes the essay `number`, which links to the next and shows a picture of its own.
    pub fn essay(&self, number: usize, text: &str) {
        let next = if self.root().join(format!("content/e{}/article.md", number + 1)).exists() || number == 0 {
            String::new()
        } else {
            format!("\n\n[Before](../e{}/article.md)", number - 1)
        };
        let header = format!("title: Essay {number}\ndate: 2024-01-{:02}\nkeywords: light\n", number % 28 + 1);
        let body = format!("## Part\n\n{text}\n\n![A picture](picture.svg){next}\n");
        self.put(&format!("content/e{number}/article.md"), &format!("{header}\n{body}"));
        let picture = format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{text}</text></svg>\n");
        self.put(&format!("content/e{number}/picture.svg"), &picture);
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn put(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Essai, to be run on the site.
    pub fn essai(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_essai"));
        command.args(arguments).current_dir(self.root());
        command
            .env("AWS_ACCESS_KEY_ID", "key")
            .env("AWS_SECRET_ACCESS_KEY", "not-to-be-shown")
            .env("SOURCE_DATE_EPOCH", "1767225600");
        command
    }

    /// Runs Essai, which must succeed, and returns what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.essai(arguments).output().unwrap();
        let said = said(&output);
        assert!(output.status.success(), "essai {arguments:?}: {said}");
        said
    }

    /// Runs Essai, which must fail, and returns what it printed.
    pub fn fail(&self, arguments: &[&str]) -> String {
        let output = self.essai(arguments).output().unwrap();
        assert!(!output.status.success(), "essai {arguments:?} did not fail");
        said(&output)
    }

    /// Every file that a build made, with its bytes.
    pub fn built(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.root().join("public"))
    }
}

/// What a program printed, on both streams.
pub fn said(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("not-to-be-shown"), "a secret is printed: {said}");
    said
}

/// Every file below `folder` by its path, those that begin with a dot left out.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let visible =
        |entry: &walkdir::DirEntry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.');
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(visible)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            Some((path, fs::read(entry.path()).ok()?))
        })
        .collect()
}

/// What a build into an empty folder makes.
pub fn fresh(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    site.run(&["build", "-q", "-o", &folder.path().join("out").display().to_string()]);
    files(&folder.path().join("out"))
}

/// Two sites must be the same, file by file; `when` says of which moment this is told.
pub fn assert_same(found: &BTreeMap<String, Vec<u8>>, expected: &BTreeMap<String, Vec<u8>>, when: &str) {
    let names = found.keys().chain(expected.keys());
    let mut differing: Vec<&String> = names.filter(|name| found.get(*name) != expected.get(*name)).collect();
    differing.dedup();
    let told = |name: &&String| match (found.get(*name), expected.get(*name)) {
        (Some(_), None) => format!("{name} is not expected"),
        (None, _) => format!("{name} is missing"),
        (Some(bytes), Some(_)) => format!("{name} differs: {}", String::from_utf8_lossy(bytes)),
    };
    let told: Vec<String> = differing.iter().map(told).collect();
    assert!(told.is_empty(), "{when}\n{}", told.join("\n"));
}

/// Where `program` is, if it is installed; else says that `test` is not run.
pub fn installed(program: &str, test: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap();
    let found = std::env::split_paths(&path)
        .chain(["/usr/sbin".into()])
        .map(|folder| folder.join(program))
        .find(|file| file.is_file());
    if found.is_none() {
        not_run(test, program);
    }
    found
}

/// Says that `test` is not run for want of `program`: past the test runner, which keeps to itself what a test prints.
pub fn not_run(test: &str, program: &str) {
    let _ = writeln!(std::io::stderr(), "NOT RUN: {test}, since there is no {program}");
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A number that changes, for moments that are not always the same.
pub fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// A program that ends with this value.
pub struct Running(pub std::process::Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until somebody listens on `port`.
pub fn wait_for(port: u16) {
    for _ in 0..600 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("nobody listens on {port}");
}
