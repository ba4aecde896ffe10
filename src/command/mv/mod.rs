//! `essai mv`: an essay moves with its pictures, every link is mended, and its former address leads on.

mod carry;

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::json;

use crate::cli::{Common, Moving};
use crate::diagnostic::count::count;
use crate::diagnostic::{Diagnostic, Found, Kind, Level, Levels, Report, output};
use crate::disk::remove_while_empty;
use crate::link::{self, EssayId, Site, Surroundings};
use crate::parse;
use crate::picture::{Pictures, SocialCards};
use crate::publish::alias::with_alias;
use crate::publish::relocate::{self, Mending, Moves};
use crate::read::essays::is_markdown;
use crate::read::{self, Asset, Config, Publication, Request, SitePath, Source, Sources};

use super::console::Console;
use super::settings::{self, inside};
use super::{Exit, wrong_call};
use carry::{Carrier, Refusal, Staged};

/// What is moved.
enum Moved {
    /// One essay, and the pictures that are its own.
    Essay(EssayId),
    /// A folder with everything in it.
    Folder(SitePath),
}

/// All that a move does.
struct Plan {
    moves: Moves,
    mending: Mending,
    /// The new text of every essay that changes, by where it is afterwards.
    texts: BTreeMap<SitePath, String>,
    /// The new text of the configuration, if it changes.
    configuration: Option<String>,
    /// The former addresses that lead on, by the essay's new path.
    aliases: BTreeMap<SitePath, String>,
}

/// Moves `moving.old` to `moving.new`.
///
/// # Errors
/// Nothing to move, or something in the way: then nothing was changed.
pub fn run(common: &Common, moving: &Moving, today: Date, console: &Console) -> Result<Exit, clap::Error> {
    let root = settings::root(common)?;
    let publication = Publication { today, drafts: true, future: true };
    let output = inside(&root, "public");
    let request = Request { root: root.clone(), config: moving.config.clone(), output, base_url: None, publication };
    let found = read::read(&request);
    let sources = found.value;
    let before = linked(&sources, sources.essays.clone(), sources.assets.clone(), sources.config.clone());
    let site = before.value;
    let content = inside(&root, "content");
    let old = in_content(&content, &moving.old)
        .ok_or_else(|| wrong_call(format!("there is nothing at `{}`", moving.old.display())))?;
    let moved = match site.essay_at(&old) {
        Some(id) => Moved::Essay(id),
        None if content.join(old.as_str()).is_dir() => Moved::Folder(old.clone()),
        None => return Err(wrong_call(format!("`{}` is no essay", moving.old.display()))),
    };
    let new = goal(&content, &moving.new, &old, &moved)?;
    let moves = moves(&content, &site, &moved, &new)?;
    if let Some(notebook) = moves.keys().find(|path| relocate::is_notebook(path)) {
        let hint = "rename the file yourself, and mend the links that `essai check` then names";
        return Err(wrong_call(format!("`content/{notebook}` is a notebook, in which no alias can be noted; {hint}")));
    }
    let plan = plan(&sources, &site, moves);
    let unread = unread(&sources, found.diagnostics, &plan);
    let blamed = if unread.is_empty() {
        broken(&sources, &before.diagnostics, &plan)
    } else {
        Report::new(unread, &Levels::default())
    };
    if blamed.errors() > 0 {
        console.report(&blamed);
        console.remark("nothing was moved\n");
        return Ok(Exit::Problem);
    }
    if !moving.dry_run
        && let Err((path, error)) = carry_out(&request, &sources, &moved, &new, &plan)
    {
        console.failure(output::unwritable(&path, &error));
        return Ok(Exit::Problem);
    }
    tell(console, &plan, &site.config.shown, moving.dry_run);
    Ok(Exit::Done)
}

/// The site of `sources` with `essays`, `assets` and `config` in place of theirs, and its mistakes.
fn linked(sources: &Sources, essays: Vec<Arc<Source>>, assets: Arc<Vec<Asset>>, config: Config) -> Found<Site> {
    let parsed = parse::parse(essays, &parse::ParseConfig::of(&config), parse::Memory::Kept(None));
    let theme_files = sources.theme.files.clone();
    let (publication, ledger) = (sources.publication, Arc::default());
    link::link(
        &parsed.essays,
        Surroundings {
            config,
            assets,
            pictures: Pictures::default(),
            cards: SocialCards::default(),
            theme_files,
            publication,
            ledger,
        },
        None,
    )
}

/// Where `path`, which is seen from the current folder or else from `content`, is in `content`. It must be there.
fn in_content(content: &Path, path: &Path) -> Option<SitePath> {
    let content_whole = fs::canonicalize(content).ok()?;
    let candidates = [path.to_owned(), content.join(path)];
    let whole = candidates.iter().filter_map(|path| itself(path)).find(|path| path.starts_with(&content_whole))?;
    SitePath::new(whole.strip_prefix(&content_whole).ok()?.to_str()?)
}

/// What is at `path` by its whole path: of a symbolic link, the link itself.
fn itself(path: &Path) -> Option<PathBuf> {
    let Some(name) = path.file_name() else { return fs::canonicalize(path).ok() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = fs::canonicalize(folder).ok()?.join(name);
    fs::symlink_metadata(&whole).is_ok().then_some(whole)
}

/// Where what is at `old` goes: into a folder that is there, or to a new name.
fn goal(content: &Path, new: &Path, old: &SitePath, moved: &Moved) -> Result<SitePath, clap::Error> {
    let outside = || wrong_call(format!("`{}` is not in `content`", new.display()));
    if let Some(folder) = in_content(content, new).filter(|path| content.join(path.as_str()).is_dir()) {
        return SitePath::join(folder.as_str(), old.name()).ok_or_else(outside);
    }
    // What is not there yet is seen from the current folder if its nearest folder that is there lies in the content.
    let (parent, name) = (new.parent().unwrap_or(Path::new("")), new.file_name().ok_or_else(outside)?);
    let here = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let mut missing = vec![name.to_owned()];
    let mut above = here.to_owned();
    let folder = loop {
        if let Some(folder) = fs::canonicalize(&above).ok().and_then(|_| folder_in_content(content, &above)) {
            break Some(folder);
        }
        match (above.parent().map(Path::to_owned), above.file_name()) {
            (Some(parent), Some(name)) if !above.exists() => {
                missing.push(name.to_owned());
                above = if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent };
            }
            _ => break None,
        }
    };
    let path = match folder {
        Some(folder) => missing.iter().rev().fold(folder, |path, name| path.join(name)),
        None => new.to_owned(),
    };
    let mut path = path.to_str().and_then(SitePath::new).ok_or_else(outside)?;
    if matches!(moved, Moved::Essay(_)) && !is_markdown(&path.extension()) {
        path = SitePath::new(&format!("{path}.md")).ok_or_else(outside)?;
    }
    Ok(path)
}

/// Where the folder `folder`, which is there, is in `content`; the top is the empty path.
fn folder_in_content(content: &Path, folder: &Path) -> Option<PathBuf> {
    let (content, folder) = (fs::canonicalize(content).ok()?, fs::canonicalize(folder).ok()?);
    folder.strip_prefix(content).ok().map(Path::to_owned)
}

/// Every file of the content that moves, and where to.
///
/// # Errors
/// Something is there already.
fn moves(content: &Path, site: &Site, moved: &Moved, new: &SitePath) -> Result<Moves, clap::Error> {
    let moves = match moved {
        Moved::Essay(id) => relocate::moves_of_essay(site, *id, new),
        Moved::Folder(old) => {
            if new == old || new.as_str().starts_with(&format!("{old}/")) {
                return Err(wrong_call(format!("`{new}` lies in `{old}` itself")));
            }
            let inside = |path: &SitePath| {
                let below = path.as_str().strip_prefix(old.as_str())?.strip_prefix('/')?;
                Some((path.clone(), SitePath::join(new.as_str(), below)?))
            };
            let essays = site.essays.iter().map(|essay| &essay.source.path);
            essays.chain(site.files.iter().map(|file| &file.address)).filter_map(inside).collect()
        }
    };
    let taken = |path: &SitePath| fs::symlink_metadata(content.join(path.as_str())).is_ok();
    let in_the_way = match moved {
        Moved::Folder(_) => Some(new).filter(|path| taken(path)),
        Moved::Essay(_) => moves.values().find(|path| taken(path)),
    };
    if let Some(path) = in_the_way {
        return Err(wrong_call(format!("there already is something at `content/{path}`")));
    }
    // Where a link leads depends on where it stands.
    let is_link = |path: &SitePath| fs::symlink_metadata(content.join(path.as_str())).is_ok_and(|it| it.is_symlink());
    let folder = if let Moved::Folder(old) = moved { Some(old) } else { None };
    if let Some(path) = folder.into_iter().chain(moves.keys()).find(|path| is_link(path)) {
        let hint = "move what it leads to, or the link yourself, and mend the links that `essai check` then names";
        return Err(wrong_call(format!("`content/{path}` is a symbolic link; {hint}")));
    }
    if let Some(path) = moves.values().find(|path| site.config.leaves_out(path)) {
        return Err(wrong_call(format!("`content/{path}` would not be part of the site: such names are left out")));
    }
    Ok(moves)
}

/// Everything that `moves` bring with them.
fn plan(sources: &Sources, site: &Site, moves: Moves) -> Plan {
    let mending = relocate::mend(site, &moves);
    let configuration =
        Some(relocate::apply(&site.config.text, &mending.configuration)).filter(|_| !mending.configuration.is_empty());
    let mut plan = Plan { moves, mending, texts: BTreeMap::new(), configuration, aliases: BTreeMap::new() };
    for essay in &site.essays {
        let path = &essay.source.path;
        if let Some(edits) = plan.mending.essays.get(path) {
            let now = plan.moves.get(path).unwrap_or(path).clone();
            plan.texts.insert(now, relocate::apply(&essay.source.text, edits));
        }
    }
    let after = linked(sources, moved_sources(sources, &plan), sources.assets.clone(), sources.config.clone()).value;
    for id in site.ids() {
        let essay = &site[id];
        let Some(new) = plan.moves.get(&essay.source.path) else { continue };
        let Some(now) = after.essay_at(new) else { continue };
        if after.address(now) == site.address(id) || essay.header.draft {
            continue;
        }
        // In a bare header a comma stands between two of them.
        let alias = format!("/{}", site.address(id).encoded().replace(',', "%2C"));
        let known: Vec<_> = after[now].header.aliases.iter().map(|alias| alias.span.clone()).collect();
        let text = with_alias(&after[now].source.text, &alias, &known);
        plan.texts.insert(new.clone(), text);
        plan.aliases.insert(new.clone(), alias);
    }
    plan
}

/// The essays as they are after `plan`, by path.
fn moved_sources(sources: &Sources, plan: &Plan) -> Vec<Arc<Source>> {
    let moved = sources.essays.iter().map(|source| {
        let path = plan.moves.get(&source.path).unwrap_or(&source.path).clone();
        let text = plan.texts.get(&path).unwrap_or(&source.text).clone();
        Arc::new(Source { shown: format!("content/{path}").into(), path, text, ..Source::clone(source) })
    });
    let mut essays: Vec<Arc<Source>> = moved.collect();
    essays.sort_by(|a, b| a.path.cmp(&b.path));
    essays
}

/// Why essays that `plan` would write could not be read as they are, as `found` says: their words would be lost.
fn unread(sources: &Sources, found: Vec<Diagnostic>, plan: &Plan) -> Vec<Diagnostic> {
    let is_written = |source: &Source| plan.texts.contains_key(plan.moves.get(&source.path).unwrap_or(&source.path));
    let damaged: Vec<&Arc<Source>> =
        sources.essays.iter().filter(|source| source.is_damaged && is_written(source)).collect();
    let is_of_one = |diagnostic: &Diagnostic| {
        let path = diagnostic.place.as_ref().map(|place| place.path.as_str());
        damaged.iter().any(|source| path == Some(&*source.shown))
    };
    found.into_iter().filter(is_of_one).collect()
}

/// The mistakes that `plan` would make: those that are not among `known`, the ones before.
fn broken(sources: &Sources, known: &[Diagnostic], plan: &Plan) -> Report {
    let mut assets = Vec::clone(&sources.assets);
    for asset in &mut assets {
        if let Some(new) = plan.moves.get(&asset.path) {
            asset.path = new.clone();
        }
    }
    assets.sort_by(|a, b| a.path.cmp(&b.path));
    let config = match &plan.configuration {
        Some(text) => read::parse_config(&sources.config.shown, text.clone()).value,
        None => sources.config.clone(),
    };
    let levels = config.levels.clone();
    let diagnostics = linked(sources, moved_sources(sources, plan), Arc::new(assets), config).diagnostics;
    let known: HashSet<(Kind, &str)> = known.iter().map(|known| (known.kind, known.message.as_str())).collect();
    let is_new = |diagnostic: &Diagnostic| {
        levels.of(diagnostic.kind) == Level::Error && !known.contains(&(diagnostic.kind, &diagnostic.message))
    };
    Report::new(diagnostics.into_iter().filter(is_new).collect(), &levels)
}

/// Moves the files and writes the texts, or does nothing.
///
/// # Errors
/// Whatever the file system says, with the file that it says it of.
fn carry_out(request: &Request, sources: &Sources, moved: &Moved, new: &SitePath, plan: &Plan) -> Result<(), Refusal> {
    let content = inside(&request.root, "content");
    let at = |path: &SitePath| content.join(path.as_str());
    let mut carrier = Carrier::new(&content)?;
    let mut texts: Vec<(PathBuf, Staged)> = Vec::with_capacity(plan.texts.len() + 1);
    for source in &sources.essays {
        let now = plan.moves.get(&source.path).unwrap_or(&source.path);
        if let Some(text) = plan.texts.get(now) {
            texts.push((at(now), carrier.stage(&at(&source.path), &source.text, text)?));
        }
    }
    if let Some(text) = &plan.configuration {
        let file = request.config_file();
        let staged = carrier.stage_afar(&file, &sources.config.text, text)?;
        texts.push((file, staged));
    }
    let renamed = match moved {
        Moved::Folder(old) => carrier.rename(&at(old), &at(new)),
        Moved::Essay(_) => plan.moves.iter().try_for_each(|(old, new)| carrier.rename(&at(old), &at(new))),
    };
    let done = renamed.and_then(|()| texts.into_iter().try_for_each(|(file, text)| carrier.replace(&file, text)));
    if let Err(refusal) = done {
        return carrier.undo().and(Err(refusal));
    }
    // Folders that are empty now are nobody's any more.
    for old in plan.moves.keys() {
        remove_while_empty(old.folders().map(|folder| at(&folder)));
    }
    Ok(())
}

/// Says what is done, or would be; `configuration` is what the configuration is called.
fn tell(console: &Console, plan: &Plan, configuration: &str, dry_run: bool) {
    for (old, new) in &plan.moves {
        console.text(&format!("moved  content/{old} → content/{new}"));
    }
    for (path, edits) in &plan.mending.essays {
        let now = plan.moves.get(path).unwrap_or(path);
        console.text(&format!("mended content/{now}: {}", count(edits.len(), "link")));
    }
    if plan.configuration.is_some() {
        console.text(&format!("mended {configuration}: {}", count(plan.mending.configuration.len(), "link")));
    }
    for (path, alias) in &plan.aliases {
        console.text(&format!("alias  {alias} leads to content/{path}"));
    }
    if dry_run {
        console.text("this is what would be done; nothing was changed");
    }
    console.json(&json!({
        "type": "mv",
        "dry_run": dry_run,
        "moved": plan.moves,
        "mended": plan.mending.essays.iter().map(|(path, edits)| (path.to_string(), edits.len())).collect::<BTreeMap<_, _>>(),
        "aliases": plan.aliases,
    }));
}
