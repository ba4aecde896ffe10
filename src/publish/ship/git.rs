//! A branch of a git repository, by the git that the author has.
//!
//! The commit is made beside everything that the author works with: with an index of its own, and without a working
//! tree, a branch or a reference being touched. Only then is it pushed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::obstacle::{Listing, Standing};
use super::{Online, Shipment, Shipped, run};
use crate::diagnostic::{Diagnostic, publication};
use crate::publish::folder;
use crate::publish::form::{self, STORED};
use crate::read::SitePath;
use crate::read::hosts::History;

/// What is wanted of the branch.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// A remote's name or a repository's address.
    pub remote: &'a str,
    /// The branch.
    pub branch: &'a str,
    /// The domain for `CNAME`.
    pub cname: Option<&'a str>,
    /// What becomes of earlier commits.
    pub history: History,
}

/// A branch that is deployed to.
#[derive(Debug)]
pub struct Branch {
    /// The folder that git works in: the site's, or an empty repository of our own.
    folder: PathBuf,
    remote: String,
    branch: String,
    cname: Option<String>,
    history: History,
    /// The commit that the branch is at; `None` if there is no such branch yet.
    tip: Option<String>,
    /// Holds the index, and the repository where the site is in none.
    scratch: TempDir,
}

impl Branch {
    /// Opens the branch that is `wanted` of the site at `root`, and fetches what it is at.
    ///
    /// # Errors
    /// No git, a remote that is not there, or whatever git says.
    pub fn open(root: &Path, wanted: Wanted<'_>) -> Result<Self, Diagnostic> {
        let scratch = tempfile::tempdir().map_err(|error| publication::git("begin", &error.to_string()))?;
        let inside = run(Command::new("git").current_dir(root).args(["rev-parse", "--git-dir"]), b"")?;
        let folder = if inside.status.success() {
            root.to_owned()
        } else {
            let bare = scratch.path().join("repository");
            let made = run(Command::new("git").args(["init", "--quiet", "--bare"]).arg(&bare), b"")?;
            said(made).map_err(|said| publication::git("begin", &said))?;
            bare
        };
        // The address of a repository on disk is seen from the site, wherever git works.
        let on_disk = root.join(wanted.remote);
        let is_path = wanted.remote.contains('/') && !wanted.remote.contains(':') && on_disk.exists();
        let remote = match std::fs::canonicalize(&on_disk) {
            Ok(whole) if is_path || wanted.remote == "." => whole.display().to_string(),
            _ => wanted.remote.to_owned(),
        };
        let mut branch = Self {
            folder,
            remote,
            branch: wanted.branch.to_owned(),
            cname: wanted.cname.map(str::to_owned),
            history: wanted.history,
            tip: None,
            scratch,
        };
        branch.tip = branch.fetch()?;
        Ok(branch)
    }

    /// As the author would call it.
    pub fn shown(&self) -> String {
        format!("the branch `{}` of `{}`", self.branch, without_passwords(&self.remote))
    }

    /// What is on the branch.
    ///
    /// # Errors
    /// A manifest that is damaged, or whatever git says.
    pub fn online(&self) -> Result<Online, Diagnostic> {
        let Some(tip) = &self.tip else { return Ok(Online::Nothing) };
        let kept = run(self.git().args(["cat-file", "blob", &format!("{tip}:{STORED}")]), b"")?;
        if kept.status.success() {
            return Ok(Online::stored(&String::from_utf8_lossy(&kept.stdout), &self.shown()));
        }
        // A site of another tool: its files are looked at.
        let files = tempfile::tempdir().map_err(|error| publication::git("look at the branch", &error.to_string()))?;
        let index = self.scratch.path().join("looked-at");
        self.said(self.git().env("GIT_INDEX_FILE", &index).args(["read-tree", tip]), b"", "look at the branch")?;
        let prefix = format!("--prefix={}/", files.path().display());
        let mut checkout = self.git();
        checkout.env("GIT_INDEX_FILE", &index).args(["checkout-index", "--all", "--force", &prefix]);
        // `checkout-index` wants a working tree, which a repository of our own has not.
        checkout.env("GIT_WORK_TREE", files.path());
        self.said(&mut checkout, b"", "look at the branch")?;
        folder::scan(files.path()).map(Online::Known)
    }

    /// Commits the site and pushes it.
    ///
    /// # Errors
    /// A push that is rejected, or whatever git says.
    pub fn ship(&self, shipment: &Shipment<'_>) -> Result<Shipped, Diagnostic> {
        let tree = self.tree(shipment)?;
        if let Some(tip) = &self.tip
            && self.said(self.git().args(["rev-parse", &format!("{tip}^{{tree}}")]), b"", "read the branch")? == tree
        {
            return Ok(Shipped::default());
        }
        let commit = self.commit(&tree)?;
        self.push(&commit)?;
        let (sent, removed) = (shipment.sent().len(), shipment.removed().len());
        (0..sent + removed).for_each(|_| (shipment.progress)());
        let short = commit.get(..10).unwrap_or(&commit);
        Ok(Shipped { sent, removed, remark: Some(format!("commit {short}")) })
    }

    /// git, in the folder that it works in.
    fn git(&self) -> Command {
        let mut git = Command::new("git");
        git.current_dir(&self.folder).env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C").env_remove("GIT_INDEX_FILE");
        git
    }

    /// What git prints, without white space around; `doing` fits after "git could not".
    fn said(&self, git: &mut Command, input: &[u8], doing: &str) -> Result<String, Diagnostic> {
        said(run(git, input)?).map_err(|said| {
            let is_locked = said.contains(".lock") && said.contains("exists");
            if is_locked { publication::git_locked(&said) } else { publication::git(doing, &said) }
        })
    }

    /// Fetches the commit that the branch is at, if there is such a branch.
    fn fetch(&self) -> Result<Option<String>, Diagnostic> {
        let reference = format!("refs/heads/{}", self.branch);
        let listed = run(self.git().args(["ls-remote", "--exit-code", &self.remote, &reference]), b"")?;
        if listed.status.code() == Some(2) {
            return Ok(None);
        }
        let listed =
            said(listed).map_err(|said| publication::git_no_remote(&without_passwords(&self.remote), &said))?;
        let Some(tip) = listed.split_whitespace().next().map(str::to_owned) else { return Ok(None) };
        let is_here = run(self.git().args(["cat-file", "-e", &format!("{tip}^{{tree}}")]), b"")?;
        if !is_here.status.success() {
            let shallow = self.said(self.git().args(["rev-parse", "--is-shallow-repository"]), b"", "fetch")?;
            let mut fetch = self.git();
            fetch.args(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]);
            // A repository that has no history of its own, as in CI, does not need the branch's either.
            if shallow == "true" || self.is_own() {
                fetch.arg("--depth=1");
            }
            fetch.args([&self.remote, &reference]);
            self.said(&mut fetch, b"", &format!("fetch `{}`", self.branch))?;
        }
        Ok(Some(tip))
    }

    /// Whether git works in a repository of our own.
    fn is_own(&self) -> bool {
        self.folder.starts_with(self.scratch.path())
    }

    /// What others have put on the branch, or may have: all but the files that are made for the host.
    ///
    /// # Errors
    /// Whatever git says.
    pub fn listing(&self) -> Result<Listing, Diagnostic> {
        let listed = self.listed()?;
        let there = listed.iter().filter_map(|line| {
            let path = std::str::from_utf8(path(line)).ok().filter(|path| !matches!(*path, ".nojekyll" | "CNAME"))?;
            let standing = if line.starts_with(b"120000") { Standing::Link } else { Standing::File };
            Some((path.to_owned(), standing))
        });
        Ok(there.collect())
    }

    /// Writes the site as a tree, and returns its name.
    fn tree(&self, shipment: &Shipment<'_>) -> Result<String, Diagnostic> {
        let kept = self.kept(shipment)?;
        let mut lines = Vec::new();
        let made = shipment.new.files.iter().filter(|(_, entity)| !entity.is_leaving);
        let addresses: Vec<&SitePath> = made.map(|(address, _)| address).collect();
        let folder = std::fs::canonicalize(shipment.folder)
            .map_err(|error| publication::folder(&shipment.folder.display().to_string(), "read", &error))?;
        let mut paths = String::new();
        for address in &addresses {
            paths.push_str(&c_quoted(&folder.join(address.as_str()).display().to_string()));
            paths.push('\n');
        }
        let hashed = self.said(
            self.git().args(["hash-object", "-w", "--no-filters", "--stdin-paths"]),
            paths.as_bytes(),
            "take the site in",
        )?;
        for (hash, address) in hashed.lines().zip(&addresses) {
            lines.push(format!("100644 {hash}\t{address}"));
        }
        let mut own = vec![(STORED, form::written(shipment.new)), (".nojekyll", String::new())];
        if let Some(cname) = &self.cname {
            own.push(("CNAME", format!("{cname}\n")));
        }
        for (name, text) in own {
            let hash =
                self.said(self.git().args(["hash-object", "-w", "--stdin"]), text.as_bytes(), "take the site in")?;
            lines.push(format!("100644 {hash}\t{name}"));
        }
        let index = self.scratch.path().join("index");
        let mut git = self.git();
        git.env("GIT_INDEX_FILE", &index).args(["update-index", "-z", "--index-info"]);
        let input: Vec<u8> =
            kept.into_iter().chain(lines.into_iter().map(String::into_bytes)).collect::<Vec<_>>().join(&0);
        self.said(&mut git, &input, "take the site in")?;
        self.said(self.git().env("GIT_INDEX_FILE", &index).arg("write-tree"), b"", "take the site in")
    }

    /// The lines of the index for files that stay as they are: strangers', and those of the site that are leaving. Of a
    /// branch where Essai has never been, only what hosts want stays: files whose name begins with a dot, and `CNAME`.
    fn kept(&self, shipment: &Shipment<'_>) -> Result<Vec<Vec<u8>>, Diagnostic> {
        let mut lines = self.listed()?;
        let is_known = lines.iter().any(|line| path(line) == STORED.as_bytes());
        lines.retain(|line| {
            let path = path(line);
            let address = std::str::from_utf8(path).ok().and_then(SitePath::new);
            let is_ours = address.as_ref().is_some_and(|address| shipment.old.files.contains_key(address));
            let is_leaving =
                address.and_then(|address| shipment.new.files.get(&address)).is_some_and(|entity| entity.is_leaving);
            let is_wanted = is_known || path.starts_with(b".") || path == b"CNAME";
            is_leaving || is_wanted && !is_ours
        });
        Ok(lines)
    }

    /// The files of the branch, each as git lists it: mode, kind and name, and behind a tab the path.
    fn listed(&self) -> Result<Vec<Vec<u8>>, Diagnostic> {
        let Some(tip) = &self.tip else { return Ok(Vec::new()) };
        let listed = run(self.git().args(["ls-tree", "-r", "-z", tip]), b"")?;
        if !listed.status.success() {
            return said(listed).map(|_| Vec::new()).map_err(|said| publication::git("read the branch", &said));
        }
        let lines = listed.stdout.split(|byte| *byte == 0).filter(|line| !line.is_empty());
        Ok(lines.map(<[u8]>::to_vec).collect())
    }

    /// Commits `tree`, and returns the commit's name.
    fn commit(&self, tree: &str) -> Result<String, Diagnostic> {
        let source = run(self.git().args(["rev-parse", "--short", "HEAD"]), b"")?;
        let of = said(source).ok().filter(|_| !self.is_own()).map(|commit| format!(" {commit}")).unwrap_or_default();
        let mut git = self.git();
        git.args(["commit-tree", tree, "-m", &format!("Publish{of}")]);
        if let Some(tip) = self.tip.as_ref().filter(|_| self.history == History::Keep) {
            git.args(["-p", tip]);
        }
        // CI has no author of its own.
        for (variable, who) in [("GIT_AUTHOR", "GIT_AUTHOR_IDENT"), ("GIT_COMMITTER", "GIT_COMMITTER_IDENT")] {
            if !run(self.git().args(["-c", "user.useConfigOnly=true", "var", who]), b"")?.status.success() {
                git.env(format!("{variable}_NAME"), "Essai").env(format!("{variable}_EMAIL"), "essai@localhost");
            }
        }
        self.said(&mut git, b"", "commit")
    }

    /// Pushes `commit`, if the branch is still where it was.
    fn push(&self, commit: &str) -> Result<(), Diagnostic> {
        let reference = format!("refs/heads/{}", self.branch);
        let lease = format!("--force-with-lease={reference}:{}", self.tip.as_deref().unwrap_or_default());
        let mut git = self.git();
        // Hooks, tags and submodules are for the author's own work, which this is not.
        git.args(["push", "--quiet", "--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]);
        git.args([&lease, &self.remote, &format!("{commit}:{reference}")]);
        said(run(&mut git, b"")?).map(drop).map_err(|said| {
            let is_stale = ["stale info", "fetch first", "non-fast-forward"].iter().any(|reason| said.contains(reason));
            match said {
                said if is_stale => publication::git_rejected(&self.branch, &said),
                said if said.contains(".lock") => publication::git_locked(&said),
                said => publication::git(&format!("push `{}`", self.branch), &said),
            }
        })
    }
}

/// The path of a file in the `line` by which git lists it: a path need not be text.
fn path(line: &[u8]) -> &[u8] {
    line.iter().position(|byte| *byte == b'\t').map_or(&[], |tab| &line[tab + 1..])
}

/// What a program printed, or, if it failed, what it said of it in one line.
fn said(output: Output) -> Result<String, String> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', ' ']).to_owned());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let lines = text(&output.stderr) + &text(&output.stdout);
    let useful = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with("hint:") && !line.starts_with("To ") && line != "Done"
    };
    let line = lines.lines().filter(useful).map(str::trim).collect::<Vec<_>>().join("; ");
    let line = line.replace("fatal: ", "").replace("error: ", "");
    Err(without_passwords(&line))
}

/// `text` without what stands before the host in an address: a name, and perhaps a password, which may hold an `@`.
fn without_passwords(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let Some((scheme, rest)) = word.split_once("//") else { return word.to_owned() };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.rsplit('@').next().unwrap_or_default();
        format!("{scheme}//{host}{path}")
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `path` as git reads one on a line: in quotes where a character of it would end it.
fn c_quoted(path: &str) -> String {
    if path.contains(['\n', '\r', '"', '\\']) {
        let quoted = path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        return format!("\"{quoted}\"");
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_repeated() {
        let check = |text: &str, expected: &str| assert_eq!(without_passwords(text), expected);
        check("unable to access 'https://me:secret@host/x/': 403", "unable to access 'https://host/x/': 403");
        check("https://me:p@ss@host/x", "https://host/x");
        check("https://host/@me/x", "https://host/@me/x");
        check("git@host:x not found", "git@host:x not found");
    }

    #[test]
    fn odd_names_are_quoted() {
        assert_eq!(c_quoted("/a b"), "/a b");
        assert_eq!(c_quoted("/a\n\"b"), "\"/a\\n\\\"b\"");
    }
}
