//! Dates as templates show them.

use hashbrown::HashMap;

use super::context::{DateContext, Shared};
use crate::link::Site;
use crate::parse::Date;

/// The dates of all essays, each made ready for templates once: essays of one day share it.
#[derive(Debug, Default)]
pub struct Dates(HashMap<Date, Shared<DateContext>>);

impl Dates {
    /// Those of `site`. What is in `before` is taken from there.
    pub fn of(site: &Site, before: Option<&Self>) -> Self {
        let mut dates = HashMap::new();
        for essay in &site.essays {
            for day in essay.header.date.iter().chain(&essay.header.updated) {
                dates.entry(*day).or_insert_with(|| {
                    let known = before.and_then(|before| before.get(day));
                    known.unwrap_or_else(|| Shared::new(&date(day)))
                });
            }
        }
        Self(dates)
    }

    /// `date` for templates, if it is one of them.
    pub fn get(&self, date: &Date) -> Option<Shared<DateContext>> {
        self.0.get(date).cloned()
    }
}

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
