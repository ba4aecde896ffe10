//! Orders of essays.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use crate::parse::Essay;

use super::site::EssayId;

/// All essays, newest first; those of one moment by path, undated ones last, by path.
pub(super) fn newest_first(essays: &[Arc<Essay>]) -> Vec<EssayId> {
    let mut ids: Vec<EssayId> = (0..essays.len() as u32).map(EssayId).collect();
    let key = |id: &EssayId| {
        let date = essays[id.index()].header.date;
        (date.is_none(), Reverse(date.map(|date| date.moment)), *id)
    };
    ids.sort_unstable_by_key(key);
    ids
}

/// The order in which essays that nothing else orders are read: oldest first, undated ones last, else by path.
pub(super) fn oldest_first(essays: &[Arc<Essay>], a: EssayId, b: EssayId) -> Ordering {
    let key = |id: EssayId| {
        let date = essays[id.index()].header.date;
        (date.is_none(), date.map(|date| date.moment), id)
    };
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::{dated, essay, linked, paths};

    #[test]
    fn newest_come_first_and_undated_last() {
        let site = linked(vec![
            essay("404.md", ""),
            essay("a.md", ""),
            dated(essay("b.md", ""), "2020-01-01"),
            dated(essay("c.md", ""), "2021-01-01"),
            dated(essay("d.md", ""), "2020-01-01"),
            dated(essay("index.md", ""), "2022-01-01"),
        ])
        .value;
        assert_eq!(paths(&site, &site.newest), ["c.md", "b.md", "d.md", "a.md"]);
        assert_eq!(oldest_first(&site.essays, EssayId(3), EssayId(1)), Ordering::Less);
    }
}
