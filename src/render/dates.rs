//! Dates as templates show them.

use super::context::DateContext;
use crate::parse::{Date, Precision};

/// The English names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `date` for templates.
pub fn date(date: &Date) -> DateContext {
    let day = date.day;
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let (iso, text) = match date.precision {
        Precision::Year => (format!("{:04}", day.year()), format!("{}", day.year())),
        Precision::Month => (format!("{:04}-{:02}", day.year(), day.month()), format!("{month} {}", day.year())),
        Precision::Day => (
            format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            format!("{} {month} {}", day.day(), day.year()),
        ),
    };
    DateContext { iso, text, year: day.year(), moment: date.moment.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_the_author() {
        let check = |precision, iso: &str, text: &str| {
            let moment = "2023-03-04T00:00:00Z".parse().unwrap();
            let shown = date(&Date { moment, day: jiff::civil::date(2023, 3, 4), precision });
            assert_eq!((shown.iso.as_str(), shown.text.as_str()), (iso, text));
            assert_eq!(shown.moment, "2023-03-04T00:00:00Z");
        };
        check(Precision::Day, "2023-03-04", "4 March 2023");
        check(Precision::Month, "2023-03", "March 2023");
        check(Precision::Year, "2023", "2023");
    }
}
