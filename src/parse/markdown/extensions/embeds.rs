//! Shortcodes and tags that show what is elsewhere, in place of which a link to it stands: `{{< youtube id >}}` of Hugo,
//! `{{ youtube(id="id") }}` of Zola, `{% youtube id %}` of Jekyll and Hexo, `{% embed url="…" %}`, `{% file src="…" %}` and
//! `{% page-ref page="…" %}` of GitBook, `{% post_link name title %}` of Hexo, `@[youtube](id)` of Zenn.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::texts;
use crate::parse::markdown::document::Located;

/// The longest of them, in bytes.
const LONGEST: usize = 400;

/// Makes links of those in the texts of `events` of `text`. Behind a `\` they are text.
pub fn apply<'a>(text: &'a str, events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    let events = marked(text, events);
    let has = |open: &str| memchr::memmem::find(text.as_bytes(), open.as_bytes()).is_some();
    if !has("{{") && !has("{%") {
        return events;
    }
    texts::replace_written(text, events, b'{', |at| {
        let is_open = !text[..at].ends_with('{');
        let embed = embed(&text[at..]).filter(|_| is_open)?;
        Some((embed.length, embed.events(text, at)))
    })
}

/// Where `@[name](id)` leads, as Zenn has it. What has no `top` is an address itself.
const MARKED: [(&str, &str); 12] = [
    ("card", ""),
    ("codepen", ""),
    ("codesandbox", ""),
    ("figma", ""),
    ("gist", ""),
    ("github", ""),
    ("jsfiddle", ""),
    ("speakerdeck", "https://speakerdeck.com/player/"),
    ("stackblitz", ""),
    ("tweet", ""),
    ("vimeo", "https://vimeo.com/"),
    ("youtube", "https://www.youtube.com/watch?v="),
];

/// `events` of `text` with links to what `@[card](https://…)` and `@[youtube](id)` show.
fn marked<'a>(text: &'a str, mut events: Vec<Located<'a>>) -> Vec<Located<'a>> {
    if memchr::memmem::find(text.as_bytes(), b"@[").is_none() {
        return events;
    }
    for at in 1..events.len().saturating_sub(2) {
        let [
            (Event::Text(before), place),
            (Event::Start(Tag::Link { dest_url, .. }), _),
            (Event::Text(name), _),
            (Event::End(TagEnd::Link), _),
        ] = &mut events[at - 1..at + 3]
        else {
            continue;
        };
        let known = MARKED.iter().find(|(known, _)| **known == **name).filter(|_| before.ends_with('@'));
        let Some((_, top)) = known else { continue };
        let is_address = dest_url.starts_with("https://") || dest_url.starts_with("http://");
        if (!is_address && top.is_empty()) || before.len() != place.len() {
            continue;
        }
        let address = if is_address { dest_url.to_string() } else { format!("{top}{dest_url}") };
        *place = place.start..place.end - 1;
        *before = text[place.clone()].into();
        *dest_url = address.clone().into();
        *name = address.into();
    }
    events
}

/// What stands in place of a shortcode or tag.
#[derive(Debug, PartialEq, Eq)]
struct Embed {
    /// Bytes that it takes.
    length: usize,
    /// Where the link leads. Without one, it is none.
    destination: Option<String>,
    /// What the link is called; if nothing, as what it leads to. What is shown, if there is no link.
    words: String,
}

impl Embed {
    /// The events that stand for it at byte `at` of `text`.
    fn events<'a>(self, text: &str, at: usize) -> Vec<Located<'a>> {
        let whole = at..at + self.length;
        let Some(destination) = self.destination else {
            let words = Some(self.words).filter(|words| !words.is_empty());
            return words.map(|words| (Event::Text(words.into()), whole.end..whole.end)).into_iter().collect();
        };
        let place = text[whole.clone()].find(&destination).map_or(whole.clone(), |found| {
            let start = whole.start + found;
            start..start + destination.len()
        });
        // As a label that nothing defines, whose destination stands where it stands itself.
        let link_type = LinkType::Shortcut;
        let open = Tag::Link { link_type, dest_url: destination.into(), title: "".into(), id: "".into() };
        let mut events = vec![(Event::Start(open), place)];
        if !self.words.is_empty() {
            events.push((Event::Text(self.words.into()), whole.end..whole.end));
        }
        events.push((Event::End(TagEnd::Link), whole));
        events
    }
}

/// What the shortcode or tag that `text` begins with shows.
fn embed(text: &str) -> Option<Embed> {
    let pairs = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
    let (open, close) = pairs.into_iter().find(|(open, _)| text.starts_with(open))?;
    let rest = &text[open.len()..text.floor_char_boundary(LONGEST)];
    let inside = &rest[..rest.find(close)?];
    let length = open.len() + inside.len() + close.len();
    if inside.contains("\n\n") || inside.contains('`') {
        return None;
    }
    let inside = inside.trim_matches(['-', ' ', '\t', '\r', '\n', '/']);
    let (name, rest) = inside.split_at(inside.find([' ', '\t', '\n', '(']).unwrap_or(inside.len()));
    if open == "{{" && !rest.starts_with('(') {
        return None;
    }
    if matches!(name, "endembed" | "endfile") && open == "{%" {
        return Some(Embed { length, destination: None, words: String::new() });
    }
    if let ("label", "{%", Some((_, words))) = (name, open, rest.split_once('@')) {
        return Some(Embed { length, destination: None, words: words.trim().to_owned() });
    }
    let arguments = arguments(rest.trim_start_matches('(').trim_end_matches(')'));
    let destination = destination(name, &arguments, &text[..length])?;
    let words = match name {
        "link" => arguments.first().map(|(_, words)| (*words).to_owned()).unwrap_or_default(),
        "btn" => arguments.get(1).map_or(destination.clone(), |(_, words)| (*words).to_owned()),
        "post_link" => arguments.iter().skip(1).map(|(_, value)| *value).collect::<Vec<_>>().join(" "),
        "page-ref" => String::new(),
        "file" => destination.rsplit('/').next().unwrap_or_default().to_owned(),
        _ => destination.clone(),
    };
    Some(Embed { length, destination: Some(destination), words })
}

/// The arguments in `written`, each with its name or without: `id "a b" key="value"`.
fn arguments(written: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = written.trim_start_matches([' ', '\t', '\r', '\n', ',']);
    while !rest.is_empty() {
        let end = rest.find([' ', '\t', '\r', '\n', ',', '=', '"', '\'']).unwrap_or(rest.len());
        let (key, after) = match rest[end..].strip_prefix('=') {
            Some(after) => (&rest[..end], after.trim_start()),
            None => ("", rest),
        };
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let (value, after) = match quote.and_then(|quote| after[1..].split_once(quote)) {
            Some(quoted) => quoted,
            None => after.split_at(after.find([' ', '\t', '\r', '\n', ',']).unwrap_or(after.len())),
        };
        found.push((key, value));
        rest = after.trim_start_matches([' ', '\t', '\r', '\n', ',']);
    }
    found
}

/// Where what is called `name` and has these arguments leads, which is `written` so.
fn destination(name: &str, arguments: &[(&str, &str)], written: &str) -> Option<String> {
    let named = |keys: &[&str]| arguments.iter().find(|(key, _)| keys.contains(key)).map(|(_, value)| *value);
    let first = named(&[""]).filter(|_| arguments.first().is_some_and(|(key, _)| key.is_empty()));
    let is_address = |value: &&str| value.starts_with("https://") || value.starts_with("http://");
    let is_id = |value: &&str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        value.len() >= 4 && value.bytes().all(is_part)
    };
    let address = || named(&["url", "src", "href", "link"]).or(first).filter(is_address).map(str::to_owned);
    let id = || named(&["id", "video_id"]).or(first);
    let at = |top: &str| {
        let of_id = || Some(format!("{top}{}", id().filter(is_id)?));
        address().or_else(|| id().filter(is_address).map(str::to_owned)).or_else(of_id)
    };
    match name {
        "youtube" | "youtuber" | "yt" => at("https://www.youtube.com/watch?v="),
        "vimeo" => at("https://vimeo.com/"),
        "bilibili" => at("https://www.bilibili.com/video/"),
        "instagram" => at("https://www.instagram.com/p/"),
        "tweet" | "twitter" | "x" => match named(&["user"]) {
            Some(user) => Some(format!("https://x.com/{user}/status/{}", id().filter(is_id)?)),
            None => at("https://x.com/i/status/"),
        },
        "gist" => match arguments {
            [("", user), ("", id), ..] if !user.contains('/') && is_id(id) && !id.contains('.') => {
                Some(format!("https://gist.github.com/{user}/{id}"))
            }
            [("", id), ..] => {
                let is_plain = id.split('/').all(|part| is_id(&part)) && id.split('/').count() <= 2;
                is_plain.then(|| format!("https://gist.github.com/{id}"))
            }
            _ => None,
        },
        "embed" | "video" | "iframe" => address(),
        "link" => match arguments {
            [(_, _), (_, second), ..] => Some(*second).filter(is_address).map(str::to_owned),
            _ => None,
        },
        "btn" => address(),
        "file" => named(&["src"]).map(str::to_owned),
        "page-ref" => named(&["page"]).map(str::to_owned),
        "post_link" => first.map(|_| written.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};

    use super::*;

    fn check(text: &str, expected: &str) {
        let parser = Parser::new_ext(text, Options::ENABLE_SMART_PUNCTUATION);
        let mut html = String::new();
        let events = apply(text, parser.into_offset_iter().collect());
        pulldown_cmark::html::push_html(&mut html, events.into_iter().map(|(event, _)| event));
        assert_eq!(html, format!("<p>{expected}</p>\n"), "of {text:?}");
    }

    fn link(destination: &str) -> String {
        format!("<a href=\"{destination}\">{destination}</a>")
    }

    #[test]
    fn a_video_is_a_link() {
        let video = link("https://www.youtube.com/watch?v=w7Ft2ymGmfc");
        check("{{< youtube w7Ft2ymGmfc >}}", &video);
        check("a {{<youtube w7Ft2ymGmfc>}} b", &format!("a {video} b"));
        check("{{< youtube id=\"w7Ft2ymGmfc\" autoplay=\"true\" >}}.", &format!("{video}."));
        check("{{ youtube(id=\"w7Ft2ymGmfc\", autoplay=true) }}", &video);
        check("{% youtube w7Ft2ymGmfc %}{% youtube 'w7Ft2ymGmfc' %}", &format!("{video}{video}"));
        check("{% youtube \"https://youtu.be/a_b_c\" %}", &link("https://youtu.be/a_b_c"));
        check(
            "@[youtube](w7Ft2ymGmfc) b @[card](https://example.org/a.mp4)",
            &format!("{video} b {}", link("https://example.org/a.mp4")),
        );
        check("@[a](b) [youtube](c)", "@<a href=\"b\">a</a> <a href=\"c\">youtube</a>");
        check("{{< vimeo 146022717 >}}", &link("https://vimeo.com/146022717"));
        check("{{< video https://example.org/a.mp4 >}}", &link("https://example.org/a.mp4"));
    }

    #[test]
    fn so_is_what_else_is_elsewhere() {
        check("{{< gist spf13 7896402 >}}", &link("https://gist.github.com/spf13/7896402"));
        check(
            "{% gist parkr/931c1c8d465a04042403 a.rb %}",
            &link("https://gist.github.com/parkr/931c1c8d465a04042403"),
        );
        check("{{< tweet user=\"A_b\" id=\"1453\" >}}", &link("https://x.com/A_b/status/1453"));
        check("{% embed url=\"https://a.org/x\" %}\nWords\n{% endembed %}", &(link("https://a.org/x") + "\nWords\n"));
        check("{% file src=\"a/b.pdf\" %}", "<a href=\"a/b.pdf\">b.pdf</a>");
        check("{% page-ref page=\"b.md\" %}", "<a href=\"b.md\"></a>");
        check(
            "{% label primary@a b %} {% btn https://a.org/x, Words, home %}",
            "a b <a href=\"https://a.org/x\">Words</a>",
        );
        check("{% link Name https://a.org/x true T %}", "<a href=\"https://a.org/x\">Name</a>");
        check("{% post_link b The 'B' %}", "<a href=\"%7B%%20post_link%20b%20The%20&#x27;B&#x27;%20%%7D\">The B</a>");
    }

    #[test]
    fn anything_else_is_text() {
        for text in ["{{ youtube }}", "{% youtube %}", "{% embed %}", "{{< gist >}}", "{{< video src=a.mp4 >}}", "{% x"]
        {
            assert_eq!(embed(text), None, "{text}");
        }
        check("\\{% youtube w7Ft2ymGmfc %}", "{% youtube w7Ft2ymGmfc %}");
        check("`{% youtube w7Ft2ymGmfc %}`", "<code>{% youtube w7Ft2ymGmfc %}</code>");
    }
}
