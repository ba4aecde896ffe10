//! A result in several media types: which of them a page shows.

use serde_json::{Map, Value};

use super::output_html::{self, OutputHtml};

/// What a page shows of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// HTML, ready for the page.
    Html(String),
    /// Markdown, or TeX with its delimiters: either way a matter of the Markdown walk.
    Markdown {
        /// The class of the box that it stands in.
        class: &'static str,
        /// The text.
        text: String,
    },
    /// A picture.
    Picture {
        /// Its media type.
        media_type: &'static str,
        /// Base64, or the text of an SVG.
        encoded: String,
    },
    /// Plain text, perhaps with ANSI colours.
    Plain(String),
    /// Something that is larger than a page can bear, in bytes.
    TooLarge(usize),
}

/// The largest output of a page, in bytes as they stand in the notebook.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// The media types of pictures, best first, and the extensions of their files.
pub const PICTURES: &[(&str, &str)] = &[
    ("image/svg+xml", "svg"),
    ("image/png", "png"),
    ("image/jpeg", "jpg"),
    ("image/webp", "webp"),
    ("image/avif", "avif"),
    ("image/gif", "gif"),
];

/// The richest of the representations in `bundle` that a page can show, as Jupyter ranks them: HTML, Markdown, pictures,
/// TeX, plain text. HTML that is nothing without its scripts does not count, and HTML that has some only where there is
/// no picture.
pub fn richest(bundle: &Map<String, Value>) -> Option<Shown> {
    let html = text(bundle, "text/html").filter(|html| html.len() <= LARGEST).map(|html| output_html::clean(&html));
    let html = html.filter(|html| html.is_seen);
    let whole = |html: &OutputHtml| !html.had_scripts;
    let shown = html
        .clone()
        .filter(whole)
        .map(|html| Shown::Html(html.html))
        .or_else(|| text(bundle, "text/markdown").map(|text| Shown::Markdown { class: "output-markdown", text }))
        .or_else(|| {
            PICTURES.iter().find_map(|(media_type, _)| {
                text(bundle, media_type).map(|encoded| Shown::Picture { media_type, encoded })
            })
        })
        .or_else(|| html.map(|html| Shown::Html(html.html)))
        .or_else(|| text(bundle, "text/latex").and_then(tex))
        .or_else(|| text(bundle, "text/plain").map(Shown::Plain));
    let size = |text: &String| (text.len() > LARGEST).then_some(text.len());
    let too_large = match &shown {
        Some(
            Shown::Html(text)
            | Shown::Markdown { text, .. }
            | Shown::Picture { encoded: text, .. }
            | Shown::Plain(text),
        ) => size(text),
        Some(Shown::TooLarge(_)) | None => None,
    };
    too_large.or_else(|| text(bundle, "text/html").as_ref().and_then(size)).map(Shown::TooLarge).or(shown)
}

/// TeX that has its delimiters, without the blank lines at which a formula in Markdown would end.
fn tex(text: String) -> Option<Shown> {
    let text: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let text = text.join("\n");
    let is_delimited = ["$", "\\(", "\\[", "\\begin{"].iter().any(|delimiter| text.trim_start().starts_with(delimiter));
    is_delimited.then_some(Shown::Markdown { class: "output-latex", text })
}

/// The representation of this media type, if there is one that is not blank.
fn text(bundle: &Map<String, Value>, media_type: &str) -> Option<String> {
    let text = match bundle.get(media_type)? {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The text of the plain representation, if it says more than that there is an object.
pub fn description(bundle: &Map<String, Value>) -> Option<String> {
    let text = text(bundle, "text/plain")?;
    let text = text.trim();
    let is_object = text.starts_with('<') && text.ends_with('>');
    (!is_object && !text.contains('\n')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(bundle: Value, expected: Option<Shown>) {
        assert_eq!(richest(bundle.as_object().unwrap()), expected, "{bundle}");
    }

    #[test]
    fn the_richest_is_shown() {
        let html = || Some(Shown::Html("<p>a</p>".to_owned()));
        check(serde_json::json!({"text/plain": "a", "text/html": "<p>a</p>", "image/png": "b"}), html());
        check(
            serde_json::json!({"text/plain": "a", "image/jpeg": "c", "image/png": ["b", "c"]}),
            Some(Shown::Picture { media_type: "image/png", encoded: "bc".to_owned() }),
        );
        check(serde_json::json!({"text/plain": ["a\n", "b"]}), Some(Shown::Plain("a\nb".to_owned())));
        check(serde_json::json!({"application/json": {"a": 1}}), None);
        let picture = Some(Shown::Picture { media_type: "image/png", encoded: "b".to_owned() });
        check(serde_json::json!({"text/html": "<p>a</p><script></script>", "image/png": "b"}), picture);
        check(serde_json::json!({"text/html": "<p>a</p><script></script>", "text/plain": "b"}), html());
        let plain = Some(Shown::Plain("b".to_owned()));
        check(serde_json::json!({"text/html": "<div></div><script></script>", "text/plain": "b"}), plain);
    }

    #[test]
    fn tex_needs_delimiters() {
        let shown = |text: &str| Some(Shown::Markdown { class: "output-latex", text: text.to_owned() });
        check(serde_json::json!({"text/latex": "$$a\n\n= b$$", "text/plain": "a"}), shown("$$a\n= b$$"));
        let plain = Some(Shown::Plain("a".to_owned()));
        check(serde_json::json!({"text/latex": "\\alpha", "text/plain": "a"}), plain);
    }

    #[test]
    fn what_is_too_large_is_told() {
        let large = "x".repeat(LARGEST + 1);
        check(serde_json::json!({"text/plain": &large}), Some(Shown::TooLarge(LARGEST + 1)));
        check(serde_json::json!({"text/html": &large, "text/plain": "a"}), Some(Shown::TooLarge(LARGEST + 1)));
    }
}
