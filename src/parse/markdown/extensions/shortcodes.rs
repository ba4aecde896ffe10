//! Blocks of code between tags of Jekyll (`{% highlight ruby %}`), Hexo (`{% codeblock lang:ruby %}`) or Hugo
//! (`{{< highlight go >}}`), Jekyll's `{% raw %}`, and what its themes include without words of the author's.

use std::borrow::Cow;

use super::fence;

/// The fence that stands in place of a tag, which is longer.
const FENCE: &str = "~~~~~~";

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag<'a> {
    /// The beginning of code in this language.
    Open(&'a str),
    /// The same as Hexo has it: a title, which is kept with all that stands beside it, and `lang:` of the language.
    Titled(&'a str),
    Close,
    /// `{% raw %}`.
    Raw,
    /// `{% endraw %}`.
    EndRaw,
    /// `{% include toc %}`, in place of which the contents stand.
    Contents,
    /// `{% include mathjax.html %}`, which loads what sets formulas.
    LeftOut,
}

/// `text` with fences in place of the tags around code, and blanks in place of `{% raw %}` and `{% endraw %}` on lines of their
/// own: as long as `text`. In blocks of code, and where nothing closes it, a tag is text.
pub fn as_fences(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_tag = |at: usize| text[at..].starts_with("{%") || text[at..].starts_with("{{<");
    if !memchr::memchr_iter(b'{', text.as_bytes()).any(is_tag) {
        return text;
    }
    let has_tabs = memchr::memmem::find(text.as_bytes(), b"{% tabs").is_some();
    let mut fenced = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let (mut is_open, mut is_raw) = (false, false);
    // Where nothing ends one, nothing ends a later one.
    let mut ends = true;
    for line in text.split_inclusive('\n') {
        let rest = &text[fenced.len() + line.len()..];
        if let Some(tab) = tab_between_comments(line).filter(|_| has_tabs && fence.is_none() && !is_open) {
            put(&mut fenced, line, &tab);
            continue;
        }
        let found = if fence.is_some() { None } else { tag(line) };
        match found {
            Some(Tag::Open(language)) if !is_open && closes(rest) => {
                put(&mut fenced, line, &format!("{FENCE}{language}"));
                is_open = true;
            }
            Some(Tag::Titled(arguments)) if !is_open && closes(rest) => {
                put(&mut fenced, line, &format!("{FENCE}{}", titled(arguments)));
                is_open = true;
            }
            Some(Tag::Close) if is_open => {
                put(&mut fenced, line, FENCE);
                is_open = false;
            }
            Some(Tag::Raw) if !is_raw && ends && ends_raw(rest) => {
                put(&mut fenced, line, "");
                is_raw = true;
            }
            Some(Tag::Contents) if !is_open => put(&mut fenced, line, "[TOC]"),
            Some(Tag::LeftOut) if !is_open => put(&mut fenced, line, ""),
            Some(Tag::EndRaw) if is_raw => {
                put(&mut fenced, line, "");
                is_raw = false;
            }
            _ => {
                ends &= found != Some(Tag::Raw) || is_raw;
                if !is_open {
                    fence = fence::after(line, fence);
                }
                fenced.push_str(line);
            }
        }
    }
    Cow::Owned(fenced)
}

/// What a fence says in place of the `arguments` of Hexo: no longer than they are with the tag around.
fn titled(arguments: &str) -> String {
    const OPTIONS: [&str; 6] = ["lang:", "line_number:", "line_threshold:", "first_line:", "mark:", "wrap:"];
    let words = || arguments.split_whitespace();
    let language = words().find_map(|word| word.strip_prefix("lang:")).unwrap_or_default();
    let title: Vec<&str> = words().filter(|word| !OPTIONS.iter().any(|option| word.starts_with(option))).collect();
    match (language, title.join(" ")) {
        (language, title) if title.is_empty() => language.to_owned(),
        ("", title) => format!("title=\"{title}\""),
        (language, title) => format!("{language} title=\"{title}\""),
    }
}

/// The tag that stands for `line` if it is `<!-- tab Title -->` or `<!-- endtab -->`, as themes of Hexo have it: shorter than that. An
/// icon may follow the title.
fn tab_between_comments(line: &str) -> Option<String> {
    let inside = line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    if inside == "endtab" {
        return Some("{% endtab %}".to_owned());
    }
    let title = inside.strip_prefix("tab ")?;
    let title = title.split('@').next().unwrap_or(title).trim();
    (!title.is_empty() && !title.contains('%')).then(|| format!("{{% tab {title} %}}"))
}

/// Whether a line of `rest` is `{% endraw %}`.
fn ends_raw(rest: &str) -> bool {
    rest.lines().any(|line| tag(line) == Some(Tag::EndRaw))
}

/// Whether `line` is a tag in place of which the contents stand.
pub fn is_contents(line: &str) -> bool {
    line.starts_with("{%") && tag(line) == Some(Tag::Contents)
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

/// Whether the next tag around code in `rest` closes.
fn closes(rest: &str) -> bool {
    let is_around = |tag: &Tag<'_>| matches!(tag, Tag::Open(_) | Tag::Titled(_) | Tag::Close);
    let next = rest.lines().filter_map(tag).find(is_around);
    next == Some(Tag::Close)
}

/// The tag that `line` is. One that is indented as code is none.
fn tag(line: &str) -> Option<Tag<'_>> {
    let content = line.trim();
    if line.starts_with("    ") || line[..line.len() - line.trim_start().len()].contains('\t') {
        return None;
    }
    let inside = |open: &str, close: &str| content.strip_prefix(open)?.strip_suffix(close);
    let inside = inside("{%", "%}").or_else(|| inside("{{<", ">}}"))?;
    let mut words = inside.trim_matches('-').split_whitespace();
    let (name, argument) = (words.next()?, words.next());
    match (name, argument) {
        ("highlight", Some(language)) => Some(Tag::Open(language.trim_matches('"'))),
        ("codeblock", None) => Some(Tag::Open("")),
        ("codeblock", Some(_)) => {
            let arguments = inside.trim_matches('-').trim_start()["codeblock".len()..].trim();
            Some(Tag::Titled(arguments)).filter(|_| !arguments.contains(['"', '%']))
        }
        ("endhighlight" | "/highlight" | "endcodeblock", None) => Some(Tag::Close),
        ("/", Some("highlight")) => Some(Tag::Close),
        ("include", Some(file)) => included(file),
        ("raw", None) => Some(Tag::Raw),
        ("endraw", None) => Some(Tag::EndRaw),
        _ => None,
    }
}

/// What Jekyll's themes have in a `file` of this name, if that is nothing of the author's.
fn included(file: &str) -> Option<Tag<'static>> {
    let name = file.split('.').next().unwrap_or_default().to_ascii_lowercase();
    match name.as_str() {
        "toc" => Some(Tag::Contents),
        "mathjax" | "mathjs" | "katex" | "latex" => Some(Tag::LeftOut),
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
        check("{% codeblock lang:js %}\nx\n{% endcodeblock %}", "~~~~~~js\nx\n~~~~~~");
        check("{% codeblock %}\nx\n{% endcodeblock %}", "~~~~~~\nx\n~~~~~~");
        check("{% codeblock a b lang:js %}\nx\n{% endcodeblock %}", "~~~~~~js title=\"a b\"\nx\n~~~~~~");
        check("{%codeblock lang:js C++%}\nx\n{%endcodeblock%}", "~~~~~~js title=\"C++\"\nx\n~~~~~~");
        check("{%codeblock a mark:1,2%}\nx\n{% endcodeblock %}", "~~~~~~title=\"a\"\nx\n~~~~~~");
        check("{% codeblock lang: %}\nx\n{% endcodeblock %}", "~~~~~~\nx\n~~~~~~");
        let quoted = "{% codeblock \"a\" %}\nx\n{% endcodeblock %}";
        check(quoted, quoted);
        check("{% include mathjax.html %}\na\n\n{% include toc title=\"T\" %}", "\na\n\n[TOC]");
        check("{% include eye.html %}", "{% include eye.html %}");
        check("{% raw %}\nb", "{% raw %}\nb");
        check("b\n{% endraw %}\n{% raw %}", "b\n{% endraw %}\n{% raw %}");
        let indented = "a\n\n    {% raw %}\n    {% highlight a %}\n    {% endhighlight %}\n    {% endraw %}";
        check(indented, indented);
        let nested = "````md\n```\nb\n```\n{% raw %}\n{% highlight a %}\n{% endhighlight %}\n{% endraw %}\n````";
        check(nested, nested);
        check("{% endhighlight %} highlight x", "{% endhighlight %} highlight x");
    }
}
