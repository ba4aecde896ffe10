//! Putting a site online: only what changed, in an order in which no reader sees a page whose picture is missing.
//!
//! What is online is known by the manifest that is kept there. Before the first file is sent, the manifest says of
//! every file that is about to change that its bytes are not known; so a deployment that dies is completed by the next.

mod folder;
mod git;
mod holder;
mod obstacle;
mod rsync;
#[cfg(feature = "stores")]
mod store;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use obstacle::Losses;

use super::form;
use super::manifest::{Entity, Manifest, hash_on_disk};
use crate::diagnostic::{Diagnostic, publication};
use crate::read::hosts::{Target, Way};
use crate::read::{Request, SitePath};
use crate::render::Turn;

/// What is sent.
pub struct Shipment<'a> {
    /// The folder that the site was built into.
    pub folder: &'a Path,
    /// What the site is.
    pub new: &'a Manifest,
    /// What is online.
    pub old: &'a Manifest,
    /// Told of every file that has been sent or removed.
    pub progress: &'a (dyn Fn() + Sync),
}

impl std::fmt::Debug for Shipment<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shipment").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shipped {
    /// Files that were sent.
    pub sent: usize,
    /// Files that were removed.
    pub removed: usize,
    /// What else there is to say, such as the commit.
    pub remark: Option<String>,
}

impl Shipment<'_> {
    /// The files to be sent, in order: those that are new or differ, or whose bytes online are not known.
    pub fn sent(&self) -> Vec<&SitePath> {
        let differs = |address: &SitePath, entity: &Entity| {
            let online = self.old.files.get(address).and_then(|online| online.bytes.as_ref());
            online.is_none() || online != entity.bytes.as_ref()
        };
        let differing = self.new.files.iter().filter(|(address, entity)| differs(address, entity));
        let mut sent: Vec<&SitePath> = differing.map(|(address, _)| address).collect();
        sent.sort_by_cached_key(|address| Turn::key(address));
        sent
    }

    /// Looks whether the files of the site are still those that were built. All of them: git takes in what is there, whether or not
    /// it is sent.
    ///
    /// # Errors
    /// A file that is not.
    pub fn verify(&self) -> Result<(), Diagnostic> {
        let is_built = |address: &SitePath, entity: &Entity| {
            hash_on_disk(&self.folder.join(address.as_str())).is_ok_and(|found| Some(&found) == entity.bytes.as_ref())
        };
        let mut made = self.new.files.iter().filter(|(_, entity)| !entity.is_leaving);
        match made.find(|(address, entity)| !is_built(address, entity)) {
            Some((changed, _)) => Err(publication::changed_since(changed.as_str())),
            None => Ok(()),
        }
    }

    /// The files to be removed, lists first, so that nothing leads to what is gone.
    pub fn removed(&self) -> Vec<&SitePath> {
        let mut gone: Vec<&SitePath> =
            self.old.files.keys().filter(|address| !self.new.files.contains_key(*address)).collect();
        gone.sort_by_cached_key(|address| Reverse(Turn::key(address)));
        gone
    }

    /// Those of the files to be removed that must go first: a file where now a folder is needed, and what is in a folder
    /// where now a file is needed.
    pub fn making_way(&self) -> Vec<&SitePath> {
        let mut gone = self.removed();
        if !gone.is_empty() {
            let folders: BTreeSet<SitePath> = self.new.files.keys().flat_map(SitePath::folders).collect();
            let is_below = |address: &SitePath| address.folders().any(|above| self.new.files.contains_key(&above));
            gone.retain(|address| folders.contains(*address) || is_below(address));
        }
        gone
    }

    /// The manifest while files are under way: both sites, and nothing said of the bytes of what changes.
    pub fn under_way(&self) -> Manifest {
        let mut both = self.old.clone();
        for address in self.sent() {
            let online = both.files.get(address).cloned();
            let entity = online.or_else(|| self.new.files.get(address).cloned()).unwrap_or_default();
            both.files.insert(address.clone(), Entity { bytes: None, ..entity });
        }
        both
    }
}

/// What a deployment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Only to see what is online.
    Look,
    /// To change it. A lock of another deployment is in the way.
    Change,
    /// To change it, whatever lock there is.
    BreakLock,
}

/// A place where the site is online, or will be.
#[derive(Debug)]
pub enum Place {
    /// A branch.
    Git(git::Branch),
    /// A folder.
    Folder(folder::Folder),
    /// A folder on a host.
    Rsync(rsync::Remote),
    /// A bucket or container.
    #[cfg(feature = "stores")]
    Store(Box<store::Store>),
}

/// What is known of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Online {
    /// This is there.
    Known(Manifest),
    /// Nothing is.
    Nothing,
    /// Files that Essai did not put there; one of them is called so.
    Strangers(String),
    /// A site whose manifest says nothing that can be read: why not.
    Damaged(Diagnostic),
}

impl Online {
    /// The site whose manifest is `text`, which is stored where `shown` says.
    fn stored(text: &str, shown: &str) -> Self {
        form::parse(text, shown).map_or_else(Self::Damaged, Self::Known)
    }
}

impl Place {
    /// Opens `target` of the site that `request` asks for. Unless only looked at, it is held until this is dropped.
    ///
    /// # Errors
    /// A target that cannot be reached, or that another deployment holds.
    pub fn open(target: &Target, request: &Request, intent: Intent) -> Result<Self, Diagnostic> {
        let root = request.root.as_path();
        match &target.way {
            Way::Git { remote, branch, cname, history } => {
                let wanted = git::Wanted { remote, branch, cname: cname.as_deref(), history: *history };
                git::Branch::open(root, wanted).map(Self::Git)
            }
            Way::Folder(folder) => {
                if folder.starts_with('~') {
                    return Err(publication::home_folder(folder));
                }
                let folder: PathBuf = if root == Path::new(".") { folder.into() } else { root.join(folder) };
                let sources = ["content", "static", "templates"].map(|name| root.join(name));
                if let Some(own) = sources.iter().chain([&request.output]).find(|own| overlap(&folder, own)) {
                    return Err(publication::own_folder(&folder.display().to_string(), &own.display().to_string()));
                }
                folder::Folder::open(&folder, intent).map(Self::Folder)
            }
            Way::Rsync(remote) => rsync::Remote::open(remote, intent).map(Self::Rsync),
            #[cfg(feature = "stores")]
            Way::S3(bucket) => store::Store::s3(bucket, intent).map(|store| Self::Store(Box::new(store))),
            #[cfg(feature = "stores")]
            Way::Azure { account, container, endpoint, timeout } => {
                store::Store::azure(account, container, endpoint.as_deref(), *timeout, intent)
                    .map(|store| Self::Store(Box::new(store)))
            }
            #[cfg(not(feature = "stores"))]
            Way::S3(bucket) => Err(publication::no_stores(&format!("the bucket `{}`", bucket.name))),
            #[cfg(not(feature = "stores"))]
            Way::Azure { container, .. } => Err(publication::no_stores(&format!("the container `{container}`"))),
        }
    }

    /// What is there, as the author would call it.
    pub fn shown(&self) -> String {
        match self {
            Self::Git(branch) => branch.shown(),
            Self::Folder(folder) => folder.shown(),
            Self::Rsync(remote) => remote.shown(),
            #[cfg(feature = "stores")]
            Self::Store(store) => store.shown(),
        }
    }

    /// What is there.
    ///
    /// # Errors
    /// A manifest that is damaged, or a place that does not answer.
    pub fn online(&self) -> Result<Online, Diagnostic> {
        match self {
            Self::Git(branch) => branch.online(),
            Self::Folder(folder) => folder.online(),
            Self::Rsync(remote) => remote.online(),
            #[cfg(feature = "stores")]
            Self::Store(store) => store.online(),
        }
    }

    /// Looks whether what others have put there is in the way of `shipment`.
    ///
    /// # Errors
    /// A stranger's file that is; or a place that cannot be looked at.
    pub fn look(&self, shipment: &Shipment<'_>, losses: Losses) -> Result<(), Diagnostic> {
        match self {
            Self::Git(branch) => obstacle::look(&branch.listing()?, shipment, losses, &branch.shown()),
            Self::Folder(folder) => obstacle::look(folder, shipment, losses, &folder.shown()),
            Self::Rsync(remote) => obstacle::look(&remote.listing(shipment)?, shipment, losses, &remote.shown()),
            #[cfg(feature = "stores")]
            Self::Store(store) => obstacle::look(&store.listing(shipment)?, shipment, losses, &store.shown()),
        }
    }

    /// Makes what is there the site of `shipment`.
    ///
    /// # Errors
    /// A place that does not take it. What is online is then whole, and the next deployment does the rest.
    pub fn ship(&self, shipment: &Shipment<'_>) -> Result<Shipped, Diagnostic> {
        match self {
            Self::Git(branch) => branch.ship(shipment),
            Self::Folder(folder) => folder.ship(shipment),
            Self::Rsync(remote) => remote.ship(shipment),
            #[cfg(feature = "stores")]
            Self::Store(store) => store.ship(shipment),
        }
    }
}

/// Runs `command`, with `input` on its standard input.
///
/// # Errors
/// A program that is not there.
fn run(command: &mut std::process::Command, input: &[u8]) -> Result<std::process::Output, Diagnostic> {
    use std::io::Write;
    use std::process::Stdio;
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound if name == "git" => publication::no_git(),
        std::io::ErrorKind::NotFound => publication::no_program(&name),
        _ => publication::program(&name, &error.to_string()),
    };
    let mut child = command.spawn().map_err(failed)?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that ends early says why itself.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        child.wait_with_output().map_err(failed)
    })
}

/// Whether one of two folders, of which the first need not be there, is the other or lies in it.
fn overlap(folder: &Path, own: &Path) -> bool {
    let Ok(own) = own.canonicalize() else { return false };
    // What is not there yet lies in the nearest folder that is.
    let Some(folder) = folder.ancestors().find_map(|above| {
        let there = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        Some(there.canonicalize().ok()?.join(folder.strip_prefix(above).ok()?))
    }) else {
        return false;
    };
    folder.starts_with(&own) || own.starts_with(&folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_sent_is_in_order_and_what_is_under_way_is_not_known() {
        let manifest = |files: &[(&str, &str)]| Manifest {
            files: files
                .iter()
                .map(|(path, hash)| {
                    let entity = Entity { bytes: Some((*hash).to_owned()), ..Entity::default() };
                    (SitePath::new(path).unwrap(), entity)
                })
                .collect(),
        };
        let old = manifest(&[("a.html", "1"), ("gone.html", "1"), ("gone.png", "1"), ("same.css", "1")]);
        let new =
            manifest(&[("a.html", "2"), ("feed.xml", "1"), ("index.html", "1"), ("same.css", "1"), ("x.png", "1")]);
        let shipment = Shipment { folder: Path::new(""), new: &new, old: &old, progress: &|| {} };
        let shown = |paths: Vec<&SitePath>| paths.iter().map(|path| path.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(shipment.sent()), "x.png a.html feed.xml index.html");
        assert_eq!(shown(shipment.removed()), "gone.html gone.png");
        let both = shipment.under_way();
        let unknown = both.files.iter().filter(|(_, entity)| entity.bytes.is_none()).map(|(path, _)| path).collect();
        assert_eq!(shown(unknown), "a.html feed.xml index.html x.png");
        assert_eq!(both.files.len(), 7);
    }

    #[test]
    fn what_is_sent_is_what_was_built() {
        let place = tempfile::tempdir().unwrap();
        let address = SitePath::new("a.html").unwrap();
        std::fs::write(place.path().join("a.html"), "built").unwrap();
        let (entity, _) = crate::publish::manifest::entity(&address, b"built");
        let (old, new) = (Manifest::default(), Manifest { files: [(address, entity)].into() });
        let shipment = Shipment { folder: place.path(), new: &new, old: &old, progress: &|| {} };
        assert_eq!(shipment.verify(), Ok(()));
        std::fs::write(place.path().join("a.html"), "built since").unwrap();
        let changed = shipment.verify().unwrap_err();
        assert_eq!(changed.message, "not deployed: `a.html` is not what was built any more");
    }

    #[test]
    fn what_is_in_the_way_goes_first() {
        let manifest = |files: &[&str]| Manifest {
            files: files.iter().map(|path| (SitePath::new(path).unwrap(), Entity::default())).collect(),
        };
        let (old, new) = (manifest(&["a", "b/c/d", "b/e", "f/g"]), manifest(&["a/b/c", "b", "f/h"]));
        let shipment = Shipment { folder: Path::new(""), new: &new, old: &old, progress: &|| {} };
        let first: Vec<&str> = shipment.making_way().into_iter().map(SitePath::as_str).collect();
        assert_eq!(first, ["b/e", "b/c/d", "a"]);
        assert_eq!(shipment.removed().len(), 4);
    }
}
