//! Deploying to a branch, by a path and by git's own protocol.

use std::path::Path;
use std::process::Command;

use crate::site::{Running, Site, assert_same, files, free_port, installed, not_run, said, wait_for};

/// What git says in `folder`; it must succeed.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A site in a repository of its own with something staged and something not, and a bare repository beside it.
fn in_git(config: &str) -> (Site, tempfile::TempDir) {
    let site = Site::new(4, config);
    let bare = tempfile::tempdir().unwrap();
    git(bare.path(), &["init", "-q", "--bare", "site.git"]);
    git(site.root(), &["init", "-q", "-b", "main"]);
    site.put(".gitignore", "public/\n");
    git(site.root(), &["add", "."]);
    git(site.root(), &["commit", "-q", "-m", "Begin"]);
    site.put("staged.txt", "staged");
    git(site.root(), &["add", "staged.txt"]);
    site.put("staged.txt", "and changed");
    git(site.root(), &["remote", "add", "origin", &bare.path().join("site.git").display().to_string()]);
    (site, bare)
}

/// The files of the branch, those that begin with a dot left out.
fn published(bare: &Path, branch: &str) -> std::collections::BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    git(
        bare,
        &[
            "--work-tree",
            &folder.path().display().to_string(),
            "--git-dir",
            ".",
            "checkout",
            "-q",
            "-f",
            branch,
            "--",
            ".",
        ],
    );
    files(folder.path())
}

#[test]
fn the_site_is_committed_beside_all_that_the_author_works_with() {
    if installed("git", "deploying to a branch").is_none() {
        return;
    }
    let (site, bare) = in_git("deploy: {production: {git: origin}}\n");
    let bare = bare.path().join("site.git");
    let state = || git(site.root(), &["status", "--porcelain=v2", "--branch"]);
    let before = state();
    site.run(&["deploy"]);
    // But for the ledger, which is the author's to commit.
    let after = state();
    assert_eq!(after.replace("? essai.ledger", "").trim(), before.trim());
    assert_same(&published(&bare, "gh-pages"), &site.built(), "");
    assert_eq!(git(&bare, &["ls-tree", "--name-only", "gh-pages", ".nojekyll"]), ".nojekyll");

    site.essay(1, "Other text.");
    std::fs::remove_dir_all(site.root().join("content/e3")).unwrap();
    let refused = site.fail(&["deploy"]);
    assert!(refused.contains("lost-address"), "{refused}");
    site.run(&["retire", "e3/article.html"]);
    let refused = site.fail(&["deploy"]);
    assert!(refused.contains("would be lost"), "{refused}");
    site.run(&["deploy", "--allow-loss"]);
    assert_same(&published(&bare, "gh-pages"), &site.built(), "");
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "2");
    // Only what changed is in the commit.
    let changed = git(&bare, &["diff", "--name-only", "gh-pages~", "gh-pages"]);
    assert!(changed.contains("e1/article.html") && !changed.contains("e2/picture.svg"), "{changed}");
}

#[test]
fn it_works_in_a_linked_worktree_and_history_can_be_squashed() {
    if installed("git", "deploying from a linked worktree").is_none() {
        return;
    }
    let (site, bare) = in_git("deploy: {production: {git: origin, history: squash}}\n");
    let other = tempfile::tempdir().unwrap();
    let worktree = other.path().join("tree");
    git(site.root(), &["worktree", "add", "-q", &worktree.display().to_string(), "-b", "other"]);
    for text in ["One.", "Two."] {
        std::fs::write(worktree.join("content/e0/article.md"), format!("# A\n\n{text}\n\n![A](picture.svg)\n"))
            .unwrap();
        let output = site.essai(&["deploy"]).current_dir(&worktree).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    let bare = bare.path().join("site.git");
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "1");
    assert_same(&published(&bare, "gh-pages"), &files(&worktree.join("public")), "");
}

#[test]
fn strangers_that_hosts_want_stay_and_other_tools_sites_are_looked_at() {
    if installed("git", "deploying to another tool's branch").is_none() {
        return;
    }
    let (site, bare) = in_git("deploy: {production: {git: origin}}\n");
    let bare = bare.path().join("site.git");
    let other = tempfile::tempdir().unwrap();
    git(other.path(), &["init", "-q", "-b", "gh-pages"]);
    std::fs::write(other.path().join("CNAME"), "example.org\n").unwrap();
    std::fs::write(other.path().join("old.html"), "<title>Old</title><main>Old text.</main>").unwrap();
    git(other.path(), &["add", "."]);
    git(other.path(), &["commit", "-q", "-m", "By hand"]);
    git(other.path(), &["push", "-q", &bare.display().to_string(), "gh-pages"]);
    let refused = site.fail(&["deploy"]);
    assert!(refused.contains("lost address old.html “Old”"), "{refused}");
    site.run(&["deploy", "--allow-loss"]);
    let published = published(&bare, "gh-pages");
    assert_eq!(published["CNAME"], b"example.org\n");
    assert!(!published.contains_key("old.html"));
}

#[test]
fn what_git_refuses_is_said_clearly() {
    if installed("git", "what git refuses").is_none() {
        return;
    }
    let (site, bare) = in_git("deploy: {production: {git: origin}, nowhere: {git: elsewhere}}\n");
    let missing = site.fail(&["deploy", "nowhere"]);
    assert!(missing.contains("git could not reach `elsewhere`") && missing.contains("git remote add"), "{missing}");
    let bare = bare.path().join("site.git");
    site.run(&["deploy"]);
    site.essay(2, "New.");
    std::fs::write(bare.join("refs/heads/gh-pages.lock"), "").unwrap();
    let locked = site.fail(&["deploy"]);
    assert!(locked.contains("another git is at work") || locked.contains("git could not push"), "{locked}");
    std::fs::remove_file(bare.join("refs/heads/gh-pages.lock")).unwrap();
    std::fs::write(bare.join("hooks/pre-receive"), "#!/bin/sh\necho no room >&2\nexit 1\n").unwrap();
    Command::new("chmod").args(["+x"]).arg(bare.join("hooks/pre-receive")).status().unwrap();
    let rejected = site.fail(&["deploy"]);
    assert!(rejected.contains("git could not push `gh-pages`"), "{rejected}");
    std::fs::remove_file(bare.join("hooks/pre-receive")).unwrap();
    site.run(&["deploy"]);
}

#[test]
fn it_works_in_ci_where_there_is_no_author_and_no_history() {
    if installed("git", "deploying in CI").is_none() {
        return;
    }
    let (site, bare) = in_git("deploy: {production: {git: origin}}\n");
    let bare = bare.path().join("site.git");
    site.run(&["deploy"]);
    git(site.root(), &["push", "-q", "origin", "main"]);
    let other = tempfile::tempdir().unwrap();
    let clone = other.path().join("clone");
    let from = format!("file://{}", bare.display());
    git(other.path(), &["clone", "-q", "--depth=1", "--branch=main", &from, &clone.display().to_string()]);
    git(&clone, &["checkout", "-q", "--detach"]);
    for text in ["One.", "Two."] {
        let file = clone.join("content/e0/article.md");
        std::fs::write(file, format!("# A\n\n## Part\n\n{text}\n\n![A](picture.svg)\n")).unwrap();
        let mut essai = site.essai(&["deploy"]);
        essai.current_dir(&clone).env("HOME", other.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        let output = essai.env_remove("XDG_CONFIG_HOME").output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
    assert_same(&published(&bare, "gh-pages"), &files(&clone.join("public")), "");
    assert_eq!(git(&bare, &["log", "-1", "--format=%an", "gh-pages"]), "Essai");
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "3");
}

#[test]
fn what_others_have_pushed_to_the_branch_stays() {
    if installed("git", "deploying to a branch with files of others").is_none() {
        return;
    }
    let (site, bare) = in_git("deploy: {production: {git: origin}}\n");
    let bare = bare.path().join("site.git");
    site.run(&["deploy"]);
    let push = |path: &str| {
        let clone = tempfile::tempdir().unwrap();
        git(clone.path(), &["clone", "-q", "-b", "gh-pages", &bare.display().to_string(), "clone"]);
        let clone = clone.path().join("clone");
        let file = clone.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, "mine").unwrap();
        git(&clone, &["add", "."]);
        git(&clone, &["commit", "-q", "-m", "Mine"]);
        git(&clone, &["push", "-q", "origin", "gh-pages"]);
    };
    for path in ["google123.html", "data/søt set.csv", "research"] {
        push(path);
    }
    site.essay(1, "Other text.");
    std::fs::remove_dir_all(site.root().join("content/e3")).unwrap();
    site.run(&["retire", "e3/article.html"]);
    site.run(&["deploy", "--allow-loss"]);
    let with_theirs = |paths: &[&str]| {
        let mut expected = site.built();
        expected.extend(paths.iter().map(|path| ((*path).to_owned(), b"mine".to_vec())));
        expected
    };
    let expected = with_theirs(&["google123.html", "data/søt set.csv", "research"]);
    assert_same(&published(&bare, "gh-pages"), &expected, "");

    site.put("content/research/r.md", "# R\n\nText.\n");
    let refused = site.fail(&["deploy", "--allow-loss"]);
    assert!(refused.contains("`research` in the branch `gh-pages`"), "{refused}");
    std::fs::remove_dir_all(site.root().join("content/research")).unwrap();
    site.put("static/google123.html", "new");
    let refused = site.fail(&["deploy"]);
    assert!(refused.contains("in the way: `google123.html`; nothing was touched"), "{refused}");
    assert_same(&published(&bare, "gh-pages"), &expected, "");
    site.run(&["deploy", "--allow-loss"]);
    assert_same(&published(&bare, "gh-pages"), &with_theirs(&["data/søt set.csv", "research"]), "");
}

#[test]
fn of_two_deployments_at_once_the_second_is_rejected() {
    let Some(own) = installed("git", "two deployments to a branch at once") else { return };
    let (site, bare) = in_git("deploy: {production: {git: origin}}\n");
    let bare = bare.path().join("site.git");
    site.run(&["deploy"]);
    let tip = || git(&bare, &["rev-parse", "gh-pages"]);
    let (before, own) = (tip(), own.display());
    // A git that, before it pushes, lets another deployment be quicker.
    let programs = tempfile::tempdir().unwrap();
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = push ]; then\n  new=$({own} -C {bare} -c user.name=B -c user.email=b@example.org \
         commit-tree -p {before} -m Other {before}^{{tree}})\n  {own} -C {bare} update-ref refs/heads/gh-pages $new\n\
         fi\nexec {own} \"$@\"\n",
        bare = bare.display()
    );
    std::fs::write(programs.path().join("git"), script).unwrap();
    Command::new("chmod").arg("+x").arg(programs.path().join("git")).status().unwrap();
    site.essay(2, "New.");
    let path = format!("{}:{}", programs.path().display(), std::env::var("PATH").unwrap());
    let output = site.essai(&["deploy"]).env("PATH", path).output().unwrap();
    let rejected = said(&output);
    assert!(rejected.contains("somebody else published just now: deploy again"), "{rejected}");
    assert_eq!(git(&bare, &["log", "-1", "--format=%s", "gh-pages"]), "Other");
    site.run(&["deploy"]);
    assert_same(&published(&bare, "gh-pages"), &site.built(), "");
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "3");
}

#[test]
fn it_works_over_gits_own_protocol_and_outside_of_any_repository() {
    let programs = Command::new("git").arg("--exec-path").output();
    let programs = programs.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    // `git daemon` would leave this one running when it is killed.
    let daemon = Path::new(&programs).join("git-daemon");
    if !daemon.is_file() {
        return not_run("deploying over git's own protocol", "git daemon");
    }
    let port = free_port();
    let base = tempfile::tempdir().unwrap();
    git(base.path(), &["init", "-q", "--bare", "site.git"]);
    let daemon = Command::new(daemon)
        .args(["--reuseaddr", "--export-all", "--enable=receive-pack", "--listen=127.0.0.1"])
        .args([format!("--port={port}"), format!("--base-path={}", base.path().display())])
        .arg(base.path())
        .spawn();
    let _daemon = Running(daemon.unwrap());
    wait_for(port);
    let site =
        Site::new(3, &format!("deploy: {{production: {{git: 'git://127.0.0.1:{port}/site.git', branch: pages}}}}\n"));
    site.run(&["deploy"]);
    site.essay(1, "Other text.");
    site.run(&["deploy"]);
    let bare = base.path().join("site.git");
    assert_same(&published(&bare, "pages"), &site.built(), "");
    assert_eq!(git(&bare, &["rev-list", "--count", "pages"]), "2");
}
