//! Commutative diagrams, as the environment `CD` of amscd has them: rows of objects with arrows between, and rows of arrows.

use super::reader::name_end;

/// The TeX of a diagram whose rows are `rows`.
pub(super) fn diagram(rows: &str) -> String {
    let rows: Vec<Vec<Cell<'_>>> = split(rows).into_iter().map(cells).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default().max(1);
    let lines = rows.iter().map(|row| row.iter().map(Cell::tex).collect::<Vec<_>>().join(" & "));
    let lines = lines.collect::<Vec<_>>().join(r" \\ ");
    format!("\\begin{{array}}{{{}}}{lines}\\end{{array}}", "c".repeat(columns))
}

/// A place of the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell<'a> {
    /// An object; it may be empty.
    Object(&'a str),
    /// `@>a>b>` and its kin: the sign, what stands over or left of it, and what stands under or right of it.
    Arrow(char, &'a str, &'a str),
}

impl Cell<'_> {
    fn tex(&self) -> String {
        match *self {
            Self::Object(tex) => tex.trim().to_owned(),
            Self::Arrow(sign @ ('>' | '<'), over, under) => {
                let name = if sign == '>' { "xrightarrow" } else { "xleftarrow" };
                let over = if over.trim().is_empty() { r"\quad" } else { over.trim() };
                match under.trim() {
                    "" => format!("\\{name}{{\\ {over}\\ }}"),
                    under => format!("\\{name}[{{\\ {under}\\ }}]{{\\ {over}\\ }}"),
                }
            }
            Self::Arrow(sign @ ('V' | 'A'), left, right) => {
                let name = if sign == 'V' { r"\Big\downarrow" } else { r"\Big\uparrow" };
                let side = |label: &str| match label.trim() {
                    "" => String::new(),
                    label => format!("{{\\scriptstyle {label}}}"),
                };
                format!("{}{name}{}", side(left), side(right))
            }
            Self::Arrow('=', ..) => r"=\!=\!=".to_owned(),
            Self::Arrow('|', ..) => r"\Big\Vert".to_owned(),
            Self::Arrow(..) => String::new(),
        }
    }
}

/// The byte after the one at `at`, a command or a group counted as one.
fn next(text: &str, at: usize) -> usize {
    match text.as_bytes()[at] {
        b'\\' => name_end(text, at + 1),
        b'{' => super::reader::argument(text, at).map_or(at + 1, |group| group.end),
        _ => at + text[at..].chars().next().map_or(1, char::len_utf8),
    }
}

/// The rows.
fn split(text: &str) -> Vec<&str> {
    let (mut rows, mut from, mut at) = (Vec::new(), 0, 0);
    while at < text.len() {
        let end = next(text, at);
        if matches!(&text[at..end], r"\\" | r"\cr") {
            rows.push(&text[from..at]);
            from = end;
        }
        at = end;
    }
    if !text[from..].trim().is_empty() {
        rows.push(&text[from..]);
    }
    rows
}

/// The cells of a row: objects in the first, third and so on, arrows between; or arrows in the places of objects.
fn cells(row: &str) -> Vec<Cell<'_>> {
    let is_vertical = row.trim_start().starts_with('@');
    let (mut cells, mut from, mut at) = (Vec::new(), 0, 0);
    while at < row.len() {
        if row.as_bytes()[at] != b'@' {
            at = next(row, at);
            continue;
        }
        let before = &row[from..at];
        let Some(sign) = row[at + 1..].chars().next() else { break };
        let (mut labels, mut end) = (["", ""], at + 1 + sign.len_utf8());
        if matches!(sign, '>' | '<' | 'V' | 'A') {
            for label in &mut labels {
                let start = end;
                while end < row.len() && !row[end..].starts_with(sign) {
                    end = next(row, end);
                }
                *label = &row[start..end.min(row.len())];
                end = (end + 1).min(row.len());
            }
        }
        match is_vertical {
            true if cells.is_empty() => {}
            _ => cells.push(Cell::Object(before)),
        }
        cells.push(Cell::Arrow(sign, labels[0], labels[1]));
        (from, at) = (end, end);
    }
    if !is_vertical {
        cells.push(Cell::Object(&row[from..]));
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::diagram;

    #[test]
    fn diagrams_are_arrays() {
        let check = |rows: &str, expected: &str| assert_eq!(diagram(rows), expected, "{rows}");
        check(
            r"A @>f>> B \\ @VVgV @| \\ C @= D",
            r"\begin{array}{ccc}A & \xrightarrow{\ f\ } & B \\ \Big\downarrow{\scriptstyle g} &  & \Big\Vert \\ C & =\!=\!= & D\end{array}",
        );
        check(r"A @<a<b< B", r"\begin{array}{ccc}A & \xleftarrow[{\ b\ }]{\ a\ } & B\end{array}");
        for strange in ["", "@", "@>", "@>é", "{", "\\", "@>a>", "@V{"] {
            assert!(diagram(strange).ends_with(r"\end{array}"), "{strange}");
        }
    }
}
