//! Environments, their rows, and the numbers, tags and labels of rows.

use std::ops::Range;

use super::diagram::diagram;
use super::environments::{Arguments, Numbered, columns, delimiters, environment};
use super::proof::proof;
use super::reader::{argument, bracketed_length, optional, skip_space};
use super::{Cell, Display, Element, Level, MathError, Open, Origin, Rewriter, Rewritten, Row, Tag, problem};

/// What has been said of a row that is not at its end yet.
#[derive(Debug, Default)]
pub struct Pending {
    tag: Option<Tag>,
    label: Option<(String, Range<usize>)>,
    is_suppressed: bool,
    /// Where its tag or label is given first.
    span: Option<Range<usize>>,
}

impl Rewriter<'_> {
    /// `\begin`, which stands at `command`.
    pub(super) fn begin(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let Some(given) = argument(text, command.end) else {
            return Err(problem::missing_argument(origin.span(command), "begin"));
        };
        let span = origin.span(command.start..given.end);
        let name = text[given.inner].trim();
        if matches!(name, "CD" | "prooftree") {
            let end = format!(r"\end{{{name}}}");
            let Some(length) = text[given.end..].find(&end) else {
                return Err(problem::unclosed_environment(span, name));
            };
            let inner = &text[given.end..given.end + length];
            let tex = if name == "CD" { Some(diagram(inner)) } else { proof(inner) };
            let tex = tex.ok_or_else(|| problem::incomplete_proof(span.clone()))?;
            return self.call(name, &tex, given.end + length + end.len(), span);
        }
        let Some((found, is_numbered)) = environment(name) else {
            return Err(problem::unknown_environment(span, name));
        };
        let (mut begin, mut end, mut close) = (found.begin.to_owned(), found.end, "");
        let mut at = given.end;
        match found.arguments {
            Arguments::None => {}
            Arguments::Count => at = argument(text, at).map_or(at, |count| count.end),
            Arguments::Position => at = optional(text, at).map_or(at, |position| position.end),
            Arguments::Alignment => {
                let given = optional(text, at).filter(|_| name.ends_with('*'));
                if given.is_some() || has_rules(&text[at..], name) {
                    let letter = given.as_ref().and_then(|given| columns(&text[given.inner.clone()]).chars().next());
                    let (left, right) = delimiters(found.name);
                    begin = format!(r"{left}\begin{{array}}{{{}}}", String::from(letter.unwrap_or('c')).repeat(20));
                    (end, close) = (r"\end{array}", right);
                    at = given.map_or(at, |given| given.end);
                }
            }
            Arguments::Columns => {
                at = optional(text, at).map_or(at, |position| position.end);
                if let Some(given) = argument(text, at) {
                    begin.push_str(&format!("{{{}}}", columns(&text[given.inner])));
                    at = given.end;
                }
            }
        }
        self.put(&begin[..begin.find(r"\begin").unwrap_or(0)], span.clone());
        let start = self.out.text().len();
        self.put(&begin[begin.find(r"\begin").unwrap_or(0)..], span.clone());
        self.levels.push(Level::Environment(Box::new(Open {
            name: name.to_owned(),
            span,
            environment: found,
            is_numbered,
            end,
            close,
            start,
            bottom: None,
            pending: Pending::default(),
            ampersands: 0,
            cell: Cell::default(),
        })));
        self.start_cell();
        Ok(at)
    }

    /// `\end`, which stands at `command`.
    pub(super) fn end(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let Some(given) = argument(text, command.end) else {
            return Err(problem::missing_argument(origin.span(command), "end"));
        };
        let name = text[given.inner].trim();
        let span = origin.span(command.start..given.end);
        self.end_cell(span.clone());
        match self.levels.pop() {
            Some(Level::Environment(open)) if open.name == name => {
                if open.environment.numbered != Numbered::No {
                    let is_last_unnumbered = open.environment.numbered == Numbered::Last && !open.is_numbered;
                    let has_row = self.end_row(open.pending, open.is_numbered, span.clone());
                    if is_last_unnumbered && !has_row {
                        self.put(r"\notag", span.clone());
                    }
                }
                self.put(open.end, span.clone());
                if let Some(bottom) = open.bottom {
                    let opening = self.opening(Element::Table(bottom));
                    self.out.insert(open.start, &opening);
                    self.put("}", span.clone());
                }
                self.put(open.close, span);
                Ok(given.end)
            }
            Some(Level::Environment(open)) => Err(problem::wrong_end(span, Some(&open.name), name)),
            Some(Level::Group) if !self.levels.is_empty() => Err(problem::open_group(span)),
            Some(Level::Fence(left)) => Err(problem::unclosed_fence(left)),
            _ => Err(problem::wrong_end(span, None, name)),
        }
    }

    /// The end of a row at `command`. At the end of the environment it is left out, as LaTeX does.
    ///
    /// # Errors
    /// If it stands between `\left` and `\right`.
    pub(super) fn newline(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let starred = command.end + usize::from(text[command.end..].starts_with('*'));
        let end = bracketed_length(text, starred).unwrap_or(starred);
        let span = origin.span(command);
        let at = skip_space(text, end);
        if let Some(Level::Environment(open)) = self.levels.last_mut()
            && matches!(open.environment.arguments, Arguments::Columns | Arguments::Alignment)
            && let Some((bottom, end)) = last_rule(text, at)
        {
            open.bottom = Some(bottom);
            return Ok(end);
        }
        let next = &text[at..];
        let is_last = next.starts_with(r"\end") || (next.is_empty() && matches!(origin, Origin::Source(_)));
        if !is_last {
            self.end_cell(span.clone());
        }
        let row = match self.levels.last_mut() {
            _ if is_last => return Ok(end),
            Some(Level::Fence(_)) => return Err(problem::in_fence(span, r"\\")),
            Some(Level::Group) => {
                self.put(" ", span);
                return Ok(end);
            }
            Some(Level::Environment(open)) => {
                open.ampersands = 0;
                match open.environment.numbered {
                    Numbered::Rows => Some((std::mem::take(&mut open.pending), open.is_numbered)),
                    _ => None,
                }
            }
            Some(Level::Rows(_)) => None,
            None => {
                self.root_has_rows = true;
                Some((std::mem::take(&mut self.root), false))
            }
        };
        if let Some((pending, is_numbered)) = row {
            self.end_row(pending, is_numbered, span.clone());
        }
        self.put(r"\\ ", span);
        self.start_cell();
        Ok(end)
    }

    /// An ampersand: the end of a cell.
    ///
    /// # Errors
    /// If it stands in a group or between `\left` and `\right`.
    pub(super) fn ampersand(&mut self, text: &str, at: usize, origin: &Origin) -> Result<(), MathError> {
        let span = origin.span(at..at + 1);
        self.end_cell(span.clone());
        match self.levels.last_mut() {
            Some(Level::Group) => return Err(problem::in_group(span)),
            Some(Level::Fence(_)) => return Err(problem::in_fence(span, "&")),
            Some(Level::Environment(open)) if open.environment.name == "eqnarray" => {
                open.ampersands += 1;
                if open.ampersands == 2 {
                    self.put(" ", span);
                    self.start_cell();
                    return Ok(());
                }
            }
            None => self.root_has_cells = true,
            _ => {}
        }
        self.copy(text, at..at + 1, origin);
        self.start_cell();
        Ok(())
    }

    /// The cell that is being read, unless in a group, where nothing reaches beyond it.
    fn cell(&mut self) -> Option<&mut Cell> {
        match self.levels.last_mut() {
            Some(Level::Environment(open)) => Some(&mut open.cell),
            Some(Level::Rows(cell)) => Some(cell),
            Some(Level::Group | Level::Fence(_)) => None,
            None => (self.display == Display::Block).then_some(&mut self.root_cell),
        }
    }

    pub(super) fn start_cell(&mut self) {
        let start = self.out.text().len();
        if let Some(cell) = self.cell() {
            *cell = Cell { start, groups: 0 };
        }
    }

    /// Closes the groups that were put around the cell or in it.
    pub(super) fn end_cell(&mut self, span: Range<usize>) {
        let groups = self.cell().map_or(0, |cell| std::mem::take(&mut cell.groups));
        self.put(&"}".repeat(groups), span);
    }

    /// Puts what follows in a group to the end of the cell: a switch is at `span`.
    pub(super) fn switch(&mut self, span: Range<usize>) {
        if let Some(cell) = self.cell() {
            cell.groups += 1;
            self.put("{", span);
        }
    }

    /// Puts the cell in a group from its start on, for `\over` and its kin.
    pub(super) fn infix(&mut self) {
        if let Some(cell) = self.cell() {
            cell.groups += 1;
            let start = cell.start;
            self.out.insert(start, "{");
        }
    }

    /// Ends a row: gives it its number. Whether it has anything beside it.
    fn end_row(&mut self, pending: Pending, is_numbered: bool, span: Range<usize>) -> bool {
        let number = is_numbered && !pending.is_suppressed && pending.tag.is_none();
        *self.counter += usize::from(number);
        let tag = pending.tag.or_else(|| number.then_some(Tag::Number(*self.counter)));
        if tag.is_none() && pending.label.is_none() {
            return false;
        }
        let command = format!(r"\tag{{0}}\label{{essai.{}}}", self.rewritten.rows.len());
        self.put(&command, span);
        self.rewritten.rows.push(Row { tag, label: pending.label });
        true
    }

    /// The row that a label, a tag or the lack of a number belongs to.
    fn row(&mut self) -> &mut Pending {
        let numbered = self.levels.iter_mut().rev().find_map(|level| match level {
            Level::Environment(open) if open.environment.numbered != Numbered::No => Some(&mut open.pending),
            _ => None,
        });
        numbered.unwrap_or(&mut self.root)
    }

    /// `\label` at `command`.
    pub(super) fn label(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let Some(given) = argument(text, command.end) else {
            return Err(problem::missing_argument(origin.span(command), "label"));
        };
        let span = origin.span(given.inner.clone());
        let name = text[given.inner].trim().to_owned();
        let row = self.row();
        if let Some((first, _)) = &row.label {
            return Err(problem::second_label(span, first));
        }
        row.span.get_or_insert(origin.span(command));
        row.label = Some((name, span));
        Ok(given.end)
    }

    /// `\tag` or `\tag*` at `command`.
    pub(super) fn tag(&mut self, text: &str, command: Range<usize>, origin: &Origin) -> Result<usize, MathError> {
        let is_bare = text[command.end..].starts_with('*');
        let Some(given) = argument(text, command.end + usize::from(is_bare)) else {
            return Err(problem::missing_argument(origin.span(command), "tag"));
        };
        let tag = text[given.inner].to_owned();
        let row = self.row();
        row.span.get_or_insert(origin.span(command));
        row.tag = Some(if is_bare { Tag::Bare(tag) } else { Tag::Text(tag) });
        Ok(given.end)
    }

    /// `\eqno` at `command`: all up to the end of the formula is its tag.
    pub(super) fn equation_number(
        &mut self,
        text: &str,
        command: Range<usize>,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let number = text[command.end..].trim();
        if number.is_empty() || !self.levels.is_empty() {
            return Err(problem::missing_argument(origin.span(command), "eqno"));
        }
        self.root.span.get_or_insert(origin.span(command));
        self.root.tag = Some(Tag::Bare(format!("${number}$")));
        Ok(text.len())
    }

    /// Whether a rule may stand here: in the columns of an array or a matrix, or where it is a mistake.
    pub(super) fn may_have_rules(&self) -> bool {
        match self.levels.last() {
            Some(Level::Environment(open)) => {
                matches!(open.environment.arguments, Arguments::Columns | Arguments::Alignment)
            }
            Some(Level::Rows(_)) => false,
            _ => true,
        }
    }

    /// `\notag`.
    pub(super) fn no_tag(&mut self) {
        self.row().is_suppressed = true;
    }

    /// Everything at the end of the formula, which is `length` bytes long: a formula between `$$` that has rows, a tag
    /// or a label becomes an equation.
    pub(super) fn finish(mut self, length: usize) -> Result<Rewritten, MathError> {
        if let Some(Level::Environment(open)) =
            self.levels.iter().rev().find(|level| matches!(level, Level::Environment(_)))
        {
            return Err(problem::unclosed_environment(open.span.clone(), &open.name));
        }
        if let Some(Level::Fence(left)) = self.levels.last() {
            return Err(problem::unclosed_fence(left.clone()));
        }
        self.levels.clear();
        self.end_cell(length..length);
        let root = std::mem::take(&mut self.root);
        if self.display == Display::Inline {
            if let Some(span) = root.span {
                let name = if root.label.is_some() { "label" } else { "tag" };
                return Err(problem::inline_label(span, name));
            }
        } else if root.span.is_some() || self.root_has_rows {
            // As Sphinx has it, rows with cells are aligned without being told.
            let environment = match (self.root_has_rows, self.root_has_cells) {
                (true, true) => "align*",
                (true, false) => "gather*",
                (false, _) => "equation*",
            };
            let is_numbered = root.label.is_some();
            self.end_row(root, is_numbered, length..length);
            self.out.prepend(&format!(r"\begin{{{environment}}}"));
            self.put(&format!(r"\end{{{environment}}}"), length..length);
        }
        self.rewritten.tex = self.out.finish();
        Ok(self.rewritten)
    }
}

/// Whether there are rules between the rows of the environment `name`, which `text` is the inside of.
fn has_rules(text: &str, name: &str) -> bool {
    let end = text.find(&format!(r"\end{{{name}}}")).unwrap_or(0);
    text[..end].contains(r"\hline") || text[..end].contains(r"\hdashline")
}

/// The rule at `at` that nothing but the end of the environment follows: its style, and the byte after it.
fn last_rule(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let rules = [("\\hline", "border-bottom: 0.05em solid;"), ("\\hdashline", "border-bottom: 0.05em dashed;")];
    let (command, style) = rules.iter().find(|(command, _)| text[at..].starts_with(command))?;
    let mut end = at;
    while text[end..].starts_with(command) {
        end = skip_space(text, end + command.len());
    }
    text[end..].starts_with(r"\end").then_some((style, end))
}
