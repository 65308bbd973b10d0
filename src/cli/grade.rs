//! `notegate grade`: one note, from the arguments or standard input.

use super::args::GradeArgs;
use super::judging::{self, Authors};
use super::reports::{Desk, ReportFiles};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::engine::LoneNote;
use crate::report::human::Idle;
use crate::report::tally::Tally;
use crate::yaml::Limits;
use std::io::Read as _;

/// Runs the command.
pub(super) fn run(mut args: GradeArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    // Somebody who asks about one note wants to hear what a great one rests on, too.
    args.run.report.verbose = !args.run.report.quiet;
    let mut setup = Setup::find(&args.run.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.run.config, args.run.report.note_text(), streams)? {
        return Ok(exit);
    }
    // A lone note has no refresh summary and stands in no file.
    setup.config.levels = std::mem::take(&mut setup.config.levels).of_notes_alone();
    let note = LoneNote {
        text: text(args.text.as_deref(), streams)?,
        status: args.status.as_deref().map(|status| known_status(status, &setup)).transpose()?,
        customer: args.customer.clone(),
        workload: args.workload.clone(),
    };
    let engine = judging::engine(&setup, &args.run, Authors::Here, environment);
    let report = engine.grade(note);
    let mut tally = Tally::default();
    tally.add(&report);
    let files = ReportFiles::open(&args.run, &setup, None, environment)?;
    // One note stands in no file that could be annotated, wherever it is graded.
    let environment = &Environment { actions: None, ..environment.clone() };
    let desk = Desk { args: &args.run, setup: &setup, idle: Idle::Counted, environment, summary: None };
    let mut sink = desk.sink(&files, &mut *streams.output)?;
    sink.file(&report)?;
    sink.finish(&tally)?;
    drop(sink);
    files.publish()?;
    judging::exit(&tally, &args.run)
}

/// The note of the arguments; without one, that on standard input.
pub(super) fn text(typed: Option<&str>, streams: &mut Streams<'_>) -> Result<String, CliError> {
    let limit = Limits::default().file_bytes;
    let mut bytes = Vec::new();
    match typed {
        Some(text) => bytes.extend_from_slice(text.as_bytes()),
        None => {
            streams.input.take(limit + 1).read_to_end(&mut bytes)?;
        }
    }
    if bytes.len() as u64 > limit {
        return Err(CliError::usage(
            format!("the note has more than {limit} bytes"),
            "A note is one or two sentences.",
        ));
    }
    let text = String::from_utf8(bytes)
        .map_err(|_| CliError::usage("the note is not UTF-8", "Save the text as UTF-8 and run again."))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// The status as the playbook spells it.
pub(super) fn known_status(written: &str, setup: &Setup) -> Result<String, CliError> {
    if let Some(status) = setup.playbook.status(written) {
        return Ok(status.name.clone());
    }
    let names: Vec<&str> = setup.playbook.statuses.iter().map(|status| status.name.as_str()).collect();
    Err(CliError::usage(format!("there is no status `{written}`"), format!("There are: {}.", names.join(", "))))
}
