//! nginx serves the site at a sub-path, and every link is followed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
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
    let _server = served(&nginx, port, &site.root().join("public"), "my/essays");

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
    assert_eq!(page.header("cache-control"), Some("public, max-age=0, must-revalidate"));
    let style = seen.iter().find(|path| path.ends_with(".css")).unwrap();
    assert_eq!(request(port, "GET", style).header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'self'"));
}

/// The whole manual with all that it shows, at a sub-path: every link and every anchor holds.
#[test]
fn every_link_of_the_manual_holds_at_a_sub_path() {
    let Some(nginx) = installed("nginx", "serving the manual with nginx") else { return };
    let port = free_port();
    let out = tempfile::tempdir().unwrap();
    let public = out.path().join("public");
    let built = Command::new(env!("CARGO_BIN_EXE_essai"))
        .args(["-r", env!("CARGO_MANIFEST_DIR"), "build", "-q", "--base-url"])
        .arg(format!("http://127.0.0.1:{port}/manual/of/essai/"))
        .arg("-o")
        .arg(&public)
        .status();
    assert!(built.unwrap().success());
    let _server = served(&nginx, port, &public, "manual/of/essai");
    let seen = crawl(port, "/manual/of/essai/");
    assert!(seen.len() > 60, "{seen:?}");
    // What is not reached is what no page leads to.
    let reached = |name: &String| seen.contains(&format!("/manual/of/essai/{}", percent(name)));
    let built = crate::site::files(&public);
    let missed: Vec<&String> = built.keys().filter(|name| name.ends_with(".html") && !reached(name)).collect();
    assert_eq!(missed, ["404.html"]);
}

/// `name` as a browser asks for it.
fn percent(name: &str) -> String {
    name.replace(' ', "%20")
}

/// nginx, which serves the folder `public` at `path`, with the file that Essai made for it if there is one.
fn served(nginx: &Path, port: u16, public: &Path, path: &str) -> (Running, tempfile::TempDir) {
    let root = tempfile::tempdir().unwrap();
    let at = root.path().join(path);
    std::fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(public, &at).unwrap();
    // nginx's own user has to find the way.
    for folder in [root.path(), public.parent().unwrap()] {
        Command::new("chmod").arg("755").arg(folder).status().unwrap();
    }
    let include = public.join("essai.nginx.conf");
    let include = if include.exists() { format!("include {};", include.display()) } else { String::new() };
    let settings = format!(
        "daemon off; master_process off; pid {root}/pid; error_log {root}/error.log;\nevents {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n\
         client_body_temp_path {root}; proxy_temp_path {root}; fastcgi_temp_path {root}; uwsgi_temp_path {root}; scgi_temp_path {root};\n\
         server {{ listen 127.0.0.1:{port}; root {root}; {include} }} }}\n",
        root = root.path().display(),
    );
    std::fs::write(root.path().join("nginx.conf"), settings).unwrap();
    let server = Running(Command::new(nginx).arg("-c").arg(root.path().join("nginx.conf")).spawn().unwrap());
    wait_for(port);
    (server, root)
}

/// Every path of this server that can be reached from `start`; each must be there.
fn crawl(port: u16, start: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut waiting = vec![start.to_owned()];
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut fragments: Vec<(String, String, String)> = Vec::new();
    while let Some(path) = waiting.pop() {
        let answer = request(port, "GET", &path);
        assert_eq!(answer.status, 200, "{path}");
        let kind = answer.header("content-type").unwrap_or_default();
        let urls = match kind {
            kind if kind.starts_with("text/html") => {
                ids.insert(path.clone(), values(&answer.text(), &[" id=\""]).into_iter().collect());
                links(&answer.text())
            }
            kind if kind.starts_with("text/css") => loads(&answer.text()),
            _ => continue,
        };
        for url in urls {
            let Some(to) = joined(&path, &url, port) else { continue };
            if let Some((_, fragment)) = url.split_once('#').filter(|(_, fragment)| !fragment.is_empty()) {
                fragments.push((path.clone(), to.clone(), fragment.to_owned()));
            }
            if seen.insert(to.clone()) {
                waiting.push(to);
            }
        }
    }
    for (page, to, fragment) in fragments {
        let id = percent_encoding::percent_decode_str(&fragment).decode_utf8_lossy().into_owned();
        let Some(ids) = ids.get(&to) else { continue };
        assert!(ids.contains(&id), "{page} leads to {to}#{id}, which is not there");
    }
    seen
}

/// The values of `href`, `src` and `srcset` in `html`.
fn links(html: &str) -> Vec<String> {
    let several = values(html, &["srcset=\""]);
    let candidates = several.iter().flat_map(|set| set.split(", ")).filter_map(|candidate| candidate.split(' ').next());
    let mut urls: Vec<String> = candidates.map(str::to_owned).collect();
    urls.extend(values(html, &[" href=\"", " src=\"", " poster=\""]));
    urls
}

/// What a style loads.
fn loads(css: &str) -> Vec<String> {
    let urls = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    urls.map(|url| url.trim_matches(['"', '\'']).to_owned()).filter(|url| !url.starts_with("data:")).collect()
}

/// The values that stand after one of `names` in the tags of `html`.
fn values(html: &str, names: &[&str]) -> Vec<String> {
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let values = tags.flat_map(|tag| names.iter().flat_map(|name| tag.split(name).skip(1)));
    values.filter_map(|rest| rest.split('"').next()).map(|url| url.replace("&amp;", "&")).collect()
}

/// The path of `url`, written in the page at `page`, on this server.
fn joined(page: &str, url: &str, port: u16) -> Option<String> {
    let url = url.strip_prefix(&format!("http://127.0.0.1:{port}")).unwrap_or(url);
    let path = url.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() {
        return Some(page.to_owned());
    }
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
