//! Classes and attributes in place of the styles that the typesetter writes into its elements, so that a page may forbid
//! styles in its elements (`Content-Security-Policy: style-src 'self'`).

use std::borrow::Cow;
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

/// What a class begins with that is named after its declaration: [`rule`] has its rule.
pub const OWN: &str = "m-own-";

/// Properties whose values are the author's: lengths and colours. Each with what its class has between [`OWN`] and the
/// value.
const OWN_PROPERTIES: [(&str, &str); 2] = [("margin-left:", "left"), ("border:0.06emsolid", "frame")];

/// The class for `bare`, a declaration without spaces whose value is the author's.
fn own_class(bare: &str) -> Option<String> {
    let (name, value) = OWN_PROPERTIES.iter().find_map(|(begin, name)| Some((name, bare.strip_prefix(begin)?)))?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'#');
    let is_value = !value.is_empty() && value.bytes().all(is_plain);
    is_value.then(|| format!("{OWN}{name}-{}", value.replace('.', "_").replace('#', "x-")))
}

/// The rule of a class that begins with [`OWN`], as CSS; `None` if there is no such class.
pub fn rule(class: &str) -> Option<String> {
    let (name, value) = class.strip_prefix(OWN)?.split_once('-')?;
    let value = value.replace("x-", "#").replace('_', ".");
    match name {
        "left" => Some(format!("math .{class} {{ margin-left: {value}; }}\n")),
        "frame" => Some(format!("math .{class} {{ border: 0.06em solid {value}; }}\n")),
        _ => None,
    }
}

/// `declaration`, which is without spaces, with at most four digits behind the point of its length.
fn rounded(declaration: &str) -> Cow<'_, str> {
    let Some((property, value)) = declaration.split_once(':') else { return declaration.into() };
    let digits = value.trim_start_matches(|next: char| next.is_ascii_digit() || matches!(next, '.' | '-'));
    let number = &value[..value.len() - digits.len()];
    match number.split_once('.').and_then(|(_, behind)| (behind.len() > 4).then(|| number.parse::<f64>().ok())?) {
        Some(number) => format!("{property}:{}{digits}", (number * 1e4).round() / 1e4).into(),
        None => declaration.into(),
    }
}

/// `html` with classes and attributes in place of styles. What has neither stays a style.
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
        let has_width = tag.contains(" width=\"");
        let style = &after[..end];
        // A space has its width as an attribute already.
        push(&mut replaced, if has_width && style.starts_with("width:") { "" } else { style });
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
    let (mut classes, mut kept, mut attributes) = (Vec::<Cow<'_, str>>::new(), Vec::new(), String::new());
    for declaration in style.split(';').map(str::trim).filter(|declaration| !declaration.is_empty()) {
        let bare: String = declaration.split_whitespace().collect();
        let bare = &*rounded(bare.strip_suffix("currentcolor").unwrap_or(&bare));
        let property = |name: &str| declaration.split_once(':').filter(|(property, _)| property.trim() == name);
        if let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == bare) {
            classes.push((*class).into());
        } else if let Some((attribute, value)) =
            ATTRIBUTES.iter().find_map(|(name, attribute)| Some((attribute, property(name)?.1)))
        {
            // Writing to a string does not fail.
            let _ = write!(attributes, " {attribute}=\"{}\"", value.trim());
        } else if let Some(class) = own_class(bare) {
            classes.push(class.into());
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
        check("<mspace style=\"margin-left:-0.16666667em;\"/>", "<mspace class=\"m-back-thin\"/>");
        check("<mspace style=\"margin-left:-3em;\"/>", "<mspace class=\"m-own-left--3em\"/>");
        check("<mspace width=\"0.2rem\" style=\"width:0.2rem\"/>", "<mspace width=\"0.2rem\"/>");
        check("<mrow style=\"border:0.06em solid #f00\">", "<mrow class=\"m-own-frame-x-f00\">");
        check("<mrow style=\"float:left\">", "<mrow style=\"float:left\">");
        check("<mi class=\"a\" style=\"width: 50%\">", "<mi class=\"a\" style=\"width: 50%\">");
        check("<mtext> style=\"width: 50%\"</mtext>", "<mtext> style=\"width: 50%\"</mtext>");
    }

    #[test]
    fn a_class_of_its_own_holds_its_rule() {
        let check = |bare: &str, expected: &str| {
            let class = own_class(&rounded(bare)).unwrap_or_default();
            assert_eq!(rule(&class), Some(format!("math .{class} {{ {expected}; }}\n")), "{bare}");
        };
        check("margin-left:-0.38888889em", "margin-left: -0.3889em");
        check("margin-left:3pt", "margin-left: 3pt");
        check("border:0.06emsolidred", "border: 0.06em solid red");
        check("border:0.06emsolid#0a7f7f", "border: 0.06em solid #0a7f7f");
        assert_eq!(own_class("margin-left:calc(1em)"), None);
        assert_eq!(rule("m-back-thin"), None);
        assert_eq!(rule("m-own-right-1em"), None);
    }

    #[test]
    fn every_class_has_a_rule() {
        for class in CLASSES.iter().flat_map(|(_, classes)| classes.split_whitespace()) {
            assert!(super::super::STYLE.contains(&format!(".{class} ")), "{class}");
        }
    }
}
