//! `notegate hook`: what the hooks of git call.

use super::args::{HookArgs, HookName};
use super::change::tell_changed_rules;
use super::judging::{self, Authors};
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams};
use crate::engine::pseudonym;
use crate::report::escape;
use crate::source::git::Place;
use crate::source::push::{self, Arrival, End, RefUpdate};
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
            let changes = staged::staged(&Place::Environment, &environment.merge_parents, limit)?;
            judge(&changes, Moment::After, Authors::Here, args, environment, streams)
        }
        HookName::PrePush => {
            // Git hands over the name of the remote, or its address once more when it has no name.
            let remote = match args.arguments.as_slice() {
                [name, address] if name != address => Some(name.clone()),
                _ => None,
            };
            push(&End::Sending { remote }, args, environment, streams)
        }
        HookName::PreReceive => push(&End::Receiving, args, environment, streams),
    }
}

/// Judges every reference of a push. One that is blocked does not keep the others from being reported.
fn push(end: &End, args: &HookArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut ended = Exit::Passed;
    let mut judged = BTreeSet::new();
    for update in push::updates(&references(streams)?, end)? {
        // Two names for one commit are one thing to judge.
        if !update.new.is_zero() && !judged.insert(update.new.clone()) {
            continue;
        }
        ended = ended.or_worse(reference(&update, end, args, environment, streams)?);
    }
    Ok(ended)
}

fn reference(
    update: &RefUpdate,
    end: &End,
    args: &HookArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let name = match args.run.report.redact {
        true => pseudonym("ref", &update.name),
        false => escape::line(&update.name).into_owned(),
    };
    match push::arrival(&Place::Environment, update, end, Limits::default().file_bytes)? {
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
    let setup = Setup::of_change(&args.run.config, changes, rules, environment)?;
    judging::judge(&Selected::new(changes, &setup.config.files), &setup, &args.run, authors, environment, streams)
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
