//! The second stage: a source becomes an [`Essay`], on its own and purely.
//!
//! Reads the header in whichever dialect, walks the Markdown once and writes the body's HTML with a hole wherever
//! something of another file goes. Knows nothing of other essays: a link is kept as the author wrote it.

mod essay;
mod header;
mod markdown;
pub mod math;
pub mod slug;

pub use essay::{
    AddressRule, Body, Date, Essay, Fill, Header, Heading, Hole, Inline, Located, Precision, Reference, Role,
};

use rayon::prelude::*;

use crate::diagnostic::Found;
use crate::read::{Config, Source};

/// Parses every source, in order. The mistakes stay with the essay that they are in: those of a draft are nobody's
/// business yet.
pub fn parse(sources: Vec<Source>, config: &Config) -> Vec<Found<Essay>> {
    sources.into_par_iter().map(|source| parse_one(source, config)).collect()
}

/// Parses one source. Never fails: a header that cannot be read leaves an essay with the file's name as its title.
pub fn parse_one(source: Source, config: &Config) -> Found<Essay> {
    let _ = (source, config);
    todo!()
}
