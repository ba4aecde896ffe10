//! The commands that the typesetter does not know, or not as LaTeX has them, and what becomes of each.

use super::macros::Definition;

/// What becomes of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// It is replaced by this.
    Replace(&'static str),
    /// Its argument is put between these.
    Around(&'static str, &'static str),
    /// It is dropped with so many arguments.
    Drop(usize),
    /// It is dropped with its first argument; the second stays.
    Second,
    /// Its argument is text, set by the command of this name, and may hold formulas between dollars.
    Text(&'static str),
    /// Its argument is rows, which are put between these.
    Rows(&'static str, &'static str),
    /// Its argument is the rows of the environment of this name, as plain TeX has it.
    Plain(&'static str),
    /// `\\begin`.
    Begin,
    /// `\\end`.
    End,
    /// The end of a row.
    Newline,
    /// `\\label`.
    Label,
    /// `\\tag`.
    Tag,
    /// `\\eqno`, as plain TeX has it: what follows is the tag.
    EquationNumber,
    /// `\\notag`.
    NoTag,
    /// `\\ref` and `\\eqref`.
    Reference {
        /// Whether the number stands in parentheses.
        in_parentheses: bool,
    },
    /// A command that may be followed by `\\limits`.
    Operator,
    /// `\\limits`.
    Limits,
    /// A command that is followed by a delimiter, which may be `<` or `>`.
    Delimiter,
    /// A length without braces follows; with braces it is the argument of this command.
    Kern(&'static str),
    /// `\\color`.
    Colour,
    /// `\\textcolor`.
    TextColour,
    /// `\\colorbox`.
    ColourBox,
    /// `\\fcolorbox`.
    FrameBox,
    /// `\\boxed`.
    Boxed,
    /// `\\fbox`.
    FramedText,
    /// `\\above`.
    Above,
    /// `\\cancelto`.
    CancelTo,
    /// `\\mathchoice`.
    MathChoice,
    /// A rule of an array, of which there may be two.
    Ruled,
    /// `\\not`, which may be moved on what follows by `\\!`.
    Not,
    /// A command that holds to the end of the group or cell.
    Switch,
    /// A command between two parts of the group or cell.
    Infix,
    /// `\\dots`.
    Dots,
    /// `\\intertext`.
    TextBetween,
    /// A definition of a macro.
    Define(Definition),
}

/// What becomes of the command `name`; `None` if the typesetter knows it, or no one does.
pub fn rule(name: &str) -> Option<Rule> {
    let index = RULES.binary_search_by_key(&name, |(known, _)| known).ok()?;
    Some(RULES[index].1)
}

use Rule::*;

/// By name.
#[rustfmt::skip]
const RULES: &[(&str, Rule)] = &[
    ("AA", Replace("Å")),
    ("Big", Delimiter),
    ("Bigg", Delimiter),
    ("Biggl", Delimiter),
    ("Biggm", Delimiter),
    ("Biggr", Delimiter),
    ("Bigl", Delimiter),
    ("Bigm", Delimiter),
    ("Bigr", Delimiter),
    ("DeclareMathOperator", Define(Definition::Operator)),
    ("DeclarePairedDelimiter", Define(Definition::Delimiters)),
    ("DeclareRobustCommand", Define(Definition::Command)),
    ("Huge", Replace("")),
    ("KaTeX", Replace(r"\text{KaTeX}")),
    ("LARGE", Replace("")),
    ("LaTeX", Replace(r"\text{LaTeX}")),
    ("Large", Replace("")),
    ("Perp", Replace(r"\perp")),
    ("Set", Around(r"\left\{\,", r"\,\right\}")),
    ("TeX", Replace(r"\text{TeX}")),
    (r"\", Newline),
    ("aa", Replace("å")),
    ("above", Above),
    ("addtocounter", Drop(1)),
    ("adots", Replace(r"⋰")),
    ("allowbreak", Replace("")),
    ("atop", Infix),
    ("begin", Begin),
    ("begingroup", Replace("")),
    ("bf", Switch),
    ("big", Delimiter),
    ("bigg", Delimiter),
    ("biggl", Delimiter),
    ("biggm", Delimiter),
    ("biggr", Delimiter),
    ("bigl", Delimiter),
    ("bigm", Delimiter),
    ("bigr", Delimiter),
    ("boldmath", Replace("")),
    ("boxed", Boxed),
    ("brace", Infix),
    ("brack", Infix),
    ("break", Replace("")),
    ("cal", Switch),
    ("cancelto", CancelTo),
    ("cases", Plain("cases")),
    ("centerdot", Replace(r"\cdot")),
    ("centering", Replace("")),
    ("choose", Infix),
    ("clap", Replace("")),
    ("color", Colour),
    ("colorbox", ColourBox),
    ("cr", Newline),
    ("def", Define(Definition::Def)),
    ("displaybreak", Replace("")),
    ("displaylines", Rows(r"\begin{gathered}", r"\end{gathered}")),
    ("displaystyle", Switch),
    ("dots", Dots),
    ("dotsb", Replace(r"\cdots")),
    ("dotsc", Replace(r"\ldots")),
    ("dotsi", Replace(r"\cdots")),
    ("dotsint", Replace(r"\cdots")),
    ("dotsm", Replace(r"\cdots")),
    ("dotso", Replace(r"\ldots")),
    ("edef", Define(Definition::Def)),
    ("emph", Text("emph")),
    ("end", End),
    ("endgroup", Replace("")),
    ("enskip", Replace(r"\enspace")),
    ("ensuremath", Replace("")),
    ("eqalign", Rows(r"\begin{aligned}", r"\end{aligned}")),
    ("eqno", EquationNumber),
    ("eqref", Reference { in_parentheses: true }),
    ("fbox", FramedText),
    ("fcolorbox", FrameBox),
    ("footnotesize", Replace("")),
    ("foreignlanguage", Second),
    ("framebox", FramedText),
    ("gdef", Define(Definition::Def)),
    ("global", Replace("")),
    ("hbox", Text("text")),
    ("hdashline", Ruled),
    ("hdots", Replace(r"\ldots")),
    ("hfil", Replace("")),
    ("hfill", Replace("")),
    ("hline", Ruled),
    ("hskip", Kern(r"\hspace")),
    ("hspace", Kern(r"\hspace")),
    ("huge", Replace("")),
    ("iddots", Replace(r"⋰")),
    ("intertext", TextBetween),
    ("intop", Replace(r"\int\limits")),
    ("it", Switch),
    ("kern", Kern(r"\hspace")),
    ("label", Label),
    ("large", Replace("")),
    ("left", Delimiter),
    ("lefteqn", Replace("")),
    ("leqno", EquationNumber),
    ("let", Define(Definition::Let)),
    ("limits", Limits),
    ("llap", Replace("")),
    ("long", Replace("")),
    ("lparen", Replace(r"(")),
    ("lvec", Replace(r"\overleftarrow")),
    ("mathbbm", Replace(r"\mathbb")),
    ("mathbfit", Replace(r"\boldsymbol")),
    ("mathbfup", Replace(r"\mathbf")),
    ("mathchoice", MathChoice),
    ("mathclap", Replace("")),
    ("mathds", Replace(r"\mathbb")),
    ("mathellipsis", Replace(r"\ldots")),
    ("mathllap", Replace("")),
    ("mathnormal", Replace("")),
    ("mathop", Operator),
    ("mathrlap", Replace("")),
    ("mathsfit", Replace(r"\mathsf")),
    ("mathsurround", Replace("")),
    ("mathup", Replace(r"\mathrm")),
    ("matrix", Plain("matrix")),
    ("mbox", Text("text")),
    ("middle", Delimiter),
    ("mkern", Kern(r"\mspace")),
    ("mleft", Replace(r"\left")),
    ("mright", Replace(r"\right")),
    ("mskip", Kern(r"\mspace")),
    ("newcommand", Define(Definition::Command)),
    ("newline", Newline),
    ("nobreak", Replace("")),
    ("nobreakspace", Replace(r"~")),
    ("noindent", Replace("")),
    ("nolinebreak", Replace("")),
    ("nonumber", NoTag),
    ("normalsize", Replace("")),
    ("not", Not),
    ("notag", NoTag),
    ("nshortmid", Replace(r"\nmid")),
    ("nshortparallel", Replace(r"\nparallel")),
    ("null", Replace("")),
    ("operatorname", Operator),
    ("operatornamewithlimits", Operator),
    ("over", Infix),
    ("overarc", Replace(r"\overparen")),
    ("overlinesegment", Replace(r"\overline")),
    ("pagebreak", Replace("")),
    ("pmatrix", Plain("pmatrix")),
    ("pmb", Replace(r"\boldsymbol")),
    ("pod", Around(r"\quad(", ")")),
    ("protect", Replace("")),
    ("providecommand", Define(Definition::Command)),
    ("raisebox", Second),
    ("ref", Reference { in_parentheses: false }),
    ("relax", Replace("")),
    ("renewcommand", Define(Definition::Command)),
    ("require", Drop(1)),
    ("right", Delimiter),
    ("rlap", Replace("")),
    ("rm", Switch),
    ("rparen", Replace(r")")),
    ("rule", Drop(2)),
    ("scriptscriptstyle", Switch),
    ("scriptsize", Replace("")),
    ("scriptstyle", Switch),
    ("sdot", Replace(r"\cdot")),
    ("set", Around(r"\{\,", r"\,\}")),
    ("sf", Switch),
    ("shortintertext", TextBetween),
    ("shortmid", Replace(r"\mid")),
    ("shortparallel", Replace(r"\parallel")),
    ("sixptsize", Replace("")),
    ("slash", Replace(r"/")),
    ("small", Replace("")),
    ("smallfrown", Replace(r"\frown")),
    ("smallint", Replace(r"\int")),
    ("smallsetminus", Replace(r"\setminus")),
    ("smallsmile", Replace(r"\smile")),
    ("smash", Replace("")),
    ("sout", Around(r"\text{\sout{", "}}")),
    ("strut", Replace("")),
    ("substack", Rows(r"\begin{subarray}{c}", r"\end{subarray}")),
    ("tag", Tag),
    ("text", Text("text")),
    ("textbf", Text("textbf")),
    ("textcolor", TextColour),
    ("textit", Text("textit")),
    ("textmd", Text("text")),
    ("textnormal", Text("text")),
    ("textrm", Text("textrm")),
    ("textsc", Text("textsc")),
    ("textsf", Text("textsf")),
    ("textsl", Text("textit")),
    ("textstyle", Switch),
    ("texttt", Text("texttt")),
    ("textup", Text("text")),
    ("thickapprox", Replace(r"\approx")),
    ("thicksim", Replace(r"\sim")),
    ("tiny", Replace("")),
    ("tt", Switch),
    ("underarc", Replace(r"\underparen")),
    ("underbar", Text("underbar")),
    ("underlinesegment", Replace(r"\underline")),
    ("upshape", Replace("")),
    ("usepackage", Drop(1)),
    ("vDdash", Replace(r"\Vdash")),
    ("varinjlim", Replace(r"\mathop{\underrightarrow{\lim}}")),
    ("varliminf", Replace(r"\mathop{\underline{\lim}}")),
    ("varlimsup", Replace(r"\mathop{\overline{\lim}}")),
    ("varprojlim", Replace(r"\mathop{\underleftarrow{\lim}}")),
    ("varpropto", Replace(r"\propto")),
    ("vcenter", Replace("")),
    ("vspace", Drop(1)),
    ("wideparen", Replace(r"\overparen")),
    ("xdef", Define(Definition::Def)),
];

#[cfg(test)]
mod tests {
    use super::{RULES, Rule, rule};

    #[test]
    fn rules_are_found_by_name() {
        assert!(RULES.is_sorted_by_key(|(name, _)| name));
        assert_eq!(rule("lparen"), Some(Rule::Replace("(")));
        assert_eq!(rule("alpha"), None);
    }
}
