//! Notebooks: an `.ipynb` becomes the Markdown that it amounts to, which then goes the way of any essay.
//!
//! Cells of Markdown stand in it as they are, code as fenced blocks. What is not Markdown, such as an output, is an
//! [`Insert`]: the text holds a mark in its place, on which Markdown cannot stumble, and which keeps a cell from running
//! into the next. Links, footnotes and mathematics so go across cells, and each byte knows the cell that it comes from.
//!
//! The classes of the HTML, for the style sheet:
//!
//! | element | what it is |
//! |---|---|
//! | `div.cell` | a code cell |
//! | `div.cell-input` | its code; `details.cell-input` where it is collapsed |
//! | `div.cell-output` | its outputs, of which each is one of those below; `figure.cell-output` where they have a caption |
//! | `pre.output-stream` | what was printed; with `.output-stderr` what was printed as a warning |
//! | `pre.output-error` | a traceback |
//! | `pre.output-text` | a value as plain text |
//! | `div.output-html` | a value as HTML; its tables are in `div.table` |
//! | `div.output-markdown`, `div.output-latex` | a value as Markdown, as a formula |
//! | `figure.output-picture` | a picture; `div.output-picture` where the outputs have a caption |
//! | `span.ansi-red-fg`, `.ansi-red-intense-fg`, `.ansi-red-bg` … | text in one of ANSI's sixteen colours |
//! | `span.ansi-bold`, `.ansi-italic`, `.ansi-underline`, `.ansi-inverse` | text that stands out |

mod bundle;
mod cells;
mod compose;
mod fenced;
mod format;
mod inserts;
mod metadata;
mod options;
mod output_html;
mod outputs;
mod terminal;
#[cfg(test)]
mod tests;
mod unclosed;

pub use fenced::{Fenced, fenced};
pub use inserts::{Insert, Inserts, Picture};

use std::sync::Arc;

use super::{MadeFile, header};
use crate::diagnostic::Found;
use crate::parse::ParseConfig;
use crate::read::{Source, Wording};
use cells::Cells;
use format::Cell;

/// A source that is Markdown: that of a notebook, or any other as it is.
#[derive(Debug)]
pub struct Notebook {
    /// The source; of a notebook, its text is the Markdown that it amounts to.
    pub source: Arc<Source>,
    /// The byte of the text before which a header must end.
    pub header_end: usize,
    /// What stands in the place of the text's marks.
    pub inserts: Inserts,
    /// The pictures of outputs and attachments.
    pub made_files: Vec<MadeFile>,
}

/// Opens `source` if it is a notebook. Of one that cannot be read the text is empty, and the source damaged.
pub fn open(source: Arc<Source>, config: &ParseConfig) -> Found<Notebook> {
    if source.path.extension() != "ipynb" {
        let header_end = source.text.len();
        return Notebook { source, header_end, inserts: Inserts::default(), made_files: Vec::new() }.into();
    }
    match format::Notebook::read(&source) {
        Ok(notebook) => compose(source, &notebook, config),
        Err(diagnostic) => {
            // What was reported when the file was read is the cause of this too.
            let diagnostics = if source.is_damaged { Vec::new() } else { vec![diagnostic] };
            let source = Arc::new(Source { is_damaged: true, ..Source::new(source.path.clone(), "") });
            let notebook = Notebook { source, header_end: 0, inserts: Inserts::default(), made_files: Vec::new() };
            Found { value: notebook, diagnostics }
        }
    }
}

fn compose(source: Arc<Source>, notebook: &format::Notebook, config: &ParseConfig) -> Found<Notebook> {
    let language = metadata::language(&notebook.metadata);
    let mut cells = Cells::new(&source, config, language);
    let mut header_end = 0;
    let mut rest = notebook.cells().iter().zip(1..).peekable();
    if let Some((cell, number)) = rest.next_if(|(cell, _)| body_start(cell).is_some()) {
        header_end = body_start(cell).unwrap_or_default();
        cells.header_cell(cell, number, header_end);
    } else if let Some(header) = metadata::header(&notebook.metadata) {
        header_end = header.len();
        cells.composer.header(&header, Wording::Essais);
    }
    for (cell, number) in rest {
        cells.cell(cell, number);
    }
    let Cells { composer, diagnostics, .. } = cells;
    let (text, stretches) = (composer.text, composer.stretches);
    let (inserts, made_files) = (composer.inserts, composer.made_files);
    let is_damaged = source.is_damaged;
    let source = Arc::new(Source { is_damaged, cells: stretches, ..Source::new(source.path.clone(), text) });
    Found { value: Notebook { source, header_end, inserts, made_files }, diagnostics }
}

/// Where the body begins in `cell`, if a header opens it.
fn body_start(cell: &Cell) -> Option<usize> {
    if cell.cell_type == "code" { None } else { header::opens(&cell.source.0) }
}
