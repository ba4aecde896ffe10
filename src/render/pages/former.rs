//! Former ids of headings, as hidden anchors beside the headings that took their place.

use crate::link::FormerId;
use crate::render::address::push_text;

/// The anchors of the former ids that stand beside the heading `beside`; none for most headings.
pub fn anchors(former: &[FormerId], beside: &str) -> String {
    let mut html = String::new();
    for former in former.iter().filter(|former| former.beside == beside) {
        html.push_str("<a id=\"");
        push_text(&mut html, &former.id);
        html.push_str("\"></a>");
    }
    html
}

/// `html`, the text of an essay, with the anchors of its former ids inside their headings.
pub fn with_anchors(mut html: String, former: &[FormerId]) -> String {
    let mut headings: Vec<&str> = former.iter().map(|former| former.beside.as_str()).collect();
    headings.sort_unstable();
    headings.dedup();
    for heading in headings {
        let mut id = " id=\"".to_owned();
        push_text(&mut id, heading);
        id.push('"');
        let is_heading = |at: &usize| {
            let bytes = html.as_bytes();
            *at >= 3 && bytes[at - 3..at - 1] == *b"<h" && bytes[at - 1].is_ascii_digit()
        };
        let opening = html.match_indices(&id).map(|(at, _)| at).find(is_heading);
        if let Some(end) = opening.and_then(|at| html[at..].find('>').map(|length| at + length + 1)) {
            html.insert_str(end, &anchors(former, heading));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_ids_stand_in_their_headings() {
        let former = |id: &str, beside: &str| FormerId { id: id.to_owned(), beside: beside.to_owned() };
        let former = [former("a\"", "new"), former("b", "new"), former("c", "top")];
        let html = "<p id=\"new\">x</p><h2 id=\"new\" class=\"x\">N</h2>";
        assert_eq!(
            with_anchors(html.to_owned(), &former),
            "<p id=\"new\">x</p><h2 id=\"new\" class=\"x\"><a id=\"a&quot;\"></a><a id=\"b\"></a>N</h2>"
        );
        assert_eq!(anchors(&former, "top"), "<a id=\"c\"></a>");
    }
}
