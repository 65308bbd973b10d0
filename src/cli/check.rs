//! `notegate check`: the work tree, named files and folders, standard input, or a change in git ([`super::change`]).

use super::args::CheckArgs;
use super::change::Change;
use super::judging::{self, Authors, Occasion};
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams};
use crate::engine::redacted_path;
use crate::report::escape;
use crate::source::single::Single;
use crate::source::worktree::{NamedPaths, WorkTree};
use crate::source::{NotePath, Source};
use crate::yaml::Limits;
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(args: &CheckArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    if let Some(change) = Change::of(&args.change) {
        return change.run(args, environment, streams);
    }
    if args.run.config.config_from.is_some() {
        return Err(Failure::usage(
            "--config-from chooses between states in git, and no change in git was named",
            "Name one with --staged, --from or --rev, or leave --config-from out.",
        ));
    }
    let setup = Setup::find(&args.run.config, &start(args, environment), environment)?;
    if args.run.config.print_config {
        streams.output.write_all(escape::block(&setup.config.to_yaml()).as_bytes())?;
        return Ok(Exit::Passed);
    }
    let limit = Limits::default().file_bytes;
    if reads_input(args)? {
        let path = NotePath::from_bytes(args.stdin_filename.to_string_lossy().replace('\\', "/"));
        let source = Single::read(path, streams.input, limit);
        return finish(&source, &setup, args, Authors::Here, environment, streams);
    }
    let named_paths = if args.force_exclude { NamedPaths::ObeyExcludes } else { NamedPaths::BeatExcludes };
    let source = WorkTree::new(setup.root.clone(), &setup.config.files, limit).with_named(
        &environment.folder,
        args.paths.clone(),
        named_paths,
    );
    finish(&source, &setup, args, Authors::Here, environment, streams)
}

/// Lists or judges the files of a source.
pub(super) fn finish(
    source: &dyn Source,
    setup: &Setup,
    args: &CheckArgs,
    authors: Authors,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    if !args.list_files {
        return judging::judge(source, setup, &args.run, Occasion::of(authors), environment, streams);
    }
    for path in source.paths()? {
        let shown = if args.run.report.redact { redacted_path(&path.display()) } else { path.display().into_owned() };
        writeln!(streams.output, "{}", escape::line(&shown))?;
    }
    Ok(Exit::Passed)
}

/// Where the search for the root starts: a folder that is the only path named, else the current folder.
fn start(args: &CheckArgs, environment: &Environment) -> PathBuf {
    match args.paths.as_slice() {
        [only] if environment.folder.join(only).is_dir() => {
            let folder = environment.folder.join(only);
            folder.canonicalize().unwrap_or(folder)
        }
        _ => environment.folder.clone(),
    }
}

fn reads_input(args: &CheckArgs) -> Result<bool, Failure> {
    let is_input = |path: &PathBuf| path == Path::new("-");
    match (args.paths.iter().any(is_input), args.paths.len()) {
        (false, _) => Ok(false),
        (true, 1) => Ok(true),
        (true, _) => Err(Failure::usage(
            "`-` stands for standard input and cannot be named beside other paths",
            "Run notegate twice: once with `-` and once with the other paths.",
        )),
    }
}
