//! Links by name, `[[lens]]`, and pictures by name, `![[lens.png]]`, when essays and files move.

use std::collections::HashMap;

use super::{Here, Moves};
use crate::link::Site;
use crate::parse::{Role, named};
use crate::read::SitePath;

/// How many essays and files have a name after the moves, by the name in lower case.
#[derive(Debug)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// The names of all that is in `site` after `moves`.
    pub fn new(site: &Site, moves: &Moves) -> Self {
        let mut names = HashMap::new();
        let now = |path| moves.get(path).unwrap_or(path);
        let essays = site.essays.iter().map(|essay| now(&essay.source.path).stem());
        let files = site.files.iter().map(|file| now(&file.address).name());
        for name in essays.chain(files) {
            *names.entry(name.to_lowercase()).or_default() += 1;
        }
        Self(names)
    }

    /// What names a file now at `now`, in place of `destination`, which stands in `here` and named it at `there`; `None` if it
    /// stays. The name alone is enough as long as nothing else has it.
    pub fn mended(
        &self,
        here: Here<'_>,
        (role, destination): (Role, &str),
        (there, now): (&SitePath, &SitePath),
    ) -> Option<String> {
        let (path, heading) = match role {
            Role::Name => (named(destination).path, named(destination).heading),
            _ => destination.split_at(destination.find('#').unwrap_or(destination.len())),
        };
        let name = |path: &SitePath| if role == Role::Name { path.stem().to_owned() } else { path.name().to_owned() };
        let (old, new) = (name(there), name(now));
        let plain = |name: &str| name.replace(' ', "-").to_lowercase();
        let written = plain(path.rsplit('/').next().unwrap_or_default());
        let extension = written.strip_prefix(&plain(&old));
        if !extension.is_some_and(|extension| extension.is_empty() || extension.starts_with('.')) {
            // By another name of the essay, which it keeps.
            return None;
        }
        let is_alone = !path.contains('/');
        let is_enough = self.0.get(&new.to_lowercase()).is_none_or(|count| *count < 2);
        let has_moved = there != now || here.old.folder() != here.new.folder();
        let stays =
            if is_alone && is_enough { old == new } else { !has_moved || (there == now && path.starts_with('/')) };
        if stays {
            return None;
        }
        let folder = now.folder();
        Some(match (is_alone && is_enough, folder) {
            (true, _) => format!("{new}{heading}"),
            (false, "") => format!("/{new}{heading}"),
            (false, folder) => format!("/{folder}/{new}{heading}"),
        })
    }
}
