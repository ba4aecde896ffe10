//! What [`parse`](super::parse) yields: one essay, known from its own file alone.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::code::ClassSet;
use crate::read::phrases::filled;
use crate::read::{Phrases, PictureSize, SitePath, Source, TexEscapes, TexMacro};

/// An essay as its file alone tells it. Where its links lead is not known yet.
#[derive(Debug, Clone)]
pub struct Essay {
    /// Its file, whose text every span of this module is in bytes of.
    pub source: Arc<Source>,
    /// What its header says.
    pub header: Header,
    /// Its name in lists: the header's title, else the first heading, else the file's name.
    pub title: Inline,
    /// The heading that opens the body (`# …` as its first block); it is taken out of `body`, since templates show it
    /// in their own place.
    pub heading: Option<Heading>,
    /// The text as HTML.
    pub body: Body,
    /// Whether `body` has a class for the width of a picture.
    pub has_widths: bool,
    /// The headings of `body`, in order.
    pub headings: Vec<Heading>,
    /// `sidenotes[n]` is the text of note n + 1 for the margin: inline HTML without ids, whose links the keyboard passes
    /// over. Empty for a note that holds anything but paragraphs.
    pub sidenotes: Vec<Body>,
    /// Every id that a link can lead to, in order of place: headings, footnotes, ids in raw HTML. Each once.
    pub anchors: Vec<Arc<str>>,
    /// Those of them that other essays can name without naming this one, each once (MyST).
    pub labels: Vec<Label>,
    /// The numbered equations that have a label, by id.
    pub equations: Vec<Equation>,
    /// Whether there is a formula in it.
    pub has_mathematics: bool,
    /// The classes of its highlighted code.
    pub code_classes: ClassSet,
    /// The numbers, other than 1, from which lines of its code are numbered.
    pub code_starts: BTreeSet<usize>,
    /// Every reference to something else of this site, in order of place.
    pub references: Vec<Reference>,
    /// Its first paragraph as plain text, cut at 200 characters: the description where the header has none.
    pub excerpt: String,
    /// Words of the text, code not counted (Unicode UAX #29 words).
    pub words: usize,
    /// Files that were made of it, in order of place: the pictures of a notebook.
    pub made_files: Vec<MadeFile>,
}

/// A place that the whole site knows by its id: `(lens)=` before a block (MyST).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The id, one of the essay's anchors.
    pub id: String,
    /// The plain text of the heading that it stands before; the id itself, if that is none.
    pub title: String,
}

/// A file that is made of an essay and goes beside its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// Where it is, as if it stood in `content/`: `walk_files/cell-3-1.png` for a picture of `walk.ipynb`.
    pub path: SitePath,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its width and height, if it is a picture that says them.
    pub size: Option<PictureSize>,
    /// Bytes of the essay's text that stand for it.
    pub span: Range<usize>,
}

/// A stretch of inline Markdown, rendered two ways.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Inline {
    /// As HTML, without links.
    pub html: Arc<str>,
    /// As plain text, unescaped.
    pub text: Arc<str>,
}

impl Inline {
    /// What is `html` and, as plain text, `text`. Most are the same, and then kept once.
    pub fn new(html: String, text: String) -> Self {
        let text = Arc::from(text);
        let html = if *html == *text { Arc::clone(&text) } else { html.into() };
        Self { html, text }
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as it is in the output.
    pub level: u8,
    /// Its id: GitHub's slug of its text, or the one that the author set.
    pub id: Arc<str>,
    /// Its text.
    pub title: Inline,
    /// Whether lists of the contents have it.
    pub is_listed: bool,
}

/// An equation that others can refer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    /// Its id, which is one of the essay's anchors.
    pub id: String,
    /// What is printed beside it, without parentheses.
    pub number: String,
}

/// HTML with holes, which are filled when the site is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The HTML.
    pub html: String,
    /// The holes, by position.
    pub holes: Vec<Hole>,
}

/// A place in HTML where something is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// Byte of the HTML before which it goes.
    pub at: usize,
    /// What goes there.
    pub fill: Fill,
}

/// What fills a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The URL that `references[n]` resolves to, escaped for an attribute in double quotes.
    Reference(usize),
    /// The beginning of the link by name `references[n]`, or the brackets and all that stands before its words, where it leads
    /// nowhere.
    Named(usize),
    /// The end of that link, or its brackets.
    NamedEnd(usize),
    /// The title of the essay that `references[n]` leads to, or of the place in it, as HTML; what was written, where it leads to none.
    Title(usize),
    /// The number of the equation that `references[n]` leads to, without parentheses.
    EquationNumber(usize),
    /// The width and height of the picture that `references[n]` resolves to, as attributes with a space before them.
    Size(usize),
    /// The narrower variants of the picture that `references[reference]` resolves to, as attributes with a space before
    /// them; `pixels` is the width that the author gives it.
    Sources {
        /// Position in the essay's references.
        reference: usize,
        /// Width on the page, in CSS pixels.
        pixels: Option<NonZeroU32>,
    },
    /// `sidenotes[n]`, behind the first reference to it.
    Sidenote(usize),
    /// The beginning of a link from the text of `headings[n]` to itself.
    Anchor(usize),
    /// The end of that link.
    AnchorEnd,
    /// The table of contents (`[TOC]`).
    Contents,
    /// The list of all essays (`<!-- essays -->`).
    Essays,
}

/// A reference to something of this site. References to other sites are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What refers.
    pub role: Role,
    /// The destination as the author means it: escapes and entities of Markdown or HTML undone, percent-encoding as
    /// written: `lens.md#focus`.
    pub destination: String,
    /// Bytes of the source that hold the destination.
    pub span: Range<usize>,
    /// For a link: the sentence that it stands in, as plain text. Empty for anything else.
    pub sentence: String,
}

/// What refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A link that a reader follows.
    Link,
    /// A link by the name of an essay, `[[lens]]`; where nothing has that name, it is text.
    Name,
    /// Something that the page shows or loads: a picture, a film, a script.
    Resource,
    /// The same by its name, `![[lens.png]]`.
    NamedResource,
    /// The header's `image`.
    HeaderImage,
}

/// A value and the bytes of the source that it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Bytes of the source.
    pub span: Range<usize>,
}

/// What an essay's header says, in whichever dialect. [`Header::default`] is that of an essay without one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Header {
    /// Inline Markdown.
    pub title: Option<String>,
    /// In the author's order and spelling, each once.
    pub keywords: Vec<String>,
    /// Plain text: of the inline Markdown in the header, once the essay is parsed.
    pub description: Option<String>,
    /// The picture that stands for the essay elsewhere: a path relative to the essay.
    pub image: Option<Located<String>>,
    /// When it was published: the header's date, else the one in the file's or folder's name.
    pub date: Option<Date>,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Who wrote it, in order.
    pub authors: Vec<String>,
    /// Whether it is not to be published yet.
    pub draft: bool,
    /// The name of the series that it is part of, whatever its folder.
    pub series: Option<String>,
    /// Its place in its series, a finite number: lower comes first.
    pub order: Option<f64>,
    /// Its language (BCP 47).
    pub language: Option<String>,
    /// Former addresses, from the top of the site, which lead here.
    pub aliases: Vec<Located<String>>,
    /// Whether it has a table of contents; templates decide where neither this nor the configuration says.
    pub toc: Option<bool>,
    /// The address that the author has set.
    pub address: Option<Located<AddressRule>>,
    /// Whether its mathematics is escaped for Markdown, where it differs from the site's.
    pub escapes: Option<TexEscapes>,
    /// Its own commands of TeX, besides the site's.
    pub macros: Vec<TexMacro>,
    /// Every other key, for templates: in lower case, `_` for hyphens and spaces. The keys of Zola's `[extra]` and Hugo's
    /// `params` are among them.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// An address that an author has set in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressRule {
    /// `slug`: replaces the last part of the address.
    Slug(String),
    /// `url` (Hugo, Pelican) or `path` (Zola): the whole address, from the top of the site.
    Url(String),
    /// `permalink` (Jekyll): the whole address, with `:year`, `:month`, `:day`, `:title` and `:slug` to be filled.
    Permalink(String),
}

/// A date, as exact as the author gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The moment; midnight UTC where only a day is known, the first of the month where only a month is.
    pub moment: Timestamp,
    /// The day as the author wrote it, whatever the time zone.
    pub day: jiff::civil::Date,
    /// How much of `day` the author gave.
    pub precision: Precision,
}

impl Date {
    /// As exact as its author gave it, in words of these `phrases`: `4 March 2023`.
    pub fn text(&self, phrases: &Phrases) -> String {
        let format = match self.precision {
            Precision::Day => &phrases.date,
            Precision::Month => &phrases.date_of_month,
            Precision::Year => return self.day.year().to_string(),
        };
        filled(format, |name| match name {
            "day" => Some(self.day.day().to_string()),
            "month" => Some(phrases.month(self.day.month()).to_owned()),
            "year" => Some(self.day.year().to_string()),
            _ => None,
        })
    }

    /// As exact as its author gave it, as ISO 8601 has it: `2023-03-04`.
    pub fn iso(&self) -> String {
        let format = match self.precision {
            Precision::Day => "%Y-%m-%d",
            Precision::Month => "%Y-%m",
            Precision::Year => "%Y",
        };
        self.day.strftime(format).to_string()
    }
}

/// How much of a date an author gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// `2023`.
    Year,
    /// `2023-03`.
    Month,
    /// `2023-03-14`.
    Day,
}
