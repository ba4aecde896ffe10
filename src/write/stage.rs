//! Comparing an output with what is on disk, and writing it beside the site if it differs.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::iter;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};

use crate::diagnostic::{Diagnostic, output};
use crate::read::SitePath;
use crate::render::{Content, Output};

use super::Claim;
use super::claim::{STAGING, TREE};
use super::manifest::MANIFEST;

/// Where outputs are prepared. Threads share it.
#[derive(Debug)]
pub struct Stage<'a> {
    claim: &'a Claim,
    next: AtomicUsize,
    /// The folders that are in [`TREE`].
    folders: RwLock<HashSet<String>>,
}

/// An output that is on disk, in place or beside the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Where it goes.
    pub address: SitePath,
    /// Where it is.
    pub standing: Standing,
}

/// Where a prepared output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// At its address, byte for byte.
    Unchanged,
    /// At its address below [`TREE`] in the staging, as most of what goes into a new folder is.
    Laid,
    /// In the staging, where this number is its name.
    Staged(usize),
}

impl<'a> Stage<'a> {
    /// The stage of `claim`'s folder.
    pub fn new(claim: &'a Claim) -> Self {
        Self { claim, next: AtomicUsize::new(0), folders: RwLock::default() }
    }

    /// Compares `output` with the file at its address.
    ///
    /// # Errors
    /// A differing file at the address that Essai did not make, an address that Essai keeps for itself, or whatever
    /// the file system says.
    pub fn differs(&self, output: &Output) -> Result<Difference, Diagnostic> {
        let Output { address, content } = output;
        let top = address.as_str().split('/').next();
        if top == Some(MANIFEST) || top == Some(STAGING) {
            return Err(output::reserved_address(address.as_str()));
        }
        if self.claim.is_new() {
            return Ok(Difference::Some);
        }
        let file = self.claim.folder.join(address.as_str());
        let unwritable = |error: io::Error| output::unwritable(&file, &error);
        let Some(metadata) = metadata(&file).map_err(unwritable)? else { return Ok(Difference::Some) };
        let owner = if self.claim.owns(address) { Owner::Essai } else { Owner::Stranger };
        if metadata.is_file() && holds(&file, &metadata, content, owner).map_err(unwritable)? {
            return Ok(Difference::None);
        }
        if owner == Owner::Stranger && !metadata.is_dir() {
            return Err(output::foreign_file(&file));
        }
        Ok(Difference::Some)
    }

    /// Writes `output` into the staging, if there is a difference.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn prepare(&self, output: Output, difference: Difference) -> Result<Prepared, Diagnostic> {
        let Output { address, content } = output;
        if difference == Difference::None {
            return Ok(Prepared { address, standing: Standing::Unchanged });
        }
        let standing = self.stage(&address, &content).map_err(|error| {
            let file = self.claim.folder.join(address.as_str());
            match &content {
                Content::Copy(from) => output::uncopied(from, &file, &error),
                Content::Bytes(_) | Content::BuiltIn(_) => output::unwritable(&file, &error),
            }
        })?;
        Ok(Prepared { address, standing })
    }

    /// Writes `content` into the staging, and returns where. What goes into a new folder is laid out in [`TREE`] as it will
    /// stand, unless something is in its way there.
    fn stage(&self, address: &SitePath, content: &Content) -> io::Result<Standing> {
        if self.claim.is_new() {
            let made = self.make_folder(address.folder());
            match made.and_then(|()| write_new(&self.claim.staged(TREE).join(address.as_str()), content)) {
                Ok(()) => return Ok(Standing::Laid),
                Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory) => {}
                Err(error) => return Err(error),
            }
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        write_new(&self.claim.staged(&number.to_string()), content)?;
        Ok(Standing::Staged(number))
    }

    /// Makes `folder` in [`TREE`], with those above it, if it is not there yet. Two threads may come for it at once: nobody
    /// waits while a folder is made, and who comes second finds it.
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        if self.is_made(folder) {
            return Ok(());
        }
        let above = folder.match_indices('/').map(|(at, _)| &folder[..at]);
        for folder in iter::once("").chain(above).chain(iter::once(folder)) {
            if !self.is_made(folder) {
                fs::create_dir(self.claim.staged(TREE).join(folder)).or_else(|error| match error.kind() {
                    io::ErrorKind::AlreadyExists => Ok(()),
                    _ => Err(error),
                })?;
                self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
            }
        }
        Ok(())
    }

    /// Whether `folder` is in [`TREE`].
    fn is_made(&self, folder: &str) -> bool {
        self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }
}

/// Whether what is at an address differs from what goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It does not.
    None,
    /// It does, or nothing is there.
    Some,
}

/// Whose a file of the output folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Essai,
    Stranger,
}

/// What is at `path`, symbolic links not followed; `None` if nothing is.
pub fn metadata(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether `file` holds `content`. A copy that Essai made is known by its length and time without being read.
fn holds(file: &Path, metadata: &Metadata, content: &Content, owner: Owner) -> io::Result<bool> {
    let bytes: &[u8] = match content {
        Content::Bytes(bytes) => bytes,
        Content::BuiltIn(bytes) => bytes,
        Content::Copy(from) => {
            // A source that cannot be read is reported when it is copied.
            let Ok(source) = fs::metadata(from) else { return Ok(false) };
            if source.len() != metadata.len() {
                return Ok(false);
            }
            let modified = source.modified()?;
            if owner == Owner::Essai && modified == metadata.modified()? {
                return Ok(true);
            }
            let Ok(mut source) = File::open(from).map(BufReader::new) else { return Ok(false) };
            let equal = same(&mut source, &mut BufReader::new(File::open(file)?))?;
            if equal && owner == Owner::Essai {
                // So that the next build knows it by its time; if that fails, it compares again.
                let _ = File::options().append(true).open(file).and_then(|file| file.set_modified(modified));
            }
            return Ok(equal);
        }
    };
    Ok(metadata.len() == bytes.len() as u64 && fs::read(file)? == bytes)
}

/// Whether two readers yield the same bytes.
fn same(one: &mut impl BufRead, other: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.is_empty() && right.is_empty());
        }
        if left[..length] != right[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

/// Writes `content` into a new file at `path`. A copy gets its source's time.
fn write_new(path: &Path, content: &Content) -> io::Result<()> {
    match content {
        Content::Bytes(bytes) => File::create_new(path)?.write_all(bytes),
        Content::BuiltIn(bytes) => File::create_new(path)?.write_all(bytes),
        Content::Copy(from) => {
            let mut from = File::open(from)?;
            let metadata = from.metadata()?;
            let mut file = File::create_new(path)?;
            if metadata.len() < SMALL {
                let mut bytes = vec![0; metadata.len() as usize];
                from.read_exact(&mut bytes)?;
                file.write_all(&bytes)?;
            } else {
                io::copy(&mut from, &mut file)?;
            }
            file.set_modified(metadata.modified()?)
        }
    }
}

/// A file of fewer bytes is copied through memory, which asks less of the system than having it copied.
const SMALL: u64 = 64 * 1024;
