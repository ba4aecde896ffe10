//! The classes of highlighted code, and which of them a grammar's scope has.

/// What a stretch of code is, or a part of the block around it: everything that the style sheet knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// `if`, `class`, `and`; the tags of HTML; `self`.
    Keyword,
    /// Text in quotes.
    String,
    /// Comments.
    Comment,
    /// Numbers, and `true`, `None` and their like.
    Number,
    /// Functions where they are defined or called, and a shell's commands.
    Function,
    /// Types.
    Type,
    /// Parameters, and the `$variables` of a shell.
    Variable,
    /// Decorators, attributes of Rust, macros, the preprocessor.
    Meta,
    /// The lines that a diff adds.
    Inserted,
    /// The lines that a diff takes away.
    Deleted,
    /// Headings of markup, sections of configuration, the headers of a diff.
    Heading,
    /// Escapes and placeholders in strings, and regular expressions.
    Escape,
    /// Attributes of tags, keys of configuration, properties of CSS, a command's options.
    Attribute,
    /// A session's prompt, which cannot be selected.
    Prompt,
    /// What a session's command answered.
    Output,
    /// A line, where lines are numbered or marked.
    Line,
    /// A marked line.
    Marked,
    /// A block with line numbers.
    Numbered,
    /// A block with a title.
    Titled,
}

impl Class {
    /// Every class, in the order of their declaration.
    pub const ALL: [Class; 19] = [
        Class::Keyword,
        Class::String,
        Class::Comment,
        Class::Number,
        Class::Function,
        Class::Type,
        Class::Variable,
        Class::Meta,
        Class::Inserted,
        Class::Deleted,
        Class::Heading,
        Class::Escape,
        Class::Attribute,
        Class::Prompt,
        Class::Output,
        Class::Line,
        Class::Marked,
        Class::Numbered,
        Class::Titled,
    ];

    /// Its name in HTML.
    pub fn name(self) -> &'static str {
        match self {
            Class::Keyword => "k",
            Class::String => "s",
            Class::Comment => "c",
            Class::Number => "n",
            Class::Function => "f",
            Class::Type => "t",
            Class::Variable => "v",
            Class::Meta => "m",
            Class::Inserted => "i",
            Class::Deleted => "d",
            Class::Heading => "h",
            Class::Escape => "e",
            Class::Attribute => "a",
            Class::Prompt => "prompt",
            Class::Output => "out",
            Class::Line => "line",
            Class::Marked => "marked",
            Class::Numbered => "numbered",
            Class::Titled => "code",
        }
    }
}

/// A set of classes: those that a block, an essay or a site uses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ClassSet(u32);

impl ClassSet {
    /// Adds `class`.
    pub fn insert(&mut self, class: Class) {
        self.0 |= 1 << class as u8;
    }

    /// Whether `class` is in it.
    pub fn contains(self, class: Class) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl FromIterator<Class> for ClassSet {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        let mut set = Self::default();
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }
}

/// How a token is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paint {
    /// In the colour of the text.
    Plain,
    /// As a keyword where it is a word (`and`), plain where it is a sign (`+`): signs speak for themselves.
    Operator,
    /// As its class.
    Class(Class),
}

/// How a token with these TextMate scopes, outermost first, is painted: as the innermost that says anything.
pub(super) fn paint<'a>(scopes: impl Iterator<Item = &'a str>) -> Paint {
    let mut found = Paint::Plain;
    for scope in scopes {
        found = paint_of(scope).unwrap_or(found);
    }
    found
}

/// What one scope says; `None` where it leaves the matter to the scopes around it.
fn paint_of(scope: &str) -> Option<Paint> {
    let mut parts = scope.split('.');
    let (kind, second, third) = (parts.next()?, parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let language = scope.rsplit('.').next().unwrap_or("");
    Some(match kind {
        "source" | "text" => Paint::Plain,
        "comment" => Paint::Class(Class::Comment),
        "string" => match (second, language) {
            ("regexp", _) => Paint::Class(Class::Escape),
            ("unquoted" | "interpolated", "shell" | "argument") => Paint::Plain,
            _ => Paint::Class(Class::String),
        },
        "constant" => constant(second, third, language),
        "keyword" => keyword(second, third, language)?,
        "storage" => storage(second, third, language),
        "entity" => entity(second, third, scope)?,
        "support" => support(second, scope)?,
        "variable" => variable(second, third, language),
        "markup" => markup(second)?,
        "meta" => meta(second, third, language)?,
        "punctuation" => match (second, third) {
            ("definition", "template-expression" | "interpolation") => Paint::Class(Class::Escape),
            ("definition", "lifetime") => Paint::Class(Class::Variable),
            ("definition", "decorator" | "annotation") => Paint::Class(Class::Meta),
            _ => return None,
        },
        _ => return None,
    })
}

fn constant(second: &str, third: &str, language: &str) -> Paint {
    Paint::Class(match (second, third) {
        ("character" | "regexp", _) | ("other", "placeholder" | "character-class") => Class::Escape,
        ("other", "option") => Class::Attribute,
        ("other", "symbol") => Class::String,
        _ if language == "regexp" => Class::Escape,
        _ => Class::Number,
    })
}

fn keyword(second: &str, third: &str, language: &str) -> Option<Paint> {
    Some(match (second, third) {
        _ if language == "regexp" => Paint::Class(Class::Escape),
        ("operator", _) => Paint::Operator,
        ("codetag", _) => return None,
        ("control", "directive") | ("preprocessor", _) => Paint::Class(Class::Meta),
        ("other", "unit") => Paint::Class(Class::Number),
        ("other", "definition") => Paint::Class(Class::Attribute),
        ("type", _) => Paint::Class(Class::Type),
        _ => Paint::Class(Class::Keyword),
    })
}

fn storage(second: &str, third: &str, language: &str) -> Paint {
    match (second, third) {
        ("modifier", "pointer" | "reference") => Paint::Operator,
        ("type", "string" | "format") if language == "python" => Paint::Class(Class::Escape),
        ("type", "number") => Paint::Class(Class::Number),
        ("type", "annotation") => Paint::Class(Class::Meta),
        ("type", "built-in" | "primitive" | "numeric" | "string" | "boolean" | "generic" | "object" | "byte") => {
            Paint::Class(Class::Type)
        }
        ("type", "java" | "groovy" | "haskell" | "error" | "integral" | "rune") => Paint::Class(Class::Type),
        _ => Paint::Class(Class::Keyword),
    }
}

fn entity(second: &str, third: &str, scope: &str) -> Option<Paint> {
    Some(Paint::Class(match (second, third) {
        ("name", "function") if [".macro", ".decorator", ".preprocessor"].iter().any(|part| scope.contains(part)) => {
            Class::Meta
        }
        ("name", "function" | "command" | "method") => Class::Function,
        ("name", "type") if scope.contains(".lifetime") => Class::Variable,
        ("name", "type" | "class" | "struct" | "enum" | "trait" | "interface" | "union") => Class::Type,
        ("name", "tag") if scope.ends_with(".yaml") => Class::Attribute,
        ("name", "tag") => Class::Keyword,
        ("name", "section") => Class::Heading,
        ("name", "label") => Class::Meta,
        ("name", "variable") if scope.contains(".parameter") => Class::Variable,
        ("other", "attribute-name") => Class::Attribute,
        ("other", "inherited-class") => Class::Type,
        ("name", "scope-resolution" | "namespace" | "variable") => return Some(Paint::Plain),
        _ => return None,
    }))
}

fn support(second: &str, scope: &str) -> Option<Paint> {
    Some(Paint::Class(match second {
        "function" => Class::Function,
        "type" if scope.contains("property-name") => Class::Attribute,
        "type" | "class" => Class::Type,
        "constant" => Class::Number,
        "other" if scope.ends_with(".regexp") => Class::Escape,
        "variable" => return Some(Paint::Plain),
        _ => return None,
    }))
}

fn variable(second: &str, third: &str, language: &str) -> Paint {
    match (second, third, language) {
        ("language", ..) => Paint::Class(Class::Keyword),
        ("parameter", ..) => Paint::Class(Class::Variable),
        ("function", ..) => Paint::Class(Class::Function),
        ("other", "key", _) => Paint::Class(Class::Attribute),
        (_, _, "shell" | "php" | "perl" | "powershell" | "makefile" | "scss" | "less") => Paint::Class(Class::Variable),
        _ => Paint::Plain,
    }
}

fn markup(second: &str) -> Option<Paint> {
    Some(Paint::Class(match second {
        "heading" => Class::Heading,
        "inserted" => Class::Inserted,
        "deleted" => Class::Deleted,
        "changed" => Class::Meta,
        "raw" | "inline" | "underline" => Class::String,
        "quote" => Class::Comment,
        "fenced_code" => return Some(Paint::Plain),
        _ => return None,
    }))
}

fn meta(second: &str, third: &str, language: &str) -> Option<Paint> {
    Some(match (second, third, language) {
        ("template", "expression", _) | ("embedded", ..) => Paint::Plain,
        ("interpolation", _, "rust") => Paint::Class(Class::Escape),
        ("interpolation", ..) => Paint::Plain,
        ("attribute", _, "rust") => Paint::Class(Class::Meta),
        ("diff", ..) => Paint::Class(Class::Heading),
        ("function-call", "generic", _) => Paint::Class(Class::Function),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scopes: &str, expected: &str) {
        let shown = match paint(scopes.split(' ')) {
            Paint::Plain => "",
            Paint::Operator => "operator",
            Paint::Class(class) => class.name(),
        };
        assert_eq!(shown, expected, "{scopes}");
    }

    #[test]
    fn the_innermost_scope_that_says_anything_wins() {
        check("source.python string.quoted.single.python punctuation.definition.string.begin.python", "s");
        check("source.js string.template.js meta.template.expression.js variable.other.object.js", "");
        check("source.rust meta.attribute.rust entity.name.type.rust", "t");
        check("source.yaml string.unquoted.plain.yaml entity.name.tag.yaml", "a");
        check("source.shell string.unquoted.argument.shell", "");
        check("source.shell string.unquoted.argument.shell constant.other.option.dash.shell", "a");
        check("source.python keyword.operator.logical.python", "operator");
        check("source.diff meta.diff.range.unified punctuation.definition.range.diff", "h");
        check("source.python meta.function-call.python meta.function-call.generic.python", "f");
        check("source.python meta.function-call.python meta.function-call.arguments.python", "");
        check("source.json", "");
        check("", "");
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let set: ClassSet = [Class::Keyword, Class::Titled].into_iter().collect();
        assert!(set.contains(Class::Titled) && !set.contains(Class::Line));
        let all: ClassSet = Class::ALL.into_iter().collect();
        assert!(Class::ALL.into_iter().all(|class| all.contains(class)));
    }
}
