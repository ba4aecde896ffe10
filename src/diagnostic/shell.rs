//! Names of files and addresses in the commands that an author is to copy.

/// `name` between quotes, which a shell takes for nothing but itself.
pub(super) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', r"'\''"))
}

/// `name` as a shell takes it: between quotes where it needs them.
pub fn word(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_alphanumeric() || "/._-:".contains(letter));
    if plain { name.to_owned() } else { quoted(name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, content, publication};

    #[test]
    fn a_name_with_an_apostrophe_can_be_copied_into_a_shell() {
        assert_eq!(word("essays/don't.md"), r"'essays/don'\''t.md'");
        assert_eq!(word("~ann/index.html"), "'~ann/index.html'");
        let found = content::not_utf8(Place::file("content/don't.md"), 3, "Windows-1252");
        assert!(found.help[0].ends_with(r"iconv -f WINDOWS-1252 -t UTF-8 'content/don'\''t.md'`"), "{found:?}");
        let found = publication::lost_address(Place::file("essai.ledger"), "don't.html", None);
        assert_eq!(found.help[1], r"`essai retire 'don'\''t.html'` lets it go");
        let found = publication::lost_anchor(Place::file("essai.ledger"), "don't.html", "a", None);
        assert_eq!(found.help[1], r"`essai retire 'don'\''t.html#a'` lets it go");
    }
}
