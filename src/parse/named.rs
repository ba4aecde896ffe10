//! Destinations of links by name: `[[lens#The focus|`, which is all that stands before the words of `[[lens#The focus|the lens]]`.

/// A link by name in parts, each as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// What shows that it is one: `[[`, or `![[` where the essay itself would be shown (Obsidian).
    pub opening: &'a str,
    /// The name of the essay, with folders before it or not; empty for the essay itself.
    pub path: &'a str,
    /// The heading with its sign, `#The focus`; empty if there is none.
    pub heading: &'a str,
    /// What is between all that and the words: `|`, in a table `\|`; empty where the name itself is the words.
    pub bar: &'a str,
}

/// `written` taken apart.
pub fn named(written: &str) -> Named<'_> {
    let (opening, name) = written.split_at(written.find("[[").map_or(0, |at| at + "[[".len()));
    let (name, bar) = name.split_at(match name.strip_suffix('|') {
        Some(name) => name.trim_end_matches('\\').len(),
        None => name.len(),
    });
    let (path, heading) = name.split_at(name.find('#').unwrap_or(name.len()));
    Named { opening, path, heading, bar }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_by_name_are_taken_apart() {
        let check = |written, opening, path, heading, bar| {
            assert_eq!(named(written), Named { opening, path, heading, bar });
        };
        check("[[lens", "[[", "lens", "", "");
        check("[[notes/lens#The focus|", "[[", "notes/lens", "#The focus", "|");
        check("![[lens\\|", "![[", "lens", "", "\\|");
        check("[[#Here", "[[", "", "#Here", "");
    }
}
