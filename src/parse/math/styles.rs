//! Classes and attributes in place of the styles that the typesetter writes into its elements, so that a page may forbid
//! styles in its elements (`Content-Security-Policy: style-src 'self'`).

use std::fmt::Write as _;

/// Declarations that become classes of `style.css`, each without spaces.
const CLASSES: [(&str, &str); 32] = [
    ("width:100%", "m-full"),
    ("width:50%", "m-half"),
    ("width:7.5%", "m-edge"),
    ("text-align:left", "m-left"),
    ("text-align:right", "m-right"),
    // These come with the alignment of the text, and are part of its class.
    ("justify-items:start", ""),
    ("justify-items:end", ""),
    ("padding:0.2em", "m-padded"),
    ("padding-top:0", "m-top-0"),
    ("padding-bottom:0", "m-bottom-0"),
    ("padding-left:0", "m-left-0"),
    ("padding-right:0", "m-right-0"),
    ("padding-left:1em", "m-left-1"),
    ("padding-top:0.1667em", "m-top-thin"),
    ("padding-left:0.1667em", "m-left-thin"),
    ("padding-left:0.2222em", "m-left-medium"),
    ("padding-left:0.2778em", "m-left-thick"),
    ("padding-right:0.1667em", "m-right-thin"),
    ("padding-right:0.2222em", "m-right-medium"),
    ("padding-right:0.2778em", "m-right-thick"),
    ("margin-left:-0.1667em", "m-back-thin"),
    ("margin-left:-0.2222em", "m-back-medium"),
    ("margin-left:-0.2778em", "m-back-thick"),
    ("math-shift:compact", "m-compact"),
    ("border-top:0.05emsolid", "m-border-top"),
    ("border-bottom:0.05emsolid", "m-border-bottom"),
    ("border-left:0.05emsolid", "m-border-left"),
    ("border-right:0.05emsolid", "m-border-right"),
    ("border-top:0.05emdashed", "m-border-top m-border-dashed"),
    ("border-bottom:0.05emdashed", "m-border-bottom m-border-dashed"),
    ("border-left:0.05emdashed", "m-border-left m-border-dashed"),
    ("border-right:0.05emdashed", "m-border-right m-border-dashed"),
];

/// Properties that MathML has attributes for.
const ATTRIBUTES: [(&str, &str); 3] =
    [("color", "mathcolor"), ("background", "mathbackground"), ("font-size", "mathsize")];

/// `html` with classes and attributes in place of styles. What has neither, such as a space of a length that only one
/// formula has, stays a style.
pub fn without_styles(html: String) -> String {
    const STYLE: &str = " style=\"";
    if !html.contains(STYLE) {
        return html;
    }
    let mut replaced = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once(STYLE) {
        replaced.push_str(before);
        rest = after;
        let tag = &replaced[replaced.rfind('<').unwrap_or(0)..];
        let is_free = !tag.contains('>') && !tag.contains(" class=\"");
        let end = after.find(['"', '>']).filter(|end| is_free && after[*end..].starts_with('"'));
        let Some(end) = end.filter(|end| !within_tag(&after[*end..]).contains(" class=\"")) else {
            replaced.push_str(STYLE);
            continue;
        };
        push(&mut replaced, &after[..end]);
        rest = &after[end + 1..];
    }
    replaced.push_str(rest);
    replaced
}

/// What of `html` is still in the tag that it begins in.
fn within_tag(html: &str) -> &str {
    &html[..html.find('>').unwrap_or(html.len())]
}

/// Writes what says the same as `style`.
fn push(html: &mut String, style: &str) {
    let (mut classes, mut kept, mut attributes) = (Vec::new(), Vec::new(), String::new());
    for declaration in style.split(';').map(str::trim).filter(|declaration| !declaration.is_empty()) {
        let bare: String = declaration.split_whitespace().collect();
        let bare = bare.strip_suffix("currentcolor").unwrap_or(&bare);
        let property = |name: &str| declaration.split_once(':').filter(|(property, _)| property.trim() == name);
        if let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == bare) {
            classes.push(*class);
        } else if let Some((attribute, value)) =
            ATTRIBUTES.iter().find_map(|(name, attribute)| Some((attribute, property(name)?.1)))
        {
            // Writing to a string does not fail.
            let _ = write!(attributes, " {attribute}=\"{}\"", value.trim());
        } else {
            kept.push(declaration);
        }
    }
    classes.retain(|class| !class.is_empty());
    classes.dedup();
    if !classes.is_empty() {
        let _ = write!(html, " class=\"{}\"", classes.join(" "));
    }
    html.push_str(&attributes);
    if !kept.is_empty() {
        let _ = write!(html, " style=\"{}\"", kept.join(";"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_classes_and_attributes() {
        let check = |html: &str, expected: &str| assert_eq!(without_styles(html.to_owned()), expected);
        check("<mn>1</mn>", "<mn>1</mn>");
        check(
            "<mtable style=\"width: 100%\"><mtd style=\"width: 50%\">",
            "<mtable class=\"m-full\"><mtd class=\"m-half\">",
        );
        check(
            "<mtd style=\"border-top: 0.05em dashed currentcolor;text-align: left;justify-items: start;padding-left: 0;\">",
            "<mtd class=\"m-border-top m-border-dashed m-left m-left-0\">",
        );
        check("<mrow style=\"color:#FF0000;\">", "<mrow mathcolor=\"#FF0000\">");
        check("<mtext style=\"font-size:1.2em\">a</mtext>", "<mtext mathsize=\"1.2em\">a</mtext>");
        check("<mspace style=\"margin-left:-3em;\"/>", "<mspace style=\"margin-left:-3em\"/>");
        check("<mi class=\"a\" style=\"width: 50%\">", "<mi class=\"a\" style=\"width: 50%\">");
        check("<mtext> style=\"width: 50%\"</mtext>", "<mtext> style=\"width: 50%\"</mtext>");
    }

    #[test]
    fn every_class_has_a_rule() {
        for class in CLASSES.iter().flat_map(|(_, classes)| classes.split_whitespace()) {
            assert!(super::super::STYLE.contains(&format!(".{class} ")), "{class}");
        }
    }
}
