//! Destinations that Jekyll, Hugo or Eleventy would have filled in: `{{ site.baseurl }}/lens.html`,
//! `{{ "/lens.html" | relative_url }}`, `{% post_url 2023-03-14-lens %}`, `{{< ref "lens.md" >}}`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A destination of another tool's template, in parts. `prefix` and `path` are its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Templated<'a> {
    /// What stands before the path.
    pub prefix: &'a str,
    /// The path.
    pub path: &'a str,
    /// Query and fragment, each with its sign.
    pub suffix: &'a str,
    /// Whether the name of the file is enough, wherever it is.
    pub is_by_name: bool,
}

/// Variables that stand for where the site is.
const TOPS: [&str; 6] = ["site.baseurl", "site.url", "site.github.url", "site.base_url", "base_path", "BASE_PATH"];

/// Tags and shortcodes that take the name of a file.
const NAMERS: [&str; 5] = ["post_url", "post_link", "link", "ref", "relref"];

/// The longest template in a destination, in bytes.
const LONGEST: usize = 300;

/// `destination` taken apart, if it is another tool's template and says where it leads.
pub fn templated(destination: &str) -> Option<Templated<'_>> {
    if !destination.starts_with("{{") && !destination.starts_with("{%") {
        return None;
    }
    let mut at = 0;
    while let Some(call) = call(&destination[at..]) {
        let inside = &destination[at + call.inside.start..at + call.inside.end];
        let after = &destination[at + call.end..];
        if TOPS.contains(&inside) {
            at += call.end;
            continue;
        }
        let (word, argument) = inside.split_once([' ', '\t', '\r', '\n']).unwrap_or((inside, ""));
        let is_by_name = NAMERS.contains(&word);
        let written = if is_by_name { argument.trim() } else { inside };
        let quote = written.chars().next().filter(|first| matches!(first, '"' | '\''));
        let named = match quote {
            Some(quote) => written[1..].split(quote).next().unwrap_or_default(),
            None if is_by_name => written.split([' ', '\t', '\r', '\n', '|']).next().unwrap_or_default(),
            None => return None,
        };
        // What is written ends where the inside does.
        let start = at + call.inside.end - written.len() + usize::from(quote.is_some());
        let (path, suffix) = named.split_at(named.find(['?', '#']).unwrap_or(named.len()));
        let suffix = if suffix.is_empty() { after } else { suffix };
        let is_whole = suffix.is_empty() || suffix.starts_with(['?', '#']);
        return (is_whole && !path.is_empty()).then_some(Templated {
            prefix: &destination[..start],
            path,
            suffix,
            is_by_name,
        });
    }
    let rest = &destination[at..];
    let (path, suffix) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    (at > 0 && rest.starts_with('/')).then_some(Templated {
        prefix: &destination[..at],
        path,
        suffix,
        is_by_name: false,
    })
}

/// `text` with every template in the destination of a link as one word, so that Markdown sees the link: as long as `text`.
/// What is code or HTML for a parser with these `options` stays.
pub fn hidden(text: Cow<'_, str>, options: Options) -> Cow<'_, str> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'{', text.as_bytes()) {
        let is_destination = || {
            let before = text[..at].trim_end_matches([' ', '<']);
            before.ends_with("](") || before.ends_with("]:")
        };
        if matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%')) && is_destination() {
            let mut end = at;
            while let Some(call) = call(&text[end..]) {
                end += call.end;
            }
            let rest = &text[end..];
            end += rest.find(|next: char| next.is_whitespace() || next == ')').unwrap_or(rest.len());
            if templated(&text[at..end]).is_some() {
                spans.push(at..end);
            }
        }
    }
    if spans.is_empty() {
        return text;
    }
    retain_outside_code(&with_words(&text, &spans), &mut spans, options);
    Cow::Owned(with_words(&text, &spans))
}

/// Takes those of `spans`, which stand in order, out that are in what is code or HTML of `text` for a parser with these `options`.
pub fn retain_outside_code(text: &str, spans: &mut Vec<Range<usize>>, options: Options) {
    let verbatim: Vec<Range<usize>> = Parser::new_ext(text, options)
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(event, Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::CodeBlock(_)))
        })
        .map(|(_, range)| range)
        .collect();
    spans.retain(|span| {
        let after = verbatim.partition_point(|range| range.start <= span.start);
        after.checked_sub(1).is_none_or(|before| verbatim[before].end <= span.start)
    });
}

/// `text` with one word in each of `spans`.
fn with_words(text: &str, spans: &[Range<usize>]) -> String {
    let mut words = String::with_capacity(text.len());
    for span in spans {
        words.push_str(&text[words.len()..span.start]);
        words.extend(text[span.clone()].chars().map(|letter| match letter {
            ' ' | '\t' | '\r' | '\n' | '|' | '<' | '>' | '`' | '$' | '(' | ')' | '\\' => '+',
            letter => letter,
        }));
    }
    words.push_str(&text[words.len()..]);
    words
}

/// `{{ … }}`, `{{< … >}}`, `{{% … %}}` or `{% … %}`.
struct Call {
    /// Bytes of what it holds, without the space around.
    inside: Range<usize>,
    /// Where it ends.
    end: usize,
}

/// The call that `text` begins with, which stands in a line or in two.
fn call(text: &str) -> Option<Call> {
    let pairs = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
    let (open, close) = pairs.into_iter().find(|(open, _)| text.starts_with(open))?;
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let length = text[open.len()..].find(close)?;
    let (_, second) = text[open.len()..open.len() + length].split_once('\n').unwrap_or_default();
    if second.contains('\n') || second.trim_start().starts_with('>') {
        return None;
    }
    let around = ['-', ' ', '\t', '\r', '\n'];
    let start = open.len() + length - text[open.len()..open.len() + length].trim_start_matches(around).len();
    let inside = &text[start..open.len() + length].trim_end_matches(around);
    Some(Call { inside: start..start + inside.len(), end: open.len() + length + close.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_other_tools_say_where_they_lead() {
        let check = |destination: &str, expected: &str| {
            let found = templated(destination).map(|found| {
                assert!(destination.starts_with(&format!("{}{}", found.prefix, found.path)));
                format!("{} {} {}", found.path, found.suffix, found.is_by_name)
            });
            assert_eq!(found.unwrap_or_default(), expected, "{destination}");
        };
        check("{{ site.baseurl }}/a/b.md#c", "/a/b.md #c false");
        check("{{site.url}}{{ site.baseurl }}/a", "/a  false");
        check("{{ '/a/' | relative_url }}", "/a/  false");
        check("{{ \"/a/?b#c\" | prepend: site.baseurl }}", "/a/ ?b#c false");
        check("{{ '/a/' | relative_url }}#c", "/a/ #c false");
        check("{% post_url 2023-03-14-lens %}", "2023-03-14-lens  true");
        check("{{ site.baseurl }}{% post_url 2023-03-14-lens %}#c", "2023-03-14-lens #c true");
        check("{%- link _posts/a.md -%}", "_posts/a.md  true");
        check("{{< ref \"a.md#c\" >}}", "a.md #c true");
        check("{{% relref '/a' %}}", "/a  true");
        check("{{< ref a >}}", "a  true");
        check("{{< relref\r\n  \"a#c\" >}}", "a #c true");
        check("{{< relref a\n>}}#c", "a #c true");
        for other in [
            "{{ page.url }}",
            "{{ site.repo }}/a",
            "{{ '/a' }}b",
            "{filename}/a",
            "a",
            "{{",
            "{{ site.url }}",
            "{{< ref\n\na >}}",
            "{{< ref\n> a >}}",
            "{% link %}",
        ] {
            check(other, "");
        }
    }

    #[test]
    fn templates_in_destinations_are_one_word() {
        let check = |text: &str, expected: &str| {
            let hidden = hidden(text.into(), Options::empty());
            assert_eq!(hidden, expected);
            assert_eq!(hidden.len(), text.len());
        };
        check("![é]({{ site.baseurl }}/a.png \"t\")", "![é]({{+site.baseurl+}}/a.png \"t\")");
        check("[a]({{< ref \"b\" >}}), [c]({% link d.md %})", "[a]({{++ref+\"b\"++}}), [c]({%+link+d.md+%})");
        check("[a]: {{ \"/b\" | url }}\n", "[a]: {{+\"/b\"+++url+}}\n");
        check(
            "`[a]({% link d.md %})`\n\n    [a]({% link d.md %})\n",
            "`[a]({% link d.md %})`\n\n    [a]({% link d.md %})\n",
        );
        check("[a]({{< ref\n\"b\" >}})", "[a]({{++ref+\"b\"++}})");
        check("[a]({{ b.c }}) {{ site.url }}/a", "[a]({{ b.c }}) {{ site.url }}/a");
    }
}
