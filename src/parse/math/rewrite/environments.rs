//! The environments: what each becomes for the typesetter, and how its rows are numbered.

/// How the rows of an environment are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbered {
    /// Not at all: it is part of an equation.
    No,
    /// Each row.
    Rows,
    /// The environment as a whole.
    Whole,
    /// The last row.
    Last,
}

/// What follows `\begin{name}` before the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arguments {
    /// Nothing.
    None,
    /// `[t]`, which is dropped.
    Position,
    /// `{2}`, which is dropped.
    Count,
    /// `[r]`, the alignment of all columns.
    Alignment,
    /// `[t]` and `{c|c}`.
    Columns,
}

/// An environment.
#[derive(Debug)]
pub struct Environment {
    /// Its name, without star.
    pub name: &'static str,
    /// What it is opened with.
    pub begin: &'static str,
    /// What it is closed with.
    pub end: &'static str,
    /// How its rows are numbered, if it has no star.
    pub numbered: Numbered,
    /// What follows its name.
    pub arguments: Arguments,
}

/// The environment `name`, and whether its rows are numbered.
pub fn environment(name: &str) -> Option<(&'static Environment, bool)> {
    let plain = name.strip_suffix('*').unwrap_or(name);
    let is_starred = plain.len() < name.len();
    let index = ENVIRONMENTS.binary_search_by_key(&plain, |environment| environment.name).ok()?;
    let environment = &ENVIRONMENTS[index];
    let is_numbered = environment.numbered != Numbered::No;
    (!is_starred || is_numbered || environment.arguments == Arguments::Alignment)
        .then_some((environment, is_numbered && !is_starred))
}

const fn new(
    name: &'static str,
    begin: &'static str,
    end: &'static str,
    numbered: Numbered,
    arguments: Arguments,
) -> Environment {
    Environment { name, begin, end, numbered, arguments }
}

/// By name.
const ENVIRONMENTS: &[Environment] = {
    use Arguments::{Alignment, Columns, Count, None, Position};
    use Numbered::{Last, No, Rows, Whole};
    &[
        new("Bmatrix", r"\begin{Bmatrix}", r"\end{Bmatrix}", No, Alignment),
        new("Vmatrix", r"\begin{Vmatrix}", r"\end{Vmatrix}", No, Alignment),
        new("align", r"\begin{align*}", r"\end{align*}", Rows, None),
        new("alignat", r"\begin{align*}", r"\end{align*}", Rows, Count),
        new("aligned", r"\begin{aligned}", r"\end{aligned}", No, Position),
        new("alignedat", r"\begin{aligned}", r"\end{aligned}", No, Count),
        new("array", r"\begin{array}", r"\end{array}", No, Columns),
        new("bmatrix", r"\begin{bmatrix}", r"\end{bmatrix}", No, Alignment),
        new("bsmallmatrix", r"\left[\begin{subarray}{cccccccccc}", r"\end{subarray}\right]", No, None),
        new("cases", r"\begin{cases}", r"\end{cases}", No, None),
        new("darray", r"\begin{darray}", r"\end{darray}", No, Columns),
        new("dcases", r"\begin{dcases}", r"\end{dcases}", No, None),
        new("displaymath", " ", " ", No, None),
        new("drcases", r"\begin{drcases}", r"\end{drcases}", No, None),
        new("eqnarray", r"\begin{align*}", r"\end{align*}", Rows, None),
        new("equation", r"\begin{equation*}", r"\end{equation*}", Whole, None),
        new("flalign", r"\begin{align*}", r"\end{align*}", Rows, None),
        new("gather", r"\begin{gather*}", r"\end{gather*}", Rows, None),
        new("gathered", r"\begin{gathered}", r"\end{gathered}", No, Position),
        new("math", " ", " ", No, None),
        new("matrix", r"\begin{matrix}", r"\end{matrix}", No, Alignment),
        new("multline", r"\begin{multline}", r"\end{multline}", Last, None),
        new("multlined", r"\begin{gathered}", r"\end{gathered}", No, Position),
        new("pmatrix", r"\begin{pmatrix}", r"\end{pmatrix}", No, Alignment),
        new("psmallmatrix", r"\left(\begin{subarray}{cccccccccc}", r"\end{subarray}\right)", No, None),
        new("rcases", r"\begin{rcases}", r"\end{rcases}", No, None),
        new("smallmatrix", r"\begin{subarray}{cccccccccc}", r"\end{subarray}", No, None),
        new("split", r"\begin{aligned}", r"\end{aligned}", No, Position),
        new("subarray", r"\begin{subarray}", r"\end{subarray}", No, Columns),
        new("subequations", " ", " ", No, None),
        new("vmatrix", r"\begin{vmatrix}", r"\end{vmatrix}", No, Alignment),
        new("xalignat", r"\begin{align*}", r"\end{align*}", Rows, Count),
    ]
};

/// The delimiters around a matrix with aligned columns, such as `pmatrix*`.
pub fn delimiters(name: &str) -> (&'static str, &'static str) {
    match name {
        "pmatrix" => (r"\left(", r"\right)"),
        "bmatrix" => (r"\left[", r"\right]"),
        "Bmatrix" => (r"\left\{", r"\right\}"),
        "vmatrix" => (r"\left|", r"\right|"),
        "Vmatrix" => (r"\left\|", r"\right\|"),
        _ => ("{", "}"),
    }
}

/// The columns that `specification` asks for, in the letters `l`, `c`, `r`, `|` and `:`: what stands between columns
/// is left out, a paragraph is a column of text. At most 100.
pub fn columns(specification: &str) -> String {
    let mut columns = String::new();
    let mut at = 0;
    while let Some(next) = specification[at..].chars().next() {
        let start = at;
        at += next.len_utf8();
        let group = |at: &mut usize| {
            let argument = super::reader::argument(specification, *at);
            *at = argument.as_ref().map_or(specification.len(), |argument| argument.end);
            argument.map_or("", |argument| &specification[argument.inner])
        };
        match next {
            'l' | 'c' | 'r' | '|' | ':' => columns.push_str(&specification[start..at]),
            'p' | 'm' | 'b' => {
                group(&mut at);
                columns.push('l');
            }
            '@' | '!' | '>' | '<' => {
                group(&mut at);
            }
            '*' => {
                let times = group(&mut at).trim().parse().unwrap_or(0).min(100);
                let repeated: String = group(&mut at).chars().filter(|next| "lcr|:".contains(*next)).collect();
                columns.extend(std::iter::repeat_n(repeated.as_str(), times));
            }
            _ => {}
        }
    }
    columns.truncate(100);
    columns
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{ENVIRONMENTS, Numbered, columns, environment};

    #[test]
    fn environments_are_found_by_name() {
        assert!(ENVIRONMENTS.is_sorted_by_key(|environment| environment.name));
        let check = |name: &str, expected: Option<bool>| {
            assert_eq!(environment(name).map(|(_, is_numbered)| is_numbered), expected, "{name}");
        };
        check("align", Some(true));
        check("align*", Some(false));
        check("aligned", Some(false));
        check("aligned*", None);
        check("pmatrix*", Some(false));
        check("theorem", None);
        assert_eq!(environment("multline").unwrap().0.numbered, Numbered::Last);
    }

    #[test]
    fn columns_are_simplified() {
        let check = |specification: &str, expected: &str| assert_eq!(columns(specification), expected);
        check("c|c", "c|c");
        check("@{}l p{3cm} >{x}r@{}", "llr");
        check("*{3}{c|}l", "c|c|c|l");
        check("*{999999999}{c}", &"c".repeat(100));
    }
}
