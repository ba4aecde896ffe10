//! Which formulas a text has.

#![allow(clippy::unwrap_used)]

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::super::{Escapes, Kind};
use super::{Masked, Piece, mask};

fn hide(body: &str) -> Masked<'_> {
    mask(body, Options::all() - Options::ENABLE_MATH, Escapes::None)
}

/// The TeX of the formulas, between bars.
fn found(body: &str) -> String {
    let masked = hide(body);
    assert_eq!(masked.text.len(), body.len());
    masked.formulas.iter().map(|formula| formula.tex.text.as_ref()).collect::<Vec<_>>().join(" | ")
}

fn check(body: &str, expected: &str) {
    assert_eq!(found(body), expected, "{body}");
}

#[test]
fn dollars_follow_the_rule_of_pandoc() {
    check("let $x$ be", "x");
    check("$x$, ($y$) and $z$-axis", "x | y | z");
    check("it costs $5 and $6", "");
    check("from $5 to 6$ or 7$", "5 to 6");
    check("$20,000 and USD$30", "");
    check(r"\$x$ and $y\$z$", r"y\$z");
    check("$ x$ $x $ $$ $$", "");
    check("a $b\nc$ d", "b\nc");
    check("a $b\n\nc$ d", "");
    check("- costs $5\n- and 6$ more", "");
    check(r"$\text{a $x$ b}$", r"\text{a $x$ b}");
    check(r"$\colorbox{red}{$x$} \texttt{$y$}$ $z$", r"\colorbox{red}{$x$} \texttt{$y$} | z");
    check("$a`b`$", "");
    check("é$é$é", "é");
}

#[test]
fn a_command_makes_a_formula_of_what_dollars_hold_with_spaces() {
    check(r"$ \alpha$, $|\psi \rangle $ and $ \langle x \rangle $.", r" \alpha | |\psi \rangle  |  \langle x \rangle ");
    check(r"$ \alpha$ costs US$ 5 and US$ 6", r" \alpha");
    check(r"costs $ 5, \emph{not} $y$", "y");
    check(r"US$ 5 for \emph{it}, or $ 6", "");
}

#[test]
fn a_formula_with_a_command_may_go_on_with_a_sign() {
    check("so $\\rho = a\n  + b\n  - c$ then", "\\rho = a\n  + b\n  - c");
    check("- so $\\rho = a\n  + b$ then", "\\rho = a\n  + b");
    check("- costs $\\rho\n- and 6$ more", "");
    check("costs $5\n+ and 6$ more", "");
}

#[test]
fn braces_that_do_not_match_are_no_mathematics() {
    check("in $hooks{htmlize}{$type} it", "");
    check("{{$time.Month}} {{$x}}", "");
    check(r"but $\frac{a}{b$ is", r"\frac{a}{b");
}

#[test]
fn code_outside_backticks_is_no_mathematics() {
    check(r"ignoreFiles = ['\.foo$', '\.boo$']", "");
    check(r"so $date =~ s/\s\S+$//; and $x$", "x");
    check(r"my $stub = $x =~ m<([^/]+)\/$>", "");
    check(r#"= "$dir/comment_${i}_$md5""#, "");
    check(r"but $a~=~b$, $a =~ |b|$, $'$ and $f'$ are", "a~=~b | a =~ |b| | ' | f'");
    check(r"$x_$ is a mistake", "x_");
}

#[test]
fn displayed_formulas_may_look_like_markdown() {
    check("$$\na\n+ b\n- c\n= d\n$$", "\na\n+ b\n- c\n= d\n");
    check("text\n$$x$$\ntext", "x");
    check("$$a\n\nb$$", "");
    check("$$\na\n\n$$\n\n$b$", "\na\n\n | b");
    check("> $$\n> a\n> \n> $$", "\n a\n \n ");
    check("\\[\na^2\n\n\\]\nb", "\na^2\n\n");
    check("$$\na\n\n$$\nb\n$$", "\nb\n");
    check("$$\na\n\nb\n\n$$\n", "");
    check(r"\[a_1 * b\] and \(x\)", r"a_1 * b | x");
    check("\\begin{align*}\na &= b \\\\\n\n# c\n\\end{align*}", "\\begin{align*}\na &= b \\\\\n\n# c\n\\end{align*}");
    check("# On $x_1$ and $y_2$", "x_1 | y_2");
    check(r"| \f$f_1 * g\f$ | $h$ |", "f_1 * g | h");
    check("so\n\\f[\n  f_1 = 1\n\\f]\nand `\\f$a\\f$`", "\n  f_1 = 1\n");
    check(r"a \f$x_1$ and \f[ b", "x_1");
    check("| $a|b$ | $c$ |\n|--|--|\n| $$d|e$$ | f |", "a|b | c | d|e");
    check("[^1]\n\n[^1]: by $x$\n    and $y$", "x | y");
    check("- a\n  $$\n  x\n  $$\n  b", "\n  x\n  ");
}

#[test]
fn quotations_lose_their_marks() {
    check("> $$\n> x\n> > y\n> $$", "\n x\n > y\n ");
    check("> > a $b\n> > c$", "b\n c");
    check("> ```math\n> x\n> ```", " x\n");
    let body = "> $$\n> x + \\y\n> $$";
    let masked = hide(body);
    let tex = &masked.formulas[0].tex;
    let at = tex.text.find("\\y").unwrap();
    assert_eq!(&body[tex.source(at..at + 2)], "\\y");
}

#[test]
fn code_and_html_are_not_mathematics() {
    check("`$x$` and ``a`$x$`` $y$", "y");
    check("```sh\necho $HOME $PATH\n```\n$y$", "y");
    check("~~~\n$x$\n~~~", "");
    check("a\n\n    $x$\n\n$y$", "y");
    check("- a\n\n  $x$", "x");
    check("<pre>\n$x$\n</pre>\n\n$y$", "y");
    check("<a title=\"$x$\">$y$</a> <!-- $z$ -->", "y");
    check("[$a$](b$c$.html \"$d$\") ![$e$](f$g$.png)", "a | e");
    check("[a]: b$c$d\n\n$x$ [a]", "x");
    check("<https://a.b/$c$>", "");
    check("costs $5 `a$`", "");
    check("a `` b $x$", "x");
    check("<script>\nlet a = `$x$`;\n</script>\n\n$y$", "y");
    check("x <y and $a>b$", "a>b");
}

#[test]
fn escaped_brackets_are_no_formulas() {
    check(r"\[1\], \[sic\], \[link\](url), \[x\]: y", "");
    check(r"\[[1](https://a.org/x#L1)|[2](#b_2)\] and \(see [the_c](../c_d.md)\)", "");
    check(r"\(see above\), \(ab\), \(a b\)", "ab | a b");
    check(r"\[x^2\]", "x^2");
    check("\\[\nx\n\\]", "\nx\n");
    check("- \\[ \\] task", "");
    check(r"\[[`a_1`](b)] and \[c\] and \[d_1\]", "d_1");
    check("\\[find the vectors (`h`), `k=1`,\nthen go on\\].", "");
    check(r"\[a \text{`b` and `c`}\]", r"a \text{`b` and `c`}");
    check(r"#\[a\_name\] and the rest", "");
    check("\\[\na \\\\[2pt]\n\\]", "\na \\\\[2pt]\n");
}

#[test]
fn delimiters_that_are_escaped_for_markdown_are_delimiters() {
    check(r"so \\(x\\), (\\(a\_1 \\{b\\}\\)) and \\[y^2 \\\\ z\\]", r"x | a_1 \{b\} | y^2 \\ z");
    check("\\\\[\nx\n\\\\]\n\n$a\\!$ \\(b\\!\\)", "\nx\n | a\\! | b\\!");
    check(r"C:\\(x\\), f\\(x\\), \\[y\\], \\(see above\\), `\\(x\\)`, \\(x", "");
    check("a \\\\(x\n\ny\\\\)", "");
    assert_eq!(hide("\\\\[\nx\n\nb").unclosed, []);
}

#[test]
fn dollars_in_a_sentence_of_kramdown_are_no_display() {
    check("{{< katex >}}\n{{< /katex >}}\n\n$x$", " | x");
    let kinds = |body: &str| hide(body).formulas.iter().map(|formula| formula.kind).collect::<Vec<_>>();
    assert_eq!(
        kinds("so $$x$$ is\n\n$$y$$\n\n- $$z$$\n- a $$z$$"),
        [Kind::Inline, Kind::Display, Kind::Display, Kind::Inline]
    );
    assert_eq!(kinds("| $$x$$ | a |\n|-|-|\n\n# $$y$$ b"), [Kind::Inline, Kind::Inline]);
    // Where others mark what stands in a sentence, two dollars are a display.
    assert_eq!(kinds("so $$x$$ is $y$"), [Kind::Display, Kind::Inline]);
    assert_eq!(kinds("so $$x$$ is \\(y\\)"), [Kind::Display, Kind::Inline]);
    assert_eq!(kinds("so $$x\n=y$$ is, $$x \\tag{1}$$, $$x \\\\ y$$, \\[x^2\\]\n$$z$$\n"), [Kind::Display; 5]);
}

#[test]
fn formulas_in_html_are_found() {
    check("<p>a $x$ and \\(y\\)</p>\n\n<center>$$z\n- w$$</center>", "x | y | z\n- w");
    check("> <div>\n> $x$\n> </div>\n", "x");
    check("<div>$a &lt; b &amp;c$</div>", "a < b &c");
    check("<td>US$</td><td>NZ$</td>\n\n<p>costs $5, $6</p>\n\n<p>{{$a}}{{$b}} ${a}-${b}</p>", "");
    check("<div title=\"$x$\">\n<pre>$y$</pre><code>$z$</code><!-- $w$ -->\n</div>\n\n<?php $a,$b ?>\n", "");
    check("<div markdown>\n$x$ `$y$`\n\n    $z$\n</div>", "x");
    check("1. a\n\n    <div markdown>\n    $x$\n    </div>\n", "x");
    check("<div markdown>\n    $y$\n\t`$z$`\n</div>\n<div markdown=1>\n\n</div>", "y");
    let body = "<p>$a &lt; \\b$</p>";
    let masked = hide(body);
    let tex = &masked.formulas[0].tex;
    let at = tex.text.find("\\b").unwrap();
    assert_eq!(&body[tex.source(at..at + 2)], "\\b");
}

#[test]
fn references_in_the_text_are_found() {
    check(r"see \eqref{a:b} and \ref{c}, `\ref{d}`, \reference{e}, \ref{", "a:b | c");
    assert_eq!(hide(r"\eqref{a}").formulas[0].kind, Kind::EquationReference);
}

#[test]
fn labels_of_myst_and_quarto_are_found() {
    check("{math}`x^2`, {math}``a`b``, {eq}`l`, {code}`y`", "x^2 | a`b | l");
    check("```{math}\n:label: a\n:nowrap:\nx\n```\n", r"x\label{a}");
    check("> ```{math}\n> :label: a\n> x\n> ```\n", r" x\label{a}");
    check("$$\nx\n$$ {#eq-a}\n\n@eq-a, [-@eq-b] a@eq-c `@eq-d`", "\nx\\label{eq-a} | eq-a | eq-b");
    check("$$x$$ (eq:a)\n\n$$y$$ (b)\n\n$$z$$ (1) @eq-a", r"x\label{eq:a} | y | z");
    let body = "$$\nx\n$$ {#eq-a}";
    let tex = &hide(body).formulas[0].tex;
    let at = tex.text.find("eq-a").unwrap();
    assert_eq!(&body[tex.source(at..at + 4)], "eq-a");
}

#[test]
fn fences_of_mathematics_are_found_and_left() {
    let body = "a\n\n```math\nx\n```\n\n$y$";
    let masked = hide(body);
    check(body, "x\n | y");
    assert!(masked.text.starts_with("a\n\n```math\nx\n```\n\n\u{E000}"));
    assert_eq!(masked.formula_at(3), Some(0));
    check("````\n```math\nx\n```\n````", "");
}

#[test]
fn what_nothing_closes_is_told() {
    let unclosed = |body: &str| {
        let errors = hide(body).unclosed;
        errors.iter().map(|error| error.message.clone()).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(unclosed("\\begin{align}\na\n\n$x$"), r"nothing closes `\begin{align}`");
    assert_eq!(unclosed("$$\nx\n\ny"), "nothing closes `$$`");
    assert_eq!(unclosed("\\[\nx\n"), r"nothing closes `\[`");
    assert_eq!(unclosed("`$$` the process's id is $$, \\[ ] `\\begin{align}`"), "");
    assert_eq!(unclosed("\\[ x = 1\n"), r"nothing closes `\[`");
    for escaped in [r"- \[[`a_1`](b_2)] c", r"> \[!NOTE]", r"- \[ ] c", r"\[0, `a_1`] b", "\\[see below,\nor not] b"] {
        assert_eq!(unclosed(escaped), "", "{escaped}");
    }
    assert_eq!(unclosed("\\[[!meta a=\"b\"\nc=\"d\"]]\n"), "");
    assert_eq!(unclosed("    \\begin{align}\n"), "");
}

#[test]
fn escapes_of_markdown_are_undone() {
    let body = r"\\(a\\!b\_1\\) \\[x\\] $\\{c\\}$";
    let masked = mask(body, Options::empty(), Escapes::Markdown);
    let tex: Vec<_> = masked.formulas.iter().map(|formula| formula.tex.text.as_ref()).collect();
    assert_eq!(tex, [r"a\!b_1", "x", r"\{c\}"]);
}

#[test]
fn markdown_sees_a_formula_as_a_word() {
    let seen = |body: &str| {
        let masked = hide(body);
        let events = Parser::new_ext(&masked.text, Options::all() - Options::ENABLE_MATH).map(|event| match event {
            Event::Start(Tag::Strong) => "<strong>".to_owned(),
            Event::Start(Tag::Emphasis) => "<em>".to_owned(),
            Event::Start(Tag::TableCell) => "<td>".to_owned(),
            Event::Start(Tag::Item) => "<li>".to_owned(),
            Event::Text(text) => text.replace('x', "").replace('\u{E000}', "M"),
            _ => String::new(),
        });
        events.collect::<String>()
    };
    assert_eq!(seen("**$a$** _$b$_ $c_1$ and $d_2$"), "<strong>M <em>M M and M");
    assert_eq!(seen("$$\n- abcd\n+ e\n$$"), "MMMMM");
    assert_eq!(seen("| $|$ |\n|--|\n| $|$ |"), "<td>M<td>M");
}

#[test]
fn text_is_cut_into_pieces() {
    let masked = hide("so $a$ is $b$.");
    let (kept, loose) = ([Piece::Kept], [Piece::Loose]);
    let expected = [&[Piece::Text("so "), Piece::Formula(0), Piece::Text(" is ")], &kept[..]];
    let expected = [expected.concat(), vec![Piece::Formula(1), Piece::Text(".")], loose.to_vec()].concat();
    assert_eq!(masked.pieces(0..masked.text.len()), expected);
    assert_eq!(masked.pieces(3..6), [Piece::Formula(0)]);
}

#[test]
fn a_formula_stands_with_what_touches_it() {
    let check = |body: &str, expected: &str| {
        let masked = hide(body);
        let written = masked.pieces(0..masked.text.len()).into_iter().map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Formula(number) => number.to_string(),
            Piece::Kept => "<".to_owned(),
            Piece::Loose => ">".to_owned(),
        });
        assert_eq!(written.collect::<String>(), expected, "{body}");
    };
    check("so ($a$), or ‘$b$’ by $c$", "so <(0),> or <‘1’> by 2");
    check("the $n$-th, $k$-nearest", "the <0-th,> <1->nearest");
    check("$a$.\n$b$, $c$/$d$", "<0.>\n<1,> <2/>3");
    check("令$x$为数", "令0为数");
    check("in $$x$$.\n$y$", "in 0.\n1");
}

#[test]
fn a_text_without_formulas_is_not_touched() {
    let check = |body| assert!(matches!(hide(body).text, std::borrow::Cow::Borrowed(_)), "{body}");
    check("no mathematics, no \\*escapes\\*");
    check("costs $5");
}

#[test]
fn hostile_texts_end_soon() {
    let count = |body: String| hide(&body).formulas.len();
    for part in [r"\(", r"\[", "$$ ", "`", "``` `", "<a ", "<!--", r"\begin{align}", "$`", "](", "> $$\n", "$\\text{"] {
        assert!(count(part.repeat(20_000)) < 20_001);
    }
}

#[test]
fn words_and_variables_between_dollars_stay_words() {
    check("我们用$SHELL变量来表示，然后用$SHELL变量。", "");
    check("和$PATH或$HOME也是", "");
    check("公式$a+b$和$x为正数$是", "a+b | x为正数");
    check(r"$准确率 = \frac{a}{b}，$", r"准确率 = \frac{a}{b}，");
    check("in /a/$NAME/ (b),\nand /c/$NAME/.", "");
    check("|[$NAME](https://e.org)|\n|[$OTHER_NAME c](https://e.org)|", "");
    check("$AB$ and $CD$", "AB | CD");
    check(r"2$\times$3 at $20,000 or $30", r"\times");
    check("in ${HOME}/$USER, $HOME/$USER and ${AB}${C}", "");
    check("A$AP and Ke$ha", "");
    check(r"见文档部分\(最新版\)，\(..\) 用于 \(x\) 与 \(\alpha\)", r"x | \alpha");
    check("the $n$th, $AB$ and $x$s of $x + y$s", "n | AB | x | x + y");
}

#[test]
fn a_price_ends_before_the_formula_behind_it() {
    check("costs $5, then <b>$x$</b> and ($6 \"$y$\")", "x | y");
    check("$7 per *$k$*, **$8** for **$n$ (a)** or $9 (\u{201c}$m$\u{201d})", "k | n | m");
    check("$2^*$a $0 < x < a$, $1 < a>$x, $3 (a$, $4!$", "2^* | 0 < x < a | 1 < a> | 3 (a | 4!");
}

#[test]
fn dollars_may_hold_backticks_as_on_github() {
    check("so $`a_1`$, `$`, $``b`c``$ and $`x` y$", "a_1 | b`c");
}

#[test]
fn the_braces_of_a_reference_are_no_role() {
    check(r"by `$`\ref{eq}`$` and {eq}`x`", "eq | x");
}

#[test]
fn tags_around_formulas_belong_to_them() {
    check("{{< math >}}$x_1${{< /math >}} and {{<katex>}}x_2{{</katex>}}", "x_1 | x_2");
    check("{% katex %}x_3{% endkatex %} {% raw %}$x_4${% endraw %} {% raw %}{{ a }}{% endraw %}", "x_3 | x_4");
    check("{{< math >}}\n$$\nx\n$$\n{{< /math >}}", "\nx\n");
    check("{{% math %}}\\(a\\){{% /math %}} {{< tex `b_1` >}}", "a | b_1");
    check("{{< math >}}$a$ and $b${{< /math >}}", "a | b");
    check("{{< math >}} a {{< note >}} b {{< /math >}} {{< math >}} c", "");
    let kinds = |body: &str| hide(body).formulas.iter().map(|formula| formula.kind).collect::<Vec<_>>();
    assert_eq!(kinds("{{< katex display >}}\na\n{{< /katex >}}"), [Kind::Display]);
    assert_eq!(kinds("{{< katex >}}a{{< /katex >}}"), [Kind::Inline]);
}

#[test]
fn scripts_of_mathjax_are_formulas() {
    check("so <script type=\"math/tex\">a < b</script> is", "a < b");
    check("<script type=\"math/tex; mode=display\">% <![CDATA[\na & b %]]></script>", "a & b");
    check("<script>$a$</script> <script type=\"math/tex\">a", "");
}

#[test]
fn definitions_alone_are_taken_as_pandoc_does() {
    check(
        "\\newcommand{\\R}{r}\n\\def\\N{n} % naturals\n\nso $\\R$",
        "\\newcommand{\\R}{r}\n\\def\\N{n} % naturals | \\R",
    );
    check("\\newcommand{\\R}{r}\n\nis unused", "");
    check("\\newcommand{\\R}{r} defines $\\R$", "\\R");
    check("say\n\\newcommand{\\R}{r}\n\nso $\\R$", "\\R");
    check("\\newcommand{\\R\n\nso $\\R$", "\\R");
}

#[test]
fn other_environments_stand_alone_too() {
    check("so\n\\begin{aligned}a &= b\\end{aligned}", r"\begin{aligned}a &= b\end{aligned}");
    check(r"\begin{itemize}a\end{itemize}", "");
}

#[test]
fn of_many_delimiters_without_an_end_some_are_told_of() {
    assert_eq!(hide(&"\\begin{align} ".repeat(400)).unclosed.len(), 50);
    assert_eq!(hide(&"\\begin{align} ".repeat(4)).unclosed.len(), 4);
    let many =
        ["{{< math >}} ", "$`a ", "<script type=\"math/tex\">a\n", "\\newcommand{\\a}{b}\n", "\\newcommand{\\a}{"];
    assert!(many.iter().all(|part| hide(&part.repeat(3000)).formulas.is_empty()));
}
