//! Deploying to a folder in which others have files of their own: they stay.

use std::fs;

use crate::site::{Site, assert_same, files};

/// A site that is deployed to the folder `online`.
fn deployed() -> Site {
    let site = Site::new(2, "deploy: {production: {folder: online}}\n");
    site.run(&["deploy"]);
    site
}

/// A deployment must be refused with `message`, and change nothing.
fn check_refused(site: &Site, arguments: &[&str], message: &str) {
    let before = files(&site.root().join("online"));
    let manifest = site.root().join("online/.essai-manifest");
    let known = fs::read(&manifest).unwrap();
    let said = site.fail(arguments);
    assert!(said.contains(message), "{said}");
    assert_same(&files(&site.root().join("online")), &before, message);
    assert_eq!(fs::read(&manifest).unwrap(), known);
}

#[test]
fn a_strangers_file_makes_no_way_for_a_folder() {
    let site = deployed();
    site.put("online/research", "thesis");
    site.put("content/research/r.md", "# R\n\nText.\n");
    for arguments in [&["deploy"][..], &["deploy", "--allow-loss"], &["deploy", "--dry-run"]] {
        check_refused(&site, arguments, "`research` in `online` is in the way of the site");
    }
    fs::rename(site.root().join("online/research"), site.root().join("online/thesis")).unwrap();
    site.run(&["deploy"]);
    assert_eq!(fs::read_to_string(site.root().join("online/thesis")).unwrap(), "thesis");
    assert!(site.root().join("online/research/r.html").is_file());
}

#[test]
fn a_strangers_file_makes_no_way_for_a_file_either() {
    let site = deployed();
    site.put("online/data/mine.txt", "mine");
    site.put("static/data", "one");
    check_refused(&site, &["deploy", "--allow-loss"], "`data/mine.txt` in `online` is in the way of the site");
    fs::remove_file(site.root().join("online/data/mine.txt")).unwrap();
    fs::create_dir(site.root().join("online/data/empty")).unwrap();
    site.run(&["deploy"]);
    assert_same(&files(&site.root().join("online")), &site.built(), "");
}

#[test]
fn nothing_is_written_or_removed_through_a_symbolic_link() {
    let site = deployed();
    site.put("else/r.html", "mine");
    std::os::unix::fs::symlink("../else", site.root().join("online/research")).unwrap();
    site.put("content/research/r.md", "# R\n\nText.\n");
    check_refused(&site, &["deploy", "--allow-loss"], "`research` in `online` is a symbolic link");
    assert_eq!(fs::read_to_string(site.root().join("else/r.html")).unwrap(), "mine");

    fs::remove_file(site.root().join("online/research")).unwrap();
    site.run(&["deploy"]);
    fs::remove_dir_all(site.root().join("online/research")).unwrap();
    std::os::unix::fs::symlink("../else", site.root().join("online/research")).unwrap();
    fs::remove_dir_all(site.root().join("content/research")).unwrap();
    site.run(&["retire", "research/r.html"]);
    site.run(&["deploy", "--allow-loss"]);
    assert_eq!(fs::read_to_string(site.root().join("else/r.html")).unwrap(), "mine");
}

#[test]
fn a_strangers_file_is_replaced_only_if_that_is_asked_for() {
    let site = deployed();
    site.put("online/notes.html", "mine");
    site.put("online/same.txt", "same");
    site.put("static/same.txt", "same");
    site.run(&["deploy"]);
    site.put("content/notes.md", "# Notes\n\nText.\n");
    check_refused(&site, &["deploy"], "in the way: `notes.html`; nothing was touched");
    check_refused(&site, &["deploy", "--dry-run"], "in the way: `notes.html`; nothing was touched");
    site.run(&["deploy", "--allow-loss"]);
    assert_same(&files(&site.root().join("online")), &site.built(), "");
}

#[test]
fn a_file_becomes_a_folder_and_the_folder_a_file() {
    let site = deployed();
    for _ in 0..2 {
        site.put("static/x.png", "a file");
        site.run(&["deploy", "--allow-loss"]);
        assert_same(&files(&site.root().join("online")), &site.built(), "");
        fs::remove_file(site.root().join("static/x.png")).unwrap();
        site.put("static/x.png/one/y.png", "a folder");
        site.run(&["deploy", "--allow-loss"]);
        assert_same(&files(&site.root().join("online")), &site.built(), "");
        fs::remove_dir_all(site.root().join("static/x.png")).unwrap();
    }
}

#[test]
fn the_sites_own_folders_are_not_deployed_to() {
    for folder in ["content", "content/deep/er", ".", "static/x", "public", "public/x", "'~/www'"] {
        let site = Site::new(1, &format!("deploy: {{production: {{folder: {folder}}}}}\n"));
        site.put("static/a.txt", "a");
        let before = files(site.root());
        let said = site.fail(&["deploy", "--allow-loss"]);
        assert!(said.contains("which belongs to the site") || said.contains("called `~`"), "{folder}: {said}");
        let mut after = files(site.root());
        after.retain(|path, _| !path.starts_with("public/"));
        assert_eq!(after, before, "{folder}");
    }
}
