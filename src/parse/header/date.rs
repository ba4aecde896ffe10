//! Dates as authors write them.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

use crate::parse::{Date, Precision};
use crate::read::SitePath;

/// The date that `text` spells, or `None` if it spells none.
///
/// `2023-03-14`, `2023-03` and `2023`, also with `/`; `2023.03.14`, `20230314`, `14.3.2023` and `2023年3月14日`;
/// `3/14/2023` and `14-03-2023`, if they can be read in one way only; `14 March 2023`, `March 14, 2023` and `March 2023`, also with
/// English short names and the day of the week. After a day a time (`10:00`, `10:00:30.5`, `1:05 PM`) and then an offset (`Z`,
/// `UTC`, `+02:00`, `+0200`, `UTC+2`, `PST`). A time without an offset is UTC. Seconds or milliseconds since 1970 (Dendron), ten or
/// thirteen digits, are a moment. The date may be a link (Obsidian).
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let linked = text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]"));
    let text = linked.unwrap_or(text);
    since_1970(text)
        .or_else(|| numeric(text))
        .or_else(|| year_last(text))
        .or_else(|| east_asian(text))
        .or_else(|| spelt_out(text))
}

/// The date that begins the name of the file, or else of the nearest folder whose name begins with one:
/// `2023-03-on-seeing.md`, `2023-03-14-title/index.md`.
pub fn date_of_path(path: &SitePath) -> Option<Date> {
    let stem = path.stem();
    std::iter::once(stem).chain(path.folder().rsplit('/')).find_map(|name| dated(name).map(|(date, _)| date))
}

/// What follows the date that begins `name`, if one does.
pub fn after_date(name: &str) -> Option<&str> {
    dated(name).map(|(_, rest)| rest)
}

/// The date that begins `name`, and what follows it.
fn dated(name: &str) -> Option<(Date, &str)> {
    let (year, rest) = digits(name, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
    if let Some((day, after)) = rest.strip_prefix('-').and_then(|rest| digits(rest, 2))
        && ends(after)
        && let Some(date) = date(year, month, day, Precision::Day)
    {
        return Some((date, after));
    }
    if ends(rest) { Some((date(year, month, 1, Precision::Month)?, rest)) } else { None }
}

/// Whether a date in a name ends here: `2023-03-141` begins with none.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|character: char| character.is_alphanumeric())
}

/// The first `count` characters of `text` as a number, and the rest.
fn digits(text: &str, count: usize) -> Option<(i16, &str)> {
    let (digits, rest) = text.split_at_checked(count)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { Some((digits.parse().ok()?, rest)) } else { None }
}

fn date(year: i16, month: i16, day: i16, precision: Precision) -> Option<Date> {
    let day = civil::Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let moment = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
    Some(Date { moment, day, precision })
}

fn since_1970(text: &str) -> Option<Date> {
    let number: i64 = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let moment = match text.len() {
        10 => Timestamp::from_second(number).ok()?,
        13 => Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(Date { moment, day: Offset::UTC.to_datetime(moment).date(), precision: Precision::Day })
}

/// Whether `path` is that of a post of Jekyll: below `_posts`, with a date in its name.
pub fn is_post_of_jekyll(path: &SitePath) -> bool {
    path.folder().split('/').any(|folder| folder == "_posts") && dated(path.stem()).is_some()
}

fn numeric(text: &str) -> Option<Date> {
    let end = text.find(|character: char| !character.is_ascii_digit() && !matches!(character, '-' | '/' | '.'));
    let (day_text, rest) = text.split_at(end.unwrap_or(text.len()));
    let separator = ['/', '.'].into_iter().find(|separator| day_text.contains(*separator)).unwrap_or('-');
    if day_text.len() == 8 && day_text.bytes().all(|byte| byte.is_ascii_digit()) {
        return numeric(&format!("{}-{}-{}{rest}", &day_text[..4], &day_text[4..6], &day_text[6..]));
    }
    let mut parts = day_text.split(separator);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || match parts.next() {
        None => Some(None),
        Some(part) if (1..=2).contains(&part.len()) => part.parse::<i16>().ok().map(Some),
        Some(_) => None,
    };
    let (month, day) = (part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) if rest.is_empty() => date(year, 1, 1, Precision::Year),
        (Some(month), None) if rest.is_empty() && separator != '.' => date(year, month, 1, Precision::Month),
        (Some(month), Some(day)) => {
            let date = date(year, month, day, Precision::Day)?;
            if rest.is_empty() { Some(date) } else { Some(Date { moment: moment(date.day, rest)?, ..date }) }
        }
        _ => None,
    }
}

/// `14.3.2023`, and with slashes or hyphens what is no day of another month if day and month change places; then a time.
fn year_last(text: &str) -> Option<Date> {
    let (day_text, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let separator = ['/', '-'].into_iter().find(|separator| day_text.contains(*separator)).unwrap_or('.');
    let mut parts = day_text.split(separator).map(|part| part.parse::<i16>().ok().filter(|_| part.len() <= 4));
    let (first, second, year) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year < 1000 {
        return None;
    }
    let (day, month) = match separator {
        '.' => (first, second),
        _ if first > 12 || first == second => (first, second),
        _ if second > 12 => (second, first),
        _ => return None,
    };
    let date = date(year, month, day, Precision::Day)?;
    if rest.is_empty() { Some(date) } else { Some(Date { moment: moment(date.day, rest)?, ..date }) }
}

/// `2023年3月14日`, and the same in Korean.
fn east_asian(text: &str) -> Option<Date> {
    if text.is_ascii() {
        return None;
    }
    let text = text.replace(['年', '月', '년', '월'], "-").replace(['日', '일'], "").replace("- ", "-");
    numeric(text.trim_end_matches('-'))
}

/// The moment of `day` at a time of day: `T10:00:00Z`, ` 10:00 +02:00`.
fn moment(day: civil::Date, text: &str) -> Option<Timestamp> {
    let text = text.strip_prefix(['T', 't', ' '])?.trim_start();
    let end = text.find(|character: char| !character.is_ascii_digit() && !matches!(character, ':' | '.'));
    let (clock, zone) = text.split_at(end.unwrap_or(text.len()));
    let mut parts = clock.split(':');
    let hour: i8 = parts.next().filter(|hour| !hour.is_empty() && hour.len() <= 2)?.parse().ok()?;
    let zone = zone.trim_start();
    let half = zone.get(..2).map(str::to_ascii_lowercase).filter(|_| (1..=12).contains(&hour));
    let (hour, zone) = match half.as_deref() {
        Some("am") => (hour % 12, &zone[2..]),
        Some("pm") => (hour % 12 + 12, &zone[2..]),
        _ => (hour, zone),
    };
    let minute: i8 = parts.next().filter(|minute| minute.len() == 2)?.parse().ok()?;
    let (second, fraction) = match parts.next() {
        None => ("0", ""),
        Some(seconds) => seconds.split_once('.').unwrap_or((seconds, "")),
    };
    let nanosecond = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    if parts.next().is_some() || second.is_empty() {
        return None;
    }
    let time = civil::Time::new(hour, minute, second.parse().ok()?, nanosecond).ok()?;
    offset(zone.trim())?.to_timestamp(day.to_datetime(time)).ok()
}

/// Names of zones that can be read in one way only in dates, and their hours.
const ZONES: [(&str, i8); 11] = [
    ("est", -5),
    ("edt", -4),
    ("cst", -6),
    ("cdt", -5),
    ("mst", -7),
    ("mdt", -6),
    ("pst", -8),
    ("pdt", -7),
    ("cet", 1),
    ("cest", 2),
    ("jst", 9),
];

fn offset(text: &str) -> Option<Offset> {
    if text.is_empty() || ["z", "utc", "gmt"].contains(&text.to_ascii_lowercase().as_str()) {
        return Some(Offset::UTC);
    }
    if let Some((_, hours)) = ZONES.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)) {
        return Offset::from_hours(*hours).ok();
    }
    let text = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    // A name of the zone may follow, as programs write it: `+0200 (CEST)`.
    let (text, name) = text.split_once(' ').unwrap_or((text, ""));
    if !name.trim_matches(['(', ')']).chars().all(|letter| letter.is_alphabetic() || letter == ' ') {
        return None;
    }
    let sign = if text.starts_with('+') { 1 } else { -1 };
    let digits = text.strip_prefix(['+', '-'])?.replace(':', "");
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at_checked(2).unwrap_or((&digits, ""));
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok().filter(|minutes| *minutes < 60)? * 60;
    Offset::from_seconds(sign * seconds).ok()
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn spelt_out(text: &str) -> Option<Date> {
    // What holds the first colon is a time.
    let time = text.find(':').map(|colon| text[..colon].rfind(' ').unwrap_or(0));
    let (text, time) = text.split_at(time.unwrap_or(text.len()));
    let lower = text.to_lowercase();
    let mut words: Vec<&str> = lower
        .split([' ', ','])
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty() && *word != "of")
        .collect();
    if words.first().is_some_and(|word| position(&WEEKDAYS, word).is_some()) {
        words.remove(0);
    }
    let (day, month, year, precision) = match words[..] {
        [month, year] => ("1", position(&MONTHS, month)?, year, Precision::Month),
        [first, second, year] => match position(&MONTHS, first) {
            Some(month) => (second, month, year, Precision::Day),
            None => (first, position(&MONTHS, second)?, year, Precision::Day),
        },
        _ => return None,
    };
    let ordinal = day.trim_end_matches(|character: char| character.is_ascii_alphabetic());
    if !["", "st", "nd", "rd", "th"].contains(&day.get(ordinal.len()..)?) || year.len() != 4 {
        return None;
    }
    let date = date(year.parse().ok()?, month as i16 + 1, ordinal.parse().ok()?, precision)?;
    match precision {
        _ if time.is_empty() => Some(date),
        Precision::Day => Some(Date { moment: moment(date.day, time)?, ..date }),
        _ => None,
    }
}

/// Which of `names` `word` is, whole or as its first three letters (`sept` too).
fn position(names: &[&str], word: &str) -> Option<usize> {
    let short = word.len() >= 3 && word.len() <= 4;
    names.iter().position(|name| *name == word || (short && name.starts_with(word)))
}

/// What a date that is written as one, with a year, a month and a day, has to have.
pub fn impossible(text: &str) -> Option<&'static str> {
    let mut parts = text.trim().get(..10)?.split(['-', '/']);
    let mut number = |digits: usize| {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<u32>().ok()
    };
    let (_, month, _) = (number(4)?, number(2)?, number(2)?);
    Some(if (1..=12).contains(&month) { "a day that this month has" } else { "a month from `01` to `12`" })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = parse_date(text)
            .map_or("none".to_owned(), |date| format!("{} {} {:?}", date.day, date.moment, date.precision));
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn dates_are_read_as_authors_write_them() {
        for text in [
            "2023-03-14",
            "2023/03/14",
            "[[2023-03-14]]",
            "2023-3-14",
            "14 March 2023",
            "March 14, 2023",
            "14 Mar. 2023",
            "14.3.2023",
            "3/14/2023",
            "14/03/2023",
            "2023年3月14日",
            "2023년 3월 14일",
        ] {
            check(text, "2023-03-14 2023-03-14T00:00:00Z Day");
        }
        check("Tuesday, March 14th, 2023", "2023-03-14 2023-03-14T00:00:00Z Day");
        check("2023-03", "2023-03-01 2023-03-01T00:00:00Z Month");
        check("March 2023", "2023-03-01 2023-03-01T00:00:00Z Month");
        check("2023", "2023-01-01 2023-01-01T00:00:00Z Year");
        for text in [
            "2023-03-14 12:05:00 +0000 UTC",
            "Tue, 14 Mar 2023 13:05:00 +0100",
            "Tue Mar 14 2023 13:05:00 GMT+0100 (Central European Standard Time)",
            "2023-03-14 12:05 PM",
            "March 14, 2023 12:05pm",
            "2023-03-14 04:05 PST",
            "20230314T12:05:00Z",
            "14-03-2023 12:05",
            "2023.3.14 12:05",
        ] {
            check(text, "2023-03-14 2023-03-14T12:05:00Z Day");
        }
        check("2023-03-14 12:05 am", "2023-03-14 2023-03-14T00:05:00Z Day");
        check("2023年3月", "2023-03-01 2023-03-01T00:00:00Z Month");
        check("14.03.2023 10:00", "2023-03-14 2023-03-14T10:00:00Z Day");
        check("2023-03-14 10:00", "2023-03-14 2023-03-14T10:00:00Z Day");
        check("2023-03-14T10:00:00Z", "2023-03-14 2023-03-14T10:00:00Z Day");
        check("2023-03-14T00:30:00.5+02:00", "2023-03-14 2023-03-13T22:30:00.5Z Day");
        check("2023-03-14 10:00 UTC+1", "2023-03-14 2023-03-14T09:00:00Z Day");
        check("2023-03-14 23:00:00 -0500", "2023-03-14 2023-03-15T04:00:00Z Day");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "yesterday",
            "2023-13-01",
            "2023-02-30",
            "3/4/2023",
            "13/13/2023",
            "14.3.23",
            "2023年13月1日",
            "2023-03-14 25:00",
            "2023-03-14x",
            "2023-",
            "23",
            "2023-03-14 10:00 XYZ",
            "2023.03",
            "20231314",
            "03-04-2023",
            "March 2023 10:00",
            "2023-03-14 13:00 PM",
            "2023-03-14 10:00 +0200 10",
            "2023-03-14-15",
            "March",
            "--",
            "2023-03-14 +02:00",
            "14 March 23",
        ] {
            check(text, "none");
        }
    }

    #[test]
    fn names_of_files_and_folders_tell_the_date() {
        let check = |path: &str, expected: Option<(&str, Precision)>| {
            let date = date_of_path(&SitePath::new(path).unwrap());
            let found = date.map(|date| (date.day.to_string(), date.precision));
            assert_eq!(found, expected.map(|(day, precision)| (day.to_owned(), precision)), "{path}");
        };
        check("a/2023-03-14-title.md", Some(("2023-03-14", Precision::Day)));
        check("2023-03-lens/index.md", Some(("2023-03-01", Precision::Month)));
        check("2023-03-lens/2024-05-06/x/a.md", Some(("2024-05-06", Precision::Day)));
        check("2023-03.md", Some(("2023-03-01", Precision::Month)));
        check("2023-13-x.md", None);
        check("2023-03x.md", None);
        check("2023-lens.md", None);
        check("é.md", None);
    }

    #[test]
    fn a_number_may_count_from_1970() {
        check("1678788000", "2023-03-14 2023-03-14T10:00:00Z Day");
        check("1678788000500", "2023-03-14 2023-03-14T10:00:00.5Z Day");
        check("16787880005", "none");
    }
}
