//! The settings under `theme`.

use super::super::node::{Node, Value};
use super::super::{Accent, BookFace, ThemeConfig};
use super::Reader;

const KEYS: &[&str] = &["accent", "fonts", "width", "parts", "footer", "social", "cards"];
const FONTS: &[&str] = &["face", "text", "heading", "sans", "code"];

impl Reader<'_> {
    pub(super) fn theme(&mut self, key: &str, node: &Node) -> ThemeConfig {
        let mut theme = ThemeConfig::default();
        for entry in self.map(key, node) {
            let (key, node) = (&entry.key, &entry.node);
            match key.as_str() {
                "accent" => theme.accent = self.accent(key, node),
                "fonts" => self.fonts(key, node, &mut theme),
                "width" => theme.width = self.width(key, node),
                "parts" => self.switches(key, node, &mut theme.parts.by_name()),
                "footer" => theme.footer = self.text(key, node),
                "cards" => self.switch(key, node, &mut theme.cards),
                "social" => theme.social = self.navigation(key, node),
                _ => self.unknown(entry, KEYS),
            }
        }
        theme
    }

    fn accent(&mut self, key: &str, node: &Node) -> Option<Accent> {
        if !matches!(node.value, Value::Map(_)) {
            return self.colour(key, node).map(|light| Accent { light, dark: None });
        }
        let (mut light, mut dark) = (None, None);
        for entry in self.map(key, node) {
            match entry.key.as_str() {
                "light" => light = self.colour("light", &entry.node),
                "dark" => dark = self.colour("dark", &entry.node),
                _ => self.unknown(entry, &["light", "dark"]),
            }
        }
        match (light, dark) {
            (Some(light), dark) => Some(Accent { light, dark }),
            (None, Some(dark)) => Some(Accent { light: dark.clone(), dark: Some(dark) }),
            (None, None) => None,
        }
    }

    fn colour(&mut self, key: &str, node: &Node) -> Option<String> {
        let colour = self.text(key, node);
        let is_colour = |colour: &String| match colour.strip_prefix('#') {
            Some(hex) => matches!(hex.len(), 3 | 6) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => {
                colour.starts_with(|letter: char| letter.is_ascii_alphabetic())
                    && colour.chars().all(|letter| letter.is_ascii_alphanumeric() || "()%., /-".contains(letter))
            }
        };
        if colour.as_ref().is_some_and(is_colour) {
            return colour;
        }
        self.bad(key, "a colour in quotation marks, such as `\"#7a2e1d\"`", node);
        None
    }

    fn fonts(&mut self, key: &str, node: &Node, theme: &mut ThemeConfig) {
        if !matches!(node.value, Value::Map(_)) {
            theme.fonts.face = self.face(key, node);
            return;
        }
        for entry in self.map(key, node) {
            let font = match entry.key.as_str() {
                "face" => {
                    theme.fonts.face = self.face(&entry.key, &entry.node);
                    continue;
                }
                "text" => &mut theme.fonts.text,
                "heading" => &mut theme.fonts.heading,
                "sans" => &mut theme.fonts.sans,
                "code" => &mut theme.fonts.code,
                _ => {
                    self.unknown(entry, FONTS);
                    continue;
                }
            };
            *font = self.text(&entry.key, &entry.node);
            let quotes = |family: &String| family.matches('"').count() % 2 + family.matches('\'').count() % 2;
            let is_odd = |family: &String| family.contains([';', '{', '}', '<', '@', '\\', '\n']) || quotes(family) > 0;
            if font.as_ref().is_some_and(is_odd) {
                *font = None;
                self.bad(&entry.key, "names of fonts, such as `Charter, Georgia, serif`", &entry.node);
            }
        }
    }

    fn face(&mut self, key: &str, node: &Node) -> Option<BookFace> {
        match &node.value {
            Value::Null => None,
            Value::Text(name) if name == "libertinus" => Some(BookFace::Libertinus),
            _ => {
                self.bad(
                    key,
                    "`libertinus`, or a list of fonts for each of `text`, `heading`, `sans` and `code`",
                    node,
                );
                None
            }
        }
    }

    fn width(&mut self, key: &str, node: &Node) -> Option<String> {
        let width = self.text(key, node);
        let is_length = |width: &String| {
            let number = width.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            matches!(&width[number.len()..], "rem" | "em" | "ch" | "px")
                && number.parse::<f32>().is_ok_and(|number| number > 0.0)
        };
        if width.as_ref().is_some_and(is_length) {
            return width;
        }
        self.bad(key, "a length, such as `34rem`", node);
        None
    }
}
