//! The last stage: outputs go to disk, all or none.

use std::path::Path;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Found, Levels};
use crate::render::Output;

/// What a build did to the output folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or whose bytes changed.
    pub written: usize,
    /// Files that an earlier build made and this one does not.
    pub removed: usize,
    /// Files that were already as they should be.
    pub unchanged: usize,
}

/// When a build with errors writes all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnError {
    /// Nothing is written: the last good site stays.
    Stop,
    /// What could be made is written (`--keep-going`).
    KeepGoing,
}

/// Puts `outputs` into `folder`.
///
/// Files whose bytes are already there stay untouched. The others are first written beside the site and then renamed
/// into place, assets before pages before lists; only then is what an earlier build made, and this one does not,
/// removed. Files that Essai did not make are never touched.
///
/// # Errors
/// A folder that is not Essai's, a stranger's file in the way, or whatever the file system says. If an output has an
/// error (by `levels`) and `on_error` is [`OnError::Stop`], or if a file cannot be written, the folder stays as it was.
pub fn write(
    folder: &Path,
    outputs: impl ParallelIterator<Item = Found<Output>>,
    levels: &Levels,
    on_error: OnError,
) -> (Result<Written, Diagnostic>, Vec<Diagnostic>) {
    let _ = (folder, outputs, levels, on_error);
    todo!()
}
