//! What a template makes around the text of an essay.

use std::io::{self, Write};

use memchr::memmem;

/// A page as a template has made it, without the text of the essay: that is longer than all the rest and need not be
/// copied and looked through again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// What stands before the text; the whole page, if the text does not stand in it as it is.
    pub before: String,
    /// What stands after the text, if that is in the page.
    pub after: Option<String>,
}

impl From<String> for Around {
    fn from(page: String) -> Self {
        Self { before: page, after: None }
    }
}

/// Takes what a template makes, piece by piece, and leaves out the text of the essay where it comes first.
#[derive(Debug)]
pub struct Pieces<'a> {
    text: &'a str,
    before: Vec<u8>,
    after: Option<Vec<u8>>,
}

/// Bytes that most templates make around a text, on either side of it.
const ROOM: usize = 4096;

impl<'a> Pieces<'a> {
    /// Nothing yet, of a page with the essay's `text`; empty for a page without one.
    pub fn new(text: &'a str) -> Self {
        Self { text, before: Vec::with_capacity(ROOM), after: None }
    }

    /// The page that they make.
    ///
    /// # Errors
    /// If a template has made something that is no text.
    pub fn page(self) -> tera::TeraResult<Around> {
        let mut before = String::from_utf8(self.before)?;
        let mut after = self.after.map(String::from_utf8).transpose()?;
        // A template may have kept the text together with other things for a while.
        if after.is_none()
            && let Some(at) = find(&before, self.text)
        {
            after = Some(before[at + self.text.len()..].to_owned());
            before.truncate(at);
        }
        Ok(Around { before, after })
    }
}

impl Write for Pieces<'_> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.write_all(piece)?;
        Ok(piece.len())
    }

    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        match &mut self.after {
            Some(after) => after.extend_from_slice(piece),
            None if !piece.is_empty() && piece == self.text.as_bytes() => self.after = Some(Vec::with_capacity(ROOM)),
            None => self.before.extend_from_slice(piece),
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes at the beginning of a text by which it is looked for: a search for the whole would begin by studying it all.
const BEGINNING: usize = 64;

/// Where `text` stands in `page`, if it is not empty and does.
fn find(page: &str, text: &str) -> Option<usize> {
    let (page, text) = (page.as_bytes(), text.as_bytes());
    if text.is_empty() {
        return None;
    }
    let beginning = &text[..text.len().min(BEGINNING)];
    memmem::find_iter(page, beginning).find(|at| page[*at..].starts_with(text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_text_is_left_out_where_it_comes_first() {
        let check = |text: &str, pieces: &[&str], before: &str, after: Option<&str>| {
            let mut taken = Pieces::new(text);
            pieces.iter().for_each(|piece| taken.write_all(piece.as_bytes()).unwrap());
            let page = Around { before: before.to_owned(), after: after.map(str::to_owned) };
            assert_eq!(taken.page().unwrap(), page, "{pieces:?}");
        };
        check("<p>", &["a", "<p>", "b", "<p>"], "a", Some("b<p>"));
        check("<p>", &["<p>"], "", Some(""));
        check("<p>", &["a<p>b", "é"], "a", Some("bé"));
        check("<p>", &["a", "<p", "b"], "a<pb", None);
        check("", &["a", "", "b"], "ab", None);
    }
}
