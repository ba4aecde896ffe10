//! `*[HTML]: HyperText Markup Language`, as PHP Markdown Extra, kramdown and Python-Markdown have it.

use std::borrow::Cow;

use super::fence;

/// The abbreviations that a text defines, longest first.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// Each with what it stands for.
    defined: Vec<(String, String)>,
}

impl Abbreviations {
    /// Takes the definitions out of `text`: their lines become blank, so that everything else stays at its byte.
    pub fn take(text: &str) -> (Cow<'_, str>, Self) {
        if memchr::memmem::find(text.as_bytes(), b"*[").is_none() {
            return (Cow::Borrowed(text), Self::default());
        }
        let mut blanked = String::with_capacity(text.len());
        let mut defined = Vec::new();
        let mut fence = None;
        for line in text.split_inclusive('\n') {
            fence = fence::after(line, fence);
            match definition(line).filter(|_| fence.is_none()) {
                Some((short, long)) => {
                    defined.push((short.to_owned(), long.to_owned()));
                    blanked.extend(
                        line.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte as char } else { ' ' }),
                    );
                }
                None => blanked.push_str(line),
            }
        }
        defined.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        (Cow::Owned(blanked), Self { defined })
    }

    /// The first abbreviation in `text` that stands there as a whole word: where, what it is, and what it stands for.
    pub fn first<'t>(&self, text: &'t str) -> Option<(usize, &'t str, &str)> {
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        self.defined
            .iter()
            .filter_map(|(short, long)| {
                let (at, _) = text.match_indices(short.as_str()).find(|(at, short)| {
                    !is_word(text[..*at].chars().next_back()) && !is_word(text[at + short.len()..].chars().next())
                })?;
                Some((at, &text[at..at + short.len()], long.as_str()))
            })
            .min_by_key(|(at, short, _)| (*at, usize::MAX - short.len()))
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
        let code = "````\n```\n*[A]: b\n````\n```x``` c\n\n*[D]: e\n";
        let (blanked, abbreviations) = Abbreviations::take(code);
        assert_eq!((blanked.trim_end(), abbreviations.defined.len()), (code[..code.len() - 8].trim_end(), 1));
    }
}
