//! From Markdown to MathML.

#![allow(clippy::unwrap_used)]

mod arrays;
mod commands;
mod packages;
mod shape;

use pulldown_cmark::Options;

use super::{Escapes, Macros, Mathematics, mask, typeset};

fn set(body: &str) -> Mathematics {
    let masked = mask(body, Options::all() - Options::ENABLE_MATH, Escapes::None);
    typeset(&masked.formulas, &Macros::default())
}

/// The first formula of `body` without its annotation.
fn mathml(body: &str) -> String {
    let mathematics = set(body);
    assert_eq!(mathematics.errors, [], "{body}");
    let html = &mathematics.formulas[0].html;
    html.split_once("<annotation").unwrap().0.replace("<semantics>", "")
}

/// The labels of `body` and what is printed beside them.
fn labels(body: &str) -> String {
    let mathematics = set(body);
    assert_eq!(mathematics.errors, [], "{body}");
    let labels = mathematics.labels.all().iter();
    labels.map(|label| format!("{}={} ", label.name, label.number.as_deref().unwrap_or("none"))).collect()
}

/// The mistakes in `body`, each with what it is about.
fn errors(body: &str) -> String {
    let errors = set(body).errors;
    let lines = errors.iter().map(|error| {
        let help = error.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}: {}{help}", &body[error.span.clone()], error.message)
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_formula_keeps_its_tex() {
    let html = &set("so $a<b$.").formulas[0].html;
    let expected = "<math><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>\
                    <annotation encoding=\"application/x-tex\">a&lt;b</annotation></semantics></math>";
    assert_eq!(html, expected);
    assert!(mathml(r"$\mathrel{\big|}$").contains(r#"<mo stretchy="true""#));
    assert!(set("$$x$$").formulas[0].html.starts_with("<math display=\"block\">"));
}

#[test]
fn rows_with_cells_are_aligned_without_being_told() {
    assert_eq!(mathml(r"$$a&=b\\&=c$$"), mathml(r"$$\begin{align*}a&=b\\&=c\end{align*}$$"));
    assert_eq!(errors(r"$$a&=b$$"), "&: a `&` outside a matrix or an aligned equation");
    assert_eq!(errors(r"$a&=b\\c$"), "&: a `&` outside a matrix or an aligned equation");
    assert_eq!(errors(r"$$\text{a & b}\\c$$"), "");
}

#[test]
fn the_least_sign_of_a_root_is_centred() {
    assert!(
        mathml("$\\sqrt e$").starts_with("<math><msqrt><mspace height=\"0.7em\" depth=\"0.2em\"/><mi>e</mi></msqrt>")
    );
}

#[test]
fn equations_are_numbered_as_amsmath_does() {
    let check = |body: &str, expected: &str| assert_eq!(labels(body).trim_end(), expected, "{body}");
    check(r"\begin{equation}a\label{a}\end{equation} \begin{equation}b\label{b}\end{equation}", "a=1 b=2");
    check(r"\begin{align}a\label{a}\\b\\c\label{c}\end{align}", "a=1 c=3");
    check(r"\begin{align}a\label{a}\\b\notag\\c\label{c}\\\end{align}", "a=1 c=2");
    check(r"\begin{align}a\\b\\[2pt]\end{align}$$c\label{c}$$", "c=3");
    check(r"\begin{align*}a\\b\end{align*}$$c\label{c}$$", "c=1");
    check(r"\begin{gather}a\\b\nonumber\end{gather}\begin{multline}c\\d\label{d}\end{multline}", "d=2");
    check(r"\begin{multline*}c\\d\end{multline*}$$c\label{c}$$", "c=1");
    check(r"\begin{equation}\begin{split}a\\b\label{b}\end{split}\end{equation}", "b=1");
    check(r"\begin{eqnarray}a&=&b\label{a}\\&=&c\label{c}\end{eqnarray}", "a=1 c=2");
    check(r"$$a$$ \[b\] \[c\label{c}\]", "c=1");
    check(r"$$a\tag{A}\label{a}$$ $$b\label{b}$$", "a=A b=1");
    check(r"\begin{equation*}a\label{a}\end{equation*}", "a=none");
    check(r"\begin{alignat}{2}a&b\label{a}\end{alignat}", "a=1");
    check(r"$$a\label{a}\\b\label{b}$$", "a=none b=1");
    check("$$\na\n$$ {#eq-a}\n\n```{math}\n:label: b\nb\n```\n@eq-a {eq}`b`", "eq-a=1 b=2");
}

#[test]
fn a_number_stands_beside_its_equation_with_the_label_as_id() {
    let check = |body: &str, expected: &str| assert!(mathml(body).contains(expected), "{}", mathml(body));
    check(r"$$a\label{eqn:loss}$$", r#" id="eqn:loss"><mtext>(1)</mtext></mtd>"#);
    check(r"\begin{equation}a\end{equation}", r#" class="m-half m-right"><mtext>(1)</mtext></mtd>"#);
    check(r"$$a\tag*{★ <b>}$$", r"><mtext>★ &lt;b&gt;</mtext></mtd>");
    check(r"$$a\tag{$\dagger$}$$", r#"<mtext>(</mtext><mo lspace="0" rspace="0">†</mo><mtext>)</mtext>"#);
    check(r#"$$a\label{the "loss"}$$"#, r#" id="the-&quot;loss&quot;">"#);
    assert!(!mathml(r"\begin{align*}a\\b\end{align*}").contains("mtext"));
}

#[test]
fn text_between_rows_has_a_row() {
    let check = |body: &str, rows: usize, expected: &str| {
        let html = mathml(body);
        assert!(html.contains(expected) && html.matches("<mtr>").count() == rows, "{html}");
    };
    let between = |columns: usize| {
        format!("<mtr><mtd columnspan=\"{columns}\" class=\"m-between\"><mrow><mtext>and</mtext></mrow></mtd></mtr>")
    };
    check("\\begin{align}\na&=b\\\\\n\\intertext{and}\nc&=d\n\\end{align}", 3, &between(4));
    check(r"\begin{align*}\intertext{and}a&=b&c&=d\end{align*}", 2, &between(6));
    check(r"\begin{gather}a\\\shortintertext{and}b\end{gather}", 3, &between(3));
    check(r"$$\begin{aligned}a&=\begin{matrix}x&y&z\end{matrix}\\\intertext{and}c\end{aligned}$$", 4, &between(2));
    let breakable = "<mrow><mtext>so far, with\u{a0}</mtext><mi>x</mi><mtext>\u{a0}to be</mtext></mrow></mtd>";
    check(r"\begin{align}\intertext{so far, with $x$ to be}a\end{align}", 2, breakable);
    assert_eq!(labels(r"\begin{align}a\label{a}\\\intertext{and}b\label{b}\end{align}"), "a=1 b=2 ");
}

#[test]
fn a_label_may_stand_on_either_side_of_what_takes_the_number() {
    let check = |body: &str, expected: &str| assert_eq!(labels(body).trim_end(), expected, "{body}");
    check(r"\begin{align}a\nonumber\label{a}\\b\label{b}\end{align}", "a=none b=1");
    check(r"\begin{align}a\label{a}\notag\\b\label{b}\end{align}", "a=none b=1");
    check(r"\begin{align}a\notag\tag{A}\label{a}\\b\label{b}\end{align}", "a=A b=1");
    assert_eq!(
        errors(r"\ref{a} \begin{align}a\nonumber\label{a}\end{align}"),
        r"a: the equation `a` has no number (number it: without the star or `\notag`, or with a `\tag{…}`)"
    );
}

#[test]
fn references_are_links() {
    let body = r"\eqref{b} and \ref{a}, $\eqref{b}$: $$x\label{a}$$ $$y \text{ by \eqref{a}} \label{b}$$";
    let mathematics = set(body);
    assert_eq!(mathematics.errors, []);
    let html = |number: usize| mathematics.formulas[number].html.as_str();
    assert_eq!(html(0), r##"<a href="#b">(2)</a>"##);
    assert_eq!(html(1), r##"<a href="#a">1</a>"##);
    assert!(html(2).contains(r##"<mtext><a href="#b">(2)</a></mtext>"##), "{}", html(2));
    assert!(html(4).contains(r##"<mtext>by&nbsp;"##) || html(4).contains(r##"<a href="#a">(1)</a>"##), "{}", html(4));
    assert_eq!(mathematics.labels.all()[1].formula, 4);
    assert_eq!(&body[mathematics.labels.all()[1].span.clone()], "b");
}

#[test]
fn macros_hold_from_their_definition_on() {
    let check = |body: &str, expected: &str| {
        let (first, second) = (mathml(body), mathml(&format!("${expected}$")));
        assert_eq!(first, second);
    };
    check(r"$\newcommand{\R}{\mathbb{R}}\R^n$", r"\mathbb{R}^n");
    check(r"$\def\f#1{x_{#1}}\f2 + \f{ab}c$", "x_{2} + x_{ab}c");
    check(r"$\DeclareMathOperator*{\am}{arg\,min}\am_x$", r"\operatorname*{arg\,min}_x");
    let mathematics = set(r"$\newcommand{\R}{\mathbb{R}}$ then $\R$, not $\Rx$");
    assert!(mathematics.formulas[1].html.contains('ℝ'));
    assert_eq!(mathematics.errors.len(), 1);
}

#[test]
fn what_the_typesetter_lacks_is_made_of_what_it_has() {
    let check = |tex: &str, same: &str| {
        assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")), "{tex}");
        assert_eq!(errors(&format!("$${tex}$$")), "", "{tex}");
    };
    check(r"\alpha*\beta", r"\alpha *\beta");
    check(r"a \dotsb b", r"a\cdots b");
    check(r"a_1, \dots, a_n", r"a_1,\ldots,a_n");
    check(r"a_1 + \dots + a_n", r"a_1+\cdots+a_n");
    check(r"a\dots b", r"a\ldots b");
    check(r"a \intertext{b} c", r"a{\text{b}}c");
    check(r"\text{a $x$ b}", r"{\text{a }{x}\text{ b}}");
    check(r"\mbox{a \(x\)}", r"{\text{a }{x}}");
    check(r"\text{learning_rate}", r"\text{learning\_rate}");
    check(r"\textbf{a & b # $x_1$}", r"{\textbf{a \& b \# }{x_1}}");
    check(r"\text{50%} + \text{x^2}", r"\text{50\%} + \text{x\textasciicircum{}2}");
    check("\\text{50%} \\\\\n\\frac{\\text{a%}}{b}", "\\text{50\\%} \\\\\n\\frac{\\text{a\\%}}{b}");
    check(r"{\color{inherit} x} \textcolor{currentColor}{y}", r"{ x} {y}");
    check(r"\operatorname{a_b} x", r"{\operatorname{a}_{\mathrm{b}}} x");
    check(r"\operatorname*{max^{pool}}_i", r"{\operatorname*{max}^{\mathrm{pool}}}_i");
    check(r"\operatorname{a\_b}", r"\operatorname{a\_b}");
    check(r"\textcolor{red}{x}y", r"{\color{red} x}y");
    check(r"\textcolor{#f00}{x}", r"{\color[HTML]{ff0000} x}");
    check(r"\sum_{\substack{i\\j}}", r"\sum_{\begin{subarray}{c}i\\j\end{subarray}}");
    check(r"\left< a \right>", r"\left\langle a \right\rangle");
    check(r"\begin{matrix}a\\b\\\end{matrix}", r"\begin{matrix}a\\b\end{matrix}");
    check(r"\begin{array}{@{}l@{}}a\\[2pt]b\end{array}", r"\begin{array}{l}a\\b\end{array}");
    check(r"\mathop{\mathrm{arg\,max}}\limits_x", r"\operatorname*{arg\,max}_x");
    check(r"\operatorname{foo}\limits_x", r"\operatorname*{foo}_x");
    check(r"\cases{a & b \cr c & d}", r"\begin{cases}a & b \\ c & d\end{cases}");
    check("a % comment }\n b", "a b");
    check("a \\\nb", r"a \ b");
    let boxed = mathml(r"$\boxed{x^{2}{\color{red} y}}z$");
    assert!(
        boxed.contains(r#"<menclose notation="box"><msup>"#) && boxed.contains("</mrow></menclose><mi>z</mi>"),
        "{boxed}"
    );
}

#[test]
fn mistakes_are_told_in_plain_words() {
    let bracket = "write `[`; or, if formulas are escaped for Markdown here, `math: {escapes: markdown}` in the header";
    assert_eq!(errors(r"$A\[l]$"), format!(r"\[: no command is called `\[` ({bracket})"));
    let check = |body: &str, expected: &str| assert_eq!(errors(body), expected, "{body}");
    check(r"$\alhpa$", r"\alhpa: no command is called `\alhpa` (did you mean `\alpha`?)");
    check(r"$\frac{a}$", r": a command lacks its argument");
    check(
        r"$$\begin{algin}a\end{algin}$$",
        r"\begin{algin}: no environment is called `algin` (did you mean `\begin{align}`?)",
    );
    check(r"$$\begin{aligned}a\end{align}$$", r"\end{align}: `\begin{aligned}` is closed by `\end{align}`");
    check(
        r"$$\begin{aligned}a$$",
        r"\begin{aligned}: nothing closes `\begin{aligned}` (close it with `\end{aligned}`)",
    );
    check(r"$x^a^b$", "^: a second superscript or subscript (group with braces: `{a^b}^c`)");
    check(r"$\begin{matrix}{a & b}\end{matrix}$", "&: a `&` inside braces (close the braces before it)");
    let split = r"\\: a `\\` between `\left` and `\right` (write `\right.` before it and `\left.` after it)";
    check(r"$$\begin{aligned}\left( a \\ b \right)\end{aligned}$$", split);
    check(r"$a & b$", "&: a `&` outside a matrix or an aligned equation");
    check(r"$$\boxed{x$$", "{: nothing closes this `{`");
    check(
        r"$x\label{a}$",
        r"\label: `\label` in a formula inside a sentence, which has no number (put the formula between `$$` on lines of its own)",
    );
    check(r"$$x\label{a}$$ $$y\label{a}$$", "a: the label `a` is given twice");
    check(r"$$x\label{a}\label{b}$$", "b: this equation already has the label `a`");
    check(
        r"\ref{eqn:los} $$x\label{eqn:loss}$$",
        "eqn:los: no equation has the label `eqn:los` (did you mean `eqn:loss`?)",
    );
    check(r"$\def\a{\a\a}\a$", r"\a: the macro `\a` grows without end (does its definition use itself?)");
    let undefined = r"\foo: no command is called `\foo` (define it in a formula before, `\newcommand{\foo}{…}`, or for the site in `math: {macros: …}` of essai.yaml)";
    check("> $$\n> x + \n> \\foo\n> $$", undefined);
}

#[test]
fn a_broken_formula_is_shown_as_it_is_and_keeps_its_number() {
    let mathematics = set(r"\begin{equation}\foooooo\end{equation} $$<\label{b}$$");
    assert_eq!(
        mathematics.formulas[0].html,
        r#"<code class="math-error">\begin{equation}\foooooo\end{equation}</code>"#
    );
    assert_eq!(mathematics.labels.all()[0].number.as_deref(), Some("2"));
}

#[test]
fn the_worst_formulas_end_soon_in_a_small_stack() {
    let worst = [
        "{".repeat(20_000),
        "{".repeat(99) + &"}".repeat(99),
        r"\hat".repeat(99) + "x",
        r"\hat".repeat(5_000),
        r"\displaystyle".repeat(95),
        r"\frac{".repeat(95),
        r"\left(".repeat(99) + &r"\right)".repeat(99),
        r"\boxed{".repeat(95) + &"}".repeat(95),
        r"\text{$".repeat(30) + &"$}".repeat(30),
        r"\begin{matrix}".repeat(95) + &r"\end{matrix}".repeat(95),
        r"\def\a#1{\boxed{\boxed{#1}}}".to_owned() + &r"\a{".repeat(45) + &"}".repeat(45),
        r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\a\a}\a".to_owned(),
        r"\,".repeat(9_000),
        r"\not".repeat(95) + "=",
    ];
    assert_eq!(set_in_a_small_stack(&worst), Some(worst.len()));
}

/// How many of `formulas` are set, if they can be set at all.
fn set_in_a_small_stack(formulas: &[String]) -> Option<usize> {
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let formulas: Vec<String> = formulas.iter().map(|tex| format!("$$x{tex}$$")).collect();
    small.spawn(move || formulas.iter().map(|body| set(body).formulas.len()).sum()).ok()?.join().ok()
}

/// Parts of formulas, and of what stands around them, that are put together at random.
const PARTS: &[&str] = &[
    "$",
    "$$",
    r"\(",
    r"\)",
    r"\[",
    r"\]",
    "{",
    "}",
    "[",
    "]",
    "&",
    r"\\",
    "^",
    "_",
    "'",
    "#1",
    "%",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "`",
    "<a>",
    "|",
    " ",
    "x",
    "1",
    "é",
    "∑",
    "~",
    r"\frac",
    r"\sqrt",
    r"\left(",
    r"\right.",
    r"\text{",
    r"\mbox{a $",
    r"\begin{align}",
    r"\end{align}",
    r"\begin{array}{c|c}",
    r"\end{array}",
    r"\begin{cases}",
    r"\end{cases}",
    r"\hline",
    r"\label{a}",
    r"\tag{",
    r"\notag",
    r"\ref{a}",
    r"\eqref{b}",
    r"\boxed{",
    r"\color{red}",
    r"\textcolor{#f00}{",
    r"\newcommand{\a}[1]{",
    r"\def\b#1{",
    r"\a",
    r"\b",
    r"\not",
    r"\limits",
    r"\operatorname{",
    r"\mathop{",
    r"\sum",
    r"\substack{",
    r"\big",
    r"\middle|",
    r"\overset",
    r"\hspace{1em}",
    r"\kern1em",
    r"\mathbb",
    r"\rm",
    r"\xrightarrow[",
    r"\hat",
    r"\intertext{",
    r"\dots",
    r"\prescript",
    r"\sideset",
    r"\genfrac",
    r"\displaystyle",
    r"\cancel",
    r"\colorbox{red}",
    r"\over",
    r"\mathrel",
    r"\underbrace",
    r"\ce{",
    r"\SI{1e3}{",
    r"\unit{\kilo",
    r"\qty",
    r"\dv[",
    r"\mqty(",
    r"\enclose{circle}{",
    r"\bbox[",
    r"\class{a}",
    r"\verb|",
    r"\unicode{x",
    r"\root",
    r"\buildrel",
    r"\raise",
    r"\abs",
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 1000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_text_is_too_strange(parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..40)) {
        let text = parts.concat();
        for body in [text.clone(), format!("$${text}$$"), format!("\\begin{{equation}}{text}\\end{{equation}}")] {
            let mathematics = set(&body);
            for error in &mathematics.errors {
                assert!(body.get(error.span.clone()).is_some(), "{body}: {error:?}");
            }
        }
    }
}
