//! A folder on a host, by rsync over ssh.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::holder::Holder;
use super::obstacle::{Listing, Standing};
use super::{Intent, Online, Shipment, Shipped, run};
use crate::diagnostic::{Diagnostic, publication};
use crate::publish::form::{self, STORED};
use crate::publish::manifest::Manifest;
use crate::read::SitePath;
use crate::render::Turn;

/// The name of the lock, beside the site.
const LOCK: &str = ".essai-lock";

/// A folder on a host that is deployed to.
#[derive(Debug)]
pub struct Remote {
    /// As rsync names it, with a slash at the end.
    address: String,
    scratch: TempDir,
    /// Who holds the lock, if it is ours.
    held: Option<Holder>,
}

impl Remote {
    /// Opens the folder at `address`.
    ///
    /// # Errors
    /// No rsync, a host that does not answer, or a folder that another deployment holds.
    pub fn open(address: &str, intent: Intent) -> Result<Self, Diagnostic> {
        let scratch = tempfile::tempdir().map_err(|error| publication::program("rsync", &error.to_string()))?;
        let mut remote = Self { address: whole(address), scratch, held: None };
        if intent == Intent::Look {
            return Ok(remote);
        }
        let me = Holder::now();
        if intent == Intent::BreakLock {
            remote.remove(&[LOCK])?;
        }
        let holder = remote.lock(&me)?;
        if holder.as_ref().is_some_and(|holder| *holder != me && holder.is_dead()) {
            remote.remove(&[LOCK])?;
            remote.lock(&me)?;
        }
        match remote.fetch(LOCK)?.and_then(|text| Holder::read(&text)) {
            Some(holder) if holder != me => Err(publication::deploying(&remote.shown(), &holder.shown())),
            _ => {
                remote.held = Some(me);
                Ok(remote)
            }
        }
    }

    /// Puts the lock of `me` there, if none is; returns whose is there then.
    fn lock(&self, me: &Holder) -> Result<Option<Holder>, Diagnostic> {
        self.stage(LOCK, &me.written())?;
        let from = self.scratch.path().join(LOCK);
        self.rsync(&["--ignore-existing", "--mkpath", &from.display().to_string(), &self.address], "")?;
        Ok(self.fetch(LOCK)?.and_then(|text| Holder::read(&text)))
    }

    /// As the author would call it.
    pub fn shown(&self) -> String {
        format!("`{}`", self.address.trim_end_matches('/'))
    }

    /// What is in the folder.
    ///
    /// # Errors
    /// A manifest that is damaged, or a host that does not answer.
    pub fn online(&self) -> Result<Online, Diagnostic> {
        if let Some(text) = self.fetch(STORED)? {
            return Ok(Online::stored(&String::from_utf8_lossy(&text), &self.shown()));
        }
        let Some(listed) = self.if_there(&["--list-only", "--8-bit-output", &self.address])? else {
            return Ok(Online::Nothing);
        };
        let stranger = listed.lines().filter_map(listed_as).find(|(name, _)| !name.starts_with('.'));
        Ok(stranger.map_or(Online::Nothing, |(stranger, _)| Online::Strangers(stranger)))
    }

    /// What stands at the top of the folder where `shipment` goes, and below that.
    ///
    /// # Errors
    /// A host that does not answer.
    pub fn listing(&self, shipment: &Shipment<'_>) -> Result<Listing, Diagnostic> {
        let sent = shipment.sent();
        let tops: BTreeSet<&str> = sent.iter().filter_map(|address| address.as_str().split('/').next()).collect();
        if tops.is_empty() {
            return Ok(Listing::default());
        }
        let rules = tops.into_iter().map(escaped).map(|top| format!("+ /{top}\0+ /{top}/**\0"));
        self.stage("rules", &rules.collect::<String>())?;
        let rules = format!("--filter=merge {}", self.scratch.path().join("rules").display());
        let flags = ["--list-only", "--recursive", "--8-bit-output", "--from0", &rules, "--filter=- *", &self.address];
        let listed = self.if_there(&flags)?;
        Ok(listed.map(|listed| listed.lines().filter_map(listed_as).collect()).unwrap_or_default())
    }

    /// Makes the folder hold the site.
    ///
    /// # Errors
    /// Whatever rsync says.
    pub fn ship(&self, shipment: &Shipment<'_>) -> Result<Shipped, Diagnostic> {
        let (sent, mut removed, making_way) = (shipment.sent(), shipment.removed(), shipment.making_way());
        if sent.is_empty() && removed.is_empty() && shipment.old == shipment.new {
            return Ok(Shipped::default());
        }
        self.keep(&shipment.under_way())?;
        self.remove_all(shipment, &making_way)?;
        // What begins with a dot or a slash is neither a host nor an option.
        let folder = format!("{}/", Path::new(".").join(shipment.folder).display());
        for turn in Turn::ALL {
            let files: String =
                sent.iter().filter(|address| Turn::of(address) == turn).map(|address| format!("{address}\0")).collect();
            if !files.is_empty() {
                let flags =
                    ["--files-from=-", "--from0", "--checksum", "--times", "--delay-updates", "--chmod=D755,F644"];
                let arguments: Vec<&str> = flags.into_iter().chain([folder.as_str(), &self.address]).collect();
                self.rsync(&arguments, &files)?;
                files.matches('\0').for_each(|_| (shipment.progress)());
            }
        }
        removed.retain(|address| !making_way.contains(address));
        self.remove_all(shipment, &removed)?;
        self.keep(shipment.new)?;
        Ok(Shipped { sent: sent.len(), removed: removed.len() + making_way.len(), remark: None })
    }

    /// Removes the files at `addresses`.
    fn remove_all(&self, shipment: &Shipment<'_>, addresses: &[&SitePath]) -> Result<(), Diagnostic> {
        self.remove(&addresses.iter().map(|address| address.as_str()).collect::<Vec<_>>())?;
        addresses.iter().for_each(|_| (shipment.progress)());
        Ok(())
    }

    /// Puts `manifest` in place.
    fn keep(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        self.stage(STORED, &form::written(manifest))?;
        let from = self.scratch.path().join(STORED);
        self.rsync(&["--checksum", "--chmod=F644", &from.display().to_string(), &self.address], "").map(drop)
    }

    fn stage(&self, name: &str, text: &str) -> Result<(), Diagnostic> {
        let file = self.scratch.path().join(name);
        std::fs::write(&file, text).map_err(|error| publication::folder(&file.display().to_string(), "write", &error))
    }

    /// The file called `name` at the top of the folder, if it is there.
    fn fetch(&self, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let to = self.scratch.path().join("fetched");
        let _ = std::fs::remove_file(&to);
        let from = format!("{}{name}", self.address);
        let fetched = self.if_there(&[&from, &to.display().to_string()])?;
        Ok(fetched.and_then(|_| std::fs::read(&to).ok()))
    }

    /// Removes files by their paths in the folder, and no other: an empty folder is sent, and all but these are kept.
    ///
    /// The rules stand in a file that is there before rsync begins, and the one that keeps all else is an argument: were they
    /// told to rsync bit by bit, one that is left alone half-way would take everything for removed.
    fn remove(&self, paths: &[&str]) -> Result<(), Diagnostic> {
        if paths.is_empty() {
            return Ok(());
        }
        let mut rules: BTreeSet<String> = BTreeSet::new();
        for path in paths {
            rules.insert(format!("+ /{}\0", escaped(path)));
            let folders = SitePath::new(path).into_iter().flat_map(|path| path.folders());
            rules.extend(folders.map(|folder| format!("+ /{}/\0", escaped(folder.as_str()))));
        }
        self.stage("rules", &rules.into_iter().collect::<String>())?;
        let rules = format!("--filter=merge {}", self.scratch.path().join("rules").display());
        let empty = self.scratch.path().join("empty");
        std::fs::create_dir_all(&empty)
            .map_err(|error| publication::folder(&empty.display().to_string(), "make", &error))?;
        let from = format!("{}/", empty.display());
        let flags = ["--recursive", "--delete", "--from0", &rules, "--filter=- *", &from, &self.address];
        self.rsync(&flags, "").map(drop)
    }

    fn rsync(&self, arguments: &[&str], input: &str) -> Result<String, Diagnostic> {
        let output = Self::output(arguments, input)?;
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(refusal(&text(&output.stderr))) }
    }

    /// What rsync says of something that is there; `None` if it is not.
    fn if_there(&self, arguments: &[&str]) -> Result<Option<String>, Diagnostic> {
        let output = Self::output(arguments, "")?;
        match output.status.code() {
            Some(0) => Ok(Some(text(&output.stdout))),
            Some(PARTIAL) if text(&output.stderr).contains("No such file or directory") => Ok(None),
            _ => Err(refusal(&text(&output.stderr))),
        }
    }

    fn output(arguments: &[&str], input: &str) -> Result<Output, Diagnostic> {
        let mut command = Command::new("rsync");
        command.arg("--protect-args").args(arguments).env("LC_ALL", "C").current_dir(Path::new("."));
        run(&mut command, input.as_bytes())
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // A lock that was broken may be another's by now.
        let there = self.held.as_ref().and_then(|_| self.fetch(LOCK).ok().flatten());
        if there.is_some_and(|text| Holder::read(&text) == self.held) {
            let _ = self.remove(&[LOCK]);
        }
    }
}

/// With which rsync ends where a file is not there, or could not be sent for another reason.
const PARTIAL: i32 = 23;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// That rsync failed, in the line of `said` that says most: its own first one, or what ssh said before it, where that is why
/// nobody answers.
fn refusal(said: &str) -> Diagnostic {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let own = lines.iter().position(|line| line.starts_with("rsync"));
    let is_closed = |own: &usize| lines[*own].contains("connection unexpectedly closed");
    let line = match own {
        Some(own) if is_closed(&own) && own > 0 => lines[own - 1],
        Some(own) => lines[own],
        None => lines.first().copied().unwrap_or("it says no more"),
    };
    publication::program("rsync", line)
}

/// `address` with a slash at the end, so that it names what is in the folder. Nothing after the colon is the home, which a
/// mere slash would make the top of the host.
fn whole(address: &str) -> String {
    match address.trim_end_matches('/') {
        home if home.ends_with(':') && home == address => format!("{home}./"),
        folder => format!("{folder}/"),
    }
}

/// What a `line` of rsync's list says: rights, length, day, time and, after one space, the path.
fn listed_as(line: &str) -> Option<(String, Standing)> {
    let standing = match line.chars().next()? {
        'd' => Standing::Folder,
        'l' => Standing::Link,
        _ => Standing::File,
    };
    let mut rest = line;
    for _ in 0..4 {
        rest = rest.trim_start();
        rest = rest.get(rest.find(' ')?..)?;
    }
    Some((unescaped(rest.get(1..)?), standing))
}

/// `path` without the escapes of rsync's lists, such as `\#012`, which only ASCII has there.
fn unescaped(path: &str) -> String {
    let mut parts = path.split("\\#");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok()).filter(u8::is_ascii);
        match code {
            Some(code) => whole.extend([char::from(code)].into_iter().chain(part[3..].chars())),
            None => whole.extend(["\\#", part]),
        }
    }
    whole
}

/// `path` as a rule of rsync's that matches it alone.
fn escaped(path: &str) -> String {
    let mut rule = String::new();
    for letter in path.chars() {
        if matches!(letter, '*' | '?' | '[' | '\\') {
            rule.push('\\');
        }
        rule.push(letter);
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_a_folder_and_of_no_other() {
        let check = |address: &str, expected: &str| assert_eq!(whole(address), expected);
        check("me@host:www", "me@host:www/");
        check("me@host:/srv/www//", "me@host:/srv/www/");
        check("me@host:", "me@host:./");
        check("me@host:/", "me@host:/");
        check("/srv/www", "/srv/www/");
        check("/", "/");
    }

    #[test]
    fn a_refusal_is_what_says_most() {
        let check = |said: &str, expected: &str| {
            let message = refusal(said).message;
            assert!(message.contains(expected), "{message}");
        };
        check(
            "Welcome!\n\nrsync: [sender] link_stat \"/x\" failed: Permission denied (13)\nrsync error: some",
            "link_stat",
        );
        check(
            "Welcome!\nme@host: Permission denied (publickey).\nrsync: connection unexpectedly closed (0 bytes)\n",
            "publickey",
        );
        check("nobody knows", "nobody knows");
        check("", "it says no more");
    }

    #[test]
    fn a_list_is_read() {
        let check = |line: &str, path: &str, standing: Standing| {
            assert_eq!(listed_as(line), Some((path.to_owned(), standing)));
        };
        check("-rw-r--r--          1,234 2026/11/28 19:24:35 sub/b  c.txt", "sub/b  c.txt", Standing::File);
        check("drwxr-xr-x          4,096 2026/11/28 19:24:35 .", ".", Standing::Folder);
        check("lrwxrwxrwx              7 2026/11/28 19:24:35 é\\#012x", "é\nx", Standing::Link);
        assert_eq!(listed_as("sent 20 bytes"), None);
    }
}
