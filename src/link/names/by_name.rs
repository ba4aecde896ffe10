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
            let found = self.target(essays, origin, &format!("{destination}{suffix}"));
            let found = found.or_else(|_| self.target(essays, origin, &destination));
            found.ok().filter(|target| matches!(target, Target::Essay { .. } | Target::SamePage(_)))
        };
        let path = path.trim();
        if path.is_empty() {
            return if suffix.is_empty() { None } else { self.target(essays, origin, &suffix).ok() };
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
        let destination = |path: &str| format!("{}{suffix}", encoded(path));
        let target = |path: &str| self.target(essays, origin, &destination(path));
        target(path).or_else(|lost| {
            let by_name = || {
                let entry = self.index().file_named(path, origin.folder.unwrap_or_default())?;
                target(&format!("/{}", entry.path)).ok()
            };
            let found = target(&format!("/{path}")).ok().or_else(by_name);
            found.ok_or_else(|| match self.explain(essays, origin, &destination(path), lost) {
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

#[cfg(test)]
mod tests {
    use crate::link::testing::{assets, essay, linked_in, surroundings};
    use crate::link::{Site, Surroundings, Target};
    use crate::parse::Role;
    use crate::read::Config;

    #[test]
    fn files_are_found_by_names_that_an_address_would_encode() {
        let assets = assets(&["img/50%.png", "what?.png", "img/a%20b.png"]);
        let mut essay = essay("b/c.md", "![](50%.png) ![](what?.png) ![](a%20b.png)");
        essay.references.iter_mut().for_each(|reference| reference.role = Role::NamedResource);
        let found = linked_in(vec![essay], Surroundings { assets, ..surroundings(Config::default()) });
        assert_eq!(found.diagnostics, []);
        let site: Site = found.value;
        let address = |target: &Target| match target {
            Target::File { address, .. } => address.to_string(),
            other => format!("{other:?}"),
        };
        let addresses: Vec<String> = site.targets[0].iter().map(address).collect();
        assert_eq!(addresses, ["img/50%.png", "what?.png", "img/a%20b.png"]);
    }
}
