//! What an author wrote behind the opening fence, in the notation of whichever tool the essay was written for.

use std::ops::{Range, RangeInclusive};

/// What a fence asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Info {
    /// The language as the author wrote it; `None` where the fence names none.
    pub language: Option<String>,
    /// Bytes of the info string at which the language stands; empty where it names none.
    pub language_at: Range<usize>,
    /// The title, often a file's name.
    pub title: Option<String>,
    /// The number of the first line where lines are to be numbered; `None` where they are not.
    pub first_number: Option<usize>,
    /// The lines to mark, counted from 1 at the block's first whatever its number, in the author's order.
    pub marked: Vec<RangeInclusive<usize>>,
    /// The id, from `{#id}`.
    pub id: Option<String>,
    /// Further classes, from `{.class}`, in the author's order.
    pub classes: Vec<String>,
}

impl Info {
    /// The number of the first line, where it is another than 1: such a block needs a rule of
    /// [`starts`](super::starts).
    pub fn other_start(&self) -> Option<usize> {
        self.first_number.filter(|first| *first != 1)
    }

    /// Reads an info string. Whatever it does not know it passes over: rustdoc's `ignore`, Hugo's `style=monokai`.
    ///
    /// Understands `python title="a.py" {3,7-9} numbers`, `{.python .numberLines startFrom="3"}` (Pandoc,
    /// Python-Markdown), `rust,no_run` (rustdoc, mdBook), `{linenos=true,hl_lines=[3,"7-9"]}` (Hugo), `{python}`
    /// (Quarto), `{code-cell} python` (MyST), `linenos,hl_lines=3 7-9,name=a` (Zola), `js:a.js`, `js:line-numbers=2` and
    /// `js [a.js]` (VitePress).
    pub fn parse(info: &str) -> Self {
        let mut reading = Reading::default();
        for (position, (item, at)) in items(info).into_iter().enumerate() {
            match item {
                Item::Word(word) if position == 0 => reading.first_word(word, at),
                Item::Word(word) if reading.is_directive => reading.language(word, at),
                Item::Word(word) => reading.word(word),
                // Line numbers as HackMD asks for them: `js=`, `js=10`, `js=+`.
                Item::Pair(key, value) if position == 0 && is_numbered(key, value) => {
                    reading.language(key, at);
                    reading.pair("linenos", "true");
                    reading.pair("linenostart", value);
                }
                Item::Pair(key, value) => match key.split_once(':') {
                    Some((language, key)) if position == 0 => {
                        reading.language(language, at);
                        reading.pair(key, value);
                    }
                    _ => reading.pair(key, value),
                },
                Item::Braces(content) => reading.braces(content, at + 1),
                Item::Brackets(content) => reading.title(content),
            }
        }
        reading.finish()
    }
}

/// Whether `key` is a language, and `value` says how its lines are numbered.
fn is_numbered(key: &str, value: &str) -> bool {
    const OPTIONS: [&str; 10] = ["cap", "file", "first", "height", "hl", "id", "line", "name", "start", "title"];
    let is_option = OPTIONS.iter().any(|name| key.starts_with(name)) || key == "width";
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#' | b'-');
    let is_language = !key.is_empty() && !is_option && key.bytes().all(is_part);
    is_language && (value == "+" || value.bytes().all(|byte| byte.is_ascii_digit()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item<'a> {
    Word(&'a str),
    Pair(&'a str, &'a str),
    Braces(&'a str),
    Brackets(&'a str),
}

/// Cuts an info string, or the inside of its braces, into its items, each with the byte at which it begins.
fn items(text: &str) -> Vec<(Item<'_>, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (item, length) = match first {
            _ if separates(first) => (None, first.len_utf8()),
            '{' => enclosed(rest, '}', Item::Braces),
            '[' => enclosed(rest, ']', Item::Brackets),
            _ => word_or_pair(rest),
        };
        found.extend(item.map(|item| (item, at)));
        at += length;
    }
    found
}

fn separates(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';')
}

/// The item up to `close`, quotes respected, or to the end where it is never closed; and its length.
fn enclosed<'a>(text: &'a str, close: char, item: fn(&'a str) -> Item<'a>) -> (Option<Item<'a>>, usize) {
    let mut quote = None;
    for (at, letter) in text.char_indices().skip(1) {
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if letter == close => return (Some(item(&text[1..at])), at + letter.len_utf8()),
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None => {}
        }
    }
    (Some(item(&text[1..])), text.len())
}

fn word_or_pair(text: &str) -> (Option<Item<'_>>, usize) {
    let end = text.find(|letter| separates(letter) || matches!(letter, '{' | '=')).unwrap_or(text.len());
    if !text[end..].starts_with('=') {
        return (Some(Item::Word(&text[..end])), end);
    }
    let value = &text[end + 1..];
    let (inside, length) = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => match value[1..].find(quote) {
            Some(close) => (&value[1..=close], close + 2),
            None => (&value[1..], value.len()),
        },
        Some('[' | '{') => {
            let close = value.find([']', '}']).unwrap_or(value.len());
            (&value[1..close], (close + 1).min(value.len()))
        }
        _ => {
            let close = value.find(separates).unwrap_or(value.len());
            (&value[..close], close)
        }
    };
    (Some(Item::Pair(&text[..end], inside)), end + 1 + length)
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    #[default]
    Off,
    On,
}

#[derive(Debug, Default)]
struct Reading {
    info: Info,
    numbers: Numbers,
    start: Option<usize>,
    /// Whether the last key was one for lines to mark: Zola parts several by blanks.
    marking: bool,
    /// Whether a directive of MyST opened the block: the language comes after it.
    is_directive: bool,
}

impl Reading {
    fn language(&mut self, word: &str, at: usize) {
        if self.info.language.is_none() && !word.is_empty() {
            // What rustdoc is told of a block that names no language, which is Rust.
            let is_rust = ["compile_fail", "no_run", "should_panic"].contains(&word);
            self.info.language = Some(if is_rust { "rust" } else { word }.to_owned());
            self.info.language_at = at..at + word.len();
        }
    }

    fn title(&mut self, title: &str) {
        let title = title.trim();
        if !title.is_empty() {
            self.info.title = Some(title.to_owned());
        }
    }

    /// The language, with what VitePress and Qiita hang on it by a colon.
    fn first_word(&mut self, word: &str, at: usize) {
        if is_numbers_word(word) {
            return self.word(word);
        }
        let (language, hung) = word.split_once(':').unwrap_or((word, ""));
        self.language(language, at);
        let key = hung.to_ascii_lowercase();
        if key.contains("line-numbers") {
            self.word(hung);
        } else {
            self.title(hung);
        }
    }

    fn word(&mut self, word: &str) {
        if is_numbers_word(word.trim_start_matches(':')) {
            self.numbers = Numbers::On;
        } else if self.marking && is_ranges(word) {
            self.info.marked.extend(ranges(word));
        }
    }

    fn braces(&mut self, content: &str, at: usize) {
        if is_ranges(content) {
            self.info.marked.extend(ranges(content));
            return;
        }
        self.is_directive = DIRECTIVES.contains(&content) && self.info.language.is_none();
        for (item, offset) in items(content) {
            match item {
                Item::Word(_) if self.is_directive => {}
                Item::Word(word) => self.attribute(word, at + offset),
                Item::Pair(key, value) => self.pair(key, value),
                Item::Braces(_) | Item::Brackets(_) => {}
            }
        }
    }

    fn attribute(&mut self, word: &str, at: usize) {
        if let Some(id) = word.strip_prefix('#') {
            self.info.id = Some(id.to_owned()).filter(|id| !id.is_empty());
        } else if is_numbers_word(word.trim_start_matches('.')) {
            self.numbers = Numbers::On;
        } else if let Some(class) = word.strip_prefix('.') {
            if self.info.language.is_none() {
                self.language(class, at + 1);
            } else if !class.is_empty() {
                self.info.classes.push(class.to_owned());
            }
        } else if self.marking && is_ranges(word) {
            self.info.marked.extend(ranges(word));
        } else {
            self.language(word, at);
        }
    }

    fn pair(&mut self, key: &str, value: &str) {
        self.marking = false;
        let key: String = key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        match key.as_str() {
            "title" | "name" | "caption" | "filename" | "file" => self.title(value),
            "hllines" | "hl" | "highlight" | "mark" | "marked" | "emphasizelines" | "emphasiselines" => {
                self.info.marked.extend(ranges(value));
                self.marking = true;
            }
            "start" | "startfrom" | "linenostart" | "linenumberstart" | "firstnumber" | "startline" => {
                self.start = value.trim().parse().ok();
            }
            "id" => self.info.id = Some(value.to_owned()).filter(|id| !id.is_empty()),
            "class" => value.split_whitespace().for_each(|class| self.attribute(&format!(".{class}"), 0)),
            _ if is_numbers_word(&key) => {
                let off = matches!(value.trim().to_ascii_lowercase().as_str(), "false" | "no" | "off" | "none" | "0");
                self.numbers = if off { Numbers::Off } else { Numbers::On };
                self.start = value.trim().parse().ok().or(self.start);
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Info {
        self.info.first_number = match self.numbers {
            Numbers::On => Some(self.start.unwrap_or(1)),
            Numbers::Off => None,
        };
        self.info
    }
}

/// What MyST calls blocks of code.
const DIRECTIVES: [&str; 4] = ["code", "code-block", "code-cell", "sourcecode"];

/// Whether `word` asks for line numbers, in any tool's spelling.
fn is_numbers_word(word: &str) -> bool {
    let word: String = word.chars().filter(|letter| !matches!(letter, '-' | '_')).collect();
    let known = ["numbers", "number", "numbered", "numberlines", "linenumbers", "linenos", "lineno", "linenums"];
    known.iter().chain(&["showlinenumbers"]).any(|name| word.eq_ignore_ascii_case(name))
}

fn is_ranges(text: &str) -> bool {
    text.contains(|letter: char| letter.is_ascii_digit())
        && text.chars().all(|letter| letter.is_ascii_digit() || separates(letter) || letter == '-')
}

/// The lines of `3,7-9`, quotes and blanks passed over; what is no number or runs backwards is left out.
fn ranges(text: &str) -> impl Iterator<Item = RangeInclusive<usize>> + '_ {
    text.split(|letter| separates(letter) || matches!(letter, '"' | '\'')).filter_map(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some(first..=last)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// language, title, first number, marks; then id and classes if any.
    #[track_caller]
    fn check(info: &str, expected: &str) {
        let found = Info::parse(info);
        let written = found.language.clone().unwrap_or_default();
        assert_eq!(info[found.language_at.clone()], written, "place of the language in {info:?}");
        let marks: Vec<String> =
            found.marked.iter().map(|range| format!("{}-{}", range.start(), range.end())).collect();
        let mut shown = format!("{written}|{}|", found.title.unwrap_or_default());
        shown += &found.first_number.map(|number| number.to_string()).unwrap_or_default();
        shown += &format!("|{}", marks.join(","));
        if let Some(id) = found.id {
            shown += &format!("|#{id}");
        }
        for class in found.classes {
            shown += &format!("|.{class}");
        }
        assert_eq!(shown, expected, "{info:?}");
    }

    #[test]
    fn reads_our_own_notation() {
        check("", "|||");
        check("python", "python|||");
        check("python title=\"train.py\" {3,7-9} numbers", "python|train.py|1|3-3,7-9");
        check("c++ {2}", "c++|||2-2");
        check("title=notes.txt", "|notes.txt||");
        check("python=", "python||1|");
        check("c++=101", "c++||101|");
        check("title=", "|||");
        check("linenos=5", "||5|");
        check("js{1,3-4}", "js|||1-1,3-4");
    }

    #[test]
    fn reads_other_tools_notations() {
        check("{.python .numberLines startFrom=\"3\" hl_lines=\"3 7-9\"}", "python||3|3-3,7-9");
        check("{#lst:train .python .wide caption=\"A loop\"}", "python|A loop|||#lst:train|.wide");
        check("python {.line-numbers}", "python||1|");
        check("rust,no_run,edition2024", "rust|||");
        check("go {linenos=true,hl_lines=[3,\"7-9\"],linenostart=199}", "go||199|3-3,7-9");
        check("go {linenos=false}", "go|||");
        check("{linenos=table,hl_lines=[\"2-3\"]}", "||1|2-3");
        check("{python}", "python|||");
        check("{r setup, echo=FALSE}", "r|||");
        check("{code-cell} python", "python|||");
        check("{code-block}", "|||");
        check("rust,linenos,hl_lines=3 7-9,name=a.rs", "rust|a.rs|1|3-3,7-9");
        check("py title=\"a.py\" linenums=\"5\" hl_lines=\"2 3\"", "py|a.py|5|2-2,3-3");
        check("js:line-numbers {1}", "js||1|1-1");
        check("ts:line-numbers=7", "ts||7|");
        check("js:server.js", "js|server.js||");
        check("js [config.js]", "js|config.js||");
        check("ruby linenos", "ruby||1|");
        check("jsx showLineNumbers", "jsx||1|");
    }

    #[test]
    fn what_rustdoc_is_told_means_rust() {
        assert_eq!(Info::parse("compile_fail,E0382").language.as_deref(), Some("rust"));
        assert_eq!(Info::parse("python no_run").language.as_deref(), Some("python"));
    }

    #[test]
    fn survives_what_makes_no_sense() {
        check("python {", "python|||");
        check("python title=\"open", "python|open||");
        check("python {9-7,0x,}", "python|||");
        check("{}", "|||");
        check("= {=html} [ é={ü", "|é={ü||");
    }
}
