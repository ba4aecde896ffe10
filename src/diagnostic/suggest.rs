//! "Did you mean": the nearest of the names that exist.

use std::ops::Deref;

/// Typing errors that are forgiven at most.
const MOST: usize = 5;

/// Names, one of which was meant: in the order of their letters in lower case, so that the nearest of thousands is found by a look
/// at few.
#[derive(Debug, Clone, Default)]
pub struct Known<N>(Vec<(String, N)>);

impl<N: Deref<Target = str>> Known<N> {
    /// Those of `names`, in whatever order they come.
    pub fn new(names: impl IntoIterator<Item = N>) -> Self {
        let mut names: Vec<(String, N)> = names.into_iter().map(|name| (name.to_lowercase(), name)).collect();
        names.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.cmp(other)));
        Self(names)
    }

    /// The one that is most like `wrong`, or `None` if none is alike enough to be meant. Of equally near names the first in order
    /// wins.
    pub fn nearest(&self, wrong: &str) -> Option<&N> {
        nearest_of(&self.0, wrong, |(lower, _)| lower, |_| true).map(|(_, name)| name)
    }
}

/// The one of `names` that is most like `wrong`, as [`Known::nearest`] has it.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Known::new(names).nearest(wrong).copied()
}

/// The one of `items` that suits and whose name is most like `wrong`; `None` if none is alike enough to be meant. `lower` is its
/// name in lower case, in whose order the items stand. Of equally near ones the first wins.
pub fn nearest_of<'i, T>(
    items: &'i [T],
    wrong: &str,
    lower: impl Fn(&T) -> &str,
    suits: impl Fn(&T) -> bool,
) -> Option<&'i T> {
    let wanted: Vec<char> = wrong.to_lowercase().chars().collect();
    let most = forgiven(wanted.len() + MOST);
    (0..=most).find_map(|errors| Search::new(&wanted, errors).first(items, &lower, &suits))
}

/// Typing errors forgiven in a name of `length` characters: a third of it, at least one.
fn forgiven(length: usize) -> usize {
    (length / 3).clamp(1, MOST)
}

/// The distances between the beginning of a name and those beginnings of what is looked for that are not much longer or shorter:
/// the middle one is that of the same length.
type Distances = [usize; 2 * MOST + 1];

/// A search for names that a number of typing errors make of what was written: insertions, deletions, replacements and swaps of
/// neighbours. Names that begin alike are looked at once as far as they do, and no further than they can still be meant.
struct Search<'w> {
    wanted: &'w [char],
    errors: usize,
    /// The beginning of the name that is looked at.
    name: Vec<char>,
    /// The distances of each beginning of `name`, the empty one first.
    distances: Vec<Distances>,
}

impl<'w> Search<'w> {
    fn new(wanted: &'w [char], errors: usize) -> Self {
        let mut first = [errors + 1; 2 * MOST + 1];
        (0..=errors.min(wanted.len())).for_each(|length| first[errors + length] = length);
        Self { wanted, errors, name: Vec::new(), distances: vec![first] }
    }

    /// The first of `items` that suits and is just so many errors away.
    fn first<T>(mut self, mut items: &[T], lower: impl Fn(&T) -> &str, suits: impl Fn(&T) -> bool) -> Option<&T> {
        while let [item, rest @ ..] = items {
            let name = lower(item);
            match self.read(name) {
                Ok(distance) => {
                    let longest = self.name.len().max(self.wanted.len());
                    if distance == self.errors && distance <= forgiven(longest) && suits(item) {
                        return Some(item);
                    }
                    items = rest;
                }
                Err(length) => {
                    let beginning = &name[..length];
                    items = &items[items.partition_point(|item| lower(item).starts_with(beginning))..];
                }
            }
        }
        None
    }

    /// The distance of `name`, which follows the last one in order.
    ///
    /// # Errors
    /// How many bytes of it are enough to tell that no name that begins with them is near.
    fn read(&mut self, name: &str) -> Result<usize, usize> {
        let shared = self.name.iter().zip(name.chars()).take_while(|(a, b)| **a == *b).count();
        self.name.truncate(shared);
        self.distances.truncate(shared + 1);
        for (at, letter) in name.char_indices().skip(shared) {
            self.name.push(letter);
            let next = self.next(letter);
            if next[..=2 * self.errors].iter().all(|distance| *distance > self.errors) {
                self.name.pop();
                return Err(at + letter.len_utf8());
            }
            self.distances.push(next);
        }
        let middle = (self.wanted.len() + self.errors).checked_sub(self.name.len());
        let last = &self.distances[self.name.len()];
        Ok(middle.and_then(|middle| last.get(middle)).copied().unwrap_or(self.errors + 1))
    }

    /// The distances of the name with `letter`, which is its last.
    fn next(&self, letter: char) -> Distances {
        let (length, errors) = (self.name.len(), self.errors);
        let before = &self.distances[length - 1];
        let mut next = [errors + 1; 2 * MOST + 1];
        for at in 0..=2 * errors {
            // So many characters of what is wanted.
            let Some(end) = (length + at).checked_sub(errors).filter(|end| *end <= self.wanted.len()) else { continue };
            let Some(last) = end.checked_sub(1).map(|last| self.wanted[last]) else {
                next[at] = length.min(errors + 1);
                continue;
            };
            let mut distance = before[at] + usize::from(letter != last);
            if at < 2 * errors {
                distance = distance.min(before[at + 1] + 1);
            }
            if at > 0 {
                distance = distance.min(next[at - 1] + 1);
            }
            if end > 1 && length > 1 && letter == self.wanted[end - 2] && self.name[length - 2] == last {
                distance = distance.min(self.distances[length - 2][at] + 1);
            }
            next[at] = distance.min(errors + 1);
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wrong: &str, names: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(wrong, names.iter().copied()), expected);
    }

    #[test]
    fn the_nearest_name_wins_and_far_names_do_not() {
        check("lens.md", &["lenses.md", "light.md"], Some("lenses.md"));
        check("keywrods", &["title", "keywords"], Some("keywords"));
        check("zebra", &["title", "keywords"], None);
        check("ab", &["ac", "aa"], Some("aa"));
        check("é", &["e", "x"], Some("e"));
        check("", &["", "x"], Some(""));
        check("LENS", &["lens", "Lens"], Some("Lens"));
    }

    #[test]
    fn the_nearest_of_thousands_is_found() {
        let names: Vec<String> = (0..20_000).map(|number| format!("on-seeing-{number:05}.md")).collect();
        let known = Known::new(names.iter().map(String::as_str));
        for name in &names[..2_000] {
            let wrong = name.replace("seeing", "seieng");
            assert_eq!(known.nearest(&wrong).copied(), Some(name.as_str()));
        }
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_is_the_one_with_the_fewest_errors(wrong in "[a-dAé]{0,9}", names in proptest::collection::vec("[a-fBé]{0,9}", 0..9)) {
            let distance = |name: &str| strsim::osa_distance(&wrong.to_lowercase(), &name.to_lowercase());
            let longest = |name: &str| wrong.chars().count().max(name.chars().count());
            let near = names.iter().filter(|name| distance(name) <= forgiven(longest(name)));
            let expected = near.map(|name| (distance(name), name.to_lowercase(), name.as_str())).min().map(|(.., name)| name);
            proptest::prop_assert_eq!(nearest(&wrong, names.iter().map(String::as_str)), expected);
        }
    }
}
