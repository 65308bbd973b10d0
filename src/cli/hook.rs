//! `notegate hook`: what the hooks of git call.

use super::args::{HookArgs, HookName};
use super::change::{tell_changed_rules, tell_untouched};
use super::judging::{self, Authors};
use super::setup::Setup;
use super::{Environment, Exit, Failure, HookManager, Streams};
use crate::engine::pseudonym;
use crate::report::escape;
use crate::source::git::Place;
use crate::source::push::{self, Arrival, End, KnownBefore, RefUpdate};
use crate::source::{ChangeSet, Moment, Selected, SourceError, SourceErrorKind, staged};
use crate::yaml::Limits;
use std::collections::BTreeSet;
use std::io::Read as _;

/// The most that is read of the references of a push, in bytes; a thousand times what a large push needs.
const MOST_REFERENCES: u64 = 64 * 1024 * 1024;

/// Runs the command.
pub(super) fn run(args: &HookArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    match args.hook {
        HookName::PreCommit | HookName::PreMergeCommit => {
            let limit = Limits::default().file_bytes;
            // Git announces the other parents to the hook of a merge. The pre-commit manager runs one command for both
            // hooks and does not say for which.
            let announced = match (args.hook, environment.manager) {
                (HookName::PreMergeCommit, _) | (_, HookManager::PreCommit) => environment.merge_parents.as_slice(),
                _ => &[],
            };
            let changes = staged::staged(&Place::Environment, announced, limit)?;
            judge(&changes, Moment::After, Authors::Here, args, environment, streams)
        }
        HookName::PrePush => push(&End::Sending, args, environment, streams),
        HookName::PreReceive => push(&End::Receiving, args, environment, streams),
    }
}

/// Judges every reference of a push. One that is blocked does not keep the others from being reported.
fn push(end: &End, args: &HookArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut ended = Exit::Passed;
    let mut judged = BTreeSet::new();
    let updates = push::updates(&references(streams)?, end)?;
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
            let rules = if changes.has_base() { Moment::Base } else { Moment::After };
            if changes.has_base() {
                tell_changed_rules(&args.run.config, &changes, streams)?;
            }
            judge(&changes, rules, Authors::Anywhere, args, environment, streams)
        }
    }
}

fn judge(
    changes: &ChangeSet,
    rules: Moment,
    authors: Authors,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let setups = Setup::of_change(&args.run.config, changes, rules, environment)?;
    let choices = setups.iter().map(|setup| (setup, Selected::new(changes, &setup.config.files)));
    let (setup, source) = judging::strictest(choices.collect(), &args.run, authors, environment, streams)?;
    setup.tell_warnings(streams)?;
    let exit = judging::judge(&source, setup, &args.run, authors, environment, streams)?;
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
