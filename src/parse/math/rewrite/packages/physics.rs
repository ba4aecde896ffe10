//! The commands of the package `physics` that have arguments of several forms.

use super::super::reader::{Argument, argument, optional, skip_space};
use super::units;

/// What `\name` stands for, with the arguments that follow it in `text` at `at`, and the byte after them; `None` if one is lacking.
pub(super) fn expand(name: &str, text: &str, at: usize) -> Option<(String, usize)> {
    match name {
        "dv" | "derivative" => derivative(r"\mathrm{d}", text, at),
        "pdv" | "partialderivative" => derivative(r"\partial ", text, at),
        "fdv" | "functionalderivative" => derivative(r"\delta ", text, at),
        "Braket" => braket(text, at),
        "dd" | "differential" => Some(differential(text, at)),
        "ev" | "expval" | "expectationvalue" => expectation(text, at),
        "mqty" | "matrixquantity" => matrix(None, text, at),
        "pmqty" => matrix(Some("pmatrix"), text, at),
        "bmqty" => matrix(Some("bmatrix"), text, at),
        "vmqty" => matrix(Some("vmatrix"), text, at),
        "smqty" => matrix(Some("smallmatrix"), text, at),
        _ => quantity(name, text, at),
    }
}

/// The byte after a star at `at`, and whether there is one.
fn star(text: &str, at: usize) -> (usize, bool) {
    let is_starred = text[at..].starts_with('*');
    (at + usize::from(is_starred), is_starred)
}

/// The group that stands at `at`, if one does.
fn group(text: &str, at: usize) -> Option<Argument> {
    text[skip_space(text, at)..].starts_with('{').then(|| argument(text, at)).flatten()
}

/// `\dv[n]{f}{x}`, `\dv{x}`, `\pdv{f}{x}{y}`; in one line with a star.
fn derivative(sign: &str, text: &str, at: usize) -> Option<(String, usize)> {
    let (at, is_flat) = star(text, at);
    let power = optional(text, at);
    let first = argument(text, power.as_ref().map_or(at, |power| power.end))?;
    let (of, by) = match group(text, first.end) {
        Some(second) => (&text[first.inner], second),
        None => ("", first),
    };
    let mixed = group(text, by.end).filter(|_| power.is_none() && sign != r"\mathrm{d}");
    let end = mixed.as_ref().map_or(by.end, |mixed| mixed.end);
    let power = match (&power, &mixed) {
        (Some(power), _) => format!("^{{{}}}", &text[power.inner.clone()]),
        (None, Some(_)) => "^{2}".to_owned(),
        (None, None) => String::new(),
    };
    let over = format!("{sign}{power}{of}");
    let by = &text[by.inner];
    let under = match mixed {
        Some(mixed) => format!("{sign}{by}{sign}{}", &text[mixed.inner]),
        None => format!("{sign}{by}{power}"),
    };
    Some((if is_flat { format!("{over}/{under}") } else { format!("\\frac{{{over}}}{{{under}}}") }, end))
}

/// `\dd{x}`, `\dd[3]{x}`, `\dd x`.
fn differential(text: &str, at: usize) -> (String, usize) {
    let power = optional(text, at);
    let at = power.as_ref().map_or(at, |power| power.end);
    let power = power.map_or(String::new(), |power| format!("^{{{}}}", &text[power.inner]));
    match group(text, at) {
        Some(of) => (format!("\\mathrm{{d}}{power}{{{}}}", &text[of.inner]), of.end),
        None => (format!("\\mathrm{{d}}{power}"), at),
    }
}

/// `\Braket{a | b}` of the package `braket`: its bars are as high as what stands beside them.
fn braket(text: &str, at: usize) -> Option<(String, usize)> {
    let given = argument(text, at)?;
    let content = text[given.inner].replace(r"\VERT", "|").replace(r"\vert", "|").replace('|', r"\middle| ");
    Some((format!(r"\left\langle {content}\right\rangle"), given.end))
}

/// `\ev{A}`, `\ev{A}{\psi}`.
fn expectation(text: &str, at: usize) -> Option<(String, usize)> {
    let (at, _) = star(text, at);
    let of = argument(text, at)?;
    let content = &text[of.inner];
    Some(match group(text, of.end) {
        Some(state) => {
            let (state, end) = (&text[state.inner], state.end);
            (format!(r"\left\langle {state}\middle\vert {content}\middle\vert {state}\right\rangle"), end)
        }
        None => (format!(r"\left\langle {content}\right\rangle"), of.end),
    })
}

/// What stands between brackets of some kind at `at`: the bracket that opens them, and their content.
fn bracketed(text: &str, at: usize) -> Option<(char, Argument)> {
    let start = skip_space(text, at);
    let open = text[start..].chars().next()?;
    let close = match open {
        '{' => return Some((open, argument(text, start)?)),
        '(' => b')',
        '[' => b']',
        '|' => b'|',
        _ => return None,
    };
    let bytes = text.as_bytes();
    let (mut groups, mut brackets, mut at) = (0usize, 0usize, start + 1);
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' => at += 1,
            b'{' => groups += 1,
            b'}' => groups = groups.checked_sub(1)?,
            byte if byte == close && groups == 0 && brackets == 0 => {
                return Some((open, Argument { inner: start + 1..at, end: at + 1 }));
            }
            byte if byte == close && groups == 0 => brackets -= 1,
            byte if char::from(byte) == open && groups == 0 => brackets += 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// `\mqty{…}`, `\mqty(…)` and so on.
fn matrix(environment: Option<&str>, text: &str, at: usize) -> Option<(String, usize)> {
    let (at, _) = star(text, at);
    let (open, rows) = bracketed(text, at)?;
    let environment = environment.unwrap_or(match open {
        '(' => "pmatrix",
        '[' => "bmatrix",
        '|' => "vmatrix",
        _ => "matrix",
    });
    Some((format!("\\begin{{{environment}}}{}\\end{{{environment}}}", &text[rows.inner]), rows.end))
}

/// `\qty(…)` of physics, or `\qty{3}{\metre}` of siunitx.
fn quantity(name: &str, text: &str, at: usize) -> Option<(String, usize)> {
    let options = optional(text, at).filter(|options| group(text, options.end).is_some());
    let from = options.as_ref().map_or(at, |options| options.end);
    if let Some(number) = group(text, from)
        && group(text, number.end).is_some()
        && units::is_number(&text[number.inner])
    {
        return units::expand(name, text, at);
    }
    let (open, content) = bracketed(text, at)?;
    let (open, close) = match open {
        '{' => (r"\{", r"\}"),
        '(' => ("(", ")"),
        '[' => ("[", "]"),
        _ => (r"\vert ", r"\vert "),
    };
    Some((format!("\\left{open}{}\\right{close}", &text[content.inner]), content.end))
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn arguments_have_several_forms() {
        let check = |name: &str, text: &str, expected: &str| {
            assert_eq!(expand(name, text, 0).map(|(tex, _)| tex).as_deref(), Some(expected), "\\{name}{text}");
        };
        check("dv", "{x}", r"\frac{\mathrm{d}}{\mathrm{d}x}");
        check("dv", "{f}{x}", r"\frac{\mathrm{d}f}{\mathrm{d}x}");
        check("dv", "[2]{f}{x}", r"\frac{\mathrm{d}^{2}f}{\mathrm{d}x^{2}}");
        check("dv", "*{f}{x}", r"\mathrm{d}f/\mathrm{d}x");
        check("pdv", "{f}{x}{y}", r"\frac{\partial ^{2}f}{\partial x\partial y}");
        check("dd", "[3]{x}", r"\mathrm{d}^{3}{x}");
        check("dd", " x", r"\mathrm{d}");
        check("ev", "{A}", r"\left\langle A\right\rangle");
        check("ev", r"{A}{\psi}", r"\left\langle \psi\middle\vert A\middle\vert \psi\right\rangle");
        check("mqty", r"(a & b \\ c & d)", r"\begin{pmatrix}a & b \\ c & d\end{pmatrix}");
        check("qty", "(f(x))", r"\left(f(x)\right)");
        check("qty", "{x}", r"\left\{x\right\}");
        check("qty", r"{3}{\metre}", r"{3\,\mathrm{m}}");
        assert_eq!(expand("qty", "(x", 0), None);
        assert_eq!(expand("dv", "", 0), None);
    }
}
