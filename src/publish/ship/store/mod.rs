//! A bucket or container of an object store: several files at a time, each tried again where the store fails, and
//! completed by the next deployment where it dies.

mod files;
mod listed;
mod remote;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rusty_s3::Credentials;

use super::holder::Holder;
use super::obstacle::Listing;
use super::{Intent, Online, Shipment, Shipped};
use crate::diagnostic::{Diagnostic, publication};
use crate::publish::form::{self, STORED};
use crate::publish::manifest::Manifest;
use crate::read::SitePath;
use crate::read::hosts::{Bucket, Compression};
use crate::render::Turn;
use files::{Headers, packed};
use remote::{Condition, Remote, Sent};

/// The name of the lock, beside the site.
const LOCK: &str = ".essai-lock";

/// A file larger than this, in bytes, is sent from the disk as it is.
const READ_WHOLE: u64 = 8 * 1024 * 1024;

/// So many files are sent before the manifest is brought up to date, so that a deployment that dies goes on from there.
const BETWEEN_MANIFESTS: usize = 250;

/// A store that is deployed to.
#[derive(Debug)]
pub struct Store {
    remote: Remote,
    shown: String,
    parallel: usize,
    compression: Compression,
    /// Who holds the lock, if it is ours.
    held: Option<Holder>,
}

impl Store {
    /// Opens a bucket, with the credentials of the environment.
    ///
    /// # Errors
    /// No credentials, a store that does not answer, or one that another deployment holds.
    pub fn s3(bucket: &Bucket, intent: Intent) -> Result<Self, Diagnostic> {
        let shown = format!("the bucket `{}`", bucket.name);
        let Some(credentials) = Credentials::from_env() else {
            return Err(publication::no_credentials(&shown, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
        };
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let endpoint = bucket.endpoint.clone().or_else(|| variable("AWS_ENDPOINT_URL"));
        let region =
            bucket.region.clone().or_else(|| variable("AWS_REGION")).or_else(|| variable("AWS_DEFAULT_REGION"));
        let region = region.unwrap_or_else(|| "us-east-1".to_owned());
        let timeout = Duration::from_secs(bucket.timeout);
        let Bucket { name, prefix, .. } = bucket;
        let remote = Remote::s3(endpoint.as_deref(), &region, name, prefix, credentials, timeout)
            .map_err(|said| publication::store(&shown, "answer", &said))?;
        let (parallel, compression) = (bucket.parallel, bucket.compression);
        Self { remote, shown, parallel, compression, held: None }.opened(intent)
    }

    /// Opens a container of Azure's, with the shared access signature of the environment.
    ///
    /// # Errors
    /// No signature, a store that does not answer, or one that another deployment holds.
    pub fn azure(
        account: &str,
        container: &str,
        endpoint: Option<&str>,
        timeout: u64,
        intent: Intent,
    ) -> Result<Self, Diagnostic> {
        let shown = format!("the container `{container}` of `{account}`");
        let signature = std::env::var("AZURE_STORAGE_SAS_TOKEN").ok().filter(|signature| !signature.is_empty());
        let Some(signature) = signature else {
            return Err(publication::no_credentials(&shown, "AZURE_STORAGE_SAS_TOKEN"));
        };
        let remote = Remote::azure(account, container, endpoint, &signature, Duration::from_secs(timeout));
        Self { remote, shown, parallel: 8, compression: Compression::None, held: None }.opened(intent)
    }

    /// The store, held if it is to be changed.
    fn opened(mut self, intent: Intent) -> Result<Self, Diagnostic> {
        if intent == Intent::Look {
            return Ok(self);
        }
        if intent == Intent::BreakLock {
            self.remote.delete(LOCK).map_err(|said| self.failed("remove the lock", &said))?;
        }
        let me = Holder::now();
        let text = me.written();
        let headers =
            Headers { content_type: "application/json".to_owned(), cache_control: "no-store", ..Headers::default() };
        let lock = || self.remote.put(LOCK, Sent::Bytes(text.as_bytes()), &headers, Condition::Absent);
        let holder = || self.remote.get(LOCK).map(|text| text.and_then(|text| Holder::read(&text)));
        let failed = |said: String| self.failed("take the lock", &said);
        // Some stores do not know the condition: what is there before and after is the answer.
        match holder().map_err(failed)? {
            Some(holder) if holder.is_dead() => self.remote.delete(LOCK).map_err(failed)?,
            Some(holder) => return Err(publication::deploying(&self.shown, &holder.shown())),
            None => {}
        }
        lock().map_err(failed)?;
        match holder().map_err(failed)? {
            Some(holder) if holder != me => Err(publication::deploying(&self.shown, &holder.shown())),
            _ => {
                self.held = Some(me);
                Ok(self)
            }
        }
    }

    fn failed(&self, doing: &str, said: &str) -> Diagnostic {
        publication::store(&self.shown, doing, said)
    }

    /// As the author would call it.
    pub fn shown(&self) -> String {
        self.shown.clone()
    }

    /// What is in the store.
    ///
    /// # Errors
    /// A manifest that is damaged, or a store that does not answer.
    pub fn online(&self) -> Result<Online, Diagnostic> {
        let failed = |said: String| self.failed("answer", &said);
        match self.remote.get(STORED).map_err(failed)? {
            Some(text) => Ok(Online::stored(&String::from_utf8_lossy(&text), &self.shown)),
            None => Ok(self.remote.any().map_err(failed)?.map_or(Online::Nothing, Online::Strangers)),
        }
    }

    /// What is in the store, as far as it may be in the way of `shipment`: nothing can where nothing new is sent. A store has
    /// no folders, so that only what has the very name of a new file is.
    ///
    /// # Errors
    /// A store that does not answer.
    pub fn listing(&self, shipment: &Shipment<'_>) -> Result<Listing, Diagnostic> {
        let mut new = shipment.sent();
        new.retain(|address| !shipment.old.files.contains_key(*address));
        if new.is_empty() {
            return Ok(Listing::default());
        }
        let new: HashSet<&str> = new.into_iter().map(SitePath::as_str).collect();
        let names = self.remote.names().map_err(|said| self.failed("answer", &said))?;
        Ok(Listing::without_folders(names.into_iter().filter(|name| new.contains(name.as_str()))))
    }

    /// Makes the store hold the site.
    ///
    /// # Errors
    /// A file that the store does not take after several tries. What is online is whole then.
    pub fn ship(&self, shipment: &Shipment<'_>) -> Result<Shipped, Diagnostic> {
        let (sent, removed) = (shipment.sent(), shipment.removed());
        if sent.is_empty() && removed.is_empty() && shipment.old == shipment.new {
            return Ok(Shipped::default());
        }
        let mut kept = shipment.under_way();
        self.keep(&kept)?;
        for turn in Turn::ALL {
            let files: Vec<&SitePath> = sent.iter().copied().filter(|address| Turn::of(address) == turn).collect();
            for some in files.chunks(BETWEEN_MANIFESTS) {
                self.each(some, "take", &|address| {
                    self.send(shipment, address)?;
                    (shipment.progress)();
                    Ok(())
                })?;
                for address in some {
                    if let Some(entity) = shipment.new.files.get(*address) {
                        kept.files.insert((*address).clone(), entity.clone());
                    }
                }
                // Before the first file that may be removed and after the last, the manifest is written anyway.
                if some.len() == BETWEEN_MANIFESTS {
                    self.keep(&kept)?;
                }
            }
        }
        // What a list of the new site replaces may still be asked for while the list is being replaced.
        self.each(&removed, "remove", &|address| {
            self.remote.delete(address.as_str())?;
            (shipment.progress)();
            Ok(())
        })?;
        self.keep(shipment.new)?;
        Ok(Shipped { sent: sent.len(), removed: removed.len(), remark: None })
    }

    /// Puts `manifest` there.
    fn keep(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let headers =
            Headers { content_type: "application/json".to_owned(), cache_control: "no-store", ..Headers::default() };
        let text = form::written(manifest);
        let put = self.remote.put(STORED, Sent::Bytes(text.as_bytes()), &headers, Condition::None);
        put.map(drop).map_err(|said| self.failed("take the manifest", &said))
    }

    /// Does `work` for each of `addresses`, several at a time, and stops at the first that fails.
    fn each(
        &self,
        addresses: &[&SitePath],
        doing: &str,
        work: &(dyn Fn(&SitePath) -> Result<(), String> + Sync),
    ) -> Result<(), Diagnostic> {
        let next = AtomicUsize::new(0);
        let failure: Mutex<Option<(SitePath, String)>> = Mutex::new(None);
        let failed = || failure.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let worker = || {
            while failed().is_none()
                && let Some(address) = addresses.get(next.fetch_add(1, Ordering::Relaxed))
            {
                if let Err(said) = work(address) {
                    failed().get_or_insert(((*address).clone(), said));
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.parallel.min(addresses.len()) {
                scope.spawn(worker);
            }
        });
        let failure = failed().take();
        failure.map_or(Ok(()), |(address, said)| Err(self.failed(&format!("{doing} `{address}`"), &said)))
    }

    /// Sends the file at `address`.
    fn send(&self, shipment: &Shipment<'_>, address: &SitePath) -> Result<(), String> {
        let file = shipment.folder.join(address.as_str());
        let mut headers = Headers::of(address);
        let page = shipment.new.files.get(address).and_then(|entity| entity.page.as_ref());
        headers.redirect = page.and_then(|page| page.redirect.as_ref()).map(|to| self.remote.location(to));
        let length = size(&file)?;
        if length > READ_WHOLE {
            return self.remote.put(address.as_str(), Sent::File(&file), &headers, Condition::None).map(drop);
        }
        let bytes = std::fs::read(&file).map_err(|error| error.to_string())?;
        let packed = if self.compression == Compression::Gzip { packed(address, &bytes) } else { None };
        headers.content_encoding = packed.as_ref().map(|_| "gzip");
        let sent = Sent::Bytes(packed.as_deref().unwrap_or(&bytes));
        self.remote.put(address.as_str(), sent, &headers, Condition::None).map(drop)
    }
}

/// The length of `file` in bytes.
fn size(file: &Path) -> Result<u64, String> {
    std::fs::metadata(file).map(|metadata| metadata.len()).map_err(|error| error.to_string())
}

impl Drop for Store {
    fn drop(&mut self) {
        // A lock that was broken may be another's by now.
        let there = self.held.as_ref().and_then(|_| self.remote.get(LOCK).ok().flatten());
        if there.is_some_and(|text| Holder::read(&text) == self.held) {
            let _ = self.remote.delete(LOCK);
        }
    }
}
