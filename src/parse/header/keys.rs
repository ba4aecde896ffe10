//! The keys of headers: those that Essai knows, by all the names that other tools give them, and those that it leaves
//! to other tools.

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The title.
    Title,
    /// Keywords, tags, categories.
    Keywords,
    /// One sentence about the essay.
    Description,
    /// The picture that stands for it.
    Image,
    /// When it was published.
    Date,
    /// When it last changed.
    Updated,
    /// Who wrote it.
    Author,
    /// Whether it is a draft.
    Draft,
    /// Whether it is published (Jekyll); also when, as some write it.
    Published,
    /// `draft`, `published` (Pelican).
    Status,
    /// The series that it belongs to.
    Series,
    /// Its place in the series.
    Order,
    /// The same for Docusaurus and Just the Docs, which know other values than numbers.
    Position,
    /// Its language.
    Language,
    /// Former addresses.
    Aliases,
    /// Whether it has a table of contents.
    Toc,
    /// Its whole address.
    Url,
    /// Its whole address, with parts to be filled.
    Permalink,
    /// The last part of its address.
    Slug,
    /// How its mathematics is written.
    Math,
    /// Whether its mathematics is escaped for Markdown.
    MathEscapes,
    /// Zola's table of keywords.
    Taxonomies,
    /// A table of keys for templates (Zola, Hugo).
    Extra,
}

/// Every name of every key. Where a header gives a key by two of its names, the one that comes first here wins.
const KNOWN: &[(&str, Key)] = &[
    ("title", Key::Title),
    ("keywords", Key::Keywords),
    ("tags", Key::Keywords),
    ("categories", Key::Keywords),
    ("tag", Key::Keywords),
    ("category", Key::Keywords),
    ("description", Key::Description),
    ("summary", Key::Description),
    ("image", Key::Image),
    ("cover", Key::Image),
    ("featured_image", Key::Image),
    ("featuredimage", Key::Image),
    ("date", Key::Date),
    ("pubdate", Key::Date),
    ("pub_date", Key::Date),
    ("pubdatetime", Key::Date),
    ("publishdate", Key::Date),
    ("publish_date", Key::Date),
    ("date_published", Key::Date),
    ("published_at", Key::Date),
    ("publishedat", Key::Date),
    ("updated", Key::Updated),
    ("modified", Key::Updated),
    ("lastmod", Key::Updated),
    ("last_modified_at", Key::Updated),
    ("last_modified", Key::Updated),
    ("date_modified", Key::Updated),
    ("date_updated", Key::Updated),
    ("updateddate", Key::Updated),
    ("updated_at", Key::Updated),
    ("updatedat", Key::Updated),
    ("moddatetime", Key::Updated),
    ("author", Key::Author),
    ("authors", Key::Author),
    ("draft", Key::Draft),
    ("published", Key::Published),
    ("status", Key::Status),
    ("series", Key::Series),
    ("order", Key::Order),
    ("weight", Key::Order),
    ("sidebar_position", Key::Position),
    ("nav_order", Key::Position),
    ("language", Key::Language),
    ("lang", Key::Language),
    ("aliases", Key::Aliases),
    ("alias", Key::Aliases),
    ("redirect_from", Key::Aliases),
    ("toc", Key::Toc),
    ("url", Key::Url),
    ("path", Key::Url),
    ("permalink", Key::Permalink),
    ("slug", Key::Slug),
    ("math", Key::Math),
    ("math_escapes", Key::MathEscapes),
    ("taxonomies", Key::Taxonomies),
    ("extra", Key::Extra),
    ("params", Key::Extra),
];

/// Keys of other tools, which are never taken for a misspelt one of ours.
const FOREIGN: &str = "
    about abstract alt audio author_profile banner base_header_level bibliography biblio_style build canonical
    canonical_url caption cascade class classes code_fold color colour comments copyright created created_at
    createdat creation_date csl css cover_alt data date_format disableshare documentclass docx doi editor editors email engine
    excerpt execute expirydate expiry_date external featured filters fontsize footer format freeze full_width gallery
    generate_feed generate_feeds geometry grand_parent has_children header header_includes headless heading height hero
    hidden hidemeta html html_header icon id image_alt image_caption images in_search_index insert_anchor_links
    institute intro iscjklanguage isbn js jupyter katex kernelspec key keys label latex_input layout lead level license
    lines link link_citations link_title links linktitle listing location lof logo lot mainfont markup mathjax
    menu menus mmd_footer name nav nav_exclude nocite note notes number_sections og original output outputs
    page page_layout page_template pages paginate_by papersize parent pdf pinned place private project public
    publisher quotes_language rate rating read_more read_time reading_time references related
    render resources revealjs rights robots role save_as script scripts search share short_title slugs shorttitle
    show_reading_time showtoc sidebar sitemap social sort_by source stage state style styles subject subtitle
    table_of_contents tagline teaser template thanks theme thumb thumbnail time toc_depth toc_icon toc_label
    toc_location toc_sticky toc_title tocopen transclude_base translation translation_key translationkey transparent
    twitter type uid uuid version video videos visibility website width xhtml_header year";

/// A key in the one spelling that all its spellings share: lower case, `_` for hyphens and spaces.
pub fn normalised(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

/// What a normalised key means, and its rank: of two names for one key, the lower rank wins.
pub fn known(key: &str) -> Option<(usize, Key)> {
    KNOWN.iter().enumerate().find(|(_, (name, _))| *name == key).map(|(rank, (_, key))| (rank, *key))
}

/// Whether former addresses stand under `key`, as its author writes it.
pub fn is_of_aliases(key: &str) -> bool {
    matches!(known(&normalised(key)), Some((_, Key::Aliases)))
}

/// Whether a normalised key is one of other tools.
pub fn is_foreign(key: &str) -> bool {
    FOREIGN.split_whitespace().any(|name| name == key)
}

/// The known name that a normalised key is a misspelling of. Of names of three letters only a missing plural can be told,
/// and of four or five the first letter must be right.
pub fn near_miss(key: &str) -> Option<&'static str> {
    if known(key).is_some() || is_foreign(key) {
        return None;
    }
    KNOWN
        .iter()
        .map(|(name, _)| (strsim::osa_distance(key, name), *name))
        .filter(|(distance, name)| {
            let length = key.chars().count().min(name.len());
            match length {
                0..=3 => name.strip_suffix('s') == Some(key),
                4..=5 => *distance <= 1 && key.as_bytes().first() == name.as_bytes().first(),
                6..=8 => *distance <= 1,
                _ => *distance <= 2,
            }
        })
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_told_from_other_keys() {
        let check = |key: &str, meant: Option<&str>| assert_eq!(near_miss(&normalised(key)), meant, "{key}");
        check("keyword", Some("keywords"));
        check("tittle", Some("title"));
        check("Desciption", Some("description"));
        check("udpated", Some("updated"));
        check("tag", None);
        check("autor", Some("author"));
        check("last-modifed", Some("last_modified"));
        check("images", None);
        check("slugs", None);
        check("createdAt", None);
        check("data", None);
        check("layout", None);
        check("mood", None);
        check("Last Modified At", None);
    }

    #[test]
    fn every_spelling_of_a_key_is_one() {
        let check = |key: &str, expected: Key| assert_eq!(known(&normalised(key)).map(|(_, key)| key), Some(expected));
        check("Date-Modified", Key::Updated);
        check("updatedAt", Key::Updated);
        check("publishedAt", Key::Date);
        check("LAST MODIFIED_AT", Key::Updated);
        check("lang", Key::Language);
        check("tag", Key::Keywords);
        check("Category", Key::Keywords);
        check("pubDate", Key::Date);
        check("featuredImage", Key::Image);
    }
}
