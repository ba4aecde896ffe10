//! What every place has in common: what is there is known, and what cannot be read is never taken for nothing.

use std::fs::{self, File};
use std::process::Command;

use crate::site::{Site, assert_same, files, installed};

/// A site that is deployed to the folder `online`.
fn deployed() -> Site {
    let site = Site::new(3, "deploy: {production: {folder: online}}\n");
    site.run(&["deploy"]);
    site.essay(1, "Other text.");
    site
}

#[test]
fn a_manifest_that_cannot_be_read_stops_the_deployment() {
    let site = deployed();
    let (online, manifest) = (site.root().join("online"), site.root().join("online/.essai-manifest"));
    let before = files(&online);
    let sound = fs::read_to_string(&manifest).unwrap();
    let half = sound[..sound.len() / 2].to_owned();
    let conflict = sound.replacen('\n', "\n<<<<<<< HEAD\n", 1);
    let newer = sound.replacen("\"essai_manifest\": 1", "\"essai_manifest\": 9", 1);
    for (text, message) in [
        (half.as_str(), "the manifest of `online` is damaged"),
        ("", "the manifest of `online` is damaged"),
        (&conflict, "the manifest of `online` holds a merge conflict"),
        (&newer, "`online` was published by a newer Essai, whose manifest has version 9"),
    ] {
        fs::write(&manifest, text).unwrap();
        let said = site.fail(&["deploy"]);
        assert!(said.contains(message), "{said}");
        assert_same(&files(&online), &before, message);
        assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
    }
    fs::write(&manifest, half).unwrap();
    site.run(&["deploy", "--allow-loss"]);
    assert_same(&files(&online), &site.built(), "");
}

#[test]
fn a_second_deployment_to_a_folder_says_that_there_is_a_first() {
    let site = deployed();
    let online = site.root().join("online");
    fs::create_dir_all(online.join(".essai-staging")).unwrap();
    let lock = File::create(online.join(".essai-staging/lock")).unwrap();
    lock.lock().unwrap();
    let second = site.fail(&["deploy"]);
    assert!(second.contains("another deployment to `online` is under way"), "{second}");
    drop(lock);
    site.run(&["deploy"]);
    assert_same(&files(&online), &site.built(), "");
}

#[test]
fn the_style_of_a_page_that_a_browser_kept_stays_for_one_more_deployment() {
    let bare = tempfile::tempdir().unwrap();
    let has_git = installed("git", "a style that stays on a branch").is_some();
    let mut ways = vec!["folder: online".to_owned()];
    if has_git {
        let made = Command::new("git").args(["init", "-q", "--bare"]).arg(bare.path()).status();
        assert!(made.unwrap().success());
        ways.push(format!("git: '{}'", bare.path().display()));
    }
    for way in ways {
        let online = |site: &Site| -> Vec<String> {
            let names = if way.starts_with("git") {
                let listed = Command::new("git")
                    .args(["ls-tree", "-r", "--name-only", "gh-pages"])
                    .current_dir(bare.path())
                    .output()
                    .unwrap();
                String::from_utf8(listed.stdout).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
            } else {
                files(&site.root().join("online")).into_keys().collect()
            };
            names.into_iter().filter(|name| name.ends_with(".css")).collect()
        };
        let config = format!("deploy: {{production: {{{way}}}}}\n");
        let site = Site::new(2, &config);
        site.run(&["deploy"]);
        let first = online(&site);
        assert_eq!(first.len(), 1);
        // Another look is another style.
        site.put("essai.yaml", &format!("{config}theme: {{accent: '#123456'}}\n"));
        let said = site.run(&["deploy"]);
        let both = online(&site);
        assert!(both.len() == 2 && both.contains(&first[0]), "{both:?}\n{said}");
        let said = site.run(&["deploy"]);
        assert!(said.contains("production is up to date") && online(&site) == both, "{said}");
        site.essay(0, "Other text.");
        site.run(&["deploy"]);
        let last = online(&site);
        assert!(last.len() == 1 && last != first, "{last:?}");
    }
}

#[test]
fn nothing_is_done_where_it_is_only_asked_what_would_be() {
    let site = deployed();
    let before = files(site.root());
    let said = site.run(&["deploy", "--dry-run"]);
    assert!(said.contains("changed text e1/article.html") && said.contains("nothing was sent"), "{said}");
    assert_same(&files(site.root()), &before, "");
}

#[test]
fn a_password_is_never_printed() {
    let site = Site::new(1, "deploy: {production: {git: 'http://me:not-to-be-shown@127.0.0.1:9/x.git'}}\n");
    // Every output is looked through for it.
    let said = site.fail(&["deploy", "-v"]);
    if installed("git", "a password in an address").is_some() {
        assert!(said.contains("git could not reach `http://127.0.0.1:9/x.git`"), "{said}");
    }
    site.fail(&["deploy", "--message-format", "json"]);
    site.put("essai.yaml", "deploy: {production: {bucket: essays, endpoint: 'http://127.0.0.1:9', timeout: 1}}\n");
    if cfg!(feature = "stores") {
        let said = site.fail(&["deploy", "-v"]);
        assert!(said.contains("the bucket `essays` did not take the lock"), "{said}");
    }
}
