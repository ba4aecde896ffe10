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

/// Elements of an entry that may hold an id or a title of something else.
const PASSED: &[&[u8]] = &[b"author", b"content", b"content:encoded", b"description", b"source", b"summary"];

/// The entries of `xml`, if it is an Atom or RSS feed.
pub fn entries(xml: &[u8]) -> Vec<Entry> {
    let xml = String::from_utf8_lossy(xml).replace("<![CDATA[", "").replace("]]>", "");
    let mut entries = Vec::new();
    let mut current: Option<Entry> = None;
    let mut element: Vec<u8> = Vec::new();
    let mut link = String::new();
    // The one of [`PASSED`] that is open.
    let mut passed: Option<Vec<u8>> = None;
    for token in Tokenizer::new(xml.as_str()) {
        let Ok(token) = token;
        match token {
            Token::EndTag(tag) if passed.as_deref() == Some(&**tag.name) => passed = None,
            _ if passed.is_some() => {}
            Token::StartTag(tag) if matches!(&**tag.name, b"entry" | b"item") => {
                current = Some(Entry::default());
                link.clear();
            }
            Token::StartTag(tag) if !tag.self_closing => {
                element = tag.name.to_vec();
                if PASSED.contains(&&*element) {
                    passed = Some(std::mem::take(&mut element));
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
        check(
            "<feed><entry><source><id>of</id><title>Planet</title></source><id>a</id>\
             <content type=\"xhtml\"><svg><title>Eye</title></svg></content><title>A</title></entry></feed>",
            &[("a", "A")],
        );
        check(
            "<rss><item><title>B</title><description><![CDATA[<svg><title>Eye</title></svg>]]></description></item></rss>",
            &[("", "B")],
        );
        check("<urlset><url><loc>x</loc></url></urlset>", &[]);
    }
}
