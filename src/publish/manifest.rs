//! What a site is: every address with what stands there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::feed::{Entry, entries};
use super::page::{self, Read as PageRead};
use crate::diagnostic::Found;
use crate::link::Site;
use crate::read::SitePath;
use crate::render::{self, Content, Output};

/// Every address of a site with what stands there. It is made of a build's outputs ([`Collector`]), of what a build
/// is going to make ([`Manifest::planned`]), of any folder of HTML ([`super::folder::scan`]), of a ledger
/// ([`super::ledger::as_manifest`]), or read back ([`super::form`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What stands at each address.
    pub files: BTreeMap<SitePath, Entity>,
}

/// What stands at an address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The hash of its bytes; `None` where they are not known, such as while they are being sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<String>,
    /// What it is, if it is a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// Its entries, if it is a feed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// Whether it is no part of the site any more and goes with the next deployment: see [`super::leaving`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_leaving: bool,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its title; empty if it has none.
    #[serde(default)]
    pub title: String,
    /// The ids in it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<String>,
    /// The hash of its readable text; `None` where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where it leads, if it is but a former address: a page of the same site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<SitePath>,
    /// The pictures of the same site that it shows, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<SitePath>,
}

impl Manifest {
    /// The manifest of what a build of `site` is going to make, as far as it is known before anything is rendered:
    /// addresses, titles and the anchors of essays, and where former addresses lead.
    pub fn planned(site: &Site) -> Self {
        let mut files: BTreeMap<SitePath, Entity> =
            render::addresses(site).into_iter().map(|address| (address, Entity::default())).collect();
        for id in site.ids() {
            let essay = &site[id];
            let heading = essay.heading.iter().map(|heading| heading.id.to_string());
            let former = site.former[id.index()].iter().map(|former| former.id.clone());
            let mut anchors: Vec<String> = essay.anchors.iter().map(|anchor| anchor.to_string()).collect();
            anchors.extend(heading.chain(former));
            let mut seen = BTreeSet::new();
            anchors.retain(|anchor| seen.insert(anchor.clone()));
            let page = Page { title: essay.title.text.to_string(), anchors, ..Page::default() };
            files.insert(site.address(id).clone(), Entity { page: Some(page), ..Entity::default() });
        }
        for redirect in &site.redirects {
            let page = Page { redirect: Some(site.address(redirect.to).clone()), ..Page::default() };
            files.insert(redirect.from.clone(), Entity { page: Some(page), ..Entity::default() });
        }
        for keyword in &site.keywords {
            if let Some(entity) = files.get_mut(&keyword.address).filter(|entity| entity.page.is_none()) {
                entity.page = Some(Page { title: keyword.name.clone(), ..Page::default() });
            }
        }
        Self { files }
    }

    /// The page at `address`, redirects followed.
    pub fn page(&self, address: &SitePath) -> Option<(&SitePath, &Page)> {
        let mut at = self.files.get_key_value(address)?;
        // A chain of redirects is short, and one that is not goes in a circle.
        for _ in 0..8 {
            match at.1.page.as_ref()?.redirect.as_ref().and_then(|to| self.files.get_key_value(to)) {
                Some(next) => at = next,
                None => break,
            }
        }
        Some((at.0, at.1.page.as_ref()?))
    }
}

/// What `bytes` at `address` are, and their readable text if they are a page.
pub fn entity(address: &SitePath, bytes: &[u8]) -> (Entity, Option<String>) {
    let mut hasher = Xxh3::new();
    hasher.update(bytes);
    let hash = Some(hex(&hasher));
    match address.extension().as_str() {
        "html" | "htm" => {
            let PageRead { page, text } = page::read(address, bytes);
            (Entity { bytes: hash, page: Some(page), ..Entity::default() }, Some(text))
        }
        "xml" | "atom" | "rss" => (Entity { bytes: hash, entries: entries(bytes), ..Entity::default() }, None),
        _ => (Entity { bytes: hash, ..Entity::default() }, None),
    }
}

/// What the file on disk at `file` is, which goes to `address`; a film is never read whole.
///
/// # Errors
/// Whatever the file system says.
pub fn entity_on_disk(address: &SitePath, file: &Path) -> io::Result<(Entity, Option<String>)> {
    if matches!(address.extension().as_str(), "html" | "htm" | "xml" | "atom" | "rss") {
        return Ok(entity(address, &std::fs::read(file)?));
    }
    Ok((Entity { bytes: Some(hash_on_disk(file)?), ..Entity::default() }, None))
}

/// The hash of the bytes of `file`, which is never read whole.
///
/// # Errors
/// Whatever the file system says.
pub fn hash_on_disk(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut hasher = Xxh3::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hasher)),
            length => hasher.update(&buffer[..length]),
        }
    }
}

/// The hash of `text`, in which only words count.
pub fn text_hash(text: &str) -> String {
    let mut hasher = Xxh3::new();
    for word in text.split_whitespace() {
        hasher.update(word.as_bytes());
        hasher.update(b" ");
    }
    hex(&hasher)
}

fn hex(hasher: &Xxh3) -> String {
    format!("{:032x}", hasher.digest128())
}

/// Makes a manifest of outputs as they stream by, from any thread.
#[derive(Debug, Default)]
pub struct Collector {
    /// A page whose readable text differs from the one that is known here has its text kept.
    known: Manifest,
    collected: Mutex<Collected>,
}

/// What a [`Collector`] has collected.
#[derive(Debug, Default)]
pub struct Collected {
    /// The manifest.
    pub manifest: Manifest,
    /// The readable text of pages whose text is not the known one.
    pub texts: BTreeMap<SitePath, String>,
}

impl Collector {
    /// A collector that keeps the readable text of pages that differ from those in `known`.
    pub fn keeping(known: Manifest) -> Self {
        Self { known, collected: Mutex::default() }
    }

    /// Takes note of `output`. One that cannot be read has no hash.
    pub fn note(&self, output: &Found<Output>) {
        let Output { address, content } = &output.value;
        let (entity, text) = match content {
            Content::Bytes(bytes) => entity(address, bytes),
            Content::BuiltIn(bytes) => entity(address, bytes),
            Content::Copy(file) => entity_on_disk(address, file).unwrap_or_default(),
        };
        let hash = |entity: &Entity| entity.page.as_ref().and_then(|page| page.text.clone());
        let is_known = self.known.page(address).is_some_and(|(_, page)| page.text == hash(&entity));
        let mut collected = self.collected.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(text) = text.filter(|_| !is_known && !self.known.files.is_empty()) {
            collected.texts.insert(address.clone(), text);
        }
        collected.manifest.files.insert(address.clone(), entity);
    }

    /// What was collected.
    pub fn end(self) -> Collected {
        self.collected.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
