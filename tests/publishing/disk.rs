//! A disk that is full, and one that takes nothing: what was there stays whole, and the next run puts the rest right.

use std::path::Path;
use std::process::Command;

use crate::site::{Site, assert_same, files, fresh, not_run};

/// A file system of its own in memory.
struct Disk(tempfile::TempDir);

impl Disk {
    /// One with these options, such as `size=1m`; `None` where nobody may make one, and then `test` is not run.
    fn new(options: &str, test: &str) -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        if !disk.mount(&["-t", "tmpfs", "-o", options, "tmpfs"]) {
            not_run(test, "right to mount a file system");
            return None;
        }
        Some(disk)
    }

    fn mount(&self, arguments: &[&str]) -> bool {
        Command::new("mount").args(arguments).arg(self.0.path()).output().is_ok_and(|output| output.status.success())
    }

    fn change(&self, options: &str) {
        assert!(self.mount(&["-o", &format!("remount,{options}")]), "{options}");
    }

    fn folder(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

/// How often the disk has no more room for a file: in inodes that are used.
fn inodes(folder: &Path) -> u64 {
    let output = Command::new("df").args(["--output=iused"]).arg(folder).output().unwrap();
    String::from_utf8_lossy(&output.stdout).lines().last().unwrap().trim().parse().unwrap()
}

#[test]
fn a_build_onto_a_full_disk_leaves_the_site_as_it_was() {
    let Some(disk) = Disk::new("size=2m", "building onto a full disk") else { return };
    let site = Site::new(6, "");
    let out = disk.folder("public");
    site.run(&["build", "-o", &out]);
    let before = files(Path::new(&out));
    site.essay(2, "Other text.");
    site.put("content/film.webm", &"film".repeat(1_000_000));
    let said = site.fail(&["build", "-o", &out]);
    assert!(said.contains("the disk is full") && said.contains("nothing was written"), "{said}");
    assert_same(&files(Path::new(&out)), &before, "after a full disk");
    disk.change("size=16m");
    site.run(&["build", "-o", &out]);
    assert_same(&files(Path::new(&out)), &fresh(&site), "after room was made");
}

#[test]
fn what_a_disk_without_room_for_folders_leaves_is_said() {
    let Some(disk) = Disk::new("size=16m", "building onto a disk without inodes") else { return };
    let site = Site::new(2, "");
    let out = disk.folder("public");
    site.run(&["build", "-o", &out]);
    (2..12).for_each(|number| site.essay(number, "New."));
    let used = inodes(disk.0.path());
    let mut parts = 0;
    // One file more each time, until all of them fit.
    for room in 1..100 {
        disk.change(&format!("nr_inodes={}", used + room));
        let before = files(Path::new(&out));
        let output = site.essai(&["build", "-o", &out]).output().unwrap();
        let said = crate::site::said(&output);
        if output.status.success() {
            break;
        }
        let after = files(Path::new(&out));
        if said.contains("nothing was written") {
            assert_same(&after, &before, &said);
        } else {
            assert!(said.contains("the rest by the next build") && after != before, "{said}");
            parts += 1;
        }
    }
    assert!(parts > 0, "no build left a part");
    assert_same(&files(Path::new(&out)), &fresh(&site), "after room was made");
}

#[test]
fn a_deployment_onto_a_full_disk_is_completed_by_the_next() {
    let Some(disk) = Disk::new("size=2m", "deploying onto a full disk") else { return };
    let online = disk.folder("online");
    let site = Site::new(6, &format!("deploy: {{production: {{folder: '{online}'}}}}\n"));
    site.run(&["deploy"]);
    site.essay(2, "Other text.");
    site.put("content/film.webm", &"film".repeat(1_000_000));
    let said = site.fail(&["deploy"]);
    assert!(said.contains("the disk is full"), "{said}");
    for (path, bytes) in files(Path::new(&online)) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.ends_with(".html") || text.trim_end().ends_with("</html>"), "{path} is not whole");
    }
    disk.change("size=16m");
    site.run(&["deploy"]);
    assert_same(&files(Path::new(&online)), &site.built(), "after room was made");
}

#[test]
fn a_folder_that_is_read_only_stays_as_it_is() {
    let Some(disk) = Disk::new("size=16m", "a read-only folder") else { return };
    let (out, online) = (disk.folder("public"), disk.folder("online"));
    let site = Site::new(3, &format!("deploy: {{production: {{folder: '{online}'}}}}\n"));
    site.run(&["deploy", "-o", &out]);
    let before = (files(Path::new(&out)), files(Path::new(&online)));
    site.essay(2, "Other text.");
    disk.change("ro");
    for arguments in [["build", "-o", &out], ["deploy", "-o", "public"]] {
        let said = site.fail(&arguments);
        assert!(said.contains("the file system is read-only"), "{said}");
    }
    assert_same(&files(Path::new(&out)), &before.0, "read-only");
    assert_same(&files(Path::new(&online)), &before.1, "read-only");
    disk.change("rw");
    site.run(&["deploy", "-o", &out]);
    assert_same(&files(Path::new(&online)), &fresh(&site), "writable again");
}
