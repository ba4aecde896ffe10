//! What templates may do beside what the engine lets them.

use tera::{Kwargs, State, Tera, Value};

use crate::read::phrases::filled;

/// The names of all filters: the engine's, which it doesn't tell, and ours.
pub const NAMES: [&str; 36] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "fill",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
];

/// Adds the filters to `tera`.
pub fn register(tera: &mut Tera) {
    tera.register_filter("fill", fill);
}

/// `{{ page.phrases.parts | fill(count=3) }}`: the phrase with what is given for the names in braces in it.
fn fill(phrase: &str, given: Kwargs, _: &State<'_>) -> String {
    filled(phrase, |name| given.get::<&Value>(name).ok().flatten().map(Value::to_string))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_engine_has_these_filters() {
        let mut tera = Tera::default();
        register(&mut tera);
        for name in NAMES {
            assert!(tera.add_raw_template("a.html", &format!("{{{{ 1 | {name} }}}}")).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_given_is_filled_in_and_escaped() {
        let mut tera = Tera::default();
        register(&mut tera);
        tera.add_raw_template("a.html", "{{ '{a} of {b}, {c}' | fill(a=3, b='<i>') }}").unwrap();
        assert_eq!(tera.render("a.html", &tera::Context::new()).unwrap(), "3 of &lt;i&gt;, {c}");
    }
}
