//! What stands in a notebook's page and is not Markdown: the text holds a mark in its place, which the walk over the
//! Markdown turns back into it.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;

/// Something that is put in where a mark stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Insert {
    /// HTML of our own, without references or ids.
    Frame(String),
    /// HTML with references and ids as they are written, most of it somebody else's.
    Html(String),
    /// A picture that was made into a file.
    Picture(Picture),
}

/// A picture that was made into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The reference to the file, from the top of `content/`: `/a/walk_files/cell-3-1.png`.
    pub destination: String,
    /// What it shows, in words.
    pub alternative: String,
    /// Its width and height in the page, where they are not those of the file.
    pub shown_size: Option<(u64, u64)>,
}

/// A file that is attached to a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Bytes of the notebook's text that are the cell.
    pub cell: Range<usize>,
    /// Its name in the cell: `attachment:name`.
    pub name: String,
    /// The reference to the file that was made of it, from the top of `content/`.
    pub destination: String,
}

/// Everything that a notebook puts into its Markdown; of any other essay, nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inserts {
    /// The beginning of each mark, which occurs nowhere else in the text; empty if there are none.
    pub mark: String,
    /// What each mark stands for, in order.
    pub groups: Vec<Vec<Insert>>,
    /// What is attached to cells, in order.
    pub attachments: Vec<Attachment>,
    /// Bytes of the text that are cells of Markdown; only in them is `attachment:` a name.
    pub markdown_cells: Vec<Range<usize>>,
}

/// The scheme of references to attachments.
const SCHEME: &str = "attachment:";

impl Inserts {
    /// The mark of the group at `position`: an HTML comment, which Markdown takes as a block of one line.
    pub fn mark(&self, position: usize) -> String {
        format!("{}{position}-->", self.mark)
    }

    /// What the HTML block `html` stands for, if it is a mark.
    pub fn at(&self, html: &str) -> Option<&[Insert]> {
        if self.mark.is_empty() {
            return None;
        }
        let position = html.trim().strip_prefix(self.mark.as_str())?.strip_suffix("-->")?;
        self.groups.get(position.parse::<usize>().ok()?).map(Vec::as_slice)
    }

    /// The name of the attachment that `destination`, at byte `at` of the text, refers to, if it refers to one.
    pub fn attachment_name<'a>(&self, destination: &'a str, at: usize) -> Option<Cow<'a, str>> {
        let name = destination.strip_prefix(SCHEME)?;
        self.markdown_cells.iter().any(|cell| cell.contains(&at)).then(|| percent_decode_str(name).decode_utf8_lossy())
    }

    /// The attachments of the cell that byte `at` of the text is in.
    pub fn attachments_at(&self, at: usize) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(move |attachment| attachment.cell.contains(&at))
    }
}

/// Whether the Markdown `text` refers to the attachment `name`.
pub fn refers_to(text: &str, name: &str) -> bool {
    percent_decode_str(text).decode_utf8_lossy().contains(&format!("{SCHEME}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_are_marks() {
        let groups = vec![vec![Insert::Frame("a".to_owned())]];
        let inserts = Inserts { mark: "<!--cell:".to_owned(), groups, ..Inserts::default() };
        let check = |html: &str, expected: bool| assert_eq!(inserts.at(html).is_some(), expected, "{html}");
        check(&inserts.mark(0), true);
        check("<!--cell:0-->\n", true);
        check("<!--cell:1-->", false);
        check("<!--cell:x-->", false);
        check("<!-- cell:0 -->", false);
        assert_eq!(Inserts::default().at("0-->"), None);
    }

    #[test]
    fn attachments_are_referred_to_by_name() {
        assert!(refers_to("![](attachment:a%20b.png)", "a b.png"));
        assert!(!refers_to("![](a.png)", "a.png"));
    }
}
