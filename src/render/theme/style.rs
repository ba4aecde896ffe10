//! What the style holds besides the theme's own: what the configuration says, and what the essays need.

use std::fmt::Write as _;

use super::book;
use crate::link::Site;
use crate::parse::code::{self, ClassSet};
use crate::read::{BookFace, ThemeConfig};

/// What the style of `site` holds besides the theme's; empty where nothing is needed. `fonts` are the rules of the book face.
pub fn additions(site: &Site, fonts: &str) -> String {
    let mut css = fonts.to_owned();
    let classes = site.essays.iter().fold(ClassSet::default(), |classes, essay| classes.union(essay.code_classes));
    css.push_str(&code::style(classes));
    css.push_str(&code::starts(&site.essays.iter().flat_map(|essay| &essay.code_starts).copied().collect()));
    if site.essays.iter().any(|essay| essay.has_widths) {
        push_widths(&mut css);
    }
    push_settings(&mut css, &site.config.theme);
    css
}

/// The widths that pictures can have, in hundredths of the text's.
fn push_widths(css: &mut String) {
    for percent in 1..=100 {
        // Writing to a string does not fail.
        let _ = write!(css, ".width-{percent}{{width:{percent}%}}");
    }
    css.push('\n');
}

/// What the configuration sets otherwise.
fn push_settings(css: &mut String, theme: &ThemeConfig) {
    let mut rules = Vec::new();
    let fonts = &theme.fonts;
    let book = fonts.face.map(|BookFace::Libertinus| book::families());
    let text = fonts.text.clone().or(book);
    let properties = [
        ("--text-font", &text),
        ("--heading-font", &fonts.heading),
        ("--sans-font", &fonts.sans),
        ("--code-font", &fonts.code),
        ("--measure", &theme.width),
    ];
    rules.extend(properties.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}:{value}"))));
    if let Some(accent) = &theme.accent {
        let light = &accent.light;
        let dark = accent.dark.clone().unwrap_or_else(|| format!("color-mix(in oklab,{light} 50%,#fff)"));
        rules.push(format!("--accent:light-dark({light},{dark})"));
    }
    if !rules.is_empty() {
        let _ = writeln!(css, ":root{{{}}}", rules.join(";"));
    }
}

/// `css` without comments and indentation. It must hold no comment inside a string.
pub fn compact(css: &str) -> String {
    let mut compacted = String::with_capacity(css.len());
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    for line in bare.lines().map(str::trim).filter(|line| !line.is_empty()) {
        compacted.push_str(line);
        compacted.push('\n');
    }
    compacted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Accent, FontsConfig};

    #[test]
    fn css_is_made_compact() {
        let check = |css: &str, expected: &str| assert_eq!(compact(css), expected);
        check("/* a\n b */\na {\n  b: c; /* d */\n}\n", "a {\nb: c;\n}\n");
        check("a {}", "a {}\n");
    }

    #[test]
    fn settings_become_properties() {
        let mut css = String::new();
        push_settings(&mut css, &ThemeConfig::default());
        assert_eq!(css, "");
        let theme = ThemeConfig {
            accent: Some(Accent { light: "#123".to_owned(), dark: None }),
            fonts: FontsConfig { text: Some("Charter, serif".to_owned()), ..FontsConfig::default() },
            ..ThemeConfig::default()
        };
        push_settings(&mut css, &theme);
        let accent = "light-dark(#123,color-mix(in oklab,#123 50%,#fff))";
        assert_eq!(css, format!(":root{{--text-font:Charter, serif;--accent:{accent}}}\n"));
    }
}
