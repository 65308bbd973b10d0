//! `notegate adopt`: a configuration that fits the notes that are there, and what the gate would say of them.

mod shown;

use super::args::AdoptArgs;
use super::judging::Silent;
use super::notices::Notice;
use super::setup::{self, repository_root};
use super::{CliError, Environment, Exit, Streams};
use crate::adopt::replay::{self, Replayed};
use crate::adopt::{self, Proposal};
use crate::config::{Config, FILE_NAME};
use crate::course::CourseError;
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::playbook::Playbook;
use crate::source::git::{self, RepoLocation};
use crate::source::worktree::{self, WorkTree};
use crate::source::{NotePath, SourceError, disk};
use crate::yaml::Limits;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use shown::Findings;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// How far back the commits go that are looked at.
const DAYS: i64 = 90;

/// Runs the command.
pub(super) fn run(args: &AdoptArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let folder = folder(args, environment)?;
    let root = repository_root(&folder).unwrap_or(&folder).to_path_buf();
    if !args.print {
        check_target(&root, args)?;
    }
    let files = files(&root, &folder)?;
    let limit = Limits::default().file_bytes;
    let read = |path: &NotePath| disk::read(&root.join(disk::bytes_path(path.as_bytes())), limit);
    let proposal = adopt::propose(&files.notes, &read);
    if proposal.records() == 0 {
        return Err(nothing_found(&files, &proposal));
    }
    let config = proposal.config().map_err(|problems| {
        CliError::usage(
            format!("what was found makes no configuration: {problems}"),
            "Write one by hand: `notegate init` writes a commented notegate.yaml.",
        )
    })?;
    let yaml = proposal.to_yaml();
    // What is printed is for a file, so what is said beside it goes to the other stream.
    let out = if args.print { &mut *streams.error } else { &mut *streams.output };
    shown::proposal(&proposal, &files, out)?;
    if args.print {
        streams.output.write_all(yaml.as_bytes())?;
    } else {
        write(&root, &yaml, args)?;
        let path = shown::path(&root.join(FILE_NAME), environment);
        writeln!(streams.output, "\nWrote {path}. Read it, and correct what is wrong.")?;
    }
    let out = if args.print { &mut *streams.error } else { &mut *streams.output };
    let findings = judge(&root, &proposal, &config, args, environment)?;
    shown::findings(&findings, out)?;
    match &findings.replayed {
        Some(Ok(replayed)) => shown::replayed(replayed, DAYS, out)?,
        // The configuration is written, and what else there is to say depends on nothing of it.
        Some(Err(error)) => Notice::warning("the commits so far could not be looked at")
            .or_in_full(format!("the commits so far could not be looked at: {error}"))
            .tell(NoteText::Shown, streams)?,
        None => {}
    }
    if !args.print {
        writeln!(streams.output, "\nNext: `notegate check` shows every finding, `notegate install` the git hooks.")?;
    }
    Ok(Exit::Passed)
}

/// What lies in the folder.
pub(super) struct Files {
    /// Files that may hold notes.
    notes: Vec<NotePath>,
    /// Files of other kinds, by their endings.
    others: Vec<(String, usize)>,
}

/// The folder to look at.
fn folder(args: &AdoptArgs, environment: &Environment) -> Result<PathBuf, CliError> {
    let Some(named) = &args.folder else {
        let here = &environment.folder;
        return Ok(repository_root(here).unwrap_or(here).to_path_buf());
    };
    let folder = environment.folder.join(named);
    match folder.canonicalize() {
        Ok(folder) if folder.is_dir() => Ok(folder),
        Ok(_) => Err(CliError::usage(
            format!("`{}` is a file", named.display()),
            "Name the folder that holds the notes, or none for the whole repository.",
        )),
        Err(_) => Err(CliError::usage(
            format!("there is no folder `{}`", named.display()),
            "Name the folder that holds the notes, or none for the whole repository.",
        )),
    }
}

/// # Errors
/// When a configuration is there, under its name or nearly.
fn check_target(root: &Path, args: &AdoptArgs) -> Result<(), CliError> {
    if let Some(near) = setup::misnamed_in(root) {
        return Err(setup::misnamed(&near, FILE_NAME));
    }
    match root.join(FILE_NAME).symlink_metadata() {
        Ok(_) if !args.force => Err(exists()),
        _ => Ok(()),
    }
}

fn exists() -> CliError {
    CliError::usage(
        format!("{FILE_NAME} already exists and was not changed"),
        "Compare it with what `notegate adopt --print` proposes, or replace it with --force.",
    )
}

/// The files below `folder`, with paths from `root`. Dot folders hold no notes.
fn files(root: &Path, folder: &Path) -> Result<Files, SourceError> {
    let below = NotePath::from_bytes(disk::path_bytes(folder.strip_prefix(root).unwrap_or(Path::new(""))));
    let is_hidden = |path: &NotePath| path.as_bytes().split(|byte| *byte == b'/').any(|part| part.starts_with(b"."));
    let mut paths = worktree::every_path(root)?;
    paths.retain(|path| path.is_in(&below) && !is_hidden(path) && path.as_bytes() != FILE_NAME.as_bytes());
    paths.sort();
    let (notes, others): (Vec<NotePath>, Vec<NotePath>) =
        paths.into_iter().partition(|path| ["yaml", "yml", "json"].contains(&shown::ending(path).as_str()));
    Ok(Files { notes, others: shown::by_ending(&others) })
}

fn nothing_found(files: &Files, proposal: &Proposal) -> CliError {
    let count = crate::report::tally::count(files.notes.len(), "YAML or JSON file");
    if let Some(nested) = shown::nested(proposal) {
        return CliError::usage(format!("no record was found in {count}: {nested}"), shown::UNNEST);
    }
    CliError::usage(
        format!("no record was found in {count}, so there is nothing to fit a configuration to"),
        "A record is a group of fields with a customer, a workload, a status and a note, under whatever names. Name the \
         folder that holds them; `notegate check` tells of records in a shape that is not read, such as a table.",
    )
}

/// Writes the configuration: as a whole or not at all, and over another one only where that is asked for.
fn write(root: &Path, yaml: &str, args: &AdoptArgs) -> Result<(), CliError> {
    let refused = |error: std::io::Error| {
        CliError::usage(
            format!("{FILE_NAME} could not be written: {error}"),
            "Run this where you may write, or keep what `notegate adopt --print` prints.",
        )
    };
    let mut draft = tempfile::Builder::new().prefix(".notegate-").tempfile_in(root).map_err(refused)?;
    draft.write_all(yaml.as_bytes()).map_err(refused)?;
    readable_by_all(draft.as_file()).map_err(refused)?;
    let path = root.join(FILE_NAME);
    let kept = if args.force { draft.persist(path) } else { draft.persist_noclobber(path) };
    match kept {
        Ok(_) => Ok(()),
        Err(failure) if failure.error.kind() == ErrorKind::AlreadyExists => Err(exists()),
        Err(failure) => Err(refused(failure.error)),
    }
}

/// A draft is its writer's alone, and a configuration is for everybody.
fn readable_by_all(file: &std::fs::File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    let _elsewhere = file;
    Ok(())
}

/// What the gate would say under the configuration: of the files as they are, and of the commits so far.
fn judge(
    root: &Path,
    proposal: &Proposal,
    config: &Config,
    args: &AdoptArgs,
    environment: &Environment,
) -> Result<Findings, CliError> {
    let playbook = Playbook::with(&config.playbook);
    let limits = Limits::default();
    let tree = WorkTree::new(root.to_path_buf(), &config.files, limits.file_bytes);
    let listing = tree.list()?;
    let engine = Engine {
        config,
        playbook: &playbook,
        today: args.today.map_or_else(|| environment.clock.local(), Today::fixed),
        limits,
        fail_on: config.fail_on,
        scope: Scope::All,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    let mut findings = Findings::new(proposal);
    findings.tally = engine.run(&listing, &mut findings.rules, &Silent)?;
    findings.replayed = look_back(root, config, args);
    Ok(findings)
}

/// What the commits of the last days would have met; nothing outside of a repository.
fn look_back(root: &Path, config: &Config, args: &AdoptArgs) -> Option<Result<Replayed, CourseError>> {
    let place = RepoLocation::Folder(root.to_path_buf());
    root.join(".git").symlink_metadata().ok()?;
    if matches!(git::open_if_any(&place), Ok(None)) {
        return None;
    }
    let end_of_day = args.today.and_then(|day| day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok());
    let now = end_of_day.map_or_else(Timestamp::now, |end| end.timestamp());
    Some(replay::replay(&place, config, (now, DAYS)))
}
