//! Names that are wrong wherever they stand: each is reported once an essay, where it stands first.

use std::collections::HashMap;
use std::ops::Range;

/// Each of `names`, which stand at these bytes, once, in the order of the text, with how many more of it there are. Case does
/// not count.
pub fn once(names: &[(String, Range<usize>)]) -> Vec<(&str, Range<usize>, usize)> {
    let mut counted: Vec<(&str, Range<usize>, usize)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (name, span) in names {
        let position = *known.entry(name.to_lowercase()).or_insert(counted.len());
        match counted.get_mut(position) {
            Some((first, at, others)) => {
                *others += 1;
                if span.start < at.start {
                    (*first, *at) = (name, span.clone());
                }
            }
            None => counted.push((name, span.clone(), 0)),
        }
    }
    counted.sort_by_key(|(_, span, _)| span.start);
    counted
}

#[cfg(test)]
mod tests {
    use super::once;

    #[test]
    fn a_name_is_there_once() {
        let names = [("b", 9), ("a", 5), ("A", 3), ("c", 1), ("a", 7)].map(|(name, at)| (name.to_owned(), at..at + 1));
        assert_eq!(once(&names), [("c", 1..2, 0), ("A", 3..4, 2), ("b", 9..10, 0)]);
    }
}
