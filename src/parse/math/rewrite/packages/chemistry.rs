//! Chemical formulas as the package `mhchem` reads them, as far as essays need it: formulas with their numbers, charges, isotopes,
//! states, bonds and additions, arrows with what stands over and under them, precipitates and gases. Other TeX in them stays TeX.

use super::super::reader::{argument, name_end, optional};
use super::units;

/// Arrows, the longer first.
const ARROWS: &[(&str, &str)] = &[
    ("<=>>", r"\xrightleftharpoons"),
    ("<<=>", r"\xrightleftharpoons"),
    ("<=>", r"\xrightleftharpoons"),
    ("<-->", r"\xleftrightarrow"),
    ("<->", r"\xleftrightarrow"),
    ("->", r"\xrightarrow"),
    ("<-", r"\xleftarrow"),
    ("→", r"\xrightarrow"),
    ("⟶", r"\xrightarrow"),
    ("⇌", r"\xrightleftharpoons"),
];

/// How deep formulas stand in each other.
const DEEPEST: usize = 8;

/// The TeX of `\ce{…}`.
pub(super) fn formula(written: &str) -> String {
    nested(written, 0)
}

/// The TeX of `\pu{…}`: a number and its unit.
pub(super) fn quantity(written: &str) -> String {
    let written = written.trim();
    let of_number = |next: char| next.is_ascii_digit() || matches!(next, '.' | ',' | '+' | '-' | '(' | ')');
    let plain = written.find(|next| !of_number(next)).unwrap_or(written.len());
    let power = written[plain..].strip_prefix(['e', 'E']).map_or(0, |rest| {
        let digits = rest.trim_start_matches(['+', '-']);
        let length = digits.find(|next: char| !next.is_ascii_digit()).unwrap_or(digits.len());
        if length == 0 { 0 } else { 1 + rest.len() - digits.len() + length }
    });
    let (number, unit) = written.split_at(plain + power);
    let unit = unit.trim().replace("//", "/").replace(' ', r"\,").replace(['*', '.'], r"\cdot ").replace('µ', "μ");
    let number = units::number(number).replace(r"\times", r"\cdot");
    match (number.is_empty(), unit.is_empty()) {
        (_, true) => number,
        (true, false) => format!("\\mathrm{{{unit}}}"),
        (false, false) => format!("{number}\\,\\mathrm{{{unit}}}"),
    }
}

fn nested(written: &str, depth: usize) -> String {
    if depth > DEEPEST {
        return written.to_owned();
    }
    let mut chemistry = Chemistry {
        written,
        at: 0,
        depth,
        tex: String::with_capacity(written.len() * 4),
        after: After::Start,
        scripted: Vec::new(),
    };
    while chemistry.at < written.len() {
        chemistry.step();
    }
    format!("{{{}}}", chemistry.tex)
}

/// What stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// White space, an operator or nothing: a number is an amount.
    Start,
    /// An element or a bracket: a number is its index.
    Atom,
    /// An amount or anything else.
    Other,
}

struct Chemistry<'a> {
    written: &'a str,
    at: usize,
    depth: usize,
    tex: String,
    after: After,
    /// The scripts that what stands before has.
    scripted: Vec<char>,
}

/// The bond that `\bond{kind}` is.
fn bond(kind: &str) -> &'static str {
    match kind.trim() {
        "=" | "2" => "{=}",
        "#" | "3" => r"{\equiv}",
        "..." | "...." => r"{\cdots}",
        "->" => r"{\rightarrow}",
        "<-" => r"{\leftarrow}",
        "~" => r"{\text{┄}}",
        _ => r"{\text{–}}",
    }
}

/// The length of the script without braces that `rest` begins with: a number, a sign, or one letter with a sign.
fn script(rest: &str) -> usize {
    let run = rest.find(|next| !is_of_charge(next)).unwrap_or(rest.len());
    if run > 0 {
        return run;
    }
    let letter = rest.chars().next().map_or(0, char::len_utf8);
    letter + usize::from(rest[letter..].starts_with(['+', '-']))
}

fn is_of_charge(next: char) -> bool {
    next.is_ascii_digit() || matches!(next, '+' | '-' | '.' | '*')
}

fn is_charge(written: &str) -> bool {
    written.contains(['.', '*']) && written.chars().all(|next| is_of_charge(next) || matches!(next, '(' | ')'))
}

/// A charge with the dots of radicals.
fn with_dots(charge: &str) -> String {
    charge.replace(['.', '*'], r"\bullet ")
}

impl Chemistry<'_> {
    fn rest(&self) -> &str {
        &self.written[self.at..]
    }

    fn put(&mut self, tex: &str, length: usize, after: After) {
        self.tex.push_str(tex);
        self.scripted.clear();
        self.at += length;
        self.after = after;
    }

    /// Reads what stands next.
    fn step(&mut self) {
        if self.after == After::Start && self.arrow() {
            return;
        }
        let rest = &self.written[self.at..];
        let Some(first) = rest.chars().next() else { return };
        let alone =
            self.after == After::Start && rest[first.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        match first {
            _ if first.is_whitespace() => self.put(" ", first.len_utf8(), After::Start),
            '+' if alone => self.put("{}+{}", 1, After::Start),
            '-' | '=' if alone => self.put(&format!("{{}}{first}{{}}"), 1, After::Start),
            'v' if alone => self.put(r"\downarrow ", 1, After::Other),
            '^' if alone => self.put(r"\uparrow ", 1, After::Other),
            '0'..='9' => self.number(),
            '^' | '_' => self.scripts(),
            '(' => self.open(),
            ')' | ']' => self.put(&first.to_string(), 1, After::Atom),
            '[' => self.put("[", 1, After::Other),
            '+' | '-' if self.ends_atom() => self.script('^', &first.to_string(), 1),
            '-' => self.put(r"{\text{–}}", 1, After::Other),
            '=' => self.put("{=}", 1, After::Other),
            '#' => self.put(r"{\equiv}", 1, After::Other),
            '*' | '·' | '•' => self.put(r"{\cdot}", first.len_utf8(), After::Start),
            '.' if rest.starts_with("...") => self.put(r"{\cdots}", 3, After::Other),
            '.' if self.after == After::Atom => self.put(r"{\cdot}", 1, After::Start),
            ',' => self.put(r",\,", 1, After::Start),
            '$' => self.mathematics(),
            '{' => self.group(),
            '\\' => self.command(),
            _ if first.is_alphabetic() => self.letters(),
            _ => self.put(&first.to_string(), first.len_utf8(), After::Other),
        }
    }

    /// Whether a `+` or `-` here is a charge: nothing but the end of the species follows.
    fn ends_atom(&self) -> bool {
        let next = self.rest().chars().nth(1);
        self.after == After::Atom
            && next.is_none_or(|next| next.is_whitespace() || matches!(next, ')' | ']' | ',' | '}'))
    }

    /// An arrow, if one stands here, with what stands over and under it.
    fn arrow(&mut self) -> bool {
        let rest = self.rest();
        let Some((sign, command)) = ARROWS.iter().find(|(sign, _)| rest.starts_with(sign)) else { return false };
        self.at += sign.len();
        let mut labels = Vec::new();
        while labels.len() < 2
            && self.rest().starts_with('[')
            && let Some(given) = optional(self.written, self.at)
        {
            labels.push(nested(&self.written[given.inner], self.depth + 1));
            self.at = given.end;
        }
        let under = labels.get(1).map_or(String::new(), |under| format!("[{{{under}}}]"));
        let over = labels.first().cloned().unwrap_or_else(|| r"\quad".to_owned());
        self.put(&format!("\\mathrel{{{command}{under}{{\\ {over}\\ }}}}"), 0, After::Start);
        true
    }

    /// The number that stands here: an amount, or the index of what stands before it.
    fn number(&mut self) {
        let rest = &self.written[self.at..];
        let digits = |text: &str| text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
        let whole = digits(rest);
        if self.after == After::Atom {
            let index = rest[..whole].to_owned();
            return self.script('_', &index, whole);
        }
        let part = rest[whole..].strip_prefix(['/', '.']).map_or(0, digits);
        let (tex, length) = match rest.as_bytes().get(whole) {
            Some(b'/') if part > 0 => {
                let under = &rest[whole + 1..whole + 1 + part];
                (format!("\\tfrac{{{}}}{{{under}}}", &rest[..whole]), whole + 1 + part)
            }
            Some(b'.') if part > 0 => (rest[..whole + 1 + part].to_owned(), whole + 1 + part),
            _ => (rest[..whole].to_owned(), whole),
        };
        let is_amount = rest[length..].starts_with(|next: char| !next.is_whitespace());
        self.put(&format!("{tex}{}", if is_amount { r"\," } else { "" }), length, After::Other);
    }

    /// `^…` and `_…`, in any order, over and under what stands before them, or before what follows.
    fn scripts(&mut self) {
        let is_before = self.after == After::Start;
        while let Some(sign) = self.rest().chars().next().filter(|sign| matches!(sign, '^' | '_')) {
            let from = self.at + 1;
            let rest = &self.written[from..];
            let (content, end) = match rest.as_bytes().first() {
                Some(b'{' | b'\\') => match argument(self.written, from) {
                    Some(given) if sign == '^' && is_charge(&self.written[given.inner.clone()]) => {
                        (with_dots(&self.written[given.inner]), given.end)
                    }
                    Some(given) => (nested(&self.written[given.inner], self.depth + 1), given.end),
                    None => (String::new(), self.written.len()),
                },
                _ => {
                    let length = script(rest);
                    (with_dots(&rest[..length]), from + length)
                }
            };
            self.script(sign, &content, end - self.at);
        }
        self.after = if is_before { After::Other } else { After::Atom };
    }

    /// Puts a script; a second one of its kind stands further to the right.
    fn script(&mut self, sign: char, content: &str, length: usize) {
        if self.after == After::Start || self.scripted.contains(&sign) {
            self.tex.push_str("{}");
            self.scripted.clear();
        }
        self.scripted.push(sign);
        self.tex.push_str(&format!("{sign}{{{content}}}"));
        self.at += length;
        self.after = After::Atom;
    }

    /// `(`, which may begin the state of a substance.
    fn open(&mut self) {
        for (sign, arrow) in [("(v)", r"\downarrow "), ("(^)", r"\uparrow ")] {
            if self.after == After::Start && self.rest().starts_with(sign) {
                return self.put(arrow, sign.len(), After::Other);
            }
        }
        let state = ["aq", "s", "l", "g", "cr", "am"].into_iter().find(|state| {
            let rest = self.rest()[1..].strip_prefix(state);
            rest.and_then(|rest| rest.strip_prefix(')'))
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()))
        });
        match state.filter(|_| self.after != After::Other) {
            Some(state) => self.put(&format!(r"\mspace{{2mu}}(\mathrm{{{state}}})"), state.len() + 2, After::Other),
            None => self.put("(", 1, After::Other),
        }
    }

    /// A formula of TeX between dollars.
    fn mathematics(&mut self) {
        let rest = &self.written[self.at..];
        match rest[1..].find('$') {
            Some(length) => self.put(&format!("{{{}}}", &rest[1..=length]), length + 2, After::Other),
            None => self.put(r"\$", 1, After::Other),
        }
    }

    /// A group: words.
    fn group(&mut self) {
        match argument(self.written, self.at) {
            Some(given) => {
                let (content, length) = (&self.written[given.inner], given.end - self.at);
                self.put(&format!("\\text{{{content}}}"), length, After::Atom);
            }
            None => self.put(r"\{", 1, After::Other),
        }
    }

    /// A command of TeX with the groups that follow it.
    fn command(&mut self) {
        let mut end = name_end(self.written, self.at + 1);
        if &self.written[self.at + 1..end] == "bond"
            && let Some(given) = argument(self.written, end)
        {
            let bond = bond(&self.written[given.inner]);
            return self.put(bond, given.end - self.at, After::Other);
        }
        let is_mark = !self.written[self.at + 1..end].starts_with(|first: char| first.is_ascii_alphabetic());
        while !is_mark
            && self.written[end..].starts_with('{')
            && let Some(given) = argument(self.written, end)
        {
            end = given.end;
        }
        let command = format!("{} ", &self.written[self.at..end]);
        self.put(&command, end - self.at, if is_mark { After::Start } else { After::Atom });
    }

    /// Elements, upright; a small letter alone is a variable.
    fn letters(&mut self) {
        let rest = &self.written[self.at..];
        let length = rest.find(|next: char| !next.is_alphabetic()).unwrap_or(rest.len());
        let word = &rest[..length];
        let small = word.chars().take_while(|letter| letter.is_lowercase()).count();
        let is_variable = small == 1 && self.after != After::Atom;
        if is_variable {
            let variable = word.chars().next().map_or(0, char::len_utf8);
            let space = if length > variable { r"\," } else { "" };
            return self.put(&format!("{}{space}", &word[..variable]), variable, After::Other);
        }
        self.put(&format!("\\mathrm{{{word}}}"), length, After::Atom);
    }
}

#[cfg(test)]
mod tests {
    use super::{formula, quantity};

    #[test]
    fn chemical_formulas_are_read() {
        let check =
            |written: &str, expected: &str| assert_eq!(formula(written), format!("{{{expected}}}"), "{written}");
        check("H2O", r"\mathrm{H}_{2}\mathrm{O}");
        check("2H2O", r"2\,\mathrm{H}_{2}\mathrm{O}");
        check("1/2O2", r"\tfrac{1}{2}\,\mathrm{O}_{2}");
        check("SO4^2-", r"\mathrm{SO}_{4}^{2-}");
        check("Na+", r"\mathrm{Na}^{+}");
        check("Hg^{II}", r"\mathrm{Hg}^{{\mathrm{II}}}");
        check("[Fe(CN)6]^3-", r"[\mathrm{Fe}(\mathrm{CN})_{6}]^{3-}");
        check("^{14}_{6}C", r"{}^{{14}}_{{6}}\mathrm{C}");
        check("NaCl(aq)", r"\mathrm{NaCl}\mspace{2mu}(\mathrm{aq})");
        check("CuSO4*5H2O", r"\mathrm{CuSO}_{4}{\cdot}5\,\mathrm{H}_{2}\mathrm{O}");
        check("CH3-CH=CH2", r"\mathrm{CH}_{3}{\text{–}}\mathrm{CH}{=}\mathrm{CH}_{2}");
        check("A + B", r"\mathrm{A} {}+{} \mathrm{B}");
        check("A v", r"\mathrm{A} \downarrow ");
        check("A ^", r"\mathrm{A} \uparrow ");
        check("A -> B", r"\mathrm{A} \mathrel{\xrightarrow{\ \quad\ }} \mathrm{B}");
        check(r"A ->[\Delta][x] B", r"\mathrm{A} \mathrel{\xrightarrow[{{x}}]{\ {\Delta }\ }} \mathrm{B}");
        check("n H2O", r"n \mathrm{H}_{2}\mathrm{O}");
        check("NO_x", r"\mathrm{NO}_{x}");
        check("CO3^2-_{(aq)}", r"\mathrm{CO}_{3}^{2-}{}_{{\mspace{2mu}(\mathrm{aq})}}");
        check("Fe^n+", r"\mathrm{Fe}^{n+}");
        check("OCO^{.-}", r"\mathrm{OCO}^{\bullet -}");
        check(r"A\bond{#}B (v)", r"\mathrm{A}{\equiv}\mathrm{B} \downarrow ");
        check("$x$ {words}", r"{x} \text{words}");
    }

    #[test]
    fn quantities_are_a_number_and_a_unit() {
        let check = |written: &str, expected: &str| assert_eq!(quantity(written), expected, "{written}");
        check("123 kJ/mol", r"123\,\mathrm{kJ/mol}");
        check("1.2e3 J", r"1.2\cdot 10^{3}\,\mathrm{J}");
        check("m s-1", r"\mathrm{m\,s-1}");
    }

    #[test]
    fn what_is_not_closed_ends() {
        for written in ["{", "$", "^", "_", "^{", "->[", "\\", "(", "é{", "1/", "^\\"] {
            assert!(formula(written).ends_with('}'), "{written}");
        }
        assert!(formula(&("^{".repeat(40) + &"}".repeat(40))).len() < 10_000);
    }
}
