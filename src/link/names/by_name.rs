//! Where a link by the name of an essay leads: `[[lens#The focus]]`.

use std::sync::Arc;

use super::{Miss, Names, Origin, Resolved, Target};
use crate::parse::slug::slug;
use crate::parse::{Essay, Named, named};

impl Names {
    /// Where `written` leads, a link by name with its opening brackets and without its words. The essay may be anywhere; with
    /// several of that name it is the nearest; if none has it, one whose aliases say it. What names no heading of it leads to
    /// its top.
    pub fn resolve_name(&self, essays: &[Arc<Essay>], origin: Origin<'_>, written: &str) -> Option<Target> {
        let Named { path, heading, .. } = named(written);
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
        let rooted = |path: &str| essay(format!("/{}", encoded(path)));
        let dashed = path.replace(' ', "-");
        let by_file = [path, &dashed].into_iter().find_map(|path| {
            let here = if path.starts_with('/') { "" } else { "./" };
            essay(format!("{here}{}.md", encoded(path)))
                .or_else(|| rooted(&self.index().named(path, origin.folder.unwrap_or_default())?.path))
        });
        by_file.or_else(|| {
            let id = self.other_names.get(&path.to_lowercase())?;
            rooted(essays.get(id.index())?.source.path.as_str())
        })
    }

    /// Where `written` leads, a file's name such as `lens.png`: what it is as a path, from the essay's folder or from the
    /// top, else the nearest file of that name.
    pub fn resolve_file_name(&self, essays: &[Arc<Essay>], origin: Origin<'_>, written: &str) -> Resolved {
        let (path, suffix) = written.split_at(written.find('#').unwrap_or(written.len()));
        let path = path.trim();
        let resolve = |path: &str| self.resolve(essays, origin, &format!("{}{suffix}", encoded(path)));
        resolve(path).or_else(|miss| {
            let by_name = || {
                let entry = self.index().file_named(path, origin.folder.unwrap_or_default())?;
                resolve(&format!("/{}", encoded(&entry.path))).ok()
            };
            resolve(&format!("/{}", encoded(path))).ok().or_else(by_name).ok_or_else(|| match miss {
                Miss::Nothing { path: missing, nearest: None } => {
                    let like = self.index().file_like(path.rsplit('/').next().unwrap_or_default());
                    let name = like.and_then(|entry| entry.path.rsplit('/').next());
                    Miss::Nothing { path: missing, nearest: name.map(str::to_owned) }
                }
                miss => miss,
            })
        })
    }
}

/// `path` as a destination.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('?', "%3F").replace('#', "%23")
}
