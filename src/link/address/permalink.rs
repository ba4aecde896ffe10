//! Addresses with placeholders: Jekyll's permalinks, and Hugo's.

use crate::parse::Essay;
use crate::parse::file_name::undated;
use crate::parse::slug::slug;

/// `url` of a header with its placeholders filled, if a part of it begins with one: Hugo knows them there, and takes `:title` for
/// the essay's title rather than for its file's name.
///
/// # Errors
/// Why it cannot be filled, as a predicate.
pub(super) fn fill_url(url: &str, essay: &Essay, opens_folder: bool) -> Result<String, String> {
    if !url.split('/').any(|part| part.starts_with(':')) {
        return Ok(url.to_owned());
    }
    fill(&url.replace(":title", &slug(&essay.title.text)), essay, opens_folder)
}

/// `permalink` with its placeholders filled, as an address from the top of the site. Jekyll's built-in styles `date`,
/// `pretty`, `ordinal` and `none` are understood; `:categories` are left out, since essays have none.
///
/// # Errors
/// Why it cannot be filled, as a predicate: "needs a date, and the essay has none".
pub(super) fn fill(permalink: &str, essay: &Essay, opens_folder: bool) -> Result<String, String> {
    let mut rest = match permalink.trim() {
        "date" => "/:year/:month/:day/:title:output_ext",
        "pretty" => "/:year/:month/:day/:title/",
        "ordinal" => "/:year/:y_day/:title:output_ext",
        "none" => "/:title:output_ext",
        permalink => permalink,
    };
    let mut url = String::with_capacity(rest.len() + 32);
    while let Some((before, after)) = rest.split_once(':') {
        url.push_str(before);
        let end = after.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_').unwrap_or(after.len());
        let value = value(&after[..end], essay, opens_folder)?;
        url.push_str(&value);
        rest = &after[end..];
        if value.is_empty() && url.ends_with('/') {
            rest = rest.trim_start_matches('/');
        }
    }
    url.push_str(rest);
    Ok(url)
}

/// What stands for the placeholder `name`.
fn value(name: &str, essay: &Essay, opens_folder: bool) -> Result<String, String> {
    let day = || essay.header.date.map(|date| date.day).ok_or("needs a date, and the essay has none");
    Ok(match name {
        "year" => format!("{:04}", day()?.year()),
        "short_year" => format!("{:02}", day()?.year() % 100),
        "month" => format!("{:02}", day()?.month()),
        "i_month" => day()?.month().to_string(),
        "day" => format!("{:02}", day()?.day()),
        "i_day" => day()?.day().to_string(),
        "y_day" => format!("{:03}", day()?.day_of_year()),
        "title" => undated_name(essay, opens_folder).to_owned(),
        "slug" => slug(undated_name(essay, opens_folder)),
        "section" => essay.source.path.folder().split('/').next().unwrap_or_default().to_owned(),
        "sections" => essay.source.path.folder().to_owned(),
        "contentbasename" | "filename" | "slugorcontentbasename" | "slugorfilename" | "basename" => {
            essay.source.path.stem().to_owned()
        }
        "path" => essay.source.path.folder().to_owned(),
        "categories" => String::new(),
        "output_ext" => ".html".to_owned(),
        _ => return Err(format!("has the unknown placeholder `:{name}`")),
    })
}

/// The name of the essay's file, or of its folder where it opens one, without extension and without a date before it.
fn undated_name(essay: &Essay, opens_folder: bool) -> &str {
    let path = &essay.source.path;
    let folder = path.folder().rsplit('/').next().filter(|folder| opens_folder && !folder.is_empty());
    undated(folder.unwrap_or(path.stem()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::testing::essay;

    #[test]
    fn the_date_of_a_name_is_no_part_of_its_title() {
        let check = |path: &str, expected: &str| {
            assert_eq!(undated_name(&essay(path, ""), path.ends_with("index.md")), expected)
        };
        check("2023-03-04-seeing.md", "seeing");
        check("2023-03-04-3d-printing.md", "3d-printing");
        check("a/2023-03-seeing/index.md", "seeing");
        check("index.md", "index");
    }
}
