//! "Did you mean": the nearest of the names that exist.

/// The one of `names` that is most like `wrong`, or `None` if none is alike enough to be meant.
/// Of equally near names the first in order wins, so the answer does not depend on the iterator's order.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::osa_distance(&wrong, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= allowed(wrong.chars().count().max(name.chars().count())))
        .min()
        .map(|(_, name)| name)
}

/// Typing errors forgiven in a name of `length` characters: a third of it, at least one, at most five.
fn allowed(length: usize) -> usize {
    (length / 3).clamp(1, 5)
}
