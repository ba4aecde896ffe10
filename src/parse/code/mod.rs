//! Blocks of code: highlighted while the site is built, as spans with the classes of [`Class`], without JavaScript.
//!
//! A block's HTML is a function of its info string and its text alone, so whoever calls can remember it by both.
//! Grammars are those of Visual Studio Code, run by syntaxmate, which is known to `engine` and `language` only.

mod class;
mod codehilite;
pub mod directive;
mod engine;
mod html;
mod info;
mod language;
mod rustdoc;
mod session;
mod style;

pub use class::{Class, ClassSet};
pub use codehilite::named;
pub use engine::Highlighter;
pub use info::Info;
pub use style::{starts, style};

use html::{Writer, escape};
use language::{Language, Session};
use session::Part;

/// Blocks longer than this, in bytes, are left in one colour: they are listings to keep, not to read.
pub const LARGEST_BLOCK: usize = 200_000;

/// Blocks with no line longer than this, in characters, fit any screen; the others can be scrolled by keyboard.
const FITS_ANY_SCREEN: usize = 28;

/// A block of code as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// A `<pre>`, in a `<figure>` where it has a title; ends with a line break.
    pub html: String,
    /// The classes that it uses, for [`style()`].
    pub classes: ClassSet,
    /// What the fence asked for; its `language` is one that [`Highlighter::languages`] lacks if `unknown` says so.
    pub info: Info,
    /// Whether the language has no highlighting.
    pub unknown: bool,
}

/// The block of `text` behind a fence with this info string, which is empty for an indented block.
///
/// CR LF counts as a line break. What is not known in the info string is passed over.
pub fn code(highlighter: &Highlighter, info: &str, text: &str) -> Code {
    let info = Info::parse(info);
    let normal;
    let text = if text.contains('\r') {
        normal = text.replace("\r\n", "\n").replace('\r', "\n");
        &normal
    } else {
        text
    };
    let language = highlighter.language(info.language.as_deref().unwrap_or_default());
    let visible = if language == Language::Grammar("rust") { rustdoc::visible(text) } else { text.into() };
    let text = &*visible;
    let mut writer = if info.first_number.is_some() || !info.marked.is_empty() {
        Writer::with_lines(text.len(), &info.marked)
    } else {
        Writer::new(text.len())
    };
    match language {
        _ if text.len() > LARGEST_BLOCK => writer.token(text, None),
        Language::Plain | Language::Unknown => writer.token(text, None),
        Language::Session(session) => write_session(highlighter, &mut writer, session, text),
        Language::Grammar(id) => match session::disguised(id, text) {
            Some(session) => write_session(highlighter, &mut writer, session, text),
            None => highlighter.tokens(id, text, |token, class| writer.token(token, class)),
        },
    }
    let (inside, mut classes) = writer.finish();
    let id = match language {
        Language::Grammar(id) => Some(id),
        _ => info.language.as_deref(),
    };
    let html = block(&info, id, &inside, text);
    if info.first_number.is_some() {
        classes.insert(Class::Numbered);
    }
    if info.title.is_some() {
        classes.insert(Class::Titled);
    }
    Code { html, classes, unknown: language == Language::Unknown, info }
}

fn write_session(highlighter: &Highlighter, writer: &mut Writer, session: Session, text: &str) {
    for part in session::parts(session, text) {
        match part {
            Part::Answer(line) => write_line(writer, line, Class::Output),
            Part::Remark(line) => write_line(writer, line, Class::Comment),
            Part::Command(language, prompts, command) => {
                let mut prompts = prompts.into_iter().peekable();
                let mut prompt = |writer: &mut Writer| {
                    if let Some(prompt) = prompts.next().filter(|prompt| !prompt.is_empty()) {
                        writer.token(prompt, Some(Class::Prompt));
                    }
                };
                prompt(writer);
                highlighter.tokens(language, &command, |token, class| {
                    writer.token(token, class);
                    if token == "\n" {
                        prompt(writer);
                    }
                });
            }
        }
    }
}

/// Writes `line` in `class`, and its line break in none: so a class ends with its last line.
fn write_line(writer: &mut Writer, line: &str, class: Class) {
    let text = line.trim_end_matches('\n');
    writer.token(text, Some(class));
    writer.token(&line[text.len()..], None);
}

/// The elements around the code: `language` is the id of its grammar, else what the author called it.
fn block(info: &Info, language: Option<&str>, inside: &str, text: &str) -> String {
    let mut html = String::with_capacity(inside.len() + 200);
    if let Some(title) = &info.title {
        html.push_str("<figure class=\"code\"");
        write_id(&mut html, info);
        html.push_str("><figcaption>");
        escape(&mut html, title);
        html.push_str("</figcaption>");
    }
    html.push_str("<pre class=\"code");
    if info.first_number.is_some() {
        html.push_str(" numbered");
    }
    if let Some(first) = info.other_start() {
        html.push_str(&format!(" from-{first}"));
    }
    for class in &info.classes {
        html.push(' ');
        escape(&mut html, class);
    }
    html.push('"');
    if info.title.is_none() {
        write_id(&mut html, info);
    }
    if text.lines().any(|line| line.chars().count() > FITS_ANY_SCREEN) {
        html.push_str(" tabindex=\"0\"");
        if let Some(name) = info.title.as_deref().or(info.language.as_deref()) {
            html.push_str(" role=\"group\" aria-label=\"");
            escape(&mut html, name);
            html.push('"');
        }
    }
    html.push_str("><code");
    if let Some(language) = language {
        html.push_str(" class=\"language-");
        escape(&mut html, language);
        html.push('"');
    }
    html.push('>');
    html.push_str(inside);
    html.push_str("</code></pre>");
    if info.title.is_some() {
        html.push_str("</figure>");
    }
    html.push('\n');
    html
}

fn write_id(html: &mut String, info: &Info) {
    if let Some(id) = &info.id {
        html.push_str(" id=\"");
        escape(html, id);
        html.push('"');
    }
}

#[cfg(test)]
mod tests;
