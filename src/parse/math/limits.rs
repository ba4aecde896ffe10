//! How large a formula may be: the typesetter calls itself for every group, so it must not be asked too much.

use super::{MathError, problem};

/// The longest formula, in bytes, before and after its macros are expanded.
pub const LONGEST: usize = 20_000;

/// The most groups, environments and commands inside each other.
pub const DEEPEST: usize = 100;

/// Checks the size of `tex` without calling itself.
///
/// # Errors
/// If `tex` is longer than [`LONGEST`] or nested deeper than [`DEEPEST`]; the span is in bytes of `tex`.
pub fn check(tex: &str) -> Result<(), MathError> {
    if tex.len() > LONGEST {
        return Err(problem::too_long(0..tex.len(), LONGEST));
    }
    let bytes = tex.as_bytes();
    // A command may take the next one as its argument, and a switch such as `\displaystyle` holds all that follows in
    // its group: both are levels. A row of symbols without anything between them counts too, which no author will see.
    let mut groups = vec![0usize];
    let (mut total, mut chain, mut at) = (0usize, 0usize, 0usize);
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'\\' => {
                let name = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let command = &tex[at..at + name];
                at += name.max(usize::from(at < bytes.len()));
                match command {
                    "begin" | "left" => open(&mut groups, &mut total),
                    "end" | "right" => close(&mut groups, &mut total),
                    "color" | "displaystyle" | "textstyle" | "scriptstyle" | "scriptscriptstyle" => {
                        total += 1;
                        if let Some(group) = groups.last_mut() {
                            *group += 1;
                        }
                    }
                    _ => chain += 1,
                }
            }
            b'{' => open(&mut groups, &mut total),
            b'}' => close(&mut groups, &mut total),
            b'^' | b'_' | b'\'' | b'[' | b' ' | b'\n' | b'\t' | b'\r' => {}
            _ => chain = 0,
        }
        if matches!(byte, b'{' | b'}') {
            chain = 0;
        }
        if total + chain > DEEPEST {
            let end = tex.ceil_char_boundary(at.min(tex.len()));
            return Err(problem::too_deep(start..end, DEEPEST));
        }
    }
    Ok(())
}

fn open(groups: &mut Vec<usize>, total: &mut usize) {
    groups.push(1);
    *total += 1;
}

fn close(groups: &mut Vec<usize>, total: &mut usize) {
    if groups.len() > 1 {
        *total -= groups.pop().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{LONGEST, check};

    #[test]
    fn a_formula_has_its_limits() {
        let deep = |open: &str, times: usize| check(&open.repeat(times)).is_err();
        assert!(!deep("{", 100));
        assert!(deep("{", 101));
        assert!(deep(r"\hat", 300));
        assert!(deep(r"\displaystyle a", 300));
        assert!(deep(r"\left(", 300));
        assert!(!deep(r"\alpha x", 1000));
        assert!(!deep(r"{\displaystyle x}", 1000));
        assert!(!deep(r"\left(x\right)", 1000));
        assert!(check(&"x".repeat(LONGEST + 1)).is_err());
        assert_eq!(check(&format!("x{}", "{".repeat(300))).unwrap_err().span, 101..102);
    }
}
