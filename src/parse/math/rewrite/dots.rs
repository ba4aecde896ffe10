//! `\dots`, which stand low between commas and in the middle between operators.

use super::reader::{name_end, skip_space};

/// The dots that amsmath sets for `\dots` before `rest`.
pub(super) fn dots(rest: &str) -> &'static str {
    let rest = &rest[skip_space(rest, 0)..];
    let is_among_operators = match rest.strip_prefix('\\') {
        None => rest.starts_with(['+', '-', '=', '<', '>', '*', ':', '∗', '−', '×', '·', '≤', '≥', '∫', '∑', '∏']),
        Some(_) => OPERATORS.binary_search(&&rest[1..name_end(rest, 1)]).is_ok(),
    };
    if is_among_operators { r"\cdots" } else { r"\ldots" }
}

/// Operators, relations, sums and integrals, by name.
#[rustfmt::skip]
const OPERATORS: &[&str] = &[
    "Leftarrow", "Leftrightarrow", "Longleftarrow", "Longleftrightarrow", "Longrightarrow", "Rightarrow", "amalg",
    "approx", "ast", "bigcap", "bigcup", "bigoplus", "bigotimes", "bigvee", "bigwedge", "bullet", "cap", "cdot", "circ",
    "cong", "coprod", "cup", "div", "doteq", "equiv", "ge", "geq", "geqslant", "gets", "gg", "gt", "iff", "iiint", "iint",
    "impliedby", "implies", "in", "int", "land", "le", "leftarrow", "leftrightarrow", "leq", "leqslant", "ll",
    "longleftarrow", "longmapsto", "longrightarrow", "lor", "lt", "mapsto", "mid", "models", "mp", "ne", "neq", "ni",
    "notin", "odot", "oint", "ominus", "oplus", "oslash", "otimes", "parallel", "perp", "pm", "prec", "preceq", "prod",
    "propto", "rightarrow", "setminus", "sim", "simeq", "sqcap", "sqcup", "star", "subset", "subseteq", "succ", "succeq",
    "sum", "supset", "supseteq", "times", "to", "uplus", "vdash", "vee", "wedge",
];

#[cfg(test)]
mod tests {
    use super::{OPERATORS, dots};

    #[test]
    fn dots_are_as_what_follows() {
        assert!(OPERATORS.is_sorted());
        let check = |rest: &str, expected: &str| assert_eq!(dots(rest), expected, "{rest}");
        check(", x", r"\ldots");
        check("", r"\ldots");
        check(r"\,x", r"\ldots");
        check(r"\infty", r"\ldots");
        check(" + x", r"\cdots");
        check("\n % all\n = x", r"\cdots");
        check(r"\cdot x", r"\cdots");
        check(r"\to x", r"\cdots");
        check(r"\int f", r"\cdots");
    }
}
