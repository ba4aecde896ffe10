//! Where the words of a card stand, as an SVG.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;
use write_fonts::read::tables::cmap::Cmap;
use write_fonts::read::tables::hmtx::Hmtx;
use write_fonts::read::{FontRef, ReadError, TableProvider};

use super::{CARD_SIZE, Wording};

/// Pixels from the left to the text, and from the text to the right.
const MARGIN: f32 = 92.0;

/// Pixels that a line may be wide.
const MEASURE: f32 = CARD_SIZE.width as f32 - 2.0 * MARGIN;

/// Sizes of a title in pixels, each with the lines that there is room for. The first that a title fits is taken.
const SIZES: [(f32, usize); 4] = [(92.0, 2), (76.0, 3), (62.0, 4), (50.0, 5)];

/// How far lines are apart, of their size.
const LEADING: f32 = 1.16;

/// How wide the signs of a font are.
pub struct Metrics<'a> {
    mapping: Cmap<'a>,
    advances: Hmtx<'a>,
    units: f32,
}

impl<'a> Metrics<'a> {
    /// Those of `font`, an OpenType font.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(font: &'a [u8]) -> Result<Self, ReadError> {
        let font = FontRef::new(font)?;
        let units = f32::from(font.head()?.units_per_em());
        Ok(Self { mapping: font.cmap()?, advances: font.hmtx()?, units })
    }

    /// The width of `text`, of its size; kerning is not counted.
    fn width(&self, text: &str) -> f32 {
        text.chars().filter_map(|letter| self.advance(letter)).sum()
    }

    fn advance(&self, letter: char) -> Option<f32> {
        let glyph = self.mapping.map_codepoint(letter)?;
        Some(f32::from(self.advances.advance(glyph)?) / self.units)
    }

    /// `text` without signs that the font lacks.
    fn known(&self, text: &str) -> String {
        text.chars().filter(|letter| *letter == ' ' || self.mapping.map_codepoint(*letter).is_some()).collect()
    }
}

/// The card with `wording` as SVG, its lines broken by `metrics`.
pub fn svg(wording: &Wording, metrics: &Metrics<'_>) -> String {
    let Wording { site, title, byline, accent } = wording;
    let (size, lines) = lines(&metrics.known(title), metrics);
    let (width, height) = (CARD_SIZE.width, CARD_SIZE.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"Libertinus Serif\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fdfcf9\"/><rect width=\"{width}\" height=\"14\" fill=\"{}\"/>",
        escaped(accent)
    );
    let is_right_to_left = title
        .chars()
        .find(|letter| letter.is_alphabetic())
        .is_some_and(|letter| matches!(letter, '\u{590}'..='\u{5ff}'));
    let (x, anchor) = if is_right_to_left { (width as f32 - MARGIN, "end") } else { (MARGIN, "start") };
    let mut text = |y: f32, size: f32, style: &str, text: &str| {
        let text = escaped(text);
        // Writing to a string does not fail.
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" {style}>{text}</text>"
        );
    };
    text(128.0, 38.0, "font-style=\"italic\" fill=\"#645c52\"", &ending(&metrics.known(site), 38.0, metrics));
    let first = 330.0 - (lines.len() as f32 - 1.0) * size * LEADING / 2.0 + size * 0.3;
    for (number, line) in lines.iter().enumerate() {
        text(first + number as f32 * size * LEADING, size, "fill=\"#26221d\"", line);
    }
    text(558.0, 34.0, "fill=\"#645c52\"", &ending(&metrics.known(byline), 34.0, metrics));
    svg.push_str("</svg>");
    svg
}

/// The lines of a title, and their size.
fn lines(title: &str, metrics: &Metrics<'_>) -> (f32, Vec<String>) {
    let (mut size, mut most) = SIZES[SIZES.len() - 1];
    for (candidate, room) in SIZES {
        if broken(title, MEASURE / candidate, metrics).is_some_and(|lines| lines.len() <= room) {
            (size, most) = (candidate, room);
            break;
        }
    }
    let measure = MEASURE / size;
    let Some(mut lines) = broken(title, measure, metrics).filter(|lines| lines.len() <= most) else {
        return (size, cut(title, measure, most, metrics));
    };
    // Narrower as long as there are no more lines: so they are about as long as each other.
    let (mut low, mut high) = (0.0, measure);
    for _ in 0..8 {
        let middle = (low + high) / 2.0;
        match broken(title, middle, metrics).filter(|narrower| narrower.len() == lines.len()) {
            Some(narrower) => (lines, high) = (narrower, middle),
            None => low = middle,
        }
    }
    (size, lines)
}

/// `text` in lines of at most `measure`, of its size; `None` if a word is wider.
fn broken(text: &str, measure: f32, metrics: &Metrics<'_>) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    let (space, mut width) = (metrics.width(" "), 0.0);
    for word in text.split_whitespace() {
        let more = metrics.width(word);
        match lines.last_mut().filter(|_| width + space + more <= measure) {
            Some(line) => {
                *line += " ";
                *line += word;
                width += space + more;
            }
            None if more > measure => return None,
            None => {
                lines.push(word.to_owned());
                width = more;
            }
        }
    }
    Some(lines)
}

/// `text` in at most `most` lines, cut where these end; a word that is wider than a line goes on in the next.
fn cut(text: &str, measure: f32, most: usize, metrics: &Metrics<'_>) -> Vec<String> {
    let mut parted = String::new();
    for word in text.split_whitespace() {
        let mut width = 0.0;
        for letter in word.chars() {
            let more = metrics.advance(letter).unwrap_or_default();
            if width + more > measure {
                parted.push(' ');
                width = 0.0;
            }
            width += more;
            parted.push(letter);
        }
        parted.push(' ');
    }
    let mut lines = broken(&parted, measure, metrics).unwrap_or_default();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while metrics.width(last) + metrics.width("…") > measure && last.pop().is_some() {}
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines
}

/// `text` in one line, cut where it ends.
fn ending(text: &str, size: f32, metrics: &Metrics<'_>) -> String {
    cut(text, MEASURE / size, 1, metrics).concat()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let plain: String = text.chars().filter(|letter| !letter.is_control()).collect();
    // Writing to a string does not fail.
    let _ = escape_html(&mut escaped, &plain);
    escaped
}
