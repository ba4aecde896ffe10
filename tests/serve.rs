//! `essai serve` over HTTP, as a browser meets it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod server;

use std::fs;
use std::time::Duration;

use server::{Server, eventually};

const SITE: &[(&str, &str)] = &[
    ("essai.yaml", "title: Notes\n"),
    ("content/index.md", "# Front\n\n[A](a.md)\n"),
    ("content/a.md", "title: First\nkeywords: light\n\nA text.\n"),
    ("content/s/index.md", "# Section\n"),
    ("content/s/two words.md", "# Two\n"),
    ("content/film.webm", "0123456789"),
    ("content/style.css", "p {}"),
    ("content/page.html", "<p>Mine</p>"),
    ("outside.txt", "secret"),
];

#[test]
fn files_are_answered_as_hosts_do() {
    let server = Server::start(SITE, &[]);
    let check = |path: &str, status: u16, content_type: &str| {
        let answer = server.get(path, &[]);
        assert_eq!((answer.status, answer.header("content-type")), (status, content_type), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").contains("default-src 'self'"));
        answer
    };
    let html = "text/html; charset=utf-8";
    check("/", 200, html);
    check("/index.html", 200, html);
    check("/a.html?x", 200, html);
    check("/s/", 200, html);
    check("/s/two%20words.html", 200, html);
    check("/keywords/", 200, html);
    check("/style.css", 200, "text/css; charset=utf-8");
    check("/film.webm", 200, "video/webm");
    check("/icon.svg", 200, "image/svg+xml; charset=utf-8");
    check("/icon.svg", 200, "image/svg+xml; charset=utf-8");
    check("/robots.txt", 200, "text/plain; charset=utf-8");
    let absent = check("/nothing.html", 404, html);
    assert!(absent.text().contains("Page not found"));
    let redirected = server.get("/s?x=1", &[]);
    assert_eq!((redirected.status, redirected.header("location")), (302, "/s/?x=1"));
    let head = server.ask("HEAD", "/a.html", &[], "");
    assert_eq!((head.status, head.body.len(), head.header("content-type")), (200, 0, html));
    assert_eq!(server.ask("POST", "/a.html", &[], "").status, 405);
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let server = Server::start(SITE, &[]);
    for path in ["/a.html", "/film.webm", "/icon.svg"] {
        let etag = server.get(path, &[]).header("etag").to_owned();
        assert!(etag.starts_with('"'), "{path} has no tag");
        let again = server.get(path, &[("If-None-Match", &etag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(server.get(path, &[("If-None-Match", "\"other\"")]).status, 200);
    }
}

#[test]
fn parts_of_a_film_are_sent() {
    let server = Server::start(SITE, &[]);
    let part = server.get("/film.webm", &[("Range", "bytes=2-4")]);
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), "bytes 2-4/10");
    assert_eq!(server.get("/film.webm", &[("Range", "bytes=-3")]).text(), "789");
    assert_eq!(server.get("/film.webm", &[("Range", "bytes=20-")]).status, 416);
    assert_eq!(server.get("/film.webm", &[]).header("accept-ranges"), "bytes");
}

#[test]
fn nothing_else_is_answered() {
    let server = Server::start(SITE, &[]);
    for path in [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/s/../../outside.txt",
        "/..%2foutside.txt",
        "//etc/passwd",
        "/essai.yaml",
        "/content/a.md",
        "/a.md",
        "/s/..",
        "/%00",
        "/.essai",
        "/_essai/",
        "/s//",
        "/C:/x",
    ] {
        let answer = server.get(path, &[]);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("secret"));
    }
    for host in ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
        assert_eq!(server.get("/", &[("Host", host)]).status, 403, "{host}");
    }
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:8000"] {
        assert_eq!(server.get("/", &[("Host", host)]).status, 200, "{host}");
    }
}

#[test]
fn what_is_served_is_what_is_built() {
    let server = Server::start(SITE, &[]);
    let folder = server.root().join("public");
    let built = std::process::Command::new(env!("CARGO_BIN_EXE_essai"))
        .args(["-q", "-r", server.root().to_str().unwrap(), "build"])
        .status();
    assert!(built.unwrap().success());
    let mut count = 0;
    for entry in walkdir::WalkDir::new(&folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let address = entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().replace(' ', "%20");
        if address == ".essai" {
            continue;
        }
        let answer = server.get(&format!("/{address}"), &[]);
        assert_eq!(answer.body, fs::read(entry.path()).unwrap(), "{address}");
        count += 1;
    }
    assert!(count > 8, "only {count} files were built");
}

#[test]
fn a_reader_gets_the_script_and_nobody_else() {
    let server = Server::start(SITE, &[]);
    let has = |path: &str, headers: &[(&str, &str)]| server.get(path, headers).text().contains("/_essai/reload.js");
    assert!(has("/a.html", &[("Sec-Fetch-Dest", "document")]));
    assert!(has("/page.html", &[("Accept", "text/html,*/*")]));
    assert!(has("/nothing.html", &[("Accept", "text/html")]));
    assert!(!has("/a.html", &[("Accept", "*/*")]));
    assert!(!has("/a.html?raw", &[("Sec-Fetch-Dest", "document")]));
    assert!(!has("/a.html", &[("Sec-Fetch-Dest", "empty"), ("Accept", "text/html")]));
    assert!(!has("/style.css", &[("Accept", "text/html")]));
    assert_eq!(server.get("/_essai/reload.js", &[]).header("content-type"), "text/javascript; charset=utf-8");
}

#[test]
fn a_change_is_served_and_a_mistake_is_not() {
    let server = Server::start(SITE, &[]);
    let says = |path: &str, words: &str| server.get(path, &[]).text().contains(words);
    server.write("content/a.md", "# Another\n");
    eventually("the edit", || says("/a.html", "Another"));
    server.write("content/new/b.md", "# Fresh\n");
    eventually("the new essay in a new folder", || says("/new/b.html", "Fresh"));
    server.write("content/a.md", "# Third\n\n[x](nowhere.md)\n");
    let events = server.events("/a.html");
    eventually("the mistake", || events.text().contains("no essay at `nowhere.md`"));
    assert!(says("/a.html", "Another") && !says("/a.html", "Third"));
    server.write("content/a.md", "# Third\n");
    eventually("the mended essay", || says("/a.html", "Third"));
    server.write("templates/essay.html", "{{ page.nothing }}");
    eventually("the mistake in a template", || events.text().contains("templates/essay.html:1:"));
    assert!(says("/a.html", "Third"));
    server.write("templates/essay.html", "Plain {{ essay.title.text }}");
    eventually("the template", || says("/a.html", "Plain Third"));
    server.write("essai.yaml", "title: Other\naddresses: folders\n");
    eventually("the configuration", || says("/a/", "Plain Third"));
    fs::remove_file(server.root().join("content/a.md")).unwrap();
    server.write("content/index.md", "# Front\n");
    eventually("the removed essay", || server.get("/a/", &[]).status == 404);
}

#[test]
fn the_habits_of_editors_are_met() {
    let server = Server::start(SITE, &[]);
    let says = |path: &str, words: &str| server.get(path, &[]).text().contains(words);
    let root = server.root();
    // Saved beside and renamed over, as many editors do.
    server.write("content/.a.md.tmp", "# Renamed over\n");
    fs::rename(root.join("content/.a.md.tmp"), root.join("content/a.md")).unwrap();
    eventually("a rename", || says("/a.html", "Renamed over"));
    // The content goes away and comes back.
    fs::rename(root.join("content"), root.join("away")).unwrap();
    eventually("the loss", || server.said().contains("no folder `content`"));
    assert!(says("/a.html", "Renamed over"), "the last good page is gone");
    fs::rename(root.join("away"), root.join("content")).unwrap();
    server.write("content/a.md", "# Back\n");
    eventually("the return", || says("/a.html", "Back"));
    // What a symbolic link leads to.
    server.write("shared/b.md", "# Shared\n");
    std::os::unix::fs::symlink("../shared/b.md", root.join("content/b.md")).unwrap();
    eventually("a link", || says("/b.html", "Shared"));
    server.write("shared/b.md", "# Shared and changed\n");
    eventually("a change behind a link", || says("/b.html", "Shared and changed"));
    fs::rename(root.join("content/s"), root.join("content/moved")).unwrap();
    eventually("a moved folder", || says("/moved/", "Section"));
    // A configuration that was not there, and one that is elsewhere.
    fs::remove_file(root.join("essai.yaml")).unwrap();
    eventually("the loss of the title", || !says("/moved/", "Notes</title>"));
    server.write("essai.yaml", "title: New\n");
    eventually("a new configuration", || says("/moved/", "New</title>"));
}

#[test]
fn a_burst_never_shows_half_a_page() {
    let server = Server::start(SITE, &[]);
    for step in 0..3 {
        for number in 0..300 {
            server.write(
                &format!("content/many/{number}.md"),
                &format!("# Essay {number}\n\n{}\n", "word ".repeat(step * 50)),
            );
            if number % 20 == 0 {
                for path in ["/many/0.html", "/a.html", "/"] {
                    let answer = server.get(path, &[]);
                    let text = answer.text();
                    assert!(answer.status == 404 || answer.status == 200);
                    assert!(text.starts_with("<!doctype html>") && text.ends_with("</html>\n"), "{path}: {text}");
                }
            }
        }
    }
    eventually("all of it", || {
        (0..300).all(|number| server.get(&format!("/many/{number}.html"), &[]).text().matches("word ").count() >= 100)
    });
}

#[test]
fn an_open_page_is_told_what_concerns_it() {
    let server = Server::start(SITE, &[]);
    let page = server.get("/a.html", &[("Accept", "text/html")]).text();
    let attribute =
        |name: &str| page.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let query =
        format!("/_essai/events?page=/a.html&version={}&hash={}", attribute("data-version"), attribute("data-hash"));
    let events = server.listen(&query);
    eventually("the first event", || events.text().contains("\"mistakes\":[]"));
    assert!(!events.text().contains("\"reload\":true"), "{}", events.text());
    server.write("content/style.css", "p { margin: 0 }");
    eventually("the style", || events.text().contains("\"files\":[\"style.css\"]"));
    server.write("content/s/two words.md", "# Two\n\nMore.\n");
    eventually("the other page", || server.get("/s/two%20words.html", &[]).text().contains("More."));
    assert!(!events.text().contains("\"reload\":true"), "another page's change reloaded this one: {}", events.text());
    server.write("content/a.md", "# Changed\n");
    eventually("the page's own change", || events.text().contains("\"reload\":true"));
}

#[test]
fn a_site_can_stand_on_a_path() {
    let server = Server::start(SITE, &["--base-path", "sub"]);
    assert_eq!(server.get("/sub/a.html", &[]).status, 200);
    assert_eq!(server.get("/a.html", &[]).status, 404);
    for path in ["/", "/sub"] {
        let answer = server.get(path, &[]);
        assert_eq!((answer.status, answer.header("location")), (302, "/sub/"), "{path}");
    }
}

#[test]
fn a_place_is_opened_for_our_own_pages_only() {
    let folder = tempfile::tempdir().unwrap();
    let copied = folder.path().join("copied {line}");
    let editor = format!("cp {{file}} \"{}\"", copied.display());
    let site = [SITE, &[("content/b.md", "# B\n\n[x](gone.md)\n")]].concat();
    let server = Server::start(&site, &["--editor", &editor]);
    let host = format!("127.0.0.1:{}", server.port());
    let origin = format!("http://{host}");
    let ours = [("Origin", origin.as_str()), ("X-Essai", "1")];
    assert_eq!(server.ask("POST", "/_essai/open", &[("X-Essai", "1")], "0").status, 403);
    assert_eq!(
        server.ask("POST", "/_essai/open", &[("Origin", "http://evil.example"), ("X-Essai", "1")], "0").status,
        403
    );
    assert_eq!(server.ask("POST", "/_essai/open", &ours[..1], "0").status, 403);
    assert_eq!(server.ask("POST", "/_essai/open", &ours, "9").status, 404);
    assert_eq!(server.ask("POST", "/_essai/open", &ours, "0").status, 204);
    eventually("the editor", || {
        fs::read_to_string(folder.path().join("copied 3")).is_ok_and(|text| text.starts_with("# B"))
    });
}

#[test]
fn changes_are_found_without_being_told() {
    let server = Server::start(SITE, &["--poll"]);
    std::thread::sleep(Duration::from_millis(100));
    server.write("content/a.md", "# Polled, and longer than it was before\n");
    eventually("the edit", || server.get("/a.html", &[]).text().contains("Polled"));
}

#[test]
fn a_port_that_is_taken_is_left_alone() {
    let (one, other) = (Server::start_anywhere(SITE), Server::start_anywhere(SITE));
    assert_ne!(one.port(), other.port());
    assert_eq!((one.get("/", &[]).status, other.get("/", &[]).status), (200, 200));
}
