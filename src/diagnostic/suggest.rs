//! "Did you mean": the nearest of the names that exist.

use std::borrow::Cow;

/// The one of `names` that is most like `wrong`, or `None` if none is alike enough to be meant.
/// Of equally near names the first in order wins, so the answer does not depend on the iterator's order.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let (length, wanted) = (wrong.chars().count(), letters(&wrong));
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let lower = lowercase(name);
        let count = lower.chars().count();
        let limit = best.map_or(usize::MAX, |(distance, _)| distance).min(forgiven(length.max(count)));
        if length.abs_diff(count) > limit || !may_differ_by(limit, wanted, letters(&lower)) {
            continue;
        }
        let found = (distance(&wrong, &lower), name);
        if found.0 <= limit && best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    best.map(|(_, name)| name)
}

/// The letters that occur in `lower`, each as one of 64 bits.
pub fn letters(lower: &str) -> u64 {
    lower.chars().fold(0, |letters, letter| letters | 1 << (letter as u32 % 64))
}

/// Whether `errors` typing errors can lead from one to the other of two names with these [`letters`], as far as those tell:
/// one changes at most two of the letters that occur.
pub fn may_differ_by(errors: usize, one: u64, other: u64) -> bool {
    (one ^ other).count_ones() as usize <= 2 * errors
}

/// `name` in lower case, which most names are in.
fn lowercase(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
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

    proptest::proptest! {
        #[test]
        fn letters_rule_out_no_name_that_is_near(wrong in "[a-dAé]{1,9}", names in proptest::collection::vec("[a-fBé]{1,9}", 0..9)) {
            let distance = |name: &str| strsim::osa_distance(&wrong.to_lowercase(), &name.to_lowercase());
            let longest = |name: &str| wrong.chars().count().max(name.chars().count());
            let near = names.iter().filter(|name| distance(name) <= forgiven(longest(name)));
            let expected = near.map(|name| (distance(name), name.as_str())).min().map(|(_, name)| name);
            proptest::prop_assert_eq!(nearest(&wrong, names.iter().map(String::as_str)), expected);
        }
    }
}
