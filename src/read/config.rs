//! `essai.yaml`: the whole configuration of a site, every key optional.

use serde::Serialize;

use super::hosts::{Host, Target};
use super::patterns::{Ignore, is_leftover};
use super::{SitePath, TexMacro, ThemeConfig, Translations};
use crate::diagnostic::Levels;

/// The configuration. [`Config::default`] is that of a site without `essai.yaml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Config {
    /// The site's name; without one, the front page's title stands in.
    pub title: Option<String>,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The address that the site is published at, such as `https://example.org/essays/`, always with a slash at the
    /// end. Only feed, sitemap, canonical links and the page for addresses that do not exist need it.
    pub base_url: Option<String>,
    /// Who writes, where an essay names nobody.
    pub author: Option<String>,
    /// The language of essays that name none (BCP 47), `en` by default.
    pub language: String,
    /// What pages say beside the author's words, in each language.
    pub phrases: Translations,
    /// The links at the top of each page, in order.
    pub navigation: Vec<NavigationLink>,
    /// Glob patterns of what is left out of `content/`, as in `.gitignore`: without a slash a name anywhere, with one a
    /// path from the top.
    pub ignore: Vec<String>,
    /// How an essay's address follows from its path.
    pub addresses: Addresses,
    /// Which extensions of Markdown are understood.
    pub markdown: MarkdownSwitches,
    /// Mathematics.
    pub math: MathConfig,
    /// The author's own commands of TeX, in the author's order.
    pub macros: Vec<TexMacro>,
    /// Blocks of code.
    pub code: CodeConfig,
    /// Narrower variants of pictures.
    pub images: ImagesConfig,
    /// The font of mathematics.
    pub math_font: MathFont,
    /// The feed.
    pub feed: FeedConfig,
    /// The hosts whose own files for redirects and headers are part of the site.
    pub hosts: Vec<Host>,
    /// Where the site is deployed to, in the author's order.
    pub deploy: Vec<Target>,
    /// The look of the site.
    pub theme: ThemeConfig,
    /// Whether readers can search the site.
    pub search: bool,
    /// The levels of diagnostics that differ from the default.
    #[serde(skip)]
    pub levels: Levels,
    /// Where `essai.yaml` and the links in it stand, for diagnostics.
    #[serde(skip)]
    pub shown: String,
    /// The text of `essai.yaml`; empty if there is none.
    #[serde(skip)]
    pub text: String,
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// What the reader sees; empty where the author gave only the link, and the essay's title stands in.
    pub title: String,
    /// Where it leads: a path from the top of `content/`, such as `about.md`, or an address of another site.
    pub link: String,
    /// Bytes of `essai.yaml` that hold `link`.
    #[serde(skip)]
    pub span: std::ops::Range<usize>,
}

/// How an essay's address follows from its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Addresses {
    /// `a/b.md` is `a/b.html`.
    #[default]
    Mirror,
    /// `a/b.md` is `a/b/index.html`, as Zola, Hugo and Jekyll have it.
    Folders,
}

/// Extensions of Markdown, each a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MarkdownSwitches {
    /// Tables (GFM).
    pub tables: bool,
    /// `[^1]` and `[^1]: text`.
    pub footnotes: bool,
    /// `~~gone~~` (GFM).
    pub strikethrough: bool,
    /// `- [x] done` (GFM).
    pub task_lists: bool,
    /// A term, and lines that begin with `: `.
    pub definition_lists: bool,
    /// `==marked==`.
    pub marks: bool,
    /// `x^2^`.
    pub superscript: bool,
    /// `H~2~O`. Where it is on, `~one tilde~` no longer strikes out; two still do.
    pub subscript: bool,
    /// `*[HTML]: HyperText Markup Language` on a line of its own.
    pub abbreviations: bool,
    /// `{width=50% .class #id}` after a picture, link, paragraph and so on (Pandoc, kramdown, Python-Markdown).
    pub attribute_lists: bool,
    /// `<div markdown="1">` (Python-Markdown's `md_in_html`, PHP Markdown Extra).
    pub markdown_in_html: bool,
    /// `!!! note` (Python-Markdown), `:::note` (Docusaurus) and `::: {.note}` (Pandoc, Quarto).
    pub admonitions: bool,
    /// `[[lens]]`, a link to the essay of that name (Obsidian, wikis).
    pub links_by_name: bool,
    /// `# Heading {#id .class}`.
    pub heading_attributes: bool,
    /// `> [!NOTE]` (GitHub).
    pub alerts: bool,
    /// `https://example.org` in the text is a link (GFM).
    pub autolinks: bool,
    /// `:tada:` (GitHub).
    pub emoji: bool,
    /// Curly quotes, dashes and dots from `"`, `'`, `--`, `---` and `...`.
    pub smart_punctuation: bool,
}

impl MarkdownSwitches {
    /// Plain CommonMark: every switch off.
    pub const OFF: Self = Self {
        tables: false,
        footnotes: false,
        strikethrough: false,
        task_lists: false,
        definition_lists: false,
        heading_attributes: false,
        alerts: false,
        autolinks: false,
        emoji: false,
        smart_punctuation: false,
        marks: false,
        superscript: false,
        subscript: false,
        abbreviations: false,
        attribute_lists: false,
        markdown_in_html: false,
        admonitions: false,
        links_by_name: false,
    };

    /// Every switch by its name in `essai.yaml`.
    pub fn by_name(&mut self) -> [(&'static str, &mut bool); 18] {
        [
            ("tables", &mut self.tables),
            ("footnotes", &mut self.footnotes),
            ("strikethrough", &mut self.strikethrough),
            ("task_lists", &mut self.task_lists),
            ("definition_lists", &mut self.definition_lists),
            ("heading_attributes", &mut self.heading_attributes),
            ("alerts", &mut self.alerts),
            ("autolinks", &mut self.autolinks),
            ("emoji", &mut self.emoji),
            ("smart_punctuation", &mut self.smart_punctuation),
            ("marks", &mut self.marks),
            ("superscript", &mut self.superscript),
            ("subscript", &mut self.subscript),
            ("abbreviations", &mut self.abbreviations),
            ("attribute_lists", &mut self.attribute_lists),
            ("markdown_in_html", &mut self.markdown_in_html),
            ("admonitions", &mut self.admonitions),
            ("links_by_name", &mut self.links_by_name),
        ]
    }
}

impl Default for MarkdownSwitches {
    /// Every switch on.
    fn default() -> Self {
        let mut switches = Self::OFF;
        for (_, switch) in switches.by_name() {
            *switch = true;
        }
        switches
    }
}

/// Mathematics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MathConfig {
    /// Whether TeX in essays is set as mathematics; otherwise it is text like any other.
    pub typeset: bool,
    /// Whether it is escaped for Markdown, where an essay's header does not say.
    pub escapes: TexEscapes,
}

/// The font that mathematics is set in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MathFont {
    /// One that comes with Essai, cut down to the characters that the site uses.
    #[default]
    BuiltIn,
    /// The reader's own, if there is one.
    Reader,
    /// A file of the site.
    File {
        /// Where it is: a path from the top of `content/`, or an address of the site.
        link: String,
        /// Bytes of `essai.yaml` that hold `link`.
        #[serde(skip)]
        span: std::ops::Range<usize>,
    },
}

/// Whether the TeX of an essay is escaped for Markdown, as MathJax needs it after Python-Markdown or kramdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TexEscapes {
    /// The TeX stands as TeX.
    #[default]
    None,
    /// `\\!` means `\!`, `\\\\` means `\\`, `\_` means `_`, and formulas stand between `\\(` and `\\)`.
    Markdown,
}

impl TexEscapes {
    /// The one that is called `name` in the configuration and in headers.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "none" => Some(Self::None),
            "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Blocks of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CodeConfig {
    /// Whether they are highlighted.
    pub highlight: bool,
}

/// Narrower variants of pictures, of which a browser takes the one that fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImagesConfig {
    /// Their widths in pixels, ascending, each once; without any there are no variants.
    pub widths: Vec<u32>,
    /// What they may be, the dearest first: each is of the first format that can hold it. Never empty.
    pub formats: Vec<PictureFormat>,
    /// How true they are to the picture, from 1 to 100.
    pub quality: u8,
    /// How wide the page shows pictures, as HTML's `sizes` has it.
    pub sizes: String,
}

impl Default for ImagesConfig {
    fn default() -> Self {
        Self {
            widths: Vec::new(),
            formats: vec![PictureFormat::Webp],
            quality: 80,
            // The column of the built-in theme.
            sizes: "(min-width: 44rem) 42rem, 100vw".to_owned(),
        }
    }
}

/// A format that pictures can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// WebP.
    Webp,
    /// JPEG, which knows no transparency.
    Jpeg,
    /// PNG: what Essai draws itself.
    Png,
}

impl PictureFormat {
    /// The one that is called `name` in the configuration, which PNG is not.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "webp" => Some(Self::Webp),
            "jpeg" | "jpg" => Some(Self::Jpeg),
            _ => None,
        }
    }

    /// The one whose files have the extension `extension`.
    pub fn of_extension(extension: &str) -> Option<Self> {
        [Self::Webp, Self::Jpeg, Self::Png].into_iter().find(|format| format.extension() == extension)
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// The feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedConfig {
    /// How many essays it holds, newest first.
    pub entries: usize,
}

impl Config {
    /// Whether a file at `path` in `content/` is no part of the site, going by its name and those of its folders.
    pub fn leaves_out(&self, path: &SitePath) -> bool {
        let ignore = Ignore::new(&self.ignore);
        let mut ends = path.as_str().match_indices('/').map(|(at, _)| at).chain([path.as_str().len()]);
        path.as_str().split('/').any(is_leftover) || ends.any(|end| ignore.leaves_out(&path.as_str()[..end]))
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            base_url: None,
            author: None,
            language: "en".to_owned(),
            phrases: Translations::default(),
            navigation: Vec::new(),
            ignore: Vec::new(),
            addresses: Addresses::Mirror,
            markdown: MarkdownSwitches::default(),
            math: MathConfig { typeset: true, escapes: TexEscapes::None },
            macros: Vec::new(),
            code: CodeConfig { highlight: true },
            images: ImagesConfig::default(),
            math_font: MathFont::BuiltIn,
            feed: FeedConfig { entries: 20 },
            hosts: Vec::new(),
            deploy: Vec::new(),
            theme: ThemeConfig::default(),
            search: true,
            levels: Levels::default(),
            shown: "essai.yaml".to_owned(),
            text: String::new(),
        }
    }
}
