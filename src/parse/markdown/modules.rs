//! Lines of JavaScript that MDX has between paragraphs: `import Tabs from '@theme/Tabs'`. Essai runs none, and no reader wants them.

use super::document::Document;
use crate::diagnostic::{Diagnostic, markdown as mistake};

/// What is said about such paragraphs, which begin at these events of `document`.
pub fn mistake(document: &Document<'_>, paragraphs: &[usize]) -> Option<Diagnostic> {
    let (first, others) = paragraphs.split_first()?;
    let line = document.written(*first).lines().next().unwrap_or_default().trim_end();
    let start = document.events[*first].1.start;
    Some(mistake::module(document.source.place(start..start + line.len()), line, others.len()))
}

/// Whether the paragraph `written` is JavaScript that imports or exports, and no prose that begins with such a word.
pub fn is_module(written: &str) -> bool {
    let written = written.trim_end();
    if let Some(rest) = written.strip_prefix("import ") {
        let is_clause = |clause: &str| {
            let clause = clause.trim();
            let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$');
            clause.starts_with(['{', '*']) || clause.contains(", {") || clause.chars().all(is_name)
        };
        let names = rest.split_once(" from ").or_else(|| rest.split_once("\nfrom "));
        let is_import = match names {
            Some((clause, from)) => is_clause(clause) && from.starts_with(['"', '\'']),
            None => rest.starts_with(['"', '\'']),
        };
        return is_import && written.trim_end_matches(';').ends_with(['"', '\'']);
    }
    written.strip_prefix("export ").is_some_and(|rest| {
        let (kind, value) = rest.split_once(' ').unwrap_or_default();
        match kind {
            "const" | "let" | "var" => value.contains('='),
            "function" | "class" | "async" | "default" => value.contains(['(', '{']),
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::is_module;

    #[test]
    fn javascript_is_told_from_prose() {
        for code in [
            "import Tabs from '@theme/Tabs';\nimport TabItem from \"@theme/TabItem\";\n",
            "import { a, b } from './a'",
            "import React, {useState} from 'react';",
            "import * as a from 'a';",
            "import {\n  a,\n} from 'a';",
            "import './a.css';",
            "export const a = 1;",
            "export default function A({ children }) {\n  return a;\n}",
        ] {
            assert!(is_module(code), "{code}");
        }
        for prose in [
            "import the rows from 'a.csv'",
            "import a from 'b' and go on",
            "import numpy as np",
            "from a import b",
            "import it",
            "export const is a keyword",
            "export default settings",
            "export the map (see below)",
        ] {
            assert!(!is_module(prose), "{prose}");
        }
    }
}
