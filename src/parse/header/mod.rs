//! The header of an essay, in dialects that are told apart by their first line.
//!
//! `---` begins YAML, `+++` TOML, `{` JSON, `<!--` a comment and a `key: value` line the bare dialect; see [`fence`],
//! [`comment`] and [`bare`] for what is a header and what is prose. Whatever the dialect, keys are read without regard to case, and `-`, `_` and a space are
//! one; the keys of [`Header::extra`] come in lower case with `_`.

mod bare;
mod comment;
mod date;
mod fence;
mod fields;
mod keys;
mod lines;
mod mathematics;
mod toml;
mod values;

pub use date::after_date;
pub use keys::is_of_aliases;

use std::ops::Range;

use super::Header;
use crate::diagnostic::{Diagnostic, Found, header as mistakes};
use crate::read::node::{Entry, Node, SyntaxMistake, Value};
use crate::read::{Source, parse_repeating_yaml};
use bare::Bare;
use fence::{End, Fenced, Language};
use values::Lists;

/// A header and the rest of the file.
#[derive(Debug)]
pub struct Split {
    /// What the header says.
    pub header: Header,
    /// Bytes of the source after the header.
    pub body: Range<usize>,
}

/// The byte of `text` where the body begins, if a header opens it.
pub fn opens(text: &str) -> Option<usize> {
    fence::find(text).map(|fenced| fenced.body).or_else(|| lines_of_keys(text).map(|bare| bare.body))
}

/// The header of `key: value` lines that opens `text`, in a comment or without.
fn lines_of_keys(text: &str) -> Option<Bare> {
    comment::find(text).or_else(|| bare::find(text))
}

/// Takes the header off `source`, of which only the first `limit` bytes can be one. A header with mistakes yields what
/// could be read of it.
pub fn split(source: &Source, limit: usize) -> Found<Split> {
    let text = source.text.get(..limit).unwrap_or(&source.text);
    let (mut header, body, diagnostics) = if let Some(fenced) = fence::find(text) {
        read_fenced(source, &fenced)
    } else if let Some(bare) = lines_of_keys(text) {
        let (header, diagnostics) = fields::read_entries(source, &bare.entries, Lists::Bare);
        (header, bare.body, diagnostics)
    } else {
        (Header::default(), 0, Vec::new())
    };
    if header.date.is_none() {
        header.date = date::date_of_path(&source.path);
    }
    Found { value: Split { header, body: body..source.text.len() }, diagnostics }
}

/// How a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `key: value` lines.
    Bare,
    /// YAML between `---`.
    Yaml,
    /// TOML between `+++`.
    Toml,
    /// JSON between braces.
    Json,
    /// `.. key: value` lines in a comment.
    Comment,
}

/// How the header that opens `text` is written, and the bytes of its lines without fences; `None` without a header.
pub fn place(text: &str) -> Option<(Dialect, Range<usize>)> {
    if let Some(fenced) = fence::find(text) {
        let dialect = match fenced.language {
            Language::Yaml => Dialect::Yaml,
            Language::Toml => Dialect::Toml,
            Language::Json => Dialect::Json,
        };
        return Some((dialect, fenced.inner));
    }
    let (dialect, bare) = match comment::find(text) {
        Some(bare) => (Dialect::Comment, bare),
        None => (Dialect::Bare, bare::find(text)?),
    };
    let last = bare.entries.last()?.node.span.end;
    // The line break after the last value is the header's too.
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    Some((dialect, 0..end))
}

/// The header, where the body begins, and the mistakes.
fn read_fenced(source: &Source, fenced: &Fenced) -> (Header, usize, Vec<Diagnostic>) {
    let place = |span: Range<usize>, label: &str| source.place(span).labelled(label);
    let inner = source.text.get(fenced.inner.clone()).unwrap_or_default();
    let mistake = |SyntaxMistake { reason, span, earlier }: SyntaxMistake| {
        let diagnostic = mistakes::syntax(fenced.language.name(), place(span, &reason));
        match earlier {
            Some(earlier) => diagnostic.and(place(earlier, "it is first given here")),
            None => diagnostic,
        }
    };
    let entries = entries(fenced.language, inner, fenced.inner.start);
    if fenced.end == End::Missing {
        let unclosed = mistakes::unclosed(fenced.fence, place(fenced.opening.clone(), ""));
        // What can be read of it is kept, so that one mistake does not bring others; else it is all body.
        return match entries {
            Ok((entries, _)) => {
                (fields::read_entries(source, &entries, Lists::OfTheirOwn).0, fenced.body, vec![unclosed])
            }
            Err(_) => (Header::default(), fenced.inner.start, vec![unclosed]),
        };
    }
    let (header, diagnostics) = match entries {
        Ok((entries, repeated)) => {
            let (header, mut diagnostics) = fields::read_entries(source, &entries, Lists::OfTheirOwn);
            diagnostics.extend(repeated.into_iter().map(mistake));
            (header, diagnostics)
        }
        Err(Unread::Syntax(reason)) => (Header::default(), vec![mistake(reason)]),
        Err(Unread::NoMap(node)) => {
            (Header::default(), vec![mistakes::not_keys(place(node.span.clone(), ""), node.description())])
        }
    };
    (header, fenced.body, diagnostics)
}

/// Why a fenced header has no keys.
enum Unread {
    /// It is not in its language.
    Syntax(SyntaxMistake),
    /// It is, and is no map.
    NoMap(Node),
}

/// The keys and values of `inner`, which begins at byte `start` of the source, and those that are given again; spans are in
/// bytes of the source.
fn entries(language: Language, inner: &str, start: usize) -> Result<(Vec<Entry>, Vec<SyntaxMistake>), Unread> {
    let parsed = match language {
        // What is JSON is YAML.
        Language::Json => parse_repeating_yaml(inner),
        // As Hexo has it, lines may be indented by tabs.
        Language::Yaml => parse_repeating_yaml(inner).or_else(|mistake| match inner.contains("\n\t") {
            true => parse_repeating_yaml(&without_tabs(inner)),
            false => Err(mistake),
        }),
        Language::Toml => toml::parse_toml(inner).map(|node| (node, Vec::new())),
    };
    let moved = |span: Range<usize>| span.start + start..span.end + start;
    let in_source = |mistake: SyntaxMistake| SyntaxMistake {
        reason: mistake.reason,
        span: moved(mistake.span),
        earlier: mistake.earlier.map(moved),
    };
    let (node, repeated) = parsed.map_err(|mistake| Unread::Syntax(in_source(mistake)))?;
    let Node { value, span } = node.moved(start);
    match value {
        Value::Map(entries) => Ok((entries, repeated.into_iter().map(in_source).collect())),
        Value::Null => Ok((Vec::new(), Vec::new())),
        value => Err(Unread::NoMap(Node { value, span })),
    }
}

/// `text` with a space in place of each tab that a line begins with.
fn without_tabs(text: &str) -> String {
    let mut is_indentation = true;
    let spaced = text.chars().map(|letter| {
        is_indentation = letter == '\n' || is_indentation && matches!(letter, '\t' | ' ');
        if is_indentation && letter == '\t' { ' ' } else { letter }
    });
    spaced.collect()
}

#[cfg(test)]
mod tests;
