//! Deploying with rsync, to a path of this machine.

use std::process::Stdio;
use std::time::Duration;

use crate::site::{Site, assert_same, files, installed, random};

#[test]
fn a_folder_on_a_host_holds_the_site() {
    if installed("rsync", "deploying with rsync").is_none() {
        return;
    }
    let there = tempfile::tempdir().unwrap();
    let address = there.path().join("my site");
    let site = Site::new(3, &format!("deploy: {{production: {{rsync: '{}'}}}}\n", address.display()));
    site.run(&["deploy"]);
    assert_same(&files(&address), &site.built(), "");
    std::fs::write(address.join("mine.txt"), "mine").unwrap();
    site.essay(1, "Other text.");
    std::fs::remove_dir_all(site.root().join("content/e2")).unwrap();
    site.run(&["retire", "e2/article.html"]);
    site.run(&["deploy", "--allow-loss"]);
    let mut expected = site.built();
    expected.insert("mine.txt".to_owned(), b"mine".to_vec());
    assert_same(&files(&address), &expected, "");
    assert!(!address.join("e2").exists() && !address.join(".essai-lock").exists());
    let again = site.run(&["deploy"]);
    assert!(again.contains("production is up to date"), "{again}");

    let other = "{\"host\":\"elsewhere\",\"process\":1,\"since\":\"today\",\"id\":\"x\"}";
    std::fs::write(address.join(".essai-lock"), other).unwrap();
    site.essay(1, "Again other text.");
    let second = site.fail(&["deploy"]);
    assert!(second.contains("another deployment") && second.contains("elsewhere"), "{second}");
    site.run(&["deploy", "--break-lock"]);

    // Killed at any moment, the next deployment does the rest.
    let mut seed = 11;
    for round in 0..6 {
        site.essay(0, &format!("Round {round}."));
        site.put(&format!("content/new{round}.md"), "# New\n\nText.\n");
        let mut child = site.essai(&["deploy"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random(&mut seed) % 600));
        let _ = child.kill();
        child.wait().unwrap();
        // What rsync has begun it ends by itself.
        std::thread::sleep(Duration::from_millis(300));
        site.run(&["deploy"]);
        let mut expected = site.built();
        expected.insert("mine.txt".to_owned(), b"mine".to_vec());
        assert_same(&files(&address), &expected, &format!("round {round}"));
    }
}
