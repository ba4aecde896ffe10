//! The commands that publish: what can be typed.

use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args, Subcommand, ValueEnum};

use super::Building;

/// Flags of `deploy`.
#[derive(Debug, Args)]
pub struct Deploying {
    /// One of the targets of `deploy` in `essai.yaml` [default: `production`, or the only one]
    pub target: Option<String>,
    /// Print what would change, and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Deploy even if addresses, anchors or pictures that are online would be lost
    #[arg(long, env = "ESSAI_ALLOW_LOSS", hide_env = true, value_parser = FalseyValueParser::new(),
        action = ArgAction::SetTrue)]
    pub allow_loss: bool,
    /// Remove the lock of a deployment that was killed on another machine
    #[arg(long)]
    pub break_lock: bool,
    /// How the site is built.
    #[command(flatten)]
    pub building: Building,
}

/// Flags of `compare`.
#[derive(Debug, Args)]
pub struct Comparing {
    /// The other site: a folder of HTML, whatever made it
    pub folder: PathBuf,
    /// How this site is built.
    #[command(flatten)]
    pub building: Building,
}

/// What can be done with the ledger.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Add every address and anchor of the site as it is now
    ///
    /// `deploy` does this by itself. Where a host builds the site from what you push, run it before you push.
    Update(Building),
}

/// Flags of `mv`.
#[derive(Debug, Args)]
pub struct Moving {
    /// The essay, or a folder of essays
    pub old: PathBuf,
    /// Where it goes: a new name, or a folder that is there
    pub new: PathBuf,
    /// Print what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The configuration [default: `essai.yaml` in the site's folder]
    #[arg(short, long, env = "ESSAI_CONFIG", value_name = "FILE", hide_env = true)]
    pub config: Option<PathBuf>,
}

/// Flags of `init`.
#[derive(Debug, Args)]
pub struct Initialising {
    /// Where: a folder that is empty or not there yet
    #[arg(required_unless_present = "host")]
    pub dir: Option<PathBuf>,
    /// Write the settings of a host, into the new site or the one that is here
    #[arg(long, value_name = "HOST")]
    pub host: Option<HostingService>,
}

/// A host that `init` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HostingService {
    /// GitHub Pages, built by GitHub Actions.
    #[value(help = "built by GitHub Actions")]
    GithubPages,
    /// Netlify.
    #[value(help = "built by Netlify")]
    Netlify,
    /// Cloudflare Pages.
    #[value(help = "built by Cloudflare Pages")]
    Cloudflare,
    /// GitLab Pages, built by GitLab's CI.
    #[value(help = "built by GitLab CI")]
    Gitlab,
    /// A bucket of Amazon S3 or a store that speaks as it does.
    #[value(help = "a bucket, deployed to from here")]
    S3,
}
