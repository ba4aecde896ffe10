//! Dates as templates show them.

use super::context::DateContext;
use crate::parse::Date;

/// `date` for templates.
pub fn date(date: &Date) -> DateContext {
    DateContext { iso: date.iso(), text: date.text(), year: date.day.year(), moment: date.moment.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::parse::Precision;

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
