//! The last touches to the MathML of a formula.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::Label;
use super::rewrite::{Element, MARK, Tag, colour_of};
use super::styles::without_styles;

/// What is not left as it is in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'<').add(b'>').add(b'`').add(b'&').add(b'\'');

/// The beginning of a square root.
const ROOT: &str = "<msqrt>";

/// Puts into `mathml` what the typesetter could not: what is beside its rows, links for its references, elements for
/// its coloured rows, and `tex` as its annotation.
pub fn finish(mathml: &str, tex: &str, rows: &[String], links: &[String], elements: &[Element]) -> String {
    let end = mathml.rfind("<annotation").unwrap_or(mathml.len());
    // The HTML standard's checker does not know this attribute on a table, whose level is 0 but in an index anyway.
    let mut html = mathml[..end].replace("\" scriptlevel=\"0\"", "\"");
    // So `\mathrel{\big|}` comes out of the typesetter; an attribute may stand only once.
    const TWICE: &str = " stretchy=\"false\" stretchy=\"true\"";
    if html.contains(TWICE) {
        html = html.replace(TWICE, " stretchy=\"true\"");
    }
    // Browsers hang the least sign of a root from the top of what is under it, where TeX centres it.
    if html.contains(ROOT) {
        html = html.replace(ROOT, &format!("{ROOT}<mspace height=\"0.7em\" depth=\"0.2em\"/>"));
    }
    if !rows.is_empty() {
        html = replace(&html, " id=\"essai.", "\"><mtext>(0)</mtext>", rows);
    }
    if !links.is_empty() {
        html = replace(&html, &String::from(MARK), &String::from(MARK), links);
    }
    for (number, element) in elements.iter().enumerate() {
        html = put_element(&html, number, element);
    }
    html = without_styles(html);
    html.push_str("<annotation encoding=\"application/x-tex\">");
    text(&mut html, tex);
    html.push_str("</annotation></semantics></math>");
    html
}

/// How many signs the formula `html` shows.
pub fn signs(html: &str) -> usize {
    let shown = html[..html.find("<annotation").unwrap_or(html.len())].split('<');
    shown.map(|part| part.split_once('>').map_or(0, |(_, shown)| shown.chars().count())).sum()
}

/// What the formula `html` shows, if that is a row of single signs and names of functions: `α`, `x∈ℝ`, `e sin E`. A script or a
/// fraction says nothing without its place, and other names run into what is beside them.
pub fn row_of_signs(html: &str) -> Option<String> {
    let shown = html[..html.find("<annotation")?].strip_prefix("<math")?;
    let mut row = String::new();
    let mut is_after_word = false;
    for element in shown.split('<') {
        let (tag, text) = element.split_once('>')?;
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        let text = match text {
            "&lt;" => "<",
            "&gt;" => ">",
            "&amp;" => "&",
            text => text,
        };
        let is_word = name != "mn" && text.chars().count() > 1;
        let is_known = matches!(name, "" | "semantics" | "mrow" | "mi" | "mo" | "mn");
        if !is_known || is_word && !text.chars().all(char::is_alphabetic) {
            return None;
        }
        let ends_in_name = row.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | ']' | '}'));
        if ends_in_name && (is_word || is_after_word && text.starts_with(char::is_alphanumeric)) {
            row.push(' ');
        }
        row.push_str(text);
        is_after_word = is_word || is_after_word && text.is_empty();
    }
    Some(row).filter(|row| !row.is_empty())
}

/// `html` with `values[n]` in place of every `before` n `after`.
fn replace(html: &str, before: &str, after: &str, values: &[String]) -> String {
    let mut replaced = String::with_capacity(html.len() + 64 * values.len());
    let mut rest = html;
    while let Some(at) = rest.find(before) {
        let found = &rest[at + before.len()..];
        let value = found.find(after).and_then(|length| {
            let value = values.get(found[..length].parse::<usize>().ok()?)?;
            Some((value, &found[length + after.len()..]))
        });
        match value {
            Some((value, next)) => {
                replaced.push_str(&rest[..at]);
                replaced.push_str(value);
                rest = next;
            }
            None => {
                replaced.push_str(&rest[..at + before.len()]);
                rest = found;
            }
        }
    }
    replaced.push_str(rest);
    replaced
}

/// Puts element `number` in place of the row of its colour.
fn put_element(html: &str, number: usize, element: &Element) -> String {
    let [red, green, blue] = colour_of(number);
    let row = format!("<mrow style=\"color:#{red:02X}{green:02X}{blue:02X};\">");
    let Some((before, rest)) = html.split_once(&row) else { return html.to_owned() };
    let end = row_end(rest);
    let after = rest[end..].strip_prefix("</mrow>").unwrap_or(&rest[end..]);
    let content = &rest[..end];
    match element {
        Element::Row => {
            let start = before.rfind("<mtr").unwrap_or(before.len());
            let next = after.find("</mtr>").map_or("", |at| &after[at..]);
            let columns = columns(html, start);
            let is_row = content.strip_prefix("<mrow>").is_some_and(|inside| &inside[row_end(inside)..] == "</mrow>");
            let (open, close) = if is_row { ("", "") } else { ("<mrow>", "</mrow>") };
            let text = breakable(content);
            let cell = format!("<mtr><mtd columnspan=\"{columns}\" class=\"m-between\">{open}{text}{close}</mtd>");
            format!("{}{cell}{next}", &before[..start])
        }
        Element::Tags { open, close } => format!("{before}{open}{content}{close}{after}"),
        Element::Table(style) => {
            let (tag, table) = content.split_once('>').unwrap_or((content, ""));
            match tag.split_once(" style=\"") {
                Some((name, rest)) => format!("{before}{name} style=\"{style}{rest}>{table}{after}"),
                None => format!("{before}{tag} style=\"{style}\">{table}{after}"),
            }
        }
    }
}

/// Where the row ends that `html` begins in.
fn row_end(html: &str) -> usize {
    let mut depth = 1usize;
    for (at, _) in html.match_indices("mrow") {
        if html[..at].ends_with("</") {
            depth -= 1;
        } else if html[..at].ends_with('<') {
            depth += 1;
        }
        if depth == 0 {
            return at - 2;
        }
    }
    html.len()
}

/// `content` with spaces at which a line may break between the words of its texts. Those at their ends would not show.
fn breakable(content: &str) -> String {
    const SPACE: char = '\u{a0}';
    let texts = content.split_inclusive("<mtext>").map(|part| {
        let (text, rest) = part.split_at(part.find("</mtext>").unwrap_or(0));
        let inner = text.trim_matches(SPACE);
        text.replacen(inner, &inner.replace(SPACE, " "), 1) + rest
    });
    texts.collect()
}

/// How many columns the innermost table around byte `at` of `html` has.
fn columns(html: &str, at: usize) -> usize {
    /// A table: where it begins, the cells of its row so far, and the most cells of a row.
    struct Table(usize, usize, usize);
    let mut open: Vec<Table> = Vec::new();
    for (tag, _) in html.match_indices('<') {
        let rest = &html[tag..];
        if rest.starts_with("<mtable") {
            open.push(Table(tag, 0, 0));
        } else if rest.starts_with("</mtable") {
            match open.pop() {
                Some(Table(start, _, most)) if tag > at && start < at => return most,
                _ => {}
            }
        } else if let Some(Table(_, cells, most)) = open.last_mut() {
            if rest.starts_with("<mtr") {
                *cells = 0;
            } else if rest.starts_with("<mtd") {
                *cells += 1;
                *most = (*most).max(*cells);
            }
        }
    }
    1
}

/// What is beside a row: its tag and its id, from within the opening tag of the cell on. `set` sets a tag that is more
/// than plain text.
pub fn number(tag: Option<&Tag>, id: Option<&str>, set: impl Fn(&str) -> Option<String>) -> String {
    let mut html = String::new();
    if let Some(id) = id {
        html.push_str(" id=\"");
        attribute(&mut html, id);
        html.push('"');
    }
    html.push('>');
    let (printed, tex) = match tag {
        None => return html,
        Some(Tag::Number(number)) => (format!("({number})"), None),
        Some(Tag::Text(tex)) => (format!("({tex})"), Some(tex)),
        Some(Tag::Bare(tex)) => (tex.clone(), Some(tex)),
    };
    match tex.filter(|tex| tex.contains(['\\', '$', '{', '~'])).and_then(|_| set(&printed)) {
        Some(mathml) => html.push_str(&mathml),
        None => {
            html.push_str("<mtext>");
            text(&mut html, &printed);
            html.push_str("</mtext>");
        }
    }
    html
}

/// A tag as plain text, without parentheses.
pub fn plain(tag: &Tag) -> String {
    match tag {
        Tag::Number(number) => number.to_string(),
        Tag::Text(tex) | Tag::Bare(tex) => tex.replace(['$', '{', '}'], "").replace("\\ast", "*").replace('\\', ""),
    }
}

/// A link to the equation with `label`; without one, what shows that it is missing.
pub fn link(label: Option<&Label>, in_parentheses: bool) -> String {
    let number = label.and_then(|label| label.number.as_deref()).unwrap_or("??");
    let mut html = String::new();
    if let Some(label) = label {
        html.push_str("<a href=\"#");
        html.extend(utf8_percent_encode(&label.id, FRAGMENT));
        html.push_str("\">");
    }
    html.push_str(if in_parentheses { "(" } else { "" });
    text(&mut html, number);
    html.push_str(if in_parentheses { ")" } else { "" });
    html.push_str(if label.is_some() { "</a>" } else { "" });
    html
}

/// What stands in the `<semantics>` of `mathml` before its annotation.
pub fn content(mathml: &str) -> Option<&str> {
    let start = mathml.find("<semantics>")? + "<semantics>".len();
    mathml.get(start..mathml.rfind("<annotation")?)
}

/// A formula that cannot be set.
pub fn raw(tex: &str) -> String {
    let mut html = "<code class=\"math-error\">".to_owned();
    text(&mut html, tex.trim());
    html.push_str("</code>");
    html
}

fn text(html: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = escape_html_body_text(html, text);
}

fn attribute(html: &mut String, text: &str) {
    let _ = escape_html(html, text);
}
