//! `notegate eval`: a labelled file, and how often its labels and the rules agree.

use super::args::{EvalArgs, PlainFormat};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::engine::NoteText;
use crate::eval::agreement::{Detail, Floor, FloorOf, write_human, write_json};
use crate::eval::{Graders, Labelled, MOST_BYTES, measure, parse};
use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &EvalArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let name = args.file.to_string_lossy();
    let notes = notes(&read(args, environment, streams)?, &name, &setup)?;
    let agreement = measure(
        &notes,
        Graders {
            playbook: &setup.playbook,
            levels: &setup.config.levels,
            second: setup.config.second_reader.reader(),
        },
    );
    let asked = [(FloorOf::Block, args.min_block), (FloorOf::ThreeWay, args.min_three_way)];
    let floors: Vec<Floor> = asked.into_iter().filter_map(|(of, least)| Some(agreement.floor(of, least?))).collect();
    let out = BufWriter::new(&mut *streams.output);
    match args.format {
        PlainFormat::Human => {
            let detail = if args.verbose { Detail::GradesAndIntents } else { Detail::Grades };
            write_human(out, &name, &agreement, &floors, detail)?;
        }
        PlainFormat::Json => write_json(out, &name, &agreement, &floors)?,
    }
    Ok(if floors.iter().all(|floor| floor.reached) { Exit::Passed } else { Exit::Blocked })
}

fn read(args: &EvalArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    // One byte over the limit is enough to know that the file is too large.
    let most = MOST_BYTES + 1;
    let read = if args.file == Path::new("-") {
        (&mut *streams.input).take(most).read_to_end(&mut bytes)
    } else {
        File::open(environment.folder.join(&args.file)).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    let name = args.file.display();
    match read {
        Err(error) => Err(CliError::usage(
            format!("the labelled file {name} could not be read: {error}"),
            "Check the spelling and the permissions of the file.",
        )),
        Ok(length) if length as u64 > MOST_BYTES => Err(CliError::usage(
            format!("the labelled file {name} has more than {MOST_BYTES} bytes"),
            "Split it into several files.",
        )),
        Ok(_) => Ok(bytes),
    }
}

/// The notes of the file. Each status has to be one of the playbook, or the rules could not know what to ask for.
fn notes(bytes: &[u8], name: &str, setup: &Setup) -> Result<Vec<Labelled>, CliError> {
    let notes = parse(bytes).map_err(|bad| {
        CliError::usage(
            format!("{name}: {bad}"),
            "Each line is a JSON object with id, status, workload, note and grade (great, marginal or poor), and if you \
             like intent (positive, negative, unknown or none) and reason.",
        )
    })?;
    if notes.is_empty() {
        return Err(CliError::Told {
            message: format!("{name} contains no labelled note"),
            help: Some("Write one JSON object a line: id, status, workload, note and grade.".to_owned()),
            exit: Exit::NoRecords,
        });
    }
    if let Some(unknown) = notes.iter().find(|note| setup.playbook.status(&note.status).is_none()) {
        let known: Vec<&str> = setup.playbook.statuses.iter().map(|status| status.name.as_str()).collect();
        return Err(CliError::usage(
            format!("{name}: line {}: there is no status `{}`", unknown.line, unknown.status),
            format!("There are: {}.", known.join(", ")),
        ));
    }
    Ok(notes)
}
