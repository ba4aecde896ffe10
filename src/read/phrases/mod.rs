//! What pages say beside the author's words, in the language of each page.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod nl;
mod pl;
mod pt;
mod ru;
mod translations;
mod zh;

use std::borrow::Cow;

use serde::Serialize;

/// Defines [`Phrases`]: each phrase once, with what it says and where.
macro_rules! phrases {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What pages say, in one language. What stands in braces, such as `{count}`, is filled in.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct Phrases {
            $($(#[$doc])* pub $name: Cow<'static, str>,)*
        }

        impl Phrases {
            /// Every phrase by its name.
            pub fn by_name(&self) -> Vec<(&'static str, &str)> {
                vec![$((stringify!($name), &*self.$name),)*]
            }

            /// The phrase `name`, to be changed.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut Cow<'static, str>> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

/// The phrases of a language: every one must be there.
macro_rules! language {
    ($($name:ident: $text:expr,)*) => {
        super::Phrases { $($name: std::borrow::Cow::Borrowed($text),)* }
    };
}
use language;

pub use en::PHRASES as ENGLISH;
pub use translations::Translations;

phrases! {
    /// The link past the head of a page.
    skip,
    /// The links at the top of each page, to those who hear the page.
    site,
    /// The page on which readers search, and its button.
    search,
    /// The switch between light and dark.
    swap,
    /// The page of all keywords, and those of an essay.
    keywords,
    /// The link to a feed.
    feed,
    /// At the foot of each page.
    made_with,
    /// The contents of an essay.
    contents,
    /// The links to the essays before and after, to those who hear the page.
    neighbours,
    /// The essay before.
    previous,
    /// The essay after.
    next,
    /// The parts of a long series, `{count}` of them.
    all_parts,
    /// The essays that link to this one.
    backlinks,
    /// The essays that are like this one.
    related,
    /// How this essay is cited.
    cite,
    /// Before the day on which an essay was updated.
    updated,
    /// How long it takes to read, `{count}` minutes.
    minutes,
    /// `{part}` of `{total}`, behind the name of the series.
    part,
    /// The list of series.
    series,
    /// `{count}` parts of a series, two or more.
    parts,
    /// One essay; `{count}` is 1.
    essay,
    /// `{count}` essays, none or more than one.
    essays,
    /// The link to the page of all keywords.
    all_keywords,
    /// Where a list of essays would stand.
    no_essays,
    /// Essays without a date, in a list by year.
    undated,
    /// The name of a site that has none.
    untitled,
    /// What a host shows in place of a page that does not exist.
    not_found,
    /// The same, in a sentence or two.
    not_found_text,
    /// The link to the front page.
    front_page,
    /// The newest essays, below that.
    newest,
    /// What stands at a former address.
    moved,
    /// The field for words to search, to those who hear the page.
    search_field,
    /// What stands in place of it where scripts do not run.
    search_off,
    /// Of `{count}` essays that were found, `{shown}` are shown.
    best,
    /// No essay was found.
    nothing,
    /// The index for searching could not be loaded.
    no_index,
    /// A site of `{author}`, in a sentence for search engines.
    essays_by,
    /// The front page of `{site}`, in such a sentence.
    essays_of,
    /// The page of `{keyword}` at `{site}`, in such a sentence.
    essays_on,
    /// The page of all keywords of `{site}`, in such a sentence.
    keywords_of,
    /// The page on which readers search `{site}`, in such a sentence.
    search_of,
    /// The way back from a footnote, to those who hear the page.
    back,
    /// The same from a note that is referred to more than once, to the place of number `{number}`.
    back_to,
    /// A task that is done, to those who hear the page.
    done,
    /// A task that is not.
    to_do,
    /// What a cell of a notebook has printed, to those who hear the page.
    output,
    /// A picture among that of cell `{number}`, where nothing better stands for it.
    output_of,
    /// The code of a cell that is shown when readers ask for it.
    code,
    /// The title of an alert or an admonition of the kind `note` that has no other, as the following have theirs.
    note,
    /// Of the kind `tip`.
    tip,
    /// Of the kind `hint`.
    hint,
    /// Of the kind `info`.
    info,
    /// Of the kind `important`.
    important,
    /// Of the kind `warning`.
    warning,
    /// Of the kind `caution`.
    caution,
    /// Of the kind `attention`.
    attention,
    /// Of the kind `danger`.
    danger,
    /// Of the kind `error`.
    error,
    /// Of the kind `failure`.
    failure,
    /// Of the kind `bug`.
    bug,
    /// Of the kind `success`.
    success,
    /// Of the kind `question`.
    question,
    /// Of the kind `example`.
    example,
    /// Of the kind `quote`.
    quote,
    /// Of the kind `summary`.
    summary,
    /// Of the kind `abstract`.
    synopsis,
    /// Of the kind `seealso`.
    see_also,
    /// A date: `{day}`, `{month}` by its name and `{year}`.
    date,
    /// A date without the day.
    date_of_month,
    /// The name of a month, as it stands in a date.
    january,
    /// Likewise.
    february,
    /// Likewise.
    march,
    /// Likewise.
    april,
    /// Likewise.
    may,
    /// Likewise.
    june,
    /// Likewise.
    july,
    /// Likewise.
    august,
    /// Likewise.
    september,
    /// Likewise.
    october,
    /// Likewise.
    november,
    /// Likewise.
    december,
}

impl Phrases {
    /// The name of `month`, 1 to 12.
    pub fn month(&self, month: i8) -> &str {
        match month {
            1 => &self.january,
            2 => &self.february,
            3 => &self.march,
            4 => &self.april,
            5 => &self.may,
            6 => &self.june,
            7 => &self.july,
            8 => &self.august,
            9 => &self.september,
            10 => &self.october,
            11 => &self.november,
            _ => &self.december,
        }
    }

    /// The title of an admonition of `kind`, in small letters, if it has one of its own.
    pub fn kind(&self, kind: &str) -> Option<&str> {
        Some(match kind {
            "note" => &self.note,
            "tip" => &self.tip,
            "hint" => &self.hint,
            "info" => &self.info,
            "important" => &self.important,
            "warning" => &self.warning,
            "caution" => &self.caution,
            "attention" => &self.attention,
            "danger" => &self.danger,
            "error" => &self.error,
            "failure" => &self.failure,
            "bug" => &self.bug,
            "success" => &self.success,
            "question" => &self.question,
            "example" => &self.example,
            "quote" => &self.quote,
            "summary" => &self.summary,
            "abstract" => &self.synopsis,
            "seealso" | "see also" => &self.see_also,
            _ => return None,
        })
    }
}

/// `phrase` with what `value` says for each name in braces; a name for which it says nothing stays as it is.
pub fn filled(phrase: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        rest = after;
        match after.split_once('}').and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                filled.push_str(&value);
                rest = after;
            }
            None => filled.push('{'),
        }
    }
    filled + rest
}

/// The names in braces in `phrase`, in order of the alphabet.
pub fn names(phrase: &str) -> Vec<&str> {
    let mut names: Vec<&str> = phrase.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_them_all() {
        let manual = include_str!("../../../content/manual/configuration.md");
        let months = [
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
        for (name, phrase) in ENGLISH.by_name() {
            let row = format!("| `{name}` | {phrase} |\n");
            let is_title = ENGLISH.kind(&phrase.to_lowercase()).is_some() && manual.contains(&format!("`{name}`"));
            let is_month = months.contains(&name) && manual.contains("| `january` … `december` |");
            assert!(manual.contains(&row) || is_title || is_month, "{row}");
        }
    }

    #[test]
    fn what_nobody_fills_in_stays() {
        let text = filled("{a}, {b}{ {a} {a", |name| (name == "a").then(|| "{b}".to_owned()));
        assert_eq!(text, "{b}, {b}{ {b} {a");
    }
}
