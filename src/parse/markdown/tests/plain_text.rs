//! What of an essay is shown as plain text.

use super::rendered;
use crate::parse::markdown::{Defined, Settings, description};
use crate::parse::notebook::Inserts;
use crate::read::phrases::ENGLISH;
use crate::read::{Config, MarkdownSwitches};

#[test]
fn sentences_words_and_excerpt() {
    let (_, rendered) =
        rendered("# T\n\n- a list\n\nFirst here. See [the *lens*](lens.md) for\nhow. Last.\n\n```\nnot words\n```\n");
    assert_eq!(rendered.references[0].sentence, "See the lens for how.");
    assert_eq!(rendered.excerpt, "First here. See the lens for how. Last.");
    assert_eq!(rendered.words, 11);
}

#[test]
fn more_sets_the_excerpt() {
    let (_, rendered) = rendered("One.\n\nTwo.\n\n<!-- more -->\n\nThree.");
    assert_eq!(rendered.excerpt, "One. Two.");
}

#[test]
fn formulas_in_plain_text_have_no_delimiters() {
    let excerpt = |markdown: &str| rendered(markdown).1.excerpt;
    assert_eq!(excerpt("We study $\\log p(y_i|x)$."), "We study \\log p(y_i|x).");
    assert_eq!(excerpt("An $\\alpha$-conversion in \\(O(n)\\), $x < 12$"), "An α-conversion in O(n), x<12");
    assert_eq!(excerpt("See \\eqref{a}, \\ref{a}, \\eqref{b.md#c}.\n\n$$x\\label{a}$$"), "See (1), 1, (c).");
    assert_eq!(excerpt("It costs $5 or $6."), "It costs $5 or $6.");
    let (_, rendered) = rendered("The $\\beta$ [of](b.md) *it*.\n\n## On $x_i$\n");
    assert_eq!(rendered.references[0].sentence, "The β of it.");
    assert_eq!(&*rendered.headings[0].title.text, "On x_i");
}

#[test]
fn a_description_is_shown_without_its_markup() {
    let config = Config::default();
    let (switches, inserts) = (MarkdownSwitches::default(), Inserts::default());
    let settings = Settings {
        phrases: &ENGLISH,
        switches,
        math: config.math,
        defined: Defined::default(),
        highlighter: None,
        inserts: &inserts,
        title: None,
        is_jekyll: false,
    };
    let check = |written: &str, expected: &str| assert_eq!(description(written, &settings), expected, "of {written:?}");
    check("**bold** [x](y), `code` and <b>R&amp;D</b>", "bold x, code and R&D");
    check("snake_case, 2 * 3 * 4, C:\\Users, x < y", "snake_case, 2 * 3 * 4, C:\\Users, x < y");
    check("On $\\alpha$ and $x_i$, for $5", "On α and x_i, for $5");
    check("# no heading", "# no heading");
    check("* no list", "* no list");
    check("It's \"here\" -- so...", "It’s “here” – so…");
    let switches = MarkdownSwitches { smart_punctuation: false, ..switches };
    assert_eq!(description("It's **so**...", &Settings { switches, ..settings }), "It's so...");
}
