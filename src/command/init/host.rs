//! The settings of hosts, which `essai init --host` writes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::HostingService;
use crate::command::file::put_new;

/// What a host needs.
struct Needs {
    /// Files, with where each goes.
    files: &'static [(&'static str, &'static str)],
    /// Lines for `essai.yaml`, with the key that must not be there yet.
    settings: Option<(&'static str, &'static str)>,
    /// What the author has to do.
    next: &'static str,
}

fn needs(host: HostingService) -> Needs {
    match host {
        HostingService::GithubPages => Needs {
            files: &[(".github/workflows/site.yml", include_str!("start/hosts/github-pages.yml"))],
            settings: Some(("deploy", "deploy:\n  production: {git: origin, branch: gh-pages}\n")),
            next: "Choose GitHub Actions under Settings → Pages, and push. Or `essai deploy` from here, to the branch gh-pages.",
        },
        HostingService::Gitlab => Needs {
            files: &[(".gitlab-ci.yml", include_str!("start/hosts/gitlab-ci.yml"))],
            settings: None,
            next: "Push, and GitLab builds the site and serves it.",
        },
        HostingService::Netlify => Needs {
            files: &[("netlify.toml", include_str!("start/hosts/netlify.toml"))],
            settings: Some(("hosts", "hosts: [netlify]\n")),
            next: "Add the repository on Netlify, and push.",
        },
        HostingService::Cloudflare => Needs {
            files: &[("wrangler.toml", include_str!("start/hosts/wrangler.toml"))],
            settings: Some(("hosts", "hosts: [cloudflare]\n")),
            next: "Put your project's name into wrangler.toml, then `essai build && npx wrangler pages deploy`.",
        },
        HostingService::S3 => Needs {
            files: &[
                ("s3-policy.json", include_str!("start/hosts/s3-policy.json")),
                ("s3-website.json", include_str!("start/hosts/s3-website.json")),
            ],
            settings: Some(("deploy", "deploy:\n  production: {bucket: YOUR-BUCKET, region: us-east-1}\n")),
            next: "Put the bucket's name into essai.yaml and s3-policy.json, then:\n  \
                   aws s3api put-bucket-website --bucket YOUR-BUCKET --website-configuration file://s3-website.json\n  \
                   aws s3api put-bucket-policy --bucket YOUR-BUCKET --policy file://s3-policy.json\n  \
                   essai deploy",
        },
    }
}

/// What was written for a host.
#[derive(Debug)]
pub struct Settled {
    /// The files, with what became of each.
    pub files: Vec<(String, Standing)>,
    /// Lines that the author has to add to `essai.yaml`, where the key is there already.
    pub to_add: Option<&'static str>,
    /// What to do next.
    pub next: &'static str,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is new.
    Written,
    /// Lines were added to it.
    Extended,
    /// It was there and stays as it is.
    Kept,
}

/// Writes the settings of `host` into the site at `root`. What is there stays.
///
/// # Errors
/// Whatever the file system says, with the file that it says it of.
pub fn settle(root: &Path, host: HostingService) -> Result<Settled, (PathBuf, io::Error)> {
    let Needs { files, settings, next } = needs(host);
    let mut settled = Settled { files: Vec::new(), to_add: None, next };
    for (name, text) in files {
        let file = root.join(name);
        let standing = match put_new(&file, text.as_bytes()) {
            Ok(()) => Standing::Written,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Standing::Kept,
            Err(error) => return Err((file, error)),
        };
        settled.files.push(((*name).to_owned(), standing));
    }
    if let Some((key, lines)) = settings {
        let file = root.join("essai.yaml");
        let old = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err((file, error)),
        };
        if old.lines().any(|line| line.split(':').next() == Some(key)) {
            settled.to_add = (!old.contains(lines.trim_end())).then_some(lines);
        } else {
            let line_break = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
            super::file::put(&file, &format!("{old}{line_break}{lines}")).map_err(|error| (file, error))?;
            let standing = if old.is_empty() { Standing::Written } else { Standing::Extended };
            settled.files.push(("essai.yaml".to_owned(), standing));
        }
    }
    Ok(settled)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use clap::ValueEnum;

    use super::*;
    use crate::read::{parse_config, parse_yaml};

    #[test]
    fn what_is_written_can_be_read() {
        for host in HostingService::value_variants() {
            let root = tempfile::tempdir().unwrap();
            let settled = settle(root.path(), *host).unwrap();
            assert!(
                settled.files.iter().all(|(_, standing)| *standing == Standing::Written) && settled.to_add.is_none()
            );
            for (name, _) in &settled.files {
                let text = fs::read_to_string(root.path().join(name)).unwrap();
                match name.rsplit('.').next() {
                    Some("toml") => drop(text.parse::<toml::Table>().unwrap()),
                    Some("json") => drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()),
                    _ if name == "essai.yaml" => assert_eq!(parse_config(name, text).diagnostics, []),
                    _ => assert!(parse_yaml(&text).is_ok(), "{name}"),
                }
            }
            let again = settle(root.path(), *host).unwrap();
            assert!(again.files.iter().all(|(_, standing)| *standing == Standing::Kept) && again.to_add.is_none());
        }
    }
}
