//! The numbers and units of the package `siunitx`.

use super::super::reader::{argument, name_end, optional};

/// What `\name` stands for, with the arguments that follow it in `text` at `at`, and the byte after them; `None` if one is lacking.
pub(super) fn expand(name: &str, text: &str, at: usize) -> Option<(String, usize)> {
    let mut at = optional(text, at).map_or(at, |options| options.end);
    let count = match name {
        "num" | "numlist" | "si" | "unit" | "ang" => 1,
        "SIrange" | "qtyrange" => 3,
        _ => 2,
    };
    let mut given = Vec::with_capacity(count);
    for _ in 0..count {
        at = optional(text, at).filter(|_| !given.is_empty()).map_or(at, |before| before.end);
        let next = argument(text, at)?;
        at = next.end;
        given.push(text[next.inner].trim());
    }
    let tex = match (name, &given[..]) {
        ("si" | "unit", [of]) => unit(of),
        ("ang", [of]) => angle(of),
        ("numlist", [of]) => numbers(of),
        ("num", [of]) => number(of),
        ("numrange", [from, to]) => format!("{}\\text{{–}}{}", number(from), number(to)),
        ("SIrange" | "qtyrange", [from, to, of]) => format!("{}\\text{{–}}{}", number(from), with_unit(number(to), of)),
        ("SIlist" | "qtylist", [of, unit]) => with_unit(numbers(of), unit),
        (_, [of, unit]) => with_unit(number(of), unit),
        _ => return None,
    };
    Some((format!("{{{tex}}}"), at))
}

/// Whether `text` is a number as siunitx reads it.
pub(super) fn is_number(text: &str) -> bool {
    let rest = text.trim().trim_start_matches(['+', '-', '<', '>', '~']);
    rest.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && rest.bytes().all(|byte| byte.is_ascii_digit() || b".,+-eEdDx()/ ".contains(&byte))
}

fn with_unit(number: String, of: &str) -> String {
    let of = unit(of);
    let touches = of.starts_with("{°}") || of.starts_with("{′}") || of.starts_with("{″}");
    match (number.is_empty(), touches) {
        (true, _) => of,
        (false, true) => number + &of,
        (false, false) => format!("{number}\\,{of}"),
    }
}

fn numbers(list: &str) -> String {
    list.split(';').map(|one| number(one.trim())).collect::<Vec<_>>().join(r",\,")
}

/// `30`, `30;10;5`: degrees, minutes and seconds.
fn angle(of: &str) -> String {
    let signs = ["°", "′", "″"];
    let parts = of.split(';').map(str::trim).zip(signs).filter(|(part, _)| !part.is_empty());
    parts.map(|(part, sign)| format!("{}{{{sign}}}", number(part))).collect()
}

/// A number as siunitx reads it: `1.2e-3`, `3 +- 0.1`, `2 x 3`. What is none stays as it is.
pub(super) fn number(written: &str) -> String {
    let mut tex = String::with_capacity(written.len() + 16);
    let mut rest = written.trim();
    let exponent_at = |at: usize| {
        let after = written_exponent(&rest[at + 1..]);
        (after > 0).then_some(at)
    };
    let exponent = rest
        .char_indices()
        .filter(|(_, sign)| matches!(sign, 'e' | 'E' | 'd' | 'D'))
        .find_map(|(at, _)| exponent_at(at));
    let mut power = None;
    if let Some(at) = exponent.filter(|at| !rest[..*at].contains('\\')) {
        power = Some(rest[at + 1..].trim().trim_start_matches('+'));
        rest = rest[..at].trim();
    }
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|next: char| !next.is_ascii_digit()).unwrap_or(rest.len());
        let (put, length) = match first {
            '0'..='9' => {
                let is_fraction = tex.ends_with('.');
                (grouped(&rest[..digits], is_fraction), digits)
            }
            '+' if rest.starts_with("+-") => (r"\pm ".to_owned(), 2),
            'x' => (r"\times ".to_owned(), 1),
            // A decimal comma, of which TeX would make a list.
            ',' => (".".to_owned(), 1),
            other => (other.to_string(), other.len_utf8()),
        };
        tex.push_str(&put);
        rest = &rest[length..];
    }
    match power {
        Some(power) if tex.is_empty() || tex == "-" || tex == "+" => format!("{tex}10^{{{power}}}"),
        Some(power) => format!("{tex}\\times 10^{{{power}}}"),
        None => tex,
    }
}

/// The length of the exponent that `rest` is, if it is nothing else.
fn written_exponent(rest: &str) -> usize {
    let digits = rest.trim().trim_start_matches(['+', '-']);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) { rest.len() } else { 0 }
}

/// Digits in groups of three, if there are five at least; of a fraction from its beginning.
fn grouped(digits: &str, is_fraction: bool) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let first = if is_fraction { 3 } else { (digits.len() - 1) % 3 + 1 };
    let (head, tail) = digits.split_at(first);
    let groups = tail.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group));
    groups.fold(head.to_owned(), |grouped, group| format!("{grouped}{{\\,}}{group}"))
}

/// A unit: `\kilo\gram\per\metre\squared`, or `kg/m^2` as it stands.
fn unit(of: &str) -> String {
    if !of.contains('\\') {
        let of = of.replace(['.', '~'], r"\,").replace('%', r"\%").replace('µ', "μ");
        return if of.is_empty() { of } else { format!("\\mathrm{{{of}}}") };
    }
    let mut units: Vec<String> = Vec::new();
    let (mut prefix, mut power, mut is_inverse) = (String::new(), String::new(), false);
    let mut at = 0;
    while at < of.len() {
        if !of[at..].starts_with('\\') {
            let end = of[at..].find('\\').map_or(of.len(), |length| at + length);
            let literal = of[at..end].trim().trim_matches(['.', '~']);
            if !literal.is_empty() {
                units.push(format!("\\mathrm{{{literal}}}"));
            }
            at = end;
            continue;
        }
        let end = name_end(of, at + 1);
        let name = &of[at + 1..end];
        at = end;
        match name {
            "per" => is_inverse = true,
            "square" => "2".clone_into(&mut power),
            "cubic" => "3".clone_into(&mut power),
            "squared" => raise(&mut units, "2"),
            "cubed" => raise(&mut units, "3"),
            "tothe" | "raiseto" => {
                let Some(given) = argument(of, at) else { break };
                at = given.end;
                match name {
                    "tothe" => raise(&mut units, &of[given.inner]),
                    _ => of[given.inner].clone_into(&mut power),
                }
            }
            "of" => {
                let Some(given) = argument(of, at) else { break };
                at = given.end;
                if let Some(last) = units.last_mut() {
                    last.push_str(&format!("_{{\\mathrm{{{}}}}}", &of[given.inner]));
                }
            }
            _ => match (found(PREFIXES, name), symbol(name)) {
                (Some(found), _) => found.clone_into(&mut prefix),
                (None, symbol) => {
                    let symbol = symbol.unwrap_or_else(|| format!("\\{name} "));
                    let sign = if is_inverse { "-" } else { "" };
                    let base = match symbol.starts_with(['°', '′', '″']) && symbol.chars().count() == 1 {
                        true => format!("{{{symbol}}}"),
                        false => format!("\\mathrm{{{prefix}{symbol}}}"),
                    };
                    units.push(match (power.is_empty(), is_inverse) {
                        (true, false) => base,
                        (true, true) => format!("{base}^{{-1}}"),
                        (false, _) => format!("{base}^{{{sign}{power}}}"),
                    });
                    prefix.clear();
                    power.clear();
                    is_inverse = false;
                }
            },
        }
    }
    units.join(r"\,")
}

/// Raises the last of `units` to `power`.
fn raise(units: &mut [String], power: &str) {
    let Some(last) = units.last_mut() else { return };
    match last.strip_suffix("^{-1}") {
        Some(base) => *last = format!("{base}^{{-{power}}}"),
        None => last.push_str(&format!("^{{{power}}}")),
    }
}

fn found(names: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    names.iter().find(|(known, _)| *known == name).map(|(_, sign)| *sign)
}

/// The symbol of the unit `name`, which may be an abbreviation: `kHz`.
fn symbol(name: &str) -> Option<String> {
    if let Some(symbol) = found(UNITS, name) {
        return Some(symbol.to_owned());
    }
    if ABBREVIATED.contains(&name) {
        return Some(name.to_owned());
    }
    let first = name.chars().next().filter(|first| "fpnumcdhkMGT".contains(*first))?;
    let rest = &name[first.len_utf8()..];
    let prefix = if first == 'u' { 'μ' } else { first };
    ABBREVIATED.contains(&rest).then(|| format!("{prefix}{rest}"))
}

const ABBREVIATED: &[&str] = &[
    "m", "g", "s", "A", "K", "mol", "Hz", "N", "Pa", "J", "W", "C", "V", "F", "H", "T", "eV", "L", "l", "B", "bit",
    "dB", "Wh",
];

#[rustfmt::skip]
const PREFIXES: &[(&str, &str)] = &[
    ("yocto", "y"), ("zepto", "z"), ("atto", "a"), ("femto", "f"), ("pico", "p"), ("nano", "n"), ("micro", "μ"),
    ("milli", "m"), ("centi", "c"), ("deci", "d"), ("deca", "da"), ("deka", "da"), ("hecto", "h"), ("kilo", "k"),
    ("mega", "M"), ("giga", "G"), ("tera", "T"), ("peta", "P"), ("exa", "E"), ("zetta", "Z"), ("yotta", "Y"),
    ("kibi", "Ki"), ("mebi", "Mi"), ("gibi", "Gi"), ("tebi", "Ti"),
];

#[rustfmt::skip]
const UNITS: &[(&str, &str)] = &[
    ("metre", "m"), ("meter", "m"), ("gram", "g"), ("kilogram", "kg"), ("second", "s"), ("ampere", "A"),
    ("kelvin", "K"), ("mole", "mol"), ("candela", "cd"), ("hertz", "Hz"), ("newton", "N"), ("pascal", "Pa"),
    ("joule", "J"), ("watt", "W"), ("coulomb", "C"), ("volt", "V"), ("farad", "F"), ("ohm", "Ω"), ("siemens", "S"),
    ("weber", "Wb"), ("tesla", "T"), ("henry", "H"), ("lumen", "lm"), ("lux", "lx"), ("becquerel", "Bq"),
    ("gray", "Gy"), ("sievert", "Sv"), ("katal", "kat"), ("celsius", "°C"), ("degreeCelsius", "°C"), ("degree", "°"),
    ("arcminute", "′"), ("arcsecond", "″"), ("minute", "min"), ("hour", "h"), ("day", "d"), ("litre", "l"),
    ("liter", "L"), ("tonne", "t"), ("hectare", "ha"), ("electronvolt", "eV"), ("dalton", "Da"), ("percent", r"\%"),
    ("bar", "bar"), ("angstrom", "Å"), ("barn", "b"), ("knot", "kn"), ("mmHg", "mmHg"), ("decibel", "dB"),
    ("bel", "B"), ("neper", "Np"), ("radian", "rad"), ("steradian", "sr"), ("astronomicalunit", "au"), ("bit", "bit"),
    ("byte", "B"),
];

#[cfg(test)]
mod tests {
    use super::{expand, is_number};

    #[test]
    fn numbers_and_units_are_set_as_siunitx_does() {
        let check = |name: &str, text: &str, expected: &str| {
            let tex = expand(name, text, 0).map(|(tex, _)| tex);
            assert_eq!(tex.as_deref(), Some(format!("{{{expected}}}").as_str()), "\\{name}{text}");
        };
        check("num", "{1.2e-3}", r"1.2\times 10^{-3}");
        check("num", "{e5}", "10^{5}");
        check("num", "{12345.678901}", r"12{\,}345.678{\,}901");
        check("num", "{3 +- 0,1}", r"3 \pm  0.1");
        check("numlist", "{1;2}", r"1,\,2");
        check("ang", "{30;10;}", "30{°}10{′}");
        check("si", r"{\kilo\gram\per\metre\squared}", r"\mathrm{kg}\,\mathrm{m}^{-2}");
        check("unit", r"{\square\m}", r"\mathrm{m}^{2}");
        check("unit", "{kg.m/s^2}", r"\mathrm{kg\,m/s^2}");
        check("SI", r"{20}{\celsius}", r"20\,\mathrm{°C}");
        check("SI", r"[round-mode=off]{90}{\degree}", "90{°}");
        check("qty", r"{2.4}{\GHz}", r"2.4\,\mathrm{GHz}");
        check("SIrange", r"{1}{2}{\um}", r"1\text{–}2\,\mathrm{μm}");
        check("unit", r"{\frob}", r"\mathrm{\frob }");
        assert_eq!(expand("SI", "{3}", 0), None);
        assert!(is_number("-1.5e3") && !is_number("x") && !is_number(""));
    }
}
