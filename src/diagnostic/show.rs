//! How a diagnostic is shown: to people as rustc shows its own, to programs as JSON.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Decor, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Level, Place};

/// Columns that an excerpt takes at most: what is left and right of the mark on a longer line is cut.
const WIDTH: usize = 120;

/// The diagnostic for people, with a line break at its end:
///
/// ```text
/// error[broken-link]: no essay at `lens.md`
///  --> content/on-seeing.md:7:15
///   |
/// 7 | See [the lens](lens.md#focus) for how
///   |                ^^^^^^^ nothing at content/lens.md
///   |
///   = help: did you mean `lenses.md`?
/// ```
///
/// It holds ANSI colours; `anstream` takes them out where they are not wanted. Control characters of the author's
/// text never reach the terminal as they are.
pub fn human(diagnostic: &Diagnostic, level: Level) -> String {
    let decor = match level {
        Level::Error => Decor::ERROR,
        Level::Warn | Level::Off => Decor::WARNING,
    };
    let title = decor.primary_title(visible(&diagnostic.message)).id(diagnostic.kind.name());
    let mut group = Group::with_title(title);
    for (place, kind) in places(diagnostic) {
        group = if names_only_file(place) {
            let group = group.element(Origin::path(visible(&place.shown())));
            if place.label.is_empty() { group } else { group.element(Decor::NOTE.message(visible(&place.label))) }
        } else {
            group.element(excerpt(place, kind))
        };
    }
    for help in &diagnostic.help {
        group = group.element(Decor::HELP.message(visible(help)));
    }
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut text = renderer.render(&[group]);
    for (place, _) in places(diagnostic).filter(|(place, _)| !names_only_file(place)) {
        let (path, line) = (visible(&place.shown()), place.line);
        let (shown, column) = (column_of_excerpt(place), place.column);
        if shown != column {
            let origin = |column: usize| format!("{path}:{line}:{column}\n");
            text = text.replacen(&origin(shown), &origin(column), 1);
        }
    }
    text.push('\n');
    text
}

/// The place and the related places, with how each is marked.
fn places(diagnostic: &Diagnostic) -> impl Iterator<Item = (&Place, AnnotationKind)> {
    let main = diagnostic.place.iter().map(|place| (place, AnnotationKind::Primary));
    main.chain(diagnostic.related.iter().map(|place| (place, AnnotationKind::Context)))
}

/// Whether `place` was made by [`Place::file`], so that there is no line to show.
fn names_only_file(place: &Place) -> bool {
    place.excerpt.is_empty() && place.line == 1 && place.column == 1
}

/// The excerpt of `place` with its mark.
fn excerpt(place: &Place, kind: AnnotationKind) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let marked = within(&place.excerpt, &place.marked);
    // The renderer shows what else a terminal would obey.
    let shown = |text: &str| text.replace(|letter| matches!(letter, '\u{80}'..='\u{9f}'), "\u{fffd}");
    let at = |byte: usize| shown(&place.excerpt[..byte]).len();
    let mut annotation = kind.span(at(marked.start)..at(marked.end));
    if !place.label.is_empty() {
        annotation = annotation.label(visible(&place.label));
    }
    Snippet::source(shown(&place.excerpt)).path(visible(&place.shown())).line_start(place.line).annotation(annotation)
}

/// The column of `place` as the renderer counts it: in the excerpt, which holds only a stretch of a very long line.
fn column_of_excerpt(place: &Place) -> usize {
    let before = &place.excerpt[..within(&place.excerpt, &place.marked).start];
    before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
}

/// `range`, moved to where it can mark `text`.
fn within(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end.max(start)).min(text.len())
}

/// `text` with everything that a terminal would obey rather than show written as an escape: control characters, line
/// breaks and marks that turn the direction of writing.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if letter.is_control() || turns {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// The diagnostic for programs: one JSON object on a line of its own, with a line break at its end.
///
/// | key | value |
/// |---|---|
/// | `type` | `"diagnostic"` |
/// | `level` | `"error"` or `"warning"` |
/// | `kind` | the name of the mistake, such as `"broken-link"` |
/// | `message` | what is wrong, in one line |
/// | `path` | the file, from the site's root; `null` for a mistake that has no place |
/// | `cell` | of a notebook, the cell, counted from 1; absent for any other file |
/// | `line`, `column` | where it begins, counted from 1, columns in characters; `null` without an exact place |
/// | `end_line`, `end_column` | where it ends: the column after its last character |
/// | `label` | what belongs beside the place, or `""` |
/// | `related` | further places, each with the keys from `path` to `label` |
/// | `help` | how to mend it: a list of lines |
pub fn json(diagnostic: &Diagnostic, level: Level) -> String {
    let line = Line {
        r#type: "diagnostic",
        level: match level {
            Level::Error => "error",
            Level::Warn | Level::Off => "warning",
        },
        kind: diagnostic.kind.name(),
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map_or_else(Spot::default, spot),
        related: diagnostic.related.iter().map(spot).collect(),
        help: &diagnostic.help,
    };
    let mut text = serde_json::to_string(&line).unwrap_or_default();
    text.push('\n');
    text
}

/// A diagnostic as JSON has it.
#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    level: &'static str,
    kind: String,
    message: &'a str,
    #[serde(flatten)]
    place: Spot<'a>,
    related: Vec<Spot<'a>>,
    help: &'a [String],
}

/// A place as JSON has it.
#[derive(Default, Serialize)]
struct Spot<'a> {
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<usize>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    label: &'a str,
}

fn spot(place: &Place) -> Spot<'_> {
    let named = Spot { path: Some(&place.path), cell: place.cell, label: &place.label, ..Spot::default() };
    if names_only_file(place) {
        return named;
    }
    let marked = &place.excerpt[within(&place.excerpt, &place.marked)];
    let last = marked.rsplit('\n').next().unwrap_or_default().chars().count();
    let breaks = marked.bytes().filter(|byte| *byte == b'\n').count();
    let end_column = if breaks == 0 { place.column + last } else { last + 1 };
    Spot {
        line: Some(place.line),
        column: Some(place.column),
        end_line: Some(place.line + breaks),
        end_column: Some(end_column),
        ..named
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::diagnostic::Kind;

    /// The text as it is shown without colours.
    fn plain(diagnostic: &Diagnostic, level: Level) -> String {
        anstream::adapter::strip_str(&human(diagnostic, level)).to_string()
    }

    /// A broken link whose mark is on the first `needle` of `text`.
    fn broken(text: &str, needle: &str) -> Diagnostic {
        let start = text.find(needle).unwrap();
        let place = Place::new("content/on-seeing.md", text, start..start + needle.len(), "nothing at content/lens.md");
        Diagnostic::new(Kind::BrokenLink, "no essay at `lens.md`").at(place)
    }

    #[test]
    fn a_mistake_is_shown_with_its_line_and_help() {
        let text = "title: On seeing\n\nSee [the lens](lens.md#focus) for how\n";
        let diagnostic = broken(text, "lens.md").help("did you mean `lenses.md`?").help("or `glass.md`?");
        let expected = "\
error[broken-link]: no essay at `lens.md`
 --> content/on-seeing.md:3:16
  |
3 | See [the lens](lens.md#focus) for how
  |                ^^^^^^^ nothing at content/lens.md
  |
  = help: did you mean `lenses.md`?
  = help: or `glass.md`?
";
        assert_eq!(plain(&diagnostic, Level::Error), expected);
        assert!(plain(&diagnostic, Level::Warn).starts_with("warning[broken-link]: "));
    }

    #[test]
    fn carets_stand_under_the_mark() {
        let check = |text: &str, shown: &str, carets: &str| {
            let plain = plain(&broken(text, "lens.md"), Level::Error);
            let lines: Vec<&str> = plain.lines().collect();
            assert_eq!(lines[3], shown);
            assert_eq!(lines[4], format!("{carets} nothing at content/lens.md"));
        };
        check("a\t[b](lens.md)", "1 | a    [b](lens.md)", "  |          ^^^^^^^");
        check("視覚[b](lens.md)\r\n", "1 | 視覚[b](lens.md)", "  |         ^^^^^^^");
        check("é 🦀 (lens.md)", "1 | é 🦀 (lens.md)", "  |       ^^^^^^^");
        check("a\u{1b}[1m(lens.md)", "1 | a␛[1m(lens.md)", "  |       ^^^^^^^");
        check("a\u{9b}1m(lens.md)", "1 | a\u{fffd}1m(lens.md)", "  |      ^^^^^^^");
    }

    #[test]
    fn a_mark_may_go_over_lines() {
        let text = "One\r\n[two\r\nthree](lens.md)\r\nfour";
        let expected = "\
error[broken-link]: no essay at `lens.md`
 --> content/on-seeing.md:2:1
  |
2 | / [two
3 | | three](lens.md)
  | |_______________^ nothing at content/lens.md
";
        assert_eq!(plain(&broken(text, "[two\r\nthree](lens.md)"), Level::Error), expected);
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_mark() {
        let text = format!("{}[x](lens.md){}", "words ".repeat(3000), " words".repeat(3000));
        let shown = plain(&broken(&text, "lens.md"), Level::Error);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1], " --> content/on-seeing.md:1:18005");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH + 40), "{shown}");
        let column = lines[3].find("lens.md").unwrap();
        assert_eq!(lines[4].find("^^^^^^^"), Some(column));
    }

    #[test]
    fn places_in_a_very_long_line_have_their_own_columns() {
        let text = "é words ".repeat(60_000);
        let place = |start: usize| Place::new("content/x.md", &text, start..start + 2, "");
        let diagnostic = Diagnostic::new(Kind::DuplicateId, "twice").at(place(450_000)).and(place(9));
        let shown = plain(&diagnostic.and(place(45_000)), Level::Error);
        let origins: Vec<&str> = shown.lines().filter(|line| line.contains("x.md")).collect();
        assert_eq!(origins, [" --> content/x.md:1:400001", " ::: content/x.md:1:9", " ::: content/x.md:1:40001"]);
    }

    #[test]
    fn a_file_is_named_without_a_line() {
        let diagnostic = Diagnostic::new(Kind::Unreadable, "cannot read it").at(Place::file("content/a\nb.md"));
        let expected = "\
error[unreadable]: cannot read it
--> content/a\\nb.md
 = help: try again
";
        assert_eq!(plain(&diagnostic.help("try again"), Level::Error), expected);
    }

    #[test]
    fn related_places_follow() {
        let text = "# One {#a}\n\ntext\n\n# Two {#a}\n";
        let diagnostic = Diagnostic::new(Kind::DuplicateId, "the id `a` is there twice")
            .at(Place::new("content/x.md", text, 26..28, ""))
            .and(Place::new("content/x.md", text, 7..9, "first here"));
        let expected = "\
error[duplicate-id]: the id `a` is there twice
 --> content/x.md:5:9
  |
5 | # Two {#a}
  |         ^^
  |
 ::: content/x.md:1:8
  |
1 | # One {#a}
  |        -- first here
";
        assert_eq!(plain(&diagnostic, Level::Error), expected);
    }

    #[test]
    fn nothing_reaches_the_terminal_as_a_command() {
        let diagnostic = Diagnostic::new(Kind::Internal, "a\u{1b}]0;x\u{7}\u{202e}b").help("c\r\nd\u{9b}");
        let expected = "\
error[internal]: a\\u{1b}]0;x\\u{7}\\u{202e}b
 |
 = help: c\\r\\nd\\u{9b}
";
        assert_eq!(plain(&diagnostic, Level::Error), expected);
    }

    #[test]
    fn the_cell_of_a_notebook_is_named() {
        let place = Place { cell: Some(3), ..Place::new("content/x.ipynb", "a\nsee b", 6..7, "") };
        let diagnostic = Diagnostic::new(Kind::BrokenLink, "no b").at(place);
        assert!(plain(&diagnostic, Level::Error).contains(" --> content/x.ipynb (cell 3):2:5\n"));
        let json = json(&diagnostic, Level::Error);
        assert!(json.contains(r#""path":"content/x.ipynb","cell":3,"line":2,"column":5"#), "{json}");
    }

    #[test]
    fn programs_get_an_object_a_line() {
        let check = |diagnostic: &Diagnostic, expected: &str| {
            assert_eq!(json(diagnostic, Level::Error).trim_end_matches('\n'), expected);
        };
        check(
            &broken("é [a\nb](lens.md)", "[a\nb](lens.md)").help("h"),
            r#"{"type":"diagnostic","level":"error","kind":"broken-link","message":"no essay at `lens.md`","path":"content/on-seeing.md","line":1,"column":3,"end_line":2,"end_column":12,"label":"nothing at content/lens.md","related":[],"help":["h"]}"#,
        );
        check(
            &Diagnostic::new(Kind::Unwritable, "the disk is full").and(Place::file("a.md")),
            r#"{"type":"diagnostic","level":"error","kind":"unwritable","message":"the disk is full","path":null,"line":null,"column":null,"end_line":null,"end_column":null,"label":"","related":[{"path":"a.md","line":null,"column":null,"end_line":null,"end_column":null,"label":""}],"help":[]}"#,
        );
    }
}
