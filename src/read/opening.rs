//! Names of files that stand for the folder that they are in.

/// How well a file named `name` suits the page of its folder: `index.md` best (0), then `_index.md`, then `README.md` in any
/// case; `None` for any other name.
pub fn index_rank(name: &str) -> Option<u8> {
    match page_stem(name.rsplit_once('.')?.0) {
        "index" => Some(0),
        "_index" => Some(1),
        stem if stem.eq_ignore_ascii_case("readme") => Some(2),
        _ => None,
    }
}

/// Whether a file of this stem, in any case, is called what it is for and says nothing of what it holds, so that its folder's
/// name is the one to go by: those of [`index_rank`], and `article`, as `essai new` calls an essay.
pub fn is_named_by_folder(stem: &str) -> bool {
    ["index", "_index", "readme", "article"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

/// The name of a page without its endings: Middleman's `lens.html.md`, of the stem `lens.html`, is the page `lens`.
pub fn page_stem(stem: &str) -> &str {
    stem.strip_suffix(".html").filter(|page| !page.is_empty()).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_names_stand_for_their_folder() {
        let check = |name: &str, rank: Option<u8>, is_named: bool| {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            assert_eq!((index_rank(name), is_named_by_folder(page_stem(stem))), (rank, is_named), "{name}");
        };
        check("index.md", Some(0), true);
        check("index.html.md", Some(0), true);
        check("_index.md", Some(1), true);
        check("ReadMe.markdown", Some(2), true);
        check("Index.md", None, true);
        check("article.md", None, true);
        check("index", None, true);
        check("indexes.md", None, false);
    }
}
