//! The second stage: a source becomes an [`Essay`], on its own and purely.
//!
//! Reads the header in whichever dialect, walks the Markdown once and writes the body's HTML with a hole wherever
//! something of another file goes. Knows nothing of other essays: a link is kept as the author wrote it.

pub mod code;
mod config;
mod essay;
pub mod file_name;
mod header;
pub mod html;
pub mod language;
mod layout;
mod markdown;
pub mod math;
mod named;
mod notebook;
mod sentence;
pub mod slug;
mod templated;

pub use config::ParseConfig;
pub use essay::{
    AddressRule, Body, Date, Equation, Essay, Fill, Header, Heading, Hole, Inline, Label, Located, MadeFile, Precision,
    Reference, Role,
};

pub use named::{Named, named};
pub use templated::{Templated, templated};

pub use header::{Dialect as HeaderDialect, is_of_aliases, place as header_place};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Found, markdown as mistake};
use crate::read::opening::{is_named_by_folder, page_stem};
use crate::read::{MathConfig, Phrases, SitePath, Source};
use code::Highlighter;
use notebook::Notebook;

/// The essays of a site, each on its own.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The essays, in the order of their sources. The mistakes stay with the essay that they are in: those of a draft
    /// are nobody's business yet.
    pub essays: Vec<Found<Arc<Essay>>>,
    /// What they were parsed from, in the same order.
    sources: Vec<Arc<Source>>,
    /// What was compiled of grammars on the way.
    highlighter: Arc<Highlighter>,
    /// What parsing was given of the configuration.
    config: ParseConfig,
}

/// Whether what was parsed is of use to a later [`parse`].
#[derive(Debug, Clone, Copy)]
pub enum Memory<'a> {
    /// It is not: each text that nobody else holds is let go as soon as it is parsed.
    None,
    /// It is. These essays were parsed earlier: one whose source is one of theirs is not parsed again.
    Kept(Option<&'a Parsed>),
}

/// Parses every source. They come by path, each path once. The answer does not depend on `memory`.
pub fn parse(sources: Vec<Arc<Source>>, config: &ParseConfig, memory: Memory<'_>) -> Parsed {
    let before = match memory {
        Memory::None => None,
        Memory::Kept(before) => before,
    };
    let highlighter = before.map_or_else(Arc::default, |before| Arc::clone(&before.highlighter));
    let known = before.filter(|before| before.config == *config).into_iter();
    let mut known = known.flat_map(|before| before.sources.iter().zip(&before.essays)).peekable();
    let mut found = |source: &Arc<Source>| {
        while known.next_if(|(known, _)| known.path < source.path).is_some() {}
        known.next_if(|(known, _)| *known == source).map(|(_, essay)| essay.clone())
    };
    let remembered: Vec<Option<Found<Arc<Essay>>>> = sources.iter().map(&mut found).collect();
    let kept = if let Memory::Kept(_) = memory { sources.clone() } else { Vec::new() };
    let essay = |(source, remembered): (Arc<Source>, Option<Found<Arc<Essay>>>)| {
        remembered.unwrap_or_else(|| {
            let Found { mut value, diagnostics } = parse_unharmed(source, config, &highlighter);
            Arc::get_mut(&mut value.source).into_iter().for_each(Source::let_go);
            Found { value: Arc::new(value), diagnostics }
        })
    };
    let essays = sources.into_par_iter().zip(remembered).map(essay).collect();
    Parsed { essays, sources: kept, highlighter, config: config.clone() }
}

/// Parses one source. One that makes Essai stumble is an essay without a word, and the others go on.
fn parse_unharmed(source: Arc<Source>, config: &ParseConfig, highlighter: &Highlighter) -> Found<Essay> {
    let parsed = catch_unwind(AssertUnwindSafe(|| parse_one(Arc::clone(&source), config, highlighter)));
    parsed.unwrap_or_else(|_| stumbled(&source, config, highlighter))
}

/// The essay of `source` as far as it is known without its text.
fn stumbled(source: &Source, config: &ParseConfig, highlighter: &Highlighter) -> Found<Essay> {
    let wordless = Source { text: String::new(), cells: Vec::new(), is_damaged: true, ..source.clone() };
    let Found { value, mut diagnostics } = parse_one(wordless, config, highlighter);
    diagnostics.push(mistake::stumbled(&source.shown));
    Found { value, diagnostics }
}

/// Parses one source. Never fails: a header that cannot be read leaves an essay with the file's name as its title.
pub fn parse_one(source: impl Into<Arc<Source>>, config: &ParseConfig, highlighter: &Highlighter) -> Found<Essay> {
    let Found { value: notebook, mut diagnostics } = notebook::open(source.into(), config);
    let Notebook { source, header_end, inserts, made_files } = notebook;
    let Found { value: header::Split { mut header, body }, diagnostics: found } = header::split(&source, header_end);
    diagnostics.extend(found);
    let settings = markdown::Settings {
        phrases: config.phrases.of(language::language(&header, &source.path, &config.language)),
        switches: config.markdown,
        math: MathConfig { escapes: header.escapes.unwrap_or(config.math.escapes), ..config.math },
        defined: markdown::Defined {
            macros: [&config.macros, &header.macros],
            preamble: header.extra.get("header_includes"),
        },
        highlighter: if config.code.highlight { Some(highlighter) } else { None },
        inserts: &inserts,
        title: header.title.as_deref(),
        is_jekyll: is_jekyll(&header, &source.path),
    };
    let markdown = markdown::render(&source, body, &settings);
    diagnostics.extend(markdown.diagnostics);
    let (title, has_formula) = match (&header.title, &markdown.heading, markdown.headings.first()) {
        (Some(title), _, _) => markdown::title(title, &settings),
        (None, Some(heading), _) | (None, None, Some(heading)) => (heading.title.clone(), false),
        (None, None, None) => (markdown::plain(&name_as_title(&source, settings.phrases)), false),
    };
    header.description = header.description.map(|written| markdown::description(&written, &settings));
    let mut references = markdown.references;
    if let Some(image) = header.image.as_ref().filter(|image| is_local(&image.value)) {
        references.push(Reference {
            role: Role::HeaderImage,
            destination: image.value.clone(),
            span: image.span.clone(),
            sentence: String::new(),
        });
    }
    let essay = Essay {
        source,
        header,
        title,
        heading: markdown.heading,
        has_widths: has_widths(&markdown.body.html),
        body: markdown.body,
        headings: markdown.headings,
        sidenotes: markdown.sidenotes,
        anchors: markdown.anchors,
        labels: markdown.labels,
        equations: markdown.equations,
        has_mathematics: markdown.has_mathematics || has_formula,
        code_classes: markdown.code_classes,
        code_starts: markdown.code_starts,
        references,
        excerpt: markdown.excerpt,
        words: markdown.words,
        made_files,
    };
    Found { value: essay, diagnostics }
}

/// Whether an element of `html` has a class for the width of a picture.
fn has_widths(html: &str) -> bool {
    memchr::memmem::find_iter(html.as_bytes(), "width-").any(|at| html[..at].ends_with([' ', '"']))
}

/// Whether `destination` is something of this site: it has no scheme (RFC 3986, section 3.1) and no host.
pub fn is_local(destination: &str) -> bool {
    if destination.starts_with("//") {
        return false;
    }
    let Some(colon) = memchr::memchr(b':', destination.as_bytes()) else { return true };
    let scheme = &destination[..colon];
    !(scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))
}

/// Whether an essay comes from Jekyll: its header names a layout, or it is in a folder such as `_posts`.
fn is_jekyll(header: &Header, path: &SitePath) -> bool {
    header.extra.contains_key("layout") || path.folder().split('/').any(|folder| folder.starts_with('_'))
}

/// The name of an essay without title and headings: its file's name, that of its folder for an index page, a word for essays
/// for the front page.
fn name_as_title(source: &Source, phrases: &Phrases) -> String {
    let stem = page_stem(language::without(&source.path));
    let folder = source.path.folder().rsplit('/').next().unwrap_or_default();
    let is_index = is_named_by_folder(stem);
    let name = match folder {
        "" if is_index && !stem.eq_ignore_ascii_case("article") => &phrases.untitled,
        folder if is_index && !folder.is_empty() => folder,
        _ => stem,
    };
    file_name::title(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::diagnostic::Kind;
    use crate::read::phrases::ENGLISH;
    use crate::read::{SitePath, parse_config};

    #[test]
    fn an_essay_without_a_title_is_called_after_its_file() {
        let check = |path: &str, expected: &str| {
            let source = Source::new(SitePath::new(path).unwrap(), String::new());
            assert_eq!(name_as_title(&source, &ENGLISH), expected);
        };
        check("2023-03-14-on_seeing.md", "On seeing");
        check("3d-printing/index.md", "3d printing");
        check("a/on-seeing.html.md", "On seeing");
        check("on-lenses/README.md", "On lenses");
        check("README.md", "Essays");
        check("on-seeing.pt-BR.md", "On seeing");
        check("on-lenses/index.fr.md", "On lenses");
        check("article.md", "Article");
    }

    #[test]
    fn an_essay_that_makes_essai_stumble_is_there_without_its_words() {
        let source = Source::new(SitePath::new("a-b.md").unwrap(), "title: T\n\nWords.\n");
        let Found { value: essay, diagnostics } = stumbled(&source, &ParseConfig::default(), &Highlighter::new());
        assert_eq!((&*essay.title.text, essay.words, essay.source.is_damaged), ("A b", 0, true));
        let kinds: Vec<Kind> = diagnostics.iter().map(|diagnostic| diagnostic.kind).collect();
        assert_eq!(kinds, [Kind::Internal]);
    }

    #[test]
    fn only_what_parsing_is_given_makes_essays_parse_again() {
        let sources = || vec![Arc::new(Source::new(SitePath::new("a.md").unwrap(), "A *b*."))];
        let config = |text: &str| ParseConfig::of(&parse_config("essai.yaml", text.to_owned()).value);
        let before = parse(sources(), &config(""), Memory::Kept(None));
        let is_kept = |text: &str| {
            let again = parse(sources(), &config(text), Memory::Kept(Some(&before)));
            Arc::ptr_eq(&again.essays[0].value, &before.essays[0].value)
        };
        for text in [
            "title: A",
            "base_url: https://example.org/",
            "hosts: [netlify]",
            "deploy: /srv/site",
            "theme: {width: 40rem}",
            "addresses: folders",
            "images: {widths: [480]}",
            "math: {font: reader}",
            "search: false",
            "feed: {entries: 3}",
        ] {
            assert!(is_kept(text), "{text}");
        }
        for text in [
            "language: de",
            "phrases: {en: {back: Up}}",
            "markdown: {marks: false}",
            "math: {escapes: markdown}",
            "math: {macros: {R: x}}",
            "code: {highlight: false}",
        ] {
            assert!(!is_kept(text), "{text}");
        }
    }
}
