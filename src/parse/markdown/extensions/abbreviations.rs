//! `*[HTML]: HyperText Markup Language`, as PHP Markdown Extra, kramdown and Python-Markdown have it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::fence;

/// The abbreviations that a text defines.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// Each with what it stands for.
    defined: HashMap<String, String>,
    /// The bytes that they begin with, each with how long those are that do, in bytes, the longest first.
    lengths: BTreeMap<u8, BTreeSet<Reverse<usize>>>,
}

impl Abbreviations {
    /// Takes the definitions out of `text`: their lines become blank, so that everything else stays at its byte.
    pub fn take(text: &str) -> (Cow<'_, str>, Self) {
        if memchr::memmem::find(text.as_bytes(), b"*[").is_none() {
            return (Cow::Borrowed(text), Self::default());
        }
        let mut blanked = String::with_capacity(text.len());
        let mut abbreviations = Self::default();
        let mut fence = None;
        for line in text.split_inclusive('\n') {
            fence = fence::after(line, fence);
            match definition(line).filter(|_| fence.is_none()) {
                Some((short, long)) => {
                    abbreviations.lengths.entry(short.as_bytes()[0]).or_default().insert(Reverse(short.len()));
                    abbreviations.defined.entry(short.to_owned()).or_insert_with(|| long.to_owned());
                    blanked.extend(
                        line.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte as char } else { ' ' }),
                    );
                }
                None => blanked.push_str(line),
            }
        }
        (Cow::Owned(blanked), abbreviations)
    }

    /// The first abbreviation in `text` that stands there as a whole word: where, what it is, and what it stands for. Of those at one
    /// place it is the longest.
    pub fn first<'t>(&self, text: &'t str) -> Option<(usize, &'t str, &str)> {
        if self.defined.is_empty() {
            return None;
        }
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        text.bytes().enumerate().find_map(|(at, byte)| {
            let lengths = self.lengths.get(&byte).filter(|_| !is_word(text[..at].chars().next_back()))?;
            lengths.iter().find_map(|Reverse(length)| {
                let short = text.get(at..at + length)?;
                let long = self.defined.get(short).filter(|_| !is_word(text[at + length..].chars().next()))?;
                Some((at, short, long.as_str()))
            })
        })
    }
}

fn definition(line: &str) -> Option<(&str, &str)> {
    let inside = line.trim_start_matches(' ').strip_prefix("*[")?;
    let (short, long) = inside.split_once("]:")?;
    if short.is_empty() || line.len() - line.trim_start_matches(' ').len() > 3 {
        None
    } else {
        Some((short, long.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_go_and_words_are_found() {
        let text = "HTML5 and HTML.\n\n*[HTML]: Hyper Text\n*[é]: acute\n";
        let (blanked, abbreviations) = Abbreviations::take(text);
        assert_eq!(blanked.len(), text.len());
        assert_eq!(blanked.trim_end(), "HTML5 and HTML.");
        assert_eq!(abbreviations.first(text), Some((10, "HTML", "Hyper Text")));
        assert_eq!(abbreviations.first("XHTML"), None);
        assert_eq!(abbreviations.first("ú é HTML"), Some((3, "é", "acute")));
        let (_, abbreviations) = Abbreviations::take("*[A B]: c\n*[A]: d\n*[A]: e\n");
        assert_eq!(abbreviations.first("A A B"), Some((0, "A", "d")));
        assert_eq!(abbreviations.first(" A B"), Some((1, "A B", "c")));
        let code = "````\n```\n*[A]: b\n````\n```x``` c\n\n*[D]: e\n";
        let (blanked, abbreviations) = Abbreviations::take(code);
        assert_eq!((blanked.trim_end(), abbreviations.defined.len()), (code[..code.len() - 8].trim_end(), 1));
    }
}
