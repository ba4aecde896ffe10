//! Essai is killed at any moment: every file stays whole, and the next run puts the rest right.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::site::{Site, assert_same, files, fresh, random};

/// How often Essai is killed.
fn kills() -> u64 {
    std::env::var("ESSAI_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(24)
}

/// Kills `essai arguments` again and again, and looks at `folder` each time.
fn kill(site: &Site, arguments: &[&str], folder: &Path) {
    let started = Instant::now();
    site.run(arguments);
    let whole_run = started.elapsed().as_micros() as u64;
    let mut seed = 0x9E37_79B9_7F4A_7C15;
    for round in 0..kills() {
        for number in 0..8 {
            site.essay(number, &format!("Round {round}. {}", "word ".repeat(200)));
        }
        let mut child = site.essai(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(random(&mut seed) % whole_run));
        let _ = child.kill();
        child.wait().unwrap();
        for (path, bytes) in files(folder) {
            let text = String::from_utf8_lossy(&bytes);
            let end = if path.ends_with(".html") {
                "</html>"
            } else if path.ends_with(".svg") {
                "</svg>"
            } else {
                ""
            };
            assert!(text.trim_end().ends_with(end), "round {round}: {path} is not whole");
        }
        if round % 4 == 3 {
            site.run(arguments);
            assert_same(&files(folder), &fresh(site), &format!("round {round}"));
        }
    }
    site.run(arguments);
    assert_same(&files(folder), &fresh(site), "");
}

#[test]
fn a_build_can_be_killed_at_any_moment() {
    let site = Site::new(12, "");
    kill(&site, &["build"], &site.root().join("public"));
}

#[test]
fn a_deployment_can_be_killed_at_any_moment() {
    let site = Site::new(12, "deploy: {production: {folder: online}}\n");
    kill(&site, &["deploy"], &site.root().join("online"));
}

#[test]
fn a_clock_that_jumps_does_no_harm() {
    let site = Site::new(3, "deploy: {production: {folder: online}}\n");
    for epoch in ["1767225600", "946684800", "4102444800"] {
        site.essay(0, epoch);
        let output = site.essai(&["deploy"]).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        // In the year 2000 the essays are still to come, which would be a loss and is refused.
        assert_eq!(output.status.success(), epoch != "946684800");
    }
    assert_same(&files(&site.root().join("online")), &fresh(&site), "");
}
