//! Mistakes of publishing: what would be lost, a ledger that cannot be read, a host that does not take the site.

use super::shell;
use super::{Diagnostic, Kind, Place};

/// An address that was published and that this site does not have. `successor` is the address that is most like it.
pub fn lost_address(place: Place, address: &str, successor: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(Kind::LostAddress, format!("the address `{address}` was published and is gone"))
        .at(place.labelled("links from elsewhere lead here"));
    let diagnostic = match successor {
        Some(successor) => diagnostic
            .help(format!("if `{successor}` took its place, let the header of that essay say `aliases: /{address}`")),
        None => diagnostic.help(format!("if another essay took its place, let its header say `aliases: /{address}`")),
    };
    diagnostic.help(format!("`essai retire {}` lets it go", shell::word(address)))
}

/// An anchor that was published in a page that is still there, and is gone. `nearest` is the one most like it.
pub fn lost_anchor(place: Place, address: &str, anchor: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("the anchor `#{anchor}` of `{address}` was published and is gone");
    let diagnostic = Diagnostic::new(Kind::LostAnchor, message).at(place.labelled("links from elsewhere lead here"));
    let diagnostic = match nearest {
        Some(nearest) => diagnostic
            .help(format!("if the heading `#{nearest}` took its place, give it the former id: `## … {{#{anchor}}}`")),
        None => diagnostic.help(format!("give the heading that took its place the former id: `## … {{#{anchor}}}`")),
    };
    diagnostic.help(format!("`essai retire {}` lets it go", shell::quoted(&format!("{address}#{anchor}"))))
}

/// The ledger has no line at all.
pub fn ledger_empty(place: Place) -> Diagnostic {
    ledger("`essai.ledger` is empty", place)
        .help("bring it back from your history: it holds every address that was published")
        .help("a site that was never published needs none: remove the file")
}

/// The ledger's first line is not one of a ledger; `expected` is.
pub fn ledger_opening(place: Place, expected: &str) -> Diagnostic {
    ledger("`essai.ledger` does not begin as a ledger does", place.labelled(format!("expected `{expected}`")))
        .help("bring it back from your history: it holds every address that was published")
}

/// The ledger's form is one that only a later version of Essai knows.
pub fn ledger_newer(place: Place, version: u32) -> Diagnostic {
    let message = format!("`essai.ledger` is written by a newer Essai, in version {version} of its form");
    ledger(message, place).help("install the newer Essai; nothing was changed")
}

/// The ledger was merged, and the merge not finished.
pub fn ledger_conflict(place: Place) -> Diagnostic {
    ledger("`essai.ledger` holds a merge conflict", place)
        .help("keep the lines of both sides and remove the three marks: what either side published stays published")
}

/// A line that is neither an address nor an anchor.
pub fn ledger_line(place: Place) -> Diagnostic {
    ledger(
        "a line of `essai.ledger` cannot be read",
        place.labelled("neither an address nor, below one, an anchor such as `  #focus`"),
    )
    .help("bring the line back from your history, or remove it")
}

fn ledger(message: impl Into<String>, place: Place) -> Diagnostic {
    Diagnostic::new(Kind::Ledger, message).at(place)
}

/// A stored manifest that is not one; `reason` is the parser's. `shown` says where it is.
pub fn manifest_damaged(shown: &str, reason: &str) -> Diagnostic {
    publication(format!("the manifest of {shown} is damaged: {reason}"))
        .help("`--allow-loss` deploys the whole site anew, without a look at what was there")
}

/// A stored manifest with the marks of a merge conflict. `shown` says where it is.
pub fn manifest_conflict(shown: &str) -> Diagnostic {
    publication(format!("the manifest of {shown} holds a merge conflict"))
        .help("only `essai deploy` writes there: undo the merge")
}

/// A stored manifest of a form that only a later version knows. `shown` says where it is.
pub fn manifest_newer(shown: &str, version: u64) -> Diagnostic {
    publication(format!("{shown} was published by a newer Essai, whose manifest has version {version}"))
        .help("install the newer Essai; nothing was changed")
}

/// What was published would be lost by a deployment.
pub fn refused(losses: usize) -> Diagnostic {
    let things = if losses == 1 { "one thing that is online" } else { "things that are online" };
    publication(format!("not deployed: {things} would be lost"))
        .help("aliases, `essai mv` and `essai retire` keep what others link to; `--allow-loss` deploys all the same")
}

/// The file at `address` was written anew after the build of a deployment.
pub fn changed_since(address: &str) -> Diagnostic {
    publication(format!("not deployed: `{address}` is not what was built any more"))
        .help("another build has written into the output folder since: deploy again")
}

/// A place that holds files which Essai did not put there; `stranger` is one of them.
pub fn strangers(shown: &str, stranger: &str) -> Diagnostic {
    publication(format!("{shown} holds files that Essai did not put there"))
        .help(format!("one of them is `{stranger}`; nothing was touched"))
        .help("`--allow-loss` deploys all the same: files of the site's names are replaced, others stay")
}

/// Strangers' files at a place have the names of new files of the site.
pub fn replaced(shown: &str, strangers: &[&str]) -> Diagnostic {
    const NAMED: usize = 5;
    let files = if strangers.len() == 1 { "a file" } else { "files" };
    let mut named: Vec<String> = strangers.iter().take(NAMED).map(|stranger| format!("`{stranger}`")).collect();
    if strangers.len() > NAMED {
        named.push(format!("{} more", strangers.len() - NAMED));
    }
    publication(format!("not deployed: {files} in {shown} that Essai did not put there would be replaced"))
        .help(format!("in the way: {}; nothing was touched", named.join(", ")))
        .help("move what is there away, or rename what is new in the site; `--allow-loss` replaces it")
}

/// A stranger's file stands where the site needs a folder, or in a folder where it needs a file.
pub fn in_the_way(shown: &str, stranger: &str) -> Diagnostic {
    publication(format!("`{stranger}` in {shown} is in the way of the site, and Essai did not put it there"))
        .help("move it away; nothing was touched")
}

/// A folder at a place is a symbolic link, so that what is sent there would land elsewhere.
pub fn linked_folder(shown: &str, folder: &str) -> Diagnostic {
    publication(format!("`{folder}` in {shown} is a symbolic link, and Essai does not deploy through it"))
        .help("remove the link; Essai makes the folder itself")
}

/// A folder to deploy to begins with `~`, which only a shell expands.
pub fn home_folder(folder: &str) -> Diagnostic {
    publication(format!("`{folder}` would be a folder called `~` in the site's own"))
        .help("write the whole path of the home folder; `./~` means the folder of that name")
}

/// A folder to deploy to is, holds or lies in one that the site is made of or built into, `own`.
pub fn own_folder(folder: &str, own: &str) -> Diagnostic {
    publication(format!("`{folder}` cannot be deployed to: it and `{own}`, which belongs to the site, are not apart"))
        .help("name a folder of its own")
}

/// A target that the configuration does not have.
pub fn unknown_target(name: &str, meant: Option<&str>, known: &[&str]) -> Diagnostic {
    let diagnostic = publication(format!("there is no target `{name}` in `deploy`"));
    match (meant, known) {
        (Some(meant), _) => diagnostic.help(format!("did you mean `{meant}`?")),
        (None, []) => naming_a_target(diagnostic),
        (None, known) => diagnostic.help(format!("the targets are `{}`", known.join("`, `"))),
    }
}

/// No target is configured, or several and none is called production.
pub fn no_target(known: &[&str]) -> Diagnostic {
    match known {
        [] => naming_a_target(publication("`essai.yaml` does not say where the site goes")),
        known => publication("which target is meant")
            .help(format!("the targets are `{}`; the one called `production` needs no name", known.join("`, `"))),
    }
}

/// `diagnostic` with how a target is named.
fn naming_a_target(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .help("deploy: {production: {git: origin, branch: gh-pages}}")
        .help("`essai init --host github-pages` and its like write the settings of a host")
}

/// Another deployment to the same target is under way; `holder` says whose and since when.
pub fn deploying(shown: &str, holder: &str) -> Diagnostic {
    publication(format!("another deployment to {shown} is under way: {holder}"))
        .help("wait until it is done; if it was killed on another machine, `--break-lock` removes its lock")
}

/// The git program says no; `said` is what it says, in one line.
pub fn git(doing: &str, said: &str) -> Diagnostic {
    publication(format!("git could not {doing}: {said}"))
}

/// There is no git program.
pub fn no_git() -> Diagnostic {
    publication("there is no `git` to deploy with").help("install git")
}

/// The remote that the target names, by its name or by its address, does not answer.
pub fn git_no_remote(remote: &str, said: &str) -> Diagnostic {
    let diagnostic = git(&format!("reach `{remote}`"), said);
    if remote.contains(['/', ':']) {
        return diagnostic.help("is the address in `essai.yaml` right, and may you read there?");
    }
    diagnostic.help(format!("`git remote add {remote} ADDRESS` adds it, or let `git:` in `essai.yaml` be an address"))
}

/// The push was rejected, since somebody else pushed to the branch.
pub fn git_rejected(branch: &str, said: &str) -> Diagnostic {
    git(&format!("push `{branch}`"), said).help("somebody else published just now: deploy again")
}

/// A lock of git's is in the way.
pub fn git_locked(said: &str) -> Diagnostic {
    git("write", said).help("another git is at work; if none is, remove the `.lock` file that it names")
}

/// A program that a target needs is not there.
pub fn no_program(program: &str) -> Diagnostic {
    publication(format!("there is no `{program}` to deploy with")).help(format!("install {program}"))
}

/// A program that a target needs says no.
pub fn program(program: &str, said: &str) -> Diagnostic {
    let diagnostic = publication(format!("{program} failed: {said}"));
    let is_old =
        program == "rsync" && ["unknown option", "unrecognized option"].iter().any(|words| said.contains(words));
    if is_old { diagnostic.help("rsync 3.2.3 or newer is needed, here and on the host") } else { diagnostic }
}

/// A store does not do what it is asked; `said` has no credentials in it.
pub fn store(shown: &str, doing: &str, said: &str) -> Diagnostic {
    publication(format!("{shown} did not {doing}: {said}"))
        .help("what is online is whole; the next deployment does the rest")
}

/// A credential that a store needs is not in the environment.
pub fn no_credentials(shown: &str, variables: &str) -> Diagnostic {
    publication(format!("no credentials for {shown}")).help(format!("set {variables} in the environment"))
}

/// This Essai was built without object stores.
pub fn no_stores(shown: &str) -> Diagnostic {
    publication(format!("this Essai was built without object stores, and cannot reach {shown}"))
        .help("`cargo install` it with `--features stores`")
}

/// A folder to compare with, or to deploy to, that cannot be read or written.
pub fn folder(shown: &str, doing: &str, error: &std::io::Error) -> Diagnostic {
    publication(format!("cannot {doing} `{shown}`: {}", super::output::plain_words(error)))
}

fn publication(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Kind::Publication, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_can_be_added_as_a_remote() {
        let help = |remote: &str| git_no_remote(remote, "no").help.concat();
        assert!(help("origin").starts_with("`git remote add origin ADDRESS` adds it"));
        for address in ["https://example.org/x.git", "git@example.org:x.git", "../x.git"] {
            assert!(!help(address).contains("git remote add"), "{address}");
        }
    }

    #[test]
    fn a_configuration_without_targets_is_told_how_to_name_one() {
        assert_eq!(unknown_target("x", None, &[]).help, no_target(&[]).help);
    }
}
