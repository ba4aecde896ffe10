//! Reads the engine's reports of unknown names, which it gives as text only.

/// One report: a message and where in which template.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// What is wrong.
    pub message: String,
    /// The template's name.
    pub template: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 0.
    pub column: usize,
    /// How many characters are marked.
    pub width: usize,
}

/// The reports in `text`: each `error: message`, then `--> template:line:column`, the line and a line of carets.
pub fn reports(text: &str) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(error) = line.strip_prefix("error: ") {
            message = error;
        } else if let Some((_, at)) = line.split_once("--> ").filter(|(before, _)| before.trim().is_empty()) {
            let mut parts = at.rsplitn(3, ':');
            let column = parts.next().and_then(|column| column.parse::<usize>().ok());
            let line = parts.next().and_then(|line| line.parse().ok());
            if let (Some(column), Some(line), Some(template)) = (column, line, parts.next()) {
                let (message, template) = (message.to_owned(), template.to_owned());
                reports.push(Report { message, template, line, column: column.saturating_sub(1), width: 1 });
            }
        } else if let Some(report) = reports.last_mut().filter(|_| line.trim_end().ends_with('^')) {
            let marks = line.trim_start_matches([' ', '|', '\t']);
            if marks.bytes().all(|byte| byte == b'^') {
                report.width = marks.len();
            }
        }
    }
    reports
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_read() {
        let text = "error: Unknown filter `x`\n --> a.html:2:3\n  |\n2 | {{ 1 | x }}\n  |       ^^^\n\nerror: Unknown test `y`\n --> b:1:1\n";
        let report = |message: &str, template: &str, line, column, width| Report {
            message: message.to_owned(),
            template: template.to_owned(),
            line,
            column,
            width,
        };
        assert_eq!(
            reports(text),
            [report("Unknown filter `x`", "a.html", 2, 2, 3), report("Unknown test `y`", "b", 1, 0, 1)]
        );
    }
}
