//! Which way a language is written.

/// Languages and scripts that are written from right to left. Source: Unicode CLDR 48, `layout/orientation`.
const RIGHT_TO_LEFT: [&str; 17] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi", "azb"];

/// `rtl` for a language that is written from right to left, else `ltr`. A script in the tag decides: `az-Arab`, `ur-Latn`.
pub fn direction(language: &str) -> &'static str {
    let lower = language.to_ascii_lowercase();
    let mut parts = lower.split(['-', '_']);
    let name = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_right_to_left = match script {
        Some(script) => matches!(script, "arab" | "hebr" | "syrc" | "thaa" | "nkoo" | "adlm" | "rohg"),
        None => RIGHT_TO_LEFT.contains(&name),
    };
    if is_right_to_left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_decides_else_the_language() {
        let check = |language, expected| assert_eq!(direction(language), expected, "{language}");
        check("en", "ltr");
        check("ar-EG", "rtl");
        check("HE", "rtl");
        check("az-Arab", "rtl");
        check("ur-Latn-PK", "ltr");
    }
}
