//! What says how another tool is to read what follows, and is not shown: `{::nomarkdown}`, `{::comment}` and `{::options … /}`, each
//! ended by `{:/}` or its name (kramdown), `{% katexmm %}` (Jekyll), and comments, `{/* … */}` (MDX).
//! Source: kramdown, "Extensions"; jekyll-katex; MDX, "Comments".

use std::borrow::Cow;

use super::fence;

/// What is left out where it stands alone on a line, or behind something on it.
const LEFT_OUT: [&str; 5] = ["{::nomarkdown}", "{:/nomarkdown}", "{:/}", "{% katexmm %}", "{% endkatexmm %}"];

/// What ends a comment of kramdown.
const COMMENT_ENDS: [&str; 2] = ["{:/comment}", "{:/}"];

/// What begins and ends a comment of MDX.
const MDX_COMMENT: (&str, &str) = ("{/*", "*/}");

/// The longest `{::options … /}`, in bytes.
const LONGEST: usize = 300;

/// `text` with blanks in place of such marks, and a comment of HTML in place of each of kramdown's: as long as `text`.
pub fn left_out(text: Cow<'_, str>) -> Cow<'_, str> {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let has_mdx = has(MDX_COMMENT.0);
    if !has("{::") && !has("katexmm") && !has("endcomment") && !has_mdx {
        return text;
    }
    let text = if has_mdx { without_mdx_comments(&text) } else { text };
    let last_end = COMMENT_ENDS.into_iter().chain(["endcomment"]).filter_map(|end| text.rfind(end)).max().unwrap_or(0);
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

/// `text` with blanks in place of the comments of MDX outside code.
fn without_mdx_comments(text: &str) -> Cow<'static, str> {
    let mut left = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let last_end = text.rfind(MDX_COMMENT.1).unwrap_or(0);
    // Where the open comment ends.
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let before = fence;
        fence = if left.len() < end { fence } else { fence::after(line, fence) };
        let is_code = before.is_some() || fence.is_some() || line.starts_with("    ");
        let start = left.len();
        let mut ticks = 0;
        while left.len() < start + line.len() {
            let rest = &line[left.len() - start..];
            if left.len() < end {
                let inside = &rest[..rest.len().min(end - left.len())];
                left.extend(inside.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }));
                continue;
            }
            let mark = rest.find(MDX_COMMENT.0).filter(|_| !is_code);
            let (between, comment) = rest.split_at(mark.unwrap_or(rest.len()));
            left.push_str(between);
            ticks += between.matches('`').count();
            let may_begin = ticks % 2 == 0 && !comment.is_empty() && left.len() < last_end;
            let length = if may_begin { text[left.len()..].find(MDX_COMMENT.1) } else { None };
            match length {
                Some(length) => end = left.len() + length + MDX_COMMENT.1.len(),
                None if comment.is_empty() => {}
                None => left.push('{'),
            }
        }
    }
    Cow::Owned(left)
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
            let mark = COMMENT_ENDS.into_iter().find(|mark| text.starts_with(mark)).map(str::len);
            let length = mark.or_else(|| tag(text, "endcomment"))?;
            self.is_comment = false;
            return Some(format!("{:>length$}", "-->"));
        }
        if let Some(length) = tag(text, "comment") {
            self.is_comment = self.left.len() < self.last_end;
            return self.is_comment.then(|| format!("{:<length$}", "<!--"));
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

/// The length of the tag of Liquid that `text` begins with, if that is its `name`.
fn tag(text: &str, name: &str) -> Option<usize> {
    let inside = text.strip_prefix("{%")?;
    let end = inside.find("%}")?;
    (inside[..end].trim_matches(['-', ' ']) == name).then_some(end + "{%%}".len())
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
        check("a {% comment %}b{% c %}{%- endcomment -%} d", "a <!--         b{% c %}               --> d");
        check("{% comment %}\nb", "{% comment %}\nb");
        check("{::nomarkdown}\n<br/>\n{:/nomarkdown}", "\n<br/>\n");
        check("| {::nomarkdown}A{:/} |", "|               A     |");
        check("{::nomarkdown} <br/>{:/}", "<!--       --> <br/>");
        check("{::options toc_levels=\"2\" /}\na", "\na");
        check("{% katexmm %}\n$x$ {% endkatexmm %}", "\n$x$");
        check("a {/* é\n```\n*/} b {/* c */}\n`{/* d */}`", "a\n\n    b\n`{/* d */}`");
        for same in [
            "{::comment}\na",
            "`{::nomarkdown}` {:: {:/b}",
            "```\n{::nomarkdown}\n```",
            "    {::nomarkdown}",
            "{% katexmm %} katexmm",
            "{:/}",
            "{/* a",
            "    {/* a */}\n```\n{/* b */}\n```",
        ] {
            check(same, same);
        }
    }
}
