//! `{#id .class key=value}`, as Pandoc, kramdown and Python-Markdown's `attr_list` write it, and the names that kramdown gives to lists.

use std::collections::BTreeMap;

/// What an attribute list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributeList {
    /// The last `#id` or `id=id`.
    pub id: Option<String>,
    /// Every `.class`, and those in `class="…"`, in order.
    pub classes: Vec<String>,
    /// Every other `key=value`, in order.
    pub pairs: Vec<(String, String)>,
}

impl AttributeList {
    /// The value of `key`, if it is set.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Takes everything of `other` too.
    pub fn extend(&mut self, other: AttributeList) {
        self.id = other.id.or(self.id.take());
        self.classes.extend(other.classes);
        self.pairs.extend(other.pairs);
    }
}

/// Lists by the names that kramdown gives them, `{:name: .class}`.
pub type Named = BTreeMap<String, AttributeList>;

/// The attribute list that `text` begins with, and its length in bytes. Braces that hold anything else are no list.
pub fn parse(text: &str) -> Option<(AttributeList, usize)> {
    parse_with(text, &Named::new())
}

/// The same where a list may say by name what one of those `named` says, `{:name}`.
pub fn parse_with(text: &str, named: &Named) -> Option<(AttributeList, usize)> {
    let inside = text.strip_prefix('{')?;
    let after_colon = inside.strip_prefix(':');
    let (list, rest) = items(after_colon.unwrap_or(inside), named)?;
    Some((list, text.len() - rest.len()))
}

/// The name of the list that `line` gives one to, `{:name: .class}`, and the list.
pub fn definition(line: &str) -> Option<(&str, AttributeList)> {
    let (name, rest) = line.trim().strip_prefix("{:")?.split_once(':')?;
    let (list, rest) = items(rest, &Named::new())?;
    (is_name(name).is_some() && rest.is_empty()).then_some((name, list))
}

/// The items before the brace that closes a list, and what follows it.
fn items<'a>(text: &'a str, named: &Named) -> Option<(AttributeList, &'a str)> {
    let mut list = AttributeList::default();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix('}') {
            let is_empty = list == AttributeList::default();
            return if is_empty { None } else { Some((list, after)) };
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '}' | '{')).unwrap_or(rest.len());
        rest = match named.get(&rest[..end]) {
            Some(known) => {
                list.extend(known.clone());
                &rest[end..]
            }
            None => item(rest, &mut list)?,
        };
    }
}

/// Takes one item off `text` into `list`; returns what is left.
fn item<'a>(text: &'a str, list: &mut AttributeList) -> Option<&'a str> {
    let end =
        text.find(|letter: char| letter.is_whitespace() || matches!(letter, '}' | '=' | '{')).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    if let Some(id) = name.strip_prefix('#') {
        list.id = Some(is_name(id)?.to_owned());
        return Some(rest);
    }
    if let Some(class) = name.strip_prefix('.') {
        list.classes.push(is_name(class)?.to_owned());
        return Some(rest);
    }
    let rest = rest.strip_prefix('=')?;
    let key = is_name(name)?;
    let (value, rest) = match rest.strip_prefix(['"', '\'']) {
        Some(inside) => {
            let quote = rest.get(..1)?;
            let (value, rest) = inside.split_once(quote)?;
            (value, rest)
        }
        None => rest.split_at(rest.find(|letter: char| letter.is_whitespace() || letter == '}')?),
    };
    if value.contains('\n') {
        return None;
    }
    match key {
        "id" if is_name(value).is_some() => list.id = Some(value.to_owned()),
        "class" => list.classes.extend(value.split_whitespace().map(str::to_owned)),
        _ => list.pairs.push((key.to_owned(), value.to_owned())),
    }
    Some(rest)
}

fn is_name(name: &str) -> Option<&str> {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.' | '+');
    if !name.is_empty() && name.chars().all(is_plain) { Some(name) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An id, classes, pairs and the length.
    type Expected<'e> = (&'e str, &'e [&'e str], &'e [(&'e str, &'e str)], usize);

    #[test]
    fn lists_of_every_tool() {
        let check = |text: &str, expected: Option<Expected<'_>>| {
            let found = parse(text);
            let expected = expected.map(|(id, classes, pairs, len)| {
                let list = AttributeList {
                    id: if id.is_empty() { None } else { Some(id.to_owned()) },
                    classes: classes.iter().map(|class| class.to_string()).collect(),
                    pairs: pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
                };
                (list, len)
            });
            assert_eq!(found, expected, "in {text:?}");
        };
        check("{width=50% .wide #fig:a} x", Some(("fig:a", &["wide"], &[("width", "50%")], 24)));
        check("{: .lead title=\"a b\" }", Some(("", &["lead"], &[("title", "a b")], 22)));
        check("{: #a}", Some(("a", &[], &[], 6)));
        check("{ id=\"7.2\" class='a b' .c }", Some(("7.2", &["a", "b", "c"], &[], 27)));
        check("{ id=\"a b\" }", Some(("", &[], &[("id", "a b")], 12)));
        check("{x}", None);
        check("{}", None);
        check("{{ x }}", None);
        check("{a=b", None);
        check("{.a b}", None);
    }
}
