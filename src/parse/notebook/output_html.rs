//! HTML that a program wrote, made fit for a page: pages need no JavaScript, and what a program left open must not
//! swallow what comes after it.

use std::collections::HashMap;

use html5gum::emitters::default::{DefaultEmitter, Token};
use html5gum::{Span, Tokenizer};

/// Elements that have no end tag (HTML standard, section 13.1.2).
const VOID: &[&[u8]] = &[
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr",
];

/// Tags that a page has once, and an output not at all.
const OF_PAGE: &[&[u8]] = &[b"html", b"head", b"body", b"base", b"meta"];

/// Elements that show something without a word in them.
const SEEN: &[&[u8]] = &[b"audio", b"canvas", b"hr", b"iframe", b"img", b"meter", b"progress", b"svg", b"video"];

/// HTML of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputHtml {
    /// The HTML as it goes into the page.
    pub html: String,
    /// Whether scripts were left out of it.
    pub had_scripts: bool,
    /// Whether there is anything to be seen.
    pub is_seen: bool,
}

/// The HTML of an output without its scripts, its scoped styles (no browser has scoped any for years) and the tags of a
/// whole page; each table in a box that can scroll; every element closed.
pub fn clean(html: &str) -> OutputHtml {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut cleaner = Cleaner {
        html,
        out: OutputHtml { html: String::with_capacity(html.len() + 64), had_scripts: false, is_seen: false },
        open: Open::default(),
        dropped: None,
    };
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        cleaner.token(token);
    }
    while let Some(name) = cleaner.open.pop() {
        cleaner.end(&name);
    }
    cleaner.out
}

struct Cleaner<'a> {
    html: &'a str,
    out: OutputHtml,
    open: Open,
    /// The element whose content is left out.
    dropped: Option<Vec<u8>>,
}

/// The elements that are open.
#[derive(Debug, Default)]
struct Open {
    /// Their names, the innermost last.
    names: Vec<Vec<u8>>,
    /// How many of each name there are: a program may leave thousands open.
    counts: HashMap<Vec<u8>, usize>,
}

impl Open {
    fn push(&mut self, name: Vec<u8>) {
        *self.counts.entry(name.clone()).or_default() += 1;
        self.names.push(name);
    }

    fn pop(&mut self) -> Option<Vec<u8>> {
        let name = self.names.pop()?;
        self.counts.entry(name.clone()).and_modify(|count| *count -= 1);
        Some(name)
    }

    fn holds(&self, name: &[u8]) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }
}

impl Cleaner<'_> {
    fn token(&mut self, token: Token<usize>) {
        match token {
            Token::EndTag(tag) if self.dropped.as_deref() == Some(tag.name.as_slice()) => self.dropped = None,
            _ if self.dropped.is_some() => {}
            Token::StartTag(tag) => {
                let name = tag.name.to_vec();
                let is_scoped = name == b"style" && tag.attributes.keys().any(|key| key.as_slice() == b"scoped");
                // That of a drawing is its name.
                let is_title = name == b"title" && !self.open.holds(b"svg");
                if name == b"script" || name == b"noscript" || is_title || is_scoped {
                    self.out.had_scripts |= name == b"script";
                    self.dropped = Some(name);
                } else if !OF_PAGE.contains(&name.as_slice()) {
                    let border = tag.attributes.iter().find(|(key, _)| key.as_slice() == b"border");
                    self.start(name, tag.span, border.map(|(_, value)| value.span));
                }
            }
            Token::EndTag(tag) => self.end_tag(tag.name.as_slice()),
            Token::String(text) => {
                let is_style = self.open.names.last().is_some_and(|name| name == b"style");
                self.out.is_seen |= !is_style && text.value.iter().any(|byte| !byte.is_ascii_whitespace());
                self.copy(text.span);
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    fn start(&mut self, name: Vec<u8>, span: Span<usize>, border: Option<Span<usize>>) {
        self.out.is_seen |= SEEN.contains(&name.as_slice());
        let is_table = name == b"table";
        if is_table && !self.open.holds(&name) {
            self.out.html.push_str("<div class=\"table\" tabindex=\"0\">");
        }
        match border.filter(|_| is_table) {
            Some(border) => {
                // The span of an attribute ends behind the quotation mark, even where there is none.
                let is_quoted = self.html.get(..border.end).is_some_and(|before| before.ends_with(['"', '\'']));
                self.copy(Span { start: span.start, end: border.start - 1 });
                self.copy(Span { start: border.end - usize::from(!is_quoted), end: span.end });
            }
            None => self.copy(span),
        }
        // Only drawings and formulas have tags that end themselves.
        let is_foreign = matches!(&*name, b"svg" | b"math") || self.open.holds(b"svg") || self.open.holds(b"math");
        let ends_itself = is_foreign && self.html[span.start..span.end].ends_with("/>");
        if !VOID.contains(&name.as_slice()) && !ends_itself {
            self.open.push(name);
        }
    }

    /// Closes the element `name` and those inside it. An end tag without a start tag is left out.
    fn end_tag(&mut self, name: &[u8]) {
        if !self.open.holds(name) {
            return;
        }
        while let Some(open) = self.open.pop() {
            self.end(&open);
            if open == name {
                break;
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.out.html.push_str("</");
        self.out.html.push_str(&String::from_utf8_lossy(name));
        self.out.html.push('>');
        if name == b"table" && !self.open.holds(name) {
            self.out.html.push_str("</div>");
        }
    }

    fn copy(&mut self, span: Span<usize>) {
        self.out.html.push_str(self.html.get(span.start..span.end).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(clean(html).html, expected, "{html}");
    }

    #[test]
    fn a_data_frame_gets_a_box_and_loses_its_scoped_style() {
        check(
            "<div>\n<style scoped>\n    .dataframe tbody { color: red }\n</style>\n<table border=\"1\" class=\"dataframe\">\n<tr><td>a &lt; b</td></tr>\n</table>\n</div>",
            "<div>\n\n<div class=\"table\" tabindex=\"0\"><table class=\"dataframe\">\n<tr><td>a &lt; b</td></tr>\n</table></div>\n</div>",
        );
        check(
            "<TABLE border=1 id=a><tr><td><table></table></table>",
            "<div class=\"table\" tabindex=\"0\"><TABLE id=a><tr><td><table></table></td></tr></table></div>",
        );
        check(
            "<style>#T_a { color: red }</style><p border='1'>",
            "<style>#T_a { color: red }</style><p border='1'></p>",
        );
    }

    #[test]
    fn scripts_and_the_tags_of_a_page_are_left_out() {
        check("<!DOCTYPE html><html><head><title>x</title></head><body><p>a</p></body></html>", "<p>a</p>");
        check("a<script>let x = '</p>' < 1</script>b<noscript>c</noscript>", "ab");
        check("<svg><title>x</title></svg>", "<svg><title>x</title></svg>");
        assert!(clean("<script>x</script>").had_scripts);
    }

    #[test]
    fn every_element_is_closed() {
        check("<div><b>x", "<div><b>x</b></div>");
        check("</div>x</p>", "x");
        check("<ul><li>a<li>b</ul>c", "<ul><li>a<li>b</li></li></ul>c");
        check("<br><img src=a>é<hr/>", "<br><img src=a>é<hr/>");
        check("<svg><path d='M0'/></svg>", "<svg><path d='M0'/></svg>");
        check("<p/>a", "<p/>a</p>");
        check("<b", "");
    }

    #[test]
    fn what_shows_nothing_is_known() {
        let check = |html: &str, is_seen: bool| assert_eq!(clean(html).is_seen, is_seen, "{html}");
        check("<div id=\"plot\"></div><script>draw()</script>", false);
        check("<style>a { b: c }</style> ", false);
        check("<img src=a>", true);
        check("<p>a", true);
    }
}
