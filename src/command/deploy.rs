//! `essai deploy`: the site is built, compared with what is online, and put there.

use jiff::civil::Date;
use serde_json::json;

use crate::cli::{Common, Deploying};
use crate::diagnostic::count::count;
use crate::diagnostic::{Diagnostic, publication, suggest};
use crate::publish::ship::{Intent, Losses, Online, Place, Shipment, Shipped};
use crate::publish::{Collector, Manifest, compare, leaving};
use crate::read::hosts::Target;
use crate::read::read_config;
use crate::write;

use super::build::{self, Built, Ending, Purpose};
use super::console::Console;
use super::console::comparison;
use super::console::progress::Progress;
use super::settings::Settings;
use super::{Exit, ledger};

/// Builds the site and deploys it to the target that `deploying` names, or says what that would do.
///
/// # Errors
/// A call that cannot be meant.
pub fn run(common: &Common, deploying: Deploying, today: Date, console: &Console) -> Result<Exit, clap::Error> {
    let Deploying { target: name, dry_run, allow_loss, break_lock, building } = deploying;
    let is_base_given = building.sourcing.base_url.is_some();
    let mut settings = Settings::new(common, building, today)?;
    let targets = read_config(&settings.request).value.deploy;
    let target = match target(&targets, name.as_deref()) {
        Ok(target) => target,
        Err(diagnostic) => {
            console.failure(diagnostic);
            return Ok(Exit::Problem);
        }
    };
    if let Some(base_url) = target.base_url.clone().filter(|_| !is_base_given) {
        settings.request.base_url = Some(base_url);
    }
    let intent = match (dry_run, break_lock) {
        (true, _) => Intent::Look,
        (false, false) => Intent::Change,
        (false, true) => Intent::BreakLock,
    };
    let losses = if allow_loss { Losses::Allowed } else { Losses::Refused };
    let deployed = Deployment { settings: &settings, target, intent, losses }.run(console);
    Ok(deployed.unwrap_or_else(|diagnostic| {
        console.failure(diagnostic);
        Exit::Problem
    }))
}

/// The target called `name`; without one, `production` or the only one.
fn target<'a>(targets: &'a [Target], name: Option<&str>) -> Result<&'a Target, Diagnostic> {
    let known: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
    let named = |name: &str| targets.iter().find(|target| target.name == name);
    match name {
        Some(name) => named(name).ok_or_else(|| {
            let meant = suggest::nearest(name, known.iter().copied());
            publication::unknown_target(name, meant, &known)
        }),
        None => match targets {
            [only] => Ok(only),
            _ => named("production").ok_or_else(|| publication::no_target(&known)),
        },
    }
}

/// A deployment.
struct Deployment<'a> {
    settings: &'a Settings,
    target: &'a Target,
    intent: Intent,
    losses: Losses,
}

impl Deployment<'_> {
    /// Builds, compares, and sends.
    fn run(&self, console: &Console) -> Result<Exit, Diagnostic> {
        let collector = Collector::default();
        let ending = if self.intent == Intent::Look { Ending::Check } else { Ending::Write };
        let built = build::build(self.settings, console, Purpose { ending, collector: Some(&collector) });
        if built.errors > 0 {
            return Ok(Exit::Problem);
        }
        let new = collector.end().manifest;
        let place = Place::open(self.target, &self.settings.request, self.intent)?;
        let old = self.online(&place)?;
        let found = compare(&leaving::left_out(&old), &new);
        comparison::print(console, &place.shown(), &found, |_| None);
        if found.losses() > 0 && self.losses == Losses::Refused {
            return Err(publication::refused(found.losses()));
        }
        let new = leaving::after(&old, new);
        place.look(&self.shipment(&old, &new, &|| {}), self.losses)?;
        if self.intent == Intent::Look {
            console.text("nothing was sent");
            return Ok(Exit::Done);
        }
        let shipped = self.ship(&place, &old, &new, console)?;
        drop(place);
        self.tell(&shipped, &built, console)
    }

    /// What is at `place`.
    fn online(&self, place: &Place) -> Result<Manifest, Diagnostic> {
        match place.online() {
            Ok(Online::Known(manifest)) => Ok(manifest),
            Ok(Online::Nothing) => Ok(Manifest::default()),
            Ok(Online::Strangers(_)) if self.losses == Losses::Allowed || self.intent == Intent::Look => {
                Ok(Manifest::default())
            }
            Ok(Online::Strangers(stranger)) => Err(publication::strangers(&place.shown(), &stranger)),
            // It says nothing; then everything is sent.
            Ok(Online::Damaged(_)) if self.losses == Losses::Allowed => Ok(Manifest::default()),
            Ok(Online::Damaged(diagnostic)) | Err(diagnostic) => Err(diagnostic),
        }
    }

    fn shipment<'a>(&'a self, old: &'a Manifest, new: &'a Manifest, progress: &'a (dyn Fn() + Sync)) -> Shipment<'a> {
        Shipment { folder: &self.settings.request.output, new, old, progress }
    }

    /// Sends what was built. Meanwhile no other build writes into the output folder.
    fn ship(&self, place: &Place, old: &Manifest, new: &Manifest, console: &Console) -> Result<Shipped, Diagnostic> {
        let _held = write::hold(&self.settings.request.output)?;
        let progress = Progress::start(console);
        progress.stage("sending");
        let counted = || progress.one();
        let shipment = self.shipment(old, new, &counted);
        shipment.verify()?;
        progress.of(shipment.sent().len() + shipment.removed().len());
        place.ship(&shipment)
    }

    /// Says what was done, and notes in the ledger what is published.
    fn tell(&self, shipped: &Shipped, built: &Built, console: &Console) -> Result<Exit, Diagnostic> {
        let Shipped { sent, removed, remark } = shipped;
        let remark = remark.as_ref().map(|remark| format!(", {remark}")).unwrap_or_default();
        let name = &self.target.name;
        match (sent, removed) {
            (0, 0) if remark.is_empty() => console.text(&format!("{name} is up to date")),
            _ => console.text(&format!("{name}: {} sent, {} removed{remark}", count(*sent, ""), count(*removed, ""))),
        }
        console.json(&json!({
            "type": "deploy",
            "target": name,
            "sent": sent,
            "removed": removed,
            "remark": shipped.remark,
        }));
        Ok(ledger::write_updated(&self.settings.request.root, &built.site, console))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::read::hosts::Way;

    #[test]
    fn a_target_is_meant_by_its_name_or_alone() {
        let targets = |names: &[&str]| -> Vec<Target> {
            let target =
                |name: &&str| Target { name: (*name).to_owned(), base_url: None, way: Way::Folder("x".to_owned()) };
            names.iter().map(target).collect()
        };
        let check = |names: &[&str], name: Option<&str>, expected: Result<&str, &str>| {
            let targets = targets(names);
            let found = target(&targets, name);
            assert_eq!(
                found.map(|target| target.name.clone()).map_err(|diagnostic| diagnostic.help.join(" ")),
                expected.map(str::to_owned).map_err(str::to_owned)
            );
        };
        check(&["a"], None, Ok("a"));
        check(&["a", "production"], None, Ok("production"));
        check(&["a", "staging"], Some("staging"), Ok("staging"));
        check(&["a", "staging"], Some("stagin"), Err("did you mean `staging`?"));
        check(&["a", "b"], None, Err("the targets are `a`, `b`; the one called `production` needs no name"));
    }
}
