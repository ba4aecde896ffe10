//! By what a file is known to be the one that was read.

use std::fs::Metadata;
use std::io;
use std::time::{Duration, SystemTime};

/// By what a file is known to be unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: SystemTime,
    /// When anything about the file changed, and which file it is, where the system says so.
    identity: [i64; 3],
}

/// A file that changed less than this before it was read may change again without looking different, as clocks of file
/// systems are coarse: it is not known by its stamp.
const YOUTH: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of the file with this metadata; `None` if there is none that can be trusted.
    pub fn new(metadata: &io::Result<Metadata>) -> Option<Self> {
        let metadata = metadata.as_ref().ok()?;
        let modified = metadata.modified().ok()?;
        let now = SystemTime::now();
        let is_old = |moment: SystemTime| now.duration_since(moment).is_ok_and(|age| age > YOUTH);
        #[cfg(unix)]
        let (identity, is_settled) = {
            use std::os::unix::fs::MetadataExt;
            let changed = SystemTime::UNIX_EPOCH + Duration::from_secs(metadata.ctime().try_into().unwrap_or(0));
            ([metadata.ctime(), metadata.ctime_nsec(), metadata.ino() as i64], is_old(changed))
        };
        #[cfg(not(unix))]
        let (identity, is_settled) = ([0; 3], true);
        (is_old(modified) && is_settled).then_some(Self { length: metadata.len(), modified, identity })
    }
}
