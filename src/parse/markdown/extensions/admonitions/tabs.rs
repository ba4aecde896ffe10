//! `=== "Title"` (pymdownx) with indented lines below: one of a group of tabs.

use super::attribute_list::AttributeList;
use super::opening::{Element, Opening, Tab, Takes, Title};

/// Signs that may stand behind `===`: the tab is open at first, or it is the first of a group of its own.
const SIGNS: [char; 2] = ['+', '!'];

/// The signs and the title of `line`, if it begins a tab.
fn split(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("===")?;
    let (signs, title) = rest.split_at(rest.find([' ', '\t'])?);
    let title = title.trim().strip_prefix('"')?.strip_suffix('"')?;
    (signs.chars().all(|sign| SIGNS.contains(&sign)) && !title.trim().is_empty()).then_some((signs, title))
}

/// Whether what `line` begins with can be a tab.
pub fn may_begin(line: &str) -> bool {
    line.strip_prefix("===").is_some_and(|rest| rest.trim_start_matches(SIGNS).starts_with([' ', '\t']))
}

/// What `line`, which stands at byte `start`, opens if it is a tab. It is the only one of its group until others are known.
pub fn opening(line: &str, start: usize) -> Option<Opening> {
    let (_, title) = split(line)?;
    let end = start + line.trim_end().len() - "\"".len();
    let title = Title::Written(end - title.len()..end);
    let list = AttributeList::default();
    Some(Opening { element: Element::Tab(Tab::Only), list, title, statement: None, link: None, takes: Takes::Nothing })
}

/// Whether the tab that `line` begins goes on with the group before it.
pub fn goes_on(line: &str) -> bool {
    split(line).is_some_and(|(signs, _)| !signs.contains('!'))
}

/// The places of two tabs of a group that follow each other; the first had the place `before`.
pub fn joined(before: Tab) -> (Tab, Tab) {
    match before {
        Tab::Only | Tab::First => (Tab::First, Tab::Last),
        Tab::Middle | Tab::Last => (Tab::Middle, Tab::Last),
    }
}
