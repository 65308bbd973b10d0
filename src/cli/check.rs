//! `notegate check`: the work tree, named files and folders, standard input, or a change in git ([`super::change`]).

use super::args::CheckArgs;
use super::change::Change;
use super::judging::{self, Authors, Occasion};
use super::notices::{self, Notice};
use super::runner_log::RunnerLog;
use super::setup::{Setup, repository_root};
use super::{CliError, Environment, Exit, Streams};
use crate::engine::redacted_path;
use crate::report::escape;
use crate::source::shard::Sharded;
use crate::source::single::Single;
use crate::source::worktree::{self, Listing, WorkTree};
use crate::source::{NamedPaths, NotePath, Seeker, SetAside, Source, Treeless, disk};
use crate::yaml::Limits;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of standard input where none is given.
pub(super) const STDIN_NAME: &str = "stdin.yaml";

/// Runs the command.
pub(super) fn run(args: &CheckArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let reads_input = reads_input(args)?;
    if !reads_input && args.stdin_filename != Path::new(STDIN_NAME) {
        return Err(CliError::usage(
            "--stdin-filename names standard input, which is not read",
            "Write `-` for standard input: notegate check - --stdin-filename FILE",
        ));
    }
    if let Some(change) = Change::of(&args.change) {
        return change.run(args, environment, streams);
    }
    if args.run.config.config_from.is_some() {
        return Err(CliError::usage(
            "--config-from chooses between states in git, and no change in git was named",
            "Name one with --staged, --from or --rev, or leave --config-from out.",
        ));
    }
    let start = start(&args.paths, environment);
    let treeless = treeless(&args.paths, &start, Seeker::Check, environment)?;
    let setup = Setup::find(&args.run.config, &start, environment)?;
    if let Some(exit) = setup.begin(&args.run.config, args.run.report.note_text(), streams)? {
        return Ok(exit);
    }
    let limit = Limits::default().file_bytes;
    if reads_input {
        let file = disk::lexically_plain(&environment.folder.join(&args.stdin_filename));
        let path = NotePath::from_bytes(disk::path_bytes(file.strip_prefix(&setup.root).unwrap_or(&file)));
        let source = if setup.config.files.is_configuration(&path) {
            Single::set_aside(path, SetAside::Configuration)
        } else {
            Single::read(path, streams.input, limit)
        };
        return finish(&source, &setup, args, Authors::Here, environment, streams);
    }
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, limit).with_named(
        &environment.folder,
        args.paths.clone(),
        named_paths(args.force_exclude),
    );
    let (listing, seen) = listing(&tree, &setup, &args.paths, (treeless.as_ref(), Seeker::Check))?;
    notices::tell(&seen, args.run.report.note_text(), streams)?;
    finish(&listing, &setup, args, Authors::Here, environment, streams)
}

/// The files of a work tree, and what is to be said of them before `seeker` examines them. `paths` are those that were
/// named.
pub(super) fn listing<'t>(
    tree: &'t WorkTree<'_>,
    setup: &Setup,
    paths: &[PathBuf],
    (treeless, seeker): (Option<&Treeless>, Seeker),
) -> Result<(Listing<'t>, Vec<Notice>), CliError> {
    let listing = tree.list()?;
    if let Some(treeless) = treeless.filter(|_| listing.paths().is_ok_and(|paths| paths.is_empty())) {
        return Err(treeless.error(seeker).into());
    }
    let every_path = || worktree::every_path(&setup.root).unwrap_or_default();
    let mut seen = notices::idle_patterns(&listing.idle_patterns(), &setup.config.files, every_path);
    if let Some(Treeless::Elsewhere(top)) = treeless.filter(|_| paths.is_empty()) {
        seen.push(notices::work_tree_elsewhere(top));
    }
    seen.extend(notices::empty_folders(listing.empty_folders()));
    if seen.is_empty() && paths.is_empty() && listing.paths()?.is_empty() {
        seen.push(notices::nothing_examined(seeker));
    }
    Ok((listing, seen))
}

/// What holds for the files that the arguments name, by `--force-exclude`.
pub(super) fn named_paths(force_exclude: bool) -> NamedPaths {
    if force_exclude { NamedPaths::ObeyExcludes } else { NamedPaths::BeatExcludes }
}

/// Lists or judges the files of a source.
pub(super) fn finish(
    source: &dyn Source,
    setup: &Setup,
    args: &CheckArgs,
    authors: Authors,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let sharded = args.shard.map(|shard| Sharded::new(source, shard));
    let source = sharded.as_ref().map_or(source, |sharded| sharded as &dyn Source);
    if !args.list_files {
        return judging::judge(source, setup, &args.run, Occasion::of(authors), environment, streams);
    }
    let is_listed = |path: &&NotePath| source.judges(path) && source.set_aside(path).is_none();
    let mut out: Box<dyn Write + '_> = match environment.actions {
        Some(_) => Box::new(RunnerLog::new(&mut *streams.output)),
        None => Box::new(&mut *streams.output),
    };
    for path in source.paths()?.iter().filter(is_listed) {
        let path = path.display();
        let seen = match &setup.from_here {
            _ if args.run.report.redact => redacted_path(&path),
            Some(relocation) => relocation.apply(&path),
            None => path.to_string(),
        };
        writeln!(out, "{}", escape::line(&seen))?;
    }
    Ok(Exit::Passed)
}

/// Where the search for the root starts: a folder that is the only path named, else the current folder. What lies in the
/// repository of the current folder is looked at from there: another repository in it is never entered.
pub(super) fn start(paths: &[PathBuf], environment: &Environment) -> PathBuf {
    let real = |folder: PathBuf| folder.canonicalize().unwrap_or(folder);
    match paths {
        [only] if environment.folder.join(only).is_dir() => {
            let named = real(environment.folder.join(only));
            let is_below = repository_root(&real(environment.folder.clone())).is_some_and(|top| named.starts_with(top));
            if is_below { environment.folder.clone() } else { named }
        }
        _ => environment.folder.clone(),
    }
}

/// What keeps a run over a whole folder from its files. A file that is named lies somewhere else, and says where.
///
/// # Errors
/// When there is nothing but a bare repository.
pub(super) fn treeless(
    paths: &[PathBuf],
    start: &Path,
    seeker: Seeker,
    environment: &Environment,
) -> Result<Option<Treeless>, CliError> {
    let is_whole = match paths {
        [] => true,
        [only] => environment.folder.join(only).is_dir(),
        _ => false,
    };
    match is_whole && repository_root(start).is_none() {
        true => match Treeless::at(start)? {
            Some(Treeless::InBare) => Err(Treeless::InBare.error(seeker).into()),
            treeless => Ok(treeless),
        },
        false => Ok(None),
    }
}

fn reads_input(args: &CheckArgs) -> Result<bool, CliError> {
    let is_input = |path: &PathBuf| path == Path::new("-");
    match (args.paths.iter().any(is_input), args.paths.len()) {
        (false, _) => Ok(false),
        (true, 1) => Ok(true),
        (true, _) => Err(CliError::usage(
            "`-` means standard input and cannot be combined with other paths",
            "Run notegate twice: once with `-` and once with the other paths.",
        )),
    }
}
