//! `notegate hook`: what the hooks of git call.

use super::args::{HookArgs, HookName};
use super::change::{check_new_rules, tell_changed_rules, tell_idle_patterns, tell_notice, tell_untouched};
use super::cli_error::Purpose;
use super::judging::{self, Authors, Occasion};
use super::managed::{ManagedRun, Task};
use super::notices::Notice;
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::engine::{NoteText, pseudonym};
use crate::report::escape;
use crate::source::git::RepoLocation;
use crate::source::push::{self, KnownBefore, PushEnd, PushedChange, RefUpdate};
use crate::source::{
    ChangeSet, Revision, Selected, Source as _, SourceError, SourceErrorKind, range, revision, staged,
};
use crate::yaml::Limits;
use std::collections::BTreeSet;
use std::io::Read as _;

/// The most that is read of the references of a push, in bytes; a thousand times what a large push needs.
const MOST_REFERENCES: u64 = 64 * 1024 * 1024;

/// What waits for the answer of a hook, and is told when the answer is no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    /// A commit.
    Commit,
    /// The commit that concludes a merge.
    Merge,
    /// A push, on either end.
    Push,
    /// Nothing: a hook manager was run by hand or in CI.
    Nothing,
}

impl Waiting {
    /// What did not happen because a note is poor, and what to do.
    fn after_refusal(self) -> Option<&'static str> {
        match self {
            Self::Commit => Some("Nothing was committed. Correct the note, `git add` it, and commit again."),
            Self::Merge => Some(
                "The merge was not committed. Correct the note, `git add` it, and conclude the merge with `git commit`.",
            ),
            Self::Push => Some("Nothing was pushed. Correct the note, commit the correction, and push again."),
            Self::Nothing => None,
        }
    }

    /// What did not happen because the run itself went wrong, and what to do.
    fn after_failure(self) -> Option<&'static str> {
        match self {
            Self::Commit => Some("Nothing was committed. Once the cause above is removed, commit again."),
            Self::Merge => Some(
                "The merge was not committed. Once the cause above is removed, conclude the merge with `git commit`.",
            ),
            Self::Push => Some("Nothing was pushed. Once the cause above is removed, push again."),
            Self::Nothing => None,
        }
    }
}

/// Runs the command, and ends a refusal with what to do next.
pub(super) fn run(args: &HookArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let mut waiting = waiting(args.hook, environment.managed.as_ref());
    let (exit, last_line) = match dispatch(args, &mut waiting, environment, streams) {
        Ok(Exit::Passed) => return Ok(Exit::Passed),
        Ok(exit) => (exit, waiting.after_refusal()),
        Err(CliError::Closed) => return Err(CliError::Closed),
        Err(failure) => (
            failure.for_git().within(args.run.report.note_text()).tell(Purpose::Judging, environment, streams.error),
            waiting.after_failure(),
        ),
    };
    if let Some(line) = last_line {
        // A reader that went away misses the line; the exit code says the same.
        let _closed = writeln!(streams.error, "{line}");
    }
    Ok(exit)
}

fn waiting(hook: HookName, managed: Option<&ManagedRun>) -> Waiting {
    match (hook, managed) {
        (HookName::PrePush | HookName::PreReceive, _) => Waiting::Push,
        (_, Some(run)) if run.remote.is_some() && !run.is_commit_or_push() => Waiting::Push,
        (_, Some(run)) if run.is_by_hand() => Waiting::Nothing,
        (HookName::PreMergeCommit, _) => Waiting::Merge,
        (HookName::PreCommit, _) => Waiting::Commit,
    }
}

fn dispatch(
    args: &HookArgs,
    waiting: &mut Waiting,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let task = environment.managed.as_ref().map_or(Ok(Task::Staged), ManagedRun::task)?;
    let is_of_commit = matches!(args.hook, HookName::PreCommit | HookName::PreMergeCommit);
    if is_of_commit && environment.managed.as_ref().is_some_and(ManagedRun::is_commit_or_push) {
        let exit = dispatch_to(Task::Staged, args, waiting, environment, streams)?;
        if exit != Exit::Passed {
            return Ok(exit);
        }
        *waiting = Waiting::Push;
    }
    dispatch_to(task, args, waiting, environment, streams)
}

fn dispatch_to(
    task: Task<'_>,
    args: &HookArgs,
    waiting: &mut Waiting,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let limit = Limits::default().file_bytes;
    let place = &RepoLocation::Environment;
    match (task, args.hook) {
        (_, HookName::PreReceive) => push(&PushEnd::Receiving, args, environment, streams),
        (Task::Range { from, to }, _) => {
            let changes = range::range(place, (from, None), to, limit)?;
            tell_notice(&changes, args.run.report.note_text(), streams)?;
            commits(&changes, args, environment, streams)
        }
        (Task::Whole(name), _) => {
            let changes = revision::revision(place, name, limit)?;
            judge(&changes, Revision::After, Occasion::of(Authors::Anywhere), args, environment, streams)
        }
        (Task::Staged, HookName::PrePush) => push(&PushEnd::Sending, args, environment, streams),
        (Task::Staged, HookName::PreCommit | HookName::PreMergeCommit) => {
            // Git announces the other parents to the hook of a merge. A manager runs one command for both hooks and
            // does not say for which.
            let announced = match (args.hook, &environment.managed) {
                (HookName::PreMergeCommit, _) | (_, Some(_)) => environment.merge_parents.as_slice(),
                _ => &[],
            };
            let changes = staged::staged(place, announced, limit)?;
            if *waiting == Waiting::Commit && changes.sides() > 1 {
                *waiting = Waiting::Merge;
            }
            if *waiting == Waiting::Nothing {
                return by_hand(&changes, args, environment, streams);
            }
            let commit = Occasion::of(Authors::Here).without_counts_of_nothing();
            judge(&changes, Revision::After, commit, args, environment, streams)
        }
    }
}

/// A hook manager that a person or CI runs does not say whether it was asked for all files. When something is staged,
/// that is judged; when nothing is, there is no commit that old notes could be kept out of, and all records are judged.
fn by_hand(
    staged: &ChangeSet,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    if !staged.paths()?.is_empty() {
        let heading = args.run.report.heading(streams);
        writeln!(heading, "Only what is staged is judged; the hook `notegate-all` judges all records.")?;
        return judge(staged, Revision::After, Occasion::of(Authors::Here), args, environment, streams);
    }
    match revision::revision(&RepoLocation::Environment, "HEAD", Limits::default().file_bytes) {
        Ok(all) => {
            writeln!(args.run.report.heading(streams), "Nothing is staged, so all records of HEAD are judged.")?;
            judge(&all, Revision::After, Occasion::of(Authors::Anywhere), args, environment, streams)
        }
        // No commit yet, and nothing staged for the first one.
        Err(error) if error.kind == SourceErrorKind::Usage => {
            judge(staged, Revision::After, Occasion::of(Authors::Here), args, environment, streams)
        }
        Err(error) => Err(error.into()),
    }
}

/// Judges every reference of a push. One that is blocked does not keep the others from being reported.
fn push(
    end: &PushEnd,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let mut ended = Exit::Passed;
    let mut judged = BTreeSet::new();
    let mut updates = push::updates(&references(streams)?, end)?;
    if updates.is_empty() {
        let text = "standard input names no pushed reference, so nothing was judged";
        Notice::remark(text).tell(NoteText::Shown, streams)?;
    }
    let known = push::known(&updates, end);
    // Two names for one commit are one thing to judge.
    updates.retain(|update| update.new.is_zero() || judged.insert(update.new.clone()));
    if args.run.report.is_one_document() {
        require_one_change(&updates, &known, streams)?;
    }
    for update in updates {
        ended = ended.or_worse(reference(&update, &known, args, environment, streams)?);
    }
    Ok(ended)
}

/// A report in a file or for programs is about one state of the repository. Two references may have the same file with
/// different records, so a push that brings more than one change has no such report, and nothing of it is judged.
fn require_one_change(updates: &[RefUpdate], known: &KnownBefore, streams: &mut Streams<'_>) -> Result<(), CliError> {
    let mut changes = 0;
    for update in updates {
        let arrival = push::arrival(&RepoLocation::Environment, update, known, Limits::default().file_bytes)?;
        changes += usize::from(matches!(arrival, PushedChange::Change(_)));
    }
    match changes {
        0 => Notice::remark("nothing is judged, so no report is written").tell(NoteText::Shown, streams),
        1 => Ok(()),
        _ => Err(CliError::usage(
            format!("one report cannot cover the {changes} references that this push changes"),
            "Push them one at a time, or leave --output and --format out: then each has a report on standard output.",
        )),
    }
}

fn reference(
    update: &RefUpdate,
    known: &KnownBefore,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let name = match args.run.report.redact {
        true => pseudonym("ref", &update.name),
        false => escape::line(&update.name).into_owned(),
    };
    match push::arrival(&RepoLocation::Environment, update, known, Limits::default().file_bytes)? {
        PushedChange::Nothing(reason) => {
            writeln!(args.run.report.heading(streams), "{name}: nothing to judge, {reason}")?;
            Ok(Exit::Passed)
        }
        PushedChange::Change(changes) => {
            writeln!(args.run.report.heading(streams), "{name}:")?;
            tell_notice(&changes, args.run.report.note_text(), streams)?;
            commits(&changes, args, environment, streams)
        }
    }
}

/// Judges a change of commits by the rules from before it; without an old side there are only its own.
fn commits(
    changes: &ChangeSet,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let rules = if changes.has_base() { Revision::Base } else { Revision::After };
    let setups = Setup::of_change(&args.run.config, changes, rules, environment)?;
    if changes.has_base() {
        tell_changed_rules(&args.run.config, changes, &setups, args.run.report.note_text(), streams)?;
        check_new_rules(&args.run.config, changes, &setups, args.run.report.note_text(), environment, streams)?;
    }
    judge_by(&setups, changes, Occasion::of(Authors::Anywhere), args, environment, streams)
}

fn judge(
    changes: &ChangeSet,
    rules: Revision,
    occasion: Occasion,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let setups = Setup::of_change(&args.run.config, changes, rules, environment)?;
    judge_by(&setups, changes, occasion, args, environment, streams)
}

fn judge_by(
    setups: &[Setup],
    changes: &ChangeSet,
    occasion: Occasion,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let choices = setups.iter().map(|setup| (setup, Selected::new(changes, &setup.config.files)));
    let (setup, source) = judging::strictest(choices.collect(), &args.run, occasion, environment, streams)?;
    if let Some(exit) = setup.begin(&args.run.config, args.run.report.note_text(), streams)? {
        return Ok(exit);
    }
    tell_idle_patterns(&source, setup, changes, args.run.report.note_text(), streams)?;
    let exit = judging::judge(&source, setup, &args.run, occasion, environment, streams)?;
    tell_untouched(changes, streams)?;
    Ok(exit)
}

/// What git wrote to the hook.
fn references(streams: &mut Streams<'_>) -> Result<Vec<u8>, CliError> {
    let mut input = Vec::new();
    let read = (&mut *streams.input).take(MOST_REFERENCES + 1).read_to_end(&mut input);
    let reason = match read {
        Ok(size) if size as u64 <= MOST_REFERENCES => return Ok(input),
        Ok(_) => "there is too much of it".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(CliError::from(SourceError {
        paths: Vec::new(),
        message: format!("the references of the push cannot be read: {reason}"),
        help: None,
        kind: SourceErrorKind::Unreadable,
    }))
}
