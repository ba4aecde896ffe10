//! Blocks of code between tags of Jekyll (`{% highlight ruby %}`) or Hugo (`{{< highlight go >}}`), and Jekyll's `{% raw %}`.

use std::borrow::Cow;

/// The fence that stands in place of a tag, which is longer.
const FENCE: &str = "~~~~~~";

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag<'a> {
    /// The beginning of code in this language.
    Open(&'a str),
    Close,
    /// `{% raw %}` or `{% endraw %}`.
    Raw,
}

/// `text` with fences in place of the tags around code, and blanks in place of `{% raw %}` on a line of its own: as long as
/// `text`. In blocks of code, and where nothing closes it, a tag is text.
pub fn as_fences(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_tag = |at: usize| text[at..].starts_with("{%") || text[at..].starts_with("{{<");
    if !memchr::memchr_iter(b'{', text.as_bytes()).any(is_tag) {
        return text;
    }
    let mut fenced = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let rest = &text[fenced.len() + line.len()..];
        let content = line.trim();
        let found = if fence.is_some() { None } else { tag(content) };
        match found {
            Some(Tag::Open(language)) if !is_open && closes(rest) => {
                put(&mut fenced, line, &format!("{FENCE}{language}"));
                is_open = true;
            }
            Some(Tag::Close) if is_open => {
                put(&mut fenced, line, FENCE);
                is_open = false;
            }
            Some(Tag::Raw) => put(&mut fenced, line, ""),
            _ => {
                let mark = ["```", "~~~"].into_iter().find(|mark| content.starts_with(mark) && !is_open);
                fence = match (fence, mark) {
                    (None, mark) => mark,
                    (Some(open), Some(mark)) if open == mark && content.trim_start_matches(&mark[..1]).is_empty() => {
                        None
                    }
                    (open, _) => open,
                };
                fenced.push_str(line);
            }
        }
    }
    Cow::Owned(fenced)
}

/// Adds `new` in place of what `line` holds, and blanks up to its length.
fn put(fenced: &mut String, line: &str, new: &str) {
    let content = line.trim_end();
    let indent = content.len() - content.trim_start().len();
    fenced.push_str(&line[..indent]);
    fenced.push_str(new);
    fenced.extend(std::iter::repeat_n(' ', content.len().saturating_sub(indent + new.len())));
    fenced.push_str(&line[content.len()..]);
}

/// Whether the next tag in `rest` closes.
fn closes(rest: &str) -> bool {
    let next = rest.lines().filter_map(|line| tag(line.trim())).find(|tag| *tag != Tag::Raw);
    next == Some(Tag::Close)
}

/// The tag that `content` is.
fn tag(content: &str) -> Option<Tag<'_>> {
    let inside = |open: &str, close: &str| content.strip_prefix(open)?.strip_suffix(close);
    let inside = inside("{%", "%}").or_else(|| inside("{{<", ">}}"))?;
    let mut words = inside.trim_matches('-').split_whitespace();
    match (words.next()?, words.next()) {
        ("highlight", Some(language)) => Some(Tag::Open(language.trim_matches('"'))),
        ("endhighlight" | "/highlight", None) => Some(Tag::Close),
        ("/", Some("highlight")) => Some(Tag::Close),
        ("raw" | "endraw", None) => Some(Tag::Raw),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::as_fences;

    #[test]
    fn tags_around_code_are_fences() {
        let check = |text: &str, expected: &str| {
            let fenced = as_fences(text.into());
            assert_eq!(fenced.len(), text.len());
            let lines: Vec<&str> = fenced.lines().map(str::trim_end).collect();
            assert_eq!(lines.join("\n"), expected);
        };
        check("a\n{% highlight ruby linenos %}\n# é\n{%- endhighlight -%}\nb", "a\n~~~~~~ruby\n# é\n~~~~~~\nb");
        check("  {{< highlight go \"hl_lines=1\" >}}\r\n  x\r\n  {{< / highlight >}}\r\n", "  ~~~~~~go\n  x\n  ~~~~~~");
        check("{% raw %}\n```liquid\n{% highlight a %}\n```\n{% endraw %}\n", "\n```liquid\n{% highlight a %}\n```\n");
        check("{% highlight a %}\nb\n{% highlight a %}\nc", "{% highlight a %}\nb\n{% highlight a %}\nc");
        check("{% endhighlight %} highlight x", "{% endhighlight %} highlight x");
    }
}
