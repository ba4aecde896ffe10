//! The entries of a feed, by which a reader's program knows what it has shown already.

use html5gum::{Token, Tokenizer};
use serde::{Deserialize, Serialize};

/// An entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What tells it from others: Atom's `id`, RSS's `guid`, else its address.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The entries of `xml`, if it is an Atom or RSS feed.
pub fn entries(xml: &[u8]) -> Vec<Entry> {
    let xml = String::from_utf8_lossy(xml).replace("<![CDATA[", "").replace("]]>", "");
    let mut entries = Vec::new();
    let mut current: Option<Entry> = None;
    let mut element: Vec<u8> = Vec::new();
    let mut link = String::new();
    for token in Tokenizer::new(xml.as_str()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) if matches!(&**tag.name, b"entry" | b"item") => {
                current = Some(Entry::default());
                link.clear();
            }
            Token::StartTag(tag) if !tag.self_closing => {
                if &**tag.name == b"content" || &**tag.name == b"source" || &**tag.name == b"author" {
                    element.clear();
                } else {
                    element = tag.name.to_vec();
                }
            }
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                match (element.as_slice(), &mut current) {
                    (b"id" | b"guid", Some(entry)) => entry.id.push_str(text.trim()),
                    (b"title", Some(entry)) => entry.title.push_str(text.trim()),
                    (b"link", Some(_)) => link.push_str(text.trim()),
                    _ => {}
                }
            }
            Token::EndTag(tag) if matches!(&**tag.name, b"entry" | b"item") => {
                if let Some(mut entry) = current.take() {
                    if entry.id.is_empty() {
                        entry.id.clone_from(&link);
                    }
                    entries.push(entry);
                }
            }
            Token::EndTag(_) => element.clear(),
            _ => {}
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &[(&str, &str)]) {
        let found = entries(xml.as_bytes());
        assert_eq!(found.iter().map(|entry| (&*entry.id, &*entry.title)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn entries_of_both_kinds_of_feed() {
        check(
            "<feed><title>S</title><id>s</id><entry><title>A &amp; b</title><id>urn:a</id>\
             <author><name>N</name></author><content type=\"html\">&lt;p&gt;x</content></entry></feed>",
            &[("urn:a", "A & b")],
        );
        check(
            "<rss><channel><title>S</title><item><title><![CDATA[A]]></title><link>http://x/</link></item>\
             <item><guid>g</guid></item></channel></rss>",
            &[("http://x/", "A"), ("g", "")],
        );
        check("<urlset><url><loc>x</loc></url></urlset>", &[]);
    }
}
