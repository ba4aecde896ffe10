//! Which fence of code is open, line by line.

/// The fence that is open after `line`, before which `open` was: the signs of its first line.
pub fn after<'t>(line: &'t str, open: Option<&'t str>) -> Option<&'t str> {
    let content = line.trim();
    let sign = content.chars().next().filter(|sign| matches!(sign, '`' | '~'));
    let run = sign.map_or("", |sign| &content[..content.len() - content.trim_start_matches(sign).len()]);
    // Backticks that stand in one line are code in a sentence.
    let is_span = run.starts_with('`') && content[run.len()..].contains('`');
    match open {
        Some(open) if run.starts_with(open) && run == content => None,
        None if run.len() >= 3 && !is_span => Some(run),
        open => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_ends_with_as_many_of_its_signs() {
        let check = |lines: &[&'static str], expected: Option<&str>| {
            let open = lines.iter().fold(None, |open, line| after(line, open));
            assert_eq!(open, expected, "{lines:?}");
        };
        check(&["```rust\n"], Some("```"));
        check(&["  ```` md", "```", "~~~"], Some("````"));
        check(&["````", "```", "`````"], None);
        check(&["~~~", "```", "~~~"], None);
        check(&["```x``` is code"], None);
        check(&["``x"], None);
    }
}
