//! The site at one moment: what a request is answered from.

use std::collections::HashMap;
use std::mem::Discriminant;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use xxhash_rust::xxh3::xxh3_128;

use crate::command::compile::Compiled;
use crate::diagnostic::{Diagnostic, Found};
use crate::render::{self, Content, Output, Task};

/// A compiled site whose files are made when they are asked for, and then remembered. Nobody changes it: when the site
/// changes, there is another.
#[derive(Debug)]
pub struct Snapshot {
    /// What it is made from.
    pub compiled: Arc<Compiled>,
    plan: Arc<Plan>,
    /// `files[n]` is what `plan.tasks[n]` makes, once it was asked for.
    files: Vec<OnceLock<Arc<File>>>,
    /// The index by which readers search, by address, once it was asked for.
    search: OnceLock<HashMap<String, Arc<File>>>,
}

/// Which files a site has. Sites with the same graph and styles have the same.
#[derive(Debug)]
struct Plan {
    tasks: Vec<Task>,
    /// Positions in `tasks`, by address.
    positions: HashMap<String, usize>,
}

/// A file that was made.
#[derive(Debug)]
pub struct File {
    /// What it holds.
    pub holds: Holds,
    /// What went wrong in making it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a file holds.
#[derive(Debug)]
pub enum Holds {
    /// These bytes.
    Bytes {
        /// The bytes.
        bytes: Bytes,
        /// Their hash.
        hash: u128,
    },
    /// What is in a file on disk.
    Disk(PathBuf),
}

impl Snapshot {
    /// The snapshot of `compiled`; `before` is an earlier one.
    pub fn new(compiled: Compiled, before: Option<&Snapshot>) -> Self {
        let is_same = |before: &&Snapshot| {
            Arc::ptr_eq(&before.compiled.site.graph, &compiled.site.graph)
                && before.compiled.templates.make_same_files(&compiled.templates)
        };
        let plan = match before.filter(is_same) {
            Some(before) => Arc::clone(&before.plan),
            None => {
                let tasks = render::plan(&compiled.site, &compiled.templates);
                let addresses = tasks.iter().map(|task| task.address.to_string());
                let positions = addresses.enumerate().map(|(position, address)| (address, position)).collect();
                Arc::new(Plan { tasks, positions })
            }
        };
        let known = |task: &Task| {
            let before = before.filter(|_| task.is_constant())?;
            before.files[before.position(task.address.as_str())?].get().cloned()
        };
        let files = plan.tasks.iter().map(|task| known(task).map_or_else(OnceLock::new, OnceLock::from)).collect();
        Self { compiled: Arc::new(compiled), plan, files, search: OnceLock::new() }
    }

    /// How many files the site has.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The position of the file at `address`, such as `a/b.html`, if there is one.
    pub fn position(&self, address: &str) -> Option<usize> {
        self.plan.positions.get(address).copied()
    }

    /// The file at `position`, made now if nobody has asked for it before.
    pub fn file(&self, position: usize) -> &Arc<File> {
        self.files[position].get_or_init(|| {
            let Found { value: output, diagnostics } = self.make(position);
            Arc::new(File { holds: holds(output.content), diagnostics })
        })
    }

    /// The part of the index for searching at `address`, if there is one. The whole index is made when the first is
    /// asked for.
    pub fn search(&self, address: &str) -> Option<Arc<File>> {
        let index = self.search.get_or_init(|| {
            let outputs = render::search(&self.compiled.site).into_iter();
            let file = |output: Output| {
                let file = File { holds: holds(output.content), diagnostics: Vec::new() };
                (output.address.to_string(), Arc::new(file))
            };
            outputs.map(file).collect()
        });
        index.get(address).cloned()
    }

    /// What goes wrong in making the file at `position`. The file is kept only if it will hardly change.
    pub fn diagnostics(&self, position: usize) -> Vec<Diagnostic> {
        if self.plan.tasks[position].is_constant() {
            return self.file(position).diagnostics.clone();
        }
        match self.files[position].get() {
            Some(file) => file.diagnostics.clone(),
            None => self.make(position).diagnostics,
        }
    }

    /// The position of one file of each kind.
    pub fn samples(&self) -> Vec<usize> {
        let mut kinds: Vec<Discriminant<_>> = Vec::new();
        let mut samples = Vec::new();
        for (position, task) in self.plan.tasks.iter().enumerate() {
            if !kinds.contains(&task.kind()) {
                kinds.push(task.kind());
                samples.push(position);
            }
        }
        samples
    }

    fn make(&self, position: usize) -> Found<Output> {
        let Compiled { site, templates, .. } = &*self.compiled;
        render::one(site, templates, &self.plan.tasks[position])
    }
}

fn holds(content: Content) -> Holds {
    match content {
        Content::Bytes(bytes) => in_memory(bytes.into()),
        Content::BuiltIn(bytes) => in_memory(Bytes::from_static(bytes)),
        Content::Copy(file) => Holds::Disk(file),
    }
}

fn in_memory(bytes: Bytes) -> Holds {
    let hash = xxh3_128(&bytes);
    Holds::Bytes { bytes, hash }
}
