//! `hosts` and `deploy` of `essai.yaml`: who serves the site, and how it gets there.

use serde::Serialize;

/// A host whose own files for redirects and headers are part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// Netlify: `_redirects` and `_headers`.
    Netlify,
    /// Cloudflare Pages: `_redirects` and `_headers`.
    Cloudflare,
    /// Vercel: `vercel.json`.
    Vercel,
    /// nginx: `essai.nginx.conf`, to be included.
    Nginx,
    /// Apache: `.htaccess`.
    Apache,
}

impl Host {
    /// Every host by its name in `essai.yaml`.
    pub const ALL: &[(&str, Host)] = &[
        ("netlify", Host::Netlify),
        ("cloudflare", Host::Cloudflare),
        ("vercel", Host::Vercel),
        ("nginx", Host::Nginx),
        ("apache", Host::Apache),
    ];
}

/// A file by which a host is told about redirects and headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HostFile {
    /// `_redirects`, for this host.
    Redirects(Host),
    /// `_headers`.
    Headers,
    /// `vercel.json`.
    Vercel,
    /// `essai.nginx.conf`.
    Nginx,
    /// `.htaccess`.
    Apache,
}

impl HostFile {
    /// The files that `hosts` want, each name once.
    pub fn of(hosts: &[Host]) -> Vec<Self> {
        let files = hosts.iter().flat_map(|host| match host {
            Host::Netlify | Host::Cloudflare => vec![HostFile::Redirects(*host), HostFile::Headers],
            Host::Vercel => vec![HostFile::Vercel],
            Host::Nginx => vec![HostFile::Nginx],
            Host::Apache => vec![HostFile::Apache],
        });
        let mut files: Vec<Self> = files.collect();
        files.sort();
        files.dedup_by_key(|file| file.name());
        files
    }

    /// Whether a file of this name, at the top of a site, tells some host about redirects and headers.
    pub fn is_name(name: &str) -> bool {
        let all = [Self::Redirects(Host::Netlify), Self::Headers, Self::Vercel, Self::Nginx, Self::Apache];
        all.iter().any(|file| file.name() == name)
    }

    /// Its name, at the top of the site.
    pub fn name(self) -> &'static str {
        match self {
            HostFile::Redirects(_) => "_redirects",
            HostFile::Headers => "_headers",
            HostFile::Vercel => "vercel.json",
            HostFile::Nginx => "essai.nginx.conf",
            HostFile::Apache => ".htaccess",
        }
    }
}

/// A place that the site is deployed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Its name: `production`.
    pub name: String,
    /// The base address of the site there, where it differs from the configuration's.
    pub base_url: Option<String>,
    /// How the site gets there.
    pub way: Way,
}

/// How a site gets to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// A branch of a git repository.
    Git {
        /// A remote's name, or a repository's address.
        remote: String,
        /// The branch.
        branch: String,
        /// The domain that goes into `CNAME`.
        cname: Option<String>,
        /// What becomes of earlier commits.
        history: History,
    },
    /// A folder, from the site's folder.
    Folder(String),
    /// A folder on a host, as rsync names it.
    Rsync(String),
    /// A bucket of a store that speaks S3.
    S3(Bucket),
    /// A container of Azure's.
    Azure {
        /// The storage account.
        account: String,
        /// The container; `$web` is the one that is served.
        container: String,
        /// The address of the store, where it is not Azure's own.
        endpoint: Option<String>,
        /// Seconds without an answer after which a request is made again.
        timeout: u64,
    },
}

/// A bucket of a store that speaks S3.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The folder in it, without slashes around; empty for the top.
    pub prefix: String,
    /// The region, where it is not that of the environment.
    pub region: Option<String>,
    /// The address of the store, where it is not Amazon's.
    pub endpoint: Option<String>,
    /// How many files are sent at once.
    pub parallel: usize,
    /// Seconds without an answer after which a request is made again.
    pub timeout: u64,
    /// How files are packed.
    pub compression: Compression,
}

/// How files are packed in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Compression {
    /// As they are.
    #[default]
    None,
    /// Text is packed with gzip, which browsers unpack.
    Gzip,
}

/// What becomes of earlier commits of a branch that the site is deployed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum History {
    /// Each deployment is one more commit.
    #[default]
    Keep,
    /// The branch has one commit.
    Squash,
}
