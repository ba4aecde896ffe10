//! Commands of packages.

use super::{errors, mathml, set, set_in_a_small_stack};

#[test]
fn a_command_that_is_named_anew_keeps_its_old_meaning_under_its_old_name() {
    let swapped = r"\let\oldphi\phi \let\phi\varphi \let\varphi\oldphi ";
    assert_eq!(mathml(&format!("${swapped}\\phi\\varphi$")), mathml(r"$\varphi\phi$"));
    let renewed = r"\let\oldvec\vec\renewcommand{\vec}[1]{\oldvec{\mathbf{#1}}}\vec{a}";
    assert_eq!(mathml(&format!("${renewed}$")), mathml(r"$\vec{\mathbf{a}}$"));
}

#[test]
fn definitions_alone_show_nothing() {
    let mathematics = set("$\\newcommand{\\R}{r}$ $$\\def\\N{n} % naturals\n$$ $\\R\\N$");
    let shown: Vec<bool> = mathematics.formulas.iter().map(|formula| !formula.html.is_empty()).collect();
    assert_eq!((shown, mathematics.errors.len()), (vec![false, false, true], 0));
}

#[test]
fn an_operator_may_have_letters_of_another_alphabet() {
    let check = |tex: &str, same: &str| {
        assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")), "{tex}");
    };
    check(r"\operatorname{\mathbb{E}}_x y", r"\mathop{{\mathrm{\mathbb{E}}}}\nolimits_x y");
    check(r"\operatorname*{\mathbb{E}}_{x}^n", r"\mathop{\underset{x}{\overset{n}{\mathrm{\mathbb{E}}}}}");
    let display = mathml(r"$$\mathop{\mathrm{\mathbb{E}}}_{x \sim p}[R]$$");
    assert!(display.contains("<munder><") && display.contains('𝔼'), "{display}");
    assert!(!mathml(r"$\mathop{\mathrm{\mathbb{E}}}_{x \sim p}[R]$").contains("<munder>"));
    assert!(mathml(r"$\mathop{\mathbb{E}}\limits_x^n$").contains("<mover>"));
    let empty = mathml(r"$\operatorname{\mathsf{Hom}}(A)$");
    assert!(empty.contains("Hom") || empty.contains('𝖧'), "{empty}");
}

#[test]
fn commands_of_packages_are_set() {
    let check = |tex: &str, same: &str| {
        assert_eq!(mathml(&format!("$${tex}$$")), mathml(&format!("$${same}$$")), "{tex}");
        assert_eq!(errors(&format!("$${tex}$$")), "", "{tex}");
    };
    check(r"\abs*{x} + \norm[\big]{\vb{v}}", r"\left\lvert x\right\rvert + \left\lVert \mathbf{v}\right\rVert");
    check(r"\vb*{v}\grad f", r"\boldsymbol{v}\nabla f");
    check(r"\div a", r"\div a");
    check(r"\pdv{f}{x} \qty(a)", r"\frac{\partial f}{\partial x} \left(a\right)");
    check(r"\SI{3}{\metre\per\second}", r"{3\,\mathrm{m}\,\mathrm{s}^{-1}}");
    check(r"\ce{H2O}", r"{\mathrm{H}_{2}\mathrm{O}}");
    check(r"\Braket{a | b}", r"\left\langle a \middle| b\right\rangle");
    check(r"\buildrel \rm def \over = x", r"\stackrel{\rm def}{=} x");
    check(r"\root 3 \of x", r"\sqrt[3]{x}");
    check(r"\raise 3pt{x} \skew3\hat A", r"{x} \hat A");
    check(r"\unicode{x263a}", r"\text{☺}");
    check(r"\verb|a_{b}|", r"\texttt{a\_\{b\}}");
    check(r"\enclose{updiagonalstrike,box}{x}", r"\boxed{\cancel{x}}");
    check(r"\begin{CD}A @>f>> B\end{CD}", r"\begin{array}{ccc}A & \xrightarrow{\ f\ } & B\end{array}");
    check(r"\begin{subequations}\begin{aligned}a\end{aligned}\end{subequations}", r"\begin{aligned}a\end{aligned}");
    check(r"\newcommand{\abs}[1]{(#1)}\abs{x}", r"(x)");
    let html = |tex: &str| mathml(&format!("$${tex}$$"));
    assert!(html(r#"\class{a" onclick="b}{x}"#).contains(r#"<mrow class="a&quot; onclick=&quot;b">"#));
    assert!(html(r"\cssId{a}{x}").contains(r#"<mrow id="a">"#));
    assert!(html(r"\bbox[yellow, 5px]{x}").contains("padding:5px"), "{}", html(r"\bbox[yellow, 5px]{x}"));
    assert!(html(r"\enclose{circle onx}{x}").contains(r#"<menclose notation="circle">"#));
    assert_eq!(
        errors(r"$\textcircled{12x}$"),
        "12x: no sign is this in a circle (a number up to 20 or one letter can stand in a circle)"
    );
}

#[test]
fn the_worst_commands_of_packages_end_soon_in_a_small_stack() {
    let worst = [
        r"\abs{".repeat(90) + "x" + &"}".repeat(90),
        r"\ce{".repeat(45) + &"}".repeat(45),
        r"\ce{".to_owned() + &"^{".repeat(3000) + &"}".repeat(3001),
        r"\ce{".to_owned() + &"->[".repeat(3000) + &"]".repeat(3000) + "}",
        r"\mqty(".repeat(60) + &")".repeat(60),
        r"\enclose{circle}{".repeat(45) + &"}".repeat(45),
        r"\operatorname{\mathbb{".repeat(40) + &"}}".repeat(40),
        r"\mathop{\mathbb E}_x^".repeat(500),
        r"\buildrel ".repeat(1500) + r"\over =",
        r"\begin{CD}".repeat(50) + &r"\end{CD}".repeat(50),
        r"\begin{CD}".to_owned() + &"@>>>".repeat(4000) + r"\end{CD}",
        r"\begin{prooftree}".repeat(50) + &r"\end{prooftree}".repeat(50),
        r"\begin{prooftree}".to_owned() + &r"\AXC{a}".repeat(4000) + r"\end{prooftree}",
        r"\begin{prooftree}\AXC{a}".to_owned() + &r"\UIC{b}".repeat(4000) + r"\end{prooftree}",
        r"\let\a\b\let\b\a\a \let\sin\cos\let\cos\sin\sin".to_owned(),
        r"\def\a{\abs{\a}}\a".to_owned(),
        r"\DeclarePairedDelimiter{\p}{\p}{)}\p{x}".to_owned(),
        r"\newcommand{\x}{\y\y}\newcommand{\y}{\x\x}\x".to_owned(),
    ];
    assert_eq!(set_in_a_small_stack(&worst), Some(worst.len()));
    assert!(errors(r"$\def\a{\abs{\a}}\a$").contains("grows without end"));
}

#[test]
fn proofs_are_fractions() {
    let fraction = mathml(r"$$\begin{prooftree}\AxiomC{$A$}\UnaryInfC{$B$ too}\end{prooftree}$$");
    assert!(fraction.contains("<mfrac>") || fraction.contains("<mfrac "), "{fraction}");
    assert!(fraction.contains("<mi>A</mi>") && fraction.contains("too</mtext>"), "{fraction}");
    assert_eq!(
        errors(r"$$\begin{prooftree}\UnaryInfC{a}\end{prooftree}$$"),
        r"\begin{prooftree}: a rule of this proof lacks its text or a conclusion that it takes (`\BinaryInfC{…}` takes the two before it, each of `\AxiomC{…}` or a rule)"
    );
}

#[test]
fn arrows_with_space_are_struck() {
    assert!(mathml(r"$a \not\implies b \not \iff c$").contains("⟹\u{338}"));
}
