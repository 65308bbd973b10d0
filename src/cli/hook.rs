//! `notegate hook`: what the hooks of git call.

use super::args::{HookArgs, HookName};
use super::change::{tell_changed_rules, tell_notice, tell_untouched};
use super::judging::{self, Authors, Occasion};
use super::managed::{ManagedRun, Task};
use super::notices::Notice;
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams};
use crate::engine::{NoteText, pseudonym};
use crate::report::escape;
use crate::source::git::Place;
use crate::source::push::{self, Arrival, End, KnownBefore, RefUpdate};
use crate::source::{ChangeSet, Moment, Selected, Source as _, SourceError, SourceErrorKind, range, revision, staged};
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
pub(super) fn run(args: &HookArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut waiting = waiting(args.hook, environment.managed.as_ref());
    let (exit, last_line) = match dispatch(args, &mut waiting, environment, streams) {
        Ok(Exit::Passed) => return Ok(Exit::Passed),
        Ok(exit) => (exit, waiting.after_refusal()),
        Err(Failure::Closed) => return Err(Failure::Closed),
        Err(failure) => (failure.within(args.run.report.note_text()).tell(streams.error), waiting.after_failure()),
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
        (_, Some(run)) if run.remote.is_some() => Waiting::Push,
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
) -> Result<Exit, Failure> {
    let limit = Limits::default().file_bytes;
    let place = &Place::Environment;
    let task = environment.managed.as_ref().map_or(Ok(Task::Staged), ManagedRun::task)?;
    match (task, args.hook) {
        (_, HookName::PreReceive) => push(&End::Receiving, args, environment, streams),
        (Task::Range { from, to }, _) => {
            let changes = range::range(place, from, to, limit)?;
            tell_notice(&changes, args.run.report.note_text(), streams)?;
            commits(&changes, args, environment, streams)
        }
        (Task::Whole(name), _) => {
            let changes = revision::revision(place, name, limit)?;
            judge(&changes, Moment::After, Occasion::of(Authors::Anywhere), args, environment, streams)
        }
        (Task::Staged, HookName::PrePush) => push(&End::Sending, args, environment, streams),
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
            judge(&changes, Moment::After, commit, args, environment, streams)
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
) -> Result<Exit, Failure> {
    if !staged.paths()?.is_empty() {
        writeln!(streams.output, "Only what is staged is judged; the hook `notegate-all` judges all records.")?;
        return judge(staged, Moment::After, Occasion::of(Authors::Here), args, environment, streams);
    }
    match revision::revision(&Place::Environment, "HEAD", Limits::default().file_bytes) {
        Ok(all) => {
            writeln!(streams.output, "Nothing is staged, so all records of HEAD are judged.")?;
            judge(&all, Moment::After, Occasion::of(Authors::Anywhere), args, environment, streams)
        }
        // No commit yet, and nothing staged for the first one.
        Err(error) if error.kind == SourceErrorKind::Usage => {
            judge(staged, Moment::After, Occasion::of(Authors::Here), args, environment, streams)
        }
        Err(error) => Err(error.into()),
    }
}

/// Judges every reference of a push. One that is blocked does not keep the others from being reported.
fn push(end: &End, args: &HookArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut ended = Exit::Passed;
    let mut judged = BTreeSet::new();
    let updates = push::updates(&references(streams)?, end)?;
    if updates.is_empty() {
        let text = "standard input names no pushed reference, so nothing was judged";
        Notice::remark(text).tell(NoteText::Shown, streams)?;
    }
    let known = push::known(&updates, end);
    for update in updates {
        // Two names for one commit are one thing to judge.
        if !update.new.is_zero() && !judged.insert(update.new.clone()) {
            continue;
        }
        ended = ended.or_worse(reference(&update, &known, args, environment, streams)?);
    }
    Ok(ended)
}

fn reference(
    update: &RefUpdate,
    known: &KnownBefore,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let name = match args.run.report.redact {
        true => pseudonym("ref", &update.name),
        false => escape::line(&update.name).into_owned(),
    };
    match push::arrival(&Place::Environment, update, known, Limits::default().file_bytes)? {
        Arrival::Nothing(reason) => {
            writeln!(streams.output, "{name}: nothing to judge, {reason}")?;
            Ok(Exit::Passed)
        }
        Arrival::Change(changes) => {
            writeln!(streams.output, "{name}:")?;
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
) -> Result<Exit, Failure> {
    let rules = if changes.has_base() { Moment::Base } else { Moment::After };
    if changes.has_base() {
        tell_changed_rules(&args.run.config, changes, streams)?;
    }
    judge(changes, rules, Occasion::of(Authors::Anywhere), args, environment, streams)
}

fn judge(
    changes: &ChangeSet,
    rules: Moment,
    occasion: Occasion,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let setups = Setup::of_change(&args.run.config, changes, rules, environment)?;
    let choices = setups.iter().map(|setup| (setup, Selected::new(changes, &setup.config.files)));
    let (setup, source) = judging::strictest(choices.collect(), &args.run, occasion, environment, streams)?;
    if let Some(exit) = setup.begin(&args.run.config, args.run.report.note_text(), streams)? {
        return Ok(exit);
    }
    let exit = judging::judge(&source, setup, &args.run, occasion, environment, streams)?;
    tell_untouched(changes, streams)?;
    Ok(exit)
}

/// What git wrote to the hook.
fn references(streams: &mut Streams<'_>) -> Result<Vec<u8>, Failure> {
    let mut input = Vec::new();
    let read = (&mut *streams.input).take(MOST_REFERENCES + 1).read_to_end(&mut input);
    let reason = match read {
        Ok(size) if size as u64 <= MOST_REFERENCES => return Ok(input),
        Ok(_) => "there is too much of it".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(Failure::from(SourceError {
        message: format!("the references of the push cannot be read: {reason}"),
        help: None,
        kind: SourceErrorKind::Unreadable,
    }))
}
