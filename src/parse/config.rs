//! The configuration as far as it decides what an essay becomes.

use crate::read::{CodeConfig, Config, MarkdownSwitches, MathConfig, TexMacro, Translations};

/// What parsing is given of the configuration. Nothing else of it can change an essay, so an essay that was parsed with an
/// equal one need not be parsed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseConfig {
    /// The language of essays that name none.
    pub language: String,
    /// What is said beside the author's words, in each language.
    pub phrases: Translations,
    /// Which extensions of Markdown are understood.
    pub markdown: MarkdownSwitches,
    /// Mathematics.
    pub math: MathConfig,
    /// The author's own commands of TeX.
    pub macros: Vec<TexMacro>,
    /// Blocks of code.
    pub code: CodeConfig,
}

impl ParseConfig {
    /// What `config` says of parsing.
    pub fn of(config: &Config) -> Self {
        let Config { language, phrases, markdown, math, macros, code, .. } = config;
        let (language, phrases, macros) = (language.clone(), phrases.clone(), macros.clone());
        Self { language, phrases, markdown: *markdown, math: *math, macros, code: *code }
    }
}

impl Default for ParseConfig {
    /// That of a site without `essai.yaml`.
    fn default() -> Self {
        Self::of(&Config::default())
    }
}
