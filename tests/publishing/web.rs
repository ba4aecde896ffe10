//! nginx serves the site at a sub-path, and every link is followed.

use std::collections::BTreeSet;
use std::process::Command;

use crate::http::request;
use crate::site::{Running, Site, free_port, installed, wait_for};

#[test]
fn every_link_holds_at_a_sub_path() {
    let Some(nginx) = installed("nginx", "serving with nginx") else { return };
    let port = free_port();
    let site = Site::new(5, &format!("hosts: nginx\nbase_url: http://127.0.0.1:{port}/my/essays/\n"));
    site.put(
        "content/e2/article.md",
        "title: Two\naliases: /former/, /old one.html\n\n## Part\n\n[One](../e1/article.md#part)\n",
    );
    site.put("essai.ledger", "essai ledger 1\ngone.html retired\n");
    site.run(&["build"]);
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(root.path().join("my")).unwrap();
    std::os::unix::fs::symlink(site.root().join("public"), root.path().join("my/essays")).unwrap();
    // nginx's own user has to find the way.
    for folder in [root.path(), site.root()] {
        Command::new("chmod").arg("755").arg(folder).status().unwrap();
    }
    let include = site.root().join("public/essai.nginx.conf");
    let settings = format!(
        "daemon off; pid {root}/pid; error_log {root}/error.log;\nevents {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n\
         client_body_temp_path {root}; proxy_temp_path {root}; fastcgi_temp_path {root}; uwsgi_temp_path {root}; scgi_temp_path {root};\n\
         server {{ listen 127.0.0.1:{port}; root {root}; include {include}; }} }}\n",
        root = root.path().display(),
        include = include.display()
    );
    std::fs::write(root.path().join("nginx.conf"), settings).unwrap();
    let _server = Running(Command::new(nginx).arg("-c").arg(root.path().join("nginx.conf")).spawn().unwrap());
    wait_for(port);

    let seen = crawl(port, "/my/essays/");
    for page in [
        "/my/essays/e0/article.html",
        "/my/essays/e4/picture.svg",
        "/my/essays/keywords/light.html",
        "/my/essays/search.html",
    ] {
        assert!(seen.contains(page), "{page} was not reached: {seen:?}");
    }
    let absent = request(port, "GET", "/my/essays/a/b/c.html");
    assert_eq!(absent.status, 404);
    assert!(absent.text().contains("/my/essays/"), "{}", absent.text());
    for former in ["/my/essays/former/", "/my/essays/old%20one.html"] {
        let moved = request(port, "GET", former);
        assert_eq!(moved.status, 301, "{former}");
        assert!(moved.header("location").unwrap().ends_with("/my/essays/e2/article.html"), "{}", moved.head);
    }
    assert_eq!(request(port, "GET", "/my/essays/gone.html").status, 410);
    let page = request(port, "GET", "/my/essays/e0/article.html");
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'self'"));
}

/// Every path of this server that can be reached from `start`; each must be there.
fn crawl(port: u16, start: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut waiting = vec![start.to_owned()];
    while let Some(path) = waiting.pop() {
        let answer = request(port, "GET", &path);
        assert_eq!(answer.status, 200, "{path}");
        if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            continue;
        }
        for url in links(&answer.text()) {
            if let Some(to) = joined(&path, &url, port).filter(|to| seen.insert(to.clone())) {
                waiting.push(to);
            }
        }
    }
    seen
}

/// The values of `href` and `src` in `html`.
fn links(html: &str) -> Vec<String> {
    let values = ["href=\"", "src=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    values.filter_map(|rest| rest.split('"').next()).map(|url| url.replace("&amp;", "&")).collect()
}

/// The path of `url`, written in the page at `page`, on this server.
fn joined(page: &str, url: &str, port: u16) -> Option<String> {
    let url = url.strip_prefix(&format!("http://127.0.0.1:{port}")).unwrap_or(url);
    let path = url.split(['#', '?']).next().filter(|path| !path.is_empty())?;
    if path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> =
        if path.starts_with('/') { Vec::new() } else { page.rsplit_once('/')?.0.split('/').skip(1).collect() };
    for part in path.split('/').filter(|part| !part.is_empty()) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let slash = if path.ends_with('/') { "/" } else { "" };
    Some(format!("/{}{slash}", parts.join("/")))
}
