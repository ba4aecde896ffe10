//! Pictures by tags: `{{< figure src="lens.svg" caption="A lens" >}}` (Hugo, and `image` as many themes have it), `{% asset_img lens.svg A lens %}` and
//! `{% img left /lens.svg 300 200 A lens %}` (Hexo, Octopress), `{% include figure image_path="/lens.svg" %}` (Jekyll).
//! Source: Hugo, "Figure shortcode"; Hexo, "Tag plugins"; Minimal Mistakes, "Helpers".

use std::ops::Range;

use super::opening::{self, Element, Opening, Takes, Title};
use crate::parse::markdown::medium::{Medium, medium};

/// Signs around a tag.
const SIGNS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// The longest tag, in lines.
pub const LONGEST: usize = 8;

/// The picture that a tag shows, in bytes of the tag.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pictured {
    /// Where its path stands.
    pub path: Range<usize>,
    /// Whether the path begins at the top of the site without saying so.
    pub is_rooted: bool,
    /// Where its caption stands.
    caption: Option<Range<usize>>,
    /// Its other attributes.
    pairs: Vec<(&'static str, String)>,
    classes: Vec<String>,
}

/// Whether `text` begins with such a tag, or with what may be one.
pub fn begins(text: &str) -> bool {
    split(text).is_some()
}

/// The name of the tag that `text` begins with, the byte after it, and what closes the tag.
fn split(text: &str) -> Option<(&str, usize, &'static str)> {
    let (open, close) = SIGNS.into_iter().find(|(open, _)| text.starts_with(open))?;
    let inside = text[open.len()..].trim_start_matches(['-', ' ', '\t']);
    let start = text.len() - inside.len();
    let is_part = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'_';
    let name = &inside[..inside.bytes().take_while(is_part).count()];
    if !inside[name.len()..].starts_with([' ', '\t', '\n', '\r', '%', '>']) {
        return None;
    }
    let is_known = match (open, name) {
        ("{%", "asset_img" | "img") | ("{{<" | "{{%", "figure" | "image" | "img") => true,
        ("{%", "include") => {
            let file = inside[name.len()..].split_whitespace().next().unwrap_or_default();
            ["figure", "image", "img"].contains(&file.split('.').next().unwrap_or_default())
        }
        _ => false,
    };
    is_known.then_some((name, start + name.len(), close))
}

/// The picture that `tag` shows, if it is such a tag from end to end and says where the picture is.
pub fn picture(tag: &str) -> Option<Pictured> {
    let (name, start, close) = split(tag)?;
    let inside = tag.trim_end().strip_suffix(close)?.trim_end_matches(['-', '/', ' ', '\t']);
    let arguments = inside.get(start..).filter(|arguments| !arguments.contains(['{', '}']))?;
    if close == "%}" && name != "include" { placed(tag, arguments, start) } else { named(name, tag, arguments, start) }
}

/// What `arguments`, which stand at byte `start` of `tag`, say by their names.
fn named(name: &str, tag: &str, arguments: &str, start: usize) -> Option<Pictured> {
    let mut found = Pictured { is_rooted: name == "include", ..Pictured::default() };
    let mut captions = [None, None, None];
    for (key, value) in pairs(arguments) {
        let place = start + value.start..start + value.end;
        let written = tag[place.clone()].trim().to_owned();
        match (name, key) {
            ("include", "image_path" | "path" | "url") | (_, "src") => found.path = place,
            (_, "alt") => found.pairs.push(("alt", written)),
            (_, "caption") => captions[0] = Some(place),
            (_, "title") => captions[1] = Some(place),
            (_, "attr") => captions[2] = Some(place),
            (_, "width" | "height") if !written.is_empty() => {
                let key = if key == "width" { "width" } else { "height" };
                found.pairs.push((key, written.trim_end_matches("px").to_owned()));
            }
            (_, "class") => found.classes.extend(written.split_whitespace().map(str::to_owned)),
            _ => {}
        }
    }
    let mut captions = captions.into_iter().flatten().filter(|place| !tag[place.clone()].trim().is_empty());
    found.caption = captions.next();
    let others: Vec<&str> = captions.map(|place| tag[place].trim()).collect();
    if !others.is_empty() {
        found.pairs.push(("title", others.join(", ")));
    }
    let path = &tag[found.path.clone()];
    let is_picture = if name == "include" { medium(path) == Some(Medium::Picture) } else { !path.is_empty() };
    is_picture.then_some(found)
}

/// What `arguments`, which stand at byte `start` of `tag`, say by their places: classes, path, width, height, and words.
fn placed(tag: &str, arguments: &str, start: usize) -> Option<Pictured> {
    let mut found = Pictured::default();
    let mut at = 0;
    while found.path.is_empty() {
        let rest = &arguments[at..];
        let word = rest.trim_start();
        at += rest.len() - word.len();
        let word = word.split_whitespace().next()?;
        let bare = word.trim_matches(['"', '\'']);
        if bare.contains(['.', '/']) {
            let behind = start + at + word.find(bare).unwrap_or_default();
            found.path = behind..behind + bare.len();
        } else {
            found.classes.push(bare.to_owned());
        }
        at += word.len();
    }
    let mut words = tag[start + at..start + arguments.len()].trim();
    for key in ["width", "height"] {
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        if !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit()) {
            found.pairs.push((key, first.to_owned()));
            words = rest.trim_start();
        }
    }
    let words = words.replace(['"', '\''], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    found.pairs.push(("alt", words));
    found.classes.retain(|class| opening::is_name(class));
    Some(found)
}

/// `key="value"` and the like in `text`: each key with the bytes of its value.
fn pairs(text: &str) -> Vec<(&str, Range<usize>)> {
    let mut pairs = Vec::new();
    let mut at = 0;
    while let Some(equals) = text[at..].find('=').map(|length| at + length) {
        let key = text[at..equals].split_whitespace().next_back().unwrap_or_default();
        let rest = text[equals + 1..].trim_start();
        let start = text.len() - rest.len();
        let (start, end) = match rest.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`')) {
            Some(quote) => (start + 1, start + 1 + closing(&rest[1..], quote)),
            None => (start, start + rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        pairs.push((key, start..end));
        at = (end + 1).min(text.len());
        at = text.ceil_char_boundary(at);
    }
    pairs
}

/// Where `quote` ends what `text` begins with.
fn closing(text: &str, quote: char) -> usize {
    let ends = text.match_indices(quote).map(|(at, _)| at);
    ends.into_iter().find(|at| !text[..*at].ends_with('\\')).unwrap_or(text.len())
}

/// What `tag`, which stands at byte `start`, opens if it shows a picture.
pub fn opening(tag: &str, start: usize) -> Option<Opening> {
    let Pictured { caption, pairs, classes, .. } = picture(tag)?;
    let mut opening = opening::named("", None, Default::default());
    opening.element = Element::Figure;
    opening.list.classes = classes;
    opening.list.pairs = pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    if let Some(caption) = caption {
        opening.title = Title::Written(start + caption.start..start + caption.end);
        opening.takes = Takes::Options(Title::Kind(String::new()));
    }
    Some(opening)
}

#[cfg(test)]
mod tests {
    use super::picture;

    /// `expected` is the path, the caption and the rest, or nothing.
    fn check(tag: &str, expected: Option<(&str, &str, &str)>) {
        let found = picture(tag).map(|found| {
            let caption = found.caption.map_or("", |caption| &tag[caption]);
            let rest: Vec<String> = found.pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
            (&tag[found.path], caption, format!("{} {}", found.classes.join("."), rest.join(" ")))
        });
        let found = found.as_ref().map(|(path, caption, rest)| (*path, *caption, rest.trim()));
        assert_eq!(found, expected, "{tag}");
    }

    #[test]
    fn tags_show_pictures() {
        check("{{< figure src=\"/a b.png\" >}}", Some(("/a b.png", "", "")));
        check(
            "{{< figure src=\"a.png\" alt=\"An é\" caption='A *b*'\n  width=\"400px\" class=wide >}}",
            Some(("a.png", "A *b*", "wide alt=An é width=400")),
        );
        check("{{<figure src=a.png title=\"T\" attr=\"U\"/>}}", Some(("a.png", "T", "title=U")));
        check("{{% figure link=\"/x\" src=\"https://e.org/a?b=c\" %}}", Some(("https://e.org/a?b=c", "", "")));
        check("{{< image src=\"a.png\" caption=\"`b`\">}}", Some(("a.png", "`b`", "")));
        check("{% asset_img a.png %}", Some(("a.png", "", "alt=")));
        check(
            "{% asset_img full-image  a.png 300 \"A b\" 'c' %}",
            Some(("a.png", "", "full-image width=300 alt=A b c")),
        );
        check("{% img center /a.png 616 466 'PCA' %}", Some(("/a.png", "", "center width=616 height=466 alt=PCA")));
        check("{% include figure image_path=\"/a.png\" alt=\"b\" %}", Some(("/a.png", "", "alt=b")));
        check("{% include figure.liquid path=\"a.png\" class=\"x y\" %}", Some(("a.png", "", "x.y")));
        for other in [
            "{{< figure >}}",
            "{{< figure src=\"\" >}}",
            "{{< figures src=\"a.png\" >}}",
            "{{< figure src=\"a.png\"",
            "{{< figure src=\"{{ .x }}\" >}}",
            "{% asset_img %}",
            "{% include figure.html image_path=page.image %}",
            "{% include toc.html path=\"a.png\" %}",
            "{% include figure.html file=\"a.png\" %}",
        ] {
            check(other, None);
        }
    }
}
