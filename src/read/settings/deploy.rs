//! Reads `hosts` and `deploy`.

use std::ops::RangeInclusive;

use super::{Entry, Node, Reader, Value, mistakes};
use crate::read::hosts::{Bucket, Compression, History, Host, Target, Way};

/// Ways to a target: the key that says which, and the keys that may stand beside it.
const WAYS: &[(&str, &[&str])] = &[
    ("git", &["branch", "cname", "history"]),
    ("folder", &[]),
    ("rsync", &[]),
    ("bucket", &["prefix", "region", "endpoint", "parallel", "timeout", "compress"]),
    ("azure", &["container", "endpoint", "timeout"]),
];

/// Other tools' names of settings of a target.
const FOREIGN: &[(&str, &str)] = &[
    ("s3", "bucket"),
    ("remote", "git"),
    ("repository", "git"),
    ("path", "folder"),
    ("ssh", "rsync"),
    ("domain", "cname"),
];

/// Files that are sent to a store at once, where the author does not say.
const PARALLEL: u64 = 8;

/// Seconds that a store may take to answer, where the author does not say.
const TIMEOUT: u64 = 60;

impl Reader<'_> {
    pub(super) fn hosts(&mut self, key: &str, node: &Node) -> Vec<Host> {
        let mut hosts = Vec::new();
        for node in self.list(node) {
            let name = node.text(self.text).unwrap_or_default();
            match Host::ALL.iter().find(|(known, _)| *known == name) {
                Some((_, host)) => hosts.push(*host),
                None => self.bad(key, "`netlify`, `cloudflare`, `vercel`, `nginx` or `apache`", node),
            }
        }
        hosts
    }

    pub(super) fn deploy(&mut self, key: &str, node: &Node) -> Vec<Target> {
        self.map(key, node).iter().filter_map(|entry| self.target(entry)).collect()
    }

    fn target(&mut self, target: &Entry) -> Option<Target> {
        let entries = self.map(&target.key, &target.node);
        let Some((way, allowed)) = WAYS.iter().find(|(way, _)| entries.iter().any(|entry| entry.key == *way)) else {
            return self.no_way(target, entries);
        };
        let mut known = vec![*way, "base_url"];
        known.extend(*allowed);
        for entry in entries.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
            self.unknown_of_target(entry, &known);
        }
        let node = |name: &str| entries.iter().find(|entry| entry.key == name).map(|entry| &entry.node);
        let base_url = node("base_url").and_then(|node| self.base_url("base_url", node));
        let mut text = |name: &str| node(name).and_then(|node| self.text(name, node));
        let main = text(way)?;
        // A program that is given it would take it for an option.
        if main.starts_with('-') {
            self.bad(way, "a name or an address, which begins with no hyphen", node(way)?);
            return None;
        }
        let way = match *way {
            "git" => Way::Git {
                remote: main,
                branch: text("branch").unwrap_or_else(|| "gh-pages".to_owned()),
                cname: text("cname"),
                history: node("history").map(|node| self.history(node)).unwrap_or_default(),
            },
            "folder" => Way::Folder(main),
            "rsync" => Way::Rsync(main),
            "azure" => Way::Azure {
                account: main,
                container: text("container").unwrap_or_else(|| "$web".to_owned()),
                endpoint: text("endpoint"),
                timeout: node("timeout").map_or(TIMEOUT, |node| self.number("timeout", node, 1..=3600, TIMEOUT)),
            },
            _ => Way::S3(Bucket {
                name: main,
                prefix: text("prefix").unwrap_or_default().trim_matches('/').to_owned(),
                region: text("region"),
                endpoint: text("endpoint"),
                parallel: node("parallel").map_or(PARALLEL, |node| self.number("parallel", node, 1..=64, PARALLEL))
                    as usize,
                timeout: node("timeout").map_or(TIMEOUT, |node| self.number("timeout", node, 1..=3600, TIMEOUT)),
                compression: node("compress").map(|node| self.compression(node)).unwrap_or_default(),
            }),
        };
        Some(Target { name: target.key.clone(), base_url, way })
    }

    /// A target that does not say how the site gets there.
    fn no_way(&mut self, target: &Entry, entries: &[Entry]) -> Option<Target> {
        let ways: Vec<&str> = WAYS.iter().map(|(way, _)| *way).collect();
        match entries.first() {
            Some(entry) => self.unknown_of_target(entry, &ways),
            None => self.bad(&target.key, "a way there, such as `git: origin` or `folder: ../site`", &target.node),
        }
        None
    }

    fn unknown_of_target(&mut self, entry: &Entry, known: &[&str]) {
        let foreign = FOREIGN.iter().find(|(foreign, meant)| *foreign == entry.key && known.contains(meant));
        match foreign {
            Some((_, meant)) => {
                let place = self.place(entry.key_span.clone());
                self.diagnostics.push(mistakes::unknown_setting(&entry.key, Some(meant), known, place));
            }
            None => self.unknown(entry, known),
        }
    }

    fn history(&mut self, node: &Node) -> History {
        match node.text(self.text).as_deref() {
            Some("keep") => History::Keep,
            Some("squash") => History::Squash,
            _ => {
                self.bad("history", "`keep` or `squash`", node);
                History::default()
            }
        }
    }

    fn compression(&mut self, node: &Node) -> Compression {
        match node.text(self.text).as_deref() {
            Some("gzip") => Compression::Gzip,
            Some("none" | "false") => Compression::None,
            _ => {
                self.bad("compress", "`gzip` or `none`", node);
                Compression::default()
            }
        }
    }

    /// The whole number of `key`, which has to lie in `range`; `usual` where it does not.
    fn number(&mut self, key: &str, node: &Node, range: RangeInclusive<u64>, usual: u64) -> u64 {
        let number = match &node.value {
            Value::Number(number) => number.as_u64().filter(|number| range.contains(number)),
            _ => None,
        };
        if number.is_none() {
            self.bad(key, &format!("a whole number from {} to {}", range.start(), range.end()), node);
        }
        number.unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use crate::read::hosts::{History, Host, Way};
    use crate::read::parse_config;

    fn check(text: &str, expected: &[&str]) {
        let found = parse_config("essai.yaml", text.to_owned());
        let shown = |diagnostic: &crate::diagnostic::Diagnostic| {
            format!("{} {}", diagnostic.message, diagnostic.help.join(" "))
        };
        assert_eq!(found.diagnostics.iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn targets_are_read() {
        let text = "hosts: netlify\ndeploy:\n  production: {git: origin, history: squash}\n  staging: {folder: ../x}\n";
        check(text, &[]);
        let config = parse_config("essai.yaml", text.to_owned()).value;
        assert_eq!(config.hosts, [Host::Netlify]);
        let ways: Vec<&Way> = config.deploy.iter().map(|target| &target.way).collect();
        let git = Way::Git {
            remote: "origin".to_owned(),
            branch: "gh-pages".to_owned(),
            cname: None,
            history: History::Squash,
        };
        assert_eq!(ways, [&git, &Way::Folder("../x".to_owned())]);
    }

    #[test]
    fn mistakes_in_targets_are_reported() {
        check("deploy: {x: {git: o, brnach: y}}", &["unknown setting `brnach` did you mean `branch`?"]);
        check("deploy: {x: {s3: b}}", &["unknown setting `s3` did you mean `bucket`?"]);
        check(
            "deploy: {x: {folder: b, branch: y}}",
            &["unknown setting `branch` the settings here are `folder` and `base_url`"],
        );
        check("deploy: {x: {git: --upload-pack=sh}}", &["`git` does not fit "]);
        check("deploy: {x: {rsync: -esh}}", &["`rsync` does not fit "]);
        check("deploy: {x: {}}", &["`x` does not fit "]);
        check("deploy: {x: {git: o, history: all}}", &["`history` does not fit "]);
        check("deploy: {x: {bucket: o, parallel: 0}}", &["`parallel` does not fit "]);
        check("deploy: {x: {azure: o, timeout: 0.5}}", &["`timeout` does not fit "]);
        check("hosts: [netlfy]", &["`hosts` does not fit "]);
    }
}
