//! Deploying to a store that speaks S3: moto's, from Python's registry.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::http::{Between, Failing, request};
use crate::site::{Running, Site, assert_same, free_port, not_run, random, said, wait_for};

/// A store with a bucket called `essays`, or `None` where it is not installed.
fn store(test: &str) -> Option<(Running, u16)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/moto/bin/moto_server");
    let program = std::env::var_os("ESSAI_MOTO").map_or(own, PathBuf::from);
    if !program.is_file() || cfg!(not(feature = "stores")) {
        not_run(test, &format!("store at {}", program.display()));
        return None;
    }
    let port = free_port();
    let mut command = Command::new(program);
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
    let running = Running(command.spawn().unwrap());
    wait_for(port);
    assert_eq!(request(port, "PUT", "/essays").status, 200);
    // Everybody may read, by the policy that `essai init --host s3` writes.
    let policy = include_str!("../../src/command/init/start/hosts/s3-policy.json").replace("YOUR-BUCKET", "essays");
    put(port, "/essays?policy", &policy);
    Some((running, port))
}

fn config(port: u16) -> String {
    format!("deploy: {{production: {{bucket: essays, endpoint: 'http://127.0.0.1:{port}', prefix: site}}}}\n")
}

/// What the store serves of everything that was built.
fn online(port: u16, site: &Site) -> BTreeMap<String, Vec<u8>> {
    let names = site.built().into_keys();
    names.map(|name| (name.clone(), request(port, "GET", &format!("/essays/site/{name}")).body)).collect()
}

#[test]
fn a_bucket_holds_the_site_and_only_what_changed_is_sent() {
    let Some((_store, port)) = store("deploying to a store") else { return };
    let between = Between::new(port, Failing::Never);
    let site = Site::new(6, &config(between.port));
    site.put("content/e1/article.md", "title: Essay 1\naliases: /former.html\n\nText.\n");
    site.run(&["deploy"]);
    assert_same(&online(port, &site), &site.built(), "");
    let asked = std::mem::take(&mut *between.asked.lock().unwrap());
    let sent: Vec<&str> = asked.iter().filter_map(|line| line.strip_prefix("PUT /essays/site/")).collect();
    let position =
        |name: &str| sent.iter().position(|sent| *sent == name).unwrap_or_else(|| panic!("{name}: {sent:?}"));
    assert!(position("e5/picture.svg") < position("e0/article.html"), "{sent:?}");
    assert!(position("e5/article.html") < position("index.html"), "{sent:?}");

    let page = request(port, "GET", "/essays/site/e0/article.html");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("public, max-age=60, must-revalidate"));
    let former = request(port, "GET", "/essays/site/former.html");
    assert_eq!(former.header("x-amz-website-redirect-location"), Some("/site/e1/article.html"));

    site.essay(3, "Other text.");
    std::fs::remove_dir_all(site.root().join("content/e5")).unwrap();
    site.run(&["retire", "e5/article.html"]);
    site.run(&["deploy", "--allow-loss"]);
    assert_same(&online(port, &site), &site.built(), "");
    assert_eq!(request(port, "GET", "/essays/site/e5/article.html").status, 404);
    let asked = between.asked.lock().unwrap().join("\n");
    assert!(asked.contains("PUT /essays/site/e3/picture.svg") && !asked.contains("PUT /essays/site/e2/picture.svg"));
    assert!(asked.trim_end().ends_with("DELETE /essays/site/.essai-lock"), "{asked}");
}

#[test]
fn a_store_that_fails_every_third_request_is_tried_again() {
    let Some((_store, port)) = store("a store that fails") else { return };
    let between = Between::new(port, Failing::EveryThird);
    let site = Site::new(8, &config(between.port));
    site.run(&["deploy"]);
    assert_same(&online(port, &site), &site.built(), "");
}

#[test]
fn a_store_that_does_not_answer_is_asked_again() {
    let Some((_store, port)) = store("a store that does not answer") else { return };
    let between = Between::new(port, Failing::Silent);
    let site = Site::new(4, &config(between.port).replace("}}", ", timeout: 1}}"));
    site.run(&["deploy"]);
    assert_same(&online(port, &site), &site.built(), "");
    // One that never answers is given up.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    site.put("essai.yaml", &config(silent.local_addr().unwrap().port()).replace("}}", ", timeout: 1}}"));
    let said = site.fail(&["deploy"]);
    assert!(said.contains("the bucket `essays` did not take the lock: timeout"), "{said}");
}

#[test]
fn the_next_deployment_completes_one_that_died() {
    let Some((_store, port)) = store("a store that dies") else { return };
    let site = Site::new(8, &config(port));
    site.run(&["deploy"]);
    let mut deaths = 0;
    for (round, from) in (4..40).step_by(5).enumerate() {
        let dying = Between::new(port, Failing::From(from));
        site.put("essai.yaml", &config(dying.port));
        (0..8).for_each(|number| site.essay(number, &format!("Before {from}.")));
        site.essay(8 + round, "New.");
        let output = site.essai(&["deploy"]).output().unwrap();
        let died = said(&output);
        assert!(output.status.success() || died.contains("the next deployment does the rest"), "{died}");
        deaths += usize::from(!output.status.success());
        for number in 0..9 + round {
            let folder = format!("/essays/site/e{number}");
            let page = request(port, "GET", &format!("{folder}/article.html"));
            if page.status == 200 {
                assert!(page.text().trim_end().ends_with("</html>"), "{folder} after {from}");
                assert_eq!(request(port, "GET", &format!("{folder}/picture.svg")).status, 200, "{folder} after {from}");
            }
        }
        site.put("essai.yaml", &config(port));
        // The lock of this machine's process that is no more is nobody's.
        site.run(&["deploy"]);
        assert_same(&online(port, &site), &site.built(), &format!("after {from}"));
    }

    assert!(deaths > 4, "{deaths}");

    // Killed at any moment.
    let mut seed = 7;
    for round in 0..6 {
        site.essay(round, &format!("Round {round}."));
        let mut child = site.essai(&["deploy"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(20 + random(&mut seed) % 400));
        child.kill().unwrap();
        child.wait().unwrap();
        site.run(&["deploy"]);
        assert_same(&online(port, &site), &site.built(), &format!("round {round}"));
    }
}

#[test]
fn a_second_deployment_says_that_there_is_a_first() {
    let Some((_store, port)) = store("two deployments at once") else { return };
    let slow = Between::new(port, Failing::Slow);
    let site = Site::new(6, &config(slow.port));
    let mut first = site.essai(&["deploy"]);
    let mut first = first.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    for _ in 0..200 {
        if request(port, "GET", "/essays/site/.essai-lock").status == 200 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let second = site.fail(&["deploy", "-o", "other"]);
    assert!(second.contains("another deployment to the bucket `essays` is under way: process "), "{second}");
    assert!(first.wait().unwrap().success());
    assert_same(&online(port, &site), &site.built(), "");

    // That of another machine is never taken for dead.
    let lock = "{\"host\":\"elsewhere\",\"process\":1,\"since\":\"2026-01-01 00:00:00 UTC\",\"id\":\"x\"}";
    put(port, "/essays/site/.essai-lock", lock);
    let second = site.fail(&["deploy"]);
    assert!(second.contains("process 1 on elsewhere") && second.contains("--break-lock"), "{second}");
    site.run(&["deploy", "--break-lock"]);
}

#[test]
fn text_is_packed_where_it_is_asked_for() {
    let Some((_store, port)) = store("a store with packed text") else { return };
    let site = Site::new(2, &config(port).replace("}}", ", compress: gzip}}"));
    site.run(&["deploy"]);
    let page = request(port, "GET", "/essays/site/e0/article.html");
    assert_eq!(page.header("content-encoding"), Some("gzip"));
    assert_eq!(page.body.get(..2), Some(&[0x1f, 0x8b][..]));
    let style = site.built().into_keys().find(|name| name.ends_with(".css")).unwrap();
    let style = request(port, "GET", &format!("/essays/site/{style}"));
    assert_eq!(style.header("cache-control"), Some("public, max-age=31536000, immutable"));
}

#[test]
fn what_others_put_into_a_bucket_is_not_replaced() {
    let Some((_store, port)) = store("what others put into a store") else { return };
    let site = Site::new(8, &config(port));
    site.run(&["deploy"]);
    // More than a store names at once, and what is in the way comes last.
    (0..1001).for_each(|number| put(port, &format!("/essays/site/a/{number}"), "theirs"));
    put(port, "/essays/site/e9/article.html", "theirs");
    // A store has no folders: neither is in the way of the other.
    put(port, "/essays/site/e8", "theirs");
    site.essay(8, "New.");
    site.run(&["deploy"]);
    site.essay(9, "New.");
    let said = site.fail(&["deploy"]);
    assert!(said.contains("not deployed: a file in the bucket `essays` that Essai did not put there"), "{said}");
    assert!(said.contains("in the way: `e9/article.html`; nothing was touched"), "{said}");
    assert_eq!(request(port, "GET", "/essays/site/e9/article.html").text(), "theirs");
    assert_eq!(request(port, "GET", "/essays/site/e9/picture.svg").status, 404);
    site.run(&["deploy", "--allow-loss"]);
    assert_same(&online(port, &site), &site.built(), "");
    assert_eq!(request(port, "GET", "/essays/site/e8").text(), "theirs");
}

/// Puts `text` at `path`.
fn put(port: u16, path: &str, text: &str) {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    let head = format!(
        "PUT {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    stream.write_all((head + text).as_bytes()).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
}

#[test]
fn a_reader_never_sees_a_page_whose_picture_is_missing() {
    let Some((_store, port)) = store("reading while it deploys") else { return };
    let between = Between::new(port, Failing::EveryThird);
    let site = Site::new(6, &config(between.port));
    site.run(&["deploy"]);
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut read = 0;
            while !over.load(Ordering::Relaxed) {
                for number in 0..12 {
                    let folder = format!("/essays/site/e{number}");
                    let page = request(port, "GET", &format!("{folder}/article.html"));
                    if page.status != 200 {
                        continue;
                    }
                    read += 1;
                    let text = page.text();
                    assert!(text.trim_end().ends_with("</html>"), "half a page");
                    for name in ["picture.svg", "figure.svg"].iter().filter(|name| text.contains(**name)) {
                        let status = request(port, "GET", &format!("{folder}/{name}")).status;
                        assert_eq!(status, 200, "{folder}/{name}");
                    }
                }
            }
            read
        });
        for number in 6..12 {
            site.essay(number, "New.");
        }
        for number in 0..6 {
            // The same page with a picture of another name: the old one goes, the new one comes.
            let name = site.root().join(format!("content/e{number}"));
            std::fs::rename(name.join("picture.svg"), name.join("figure.svg")).unwrap();
            site.put(&format!("content/e{number}/article.md"), "# E\n\n## Part\n\n![A](figure.svg)\n");
        }
        site.run(&["deploy", "--allow-loss"]);
        over.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
    assert_same(&online(port, &site), &site.built(), "");
}
