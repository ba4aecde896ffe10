//! Styles, scripts and fonts that outlive the site that they belong to by one deployment.
//!
//! Browsers and the caches of hosts keep a page for a while. What such a page loads has to be there, though the pages of
//! today load another file. Only files whose name holds a hash: no other changes its name with what it holds.

use super::is_hashed;
use super::manifest::{Entity, Manifest};
use crate::read::SitePath;
use crate::render::Turn;

/// What is online once `new` has taken the place of `old`: `new`, and of what only `old` has, the styles, scripts and
/// fonts, which are leaving now. Those that were leaving then are gone. Where nothing else differs, all stays as it is.
pub fn after(old: &Manifest, new: Manifest) -> Manifest {
    if left_out(old) == new {
        return old.clone();
    }
    let mut after = new;
    for (address, entity) in &old.files {
        if !entity.is_leaving && entity.bytes.is_some() && outlives(address) && !after.files.contains_key(address) {
            after.files.insert(address.clone(), Entity { is_leaving: true, ..entity.clone() });
        }
    }
    after
}

/// `manifest` without what is leaving: nobody's to miss.
pub fn left_out(manifest: &Manifest) -> Manifest {
    let files = manifest.files.iter().filter(|(_, entity)| !entity.is_leaving);
    Manifest { files: files.map(|(address, entity)| (address.clone(), entity.clone())).collect() }
}

/// Whether what stands at `address` stays for one more deployment.
fn outlives(address: &SitePath) -> bool {
    const KINDS: &[&str] = &["css", "js", "mjs", "woff", "woff2"];
    Turn::of(address) == Turn::Asset && is_hashed(address) && KINDS.contains(&address.extension().as_str())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Names after `-` are leaving.
    fn manifest(files: &str) -> Manifest {
        let file = |name: &str| {
            let is_leaving = name.starts_with('-');
            let entity = Entity { bytes: Some("1".to_owned()), is_leaving, ..Entity::default() };
            (SitePath::new(name.trim_start_matches('-')).unwrap(), entity)
        };
        Manifest { files: files.split_whitespace().map(file).collect() }
    }

    fn check(old: &str, new: &str, expected: &str) {
        let (old, new) = (manifest(old), manifest(new));
        assert_eq!(after(&old, new), manifest(expected));
    }

    #[test]
    fn what_kept_pages_load_stays_for_one_more_deployment() {
        check("a.html x-0a0a0a0a.css", "a.html x-0b0b0b0b.css", "a.html x-0b0b0b0b.css -x-0a0a0a0a.css");
        check("a.html x-0b0b0b0b.css -x-0a0a0a0a.css", "b.html x-0b0b0b0b.css", "b.html x-0b0b0b0b.css");
        check("a.html -x-0a0a0a0a.css", "b.html x-0a0a0a0a.css", "b.html x-0a0a0a0a.css");
        check("a.html a.png b-0a0a0a0a.png x.css", "a.html", "a.html");
    }

    #[test]
    fn without_a_change_nothing_leaves() {
        check("a.html -x-0a0a0a0a.css", "a.html", "a.html -x-0a0a0a0a.css");
    }
}
