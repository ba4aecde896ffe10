//! The style of highlighted code, light and dark in one.

use std::collections::BTreeSet;

use super::class::{Class, ClassSet};

/// The colours of a class on light and on dark; readable (WCAG AA) on the theme's code background, marked or not.
const COLOURS: [(Class, &str, &str); 15] = [
    (Class::Keyword, "#8a2450", "#f09bb4"),
    (Class::String, "#2c5f2d", "#a5cf8c"),
    (Class::Comment, "#665c50", "#b3a99b"),
    (Class::Number, "#8a4300", "#efb27a"),
    (Class::Function, "#1d4f91", "#93bff0"),
    (Class::Type, "#0f5c68", "#83cfd6"),
    (Class::Variable, "#5d3a8c", "#cbb2f2"),
    (Class::Meta, "#7a4a00", "#e2be74"),
    (Class::Inserted, "#1e5f2b", "#9fd3a0"),
    (Class::Deleted, "#9a2222", "#f5a49a"),
    (Class::Heading, "#1d4f91", "#93bff0"),
    (Class::Escape, "#8a3324", "#f0a58c"),
    (Class::Attribute, "#5a4a00", "#d3c478"),
    (Class::Prompt, "#665c50", "#b3a99b"),
    (Class::Output, "#574f45", "#beb5a7"),
];

/// The style sheet's rules for `classes`; nothing for none. Colours follow the page's `color-scheme`.
///
/// Needs no other style: where it stands alone a marked line has a bar at its side, and long lines scroll.
pub fn style(classes: ClassSet) -> String {
    let mut css = String::new();
    for (class, light, dark) in COLOURS {
        if classes.contains(class) {
            css += &format!("pre .{} {{ color: light-dark({light}, {dark}); }}\n", class.name());
        }
    }
    for class in Class::ALL {
        if classes.contains(class) {
            css += layout(class);
        }
    }
    css
}

/// The rules by which blocks of code are numbered from other numbers than 1.
pub fn starts(numbers: &BTreeSet<usize>) -> String {
    let rule = |first: &usize| match first {
        0 => "pre.from-0 { counter-reset: line -1; }\n".to_owned(),
        first => format!("pre.from-{first} {{ counter-reset: line {}; }}\n", first - 1),
    };
    numbers.iter().map(rule).collect()
}

/// What a class has besides its colour.
fn layout(class: Class) -> &'static str {
    match class {
        Class::Comment => "pre .c { font-style: italic; }\n",
        Class::Heading => "pre .h { font-weight: bold; }\n",
        Class::Inserted => {
            "pre { --i: light-dark(#dfe8d8, #24301f); }\n\
             pre .i, pre .line:has(> .i) { background: var(--i); }\n\
             pre > code > .i { display: inline-block; min-width: 100%; box-shadow: 2em 0 var(--i), -2em 0 var(--i); }\n\
             pre > code:has(> .i) { display: block; width: max-content; min-width: 100%; line-height: 1.765; }\n"
        }
        Class::Deleted => {
            "pre { --d: light-dark(#f3dfd9, #3a2320); }\n\
             pre .d, pre .line:has(> .d) { background: var(--d); }\n\
             pre > code > .d { display: inline-block; min-width: 100%; box-shadow: 2em 0 var(--d), -2em 0 var(--d); }\n\
             pre > code:has(> .d) { display: block; width: max-content; min-width: 100%; line-height: 1.765; }\n"
        }
        Class::Prompt => "pre .prompt { -webkit-user-select: none; user-select: none; }\n",
        Class::Line => {
            "pre:has(> code > .line) { padding-inline: 0; }\n\
             pre > code:has(> .line) { display: block; width: max-content; min-width: 100%; }\n\
             pre .line { display: block; padding-inline: 1.3em; line-height: 1.765; }\n"
        }
        Class::Marked => {
            "pre .marked { background: light-dark(#f5ecc6, #38311a); box-shadow: inset 0.25em 0 currentColor; }\n"
        }
        Class::Numbered => {
            "pre.numbered .line { counter-increment: line; padding-inline-start: 0; }\n\
             pre.numbered .line::before { content: counter(line); display: inline-block; width: 2.5em; \
             margin-inline-end: 1em; text-align: end; color: light-dark(#665c50, #b3a99b); \
             -webkit-user-select: none; user-select: none; }\n\
             @supports (content: \"a\" / \"\") { pre.numbered .line::before { content: counter(line) / \"\"; } }\n"
        }
        Class::Titled => {
            "figure.code > pre { margin: 0; border-start-start-radius: 0; border-start-end-radius: 0; }\n\
             figure.code > figcaption { margin: 0; padding: 0.4em 1.3em; text-align: start; font-size: 0.85em; \
             border-radius: 0.3em 0.3em 0 0; background: light-dark(#e9e3d8, #302d28); \
             color: light-dark(#574f45, #beb5a7); }\n"
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(ink: &str, ground: &str) -> f64 {
        let (a, b) = (luminance(ink), luminance(ground));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn colours_are_readable_on_every_ground() {
        for (class, light, dark) in COLOURS {
            let own = match class {
                Class::Inserted => ["#dfe8d8", "#24301f"],
                Class::Deleted => ["#f3dfd9", "#3a2320"],
                _ => ["#f4f1ea", "#24221e"],
            };
            for (ink, grounds) in [(light, ["#f4f1ea", "#f5ecc6", own[0]]), (dark, ["#24221e", "#38311a", own[1]])] {
                for ground in grounds {
                    assert!(contrast(ink, ground) >= 4.5, "{class:?} {ink} on {ground}: {}", contrast(ink, ground));
                }
            }
        }
        assert!(contrast("#574f45", "#e9e3d8") >= 4.5 && contrast("#beb5a7", "#302d28") >= 4.5);
    }

    #[test]
    fn holds_only_what_is_used() {
        assert_eq!(style(ClassSet::default()), "");
        let only = style([Class::Keyword].into_iter().collect());
        assert_eq!(only, "pre .k { color: light-dark(#8a2450, #f09bb4); }\n");
        let all = style(Class::ALL.into_iter().collect());
        assert_eq!(all.matches('{').count(), all.matches('}').count());
        assert!(all.len() < 4000, "{}", all.len());
    }
    #[test]
    fn numbers_begin_where_they_are_told_to() {
        assert_eq!(starts(&BTreeSet::new()), "");
        let css = "pre.from-0 { counter-reset: line -1; }\npre.from-9 { counter-reset: line 8; }\n";
        assert_eq!(starts(&BTreeSet::from([9, 0])), css);
    }
}
