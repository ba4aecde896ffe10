//! Tokens to HTML: as few spans as will do.

use std::ops::RangeInclusive;

use super::class::{Class, ClassSet};

/// Writes the inside of a `<code>`. Neighbours of one class share a span, blanks between them too.
pub(super) struct Writer<'a> {
    html: String,
    classes: ClassSet,
    open: Option<Class>,
    /// Blanks that are not written yet: they go into the open span if the next token does.
    blanks: String,
    lines: Option<Lines<'a>>,
}

/// Lines that have spans of their own.
struct Lines<'a> {
    marked: &'a [RangeInclusive<usize>],
    /// The line being written, counted from 1.
    number: usize,
    /// Whether that line's span is open.
    open: bool,
}

impl<'a> Writer<'a> {
    /// A writer of code of about `length` bytes that doesn't part it into lines.
    pub(super) fn new(length: usize) -> Self {
        let html = String::with_capacity(length + length / 2);
        Self { html, classes: ClassSet::default(), open: None, blanks: String::new(), lines: None }
    }

    /// A writer that gives every line a span, those in `marked` one that says so.
    pub(super) fn with_lines(length: usize, marked: &'a [RangeInclusive<usize>]) -> Self {
        let mut writer = Self::new(length);
        writer.lines = Some(Lines { marked, number: 1, open: false });
        writer.classes.insert(Class::Line);
        writer
    }

    /// Writes `text`, which may hold line breaks, in `class`.
    pub(super) fn token(&mut self, text: &str, class: Option<Class>) {
        if self.lines.is_none() {
            return self.run(text, class);
        }
        for part in text.split_inclusive('\n') {
            self.open_line();
            let line = part.strip_suffix('\n');
            self.run(line.unwrap_or(part), class);
            if line.is_some() {
                self.close_line();
            }
        }
    }

    /// The HTML, and the classes in it.
    pub(super) fn finish(mut self) -> (String, ClassSet) {
        self.close();
        if self.lines.as_ref().is_some_and(|lines| lines.open) {
            self.html.push_str("</span>");
        }
        (self.html, self.classes)
    }

    fn run(&mut self, text: &str, class: Option<Class>) {
        if text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t')) {
            let whither = if self.open.is_some() { &mut self.blanks } else { &mut self.html };
            return whither.push_str(text);
        }
        if class != self.open {
            self.close();
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class.name());
                self.html.push_str("\">");
                self.classes.insert(class);
            }
            self.open = class;
        }
        self.html.push_str(&self.blanks);
        self.blanks.clear();
        escape(&mut self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
        self.html.push_str(&self.blanks);
        self.blanks.clear();
    }

    fn open_line(&mut self) {
        let Some(lines) = &mut self.lines else { return };
        if !lines.open {
            lines.open = true;
            let marked = lines.marked.iter().any(|range| range.contains(&lines.number));
            self.html.push_str(if marked { "<span class=\"line marked\">" } else { "<span class=\"line\">" });
            if marked {
                self.classes.insert(Class::Marked);
            }
        }
    }

    fn close_line(&mut self) {
        self.close();
        self.html.push_str("\n</span>");
        if let Some(lines) = &mut self.lines {
            lines.open = false;
            lines.number += 1;
        }
    }
}

/// Writes `text` so that HTML shows it as it is; a NUL, which HTML forbids, as the replacement character.
pub(super) fn escape(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0 => "\u{fffd}",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(instead);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(writer: Writer, tokens: &[(&str, Option<Class>)], expected: &str) {
        let mut writer = writer;
        for (text, class) in tokens {
            writer.token(text, *class);
        }
        assert_eq!(writer.finish().0, expected);
    }

    const K: Option<Class> = Some(Class::Keyword);
    const S: Option<Class> = Some(Class::String);

    #[test]
    fn joins_neighbours_of_one_class() {
        check(
            Writer::new(0),
            &[("pub", K), (" ", None), ("fn", K), (" ", None), ("a<b", None)],
            "<span class=\"k\">pub fn</span> a&lt;b",
        );
        check(
            Writer::new(0),
            &[("\"a", S), ("\n", None), ("b\"", S), ("\n", None)],
            "<span class=\"s\">&quot;a\nb&quot;</span>\n",
        );
        check(Writer::new(0), &[("  ", K), ("\0", None)], "  \u{fffd}");
    }

    #[test]
    fn parts_lines() {
        check(
            Writer::with_lines(0, &[2..=2]),
            &[("\"a\n\nb\"", S), ("\n", None)],
            "<span class=\"line\"><span class=\"s\">&quot;a</span>\n</span><span class=\"line marked\">\n</span>\
             <span class=\"line\"><span class=\"s\">b&quot;</span>\n</span>",
        );
        check(Writer::with_lines(0, &[]), &[("a", None)], "<span class=\"line\">a</span>");
    }
}
