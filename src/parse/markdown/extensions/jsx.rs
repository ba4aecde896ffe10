//! Tags of MDX: attributes in braces, `width={300}`, become those of HTML where they are plain values, and components that the essay
//! imports are taken out of the way of what stands in them.
//! Source: MDX, "What is MDX?"; Docusaurus, "Tabs".

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::fence;

/// The longest tag, in bytes.
const LONGEST: usize = 1000;

/// The component of Docusaurus that has a label.
const TAB: &str = "TabItem";

/// `text` with its tags as HTML has them, on one line each: as long as `text`.
pub fn as_html(text: Cow<'_, str>) -> Cow<'_, str> {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return text;
    }
    let components = components(&text);
    if components.is_empty() && memchr::memmem::find(text.as_bytes(), b"={").is_none() {
        return text;
    }
    let mut html = Html { text: &text, written: String::with_capacity(text.len()) };
    let mut fence = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (begin, end) = (start, start + line.len());
        start = end;
        if html.written.len() >= end {
            continue;
        }
        let before = fence;
        fence = fence::after(line, fence);
        let is_code = before.is_some() || fence.is_some();
        let mut ticks = 0;
        let mut from = begin.max(html.written.len());
        while !is_code
            && let Some(sign) = memchr::memchr2(b'<', b'`', text.get(from..end).unwrap_or_default().as_bytes())
        {
            let sign = from + sign;
            from = sign + 1;
            if text.as_bytes()[sign] == b'`' {
                ticks += 1;
            } else if ticks % 2 == 0
                && let Some(tag) = Tag::at(&text, sign)
            {
                html.copy(sign);
                match components.contains(tag.component(&text)) {
                    true => html.component(&tag, begin),
                    false => html.tag(&tag),
                }
                from = tag.whole.end;
            }
        }
        html.copy(end);
    }
    Cow::Owned(html.written)
}

/// The names of what `text` imports and exports.
fn components(text: &str) -> HashSet<&str> {
    if memchr::memmem::find(text.as_bytes(), b"port ").is_none() {
        return HashSet::new();
    }
    let is_name = |name: &&str| name.starts_with(|first: char| first.is_ascii_uppercase());
    let names = text.lines().filter_map(|line| {
        let imported = line.strip_prefix("import ").and_then(|rest| rest.split_once(" from ")).map(|(names, _)| names);
        let exported = || Some(line.strip_prefix("export const ")?.split_once('=')?.0);
        imported.or_else(exported)
    });
    names.flat_map(|names| names.split(['{', '}', ',', ' ']).filter(is_name)).collect()
}

/// A tag as JSX has it.
#[derive(Debug)]
struct Tag {
    whole: Range<usize>,
    name: Range<usize>,
    closes: bool,
    is_empty: bool,
    attributes: Vec<Attribute>,
}

#[derive(Debug)]
struct Attribute {
    name: Range<usize>,
    /// With its quotes or braces; empty where it has none.
    value: Range<usize>,
}

impl Tag {
    /// The tag that begins at byte `start` of `text`.
    fn at(text: &str, start: usize) -> Option<Self> {
        let text = &text[..text.floor_char_boundary(start + LONGEST)];
        let byte = |at: usize| text.as_bytes().get(at).copied();
        let run = |from: usize, is: fn(u8) -> bool| {
            from + text.as_bytes()[from..].iter().take_while(|byte| is(**byte)).count()
        };
        let closes = byte(start + 1) == Some(b'/');
        let name = start + 1 + usize::from(closes);
        let name = name..run(name, |byte| byte.is_ascii_alphanumeric() || byte == b'.');
        if !text[name.clone()].starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let mut attributes = Vec::new();
        let mut at = name.end;
        loop {
            let space = at;
            at = run(at, |byte| byte.is_ascii_whitespace());
            if text[space..at].matches('\n').count() > 1 {
                return None;
            }
            let is_empty = byte(at) == Some(b'/');
            match byte(at + usize::from(is_empty))? {
                b'>' => {
                    let whole = start..at + 1 + usize::from(is_empty);
                    return Some(Self { whole, name, closes, is_empty, attributes });
                }
                b'{' if at > space => {
                    let end = braces(text, at)?;
                    attributes.push(Attribute { name: at..at, value: at..end });
                    at = end;
                }
                first if at > space && (first.is_ascii_alphabetic() || first == b'_') => {
                    let name = at..run(at, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b':'));
                    at = name.end;
                    let value = if byte(at) == Some(b'=') { at + 1..value(text, at + 1)? } else { at..at };
                    at = value.end;
                    attributes.push(Attribute { name, value });
                }
                _ => return None,
            }
        }
    }

    /// The name of the component that it is of: `Tabs` of `Tabs.Item`.
    fn component<'t>(&self, text: &'t str) -> &'t str {
        let name = &text[self.name.clone()];
        name.split_once('.').map_or(name, |(component, _)| component)
    }

    /// What is written between the quotes of its attribute `name`.
    fn attribute<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        let attribute = self.attributes.iter().find(|attribute| &text[attribute.name.clone()] == name)?;
        let quoted = plain(text, &attribute.value)?;
        text.get(quoted.start + 1..quoted.end - 1)
    }
}

/// Where the value that begins at `at` ends.
fn value(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        quote @ (b'"' | b'\'') => Some(at + 2 + memchr::memchr(*quote, &text.as_bytes()[at + 1..])?),
        b'{' => braces(text, at),
        _ => None,
    }
}

/// Where the braces that open at `at` are closed. A template of another tool, `{{ site.url }}`, is none of JSX; an object has a colon.
fn braces(text: &str, at: usize) -> Option<usize> {
    let end = balanced(text, at)?;
    let inside = &text[at + 1..end - 1];
    let is_template =
        inside.starts_with('%') || (inside.starts_with('{') && (!inside.contains(':') || inside.contains('|')));
    (!is_template).then_some(end)
}

fn balanced(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut quote = None;
    for (offset, byte) in text.as_bytes()[at..].iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(*byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth == 1 => return Some(at + offset + 1),
            (None, b'}') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The text in quotes that `value` is, quotes included: `"a"`, `{'a'}`, `{require('a').default}`, `{useBaseUrl('a')}`.
fn plain(text: &str, value: &Range<usize>) -> Option<Range<usize>> {
    let written = &text[value.clone()];
    let inside = written.strip_prefix('{').and_then(|inside| inside.strip_suffix('}')).unwrap_or(written).trim();
    let call = ["require(", "useBaseUrl("].iter().find_map(|call| inside.strip_prefix(call));
    let quoted = match call {
        Some(rest) => rest.strip_suffix(".default").unwrap_or(rest).strip_suffix(')')?.trim(),
        None => inside,
    };
    let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let is_one = quoted.len() > 1 && quoted.ends_with(quote) && quoted.matches(quote).count() == 2;
    let start = value.start + written.find(quoted)?;
    is_one.then(|| start..start + quoted.len())
}

/// A text as far as it is written.
struct Html<'t> {
    text: &'t str,
    written: String,
}

impl Html<'_> {
    /// Writes the text up to byte `end` as it stands.
    fn copy(&mut self, end: usize) {
        self.written.push_str(self.text.get(self.written.len()..end).unwrap_or_default());
    }

    /// Writes blanks up to byte `end`.
    fn blank(&mut self, end: usize) {
        self.written.extend(std::iter::repeat_n(' ', end.saturating_sub(self.written.len())));
    }

    /// Writes `words`, and blanks up to byte `end`.
    fn put(&mut self, words: &str, end: usize) {
        self.written.push_str(words);
        self.blank(end);
    }

    fn tag(&mut self, tag: &Tag) {
        if !tag.attributes.iter().any(|attribute| self.text[attribute.value.clone()].starts_with('{')) {
            return self.copy(tag.whole.end);
        }
        self.copy(tag.name.end);
        for Attribute { name, value } in &tag.attributes {
            self.blank(name.start);
            let written = &self.text[value.clone()];
            let number = written.strip_prefix('{').and_then(|inside| inside.strip_suffix('}'));
            let number = number.filter(|inside| !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit()));
            let quoted = plain(self.text, value);
            let is_html = value.is_empty() || number.is_some() || quoted.is_some();
            match &self.text[name.clone()] {
                "" => {}
                "className" if is_html => self.put("class", name.end),
                _ if is_html => self.copy(name.end),
                _ => {}
            }
            match (number, quoted) {
                (Some(number), _) => self.put(&format!("=\"{number}\""), value.end),
                (None, Some(quoted)) => {
                    self.put("=", quoted.start);
                    self.copy(quoted.end);
                }
                (None, None) => {}
            }
            self.blank(value.end);
        }
        self.blank(tag.whole.end - 1 - usize::from(tag.is_empty));
        self.copy(tag.whole.end);
    }

    /// Writes the tag of a component, on the line that begins at byte `line`.
    fn component(&mut self, tag: &Tag, line: usize) {
        let Tag { whole, name, closes, is_empty, .. } = tag;
        let text = self.text;
        let is_first = text[line..whole.start].trim().is_empty();
        let is_alone = is_first && text[whole.end..].lines().next().is_none_or(|rest| rest.trim().is_empty());
        let is_tab = &text[name.clone()] == TAB;
        let label = || tag.attribute(text, "label").or_else(|| tag.attribute(text, "value"));
        let label = if is_tab && !closes { label() } else { None };
        match label {
            Some(label) => self.put(&format!("**{label}**"), whole.end),
            None if is_alone || (!is_first && (*is_empty || is_tab)) => self.blank(whole.end),
            // Blanks would make code of the line.
            None if name.len() >= "span".len() && !is_empty => {
                self.put(if *closes { "</span" } else { "<span" }, whole.end - 1);
                self.copy(whole.end);
            }
            None => self.tag(tag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::as_html;

    #[test]
    fn tags_of_mdx_become_html() {
        let check = |text: &str, expected: &str| {
            let html = as_html(text.into());
            assert_eq!(html.len(), text.len(), "{text}");
            let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            assert_eq!(html.lines().map(words).collect::<Vec<_>>().join("\n"), expected);
        };
        check("<img src={require('./é.png').default}\n  width={300} />", "<img src= './é.png' width=\"300\" />");
        check("<a href={useBaseUrl(\"a\")} className={'b'} {...c}>", "<a href= \"a\" class = 'b' >");
        check("<div style={{a: '}', b: {}}} hidden>", "<div hidden>");
        check("<p className=\"a\" id={b}>", "<p class =\"a\" >");
        let import = "import Tabs from 'x'\nimport {TabItem, Hue} from 'y'\nexport const Colour = 1\n\n";
        let with = |text: &str, expected: &str| check(&format!("{import}{text}"), &format!("{import}{expected}"));
        with("<Tabs\n  values={[\n    {a: 1},\n  ]}>\nx\n</Tabs>", "\nx\n");
        with("<TabItem value=\"w\" label=\"Win\">Use.</TabItem>", "**Win** Use.");
        with("  <TabItem value='w'>\n", "**w**");
        with("<Hue a={1}>b</Hue> c", "<Hue a=\"1\">b</Hue> c");
        with("<Colour a=\"b\">c</Colour> d", "<span >c</span > d");
        with("a <Hue a=\"b\"/> `<Tabs>`\n```\n<Tabs>\n```", "a `<Tabs>`\n```\n<Tabs>\n```");
        for same in [
            "<T>",
            "a ={b}",
            "<a b={",
            "`<a b={c}>`",
            "<a b={c}\n\n>",
            "1 <a ={b}",
            "<a href={{ site.url }}>",
            "<a {% if b %}>",
        ] {
            check(same, same);
        }
    }
}
