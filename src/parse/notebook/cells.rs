//! The cells of a notebook, each turned into its piece of the text.

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use pulldown_cmark_escape::escape_html;

use super::bundle::PICTURES;
use super::compose::Composer;
use super::format::Cell;
use super::inserts::{Insert, refers_to};
use super::metadata::{self, Input, Outputs, Parts, RawFormat};
use super::options::Options;
use super::outputs;
use crate::diagnostic::{Diagnostic, Place, notebook as mistake};
use crate::parse::{ParseConfig, language};
use crate::read::phrases::filled;
use crate::read::{Phrases, Source, Wording};

/// Writes the cells of a notebook.
#[derive(Debug)]
pub struct Cells<'a> {
    /// The text that they are written to.
    pub composer: Composer<'a>,
    /// The notebook as shown to the author.
    pub shown: &'a str,
    /// The language of code that does not say its own.
    pub language: String,
    /// What is said beside the author's words.
    phrases: &'a Phrases,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Cells<'a> {
    /// No cells yet of the notebook that `source` is.
    pub fn new(source: &'a Source, config: &'a ParseConfig, language: String) -> Self {
        let phrases = config.phrases.of(language::named(&source.path).unwrap_or(&config.language));
        let composer = Composer::new(source, config);
        Self { composer, shown: &source.shown, language, phrases, diagnostics: Vec::new() }
    }

    /// Writes the first cell, at `number`, whose header ends at byte `body_start` of it. However it is tagged, its header
    /// counts.
    pub fn header_cell(&mut self, cell: &Cell, number: usize, body_start: usize) {
        self.composer.begin(number);
        let (header, body) = cell.source.0.split_at(body_start);
        if cell.cell_type == "markdown" && metadata::parts(cell).is_some() {
            self.markdown(cell);
        } else {
            self.composer.header(header, Wording::Authors);
        }
        if body.trim().is_empty() {
            self.composer.end_header();
        }
    }

    /// Writes `cell`, the one at `number`, counted from 1.
    pub fn cell(&mut self, cell: &Cell, number: usize) {
        self.composer.begin(number);
        let Some(parts) = metadata::parts(cell) else { return };
        match cell.cell_type.as_str() {
            "markdown" => self.markdown(cell),
            "code" => self.code(cell, parts),
            "raw" => match metadata::raw_format(cell) {
                RawFormat::Html => self.composer.insert(Insert::Html(cell.source.0.clone())),
                RawFormat::Markdown => self.markdown(cell),
                RawFormat::Other => {}
            },
            _ => {}
        }
    }

    /// The place of the current cell as a whole.
    pub fn place(&self) -> Place {
        Place { cell: self.composer.cell, ..Place::file(self.shown) }
    }

    fn markdown(&mut self, cell: &Cell) {
        let range = self.composer.markdown(&cell.source.0);
        for (name, bundle) in &cell.attachments {
            // Jupyter keeps attachments that nothing shows any more.
            if !refers_to(&cell.source.0, name) {
                continue;
            }
            let picture = PICTURES.iter().find_map(|(media_type, _)| Some((*media_type, bundle.get(*media_type)?)));
            let Some((media_type, encoded)) = picture else { continue };
            if let Some(destination) = self.picture(media_type, &encoded.0) {
                self.composer.attachment(range.clone(), name, destination);
            }
        }
    }

    fn code(&mut self, cell: &Cell, tagged: Parts) {
        let (options, code) = Options::split(cell.source.0.trim_end());
        let Some(parts) = options.parts(tagged) else { return };
        let has_input = parts.input != Input::Hidden && !code.is_empty();
        let has_outputs = parts.outputs == Outputs::Shown && !cell.outputs.is_empty();
        if !has_input && !has_outputs {
            return;
        }
        let is_figure = has_outputs && options.caption.is_some();
        self.opening("<div class=\"cell\"", options.label.as_deref().filter(|_| !is_figure));
        if has_input {
            let (open, close) = match parts.input {
                Input::Collapsed => {
                    let mut open = "<details class=\"cell-input\">\n<summary>".to_owned();
                    // Writing to a string does not fail.
                    let _ = escape_html(&mut open, &self.phrases.code);
                    (open + "</summary>\n", "</details>\n")
                }
                Input::Shown | Input::Hidden => ("<div class=\"cell-input\">\n".to_owned(), "</div>\n"),
            };
            self.frame(&open);
            let language = metadata::magic_language(code).map_or_else(|| self.language.clone(), str::to_owned);
            self.composer.code(code, &language);
            self.frame(close);
        }
        if let Some(caption) = options.caption.as_deref().filter(|_| is_figure) {
            self.opening("<figure class=\"cell-output\"", options.label.as_deref());
            outputs::write(self, &cell.outputs, &options);
            self.frame("<figcaption>\n");
            self.composer.output_markdown(caption);
            self.frame("</figcaption>\n</figure>\n");
        } else if has_outputs {
            let mut open = "<div class=\"cell-output\" role=\"group\" aria-label=\"".to_owned();
            // Writing to a string does not fail.
            let _ = escape_html(&mut open, &self.phrases.output);
            self.frame(&(open + "\">\n"));
            outputs::write(self, &cell.outputs, &options);
            self.frame("</div>\n");
        }
        self.frame("</div>\n");
    }

    /// What stands for a picture among the outputs of the current cell that says nothing of itself.
    pub fn name_of_output(&self) -> String {
        let number = self.composer.cell.unwrap_or_default();
        filled(&self.phrases.output_of, |name| (name == "number").then(|| number.to_string()))
    }

    /// Writes `tag`, which wants its `>`, with the id `label`.
    fn opening(&mut self, tag: &str, label: Option<&str>) {
        match label {
            None => self.frame(&format!("{tag}>\n")),
            Some(label) => {
                let mut html = format!("{tag} id=\"");
                // Writing to a string does not fail.
                let _ = escape_html(&mut html, label);
                self.composer.insert(Insert::Html(html + "\">\n"));
            }
        }
    }

    /// Writes HTML of our own.
    pub fn frame(&mut self, html: &str) {
        self.composer.insert(Insert::Frame(html.to_owned()));
    }

    /// Makes a file of the picture that is `encoded` in base64, or written as SVG; returns the reference to it. One that
    /// cannot be decoded is reported.
    pub fn picture(&mut self, media_type: &str, encoded: &str) -> Option<String> {
        let (_, extension) = PICTURES.iter().find(|(known, _)| *known == media_type)?;
        let bytes = match *extension {
            "svg" if encoded.contains('<') => Some(standalone_svg(encoded).into_bytes()),
            _ => decode(encoded),
        };
        match bytes {
            Some(bytes) => self.composer.file(bytes, extension),
            None => {
                self.diagnostics.push(mistake::broken_picture(self.place(), media_type));
                None
            }
        }
    }
}

/// The bytes that `encoded` stands for: base64, with line breaks and with or without padding.
fn decode(encoded: &str) -> Option<Vec<u8>> {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let engine = GeneralPurpose::new(&base64::alphabet::STANDARD, config);
    let letters: Vec<u8> = encoded.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    engine.decode(letters).ok().filter(|bytes| !bytes.is_empty())
}

/// An SVG that can be a file of its own: in HTML a drawing need not say what it is.
fn standalone_svg(svg: &str) -> String {
    let Some(at) = svg.find("<svg") else { return svg.to_owned() };
    let tag = &svg[at..svg[at..].find('>').map_or(svg.len(), |end| at + end)];
    if tag.contains("xmlns=") {
        return svg.to_owned();
    }
    let (before, after) = svg.split_at(at + "<svg".len());
    format!("{before} xmlns=\"http://www.w3.org/2000/svg\"{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_may_be_broken_into_lines() {
        let check = |encoded: &str, expected: Option<&[u8]>| assert_eq!(decode(encoded).as_deref(), expected);
        check("YWJj\nZA==\n", Some(b"abcd"));
        check("YWJjZA", Some(b"abcd"));
        check("YWJj*", None);
        check("", None);
    }

    #[test]
    fn a_drawing_says_what_it_is() {
        let named = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"></svg>";
        assert_eq!(standalone_svg("<svg width=\"1\"></svg>"), named);
        assert_eq!(standalone_svg(named), named);
    }
}
