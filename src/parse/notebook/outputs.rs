//! What running a cell gave, as a page shows it.

use serde_json::Value;

use super::bundle::{self, LARGEST, Shown};
use super::cells::Cells;
use super::format::Output;
use super::inserts::{Insert, Picture};
use super::options::Options;
use super::terminal;
use crate::diagnostic::notebook as mistake;

/// Writes `outputs` of a cell that says `options`. What it printed to one stream without a pause is one output.
pub fn write(cells: &mut Cells<'_>, outputs: &[Output], options: &Options) {
    let is_one = |a: &Output, b: &Output| a.output_type == "stream" && b.output_type == "stream" && a.name == b.name;
    for run in outputs.chunk_by(is_one) {
        let Some(output) = run.first() else { continue };
        match output.output_type.as_str() {
            "stream" => {
                let printed: String = run.iter().map(|output| output.text.0.as_str()).collect();
                let class = if output.name == "stderr" { "output-stream output-stderr" } else { "output-stream" };
                text(cells, class, &printed);
            }
            "error" => {
                let traceback = output.traceback.join("\n");
                let summary = format!("{}: {}", output.ename, output.evalue);
                text(cells, "output-error", if traceback.trim().is_empty() { &summary } else { &traceback });
            }
            "display_data" | "execute_result" | "pyout" => result(cells, output, options),
            _ => {}
        }
    }
}

/// Writes text as a terminal shows it, in a box that can be scrolled from the keyboard.
fn text(cells: &mut Cells<'_>, class: &str, printed: &str) {
    if printed.len() > LARGEST {
        return too_large(cells, printed.len());
    }
    let html = terminal::html(printed.trim_end());
    // HTML drops a line break that follows the tag.
    let first = if html.starts_with('\n') { "\n" } else { "" };
    cells.frame(&format!("<pre class=\"{class}\" tabindex=\"0\">{first}{html}</pre>\n"));
}

fn too_large(cells: &mut Cells<'_>, size: usize) {
    let place = cells.place();
    cells.diagnostics.push(mistake::output_too_large(place, size, LARGEST));
}

fn result(cells: &mut Cells<'_>, output: &Output, options: &Options) {
    match bundle::richest(&output.data) {
        None => {}
        Some(Shown::TooLarge(size)) => too_large(cells, size),
        Some(Shown::Plain(printed)) => text(cells, "output-text", &printed),
        Some(Shown::Html(html)) => {
            cells.frame("<div class=\"output-html\">\n");
            cells.composer.insert(Insert::Html(html));
            cells.frame("\n</div>\n");
        }
        Some(Shown::Markdown { class, text }) => {
            cells.frame(&format!("<div class=\"{class}\">\n"));
            cells.composer.output_markdown(&text);
            cells.frame("</div>\n");
        }
        Some(Shown::Picture { media_type, encoded }) => {
            let Some(destination) = cells.picture(media_type, &encoded) else { return };
            let said = output.metadata.get(media_type);
            let alternative = options
                .alternative
                .clone()
                .or_else(|| said?.get("alt")?.as_str().map(str::to_owned))
                .or_else(|| bundle::description(&output.data))
                .unwrap_or_else(|| cells.name_of_output());
            let length = |key: &str| said?.get(key).and_then(Value::as_f64).map(|length| length.round() as u64);
            let shown_size = length("width").zip(length("height"));
            // With a caption, all outputs are one figure.
            let element = if options.caption.is_some() { "div" } else { "figure" };
            cells.frame(&format!("<{element} class=\"output-picture\">\n"));
            cells.composer.insert(Insert::Picture(Picture { destination, alternative, shown_size }));
            cells.frame(&format!("\n</{element}>\n"));
        }
    }
}
