//! Tests of writing, each in a folder of its own.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;
use crate::diagnostic::Kind;
use crate::render::Content;

fn bytes(address: &str, text: &str) -> Found<Output> {
    content(address, Content::Bytes(text.as_bytes().to_vec()))
}

fn copy(address: &str, from: &Path) -> Found<Output> {
    content(address, Content::Copy(from.to_owned()))
}

fn content(address: &str, content: Content) -> Found<Output> {
    let address = SitePath::new(address).unwrap();
    Found::from(Output { address, content })
}

fn build(folder: &Path, outputs: Vec<Found<Output>>) -> Found<Option<Written>> {
    write(folder, outputs.into_par_iter(), &Levels::default(), OnError::Stop, Leftovers::Removed)
}

/// Builds pages from pairs of address and text, and returns what was written, removed and unchanged.
fn pages(folder: &Path, pages: &[(&str, &str)]) -> (Vec<String>, Vec<String>, usize) {
    let found = build(folder, pages.iter().map(|(address, text)| bytes(address, text)).collect());
    assert_eq!(found.diagnostics, []);
    let Written { written, removed, unchanged, is_part } = found.value.unwrap();
    assert!(!is_part);
    let names = |paths: Vec<SitePath>| paths.iter().map(ToString::to_string).collect();
    (names(written), names(removed), unchanged)
}

/// The message of the one mistake that stops a build of `outputs`.
fn refusal(folder: &Path, outputs: Vec<Found<Output>>) -> String {
    let before = listing(folder);
    let found = build(folder, outputs);
    assert_eq!(found.value, None);
    assert_eq!(listing(folder), before, "a refused build changed the folder");
    let [diagnostic] = &found.diagnostics[..] else { panic!("{:?}", found.diagnostics) };
    diagnostic.message.replace(&folder.display().to_string(), "public")
}

/// Every file below `folder` with its text, one a line; folders end with a slash. The manifest is left out.
fn listing(folder: &Path) -> String {
    let mut lines = String::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten().skip(1) {
        let name = entry.path().strip_prefix(folder).unwrap().display().to_string();
        if name == ".essai" {
        } else if entry.file_type().is_dir() {
            lines.push_str(&format!("{name}/\n"));
        } else {
            lines.push_str(&format!("{name}: {}\n", fs::read_to_string(entry.path()).unwrap_or_default()));
        }
    }
    lines
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[test]
fn only_what_changed_is_written() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("deep/public");
    assert_eq!(pages(&folder, &[("a.html", "1"), ("b/c.html", "2")]), (names(&["a.html", "b/c.html"]), vec![], 0));
    assert_eq!(listing(&folder), "a.html: 1\nb/\nb/c.html: 2\n");
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
    let stamp = |name: &str| File::options().append(true).open(folder.join(name)).unwrap().set_modified(old).unwrap();
    stamp("a.html");
    stamp(".essai");
    assert_eq!(pages(&folder, &[("a.html", "1"), ("b/c.html", "2")]), (vec![], vec![], 2));
    assert_eq!(fs::metadata(folder.join("a.html")).unwrap().modified().unwrap(), old);
    assert_eq!(fs::metadata(folder.join(".essai")).unwrap().modified().unwrap(), old);
    assert_eq!(pages(&folder, &[("a.html", "1"), ("b/c.html", "3")]), (names(&["b/c.html"]), vec![], 1));
    assert_eq!(listing(&folder), "a.html: 1\nb/\nb/c.html: 3\n");
}

#[test]
fn what_is_no_longer_made_is_removed_and_nothing_else() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    pages(folder, &[("a.html", "1"), ("b/c/d.html", "2"), ("e/f.html", "3")]);
    fs::write(folder.join("e/notes.txt"), "mine").unwrap();
    fs::create_dir(folder.join("empty")).unwrap();
    fs::create_dir(folder.join(".git")).unwrap();
    let removed = names(&["b/c/d.html", "e/f.html"]);
    assert_eq!(pages(folder, &[("a.html", "1")]), (vec![], removed, 1));
    assert_eq!(listing(folder), ".git/\na.html: 1\ne/\ne/notes.txt: mine\nempty/\n");
    assert_eq!(Manifest::read(folder).unwrap().unwrap().paths.len(), 1);
}

#[test]
fn a_folder_of_strangers_is_refused() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    fs::write(folder.join("CNAME"), "example.org").unwrap();
    fs::write(folder.join(".nojekyll"), "").unwrap();
    fs::write(folder.join("thesis.tex"), "").unwrap();
    let refused = || refusal(folder, vec![bytes("a.html", "1")]);
    assert_eq!(refused(), "`public` holds files that Essai did not make");
    fs::remove_file(folder.join("thesis.tex")).unwrap();
    pages(folder, &[("a.html", "1")]);
    assert_eq!(listing(folder), ".nojekyll: \nCNAME: example.org\na.html: 1\n");
    let file = place.path().join("CNAME");
    assert_eq!(build(&file, vec![]).diagnostics[0].kind, Kind::ForeignOutput);
}

#[test]
fn a_strangers_file_in_the_way_stays() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    pages(folder, &[("a.html", "1")]);
    fs::write(folder.join("b.html"), "theirs").unwrap();
    let in_the_way = "`public/b.html` is in the way of the site, and Essai did not make it";
    assert_eq!(refusal(folder, vec![bytes("a.html", "2"), bytes("b.html", "1")]), in_the_way);
    assert_eq!(refusal(folder, vec![bytes("a.html", "2"), bytes("b.html/c.html", "1")]), in_the_way);
    fs::create_dir(folder.join("d")).unwrap();
    fs::write(folder.join("d/e"), "theirs").unwrap();
    let inside = "`public/d/e` is in the way of the site, and Essai did not make it";
    assert_eq!(refusal(folder, vec![bytes("a.html", "2"), bytes("d", "1")]), inside);
    let found = build(folder, vec![bytes("b.html", "1"), bytes("a.html", "2"), bytes("d/e", "1")]);
    let messages: Vec<String> = found.diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect();
    assert_eq!(messages.len(), 2, "each is reported: {messages:?}");
    // Equal bytes are as good as ours, and then they are ours.
    assert_eq!(pages(folder, &[("b.html", "theirs")]), (vec![], names(&["a.html"]), 1));
    assert_eq!(pages(folder, &[]), (vec![], names(&["b.html"]), 0));
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    pages(folder, &[("a", "file"), ("x.html", "x")]);
    assert_eq!(pages(folder, &[("a/b/c.html", "1"), ("x.html", "x")]), (names(&["a/b/c.html"]), names(&["a"]), 1));
    fs::create_dir(folder.join("a/empty")).unwrap();
    assert_eq!(pages(folder, &[("a", "file"), ("x.html", "x")]), (names(&["a"]), names(&["a/b/c.html"]), 1));
    assert_eq!(listing(folder), "a: file\nx.html: x\n");
    let clash = refusal(folder, vec![bytes("x.html", "1"), bytes("x.html/y", "1")]);
    assert_eq!(clash, "`x.html` cannot be both a file and the folder of `x.html/y`");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_out() {
    use std::os::unix::fs::symlink;
    let place = TempDir::new().unwrap();
    let (folder, elsewhere) = (place.path().join("public"), place.path().join("elsewhere"));
    fs::create_dir(&elsewhere).unwrap();
    pages(&folder, &[("a/b.html", "1"), ("c.html", "1")]);
    fs::remove_dir_all(folder.join("a")).unwrap();
    fs::write(elsewhere.join("b.html"), "theirs").unwrap();
    symlink(&elsewhere, folder.join("a")).unwrap();
    let refused = refusal(&folder, vec![bytes("a/d.html", "2")]);
    assert_eq!(refused, "`public/a` is a symbolic link, and Essai does not write through it");
    assert_eq!(pages(&folder, &[("c.html", "1")]), (vec![], vec![], 1));
    assert_eq!(fs::read_to_string(elsewhere.join("b.html")).unwrap(), "theirs");
    // The output folder itself may be a link.
    let other = place.path().join("link");
    fs::create_dir(place.path().join("real")).unwrap();
    symlink(place.path().join("real"), &other).unwrap();
    pages(&other, &[("a.html", "1")]);
    assert_eq!(listing(&place.path().join("real")), "a.html: 1\n");
}

#[cfg(unix)]
#[test]
fn another_spelling_of_a_name_may_be_the_same_file() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    pages(folder, &[("Eye.svg", "1"), ("Cafe\u{301}/A.html", "2"), ("b.html", "3")]);
    // Two names of one file stand for a disk on which all spellings of a name are one.
    let link = |old: &str, new: &str| fs::hard_link(folder.join(old), folder.join(new)).unwrap();
    link("Eye.svg", "eye.svg");
    fs::create_dir(folder.join("caf\u{e9}")).unwrap();
    link("Cafe\u{301}/A.html", "caf\u{e9}/a.html");
    let respelt = [("eye.svg", "1"), ("caf\u{e9}/a.html", "2"), ("b.html", "3")];
    assert_eq!(pages(folder, &respelt), (vec![], vec![], 3));
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!((text("eye.svg"), text("Eye.svg"), text("caf\u{e9}/a.html")), ("1".into(), "1".into(), "2".into()));
    // It is Essai's, whatever it holds.
    link("b.html", "B.html");
    let changed = [("eye.svg", "1"), ("caf\u{e9}/a.html", "2"), ("B.html", "4")];
    assert_eq!(pages(folder, &changed).0, names(&["B.html"]));
    // Where both are files of their own, they stay two.
    fs::write(folder.join("EYE.svg"), "theirs").unwrap();
    let message = refusal(folder, vec![bytes("EYE.svg", "5")]);
    assert_eq!(message, "`public/EYE.svg` is in the way of the site, and Essai did not make it");
    fs::remove_file(folder.join("EYE.svg")).unwrap();
    assert_eq!(pages(folder, &[("EYE.svg", "5")]).1, names(&["B.html", "caf\u{e9}/a.html", "eye.svg"]));
}

#[test]
fn an_error_leaves_the_last_good_site() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    pages(folder, &[("a.html", "1")]);
    let broken = || {
        let mut output = bytes("b.html", "2");
        output.diagnostics.push(Diagnostic::new(Kind::Template, "no such field"));
        vec![bytes("a.html", "2"), output]
    };
    assert_eq!(refusal(folder, broken()), "no such field");
    let new = place.path().join("new");
    assert_eq!(build(&new, broken()).value, None);
    assert!(!new.exists());
    let found = write(folder, broken().into_par_iter(), &Levels::default(), OnError::KeepGoing, Leftovers::Removed);
    assert_eq!(found.diagnostics.len(), 1);
    assert_eq!(found.value.unwrap().written.len(), 2);
    assert_eq!(listing(folder), "a.html: 2\nb.html: 2\n");
}

#[test]
fn what_could_not_be_read_stays_as_it_was() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    pages(folder, &[("a.html", "1"), ("b.html", "2"), ("c.html", "3"), ("d", "4")]);
    let unread = ["b.html", "e.html"].map(|address| SitePath::new(address).unwrap()).into();
    let outputs = vec![bytes("a.html", "new"), bytes("b.html", ""), bytes("d/f.html", "5"), bytes("e.html", "")];
    let leftovers = Leftovers::Kept(&unread);
    let again = || write(folder, outputs.clone().into_par_iter(), &Levels::default(), OnError::KeepGoing, leftovers);
    let written = again().value.unwrap();
    assert_eq!(written.removed, [SitePath::new("d").unwrap()], "only what is in the way of a folder");
    assert_eq!(listing(folder), "a.html: new\nb.html: 2\nc.html: 3\nd/\nd/f.html: 5\ne.html: \n");
    // They stay Essai's, so that a build of everything may remove them.
    assert_eq!(again().value.unwrap().written, []);
    assert_eq!(pages(folder, &[("a.html", "new")]).1, names(&["b.html", "c.html", "d/f.html", "e.html"]));
}

#[test]
fn copies_keep_their_time() {
    let place = TempDir::new().unwrap();
    let (folder, source) = (place.path().join("public"), place.path().join("film.webm"));
    fs::write(&source, "one").unwrap();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let touch = |path: &Path, time| File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
    touch(&source, old);
    let again = || {
        let Found { value, diagnostics } = build(&folder, vec![copy("film.webm", &source)]);
        assert_eq!(diagnostics, []);
        value.unwrap().written.len()
    };
    assert_eq!((again(), again()), (1, 0));
    let made = folder.join("film.webm");
    assert_eq!(fs::metadata(&made).unwrap().modified().unwrap(), old);
    // Another time and the same bytes: only the time is taken over. Other bytes: copied.
    let later = old + Duration::from_secs(60);
    touch(&source, later);
    assert_eq!((again(), fs::metadata(&made).unwrap().modified().unwrap()), (0, later));
    fs::write(&source, "two").unwrap();
    assert_eq!((again(), fs::read_to_string(&made).unwrap()), (1, "two".to_owned()));
    fs::remove_file(&source).unwrap();
    let message = build(&folder, vec![copy("film.webm", &source)]).diagnostics.remove(0).message;
    assert!(message.starts_with("cannot copy `") && message.ends_with("it is not there"), "{message}");
}

#[cfg(unix)]
#[test]
fn files_have_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let place = TempDir::new().unwrap();
    let (folder, plain) = (place.path().join("public"), place.path().join("plain"));
    fs::write(&plain, "").unwrap();
    let source = place.path().join("script");
    fs::write(&source, "x").unwrap();
    fs::set_permissions(&source, fs::Permissions::from_mode(0o700)).unwrap();
    build(&folder, vec![bytes("a.html", "1"), copy("script", &source)]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&folder.join("a.html")), mode(&plain));
    assert_eq!(mode(&folder.join("script")), mode(&plain));
}

#[test]
fn a_second_build_is_told_of_the_first() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    let held = hold(folder).unwrap();
    let found = build(folder, vec![bytes("a.html", "1")]);
    assert_eq!(found.diagnostics[0].message, format!("another build or deployment holds `{}`", folder.display()));
    assert_eq!(found.value, None);
    drop(held);
    pages(folder, &[("a.html", "1")]);
    assert_eq!(listing(folder), "a.html: 1\n");
}

#[test]
fn a_new_folder_is_laid_out_first() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("new");
    let outputs = || vec![bytes("a/b/c.html", "1"), bytes("a/d.html", "2"), bytes("e.html", "3"), bytes("e.html", "4")];
    let found = build(&folder, outputs());
    assert_eq!(found.diagnostics, []);
    assert_eq!(
        found.value.unwrap().written,
        ["a/b/c.html", "a/d.html", "e.html"].map(|path| SitePath::new(path).unwrap())
    );
    assert_eq!(listing(&folder), "a/\na/b/\na/b/c.html: 1\na/d.html: 2\ne.html: 3\n");
    let other = root.path().join("other");
    let clash = build(&other, vec![bytes("a", "1"), bytes("a/b.html", "2")]);
    assert!(clash.value.is_none() && !other.exists());
    assert_eq!(clash.diagnostics.len(), 1);
}

#[test]
fn a_file_that_is_refused_after_others_leaves_a_part() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    let claim = Claim::take(folder).unwrap();
    fs::write(claim.staged("0"), "1").unwrap();
    let prepared = |address: &str, number: usize| Prepared {
        address: SitePath::new(address).unwrap(),
        standing: stage::Standing::Staged(number),
    };
    let found = place::place(&claim, vec![prepared("a.html", 0), prepared("b.html", 1)], Leftovers::Removed);
    let written = found.value.unwrap();
    assert!(written.is_part && found.diagnostics[0].kind == Kind::Unwritable);
    assert_eq!(written.written, [SitePath::new("a.html").unwrap()]);
    let found = place::place(&claim, vec![prepared("c.html", 1)], Leftovers::Removed);
    assert_eq!((found.value, found.diagnostics.len()), (None, 1));
    drop(claim);
    assert_eq!(pages(folder, &[("a.html", "1"), ("b.html", "2")]), (names(&["b.html"]), vec![], 1));
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let place = TempDir::new().unwrap();
    let folder = place.path();
    fs::create_dir_all(folder.join(".essai-staging/7")).unwrap();
    fs::write(folder.join(".essai-staging/0"), "half").unwrap();
    fs::write(folder.join(".essai-staging/lock"), "").unwrap();
    pages(folder, &[("a.html", "1")]);
    assert_eq!(listing(folder), "a.html: 1\n");
}

#[test]
fn essais_own_files_are_no_addresses() {
    let place = TempDir::new().unwrap();
    for address in [".essai", ".essai-staging/lock"] {
        let message = refusal(place.path(), vec![bytes(address, "1")]);
        assert_eq!(message, format!("a file cannot be called `{address}`: Essai keeps its own notes there"));
    }
}

#[test]
fn a_name_that_is_too_long_stops_the_build() {
    let place = TempDir::new().unwrap();
    let long = "x".repeat(300);
    let message = refusal(place.path(), vec![bytes("a.html", "1"), bytes(&long, "1")]);
    assert!(message.ends_with("the name is too long, or not one that the file system takes"), "{message}");
}
