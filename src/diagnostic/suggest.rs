//! "Did you mean": the nearest of the names that exist.

/// The one of `names` that is most like `wrong`, or `None` if none is alike enough to be meant.
/// Of equally near names the first in order wins, so the answer does not depend on the iterator's order.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let length = wrong.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let lower = name.to_lowercase();
        let count = lower.chars().count();
        let limit = best.map_or(usize::MAX, |(distance, _)| distance).min(forgiven(length.max(count)));
        if length.abs_diff(count) > limit {
            continue;
        }
        let found = (distance(&wrong, &lower), name);
        if found.0 <= limit && best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    best.map(|(_, name)| name)
}

/// Typing errors forgiven in a name of `length` characters: a third of it, at least one, at most five.
pub fn forgiven(length: usize) -> usize {
    (length / 3).clamp(1, 5)
}

/// Insertions, deletions, replacements and swaps of neighbours between `a` and `b`. What they begin and end with in
/// common does not count and is cut off first, since most names of a site are alike in that.
fn distance(a: &str, b: &str) -> usize {
    let start: usize = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize =
        a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum();
    strsim::osa_distance(&a[..a.len() - end], &b[..b.len() - end])
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
    }

    #[test]
    fn cutting_common_ends_keeps_the_distance() {
        for (a, b) in
            [("abcabc", "abc"), ("essay-0412.md", "essay-0421.md"), ("aab", "ab"), ("ab", "ba"), ("ééa", "éb")]
        {
            assert_eq!(distance(a, b), strsim::osa_distance(a, b), "{a} {b}");
        }
    }
}
