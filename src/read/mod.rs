//! The first stage: a folder becomes [`Sources`].
//!
//! The only stage that reads content from disk. It decides what is an essay and what is an asset, decodes text, reads
//! `essai.yaml` and lays the user's theme over the built-in one. It never interprets Markdown.

mod config;
pub mod essays;
pub mod hosts;
pub mod ledger;
mod macros;
pub mod node;
pub mod opening;
mod path;
mod patterns;
pub mod phrases;
mod picture;
mod reading;
mod settings;
mod sources;
mod stamp;
mod text;
mod theme;
mod theme_config;
mod walk;
mod yaml;

pub use config::{
    Addresses, CodeConfig, Config, FeedConfig, ImagesConfig, MarkdownSwitches, MathConfig, MathFont, NavigationLink,
    PictureFormat, TexEscapes,
};
pub use hosts::{Host, HostFile};
pub use ledger::{LEDGER, Ledger};
pub use macros::{MACRO, TexMacro};
pub use path::{SitePath, joined, spelt_in, way};
pub use phrases::{Phrases, Translations};
pub use picture::{PictureSize, size as picture_size};
pub use reading::{Changed, Coverage, Reading};
pub use settings::{base_url, parse_config, read_config};
pub use sources::{
    Asset, Backing, CellStretch, Publication, Source, Sources, Template, Theme, ThemeBytes, ThemeFile, Wording,
};
pub use theme::built_in_theme;
pub use theme_config::{Accent, BookFace, FontsConfig, Parts, ThemeConfig};
pub use yaml::{parse_repeating_yaml, parse_yaml};

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Found, content};

/// What the command line asks to be read.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's folder, which holds `content/`.
    pub root: PathBuf,
    /// The configuration file, if it is not `essai.yaml` in `root`.
    pub config: Option<PathBuf>,
    /// The output folder: never read as content, even where it lies inside it.
    pub output: PathBuf,
    /// A base address that overrides the configuration's, as [`base_url()`] has it.
    pub base_url: Option<String>,
    /// What counts as published.
    pub publication: Publication,
}

impl Request {
    /// Where the configuration is, if there is one.
    pub fn config_file(&self) -> PathBuf {
        self.config.clone().unwrap_or_else(|| self.root.join(settings::FILE_NAME))
    }
}

/// Reads the site at `request.root`.
///
/// What cannot be read is a diagnostic, and the rest is still there: an essay that is not text yields an empty source,
/// so that links to it are not reported too.
pub fn read(request: &Request) -> Found<Sources> {
    Reading::new(request).sources(request)
}

/// The ledger of the site at `root`; an empty one where there is none.
pub fn read_ledger(root: &Path) -> Found<Ledger> {
    match fs::read_to_string(root.join(LEDGER)) {
        Ok(text) => Ledger::parse(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ledger::default().into(),
        Err(error) => Found { value: Ledger::default(), diagnostics: vec![content::unreadable(LEDGER, &error)] },
    }
}

/// `content/` is not there, or it is not a folder that can be looked into.
fn no_content(root: &Path) -> Diagnostic {
    match fs::metadata(root.join("content")) {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => content::unreadable("content", &error),
        _ => content::no_content(&root.display().to_string()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A site of these files; a name that ends in `/` is a folder.
    fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            if name.ends_with('/') {
                fs::create_dir_all(file).unwrap();
            } else {
                fs::write(file, bytes).unwrap();
            }
        }
        root
    }

    fn read_site(root: &Path) -> Found<Sources> {
        read(&Request {
            root: root.to_owned(),
            config: None,
            output: root.join("content/public"),
            base_url: None,
            publication: Publication { today: jiff::civil::date(2023, 3, 14), drafts: false, future: false },
        })
    }

    fn check(root: &Path, essays: &[&str], assets: &[&str], messages: &[&str]) {
        let found = read_site(root);
        assert_eq!(found.value.essays.iter().map(|essay| essay.path.as_str()).collect::<Vec<_>>(), essays);
        assert_eq!(found.value.assets.iter().map(|asset| asset.path.as_str()).collect::<Vec<_>>(), assets);
        let shown: Vec<&str> = found.diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(shown, messages);
    }

    #[test]
    fn essays_and_assets_come_by_path_and_leftovers_stay_out() {
        let root = site(&[
            ("essai.yaml", b"ignore: [notes, '*.psd']"),
            ("content/b.md", b"b"),
            ("content/a.MARKDOWN", b"a"),
            ("content/a b/é\n.md", b"e"),
            ("content/a b/x.png", b"\0"),
            ("content/.git/x.md", b""),
            ("content/b.md~", b""),
            ("content/.#b.md", b""),
            ("content/b.md.swp", b""),
            ("content/notes/n.md", b""),
            ("content/x.psd", b""),
            ("content/public/b.html", b""),
        ]);
        check(root.path(), &["a b/é\n.md", "a.MARKDOWN", "b.md"], &["a b/x.png"], &[]);
        assert_eq!(&*read_site(root.path()).value.essays[2].shown, "content/b.md");
    }

    #[test]
    fn a_folder_without_content_is_one_mistake() {
        let root = site(&[]);
        let message = format!("there is no folder `content` in `{}`", root.path().display());
        check(root.path(), &[], &[], &[&message]);
    }

    #[test]
    fn what_is_no_text_is_an_empty_essay() {
        let root = site(&[("content/a.md", b"\xff\xfea\0"), ("content/b.md", b"b")]);
        check(root.path(), &["a.md", "b.md"], &[], &["`content/a.md` is not UTF-8: it looks like UTF-16LE"]);
        assert_eq!(read_site(root.path()).value.essays[0].text, "");
    }

    #[test]
    fn a_text_that_is_too_large_is_not_read() {
        let root = site(&[("content/a.md", b""), ("content/b.ipynb", b"")]);
        for name in ["content/a.md", "content/b.ipynb"] {
            let file = fs::File::create(root.path().join(name)).unwrap();
            file.set_len(200 * 1024 * 1024).unwrap();
        }
        check(
            root.path(),
            &["a.md", "b.ipynb"],
            &[],
            &[
                "`content/a.md` is 200 MB large; a text may have 16 MB",
                "`content/b.ipynb` is 200 MB large; a notebook may have 64 MB",
            ],
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_site_only() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        let outside = site(&[("x.md", b"")]);
        let root = site(&[("content/a/b.md", b""), ("shared/s.md", b"")]);
        let content = root.path().join("content");
        symlink("../shared", content.join("in")).unwrap();
        symlink(outside.path(), content.join("out")).unwrap();
        symlink("..", content.join("a/round")).unwrap();
        symlink("../..", content.join("a/top")).unwrap();
        symlink("self", content.join("self")).unwrap();
        symlink("gone.md", content.join("dangling.md")).unwrap();
        fs::write(content.join(std::ffi::OsStr::from_bytes(b"\xff.md")), "").unwrap();
        let out = format!("`content/out` is a symbolic link out of the site, to `{}`", outside.path().display());
        check(
            root.path(),
            &["a/b.md", "in/s.md"],
            &[],
            &[
                "`content/a/round` is a symbolic link to a folder that it lies in",
                "`content/a/top` is a symbolic link to a folder that it lies in",
                "`content/dangling.md` is a symbolic link to `gone.md`, which is not there",
                &out,
                "`content/self` is a symbolic link to a folder that it lies in",
                "the name of `content/\u{fffd}.md` is not Unicode",
            ],
        );
    }

    #[test]
    fn the_users_theme_lies_over_the_built_in_one() {
        let root = site(&[
            ("content/", b""),
            ("templates/essay.html", b"mine"),
            ("templates/a/b.html", b"more"),
            ("static/.nojekyll", b""),
            ("static/x.css", b"x"),
        ]);
        let theme = read_site(root.path()).value.theme;
        let template = |name: &str| theme.templates.iter().find(|template| template.name == name).unwrap();
        assert_eq!(template("essay.html").text, "mine");
        assert_eq!(template("essay.html").shown, "templates/essay.html");
        assert_eq!(template("a/b.html").text, "more");
        let files: Vec<&str> = theme.files.iter().map(|file| file.path.as_str()).collect();
        assert!(files.contains(&".nojekyll") && files.contains(&"x.css"), "{files:?}");
    }
}
