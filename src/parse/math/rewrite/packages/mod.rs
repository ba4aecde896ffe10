//! Commands that packages of LaTeX and extensions of MathJax have: those of HTML, `physics`, `siunitx` and `mhchem`. An author's
//! own definition of the same name goes first.

mod chemistry;
mod marked;
mod physics;
mod plain;
mod units;

use std::ops::Range;

use super::macros::fill;
use super::reader::{argument, optional};
use super::{MathError, Origin, Rewriter, problem};
use plain::PLAIN;

/// How a command of a package is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Package {
    /// By this TeX, with so many arguments put in for `#1` and so on. A star and a size in brackets are passed over.
    Macro(usize, &'static str),
    /// By what [`physics`] makes of it.
    Physics,
    /// By what [`units`] makes of it.
    Units,
    /// By what [`chemistry`] makes of it.
    Chemistry,
    /// By an element of ours, or signs: see [`marked`].
    Marked,
}

use Package::{Chemistry, Macro, Marked, Physics, Units};

/// By name; none is known to the typesetter.
#[rustfmt::skip]
const PACKAGES: &[(&str, Package)] = &[
    ("Bqty", Macro(1, r"\left\{#1\right\}")),
    ("Braket", Physics),
    ("SI", Units),
    ("SIlist", Units),
    ("SIrange", Units),
    ("Tr", Macro(0, r"\operatorname{Tr}")),
    ("abs", Macro(1, r"\left\lvert#1\right\rvert")),
    ("absolutevalue", Macro(1, r"\left\lvert#1\right\rvert")),
    ("acomm", Macro(2, r"\left\{#1,#2\right\}")),
    ("ang", Units),
    ("anticommutator", Macro(2, r"\left\{#1,#2\right\}")),
    ("bbox", Marked),
    ("bmqty", Physics),
    ("bqty", Macro(1, r"\left[#1\right]")),
    ("buildrel", Marked),
    ("ce", Chemistry),
    ("char", Marked),
    ("class", Marked),
    ("comm", Macro(2, r"\left[#1,#2\right]")),
    ("commutator", Macro(2, r"\left[#1,#2\right]")),
    ("cross", Macro(0, r"\times ")),
    ("cssId", Marked),
    ("curl", Macro(0, r"\nabla\times ")),
    ("dd", Physics),
    ("derivative", Physics),
    ("differential", Physics),
    ("dv", Physics),
    ("dyad", Macro(2, r"\left\lvert#1\right\rangle\left\langle#2\right\rvert")),
    ("enclose", Marked),
    ("euro", Macro(0, r"\text{€}")),
    ("ev", Physics),
    ("eval", Macro(1, r"\left.#1\right\rvert")),
    ("evaluated", Macro(1, r"\left.#1\right\rvert")),
    ("expectationvalue", Physics),
    ("expval", Physics),
    ("fdv", Physics),
    ("flatfrac", Macro(2, r"\left.#1\middle/#2\right.")),
    ("functionalderivative", Physics),
    ("grad", Macro(0, r"\nabla ")),
    ("gradient", Macro(0, r"\nabla ")),
    ("htmlClass", Marked),
    ("htmlData", Marked),
    ("htmlId", Marked),
    ("htmlStyle", Marked),
    ("innerproduct", Macro(2, r"\left\langle#1\middle\vert#2\right\rangle")),
    ("ketbra", Macro(2, r"\left\lvert#1\right\rangle\left\langle#2\right\rvert")),
    ("laplacian", Macro(0, r"\nabla^2 ")),
    ("lower", Marked),
    ("matrixel", Macro(3, r"\left\langle#1\middle\vert#2\middle\vert#3\right\rangle")),
    ("matrixelement", Macro(3, r"\left\langle#1\middle\vert#2\middle\vert#3\right\rangle")),
    ("matrixquantity", Physics),
    ("mel", Macro(3, r"\left\langle#1\middle\vert#2\middle\vert#3\right\rangle")),
    ("mmlToken", Marked),
    ("mqty", Physics),
    ("norm", Macro(1, r"\left\lVert#1\right\rVert")),
    ("num", Units),
    ("numlist", Units),
    ("numrange", Units),
    ("order", Macro(1, r"\mathcal{O}\left(#1\right)")),
    ("outerproduct", Macro(2, r"\left\lvert#1\right\rangle\left\langle#2\right\rvert")),
    ("partialderivative", Physics),
    ("pdv", Physics),
    ("pmqty", Physics),
    ("pqty", Macro(1, r"\left(#1\right)")),
    ("pu", Chemistry),
    ("qand", Macro(0, r"\quad\text{and}\quad ")),
    ("qc", Macro(0, r",\quad ")),
    ("qfor", Macro(0, r"\quad\text{for}\quad ")),
    ("qif", Macro(0, r"\quad\text{if}\quad ")),
    ("qor", Macro(0, r"\quad\text{or}\quad ")),
    ("qq", Macro(1, r"\quad\text{#1}\quad ")),
    ("qthen", Macro(0, r"\quad\text{then}\quad ")),
    ("qty", Physics),
    ("qtylist", Units),
    ("qtyrange", Units),
    ("quantity", Physics),
    ("qwhere", Macro(0, r"\quad\text{where}\quad ")),
    ("raise", Marked),
    ("rank", Macro(0, r"\operatorname{rank}")),
    ("root", Marked),
    ("scr", Macro(0, r"\mathscr ")),
    ("si", Units),
    ("skew", Macro(1, "")),
    ("smqty", Physics),
    ("style", Marked),
    ("textcircled", Marked),
    ("unicode", Marked),
    ("unit", Units),
    ("va", Macro(1, r"\vec{\mathbf{#1}}")),
    ("va*", Macro(1, r"\vec{\boldsymbol{#1}}")),
    ("vb", Macro(1, r"\mathbf{#1}")),
    ("vb*", Macro(1, r"\boldsymbol{#1}")),
    ("vdot", Macro(0, r"\cdot ")),
    ("vectorarrow", Macro(1, r"\vec{\mathbf{#1}}")),
    ("vectorbold", Macro(1, r"\mathbf{#1}")),
    ("vectorunit", Macro(1, r"\hat{\mathbf{#1}}")),
    ("verb", Marked),
    ("vmqty", Physics),
    ("vqty", Macro(1, r"\left\lvert#1\right\rvert")),
    ("vu", Macro(1, r"\hat{\mathbf{#1}}")),
    ("vu*", Macro(1, r"\hat{\boldsymbol{#1}}")),
    ("vv", Macro(1, r"\overrightarrow{#1}")),
    ("§", Macro(0, "§")),
];

fn package(name: &str) -> Option<Package> {
    if let Ok(index) = PACKAGES.binary_search_by_key(&name, |(known, _)| known) {
        return Some(PACKAGES[index].1);
    }
    let index = PLAIN.binary_search_by_key(&name, |(known, ..)| known).ok()?;
    let (_, arguments, tex) = PLAIN[index];
    Some(Macro(arguments, tex))
}

/// The names of these commands.
pub fn names() -> impl Iterator<Item = &'static str> {
    let plain = PLAIN.iter().map(|(name, ..)| *name);
    PACKAGES.iter().map(|(name, _)| *name).filter(|name| !name.ends_with('*')).chain(plain)
}

impl Rewriter<'_> {
    /// Replaces the command at `command` if it is one of a package: the byte after what was read.
    ///
    /// # Errors
    /// If it lacks an argument, or what stands for it cannot be read.
    pub(super) fn packaged(
        &mut self,
        text: &str,
        command: Range<usize>,
        origin: &Origin,
    ) -> Result<Option<usize>, MathError> {
        let name = &text[command.start + 1..command.end];
        let Some(package) = package(name) else { return Ok(None) };
        let expanded = match package {
            Macro(arguments, body) => expand(name, (arguments, body), text, command.end),
            Physics => physics::expand(name, text, command.end),
            Units => units::expand(name, text, command.end),
            Chemistry => argument(text, command.end).map(|given| {
                let content = &text[given.inner];
                let tex = if name == "ce" { chemistry::formula(content) } else { chemistry::quantity(content) };
                (tex, given.end)
            }),
            Marked => return self.marked(name, text, &command, origin).map(Some),
        };
        let span = origin.span(command.clone());
        match expanded {
            Some((expanded, end)) => self.call(name, &expanded, end, span).map(Some),
            None => Err(problem::missing_argument(span, name)),
        }
    }
}

/// What the macro `name` stands for, with the arguments that follow at `at`, and the byte after them.
fn expand(name: &str, (arguments, body): (usize, &str), text: &str, at: usize) -> Option<(String, usize)> {
    let (mut at, mut body) = (at, body);
    if arguments > 0 && text[at..].starts_with('*') {
        at += 1;
        if let Some(Macro(_, starred)) = package(&format!("{name}*")) {
            body = starred;
        }
    }
    if let Some(size) = optional(text, at).filter(|_| arguments > 0)
        && text[size.inner].trim_start_matches('\\').to_ascii_lowercase().starts_with("big")
    {
        at = size.end;
    }
    let mut given = Vec::with_capacity(arguments);
    for _ in 0..arguments {
        let next = argument(text, at)?;
        at = next.end;
        given.push(&text[next.inner]);
    }
    Some((fill(body, &given), at))
}

#[cfg(test)]
mod tests {
    use super::{PACKAGES, PLAIN, names, package};
    use crate::parse::math::rewrite::commands::rule;

    #[test]
    fn packages_are_found_by_name_and_have_no_rule() {
        assert!(PACKAGES.is_sorted_by_key(|(name, _)| name));
        assert!(PLAIN.is_sorted_by_key(|(name, ..)| name));
        let wrong: Vec<_> = names().filter(|name| rule(name).is_some() || package(name).is_none()).collect();
        assert_eq!(wrong, [""; 0]);
        assert!(PLAIN.iter().all(|(name, ..)| PACKAGES.binary_search_by_key(name, |(known, _)| known).is_err()));
        assert_eq!(package("alpha"), None);
    }
}
