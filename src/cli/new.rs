//! `notegate new`: a record that may be committed, from a few arguments or a few questions.

mod names;
mod note;
mod questions;
mod target;

use super::args::NewArgs;
use super::edits::{self, Refusal};
use super::notices::Notice;
use super::setup::{RootKind, Setup, repository_root};
use super::{CliError, Environment, Exit, StreamKind, Streams, grade};
use crate::edit::{NewEntry, NewRecord};
use crate::engine::writing::Roster;
use crate::engine::{Engine, NoteText};
use crate::placement::Known;
use crate::record::{FieldName, FieldNames};
use crate::report::tally::count;
use crate::source::Treeless;
use crate::source::worktree::{Listing, WorkTree};
use crate::yaml::Limits;
use questions::{Need, Questions};

/// What a new record is written with.
struct Desk<'a> {
    setup: &'a Setup,
    engine: Engine<'a>,
    /// The same engine, with the rules about the text of notes only.
    notes_alone: Engine<'a>,
    listing: &'a Listing<'a>,
    /// The records of the repository.
    known: Vec<Known>,
    environment: &'a Environment,
}

/// What stands above a note.
#[derive(Debug, Clone)]
struct Names {
    customer: String,
    workload: String,
    status: String,
}

/// What a new record says.
struct Text {
    note: String,
    entry: NewEntry,
}

/// Runs the command.
pub(super) fn run(args: &NewArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    refuse_bare(environment)?;
    let setup = Setup::find(&args.config.full(), &environment.folder, environment)?;
    setup.begin(&args.config.full(), NoteText::Shown, streams)?;
    let mut about_notes = setup.config.clone();
    about_notes.levels = about_notes.levels.of_notes_alone();
    let engine = |config| Engine { config, ..edits::engine(&setup, args.today, environment) };
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, Limits::default().file_bytes);
    let listing = tree.list()?;
    let Roster { known, unreadable } = engine(&setup.config).roster(&listing)?;
    if let Some(first) = unreadable.first() {
        let text = format!(
            "{} cannot be read in full, such as {}; a record in there is not seen. `notegate check` shows why.",
            count(unreadable.len(), "file"),
            edits::shown(first, setup.from_here.as_ref())
        );
        Notice::warning(text).tell(NoteText::Shown, streams)?;
    }
    let desk = Desk {
        engine: engine(&setup.config),
        notes_alone: engine(&about_notes),
        setup: &setup,
        listing: &listing,
        known,
        environment,
    };
    match written(args, &desk, streams)? {
        Ok(exit) => Ok(exit),
        Err(refusal) => {
            refusal.tell(streams)?;
            writeln!(streams.error, "  Nothing was written.")?;
            Ok(Exit::Blocked)
        }
    }
}

/// A bare repository has no files, so a record in its folder would be nobody's.
fn refuse_bare(environment: &Environment) -> Result<(), CliError> {
    let is_bare = match Treeless::at(&environment.folder)? {
        Some(Treeless::InBare) => true,
        Some(Treeless::OfBare) => repository_root(&environment.folder).is_none(),
        Some(Treeless::Elsewhere(_)) | None => false,
    };
    if is_bare {
        return Err(CliError::usage(
            "this is a bare repository: it has no files, so no record can be added",
            "Run it in a clone that has a work tree.",
        ));
    }
    Ok(())
}

/// Writes the record, or says why not.
fn written(args: &NewArgs, desk: &Desk<'_>, streams: &mut Streams<'_>) -> Result<Result<Exit, Refusal>, CliError> {
    let missing = missing(args);
    let is_terminal = [desk.environment.input_stream, desk.environment.error_stream] == [StreamKind::Terminal; 2];
    let ask = (!missing.is_empty() && is_terminal).then(Questions::new);
    let status = args.status.as_deref().map(|status| grade::known_status(status, desk.setup)).transpose()?;
    if ask.is_none() && !missing.is_empty() {
        return Err(incomplete(&missing, args, desk, status));
    }
    let who = person(args, desk, ask.as_ref())?;
    let (customer, workload) = match names::settled(args, desk, ask.as_ref(), streams)? {
        Ok(names) => names,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let status = match (status, &ask) {
        (Some(status), _) => status,
        (None, Some(ask)) => asked_status(ask, desk)?,
        (None, None) => return Err(incomplete(&missing, args, desk, None)),
    };
    let names = Names { customer, workload, status };
    let note = match (note::from_arguments(args, desk, &names)?, &ask) {
        (Some(note), _) => note,
        (None, Some(ask)) => note::asked(ask, desk, &names)?,
        (None, None) => return Err(incomplete(&missing, args, desk, Some(names.status))),
    };
    let what = match &args.message {
        Some(message) => edits::message(message)?,
        None => format!("First note, recorded as {}", names.status),
    };
    let date = args.date.unwrap_or_else(|| desk.engine.today.proposed());
    if desk.engine.today.is_before(date) {
        let message = format!("--date {date} is in the future; today is {}", desk.engine.today.latest());
        return Err(CliError::usage(message, "Give the day on which the record is written."));
    }
    let text = Text { note, entry: NewEntry { date, who, what } };
    target::write(&text, &names, args, desk, streams)
}

/// The record under the keys that the configuration sets for its file.
fn record(keys: &FieldNames, names: &Names, text: &Text) -> NewRecord {
    let field = |field, text: &str| (keys.key(field).to_owned(), text.to_owned());
    let fields = vec![
        field(FieldName::Customer, &names.customer),
        field(FieldName::Workload, &names.workload),
        field(FieldName::Status, &names.status),
        field(FieldName::Note, &text.note),
    ];
    NewRecord { fields, entry: Some(text.entry.clone()) }
}

/// The arguments that are missing.
fn missing(args: &NewArgs) -> Vec<&'static str> {
    let has_note = args.note.is_some() || args.reason.is_some() || !args.slot.is_empty();
    [
        ("--customer", args.customer.is_some()),
        ("--workload", args.workload.is_some()),
        ("--status", args.status.is_some()),
        ("--note", has_note),
    ]
    .into_iter()
    .filter_map(|(name, is_given)| (!is_given).then_some(name))
    .collect()
}

/// The error that names what is missing, and what can be given for it.
fn incomplete(missing: &[&str], args: &NewArgs, desk: &Desk<'_>, status: Option<String>) -> CliError {
    let listed = match missing {
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
        [] => String::new(),
    };
    let mut help = Vec::new();
    if args.status.is_none() {
        let names = desk.setup.playbook.statuses.iter().map(|status| status.name.as_str());
        help.push(format!("--status is one of: {}.", names.collect::<Vec<_>>().join(", ")));
    }
    if let Some(status) = status.filter(|_| missing.contains(&"--note")) {
        let or = |name: &Option<String>| name.clone().unwrap_or_default();
        let names = Names { customer: or(&args.customer), workload: or(&args.workload), status };
        help.push(note::how_to_say(desk, &names));
    }
    help.push("On a terminal, `notegate new` asks for what is missing.".to_owned());
    CliError::usage(format!("a new record also needs {listed}"), help.join("\n  "))
}

/// Who writes the record.
fn person(args: &NewArgs, desk: &Desk<'_>, ask: Option<&Questions>) -> Result<String, CliError> {
    match (edits::person(args.who.as_deref(), desk.setup), ask) {
        (Err(_), Some(ask)) if args.who.is_none() => loop {
            let name = ask.text("Your name, for the refresh summary", Need::Required)?;
            match edits::person(Some(&name), desk.setup) {
                Ok(name) => return Ok(name),
                Err(_) => ask.say("  That does not name a person.")?,
            }
        },
        (person, _) => person,
    }
}

fn asked_status(ask: &Questions, desk: &Desk<'_>) -> Result<String, CliError> {
    let names: Vec<String> = desk.setup.playbook.statuses.iter().map(|status| status.name.clone()).collect();
    let chosen = ask.choice("Which status?", &names)?;
    let unknown = || CliError::usage("the configuration has no statuses", "Add one under `statuses:`.");
    names.into_iter().nth(chosen).ok_or_else(unknown)
}

/// Whether the files belong to a repository, so that there is something to commit to.
fn is_in_repository(desk: &Desk<'_>) -> bool {
    desk.setup.kind == RootKind::Repository
}
