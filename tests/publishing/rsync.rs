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
    // A colon before a slash would make it a folder on the host `at 12`.
    site.run(&["deploy", "--output-dir", "at 12:30"]);
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

#[test]
fn what_others_have_put_on_the_host_stays() {
    if installed("rsync", "deploying with rsync where others have files").is_none() {
        return;
    }
    let there = tempfile::tempdir().unwrap();
    let address = there.path().join("my site");
    let site = Site::new(2, &format!("deploy: {{production: {{rsync: '{}'}}}}\n", address.display()));
    site.run(&["deploy"]);
    std::fs::create_dir(there.path().join("else")).unwrap();
    std::os::unix::fs::symlink("../else", address.join("linked")).unwrap();
    for (path, essay, message) in [
        ("notes [1].html", "notes [1].md", "in the way: `notes [1].html`; nothing was touched"),
        ("research", "research/r.md", "`research` in "),
        ("deep.html/mine.txt", "deep.md", "`deep.html/mine.txt` in "),
        ("linked/mine.txt", "linked/l.md", "is a symbolic link"),
    ] {
        std::fs::create_dir_all(address.join(path).parent().unwrap()).unwrap();
        std::fs::write(address.join(path), "mine").unwrap();
        let before = files(there.path());
        site.put(&format!("content/{essay}"), "# New\n\nText.\n");
        let said = site.fail(&["deploy"]);
        assert!(said.contains(message), "{said}");
        assert_same(&files(there.path()), &before, path);
        std::fs::remove_file(site.root().join("content").join(essay)).unwrap();
    }
    site.run(&["deploy"]);
    assert_eq!(std::fs::read_to_string(there.path().join("else/mine.txt")).unwrap(), "mine");
    site.put("content/notes [1].md", "# New\n\nText.\n");
    site.run(&["deploy", "--allow-loss"]);
    assert_ne!(std::fs::read_to_string(address.join("notes [1].html")).unwrap(), "mine");
}

#[test]
fn a_file_on_a_host_becomes_a_folder_and_the_folder_a_file() {
    if installed("rsync", "a file that becomes a folder by rsync").is_none() {
        return;
    }
    let there = tempfile::tempdir().unwrap();
    let address = there.path().join("site");
    let site = Site::new(1, &format!("deploy: {{production: {{rsync: '{}'}}}}\n", address.display()));
    for _ in 0..2 {
        site.put("static/x.png", "a file");
        site.run(&["deploy", "--allow-loss"]);
        assert_same(&files(&address), &site.built(), "");
        std::fs::remove_file(site.root().join("static/x.png")).unwrap();
        site.put("static/x.png/one/y.png", "a folder");
        site.run(&["deploy", "--allow-loss"]);
        assert_same(&files(&address), &site.built(), "");
        std::fs::remove_dir_all(site.root().join("static/x.png")).unwrap();
    }
}

#[test]
fn a_lock_that_is_anothers_by_now_stays() {
    use std::os::unix::fs::PermissionsExt;

    let Some(rsync) = installed("rsync", "a lock that was broken") else { return };
    let there = tempfile::tempdir().unwrap();
    let address = there.path().join("site");
    let site = Site::new(1, &format!("deploy: {{production: {{rsync: '{}'}}}}\n", address.display()));
    site.run(&["deploy"]);
    assert!(!address.join(".essai-lock").exists());
    // An rsync during which somebody else breaks the lock and takes it.
    let other = "{\"host\":\"elsewhere\",\"process\":1,\"since\":\"today\",\"id\":\"x\"}";
    let programs = there.path().join("programs");
    std::fs::create_dir(&programs).unwrap();
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in *--files-from*) echo '{other}' >'{}/.essai-lock';; esac\nexec '{}' \"$@\"\n",
        address.display(),
        rsync.display()
    );
    std::fs::write(programs.join("rsync"), script).unwrap();
    std::fs::set_permissions(programs.join("rsync"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    site.essay(0, "Other text.");
    assert!(site.essai(&["deploy"]).env("PATH", path).status().unwrap().success());
    assert_eq!(std::fs::read_to_string(address.join(".essai-lock")).unwrap().trim(), other);
}

#[cfg(unix)]
#[test]
fn what_rsync_is_not_told_it_does_not_remove() {
    use std::os::unix::fs::PermissionsExt;

    let Some(rsync) = installed("rsync", "deploying with an rsync that is told nothing") else { return };
    let there = tempfile::tempdir().unwrap();
    let address = there.path().join("site");
    let site = Site::new(3, &format!("deploy: {{production: {{rsync: '{}'}}}}\n", address.display()));
    site.run(&["deploy"]);
    std::fs::write(address.join("mine.txt"), "mine").unwrap();
    let before = files(&address);

    // As if Essai were killed each time before it could say what to send and what to remove.
    let deaf = there.path().join("deaf");
    std::fs::create_dir(&deaf).unwrap();
    std::fs::write(deaf.join("rsync"), format!("#!/bin/sh\nexec '{}' \"$@\" </dev/null\n", rsync.display())).unwrap();
    std::fs::set_permissions(deaf.join("rsync"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", deaf.display(), std::env::var("PATH").unwrap());
    std::fs::remove_dir_all(site.root().join("content/e2")).unwrap();
    site.run(&["retire", "e2/article.html"]);
    let _ = site.essai(&["deploy", "--allow-loss"]).env("PATH", path).output().unwrap();
    let kept = files(&address);
    let lost: Vec<&String> = before.keys().filter(|name| !kept.contains_key(*name)).collect();
    assert!(lost.iter().all(|name| name.starts_with("e2/")), "{lost:?}");
}
