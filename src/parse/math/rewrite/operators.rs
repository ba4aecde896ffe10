//! Operators of an author's own: `\operatorname`, its kin and `\mathop`, with what stands over and under them.

use std::ops::Range;

use super::reader::{Argument, argument, name_end, skip_space};
use super::{Display, MathError, Origin, Rewriter};

/// Commands in the name of an operator that the typesetter reads as text.
const PLAIN: [&str; 4] = ["quad", "qquad", "text", "textrm"];

impl Rewriter<'_> {
    /// `\operatorname`, its kin and `\mathop`: remembered, since `\limits` may follow.
    pub(super) fn operator(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let name = text[command.start + 1..command.end].to_owned();
        let is_starred = text[command.end..].starts_with('*') || name == "operatornamewithlimits";
        let at = command.end + usize::from(text[command.end..].starts_with('*'));
        let given = self.argument(text, &command, at, origin)?;
        let content = &text[given.inner.clone()];
        let upright = ["\\mathrm", "\\text", "\\rm", "\\textrm", "\\operatorname"]
            .iter()
            .find_map(|prefix| content.trim().strip_prefix(prefix));
        let span = origin.span(command.start..given.end);
        self.put("", span.clone());
        let start = self.out.text().len();
        let plain = upright.unwrap_or(content).trim();
        if name == "mathop" && upright.is_none() || !is_plain(plain) {
            let open = if name == "mathop" { "{" } else { r"{\mathrm{" };
            let takes_limits = is_starred || name == "mathop";
            return self.with_limits(open, text, &given, takes_limits, origin);
        }
        // The typesetter wants plain text, so neither macros nor commands of ours are looked for in it.
        let content = plain.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(plain);
        let star = if is_starred || name == "mathop" { "*" } else { "" };
        match script(content).filter(|_| upright.is_none()) {
            Some(script) => {
                let (sign, inner) = (&content[script..script + 1], &content[script + 1..]);
                let inner = inner.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(inner);
                let name = &content[..script];
                self.put(&format!("{{\\operatorname{star}{{{name}}}{sign}{{\\mathrm{{{inner}}}}}}}"), span);
            }
            None => self.put(&format!("\\operatorname{star}{{{content}}}"), span),
        }
        self.operator = Some(start..self.out.text().len());
        Ok(given.end)
    }

    /// The operator `given`, whose content begins with `open`, and what follows it: `\limits`, `\nolimits` and scripts, which stand
    /// over and under it where it takes limits.
    fn with_limits(
        &mut self,
        open: &str,
        text: &str,
        given: &Argument,
        takes_limits: bool,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let mut at = given.end;
        let mut is_around = takes_limits && self.display == Display::Block;
        let next = skip_space(text, at);
        if text[next..].starts_with('\\') {
            let end = name_end(text, next + 1);
            match &text[next + 1..end] {
                "limits" => (is_around, at) = (true, end),
                "nolimits" => (is_around, at) = (false, end),
                "displaylimits" => (is_around, at) = (self.display == Display::Block, end),
                _ => {}
            }
        }
        let close = "}".repeat(open.matches('{').count());
        let (under, over, end) = if is_around { scripts(text, at) } else { (None, None, at) };
        self.around(r"\mathop{", text, &Argument { inner: at..at, end: at }, "", origin)?;
        for (command, script) in [(r"\underset{", &under), (r"\overset{", &over)] {
            if let Some(script) = script {
                self.around(command, text, script, "}{", origin)?;
            }
        }
        self.around(open, text, given, &close, origin)?;
        let closing = "}".repeat(1 + usize::from(under.is_some()) + usize::from(over.is_some()));
        let span = origin.span(given.end..given.end);
        self.put(&closing, span);
        self.operator = None;
        Ok(end)
    }
}

/// The scripts that stand at `at`, and the byte after them: what stands under, and over.
fn scripts(text: &str, at: usize) -> (Option<Argument>, Option<Argument>, usize) {
    let (mut under, mut over, mut at) = (None, None, at);
    loop {
        let next = skip_space(text, at);
        let place = match text.as_bytes().get(next) {
            Some(b'_') if under.is_none() => &mut under,
            Some(b'^') if over.is_none() => &mut over,
            _ => return (under, over, at),
        };
        let Some(script) = argument(text, next + 1) else { return (under, over, at) };
        at = script.end;
        *place = Some(script);
    }
}

/// Whether the name of an operator is text, with spaces and escaped signs at most.
fn is_plain(name: &str) -> bool {
    let mut commands = memchr::memchr_iter(b'\\', name.as_bytes());
    commands.all(|at| {
        let end = name_end(name, at + 1);
        let command = &name[at + 1..end];
        !command.starts_with(|first: char| first.is_ascii_alphabetic()) || PLAIN.contains(&command)
    })
}

/// Where the script begins in the name of an operator: at a `_` or `^` that is no escaped sign.
fn script(name: &str) -> Option<usize> {
    name.char_indices()
        .skip(1)
        .find(|(at, sign)| matches!(sign, '_' | '^') && !name[..*at].ends_with('\\'))
        .map(|(at, _)| at)
}
