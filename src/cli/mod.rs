//! The command line: what can be typed. [`crate::command`] says what it means.

mod publishing;

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub use publishing::{Comparing, Deploying, HostingService, Initialising, LedgerCommand, Moving};

/// A compiler for essays: a folder of Markdown becomes a checked, linked site.
#[derive(Debug, Parser)]
#[command(name = "essai", version, after_help = EXAMPLES, arg_required_else_help = true, max_term_width = 100)]
pub struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Examples under `essai --help`.
const EXAMPLES: &str = "\
Examples:
  essai init essays                make a small site in the folder `essays`
  essai -r essays build            build it into `essays/public`
  essai build --drafts --strict    build with drafts, and let no warning pass
  essai check                      report every mistake, write nothing
  essai serve --open               show it while you write
  essai new \"On seeing\"            begin an essay, dated today

Each flag can be set by a variable too: ESSAI_OUTPUT_DIR=site, ESSAI_DRAFTS=1.
Exit codes: 0 done, 1 a problem in the content, 2 a wrong call.";

/// Flags of every command.
#[derive(Debug, Args)]
pub struct Common {
    /// The site's folder, which holds `content/`
    #[arg(
        short,
        long,
        global = true,
        help_heading = "Common options",
        env = "ESSAI_ROOT",
        value_name = "DIR",
        default_value = ".",
        hide_env = true
    )]
    pub root: PathBuf,
    /// Print errors only
    #[arg(short, long, global = true, help_heading = "Common options", env = "ESSAI_QUIET", conflicts_with = "verbose", hide_env = true,
        value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub quiet: bool,
    /// Name every file that is written or removed
    #[arg(short, long, global = true, help_heading = "Common options", env = "ESSAI_VERBOSE", hide_env = true,
        value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    pub verbose: bool,
    /// How diagnostics and the summary are printed: `json` is one object a line, on standard output
    #[arg(
        long,
        global = true,
        help_heading = "Common options",
        env = "ESSAI_MESSAGE_FORMAT",
        value_name = "FORMAT",
        default_value = "human",
        hide_env = true
    )]
    pub message_format: MessageFormat,
    /// When to colour; `auto` is on a terminal, and heeds NO_COLOR and CLICOLOR_FORCE
    #[arg(
        long,
        global = true,
        help_heading = "Common options",
        env = "ESSAI_COLOR",
        value_name = "WHEN",
        default_value = "auto",
        hide_env = true
    )]
    pub color: Color,
}

/// How diagnostics and the summary are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people: diagnostics on standard error, the summary on standard output.
    #[value(help = "for people")]
    Human,
    /// For programs: an object a line, all on standard output.
    #[value(help = "for programs")]
    Json,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set; anywhere, if `CLICOLOR_FORCE` is.
    #[value(help = "on a terminal")]
    Auto,
    /// Always.
    #[value(help = "always")]
    Always,
    /// Never.
    #[value(help = "never")]
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site into `public/`
    ///
    /// Reads `content/`, checks every link, and writes only what changed. If there is an error, nothing is written and
    /// the last good site stays.
    Build(Building),
    /// Report every mistake and write nothing
    ///
    /// Does all that `build` does but for writing.
    Check(Building),
    /// Show the site in a browser, and every change as it is saved
    ///
    /// Listens on 127.0.0.1:8000 and writes nothing. Mistakes are shown here and over the page, which stays as it last
    /// was without them.
    Serve(Serving),
    /// Begin an essay in a dated folder of its own
    ///
    /// Makes `content/<today>-<title>/article.md` with a header to fill in, and prints its path.
    New {
        /// The essay's title
        title: String,
    },
    /// Make a small site to begin with
    ///
    /// With `--host`, also write what a host needs: its settings, and how it builds the site.
    Init(Initialising),
    /// Move an essay with its pictures, and mend every link
    ///
    /// Links to it and in it are mended in the sources, and its former address leads to the new one.
    Mv(Moving),
    /// Let a published address go
    ///
    /// Notes in `essai.ledger` that the address, or the anchor after `#`, may be missing from now on.
    Retire {
        /// The address, such as `a/b.html` or `a/b.html#focus`
        address: String,
    },
    /// Keep account of what was published
    Ledger {
        /// What to do.
        #[command(subcommand)]
        command: LedgerCommand,
    },
    /// Compare the site with another, such as the one that it replaces
    ///
    /// Reports addresses, anchors and pictures of the other that this one lacks, and pages whose text differs. The exit
    /// code is 1 if anything is lost.
    Compare(Comparing),
    /// Build the site and put it online
    ///
    /// Sends what changed to a git branch, a folder, a host or a store, and refuses if something that is online would be
    /// lost.
    Deploy(Deploying),
    /// Name the files of the theme, or copy one to change
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Print completions for a shell
    ///
    /// For example: essai completions bash > ~/.local/share/bash-completion/completions/essai
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, for man
    ///
    /// For example: essai man > ~/.local/share/man/man1/essai.1
    Man,
}

/// What to do with the theme.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// Name every file of the theme, and those that the site has its own of
    List,
    /// Copy a file of the theme into the site, where it takes the place of the theme's
    ///
    /// For example: essai theme eject essays.html
    Eject {
        /// Which: `essay.html`, `essai.css`
        file: String,
    },
}

/// Flags that say what is read.
#[derive(Debug, Args)]
pub struct Sourcing {
    /// The configuration [default: `essai.yaml` in the site's folder]
    #[arg(short, long, env = "ESSAI_CONFIG", value_name = "FILE", hide_env = true)]
    pub config: Option<PathBuf>,
    /// Where the site goes [default: `public` in the site's folder]
    #[arg(short, long, env = "ESSAI_OUTPUT_DIR", value_name = "DIR", hide_env = true)]
    pub output_dir: Option<PathBuf>,
    /// The address that the site is published at, such as `https://example.org/essays/`
    #[arg(short = 'u', long, env = "ESSAI_BASE_URL", value_name = "URL", value_parser = crate::read::base_url, hide_env = true)]
    pub base_url: Option<String>,
    /// Build drafts too
    #[arg(long, env = "ESSAI_DRAFTS", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub drafts: bool,
    /// Build essays dated in the future too
    #[arg(long, env = "ESSAI_FUTURE", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub future: bool,
}

/// Flags of the command that shows the site while it is written.
#[derive(Debug, Args)]
pub struct Serving {
    /// What is read.
    #[command(flatten)]
    pub sourcing: Sourcing,
    /// Where to listen: this machine only, unless another address is named
    #[arg(long, env = "ESSAI_HOST", value_name = "HOST", default_value = "127.0.0.1", hide_env = true)]
    pub host: String,
    /// The port [default: 8000, or the next that is free]
    #[arg(short, long, env = "ESSAI_PORT", value_name = "PORT", hide_env = true)]
    pub port: Option<u16>,
    /// Open the browser
    #[arg(long, env = "ESSAI_OPEN", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub open: bool,
    /// Where the site stands on its host, such as `/essays/`
    #[arg(long, env = "ESSAI_BASE_PATH", value_name = "PATH", default_value = "/", value_parser = base_path,
        hide_env = true)]
    pub base_path: String,
    /// What opens a file from the list of mistakes, such as `code -g {file}:{line}:{column}`
    #[arg(long, env = "ESSAI_EDITOR", value_name = "COMMAND", hide_env = true)]
    pub editor: Option<String>,
    /// Look for changes twice a second, where the system does not tell of them: network drives
    #[arg(long, env = "ESSAI_POLL", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub poll: bool,
    /// What pages may load, as the files for hosts have it (Content-Security-Policy); empty for no such header
    #[arg(long, env = "ESSAI_CSP", value_name = "POLICY", default_value = crate::render::POLICY, hide_env = true,
        hide_default_value = true)]
    pub csp: String,
}

/// Flags of the commands that build.
#[derive(Debug, Args)]
pub struct Building {
    /// What is read.
    #[command(flatten)]
    pub sourcing: Sourcing,
    /// Treat warnings as errors
    #[arg(long, env = "ESSAI_STRICT", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub strict: bool,
    /// Write what can be written in spite of errors
    #[arg(long, env = "ESSAI_KEEP_GOING", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub keep_going: bool,
    /// Print how long each stage took
    #[arg(long, env = "ESSAI_TIMINGS", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub timings: bool,
}

/// The path that a site stands at: a slash at both ends, which are added where they are missing.
fn base_path(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| matches!(*part, "." | ".." | "_essai") || part.contains(['?', '#', '%', '\\'])) {
        return Err("it must be plain names between slashes".to_owned());
    }
    Ok(if parts.is_empty() { "/".to_owned() } else { format!("/{}/", parts.join("/")) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn flags_stand_before_or_after_the_command() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' '));
        for line in ["essai -r a -q build --drafts", "essai build -r a --drafts -q"] {
            let arguments = parse(line).unwrap();
            assert_eq!(arguments.common.root, PathBuf::from("a"));
            assert!(arguments.common.quiet);
            assert!(matches!(
                arguments.command,
                Command::Build(Building { sourcing: Sourcing { drafts: true, future: false, .. }, .. })
            ));
        }
        assert_eq!(parse("essai -q -v build").unwrap_err().exit_code(), 2);
    }

    #[test]
    fn a_base_path_has_a_slash_at_both_ends() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(base_path(text).ok().as_deref(), expected);
        check("", Some("/"));
        check("sub", Some("/sub/"));
        check("/a/b/", Some("/a/b/"));
        check("/../b", None);
        check("/_essai/", None);
    }
}
