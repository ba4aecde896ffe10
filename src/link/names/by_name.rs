//! Where a link by the name of an essay leads: `[[lens#The focus]]`.

use std::sync::Arc;

use super::{Names, Origin, Target};
use crate::parse::Essay;
use crate::parse::slug::slug;

impl Names {
    /// Where `written` leads, a link by name with its opening brackets and without its words. The essay may be anywhere; with
    /// several of that name it is the nearest. What names no heading of it leads to its top.
    pub fn resolve_name(&self, essays: &[Arc<Essay>], origin: Origin<'_>, written: &str) -> Option<Target> {
        let name = name_in(written);
        let (path, heading) = name.split_once('#').unwrap_or((name, ""));
        let heading = slug(heading.rsplit('#').next().unwrap_or_default());
        let suffix = if heading.is_empty() { String::new() } else { format!("#{heading}") };
        let essay = |destination: String| {
            let found = self.resolve(essays, origin, &format!("{destination}{suffix}"));
            let found = found.or_else(|_| self.resolve(essays, origin, &destination));
            found.ok().filter(|target| matches!(target, Target::Essay { .. } | Target::SamePage(_)))
        };
        let path = path.trim();
        if path.is_empty() {
            return if suffix.is_empty() { None } else { self.resolve(essays, origin, &suffix).ok() };
        }
        let dashed = path.replace(' ', "-");
        [path, &dashed].into_iter().find_map(|path| {
            let here = if path.starts_with('/') { "" } else { "./" };
            essay(format!("{here}{}.md", encoded(path))).or_else(|| {
                let entry = self.index().named(path, origin.folder.unwrap_or_default())?;
                essay(format!("/{}", encoded(&entry.path)))
            })
        })
    }
}

/// The name in `written`, `[[lens#The focus|`.
pub(in crate::link) fn name_in(written: &str) -> &str {
    let name = written.strip_prefix("[[").unwrap_or(written);
    name.strip_suffix('|').map_or(name, |name| name.trim_end_matches('\\'))
}

/// `path` as a destination.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}
