//! What pages say beside the author's words, and dates, as templates show them in each language of a site.

use hashbrown::HashMap;

use crate::link::{EssayId, Site};
use crate::parse::Date;
use crate::parse::language::language as language_of;
use crate::read::Phrases;
use crate::render::context::{DateContext, Shared};

/// The languages of a site, each made ready for templates once.
#[derive(Debug, Default)]
pub struct Languages(HashMap<String, Language>);

/// One language.
#[derive(Debug)]
struct Language {
    phrases: Shared<Phrases>,
    /// The dates of its essays: those of one day share theirs.
    dates: HashMap<Date, Shared<DateContext>>,
}

impl Languages {
    /// Those of `site`. What is in `before`, which are those of a site with the same phrases, is taken from there.
    pub fn of(site: &Site, before: Option<&Self>) -> Self {
        let mut languages = Self::default();
        languages.language(&site.config.language, site, before);
        for id in site.ids() {
            let tag = language(site, id);
            let Language { dates, .. } = languages.language(tag, site, before);
            let header = &site[id].header;
            for day in header.date.iter().chain(&header.updated) {
                dates.entry(*day).or_insert_with(|| {
                    let known = before.and_then(|before| before.date(tag, day));
                    known.unwrap_or_else(|| Shared::new(&date(day, site.config.phrases.of(tag))))
                });
            }
        }
        languages
    }

    /// The language `tag`, added if it is new.
    fn language(&mut self, tag: &str, site: &Site, before: Option<&Self>) -> &mut Language {
        self.0.entry_ref(tag).or_insert_with(|| {
            let known = before.and_then(|before| before.phrases(tag));
            let phrases = known.unwrap_or_else(|| Shared::new(site.config.phrases.of(tag)));
            Language { phrases, dates: HashMap::new() }
        })
    }

    /// What pages in the language `tag` say, if it is one of them.
    pub fn phrases(&self, tag: &str) -> Option<Shared<Phrases>> {
        self.0.get(tag).map(|language| language.phrases.clone())
    }

    /// `date` for templates in the language `tag`, if it is one of an essay in it.
    pub fn date(&self, tag: &str, date: &Date) -> Option<Shared<DateContext>> {
        self.0.get(tag)?.dates.get(date).cloned()
    }
}

/// The language of essay `id`.
pub fn language(site: &Site, id: EssayId) -> &str {
    let essay = &site[id];
    language_of(&essay.header, &essay.source.path, &site.config.language)
}

/// `date` for templates, in words of these `phrases`.
pub fn date(date: &Date, phrases: &Phrases) -> DateContext {
    DateContext { iso: date.iso(), text: date.text(phrases), year: date.day.year(), moment: date.moment.to_string() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::parse::Precision;
    use crate::read::Translations;

    #[test]
    fn a_date_is_as_exact_as_the_author() {
        let check = |tag: &str, precision, iso: &str, text: &str| {
            let moment = "2023-03-04T00:00:00Z".parse().unwrap();
            let given = Date { moment, day: jiff::civil::date(2023, 3, 4), precision };
            let shown = date(&given, Translations::default().of(tag));
            assert_eq!((shown.iso.as_str(), shown.text.as_str()), (iso, text));
            assert_eq!(shown.moment, "2023-03-04T00:00:00Z");
        };
        check("en", Precision::Day, "2023-03-04", "4 March 2023");
        check("en", Precision::Month, "2023-03", "March 2023");
        check("en", Precision::Year, "2023", "2023");
        check("de", Precision::Day, "2023-03-04", "4. März 2023");
        check("ja", Precision::Month, "2023-03", "2023年3月");
    }
}
