//! Lines of Rust that are compiled and not shown.

use std::borrow::Cow;

/// `text` without the lines that rustdoc and mdBook hide, which begin with `# ` or are `#` alone; `##` is `#`. All of it where
/// nothing else is there.
pub fn visible(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'#', text.as_bytes()).is_none() || !text.lines().any(is_marked) {
        return text.into();
    }
    let mut visible = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if !is_marked(line) {
            visible.push_str(line);
        } else if line.trim_start().starts_with("##") {
            visible.push_str(&line.replacen('#', "", 1));
        }
    }
    if visible.trim().is_empty() { text.into() } else { visible.into() }
}

/// Whether `line` is hidden, or begins with a sign that is there twice so as not to be.
fn is_marked(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix('#').map(str::trim_end);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '#']))
}
