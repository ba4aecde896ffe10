//! `https://example.org`, `www.example.org` and `me@example.org` in the text are links, as they are on GitHub.

mod bare;

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use memchr::memmem;
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::is_as_written;
use crate::parse::markdown::document::Located;
use crate::parse::math;

/// Where the signs of addresses stand in a text, in order.
struct Signs(Vec<usize>);

impl Signs {
    fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let mut signs: Vec<usize> = memmem::find_iter(text, "://").chain(memmem::find_iter(text, "www.")).collect();
        signs.extend(memchr::memchr_iter(b'@', text));
        signs.sort_unstable();
        Self(signs)
    }

    /// Whether `event`, which stands in the text at `range`, is text that may hold an address.
    fn are_in(&self, (event, range): &Located<'_>) -> bool {
        let next = || self.0.get(self.0.partition_point(|sign| *sign < range.start));
        matches!(event, Event::Text(_)) && next().is_some_and(|sign| *sign < range.end)
    }
}

/// Makes links of the addresses that begin with `http://`, `https://` or `www.` and of those of mail in the texts of `events`,
/// but in links, headings (which lead to themselves), code and the words that stand for a picture. Punctuation after an address
/// is not its own (GFM 0.29, section 6.9); an address that holds a formula is left alone.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let signs = Signs::of(text);
    // Most stand where links lead.
    if !events.iter().any(|located| signs.are_in(located)) {
        return events;
    }
    let mut applied = Vec::with_capacity(events.len() + 8);
    let mut depth = 0usize;
    let mut events = events.into_iter().peekable();
    while let Some(located) = events.next() {
        match &located {
            (event, _) if opens(event) => depth += 1,
            (event, _) if closes(event) => depth = depth.saturating_sub(1),
            located if depth == 0 && signs.are_in(located) => {
                let Range { start, mut end } = located.1;
                let mut run = vec![located.clone()];
                while let Some(next) =
                    events.next_if(|(event, range)| matches!(event, Event::Text(_)) && range.start == end)
                {
                    end = next.1.end;
                    run.push(next);
                }
                let written = text.get(start..end).unwrap_or_default();
                cut(text, run, &links(written, start), &mut applied);
                continue;
            }
            _ => {}
        }
        applied.push(located);
    }
    applied
}

/// Whether no address is a link from `event` on.
fn opens(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(
                tag,
                Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock
            )
        }
        Event::InlineHtml(tag) => tag.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case("<a")),
        _ => false,
    }
}

/// Whether what [`opens`] said ends at `event`.
fn closes(event: &Event<'_>) -> bool {
    match event {
        Event::End(tag) => {
            matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock)
        }
        Event::InlineHtml(tag) => tag.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("</a")),
        _ => false,
    }
}

/// The addresses in `written`, which stands in the text from byte `start` on: the bytes of each, in order.
fn links(written: &str, start: usize) -> Vec<Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let is_web = |address: &str| ["http://", "https://"].iter().any(|scheme| begins(address, scheme));
    let found = finder.links(written).filter(|link| is_web(link.as_str()) && !link.as_str().contains(math::HIDDEN));
    let mut links: Vec<_> = found.map(|link| link.start()..link.end()).collect();
    links.extend(bare::hosts(written));
    links.extend(bare::mails(written));
    links.sort_by_key(|link| (link.start, std::cmp::Reverse(link.end)));
    let mut end = 0;
    links.retain(|link| {
        let is_next = link.start >= end;
        end = end.max(link.end);
        is_next
    });
    links.into_iter().map(|link| start + link.start..start + link.end).collect()
}

/// Whether `address` begins with `scheme` and goes on, in whatever case.
fn begins(address: &str, scheme: &str) -> bool {
    address.len() > scheme.len() && address.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme))
}

/// Writes `run`, texts that stand side by side in `text`, with a link at each of `links`. One that begins or ends within a
/// sign that is not as written, such as an entity, stays text.
fn cut<'a>(text: &'a str, run: Vec<Located<'a>>, links: &[Range<usize>], applied: &mut Vec<Located<'a>>) {
    let is_whole = |at: usize| {
        !run.iter().any(|(event, range)| {
            matches!(event, Event::Text(part) if range.start < at && at < range.end && !is_as_written(text, part, range))
        })
    };
    let links: Vec<&Range<usize>> = links.iter().filter(|link| is_whole(link.start) && is_whole(link.end)).collect();
    let mut links = links.into_iter().peekable();
    for (event, range) in run {
        let mut start = range.start;
        while let Some(link) = links.peek().filter(|link| link.start < range.end) {
            if link.start >= start {
                applied.extend(part(text, &event, &range, start..link.start));
                applied.push((Event::Start(address(text, link)), (*link).clone()));
                start = link.start;
            }
            // What smart punctuation makes of an address is not the address.
            let end = link.end.min(range.end);
            applied.push((Event::Text(CowStr::Borrowed(&text[start..end])), start..end));
            start = end;
            if link.end > range.end {
                break;
            }
            applied.push((Event::End(TagEnd::Link), (*link).clone()));
            links.next();
        }
        applied.extend(part(text, &event, &range, start..range.end));
    }
}

/// The part of `event`, a text at `range`, that stands at `wanted`; `None` if that is nothing.
fn part<'a>(text: &'a str, event: &Event<'a>, range: &Range<usize>, wanted: Range<usize>) -> Option<Located<'a>> {
    if wanted == *range {
        return Some((event.clone(), wanted));
    }
    (!wanted.is_empty()).then(|| (Event::Text(CowStr::Borrowed(&text[wanted.clone()])), wanted))
}

/// The link to the address that stands at `link`.
fn address<'a>(text: &'a str, link: &Range<usize>) -> Tag<'a> {
    let written = &text[link.clone()];
    let (link_type, dest_url) = match written {
        _ if bare::is_mail(written) => (LinkType::Email, written.into()),
        _ if begins(written, "www.") => (LinkType::Autolink, CowStr::from(format!("http://{written}"))),
        _ => (LinkType::Autolink, written.into()),
    };
    Tag::Link { link_type, dest_url, title: "".into(), id: "".into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Options, Parser, html};

    fn check(markdown: &str, expected: &str) {
        let parser = Parser::new_ext(markdown, Options::ENABLE_SMART_PUNCTUATION);
        let mut html = String::new();
        let events = apply(markdown, super::super::join_texts(markdown, parser.into_offset_iter().collect()));
        html::push_html(&mut html, events.into_iter().map(|(event, _)| event));
        assert_eq!(html, expected, "{markdown}");
    }

    #[test]
    fn addresses_are_links() {
        check(
            "See https://example.org/a--b_c/?d=e&f=(g)#h, or (http://x.org/y).",
            "<p>See <a href=\"https://example.org/a--b_c/?d=e&amp;f=(g)#h\">https://example.org/a--b_c/?d=e&amp;f=(g)#h</a>, \
             or (<a href=\"http://x.org/y\">http://x.org/y</a>).</p>\n",
        );
        check(
            "*https://a.org* \"https://b.org/…\"",
            "<p><em><a href=\"https://a.org\">https://a.org</a></em> “<a href=\"https://b.org/%E2%80%A6\">https://b.org/…</a>”</p>\n",
        );
    }

    #[test]
    fn addresses_without_a_scheme_are_links() {
        check(
            "Ask *me_a.b@c.org* or www.a.org/b_c_d, not https://www.e.org/f@g.org.",
            "<p>Ask <em><a href=\"mailto:me_a.b@c.org\">me_a.b@c.org</a></em> or <a href=\"http://www.a.org/b_c_d\">www.a.org/b_c_d</a>, \
             not <a href=\"https://www.e.org/f@g.org\">https://www.e.org/f@g.org</a>.</p>\n",
        );
        check(
            "[a@b.org](x) `www.a.org` <c@d.org>",
            "<p><a href=\"x\">a@b.org</a> <code>www.a.org</code> <a href=\"mailto:c@d.org\">c@d.org</a></p>\n",
        );
        check("www.a.org.", "<p><a href=\"http://www.a.org\">www.a.org</a>.</p>\n");
        check("www.a@b.org", "<p><a href=\"mailto:www.a@b.org\">www.a@b.org</a></p>\n");
        check("# a@b.org www.a.org", "<h1>a@b.org www.a.org</h1>\n");
        check("a\\@b.org &#x77;ww.a.org", "<p>a@b.org www.a.org</p>\n");
    }

    #[test]
    fn elsewhere_they_are_text() {
        check(
            "[https://a.org](https://b.org) https://c.org",
            "<p><a href=\"https://b.org\">https://a.org</a> <a href=\"https://c.org\">https://c.org</a></p>\n",
        );
        check(
            "<a href=\"x\">https://a.org</a> `https://b.org`",
            "<p><a href=\"x\">https://a.org</a> <code>https://b.org</code></p>\n",
        );
        check(
            "# https://a.org\n\n    https://b.org",
            "<h1>https://a.org</h1>\n<pre><code>https://b.org</code></pre>\n",
        );
        check(
            "https\\://a.org ftp://b.org https:// www.c ww@d",
            "<p>https://a.org ftp://b.org https:// www.c ww@d</p>\n",
        );
    }
}
