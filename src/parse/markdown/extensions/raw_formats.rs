//! What Pandoc and Quarto hand on to one format as it is: blocks behind `` ```{=html} `` and code before `{=html}` are HTML, those of other
//! formats, such as `{=latex}`, are nothing here.

use std::borrow::Cow;

use super::fence;

/// `text` with blanks in place of what says so, and of what is for other formats: as long as `text`. What nothing closes stays.
pub fn replaced(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memmem::find(text.as_bytes(), b"{=").is_none() {
        return text;
    }
    let mut replaced = String::with_capacity(text.len());
    let mut fence = None;
    // The signs that close the open block, and whether it is HTML.
    let mut open: Option<(&str, bool)> = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if let Some((run, is_html)) = open {
            let closes = content == run;
            push(line, if closes || !is_html { 0..line.len() } else { 0..0 }, &mut replaced);
            open = open.filter(|_| !closes);
            continue;
        }
        let (run, format) = content.split_at(content.len() - content.trim_start_matches('`').len());
        let rest = &text[replaced.len() + line.len()..];
        let begins = fence.is_none() && run.len() >= 3 && name(format).is_some_and(|len| len == format.len());
        if begins && rest.lines().any(|line| line.trim() == run) {
            open = Some((run, format == "{=html}"));
            push(line, 0..line.len(), &mut replaced);
            continue;
        }
        fence = fence::after(line, fence);
        if fence.is_some() || line.starts_with("    ") {
            replaced.push_str(line);
        } else {
            push_line(line, &mut replaced);
        }
    }
    Cow::Owned(replaced)
}

/// Adds `line` without code that is of a format.
fn push_line(line: &str, replaced: &mut String) {
    let mut from = 0;
    while let Some(close) = line[from..].find("`{=").map(|at| from + at) {
        let open = line[from..close].rfind('`').map(|at| from + at);
        match (open, name(&line[close + 1..])) {
            (Some(open), Some(length)) if !line[..open].ends_with('`') => {
                let end = close + 1 + length;
                let is_html = &line[close + 1..end] == "{=html}";
                replaced.push_str(&line[from..open]);
                push(&line[open..=open], 0..1, replaced);
                push(&line[open + 1..close], if is_html { 0..0 } else { 0..close - open - 1 }, replaced);
                push(&line[close..end], 0..end - close, replaced);
                from = end;
            }
            _ => {
                replaced.push_str(&line[from..close + 1]);
                from = close + 1;
            }
        }
    }
    replaced.push_str(&line[from..]);
}

/// The length of the name of a format that `text` begins with: `{=html}`.
fn name(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("{=")?.split('}').next()?;
    let is_name = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let length = "{=}".len() + inside.len();
    (is_name && text.len() >= length).then_some(length)
}

/// Adds `text` with blanks in `range`, but for the ends of lines.
fn push(text: &str, range: std::ops::Range<usize>, replaced: &mut String) {
    replaced.push_str(&text[..range.start]);
    replaced
        .extend(text[range.clone()].bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte.into() } else { ' ' }));
    replaced.push_str(&text[range.end..]);
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn html_stays_and_other_formats_go() {
        let check = |text: &str, expected: &str| {
            let found = replaced(text.into());
            assert_eq!(found.len(), text.len());
            let lines: Vec<&str> = found.lines().map(str::trim_end).collect();
            assert_eq!(lines.join("\n"), expected, "{text:?}");
        };
        check("a\n\n```{=html}\n<b>é</b>\n```\n\nb", "a\n\n\n<b>é</b>\n\n\nb");
        check("```{=latex}\n\\é\n\n```\nb", "\n\n\n\nb");
        check("a `<b>é</b>`{=html} b `\\é`{=tex} c", "a  <b>é</b>         b             c");
        check("```{=html}\n<b>", "```{=html}\n<b>");
        check("~~~\n```{=html}\n```\n~~~\n`a`{=A} ``b`{=html}``", "~~~\n```{=html}\n```\n~~~\n`a`{=A} ``b`{=html}``");
    }
}
