//! What says how another tool is to read what follows, and is not shown: `{::nomarkdown}`, `{::comment}` and `{::options … /}`, each
//! ended by `{:/}` or its name (kramdown), and `{% katexmm %}` (Jekyll).
//! Source: kramdown, "Extensions"; jekyll-katex.

use std::borrow::Cow;

use super::fence;

/// What is left out where it stands alone on a line, or behind something on it.
const LEFT_OUT: [&str; 5] = ["{::nomarkdown}", "{:/nomarkdown}", "{:/}", "{% katexmm %}", "{% endkatexmm %}"];

/// What ends a comment.
const COMMENT_ENDS: [&str; 2] = ["{:/comment}", "{:/}"];

/// The longest `{::options … /}`, in bytes.
const LONGEST: usize = 300;

/// `text` with blanks in place of such marks, and a comment of HTML in place of each of kramdown's: as long as `text`.
pub fn left_out(text: Cow<'_, str>) -> Cow<'_, str> {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if !has("{::") && !has("katexmm") {
        return text;
    }
    let last_end = COMMENT_ENDS.into_iter().filter_map(|end| text.rfind(end)).max().unwrap_or(0);
    let mut marked = Marked { last_end, is_comment: false, left: String::with_capacity(text.len()) };
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let before = fence;
        // A comment ends wherever it does.
        fence = if marked.is_comment { fence } else { fence::after(line, fence) };
        if !marked.is_comment && (before.is_some() || fence.is_some() || line.starts_with("    ")) {
            marked.left.push_str(line);
        } else {
            marked.push(line);
        }
    }
    Cow::Owned(marked.left)
}

/// A text that is gone through.
struct Marked {
    /// Where the last mark stands that can end a comment.
    last_end: usize,
    is_comment: bool,
    /// What has been gone through, without its marks.
    left: String,
}

impl Marked {
    /// Adds `line` without its marks.
    fn push(&mut self, line: &str) {
        let mut at = 0;
        let (mut ticks, mut is_first) = (0, true);
        while let Some(mark) = line[at..].find('{').map(|length| at + length) {
            let between = &line[at..mark];
            self.left.push_str(between);
            ticks += between.matches('`').count();
            is_first &= between.trim_start().is_empty();
            let in_code = !self.is_comment && ticks % 2 == 1;
            let put = if in_code { None } else { self.replaced(&line[mark..], is_first) };
            let put = put.unwrap_or_else(|| "{".to_owned());
            at = mark + put.len();
            is_first &= put.trim_start().is_empty();
            self.left.push_str(&put);
        }
        self.left.push_str(&line[at..]);
    }

    /// What stands in place of the mark that `text` begins with, as long as that. `is_first` says whether nothing stands before it on
    /// its line.
    fn replaced(&mut self, text: &str, is_first: bool) -> Option<String> {
        if self.is_comment {
            let mark = COMMENT_ENDS.into_iter().find(|mark| text.starts_with(mark))?;
            self.is_comment = false;
            return Some(format!("{:>1$}", "-->", mark.len()));
        }
        if text.starts_with("{::comment}") {
            self.is_comment = self.left.len() < self.last_end;
            return self.is_comment.then(|| format!("{:<1$}", "<!--", "{::comment}".len()));
        }
        if text.starts_with("{::options ") {
            let end = text[..text.floor_char_boundary(LONGEST)].find("/}")? + "/}".len();
            return Some(" ".repeat(end));
        }
        let mark = LEFT_OUT.into_iter().find(|mark| text.starts_with(mark))?;
        match mark {
            _ if !is_first || text[mark.len()..].trim_start().is_empty() => Some(" ".repeat(mark.len())),
            // What follows on the line is HTML, which a comment begins too; blanks would begin code.
            "{::nomarkdown}" => Some(format!("<!--{:>1$}", "-->", mark.len() - "<!--".len())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::left_out;

    #[test]
    fn marks_are_left_out() {
        let check = |text: &str, expected: &str| {
            let left = left_out(text.into());
            assert_eq!(left.len(), text.len(), "{text}");
            let lines: Vec<&str> = left.lines().map(str::trim_end).collect();
            assert_eq!(lines.join("\n"), expected);
        };
        check("a\n{::comment}\nb\n{:/comment}\nc", "a\n<!--\nb\n        -->\nc");
        check("{::comment}\n```\nb\n    {:/}\nc {:/}", "<!--\n```\nb\n     -->\nc");
        check("a {::comment}b{:/} c {:/}", "a <!--       b --> c");
        check("{::nomarkdown}\n<br/>\n{:/nomarkdown}", "\n<br/>\n");
        check("| {::nomarkdown}A{:/} |", "|               A     |");
        check("{::nomarkdown} <br/>{:/}", "<!--       --> <br/>");
        check("{::options toc_levels=\"2\" /}\na", "\na");
        check("{% katexmm %}\n$x$ {% endkatexmm %}", "\n$x$");
        for same in [
            "{::comment}\na",
            "`{::nomarkdown}` {:: {:/b}",
            "```\n{::nomarkdown}\n```",
            "    {::nomarkdown}",
            "{% katexmm %} katexmm",
            "{:/}",
        ] {
            check(same, same);
        }
    }
}
