//! A comparison in words, and the difference of two texts.

use std::fmt::Write as _;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::compare::{Comparison, Difference};
use crate::read::SitePath;

/// Words shown around a difference.
const AROUND: usize = 6;

/// Differences of a text that are shown; of more, how many there are.
const SHOWN: usize = 12;

/// Names of a list that are shown where only their number matters.
const LISTED: usize = 20;

/// What differs between `old` and `new`, as words: `the [-lens-] {+lenses+} focus`, a line for each stretch.
pub fn difference(old: &str, new: &str) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (words(old), words(new));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let diff = TextDiff::configure().timeout(Duration::from_secs(2)).diff_slices(&old, &new);
    let groups = diff.grouped_ops(AROUND);
    let mut lines: Vec<String> = Vec::new();
    for group in groups.iter().take(SHOWN) {
        let mut line = String::new();
        let mut tag = ChangeTag::Equal;
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            if change.tag() != tag {
                close(&mut line, tag);
            }
            if !line.is_empty() {
                line.push(' ');
            }
            if change.tag() != tag {
                line.push_str(match change.tag() {
                    ChangeTag::Delete => "[-",
                    ChangeTag::Insert => "{+",
                    ChangeTag::Equal => "",
                });
                tag = change.tag();
            }
            line.push_str(change.value());
        }
        close(&mut line, tag);
        lines.push(line);
    }
    if groups.len() > SHOWN {
        lines.push(format!("and {} more differences", groups.len() - SHOWN));
    }
    lines
}

fn close(line: &mut String, tag: ChangeTag) {
    line.push_str(match tag {
        ChangeTag::Delete => "-]",
        ChangeTag::Insert => "+}",
        ChangeTag::Equal => "",
    });
}

/// `comparison` for people: a line for each thing, the losses last. With `texts`, the difference of the readable text of
/// a page that changed is shown below it.
pub fn text(comparison: &Comparison, texts: impl Fn(&SitePath) -> Option<(String, String)>) -> String {
    let mut text = String::new();
    let mut line = |what: &str, of: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(text, "{what:>16} {of}");
    };
    list(&mut line, "new", &comparison.added);
    let of = |wanted: Difference| comparison.changed.iter().filter(move |changed| changed.what == wanted);
    let addresses = |wanted| of(wanted).map(|changed| changed.address.clone()).collect::<Vec<_>>();
    list(&mut line, "changed file", &addresses(Difference::Bytes));
    list(&mut line, "changed markup", &addresses(Difference::Markup));
    list(&mut line, "removed", &comparison.removed);
    for moved in &comparison.moved {
        line("moved", &format!("{} → {}", moved.from, moved.to));
    }
    for changed in of(Difference::Text) {
        line("changed text", changed.address.as_str());
        if let Some((old, new)) = texts(&changed.address) {
            difference(&old, &new).iter().for_each(|stretch| line("", stretch));
        }
    }
    for repeated in &comparison.repeated {
        line(
            "again in a feed",
            &format!("“{}” in {}: was {}, is {}", repeated.title, repeated.feed, repeated.was, repeated.is),
        );
    }
    for missing in &comparison.missing_pictures {
        line("missing picture", &format!("{} in {}", missing.picture, missing.page));
    }
    for lost in &comparison.lost_anchors {
        let nearest = lost.nearest.as_ref().map(|nearest| format!(" (now #{nearest}?)")).unwrap_or_default();
        line("lost anchor", &format!("{}#{}{nearest}", lost.address, lost.anchor));
    }
    for lost in &comparison.lost {
        let title = if lost.title.is_empty() { String::new() } else { format!(" “{}”", lost.title) };
        let successor = lost.successor.as_ref().map(|successor| format!(" (now {successor}?)")).unwrap_or_default();
        line("lost address", &format!("{}{title}{successor}", lost.address));
    }
    text
}

/// A line for each of `addresses`; of many, how many more there are.
fn list(line: &mut impl FnMut(&str, &str), what: &str, addresses: &[SitePath]) {
    let shown = if addresses.len() > LISTED + 1 { LISTED } else { addresses.len() };
    addresses[..shown].iter().for_each(|address| line(what, address.as_str()));
    if shown < addresses.len() {
        line(what, &format!("and {} more", addresses.len() - shown));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_shown_in_their_stretch() {
        let check = |old: &str, new: &str, expected: &[&str]| assert_eq!(difference(old, new), expected);
        check("a b\nc", "a  b c", &[]);
        check("one two three four", "one 2 three four five", &["one [-two-] {+2+} three four {+five+}"]);
        check("a", "", &["[-a-]"]);
        let long = "w ".repeat(40);
        check(&format!("a {long} b"), &format!("x {long} y"), &["[-a-] {+x+} w w w w w w", "w w w w w w [-b-] {+y+}"]);
    }
}
