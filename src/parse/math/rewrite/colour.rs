//! Colours, and elements of ours that stand in the place of coloured rows.

use std::ops::Range;

use super::commands::Rule;
use super::reader::{Argument, optional};
use super::{Element, MathError, Origin, Rewriter, colour_of, problem};

/// Names of CSS for the colour that is there.
const INHERITED: [&str; 3] = ["inherit", "currentcolor", "unset"];

impl Rewriter<'_> {
    /// `\color` and its kin.
    pub(super) fn coloured(
        &mut self,
        rule: Rule,
        text: &str,
        command: &Range<usize>,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let model = optional(text, command.end);
        let at = model.as_ref().map_or(command.end, |model| model.end);
        let first = self.argument(text, command, at, origin)?;
        let name = text[first.inner.clone()].trim();
        let name_span = origin.span(first.inner.clone());
        if INHERITED.iter().any(|inherited| name.eq_ignore_ascii_case(inherited)) && model.is_none() {
            return match rule {
                Rule::Colour => Ok(first.end),
                Rule::TextColour => {
                    let given = self.argument(text, command, first.end, origin)?;
                    self.around("{", text, &given, "}", origin)
                }
                _ => Err(problem::unknown_colour(name_span, name)),
            };
        }
        if matches!(rule, Rule::Colour | Rule::TextColour) {
            let colour = match (model, name.strip_prefix('#')) {
                (Some(model), _) => format!(r"\color[{}]{{{name}}}", &text[model.inner]),
                (None, Some(hex)) => format!(r"\color[HTML]{{{}}}", long_hex(hex, name, &name_span)?),
                (None, None) => format!(r"\color{{{name}}}"),
            };
            if rule == Rule::Colour {
                self.switch(name_span.clone());
                self.put(&colour, name_span);
                return Ok(first.end);
            }
            let given = self.argument(text, command, first.end, origin)?;
            self.put("{", name_span.start..name_span.start);
            self.put(&colour, name_span);
            return self.around(" ", text, &given, "}", origin);
        }
        let mut style = String::new();
        let mut end = first.end;
        if rule == Rule::FrameBox {
            let second = self.argument(text, command, end, origin)?;
            style = format!("border:0.06em solid {};", css_colour(name, &name_span)?);
            style.push_str("background:");
            style.push_str(css_colour(text[second.inner.clone()].trim(), &origin.span(second.inner))?);
            end = second.end;
        } else {
            style.push_str("background:");
            style.push_str(css_colour(name, &name_span)?);
        }
        let given = self.argument(text, command, end, origin)?;
        let open = format!(r#"<mrow style="{style};padding:0.2em">"#);
        self.element(Element::Tags { open, close: "</mrow>" }, Rule::FramedText, text, &given, origin)
    }

    /// What opens the group that `element` takes the place of.
    pub(super) fn opening(&mut self, element: Element) -> String {
        let [red, green, blue] = colour_of(self.rewritten.elements.len());
        self.rewritten.elements.push(element);
        format!(r"{{\color[RGB]{{{red},{green},{blue}}} ")
    }

    /// An element of our own around the argument; its content is text for [`Rule::FramedText`].
    pub(super) fn element(
        &mut self,
        element: Element,
        rule: Rule,
        text: &str,
        given: &Argument,
        origin: &Origin,
    ) -> Result<usize, MathError> {
        let opening = self.opening(element);
        let span = origin.span(given.inner.clone());
        self.put(&opening, span.start..span.start);
        if rule == Rule::FramedText {
            self.text("text", text, given, origin)?;
        } else {
            self.around("", text, given, "", origin)?;
        }
        self.put("}", span.end..span.end);
        Ok(given.end)
    }
}

/// The six digits of the colour `hex`, which may have three.
fn long_hex(hex: &str, name: &str, span: &Range<usize>) -> Result<String, MathError> {
    if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(problem::unknown_colour(span.clone(), name));
    }
    match hex.len() {
        3 => Ok(hex.chars().flat_map(|digit| [digit, digit]).collect()),
        6 => Ok(hex.to_owned()),
        _ => Err(problem::unknown_colour(span.clone(), name)),
    }
}

/// `name` if it is safe to stand as a colour in a style.
fn css_colour<'a>(name: &'a str, span: &Range<usize>) -> Result<&'a str, MathError> {
    let word = name.strip_prefix('#').unwrap_or(name);
    if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(name)
    } else {
        Err(problem::unknown_colour(span.clone(), name))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{css_colour, long_hex};

    #[test]
    fn colours_are_safe_in_a_style() {
        let check = |name: &str, expected: bool| assert_eq!(css_colour(name, &(0..0)).is_ok(), expected, "{name}");
        check("teal", true);
        check("#0a7f7f", true);
        check("red;position:fixed", false);
        check("url(x)", false);
        check("", false);
        assert_eq!(long_hex("f0a", "", &(0..0)).unwrap(), "ff00aa");
        assert!(long_hex("f0", "", &(0..0)).is_err() && long_hex("ggg", "", &(0..0)).is_err());
    }
}
