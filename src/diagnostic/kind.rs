//! The names of mistakes, and how grave each is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How grave a mistake is: whether it stops a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is written.
    Error,
    /// It is reported, and the site is written.
    Warn,
    /// It is not reported.
    Off,
}

/// The name of a mistake. It is shown as `error[broken-link]` and is the key in the configuration's `levels`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A link leads to no essay and no file.
    BrokenLink,
    /// A link leads to an essay that has no such heading or id.
    MissingAnchor,
    /// A picture, film or other file that an essay shows is not there.
    MissingFile,
    /// A picture that cannot be read, so that it has no variants.
    BrokenPicture,
    /// A link is right but for upper and lower case, which some hosts distinguish.
    WrongCase,
    /// A link leads out of `content/`.
    OutsideContent,
    /// A published essay links to a draft or to an essay dated in the future.
    LinkToUnpublished,
    /// `[text][label]`, and no line defines `label`.
    UndefinedLabel,
    /// A footnote is referred to and has no text.
    MissingFootnote,
    /// A footnote's text that nothing refers to.
    UnusedFootnote,
    /// One essay has the same id, or the same footnote, twice.
    DuplicateId,
    /// A header in YAML or TOML that cannot be read.
    HeaderSyntax,
    /// A header that begins with `---` or `+++` and never ends.
    UnclosedHeader,
    /// A header's key that is nearly, but not quite, one that Essai knows.
    UnknownKey,
    /// A header's value that does not fit its key, such as a date that is none.
    BadValue,
    /// A block of code names a language that Essai cannot highlight.
    UnknownLanguage,
    /// An essay without a word.
    EmptyEssay,
    /// An admonition or a tab as other tools write them, which is text here.
    ForeignMarkup,
    /// A block that colons, slashes or backticks open, and that no line closes.
    UnclosedBlock,
    /// A row of a table with more cells than its head, which are not shown.
    ExtraCell,
    /// Two sources want the same address.
    AddressClash,
    /// Two addresses differ only in upper and lower case, and would be one file on some machines.
    CaseClash,
    /// A file that is not UTF-8, or holds a NUL.
    NotText,
    /// An essay that is too large or too deeply nested to be one.
    TooLarge,
    /// A notebook that is none, or that has an old format.
    Notebook,
    /// An output of a notebook that is too large for a page.
    LargeOutput,
    /// A file or folder that cannot be read.
    Unreadable,
    /// A symbolic link that leads to itself or out of the site.
    LinkedOut,
    /// The configuration file cannot be read.
    ConfigSyntax,
    /// The configuration has a key that Essai does not know.
    UnknownSetting,
    /// A formula that cannot be set, or a reference to an equation that is not there.
    Math,
    /// Formulas that look escaped for Markdown, in an essay that does not say so.
    EscapedMath,
    /// A template that cannot be parsed or rendered.
    Template,
    /// An address that was published is no longer in the site.
    LostAddress,
    /// An anchor that was published is no longer in its page.
    LostAnchor,
    /// `essai.ledger` cannot be read.
    Ledger,
    /// A host does not take the site, or what is online would be lost.
    Publication,
    /// The output folder, or a file in it, is not Essai's to change.
    ForeignOutput,
    /// A file that cannot be written.
    Unwritable,
    /// A page made Essai itself stumble. Please report it.
    Internal,
}

impl Kind {
    /// Every kind, in the order of their names' declaration.
    pub const ALL: &[Kind] = &[
        Kind::BrokenLink,
        Kind::MissingAnchor,
        Kind::MissingFile,
        Kind::BrokenPicture,
        Kind::WrongCase,
        Kind::OutsideContent,
        Kind::LinkToUnpublished,
        Kind::UndefinedLabel,
        Kind::MissingFootnote,
        Kind::UnusedFootnote,
        Kind::DuplicateId,
        Kind::HeaderSyntax,
        Kind::UnclosedHeader,
        Kind::UnknownKey,
        Kind::BadValue,
        Kind::UnknownLanguage,
        Kind::EmptyEssay,
        Kind::ForeignMarkup,
        Kind::UnclosedBlock,
        Kind::ExtraCell,
        Kind::AddressClash,
        Kind::CaseClash,
        Kind::NotText,
        Kind::TooLarge,
        Kind::Notebook,
        Kind::LargeOutput,
        Kind::Unreadable,
        Kind::LinkedOut,
        Kind::ConfigSyntax,
        Kind::UnknownSetting,
        Kind::Math,
        Kind::EscapedMath,
        Kind::Template,
        Kind::LostAddress,
        Kind::LostAnchor,
        Kind::Ledger,
        Kind::Publication,
        Kind::ForeignOutput,
        Kind::Unwritable,
        Kind::Internal,
    ];

    /// Its name as authors see it: `broken-link`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// Its level where the configuration sets none.
    pub fn default_level(self) -> Level {
        match self {
            Kind::UndefinedLabel
            | Kind::UnusedFootnote
            | Kind::UnknownKey
            | Kind::EmptyEssay
            | Kind::ForeignMarkup
            | Kind::UnclosedBlock
            | Kind::ExtraCell
            | Kind::EscapedMath
            | Kind::UnknownLanguage
            | Kind::BrokenPicture
            | Kind::CaseClash
            | Kind::LargeOutput => Level::Warn,
            _ => Level::Error,
        }
    }
}

/// The levels that the configuration sets; a kind that is not in it has its default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Levels(pub BTreeMap<Kind, Level>);

impl Levels {
    /// The level of `kind`. A site that cannot be written, or made Essai stumble, is always an error.
    pub fn of(&self, kind: Kind) -> Level {
        match kind {
            Kind::Publication | Kind::ForeignOutput | Kind::Unwritable | Kind::Internal => Level::Error,
            kind => self.0.get(&kind).copied().unwrap_or_else(|| kind.default_level()),
        }
    }

    /// The same levels with every warning an error (`--strict`).
    #[must_use]
    pub fn strict(&self) -> Self {
        let raised = Kind::ALL.iter().map(|kind| match self.of(*kind) {
            Level::Warn => (*kind, Level::Error),
            level => (*kind, level),
        });
        Self(raised.collect())
    }
}
