//! What says how another tool is to read what follows, and is not shown: `{::nomarkdown}`, `{::comment}` and `{::options … /}`, each
//! ended by `{:/}` or its name (kramdown), and `{% katexmm %}` (Jekyll).
//! Source: kramdown, "Extensions"; jekyll-katex.

use std::borrow::Cow;

use super::fence;

/// What is left out where it stands alone on a line, or behind something on it.
const LEFT_OUT: [&str; 5] = ["{::nomarkdown}", "{:/nomarkdown}", "{:/}", "{% katexmm %}", "{% endkatexmm %}"];

/// The longest mark with options, in bytes.
const LONGEST: usize = 400;

/// `text` with blanks in place of such marks, and a comment of HTML in place of each of kramdown's: as long as `text`.
pub fn left_out(text: Cow<'_, str>) -> Cow<'_, str> {
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    if !has("{::") && !has("katexmm") {
        return text;
    }
    let last_end = ["{:/comment}", "{:/}"].iter().filter_map(|mark| text.rfind(mark)).max().unwrap_or_default();
    let mut left = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut is_comment = false;
    for line in text.split_inclusive('\n') {
        let before = fence;
        // A comment ends wherever it does.
        fence = if is_comment { fence } else { fence::after(line, fence) };
        if !is_comment && (before.is_some() || fence.is_some() || line.starts_with("    ")) {
            left.push_str(line);
        } else {
            push(line, last_end, &mut is_comment, &mut left);
        }
    }
    Cow::Owned(left)
}

/// Adds `line` without its marks to `left`. The last mark that ends a comment stands at byte `last_end`.
fn push(line: &str, last_end: usize, is_comment: &mut bool, left: &mut String) {
    let (mut at, mut is_code, mut is_first) = (0, false, true);
    while let Some(mark) = line[at..].find('{').map(|length| at + length) {
        let before = &line[at..mark];
        left.push_str(before);
        is_code ^= !*is_comment && before.matches('`').count() % 2 == 1;
        is_first &= before.trim().is_empty();
        let ends = last_end > left.len();
        let put = if is_code { None } else { replaced(&line[mark..], is_first, ends, is_comment) };
        match put {
            Some(put) => {
                at = mark + put.len();
                is_first &= put.trim().is_empty();
                left.push_str(&put);
            }
            None => {
                at = mark + 1;
                is_first = false;
                left.push('{');
            }
        }
    }
    left.push_str(&line[at..]);
}

/// What stands in place of the mark that `text` begins with, as long as that. `ends` says whether one that ends a comment follows.
fn replaced(text: &str, is_first: bool, ends: bool, is_comment: &mut bool) -> Option<String> {
    if *is_comment {
        let mark = ["{:/comment}", "{:/}"].into_iter().find(|mark| text.starts_with(mark))?;
        *is_comment = false;
        return Some(format!("{:>1$}", "-->", mark.len()));
    }
    if text.starts_with("{::comment}") {
        *is_comment = ends;
        return ends.then(|| format!("{:<1$}", "<!--", "{::comment}".len()));
    }
    if text.starts_with("{::options ") {
        let options = &text[..text.floor_char_boundary(LONGEST)];
        let end = options.find('}').filter(|end| options[..*end].ends_with('/'))?;
        return Some(" ".repeat(end + 1));
    }
    let mark = LEFT_OUT.into_iter().find(|mark| text.starts_with(mark))?;
    let is_alone = text[mark.len()..].trim_start().is_empty();
    match mark {
        _ if is_alone || !is_first => Some(" ".repeat(mark.len())),
        // What follows on the line is HTML, which a comment begins too; blanks would begin code.
        "{::nomarkdown}" => Some(format!("<!--{:>1$}", "-->", mark.len() - "<!--".len())),
        _ => None,
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
            "`{::comment}` a\n{:/} b",
            "```\n{::nomarkdown}\n```",
            "    {::nomarkdown}",
            "{% katexmm %} katexmm",
            "{:/}",
        ] {
            check(same, same);
        }
    }
}
