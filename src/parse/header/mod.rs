//! The header of an essay, in three dialects that are told apart by their first line.

use std::ops::Range;

use super::Header;
use crate::diagnostic::Found;
use crate::read::Source;

/// A header and the rest of the file.
#[derive(Debug)]
pub struct Split {
    /// What the header says.
    pub header: Header,
    /// Bytes of the source after the header.
    pub body: Range<usize>,
}

/// Takes the header off `source`. A header with mistakes yields what could be read of it.
pub fn split(source: &Source) -> Found<Split> {
    let _ = source;
    todo!()
}
