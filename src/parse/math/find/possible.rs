//! Whether to look for formulas in a text: most have none.

use super::{labels, wrapped};

/// Whether `text` can hold a formula at all.
pub fn possible(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr3_iter(b'$', b'\\', b'{', bytes).any(|at| match bytes[at] {
        b'$' => true,
        b'{' if wrapped::is_tag(&bytes[at..]) => true,
        b'{' => labels::ROLES.iter().any(|(role, _)| bytes[at..].starts_with(role.as_bytes())),
        _ => {
            bytes.get(at + 1).is_some_and(|next| matches!(next, b'(' | b'[' | b'\\'))
                || bytes[at + 1..].starts_with(b"begin{")
                || bytes[at + 1..].starts_with(b"f[")
                || bytes[at + 1..].starts_with(b"ref{")
                || bytes[at + 1..].starts_with(b"eqref{")
                || wrapped::is_definition(&bytes[at + 1..])
        }
    }) || [&b"math"[..], b"katex"].iter().any(|word| {
        memchr::memmem::find_iter(bytes, word).any(|at| {
            let before = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
            before.ends_with(['`', '~']) || text[at..].starts_with("math/tex")
        })
    })
}
