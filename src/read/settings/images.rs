//! `images`: the variants of pictures.

use super::Reader;
use crate::read::node::{Entry, Node, Value};
use crate::read::{Config, PictureFormat};

impl Reader<'_> {
    pub(super) fn images(&mut self, key: &str, node: &Node, config: &mut Config) {
        let whole = |node: &Node| match &node.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        };
        for entry in self.map(key, node) {
            let Entry { key, node, .. } = entry;
            match key.as_str() {
                "widths" => {
                    let width = |node: &Node| whole(node).filter(|width| (16..=10_000).contains(width));
                    let expected = "whole numbers of pixels from 16 to 10,000, such as `[480, 960, 1920]`";
                    let mut widths: Vec<u32> = self.each(key, node, expected, |node| width(node)?.try_into().ok());
                    widths.sort_unstable();
                    widths.dedup();
                    config.images.widths = widths;
                }
                "formats" => {
                    let text = self.text;
                    let named = |node: &Node| PictureFormat::named(&node.text(text)?);
                    let formats = self.each(key, node, "`webp` or `jpeg`, or a list of these", named);
                    if !formats.is_empty() {
                        config.images.formats = formats;
                    }
                }
                "quality" => match whole(node).and_then(|quality| quality.try_into().ok()) {
                    Some(quality @ 1..=100) => config.images.quality = quality,
                    _ => self.bad(key, "a whole number from 1 to 100", node),
                },
                "sizes" => {
                    if let Some(sizes) = self.text(key, node) {
                        config.images.sizes = sizes;
                    }
                }
                _ => self.unknown(entry, &["widths", "formats", "quality", "sizes"]),
            }
        }
    }

    /// What `read` makes of the values of a list; one that it makes nothing of is a mistake.
    fn each<T>(&mut self, key: &str, node: &Node, expected: &str, read: impl Fn(&Node) -> Option<T>) -> Vec<T> {
        let mut values = Vec::new();
        for node in self.list(node) {
            match read(node) {
                Some(value) => values.push(value),
                None => self.bad(key, expected, node),
            }
        }
        values
    }
}
