//! A local folder, such as one that a web server serves or that another program sends on.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::obstacle::{Sight, Standing};
use super::{Intent, Online, Shipment, Shipped};
use crate::diagnostic::{Diagnostic, publication};
use crate::disk::{self, Lock, remove_empty_folders, remove_while_empty};
use crate::publish::folder;
use crate::publish::form::{self, STORED};
use crate::publish::manifest::{Manifest, hash_on_disk};
use crate::read::SitePath;

/// Where files wait until they are whole.
const STAGING: &str = ".essai-staging";

/// A folder that is deployed to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Held until this is dropped, and let go by the system if Essai is killed.
    _lock: Option<File>,
}

impl Folder {
    /// Opens the folder at `path`, which is made if it is to be changed.
    ///
    /// # Errors
    /// A folder that cannot be made, or that another deployment holds.
    pub fn open(path: &Path, intent: Intent) -> Result<Self, Diagnostic> {
        if intent == Intent::Look {
            return Ok(Self { path: path.to_owned(), _lock: None });
        }
        let failed = |error| failed(path, &error);
        match disk::lock(&path.join(STAGING).join("lock")).map_err(failed)? {
            Lock::Held(lock) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Lock::Busy => {
                let shown = format!("`{}`", path.display());
                Err(publication::deploying(&shown, "another process of this machine"))
            }
        }
    }

    /// As the author would call it.
    pub fn shown(&self) -> String {
        format!("`{}`", self.path.display())
    }

    /// What is in the folder.
    ///
    /// # Errors
    /// A manifest that is damaged, or a folder that cannot be read.
    pub fn online(&self) -> Result<Online, Diagnostic> {
        match fs::read_to_string(self.path.join(STORED)) {
            Ok(text) => Ok(Online::stored(&text, &self.shown())),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.path.exists() => Ok(Online::Nothing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let stranger = folder::files(&self.path)?.into_iter().next();
                Ok(stranger.map_or(Online::Nothing, |stranger| Online::Strangers(stranger.to_string())))
            }
            Err(error) => Err(failed(&self.path, &error)),
        }
    }

    /// Makes the folder hold the site.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn ship(&self, shipment: &Shipment<'_>) -> Result<Shipped, Diagnostic> {
        let (sent, removed, making_way) = (shipment.sent(), shipment.removed(), shipment.making_way());
        if sent.is_empty() && removed.is_empty() && shipment.old == shipment.new {
            return Ok(Shipped::default());
        }
        self.keep(&shipment.under_way())?;
        for address in &making_way {
            self.remove(address)?;
            (shipment.progress)();
        }
        for address in &sent {
            self.copy(shipment.folder, address)?;
            (shipment.progress)();
        }
        for address in removed.iter().filter(|address| !making_way.contains(address)) {
            self.remove(address)?;
            (shipment.progress)();
        }
        self.keep(shipment.new)?;
        Ok(Shipped { sent: sent.len(), removed: removed.len(), remark: None })
    }

    /// Puts `manifest` in place in one step.
    fn keep(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let (staged, file) = (self.path.join(STAGING).join("manifest"), self.path.join(STORED));
        let kept = fs::write(&staged, form::written(manifest)).and_then(|()| fs::rename(&staged, &file));
        kept.map_err(|error| failed(&file, &error))
    }

    fn copy(&self, from: &Path, address: &SitePath) -> Result<(), Diagnostic> {
        let (staged, file) = (self.path.join(STAGING).join("file"), self.path.join(address.as_str()));
        let copied = || -> io::Result<()> {
            fs::copy(from.join(address.as_str()), &staged)?;
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            if fs::symlink_metadata(&file).is_ok_and(|found| found.is_dir()) {
                remove_empty_folders(&file)?;
            }
            fs::rename(&staged, &file)
        };
        copied().map_err(|error| failed(&file, &error))
    }

    /// Removes the file at `address`, and the folders that it leaves empty. What a symbolic link leads to is elsewhere.
    fn remove(&self, address: &SitePath) -> Result<(), Diagnostic> {
        if address.folders().any(|folder| matches!(self.standing(&folder), Ok(Standing::Link))) {
            return Ok(());
        }
        let file = self.path.join(address.as_str());
        match fs::remove_file(&file) {
            Ok(()) => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(_) if file.is_dir() => {}
            Err(error) => return Err(failed(&file, &error)),
        }
        remove_while_empty(address.folders().map(|folder| self.path.join(folder.as_str())));
        Ok(())
    }
}

impl Sight for Folder {
    fn standing(&self, path: &SitePath) -> Result<Standing, Diagnostic> {
        let file = self.path.join(path.as_str());
        match fs::symlink_metadata(&file) {
            Ok(found) if found.is_dir() => Ok(Standing::Folder),
            Ok(found) if found.is_symlink() => Ok(Standing::Link),
            Ok(_) => Ok(Standing::File),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(Standing::Nothing)
            }
            Err(error) => Err(failed(&file, &error)),
        }
    }

    fn inside(&self, path: &SitePath) -> Result<Vec<String>, Diagnostic> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(self.path.join(path.as_str())).sort_by_file_name() {
            let entry = entry.map_err(|error| failed(&self.path, &error.into()))?;
            if !entry.file_type().is_dir() {
                let file = entry.path().strip_prefix(&self.path).unwrap_or(entry.path());
                files.push(file.display().to_string());
            }
        }
        Ok(files)
    }

    fn is_same(&self, path: &SitePath, hash: &str) -> bool {
        matches!(self.standing(path), Ok(Standing::File))
            && hash_on_disk(&self.path.join(path.as_str())).is_ok_and(|found| found == hash)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self._lock.is_some() {
            let _ = fs::remove_dir_all(self.path.join(STAGING));
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> Diagnostic {
    publication::folder(&path.display().to_string(), "deploy to", error)
}
