//! Cells of code in Markdown, as R Markdown and Quarto have them: a block of `{r, echo=FALSE}`.
//! Source: "knitr", Chunk options and package options; Quarto, "Execution options".

use super::metadata::{Input, Outputs, Parts};
use super::options::Options;

/// What of such a cell a page shows without running it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fenced<'t> {
    /// Its code, without the options that it begins with.
    Code(&'t str),
    /// Nothing, though it would show what it makes.
    Unseen,
    /// Nothing, as its author wants it.
    LeftOut,
}

/// What is shown of the block of `code` with the info string `info`; `None` if that is none of a cell.
pub fn fenced<'t>(info: &str, code: &'t str) -> Option<Fenced<'t>> {
    let inside = info.trim().strip_prefix('{')?.strip_suffix('}')?;
    let language = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (language, said) = inside.split_at(language);
    if language.is_empty() || !(said.is_empty() || said.starts_with([' ', ','])) {
        return None;
    }
    let is_off = |name: &str| options(said).any(|(key, value)| key == name && is_false(value));
    let parts = Parts {
        input: if is_off("echo") { Input::Hidden } else { Input::Shown },
        outputs: if is_off("eval") { Outputs::Hidden } else { Outputs::Shown },
    };
    let (options, code) = Options::split(code);
    Some(match options.parts(parts).filter(|_| !is_off("include")) {
        None | Some(Parts { input: Input::Hidden, outputs: Outputs::Hidden }) => Fenced::LeftOut,
        Some(Parts { input: Input::Hidden, outputs: Outputs::Shown }) => Fenced::Unseen,
        Some(_) => Fenced::Code(code),
    })
}

/// The options `key=value` in `said`, which commas part.
fn options(said: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = said.split(',').filter_map(|option| option.split_once('='));
    pairs.map(|(key, value)| (key.rsplit(' ').find(|word| !word.is_empty()).unwrap_or_default(), value.trim()))
}

fn is_false(value: &str) -> bool {
    matches!(value, "FALSE" | "F" | "false")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_what_is_shown_of_it() {
        let check =
            |info: &str, code: &str, expected: Option<Fenced>| assert_eq!(fenced(info, code), expected, "{info}");
        check("{r}", "x\n", Some(Fenced::Code("x\n")));
        check("{r cars, fig.cap=\"Cars, fast\", echo = FALSE}", "x", Some(Fenced::Unseen));
        check("{r, echo=F, eval=FALSE}", "x", Some(Fenced::LeftOut));
        check("{r setup, include=FALSE}", "x", Some(Fenced::LeftOut));
        check("{python}", "#| label: fig-x\n#| echo: false\nx", Some(Fenced::Unseen));
        check("{python}", "#| include: false\nx", Some(Fenced::LeftOut));
        check("{ojs}", "//| label: a\nx", Some(Fenced::Code("x")));
        for info in ["r", "{.r}", "{code-block} r", "{r} x", "{note}: x", "{}", "{linenos=true}"] {
            check(info, "#| echo: false\nx", None);
        }
    }
}
