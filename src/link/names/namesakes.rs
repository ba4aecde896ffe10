//! What is called alike in many folders, such as `notes.md` in each of thousands: what was meant by one of those is found without a
//! look at the others.

use std::iter;

use hashbrown::HashMap;

use super::index::{Entry, extension, split, steps};

/// Names that no more entries than this have are looked through.
const MANY: usize = 32;

/// The entries whose name many have, by what they are called.
#[derive(Debug, Default)]
pub(super) struct Namesakes(HashMap<String, Called>);

/// The positions of the entries that are called alike.
#[derive(Debug, Default)]
pub(super) struct Called {
    /// By path in lower case; of several the first.
    by_path: HashMap<String, usize>,
    /// The pages.
    pages: Below,
    /// The other files, by name in lower case.
    files: HashMap<String, Below>,
}

/// By folder, of what lies in it at any depth the entry to which the way from there is the shortest; of several the first by path.
type Below = HashMap<String, usize>;

impl Namesakes {
    /// Those of `entries`, whose positions `by_name` holds with what is called alike side by side.
    pub fn new(entries: &[Entry], by_name: &[u32]) -> Self {
        let alike = by_name.chunk_by(|a, b| entries[*a as usize].called() == entries[*b as usize].called());
        let many = alike.filter(|alike| alike.len() > MANY).map(|alike| {
            let positions = alike.iter().map(|position| *position as usize);
            (entries[alike[0] as usize].called().to_owned(), Called::new(entries, positions))
        });
        Self(many.collect())
    }

    /// Those that are called `name`, if they are many.
    pub fn called(&self, name: &str) -> Option<&Called> {
        self.0.get(name)
    }
}

impl Called {
    fn new(entries: &[Entry], positions: impl Iterator<Item = usize>) -> Self {
        let mut found = Self::default();
        for position in positions {
            let entry = &entries[position];
            found.by_path.entry(entry.lower().to_owned()).or_insert(position);
            if entry.suits("") {
                add(&mut found.pages, entries, position);
            } else if entry.suits(&extension(entry.lower_name())) {
                add(found.files.entry(entry.lower_name().to_owned()).or_default(), entries, position);
            }
        }
        found
    }

    /// The position of the first at `path`, which is in lower case.
    pub fn at(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The position of the page to which the way from `folder` is the shortest.
    pub fn page(&self, entries: &[Entry], folder: &str) -> Option<usize> {
        nearest(&self.pages, entries, folder)
    }

    /// The same of the files that are called `name` in lower case.
    pub fn file(&self, entries: &[Entry], folder: &str, name: &str) -> Option<usize> {
        nearest(self.files.get(name)?, entries, folder)
    }
}

/// Adds the entry at `position` for each folder that it lies in.
fn add(below: &mut Below, entries: &[Entry], position: usize) {
    let rank = |position: usize| (entries[position].path.matches('/').count(), &entries[position].path);
    for folder in with_those_above(split(&entries[position].path).0) {
        let best = below.entry_ref(folder).or_insert(position);
        if rank(position) < rank(*best) {
            *best = position;
        }
    }
}

/// The position of the entry to which the way from `folder` is the shortest: it is the nearest to the folder in which the two ways
/// part.
fn nearest(below: &Below, entries: &[Entry], folder: &str) -> Option<usize> {
    let found = with_those_above(folder).filter_map(|folder| below.get(folder).copied());
    found.min_by_key(|position| (steps(folder, &entries[*position].path), &entries[*position].path))
}

/// `folder` and those that it lies in, the top last.
fn with_those_above(folder: &str) -> impl Iterator<Item = &str> {
    iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| split(folder).0))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_nearest_of_many_is_the_one_of_the_fewest_steps(
            folders in proptest::collection::btree_set("[aB]{1,2}(/[aB]{1,2}){0,3}", MANY + 1..60),
            from in "([aB]{1,2}(/[aB]{1,2}){0,3})?",
        ) {
            let entry = |folder: &String| {
                let kinds: [fn(&str) -> Entry; 3] = [Entry::essay, Entry::file, |path| Entry::folder(path, None)];
                let number = folder.len() % 3;
                kinds[number](&format!("{folder}/n.{}", ["md", "png", "jpg"][number]))
            };
            let entries: Vec<Entry> = folders.iter().map(entry).collect();
            let positions: Vec<u32> = (0..entries.len() as u32).collect();
            let namesakes = Namesakes::new(&entries, &positions);
            let many = namesakes.called("n");
            let nearest = |name: &str| {
                let same = (0..entries.len()).filter(|at| entries[*at].lower_name() == name);
                let same = same.filter(|at| entries[*at].suits(&extension(name)));
                same.min_by_key(|at| (steps(&from, &entries[*at].path), &entries[*at].path))
            };
            proptest::prop_assert_eq!(many.and_then(|many| many.page(&entries, &from)), nearest("n.md"));
            for name in ["n.png", "n.jpg"] {
                proptest::prop_assert_eq!(many.and_then(|many| many.file(&entries, &from, name)), nearest(name));
            }
            for (at, entry) in entries.iter().enumerate() {
                let found = many.and_then(|many| many.at(entry.lower())).unwrap_or(usize::MAX);
                proptest::prop_assert!(found <= at && entries[found].lower() == entry.lower());
            }
            proptest::prop_assert!(namesakes.called("m").is_none());
        }
    }
}
