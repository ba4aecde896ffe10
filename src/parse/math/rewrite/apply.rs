//! What becomes of each command that the typesetter lacks.

use std::ops::Range;

use super::commands::Rule;
use super::commands::rule as rule_of;
use super::dots::dots;
use super::reader::{Argument, argument, name_end, optional, skip_space};
use super::{Cell, Display, Element, Level, MARK, MathError, Origin, Reference, Rewriter, problem};

/// Arrows with space around them, which is none of what `\not` strikes.
const SPACED: [(&str, &str); 3] =
    [("iff", r"\Longleftrightarrow"), ("impliedby", r"\Longleftarrow"), ("implies", r"\Longrightarrow")];

impl Rewriter<'_> {
    /// Applies `rule` to the command at `command`; the byte after what was read.
    pub(super) fn apply(
        &mut self,
        rule: Rule,
        text: &str,
        command: Range<usize>,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let span = origin.span(command.clone());
        let end = command.end;
        match rule {
            Rule::Replace(replacement) => {
                self.put(if replacement.is_empty() { " " } else { replacement }, span);
                Ok(end)
            }
            Rule::Dots => {
                self.put(dots(&text[end..]), span);
                Ok(end)
            }
            Rule::Begin => self.begin(text, command, origin),
            Rule::End => self.end(text, command, origin),
            Rule::Newline => self.newline(text, command, origin),
            Rule::Label => self.label(text, command, origin),
            Rule::Tag => self.tag(text, command, origin),
            Rule::EquationNumber => self.equation_number(text, command, origin),
            Rule::NoTag => {
                self.no_tag();
                Ok(end)
            }
            Rule::Reference { in_parentheses } => {
                let given = self.argument(text, &command, end, origin)?;
                let end = given.end;
                self.reference(text, given, in_parentheses, origin);
                Ok(end)
            }
            Rule::Operator => self.operator(text, command, origin),
            Rule::Limits => Ok(self.limits(text, command, origin)),
            Rule::Delimiter => Ok(self.delimiter(text, command, origin)),
            Rule::Kern(name) => {
                let is_latex = name == &text[command.clone()];
                let end = end + usize::from(is_latex && text[end..].starts_with('*'));
                if text[skip_space(text, end)..].starts_with('{') {
                    self.put(name, span)
                } else if is_latex {
                    self.put(r"\hskip ", span)
                } else {
                    self.copy(text, command, origin)
                }
                Ok(end)
            }
            Rule::Colour | Rule::TextColour | Rule::ColourBox | Rule::FrameBox => {
                self.coloured(rule, text, &command, origin)
            }
            Rule::Switch | Rule::Infix | Rule::Ruled => {
                self.keep(rule, text, command, origin);
                Ok(end)
            }
            Rule::Not => {
                // What moves the stroke has no place between it and what it strikes.
                let mut at = skip_space(text, end);
                while text[at..].starts_with(r"\!") {
                    at = skip_space(text, at + r"\!".len());
                }
                let name = text[at..].strip_prefix('\\').map(|_| &text[at + 1..name_end(text, at + 1)]);
                if let Some((name, arrow)) = SPACED.iter().find(|(spaced, _)| name == Some(spaced)) {
                    self.put(&format!(r"\;\not{arrow}\;"), span);
                    return Ok(at + 1 + name.len());
                }
                self.put(r"\not ", span);
                Ok(if at < text.len() { at } else { end })
            }
            Rule::MathChoice => self.choice(text, &command, origin),
            Rule::Define(definition) => match self.macros.read(definition, text, end) {
                Some(end) => Ok(end),
                None => Err(problem::bad_definition(span, &text[command.start + 1..end])),
            },
            _ => self.apply_to_argument(rule, text, command, origin),
        }
    }

    /// Keeps the command, as `rule` says.
    fn keep(&mut self, rule: Rule, text: &str, command: Range<usize>, origin: &Origin) {
        match rule {
            Rule::Switch => self.switch(origin.span(command.clone())),
            Rule::Infix => self.infix(),
            Rule::Ruled if self.out.text().trim_end().ends_with(r"\hline") => return,
            // Rows that have no columns cannot have rules.
            Rule::Ruled if !self.may_have_rules() => return,
            _ => {}
        }
        self.copy(text, command, origin);
    }

    /// The same for a rule that rewrites the argument of its command.
    fn apply_to_argument(
        &mut self,
        rule: Rule,
        text: &str,
        command: Range<usize>,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let span = origin.span(command.clone());
        let given = self.argument(text, &command, command.end, origin)?;
        match rule {
            Rule::Around(before, after) => self.around(before, text, &given, after, origin),
            Rule::Drop(count) => self.drop(count, text, &command, origin),
            Rule::Second => {
                let second = self.argument(text, &command, given.end, origin)?;
                self.text("text", text, &second, origin)
            }
            Rule::Text(name) => self.text(name, text, &given, origin),
            Rule::TextBetween => self.text_between(text, &given, origin),
            Rule::Rows(before, after) => self.rows(&format!("{{{before}"), text, &given, &format!("{after}}}"), origin),
            Rule::Plain(name) => {
                let (before, after) = (format!(r"\begin{{{name}}}"), format!(r"\end{{{name}}}"));
                self.rows(&before, text, &given, &after, origin)
            }
            Rule::Boxed | Rule::FramedText => {
                let open = r#"<menclose notation="box">"#.to_owned();
                self.element(Element::Tags { open, close: "</menclose>" }, rule, text, &given, origin)
            }
            Rule::Above => {
                self.infix();
                self.put(r"\over ", span);
                Ok(given.end)
            }
            Rule::CancelTo => {
                let cancelled = self.argument(text, &command, given.end, origin)?;
                self.around(r"{{\cancel{", text, &cancelled, "}}^{", origin)?;
                self.around("", text, &given, "}}", origin)?;
                Ok(cancelled.end)
            }
            _ => Ok(command.end),
        }
    }

    /// The argument of `command` that stands at `at`.
    pub(super) fn argument(
        &self,
        text: &str,
        command: &Range<usize>,
        at: usize,
        origin: &Origin,
    ) -> Result<Argument, MathError> {
        argument(text, at).ok_or_else(|| {
            let open = skip_space(text, at);
            if text[open..].starts_with('{') {
                problem::unclosed_group(origin.span(open..open + 1))
            } else {
                problem::missing_argument(origin.span(command.clone()), &text[command.start + 1..command.end])
            }
        })
    }

    /// The argument, rewritten, between `before` and `after`.
    pub(super) fn around(
        &mut self,
        before: &str,
        text: &str,
        given: &Argument,
        after: &str,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let span = origin.span(given.inner.clone());
        self.put(before, span.start..span.start);
        self.levels.push(Level::Group);
        let depth = self.levels.len();
        self.run(&text[given.inner.clone()], &origin.after(given.inner.start))?;
        if let Some(Level::Fence(left)) = self.levels.last() {
            return Err(problem::unclosed_fence(left.clone()));
        }
        self.levels.truncate(depth - 1);
        self.put(after, span.end..span.end);
        Ok(given.end)
    }

    /// The argument, which is rows, between `before` and `after`.
    fn rows(
        &mut self,
        before: &str,
        text: &str,
        given: &Argument,
        after: &str,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let span = origin.span(given.inner.clone());
        self.put(before, span.start..span.start);
        self.levels.push(Level::Rows(Cell::default()));
        self.start_cell();
        self.run(&text[given.inner.clone()], &origin.after(given.inner.start))?;
        self.end_cell(span.end..span.end);
        self.levels.pop();
        self.put(after, span.end..span.end);
        Ok(given.end)
    }

    fn drop(&mut self, count: usize, text: &str, command: &Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let starred = command.end + usize::from(text[command.end..].starts_with('*'));
        let mut end = optional(text, starred).map_or(starred, |given| given.end);
        for _ in 0..count {
            end = self.argument(text, command, end, origin)?.end;
        }
        Ok(end)
    }

    /// Text in the style of the command `name`; formulas and references in it are set as such.
    pub(super) fn text(
        &mut self,
        name: &str,
        text: &str,
        given: &Argument,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let content = &text[given.inner.clone()];
        let origin = origin.after(given.inner.start);
        self.put("{", origin.span(0..0));
        let (mut at, mut from) = (0, 0);
        while at < content.len() {
            at += content[at..].find(['$', '\\']).unwrap_or(content.len() - at);
            let rest = &content[at..];
            let formula = match rest.as_bytes() {
                [b'$', ..] => rest[1..].find('$').map(|length| (at + 1..at + 1 + length, at + length + 2)),
                [b'\\', b'(', ..] => rest.find("\\)").map(|length| (at + 2..at + length, at + length + 2)),
                _ => None,
            };
            if let Some((inner, end)) = formula {
                self.plain_text(name, content, from..at, &origin);
                self.around("{", content, &Argument { inner, end }, "}", &origin)?;
                (at, from) = (end, end);
                continue;
            }
            if !rest.starts_with('\\') {
                at += rest.len().min(1);
                continue;
            }
            let end = name_end(content, at + 1);
            let special = match rule_of(&content[at + 1..end]) {
                rule @ Some(Rule::Reference { .. } | Rule::Text(_)) => rule,
                _ => None,
            };
            if let (Some(rule), Some(_)) = (special, argument(content, end)) {
                self.plain_text(name, content, from..at, &origin);
                at = self.apply(rule, content, at..end, &origin)?;
                from = at;
            } else {
                at = end;
            }
        }
        self.plain_text(name, content, from..content.len(), &origin);
        self.put("}", origin.span(content.len()..content.len()));
        Ok(given.end)
    }

    fn plain_text(&mut self, name: &str, content: &str, range: Range<usize>, origin: &Origin) {
        if range.is_empty() {
            return;
        }
        self.put(&format!("\\{name}{{"), origin.span(range.start..range.start));
        let (mut at, mut from) = (range.start, range.start);
        // In text these signs are themselves, as MathJax has it.
        while let Some(sign) = content[at..range.end].find(['_', '&', '#', '%', '^', '\\']).map(|sign| at + sign) {
            at = sign + 1;
            let (escape, rest) = match content.as_bytes()[sign] {
                b'\\' => {
                    at += content[at..range.end].chars().next().map_or(0, char::len_utf8);
                    continue;
                }
                b'%' if content[sign..].contains('\n') => continue,
                b'^' => ("\\textasciicircum{}", at),
                _ => ("\\", sign),
            };
            self.copy(content, from..sign, origin);
            self.put(escape, origin.span(sign..sign));
            from = rest;
        }
        self.copy(content, from..range.end, origin);
        self.put("}", origin.span(range.end..range.end));
    }

    fn reference(&mut self, text: &str, given: Argument, in_parentheses: bool, origin: &Origin) {
        let span = origin.span(given.inner.clone());
        let number = self.rewritten.references.len();
        self.put(&format!(r"\text{{{MARK}{number}{MARK}}}"), span.clone());
        let label = text[given.inner].trim().to_owned();
        self.rewritten.references.push(Reference { label, span, in_parentheses });
    }

    /// `\limits`, which the typesetter does not take after an operator's name: the name gets a star instead.
    fn limits(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> usize {
        let end = command.end;
        let before = self.out.text().trim_end().len();
        let Some(operator) = self.operator.take().filter(|operator| operator.end == before) else {
            self.copy(text, command, origin);
            return end;
        };
        let name = "\\operatorname";
        if self.out.text()[operator.start..].starts_with(&format!("{name}{{")) {
            self.out.insert(operator.start + name.len(), "*");
        }
        end
    }

    /// A command that a delimiter follows: `<` and `>` are angle brackets there.
    fn delimiter(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> usize {
        let at = skip_space(text, command.end);
        match &text[command.start + 1..command.end] {
            "left" => self.levels.push(Level::Fence(origin.span(command.clone()))),
            "right" if matches!(self.levels.last(), Some(Level::Fence(_))) => {
                self.levels.pop();
            }
            _ => {}
        }
        let bracket = match text.as_bytes().get(at) {
            Some(b'<') => r"\langle ",
            Some(b'>') => r"\rangle ",
            // `\bigr.` closes what `\bigl` opens, and is not seen.
            Some(b'.') if text[command.start + 1..].to_ascii_lowercase().starts_with("big") => {
                self.put(" ", origin.span(command.start..at + 1));
                return at + 1;
            }
            _ => {
                let end = command.end;
                self.copy(text, command, origin);
                return end;
            }
        };
        self.copy(text, command, origin);
        self.put(bracket, origin.span(at..at + 1));
        at + 1
    }

    fn choice(&mut self, text: &str, command: &Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let display = self.argument(text, command, command.end, origin)?;
        let inline = self.argument(text, command, display.end, origin)?;
        let script = self.argument(text, command, inline.end, origin)?;
        let last = self.argument(text, command, script.end, origin)?;
        let chosen = if self.display == Display::Block { display } else { inline };
        self.around("{", text, &chosen, "}", origin)?;
        Ok(last.end)
    }
}
