//! What the name of a file or folder begins with and is no part of what it is called: a date, or a number that brings files in order.

use super::header::after_date;

/// What stands between that and the rest.
const BETWEEN: [char; 4] = [' ', '-', '_', '.'];

/// `name` without the date before it: `2023-03-14-lens`, `2023-03-lens`. One that is nothing but a date stays as it is.
pub fn undated(name: &str) -> &str {
    let rest = after_date(name).map(|rest| rest.trim_start_matches(BETWEEN));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// `name` without the number before it that brings files in order: one of two digits at most, or with a zero first, as `01-lens`,
/// `2. lens` or `010_lens`. Any other number is part of the name: `404-errors`, `2001-a-space-odyssey`, `3d-printing`.
pub fn unnumbered(name: &str) -> &str {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = name[digits..].trim_start_matches(BETWEEN);
    let is_ordinal = (1..=2).contains(&digits) || digits == 3 && name.starts_with('0');
    let is_apart = rest.len() < name.len() - digits && rest.starts_with(char::is_alphabetic);
    if is_ordinal && is_apart { rest } else { name }
}

/// `name` as a title: without date and number, hyphens and underscores as spaces. One without a letter stays as it is.
pub fn title(name: &str) -> String {
    // Eight digits or more are a day or a moment.
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let unstamped = Some(name[digits..].trim_start_matches(BETWEEN)).filter(|rest| digits >= 8 && !rest.is_empty());
    let name = unnumbered(undated(unstamped.unwrap_or(name)));
    if !name.contains(char::is_alphabetic) {
        return name.to_owned();
    }
    let words: Vec<&str> = name.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_other_numbers() {
        let check = |name: &str, expected: &str| assert_eq!(undated(name), expected);
        check("2023-03-04-seeing", "seeing");
        check("2023-03-seeing", "seeing");
        check("2023-03-04-3d-printing", "3d-printing");
        check("2023-03-3d-printing", "3d-printing");
        check("2023-03-04-1-intro", "1-intro");
        check("2023-03-04_On seeing", "On seeing");
        check("2023-03-04", "2023-03-04");
        check("2023-13-45-seeing", "2023-13-45-seeing");
        check("1984", "1984");
        check("20-seeing", "20-seeing");
    }

    #[test]
    fn numbers_that_order_are_told_from_others() {
        let check = |name: &str, expected: &str| assert_eq!(unnumbered(name), expected);
        check("01-lens", "lens");
        check("2. On lenses", "On lenses");
        check("10_镜头", "镜头");
        check("007-lens", "lens");
        check("404-errors", "404-errors");
        check("2023-03-14-lens", "2023-03-14-lens");
        check("1.2", "1.2");
        check("3d", "3d");
        check("4", "4");
        check("lens", "lens");
    }

    #[test]
    fn a_title_is_what_a_file_is_called() {
        let check = |name: &str, expected: &str| assert_eq!(title(name), expected);
        check("2023-03-14-on_seeing", "On seeing");
        check("20230314-on-seeing", "On seeing");
        check("202303141530 On seeing", "On seeing");
        check("03_on-seeing", "On seeing");
        check("2001-a-space-odyssey", "2001 a space odyssey");
        check("3d-printing", "3d printing");
        check("404-errors", "404 errors");
        check("404_-_not_found", "404 not found");
        check("2023-03-14", "2023-03-14");
        check("1984", "1984");
        check("_", "_");
        check("", "");
        check("ßa", "SSa");
    }
}
