//! `{% raw %}` and `{% endraw %}` of Jekyll in the middle of a line, which keep Liquid from what stands between and are not shown
//! themselves. Those on lines of their own are left out of the text before.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use crate::parse::markdown::document::Located;
use crate::parse::markdown::signs::Signs;

/// `events` without these tags. In code they are shown, since an essay may be about them, unless its `signs` say that it is one of
/// Jekyll's, which takes them out before anything is code.
pub fn apply(events: Vec<Located<'_>>, signs: Signs) -> Vec<Located<'_>> {
    let (mut is_code, mut is_raw) = (false, false);
    let mut applied = Vec::with_capacity(events.len());
    for (event, range) in events {
        match &event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) if is_code && signs.jekyll => {
                let found = tags(text, &mut is_raw);
                if !found.is_empty() {
                    let left = without_lines(text, &found);
                    applied.extend((!left.is_empty()).then(|| (Event::Text(left.into()), range)));
                    continue;
                }
            }
            Event::Code(text) if signs.jekyll => {
                let found = tags(text, &mut is_raw);
                if !found.is_empty() {
                    let left: String = left(0..text.len(), &found).map(|left| &text[left]).collect();
                    applied.push((Event::Code(left.trim().to_owned().into()), range));
                    continue;
                }
            }
            Event::Text(CowStr::Borrowed(text)) if !is_code && text.len() == range.len() => {
                let found = tags(text, &mut is_raw);
                if !found.is_empty() {
                    let text: &str = text;
                    let left = left(0..text.len(), &found).filter(|left| !left.is_empty());
                    applied.extend(left.map(|left| {
                        let place = range.start + left.start..range.start + left.end;
                        (Event::Text(text[left].into()), place)
                    }));
                    continue;
                }
            }
            _ => {}
        }
        applied.push((event, range));
    }
    applied
}

/// The bytes of the tags in `text`; `is_raw` says whether one is open. Between the two, nothing is a tag but the one that ends it.
fn tags(text: &str, is_raw: &mut bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "{%") {
        let Some(length) = text[at..].find("%}") else { break };
        let name = text[at + 2..at + length].trim_matches('-').trim();
        if name == if *is_raw { "endraw" } else { "raw" } {
            *is_raw = !*is_raw;
            found.push(at..at + length + 2);
        }
    }
    found
}

/// What is left of `whole` between `taken`, which stand in order.
fn left(whole: Range<usize>, taken: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    let starts = std::iter::once(whole.start).chain(taken.iter().map(|taken| taken.end));
    starts.zip(taken.iter().map(|taken| taken.start).chain([whole.end])).map(|(start, end)| start..end)
}

/// `text` of code without what is `taken`, and without the lines that hold nothing else.
fn without_lines(text: &str, taken: &[Range<usize>]) -> String {
    let is_alone = |taken: &Range<usize>| {
        let before = text[..taken.start].rsplit('\n').next().unwrap_or_default();
        let after = text[taken.end..].split('\n').next().unwrap_or_default();
        before.trim().is_empty() && after.trim().is_empty()
    };
    let lines = taken.iter().map(|taken| match is_alone(taken) {
        true => {
            let start = text[..taken.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[taken.end..].find('\n').map_or(text.len(), |at| taken.end + at + 1);
            start..end
        }
        false => taken.clone(),
    });
    left(0..text.len(), &lines.collect::<Vec<_>>()).map(|left| &text[left]).collect()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;

    fn check(text: &str, jekyll: bool, expected: &str) {
        let signs = Signs { jekyll, ..Signs::of(text) };
        let events = apply(Parser::new(text).into_offset_iter().collect(), signs);
        for (event, range) in &events {
            if let Event::Text(CowStr::Borrowed(part)) = event {
                assert!(text[range.clone()].ends_with(&**part), "{part:?} in {text:?}");
            }
        }
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events.into_iter().map(|(event, _)| event));
        assert_eq!(html, expected, "of {text:?}");
    }

    #[test]
    fn tags_in_a_line_are_left_out() {
        check(
            "Use {% raw %}`{{ a }}`{%- endraw -%}, {%raw%}{% b %}{%endraw%}.",
            false,
            "<p>Use <code>{{ a }}</code>, {% b %}.</p>\n",
        );
        check("{% raw %}{% raw %}{% endraw %} begins it", false, "<p>{% raw %} begins it</p>\n");
        check("`{% raw %}` and `{% endraw %}`", false, "<p><code>{% raw %}</code> and <code>{% endraw %}</code></p>\n");
    }

    #[test]
    fn jekyll_leaves_them_out_of_code_too() {
        check("`{% raw %}{{ a }}{% endraw %}`", true, "<p><code>{{ a }}</code></p>\n");
        check(
            "```\n{% raw %}\n{{ a }}\nb{% endraw %}c\n{% raw %}\n```\n",
            true,
            "<pre><code>{{ a }}\nbc\n</code></pre>\n",
        );
        check(
            "    {% raw %}\n    {{ a }}\n    {% endraw %}\n",
            false,
            "<pre><code>{% raw %}\n{{ a }}\n{% endraw %}\n</code></pre>\n",
        );
    }
}
