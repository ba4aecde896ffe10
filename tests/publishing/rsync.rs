//! Deploying with rsync, to a path of this machine.

use crate::site::{Site, assert_same, files, installed};

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
}
